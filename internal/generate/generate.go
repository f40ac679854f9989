// Package generate makes believable archives of any size, to show and to
// measure with: tags that are at home in a fandom and popular as words are,
// works that bear as many of them as people's do, and figures that belong
// together. The same number and seed give the same archive, work by work,
// whatever else is drawn. Every name in it is made up.
package generate

import (
	"fmt"
	"math"
	"time"
)

// Most is how many works an archive may be given.
const Most = 20_000_000

// Plan says which archive is made.
type Plan struct {
	Works int
	Seed  uint64
	Until time.Time // nothing in it is younger
}

// span is over how many years its works were posted.
const span = 17 * 365 * 24 * time.Hour

// Archive is an archive that can be drawn: its tags are numbered from 1 in the
// order of Tags, its works and its writers from 1 in the order of time.
type Archive struct {
	Plan
	writers  int
	fandoms  []uint32 // where the tags of each begin; the last is where they end
	popular  zipf     // of fandoms
	freeform zipf
	free     int // freeforms at home everywhere
}

// New plans an archive.
func New(p Plan) (*Archive, error) {
	if p.Works < 1 || p.Works > Most {
		return nil, fmt.Errorf("an archive is made of 1 to %d works, not of %d", Most, p.Works)
	}
	fandoms := max(p.Works/worksOfFandom, leastFandoms)
	a := &Archive{
		Plan: p, writers: max(p.Works/worksOfWriter, 3), free: max(p.Works/worksOfFreeform, leastFreeforms),
		popular: newZipf(fandoms, fandomSlope, fandomBend),
	}
	a.freeform = newZipf(a.free, freeformSlope, freeformBend)
	a.fandoms = make([]uint32, fandoms+1)
	at := uint32(firstFandom + fandoms)
	for f := range fandoms {
		a.fandoms[f] = at
		cast := castOf(float64(p.Works) * a.popular.share(f))
		at += uint32(cast + pairsOf(cast) + ownOf(cast)) //nolint:gosec // some millions at most
	}
	a.fandoms[fandoms] = at
	return a, nil
}

// Writers is how many accounts sign its works.
func (a *Archive) Writers() int { return a.writers }

// How much there is of everything, beside works: as AO3's statistics have it,
// a fandom for some two hundred and fifty works, and a tag for three.
const (
	worksOfFandom   = 250
	leastFandoms    = 8
	worksOfWriter   = 8
	worksOfFreeform = 7
	leastFreeforms  = 300

	fandomSlope, fandomBend     = 1.1, 8
	ownSlope, ownBend           = 1.1, 2
	freeformSlope, freeformBend = 1.05, 20
)

// castOf is how many characters a fandom of so many works has.
func castOf(works float64) int { return 4 + int(1.2*math.Sqrt(works)) }

// pairsOf is how many relationships are between so many characters: the first
// of them meet most.
func pairsOf(cast int) int { return cast * 3 / 2 }

// ownOf is how many freeforms mean something in one fandom alone.
func ownOf(cast int) int { return cast / 2 }

// zipf draws places by popularity: place k is taken about as often as
// (k+bend)^-slope.
type zipf struct{ bend, power, low, reach float64 }

func newZipf(places int, slope, bend float64) zipf {
	power := 1 - slope
	low := math.Pow(bend, power)
	return zipf{bend: bend, power: power, low: low, reach: math.Pow(bend+float64(places), power) - low}
}

// at is the place at a share of all that is drawn.
func (z zipf) at(share float64) int {
	return int(math.Pow(z.low+share*z.reach, 1/z.power) - z.bend)
}

// share is how much of all that is drawn falls to a place.
func (z zipf) share(place int) float64 {
	at := func(x float64) float64 { return (math.Pow(z.bend+x, z.power) - z.low) / z.reach }
	return at(float64(place+1)) - at(float64(place))
}

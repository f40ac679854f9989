package generate

import (
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"ficus/internal/archive"
)

// Work is a drawn work. It is the drawer's own: the next is drawn over it.
type Work struct {
	ID       int64
	Language string
	Tags     []Worn
	Writers  []int64
	Chapters []Chapter
	Planned  int
	Access
	Figures
	seal uint64 // of what is written of it
}

// Access is who may read a work, and what readers may do.
type Access struct {
	Restricted, Anonymous, Moderated bool
	Commenters                       string
}

// Figures are what was counted of a work. Bookmarks are what they would be.
type Figures struct {
	Words, Hits, Kudos, Comments, Bookmarks int64
	Posted, Updated                         time.Time
}

// Worn is a tag as a work bears it.
type Worn struct {
	ID   uint32
	Kind archive.TagKind
	Main bool
}

// Chapter is how long a chapter is, and when it was posted.
type Chapter struct {
	Words  int
	Posted time.Time
}

// IsComplete reports whether all its chapters are posted.
func (w *Work) IsComplete() bool { return w.Planned == len(w.Chapters) }

// Drawer draws works, one at a time.
type Drawer struct {
	*Archive
	source *rand.PCG
	random *rand.Rand
	work   Work
	homes  []int
	kinds  [4][]uint32 // fandoms, relationships, characters and freeforms of the work
}

// Drawer gives one; several draw the same beside each other.
func (a *Archive) Drawer() *Drawer {
	source := rand.NewPCG(0, 0)
	return &Drawer{Archive: a, source: source, random: rand.New(source)} //nolint:gosec // no secret is drawn
}

// All draws every work in the order of their numbers.
func (a *Archive) All() iter.Seq[*Work] {
	return func(yield func(*Work) bool) {
		d := a.Drawer()
		for i := range a.Works {
			if !yield(d.Work(i)) {
				return
			}
		}
	}
}

// The kinds that a writer fills in freely, by their place in Drawer.kinds.
const (
	fandoms = iota
	relationships
	characters
	freeforms
)

// Work draws the work at a place, from 0.
func (d *Drawer) Work(i int) *Work {
	d.source.Seed(d.Seed, uint64(i)) //nolint:gosec // a place
	w := &d.work
	*w = Work{ID: int64(i) + 1, Tags: w.Tags[:0], Writers: w.Writers[:0], Chapters: w.Chapters[:0]}
	w.seal = d.random.Uint64()
	d.sign(i)
	d.dress(i)
	d.tell(i)
	d.count()
	w.Language = d.language()
	w.Restricted, w.Anonymous, w.Moderated = d.in(0.09), d.in(0.012), d.in(0.02)
	w.Commenters = archive.CommentsEveryone
	switch at := d.random.Float64(); {
	case at > 0.98:
		w.Commenters = archive.CommentsNobody
	case at > 0.8:
		w.Commenters = archive.CommentsMembers
	}
	return w
}

// in reports whether something is so that is so of a share of works.
func (d *Drawer) in(share float64) bool { return d.random.Float64() < share }

// lot draws a number that is as often above its middle as below, and seldom far.
func (d *Drawer) lot(middle, spread float64) float64 {
	return middle * math.Exp(d.random.NormFloat64()*spread)
}

// sign draws who wrote it, of those who had joined by then; some write much.
// Most of what they write is of the fandom they are at home in.
func (d *Drawer) sign(i int) {
	joined := 1 + int(float64(d.writers-1)*float64(i)/float64(d.Works))
	writer := int(float64(joined) * math.Pow(d.random.Float64(), 1.4))
	d.work.Writers = append(d.work.Writers, int64(writer)+1)
	if other := d.random.IntN(joined); other != writer && d.in(0.035) {
		d.work.Writers = append(d.work.Writers, int64(other)+1)
	}
	home := spread(uint64(writer)*0x9e3779b97f4a7c15 + d.Seed) //nolint:gosec // a place
	if d.in(0.4) {
		home = d.random.Float64()
	}
	d.homes = append(d.homes[:0], d.popular.at(home))
	for share := 0.14; d.in(share) && len(d.homes) < 5; share = 0.3 {
		if other := d.popular.at(d.random.Float64()); !slices.Contains(d.homes, other) {
			d.homes = append(d.homes, other)
		}
	}
}

// spread makes a share of any number.
func spread(n uint64) float64 {
	n ^= n >> 31
	n *= 0xbf58476d1ce4e5b9
	n ^= n >> 29
	return float64(n>>11) / (1 << 53)
}

// Works bear 17 tags, and 11 more often than any other number: logarithms of
// numbers with these two that lie around a middle, as lengths do.
const (
	tagsMiddle = 14.705
	tagsSpread = 0.5387
	tagsOwn    = 75 // of a writer's own words at most
)

// tagsOf is how many tags the work at a place bears. Places lie evenly over all
// numbers, so that few works have the shape of many.
func tagsOf(i int, seed uint64) int {
	_, share := math.Modf((float64(i)+0.5)*0.6180339887498949 + float64(seed%1009)/1009)
	return int(math.Round(tagsMiddle * math.Exp(tagsSpread*math.Sqrt2*math.Erfinv(2*share-1))))
}

// dress draws the work's tags, in the order in which pages show them.
func (d *Drawer) dress(i int) {
	for kind := range d.kinds {
		d.kinds[kind] = d.kinds[kind][:0]
	}
	for _, f := range d.homes {
		d.kinds[fandoms] = append(d.kinds[fandoms], uint32(firstFandom+f)) //nolint:gosec // a place
	}
	d.site()
	left := min(tagsOf(i, d.Seed)-len(d.work.Tags), tagsOwn) - len(d.homes)
	left = d.couples(left)
	left = d.cast(left)
	d.phrases(left)
	for kind, worn := range d.kinds {
		for at, id := range worn {
			main := kind == relationships && at == 0 && d.in(0.3)
			d.work.Tags = append(d.work.Tags, Worn{ID: id, Kind: archive.TagKinds()[3+kind], Main: main})
		}
	}
}

// wear notes a tag the work does not bear yet.
func (d *Drawer) wear(kind int, id uint32) bool {
	if slices.Contains(d.kinds[kind], id) {
		return false
	}
	d.kinds[kind] = append(d.kinds[kind], id)
	return true
}

// own draws from so many tags of a fandom; the first are the most popular.
func (d *Drawer) own(first, count uint32) uint32 {
	return first + min(uint32(newZipf(int(count), ownSlope, ownBend).at(d.random.Float64())), count-1) //nolint:gosec // a place
}

// couples draws relationships, with those who are in them.
func (d *Drawer) couples(left int) int {
	for range int(float64(left) * 0.36 * d.random.Float64()) {
		h := d.home(d.homes[d.random.IntN(len(d.homes))])
		pair := d.own(0, h.pairs)
		if left < 3 || !d.wear(relationships, h.first+h.cast+pair) {
			continue
		}
		left--
		one, other := couple(pair)
		for _, person := range []uint32{h.first + one, h.first + other} {
			if d.wear(characters, person) {
				left--
			}
		}
	}
	return left
}

// cast draws more characters.
func (d *Drawer) cast(left int) int {
	for range int(float64(left) * 0.3 * d.random.Float64()) {
		h := d.home(d.homes[d.random.IntN(len(d.homes))])
		if d.wear(characters, d.own(h.first, h.cast)) {
			left--
		}
	}
	return left
}

// phrases draws freeforms, a part of them at home in the fandom, until there
// are enough.
func (d *Drawer) phrases(left int) {
	for tries := 0; left > 0; tries++ {
		h := d.home(d.homes[0])
		id := d.firstFree() + uint32(min(d.freeform.at(d.random.Float64()), d.free-1)) //nolint:gosec // a place
		switch {
		case tries > 200: // few are left that it does not bear
			id = d.firstFree() + d.random.Uint32N(uint32(d.free)) //nolint:gosec // some millions
		case d.in(0.25):
			id = d.own(h.first+h.cast+h.pairs, h.own)
		}
		if d.wear(freeforms, id) {
			left--
		}
	}
}

// site draws the tags that are the site's: a rating, warnings, categories.
func (d *Drawer) site() {
	add := func(kind archive.TagKind, first, place int) {
		d.work.Tags = append(d.work.Tags, Worn{ID: uint32(first + place), Kind: kind}) //nolint:gosec // a place
	}
	category := d.among(0.09, 0.24, 0.44, 0.2, 0.02, 0.01)
	if category == 3 { // nobody in particular: milder
		add(archive.KindRating, firstRating, d.among(0.08, 0.42, 0.36, 0.08, 0.06))
	} else {
		add(archive.KindRating, firstRating, d.among(0.07, 0.19, 0.27, 0.15, 0.32))
	}
	warning := d.among(0.4, 0.48, 0.05, 0.03, 0.02, 0.02)
	add(archive.KindWarning, firstWarning, warning)
	if other := 2 + d.random.IntN(4); other > warning && d.in(0.06) {
		add(archive.KindWarning, firstWarning, other)
	}
	if d.in(0.09) {
		return
	}
	add(archive.KindCategory, firstCategory, category)
	if other := d.random.IntN(6); other > category && d.in(0.1) {
		add(archive.KindCategory, firstCategory, other)
	}
}

// among draws a place by the share of each; what is left over is the last's.
func (d *Drawer) among(shares ...float64) int {
	at := d.random.Float64()
	for i, share := range shares {
		if at -= share; at < 0 {
			return i
		}
	}
	return len(shares) - 1
}

func (d *Drawer) language() string {
	return []string{"en", "zh", "es", "ru", "fr", "pt-BR", "de", "it", "ko", "pl", "ja", "id"}[d.among(
		0.875, 0.062, 0.014, 0.012, 0.009, 0.007, 0.007, 0.004, 0.003, 0.003, 0.002, 0.002)]
}

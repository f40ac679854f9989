package generate

import (
	"iter"
	"math"
	"sort"
	"strings"

	"ficus/internal/archive"
)

// Tag is a tag of the archive.
type Tag struct {
	archive.SortedTag
	Fandom int64 // it is at home in; 0: anywhere
}

// The numbers of the site's own tags, and of the first fandom.
const (
	firstRating   = 1
	firstWarning  = firstRating + 5
	firstCategory = firstWarning + 6
	firstFandom   = firstCategory + 6
)

// Count is how many tags there are.
func (a *Archive) Count() int { return int(a.firstFree()) - 1 + a.free }

func (a *Archive) firstFree() uint32 { return a.fandoms[len(a.fandoms)-1] }

// Tags gives every tag, in the order of their numbers.
func (a *Archive) Tags() iter.Seq[Tag] {
	return func(yield func(Tag) bool) {
		s := newSpeller()
		for id := range a.Count() {
			if !yield(a.tag(s, uint32(id+1))) { //nolint:gosec // some millions at most
				return
			}
		}
	}
}

// tag is the tag of a number.
func (a *Archive) tag(s speller, id uint32) Tag {
	t := Tag{SortedTag: archive.SortedTag{Tag: archive.Tag{ID: int64(id)}, Standing: archive.TagCanonical}}
	switch {
	case id < firstWarning:
		t.Kind, t.Name = archive.KindRating, archive.Ratings()[id-firstRating]
	case id < firstCategory:
		t.Kind, t.Name = archive.KindWarning, archive.Warnings()[id-firstWarning]
	case id < firstFandom:
		t.Kind, t.Name = archive.KindCategory, archive.Categories()[id-firstCategory]
	case id < a.fandoms[0]:
		t.Kind, t.Name = archive.KindFandom, s.fandom(id)
		t.Medium = media()[id%8]
	case id < a.firstFree():
		a.ofFandom(s, &t)
	default:
		a.ofAll(s, &t)
	}
	return t
}

// media are those of PRODUCT.md that fandoms are filed under; one of eight is
// not filed yet.
func media() []string {
	return []string{"books", "television", "films", "games", "comics", "theatre", "radio", ""}
}

// fandom is the name of a fandom.
func (s speller) fandom(id uint32) string {
	given, surname := s.name(uint64(id))
	thing, quality := capital(things[id*7%64]), capital(qualities[id*11%64])
	switch id % 5 {
	case 0:
		return given + " " + surname
	case 1:
		return "The " + thing + " of " + given + " " + surname
	case 2:
		return given + strings.ToLower(surname) + ": The " + quality + " " + thing
	case 3:
		return "Chronicle of " + given + "-" + surname
	}
	return quality + " " + given + " " + surname
}

// ofFandom fills in a tag that is at home in one: first its characters, then
// who loves or knows whom, then what is said of it alone.
func (a *Archive) ofFandom(s speller, t *Tag) {
	id := uint32(t.ID) //nolint:gosec // a tag's number
	f := sort.Search(len(a.fandoms)-1, func(f int) bool { return a.fandoms[f+1] > id })
	t.Fandom = int64(firstFandom + f)
	h := a.home(f)
	switch n := id - h.first; {
	case n < h.cast:
		t.Kind, t.Name = archive.KindCharacter, s.person(id)
	case n < h.cast+h.pairs:
		one, other := couple(n - h.cast)
		between := "/"
		if n%4 == 3 {
			between = " & "
		}
		t.Kind, t.Name = archive.KindRelationship, s.person(h.first+one)+between+s.person(h.first+other)
	default:
		t.Kind, t.Name = archive.KindFreeform, phrase(int(n-h.cast-h.pairs))+" ("+s.person(uint32(t.Fandom))+")" //nolint:gosec // as above
		if id%3 == 0 {
			t.Standing = archive.TagUnsorted
		}
	}
}

func (s speller) person(id uint32) string {
	given, surname := s.name(uint64(id))
	return given + " " + surname
}

// home is where the tags of a fandom stand.
type home struct{ first, cast, pairs, own uint32 }

func (a *Archive) home(fandom int) home {
	first, count := a.fandoms[fandom], int(a.fandoms[fandom+1]-a.fandoms[fandom])
	cast := count / 3 // cast, three halves of it, and half of it
	for cast+pairsOf(cast)+ownOf(cast) < count {
		cast++
	}
	return home{first: first, cast: uint32(cast), pairs: uint32(pairsOf(cast)), own: uint32(ownOf(cast))} //nolint:gosec // small
}

// couple are the two of a relationship: those who come first meet most.
func couple(n uint32) (one, other uint32) {
	other = uint32((1 + math.Sqrt(1+8*float64(n))) / 2)
	return n - other*(other-1)/2, other
}

// Of so many freeforms one says the same as another, so many times as popular,
// in other words.
const otherWords = 9

// ofAll fills in a freeform that is at home anywhere. Of the less usual ones
// some are other words for a usual one, and some nobody has looked at.
func (a *Archive) ofAll(s speller, t *Tag) {
	n := int(t.ID) - int(a.firstFree())
	t.Kind, t.Name = archive.KindFreeform, phrase(n)
	meant := n / (otherWords * otherWords)
	switch {
	case n%otherWords == otherWords-1 && meant%otherWords != otherWords-1:
		t.Standing, t.Canonical = archive.TagSynonym, int64(a.firstFree())+int64(meant)
		t.Name = fondness()[n/otherWords%otherWords] + " " + strings.ToLower(phrase(meant))
	case n > a.free/2 && n%5 == 0:
		t.Standing = archive.TagUnsorted
	}
}

// fondness is how else something is said.
func fondness() [otherWords]string {
	return [...]string{"so much", "all the", "give me", "yay for", "tagging for", "here be", "did somebody say", "with", "and there are"}
}

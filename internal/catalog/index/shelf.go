package index

import "slices"

const (
	shelfBits = 13
	shelfMask = 1<<shelfBits - 1
	// tagsUsual is how many tags or creators are read without fetching memory: as
	// many as hardly a work has more than.
	tagsUsual = 96
)

// record is what a shelf holds of a work.
type record struct {
	tags     []uint32 // by number
	creators []uint32 // pen names, by number
	title    string
	mains    []uint32 // those of the tags that the writer marked as main
}

// shelf holds what is read of found works, 8,192 of them, in two slabs without
// a pointer. What is replaced stays as waste until half of a slab is waste; to
// put a shelf in order, or to make it longer, takes a millisecond, however many
// works there are.
//
// The numbers of a work are: how many of its tags are short, how many are not,
// how many creators and, in the first bits of that, how many main tags; the short
// tags, with a number below 65,536; the others and the creators, in two halves
// each; and which of the tags are main, by their places.
type shelf struct {
	at      []uint32 // where in numbers a work's begin; 0: it is not here
	titleAt []uint32 // where in titles its title stands
	numbers []uint16
	titles  []byte // two bytes of length, and the title
	waste   int    // of numbers
	wasted  int    // of titles
}

const (
	// shortTags is how many tags have a short number: loading gives them to those
	// that most works bear.
	shortTags = 1 << 16
	// headNumbers is how many numbers of a work say what follows.
	headNumbers = 3
	// mainsAt is where the bits of how many main tags begin; what is below is how
	// many creators.
	mainsAt      = 14
	creatorsMost = 1<<mainsAt - 1
	mainsMost    = 1<<(16-mainsAt) - 1
)

func newShelf() *shelf {
	return &shelf{at: make([]uint32, 0, 64), titleAt: make([]uint32, 0, 64), numbers: make([]uint16, 1)}
}

// holds reports whether a work is here.
func (s *shelf) holds(n uint32) bool { return int(n) < len(s.at) && s.at[n] != 0 }

// tags adds a work's to some.
func (s *shelf) tags(n uint32, some []uint32) []uint32 { return s.tagsAt(s.at[n], some) }

// tagsAt adds the tags of the work whose numbers begin there.
func (s *shelf) tagsAt(at uint32, some []uint32) []uint32 {
	short, long := uint32(s.numbers[at]), uint32(s.numbers[at+1])
	for _, tag := range s.numbers[at+headNumbers : at+headNumbers+short] {
		some = append(some, uint32(tag))
	}
	return s.halves(at+headNumbers+short, long, some)
}

// creators adds a work's to some.
func (s *shelf) creators(n uint32, some []uint32) []uint32 {
	at := s.at[n]
	tags := uint32(s.numbers[at]) + 2*uint32(s.numbers[at+1])
	return s.halves(at+headNumbers+tags, uint32(s.numbers[at+2]&creatorsMost), some)
}

// mains adds a work's main tags to some.
func (s *shelf) mains(n uint32, some []uint32) []uint32 {
	at := s.at[n]
	count := uint32(s.numbers[at+2] >> mainsAt)
	if count == 0 {
		return some
	}
	short, long := uint32(s.numbers[at]), uint32(s.numbers[at+1])
	end := at + headNumbers + short + 2*long + 2*uint32(s.numbers[at+2]&creatorsMost)
	for _, place := range s.numbers[end : end+count] {
		if place := uint32(place); place < short {
			some = append(some, uint32(s.numbers[at+headNumbers+place]))
		} else {
			some = s.halves(at+headNumbers+short+2*(place-short), 1, some)
		}
	}
	return some
}

// halves adds so many numbers that stand in two halves each.
func (s *shelf) halves(at, count uint32, some []uint32) []uint32 {
	halves := s.numbers[at : at+2*count]
	for i := 0; i+1 < len(halves); i += 2 {
		some = append(some, uint32(halves[i])|uint32(halves[i+1])<<16)
	}
	return some
}

// size is how many numbers a work has.
func (s *shelf) size(n uint32) int {
	head := s.numbers[s.at[n]:]
	return headNumbers + int(head[0]) + 2*int(head[1]) + 2*int(head[2]&creatorsMost) + int(head[2]>>mainsAt)
}

// title is what a work sorts by, to be read only.
func (s *shelf) title(n uint32) []byte {
	at := s.titleAt[n]
	length := uint32(s.titles[at]) | uint32(s.titles[at+1])<<8
	return s.titles[at+2 : at+2+length]
}

// put stores a work that is not here. More than 65,535 tags or bytes of a title,
// sixteen thousand creators or three main tags are more than the archive takes,
// and are cut.
func (s *shelf) put(n uint32, r record) {
	for int(n) >= len(s.at) {
		s.at, s.titleAt = append(s.at, 0), append(s.titleAt, 0)
	}
	r.tags, r.creators = r.tags[:min(len(r.tags), 1<<16-1)], r.creators[:min(len(r.creators), creatorsMost)]
	slices.Sort(r.tags) // the short ones come first, and are read together
	long, _ := slices.BinarySearch(r.tags, shortTags)
	mains := mainPlaces(r)
	s.at[n] = uint32(len(s.numbers))                                                                                   //nolint:gosec // a shelf has 8,192 works
	s.numbers = append(s.numbers, uint16(long), uint16(len(r.tags)-long), uint16(len(r.creators)|len(mains)<<mainsAt)) //nolint:gosec // just cut
	for _, tag := range r.tags[:long] {
		s.numbers = append(s.numbers, uint16(tag)) //nolint:gosec // it is short
	}
	for _, number := range slices.Concat(r.tags[long:], r.creators) {
		s.numbers = append(s.numbers, uint16(number&0xffff), uint16(number>>16)) //nolint:gosec // two halves
	}
	s.numbers = append(s.numbers, mains...)
	r.title = r.title[:min(len(r.title), 1<<16-1)]
	s.titleAt[n] = uint32(len(s.titles))                                                       //nolint:gosec // a shelf has 8,192 works
	s.titles = append(append(s.titles, byte(len(r.title)), byte(len(r.title)>>8)), r.title...) //nolint:gosec // its two bytes
}

// mainPlaces are the places of the main tags among the tags, which are sorted.
func mainPlaces(r record) (at []uint16) {
	for _, tag := range r.mains {
		if place, is := slices.BinarySearch(r.tags, tag); is && len(at) < mainsMost {
			at = append(at, uint16(place)) //nolint:gosec // among 65,535
		}
	}
	return at
}

// remove takes a work away.
func (s *shelf) remove(n uint32) {
	s.waste += s.size(n)
	s.wasted += 2 + len(s.title(n))
	s.at[n] = 0
	if s.waste > 1<<12 && s.waste > len(s.numbers)/2 || s.wasted > 1<<14 && s.wasted > len(s.titles)/2 {
		s.tidy()
	}
}

// fit lets go what stands empty behind what is on the shelf.
func (s *shelf) fit() {
	s.at, s.titleAt = exact(s.at), exact(s.titleAt)
	s.numbers, s.titles = exact(s.numbers), exact(s.titles)
}

func exact[T any](of []T) []T { return append(make([]T, 0, len(of)), of...) }

// tidy writes the shelf anew without its waste.
func (s *shelf) tidy() {
	fresh := newShelf()
	fresh.numbers = slices.Grow(fresh.numbers, len(s.numbers)-s.waste)
	fresh.titles = slices.Grow(fresh.titles, len(s.titles)-s.wasted)
	for n := range uint32(len(s.at)) { //nolint:gosec // at most 8,192
		if s.at[n] != 0 {
			fresh.put(n, record{s.tags(n, nil), s.creators(n, nil), string(s.title(n)), s.mains(n, nil)})
		}
	}
	*s = *fresh
}

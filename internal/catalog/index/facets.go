package index

import (
	"cmp"
	"slices"

	"ficus/internal/archive"
)

// Facets says what is counted of what a list finds.
type Facets struct {
	Values int      // so many of each kind; 0: nothing is counted
	Among  *[]int64 // of these tags alone, as of a search for names; nil: of all
}

// Counted is a canonical tag and how many found works bear it or a synonym of
// it. What stands below it counts by itself.
type Counted struct {
	Tag   int64
	Works int
}

// counter counts works by tag, and remembers which tags it met.
type counter struct {
	works []uint32
	met   []uint32
}

// facets counts the tags of found works: of each kind those with most works, of
// equal ones the oldest first.
func (c *contents) facets(found set, f Facets) map[archive.TagKind][]Counted {
	if f.Values <= 0 {
		return nil
	}
	counts := c.counter()
	found.each(func(n uint32) { c.tally(n, counts) })
	best := c.best(counts, f)
	for _, tag := range counts.met {
		counts.works[tag] = 0
	}
	counts.met = counts.met[:0]
	c.counters.Put(counts)
	return best
}

// counter gives a counter at zero.
func (c *contents) counter() *counter {
	counts, _ := c.counters.Get().(*counter)
	if counts == nil {
		counts = &counter{}
	}
	if more := len(c.tags.ids) - len(counts.works); more > 0 {
		counts.works = append(counts.works, make([]uint32, more)...)
	}
	return counts
}

// tally counts a work under each canonical of its tags, once.
func (c *contents) tally(n uint32, counts *counter) {
	shows := c.tags.shows
	tags := c.works.shelves[n>>shelfBits].tags(n & shelfMask)
	for i, tag := range tags {
		canonical := shows[tag]
		if canonical == none || canonical != tag && again(shows, tags, i) {
			continue
		}
		if counts.works[canonical] == 0 {
			counts.met = append(counts.met, canonical)
		}
		counts.works[canonical]++
	}
}

// again reports whether a work that bears a synonym bears the canonical too, or
// another synonym before this one.
func again(shows, tags []uint32, i int) bool {
	canonical := shows[tags[i]]
	for j, other := range tags {
		if shows[other] == canonical && (j < i || other == canonical) && j != i {
			return true
		}
	}
	return false
}

// best gives the tags of each kind with most works.
func (c *contents) best(counts *counter, f Facets) map[archive.TagKind][]Counted {
	var among map[int64]bool
	if f.Among != nil {
		among = make(map[int64]bool, len(*f.Among))
		for _, id := range *f.Among {
			among[id] = true
		}
	}
	best := map[archive.TagKind][]Counted{}
	for _, tag := range counts.met {
		kind, id := c.tags.kindOf(tag), c.tags.ids[tag]
		if kind == "" || among != nil && !among[id] {
			continue
		}
		best[kind] = ranked(best[kind], Counted{Tag: id, Works: int(counts.works[tag])}, f.Values)
	}
	return best
}

// ranked puts a value where it belongs among the best, if it does.
func ranked(best []Counted, value Counted, most int) []Counted {
	if len(best) == most && rank(best[most-1], value) < 0 {
		return best
	}
	at, _ := slices.BinarySearchFunc(best, value, rank)
	return slices.Insert(best[:min(len(best), most-1)], min(at, most-1), value)
}

// rank orders values: the most works first, then the oldest tag.
func rank(a, b Counted) int {
	return cmp.Or(cmp.Compare(b.Works, a.Works), cmp.Compare(a.Tag, b.Tag))
}

package index

import (
	"cmp"
	"math/bits"
	"slices"
	"sync"

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
// equal ones the oldest first. Where a viewer is shown most of what they may
// find, what is left out is counted, and taken from totals that are kept.
func (c *contents) facets(found set, total int, q Query) map[archive.TagKind][]Counted {
	switch {
	case q.Facets.Values <= 0:
		return nil
	case q.Facets.Among == nil && c.asking.slots(total):
		best := ranking{most: q.Facets.Values}
		c.bySlots(found, total, &best, everyKind())
		return best.byKind()
	case total <= walkLeast && c.asking.way != sampling:
		return c.tallied(found, total, q.Facets)
	}
	var best map[archive.TagKind][]Counted
	c.with(nil, nil, func(left set) { best = c.facetsOfMany(found, left, total, q) })
	return best
}

// facetsOfMany counts the tags of found works where they are many; left is an
// empty set.
func (c *contents) facetsOfMany(found, left set, total int, q Query) map[archive.TagKind][]Counted {
	class := q.Viewer.class()
	c.gate(left, class)
	left.andNot(found)
	rest := left.count()
	switch {
	case q.Facets.Among == nil && c.asking.samples(total, rest):
		return c.sampled(found, total, class, q.Facets)
	case q.Facets.Among != nil && c.asking.way != never:
		if walked, isWhole := c.walked(found, total, class, q.Facets, walkPrice*min(rest, total)); isWhole {
			return walked
		}
	}
	if rest >= total {
		return c.tallied(found, total, q.Facets)
	}
	counts := c.tallyAll(left, rest)
	defer c.give(counts)
	return c.rest(counts, class, q.Facets)
}

// tallied gives the values of each kind by counting every work.
func (c *contents) tallied(found set, total int, f Facets) map[archive.TagKind][]Counted {
	counts := c.tallyAll(found, total)
	defer c.give(counts)
	return c.best(counts, f)
}

// tallyMost is how many works one alone counts.
const tallyMost = 1 << 12

// tallyAll counts works by tag, with both processors where they are many.
func (c *contents) tallyAll(works set, total int) *counter {
	counts := c.counter()
	half := len(works)
	if total > tallyMost {
		half = works.halfway(total)
	}
	others := c.counter()
	var counting sync.WaitGroup
	if half < len(works) {
		counting.Go(func() { c.tallyFrom(works, half, len(works), others) })
	}
	c.tallyFrom(works, 0, half, counts)
	counting.Wait()
	for _, tag := range others.met {
		if counts.works[tag] == 0 {
			counts.met = append(counts.met, tag)
		}
		counts.works[tag] += others.works[tag]
	}
	c.give(others)
	return counts
}

// tallyFrom counts the works of a stretch of a set.
func (c *contents) tallyFrom(works set, from, to int, counts *counter) {
	for i, word := range works[from:to] {
		for ; word != 0; word &= word - 1 {
			c.tally(uint32((from+i)<<6|bits.TrailingZeros64(word)), counts) //nolint:gosec // a work's number
		}
	}
}

// give gives a counter back, at zero.
func (c *contents) give(counts *counter) {
	for _, tag := range counts.met {
		counts.works[tag] = 0
	}
	counts.met = counts.met[:0]
	c.counters.put(counts)
}

// rest gives the tags of each kind with most works when those that were counted
// are taken from all: the largest are asked first, until no smaller one can win.
func (c *contents) rest(counts *counter, class int, f Facets) map[archive.TagKind][]Counted {
	best := ranking{most: f.Values}
	take := func(tag uint32) {
		if works := c.totals[class][tag] - counts.works[tag]; works > 0 {
			best.take(c.tags.kinds[tag], Counted{Tag: c.tags.ids[tag], Works: int(works)})
		}
	}
	if f.Among != nil {
		for _, tag := range c.known(&c.tags.numbering, slices.Compact(slices.Sorted(slices.Values(*f.Among)))) {
			if c.tags.isSized(tag) {
				take(tag)
			}
		}
		return best.byKind()
	}
	for kind := range c.sizes {
		for tag := range c.sizes[kind].walk(false, anything) {
			if int(c.totals[forStaff][tag]) < best.least(kind) {
				break
			}
			take(tag)
		}
	}
	return best.byKind()
}

// counter gives a counter at zero.
func (c *contents) counter() *counter {
	counts := c.counters.take()
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
	shows, own := c.tags.shows, c.tags.own
	var room [tagsUsual]uint32
	tags := c.works.tags(n, room[:0])
	for i, tag := range tags {
		canonical := tag
		if !own.has(tag) {
			if canonical = shows[tag]; canonical == none || again(shows, tags, i) {
				continue
			}
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
	best := ranking{most: f.Values}
	for _, tag := range counts.met {
		kind, works := c.tags.kinds[tag], int(counts.works[tag])
		if kind == noKind || works < best.least(int(kind)) {
			continue
		}
		if id := c.tags.ids[tag]; among == nil || among[id] {
			best.take(kind, Counted{Tag: id, Works: works})
		}
	}
	return best.byKind()
}

// rankedUsual is how many values of a kind most lists show.
const rankedUsual = 10

// ranking holds the values of each kind with most works.
type ranking struct {
	most   int
	values [kinds][]Counted
}

// least is how many works a value of a kind must have to be looked at.
func (r *ranking) least(kind int) int {
	if values := r.values[kind]; len(values) == r.most {
		return values[r.most-1].Works
	}
	return 0
}

// take puts a value where it belongs among the best, if it does.
func (r *ranking) take(kind uint8, value Counted) {
	values := r.values[kind]
	if len(values) == r.most && rank(values[r.most-1], value) < 0 {
		return
	}
	if values == nil {
		values = make([]Counted, 0, min(r.most, rankedUsual))
	}
	at, _ := slices.BinarySearchFunc(values, value, rank)
	r.values[kind] = slices.Insert(values[:min(len(values), r.most-1)], at, value)
}

// byKind names the kinds that have values.
func (r *ranking) byKind() map[archive.TagKind][]Counted {
	named := map[archive.TagKind][]Counted{}
	for kind, name := range archive.TagKinds() {
		if len(r.values[kind]) > 0 {
			named[name] = r.values[kind]
		}
	}
	return named
}

// rank orders values: the most works first, then the oldest tag.
func rank(a, b Counted) int {
	return cmp.Or(cmp.Compare(b.Works, a.Works), cmp.Compare(a.Tag, b.Tag))
}

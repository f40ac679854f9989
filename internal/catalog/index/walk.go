package index

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"

	"ficus/internal/archive"
)

const (
	// walkLeast is how many works are counted one by one without a question.
	walkLeast = 1 << 11
	// walkPrice is how many works may be looked up in what was found, instead of
	// counting the tags of one: a third of what that takes.
	walkPrice = 60
	// spreadPrice is how much dearer counting is where works lie far apart.
	spreadPrice = 2
)

// asking is how the values of a list are counted, and when the works of a
// canonical with synonyms are united: where they are many, but for tests that
// hold all ways to the same.
type asking struct {
	way    way
	sample int // works of a sample, to begin with
}

type way uint8

const (
	whereMany way = iota
	never
	slotwise
	sampling
)

// slots reports whether so many works are counted in slots, and samples whether
// some of them tell which tags are asked.
func (a asking) slots(works int) bool {
	return a.way == slotwise || a.way == whereMany && works > slotsLeast && works <= sampleLeast
}

func (a asking) samples(works, rest int) bool {
	return a.way == sampling || a.way == whereMany && works > sampleLeast && rest > restLeast
}

// walk asks tags how many found works bear them.
type walk struct {
	*contents
	found  set
	packed func() *roaring.Bitmap // the same, or what was not found
	isRest bool                   // packed is what was not found
	from   uint32                 // its works stand from here
	to     uint32                 // to here
	blocks int                    // in so many containers
	class  int
	left   atomic.Int64 // works that may still be looked up
}

// walked gives the values of each kind among some tags, or false when counting
// every work is likely to be quicker.
func (c *contents) walked(found set, total, class int, f Facets, price int) (values map[archive.TagKind][]Counted, isWhole bool) {
	c.withWalk(found, total, class, func(w *walk) {
		if w.blocks > len(found)/setWords/4 {
			price *= spreadPrice
		}
		w.left.Store(int64(price))
		best := ranking{most: f.Values}
		for _, tag := range c.known(&c.tags.numbering, slices.Compact(slices.Sorted(slices.Values(*f.Among)))) {
			if c.tags.isSized(tag) && !w.ask(&best, tag) {
				return
			}
		}
		values, isWhole = best.byKind(), true
	})
	return values, isWhole
}

// withWalk calls with a walk among found works.
func (c *contents) withWalk(found set, total, class int, do func(*walk)) {
	w := &walk{contents: c, found: found, class: class}
	w.from, w.to, w.blocks = found.reach()
	// Numbers are looked up in a bitmap several times quicker than in a list of
	// others, and a bitmap is written as one where it holds much. So where found
	// works are few and everywhere, all others are looked at in their place.
	w.isRest = w.blocks > len(found)/setWords/2 && total < len(found)*64/2
	c.with(nil, nil, func(rest set) {
		w.packed = sync.OnceValue(func() *roaring.Bitmap {
			if !w.isRest {
				return roaring.FromDense(found, false)
			}
			for i, word := range found {
				rest[i] = ^word
			}
			return roaring.FromDense(rest, false)
		})
		do(w)
	})
}

// among counts the found works of a bitmap.
func (w *walk) among(works *roaring.Bitmap) int {
	shared := works.AndCardinality(w.packed())
	if w.isRest {
		shared = works.GetCardinality() - shared
	}
	return int(shared) //nolint:gosec // works are counted
}

// ask counts the found works of a tag; false when too much was asked already.
func (w *walk) ask(best *ranking, tag uint32) bool {
	works, price := w.shared(tag, 1)
	if works > 0 {
		best.take(w.tags.kinds[tag], Counted{Tag: w.tags.ids[tag], Works: works})
	}
	return w.left.Add(-int64(price)) >= 0
}

// shared counts the found works that bear a tag or a synonym of it, and tells
// how many were looked up. Where it sees that they are fewer than the least that
// matters, it gives none.
func (w *walk) shared(tag uint32, least int) (works, price int) {
	large := w.united[tag]
	switch {
	case large != nil:
	case len(w.tags.synonyms[tag]) > 0:
		return w.together(tag)
	case w.bearing.rooms[tag].big:
		large = w.bearing.large[tag]
	default:
		return w.enough(tag, least)
	}
	return w.among(large), min(int(large.GetCardinality()), w.blocks*setWords) //nolint:gosec // works are counted
}

// near are those works of a small posting that stand where found ones do.
func (w *walk) near(of uint32) []uint32 {
	numbers := w.bearing.small(of)
	if int(w.to-w.from) < 32*len(w.found) { // they may lie elsewhere
		at, _ := slices.BinarySearch(numbers, w.from)
		end, _ := slices.BinarySearch(numbers, w.to)
		numbers = numbers[at:end]
	}
	return numbers
}

// enough counts the found works of a small posting; none, once those that are
// left are too few to make up the least that matters.
func (w *walk) enough(of uint32, least int) (works, price int) {
	numbers := w.near(of)
	for left := numbers; works+len(left) >= least; {
		if len(left) == 0 {
			return works, len(numbers) + 8
		}
		some := left[:min(64, len(left))]
		left = left[len(some):]
		for _, n := range some {
			works += int(w.found[n>>6] >> (n & 63) & 1)
		}
	}
	return 0, len(numbers) + 8
}

// few counts the found works of a small posting, and calls with each.
func (w *walk) few(of uint32, each func(n uint32)) (works, price int) {
	numbers := w.near(of)
	for _, n := range numbers {
		if w.found.has(n) {
			works++
			each(n)
		}
	}
	return works, len(numbers) + 8
}

// together counts the found works of a tag and its synonyms, which nobody united
// beforehand.
func (w *walk) together(tag uint32) (works, price int) {
	var all []*roaring.Bitmap
	var found []uint32
	for _, member := range w.tags.members(tag) {
		if w.bearing.rooms[member].big {
			all = append(all, w.bearing.large[member])
			price += len(w.found)
			continue
		}
		few, dear := w.few(member, func(n uint32) { found = append(found, n) })
		price += dear + 10*few
	}
	if len(all) == 0 {
		slices.Sort(found)
		return len(slices.Compact(found)), price
	}
	all = append(all, roaring.BitmapOf(found...))
	return w.among(roaring.FastOr(all...)), price
}

// fewBearing gives the works that are found by a tag, to be read only, if no
// posting of theirs is large.
func (c *contents) fewBearing(tag uint32) (works []uint32, isFew bool) {
	for _, end := range c.tags.ends(tag) {
		for _, member := range c.tags.members(end) {
			some := c.bearing.small(member)
			if c.bearing.rooms[member].big || len(works)+len(some) > smallMost {
				return nil, false
			}
			if works == nil { // mostly there is one posting, and nothing is copied
				works = slices.Clip(some)
				continue
			}
			works = append(works, some...)
		}
	}
	return works, true
}

// withTag calls with the works that are found by a tag; of those nobody finds,
// perhaps some.
func (c *contents) withTag(tag uint32, do func(set)) {
	var united []*roaring.Bitmap
	var rest []uint32
	for _, end := range c.tags.ends(tag) {
		if works := c.united[end]; works != nil {
			united = append(united, works)
			continue
		}
		rest = append(rest, c.tags.members(end)...)
	}
	c.with(func(of []uint32, into set) { c.bearing.unite(of, united, into) }, rest, do)
}

// unite keeps the works of a canonical with synonyms as one bitmap, where they
// are many: those that somebody finds. Changes of works keep it true; whatever
// changes what a tag stands for unites it anew.
func (c *contents) unite(tag uint32) {
	delete(c.united, tag)
	if !c.tags.isSized(tag) || len(c.tags.synonyms[tag]) == 0 || c.asking.way != sampling && c.totals[forStaff][tag] <= smallMost {
		return
	}
	if c.united == nil {
		c.united = map[uint32]*roaring.Bitmap{}
	}
	c.with(c.bearing.union, c.tags.members(tag), func(works set) {
		works.and(c.works.findable[forStaff])
		c.united[tag] = roaring.FromDense(works, true)
	})
}

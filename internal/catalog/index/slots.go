package index

import (
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"ficus/internal/archive"
)

const (
	// slotsOwned is how many of the largest canonicals have a slot of their own;
	// slot 0 is nobody's.
	slotsOwned = 1 << 14
	// slotsLeast is how many works are counted in slots; fewer are counted under
	// each of their tags.
	slotsLeast = 1 << 10
	// slotsMost is which part of all works is counted in slots; of more than that
	// some tags are asked.
	slotsMost = 8
	// popularMost is from which part of all works on their popular tags alone are
	// counted.
	popularMost = 64
	// askedTogether is how many tags are asked at once.
	askedTogether = 32
	// tagsForAWork is how many tags are looked at by their slot rather than one work once
	// more.
	tagsForAWork = 4
)

// The slots that canonicals share stand behind those that are owned, of each kind
// together: few of ratings, warnings and categories, many of the others, most of
// freeforms, the last kind. All slots stay in a processor's own memory.
const (
	fewBits   = 8
	manyBits  = 14
	mostBits  = 15
	fewKinds  = kindFandom
	manyFrom  = slotsOwned + fewKinds<<fewBits
	slotCount = manyFrom + (kinds-fewKinds-1)<<manyBits + 1<<mostBits
)

// sharedSlot is the slot a canonical shares with others of its kind.
func sharedSlot(kind uint8, canonical uint32) uint32 {
	switch {
	case kind < fewKinds:
		return slotsOwned + uint32(kind)<<fewBits + canonical&(1<<fewBits-1)
	case kind < kinds-1:
		return manyFrom + uint32(kind-fewKinds)<<manyBits + canonical&(1<<manyBits-1)
	}
	return manyFrom + uint32(kind-fewKinds)<<manyBits + canonical&(1<<mostBits-1)
}

// kindOfSlot is the kind of the canonicals that share a slot.
func kindOfSlot(slot uint32) uint32 {
	if slot < manyFrom {
		return (slot - slotsOwned) >> fewBits
	}
	return min(fewKinds+(slot-manyFrom)>>manyBits, kinds-1)
}

// slotted says in which slot the works of each tag are counted. What is counted
// in a slot of its own is exact; what is counted in a shared one is the most it
// can be, and enough to leave nearly all of a million tags unasked.
type slotted struct {
	of     []uint32          // by tag: the slot of what it is counted as
	owned  map[uint32]uint32 // by canonical
	owners []uint32          // by slot; none of slot 0
	// popular is below which number the tags stand that most works bore when all
	// were loaded. Owners that are borne by other names as well are strays.
	popular int
	strays  map[uint32]bool
}

// slot gives the slot of a canonical.
func (t *tags) slot(canonical uint32) uint32 {
	if canonical == none || t.kinds[canonical] == noKind {
		return 0
	}
	if own, has := t.slots.owned[canonical]; has {
		return own
	}
	return sharedSlot(t.kinds[canonical], canonical)
}

// ownSlots gives slots to the canonicals that are largest now. Those that grow
// large later share one until the index is loaded again.
func (c *contents) ownSlots() {
	t := &c.tags
	var largest []uint32
	for kind := range c.sizes {
		largest = append(largest, c.sizes[kind].sorted[:min(slotsOwned, len(c.sizes[kind].sorted))]...)
	}
	slices.SortFunc(largest, func(a, b uint32) int { return int(c.totals[forStaff][b]) - int(c.totals[forStaff][a]) })
	largest = largest[:min(slotsOwned-1, len(largest))]
	t.slots.owners = append([]uint32{none}, largest...)
	t.slots.owned = make(map[uint32]uint32, len(largest))
	for i, canonical := range largest {
		t.slots.owned[canonical] = uint32(i + 1) //nolint:gosec // one of a few thousand
	}
	t.slots.of, t.slots.strays = exact(t.shows), map[uint32]bool{}
	for n := range t.shows {
		t.place(uint32(n)) //nolint:gosec // a tag's number
	}
}

// place gives a tag the slot of what it is counted as.
func (t *tags) place(n uint32) {
	t.slots.of[n] = t.slot(t.shows[n])
	if own := t.slots.of[n]; own > 0 && own < slotsOwned && int(n) >= t.slots.popular {
		t.slots.strays[t.shows[n]] = true
	}
}

// slotTally is what is counted in one slot: works, and a number after the last
// of them, so that each counts once, whatever it is tagged with twice.
type slotTally struct{ works, after uint32 }

// tallySlots counts the works of a set in slots, with both processors, of the
// tags that have numbers below one.
func (c *contents) tallySlots(works set, total int, tags uint32) []slotTally {
	half := works.halfway(total)
	counts, others := c.slots(), c.slots()
	var counting sync.WaitGroup
	counting.Go(func() { c.tallySlotsFrom(works, half, len(works), tags, others) })
	c.tallySlotsFrom(works, 0, half, tags, counts)
	counting.Wait()
	for slot := range counts {
		counts[slot].works += others[slot].works
	}
	c.slotted.put(&others)
	return counts
}

// slots gives slots at zero.
func (c *contents) slots() []slotTally {
	if kept := c.slotted.take(); kept != nil {
		clear(*kept)
		return *kept
	}
	return make([]slotTally, slotCount)
}

func (c *contents) tallySlotsFrom(works set, from, to int, tags uint32, counts []slotTally) {
	c.inBatches(works, from, to, tags, func(b *batch) {
		slots := b.slots
		for i, tags := range b.tags {
			after := b.works[i] + 1
			for _, slot := range slots[:len(tags)] {
				if one := &counts[slot]; one.after != after {
					one.after = after
					one.works++
				}
			}
			slots = slots[len(tags):]
		}
	})
}

// bySlots gives the values of each kind: the large canonicals as they were
// counted, and of the others those that are asked because the slot they share
// has as many works as the least value that is shown.
func (c *contents) bySlots(found set, total int, f Facets) map[archive.TagKind][]Counted {
	counts := c.tallySlots(found, total, none)
	defer c.slotted.put(&counts)
	best := ranking{most: f.Values}
	c.owners(&best, false, func(slot int, _ uint32) uint32 { return counts[slot].works })
	w := c.walkOf(found, forStaff)
	var isLong [kinds]bool
	eachKind(func(kind int) {
		if isLong[kind] = c.atLeast(kind, best.least(kind)) > tagsForAWork*total; !isLong[kind] {
			w.bySlots(&best, kind, false, func(tag uint32) uint32 {
				return counts[sharedSlot(uint8(kind), tag)].works //nolint:gosec // one of seven
			})
		}
	})
	if slices.Contains(isLong[:], true) {
		c.onceMore(found, &best, isLong, counts)
	}
	return best.byKind()
}

// byPopular gives the values of each kind where much is found: the popular tags
// of its works are counted, which stand first among them, and all others are
// asked that have as many works in all as the least value that is shown.
func (c *contents) byPopular(found set, total int, f Facets) map[archive.TagKind][]Counted {
	counts := c.tallySlots(found, total, uint32(c.tags.slots.popular)) //nolint:gosec // a tag's number
	defer c.slotted.put(&counts)
	return c.askedRest(found, forStaff, f, func(slot int, _ uint32) uint32 { return counts[slot].works })
}

// restByPopular does so where little is left out of what a class of viewers may
// find: that is counted, and taken from the totals.
func (c *contents) restByPopular(found, left set, rest int, class int, f Facets) map[archive.TagKind][]Counted {
	counts := c.tallySlots(left, rest, uint32(c.tags.slots.popular)) //nolint:gosec // a tag's number
	defer c.slotted.put(&counts)
	return c.askedRest(found, class, f, func(slot int, tag uint32) uint32 { return c.totals[class][tag] - counts[slot].works })
}

// askedRest gives the values of each kind when those of the popular canonicals
// are known.
func (c *contents) askedRest(found set, class int, f Facets, counted func(slot int, tag uint32) uint32) map[archive.TagKind][]Counted {
	best := ranking{most: f.Values}
	c.owners(&best, true, counted)
	w := c.walkOf(found, class)
	eachKind(func(kind int) {
		w.bySlots(&best, kind, true, func(tag uint32) uint32 { return c.totals[class][tag] })
	})
	return best.byKind()
}

// eachKind calls with every kind, those with most tags first, with both
// processors.
func eachKind(do func(kind int)) {
	var doing sync.WaitGroup
	var next atomic.Int32
	for range 2 {
		doing.Go(func() {
			for kind := kinds - int(next.Add(1)); kind >= 0; kind = kinds - int(next.Add(1)) {
				do(kind)
			}
		})
	}
	doing.Wait()
}

// owners puts the canonicals with a slot of their own among the best; strays are
// not, where popular tags alone were counted.
func (c *contents) owners(best *ranking, popular bool, counted func(slot int, tag uint32) uint32) {
	for slot, tag := range c.tags.slots.owners {
		if tag == none {
			continue
		}
		works, kind := int(counted(slot, tag)), c.tags.kinds[tag]
		if works > 0 && kind != noKind && works >= best.least(int(kind)) && c.tags.isSized(tag) && !(popular && c.tags.slots.strays[tag]) {
			best.take(kind, Counted{Tag: c.tags.ids[tag], Works: works})
		}
	}
}

// atLeast is how many canonicals of a kind have so many works, about.
func (c *contents) atLeast(kind, works int) int {
	sorted := c.sizes[kind].sorted
	return sort.Search(len(sorted), func(i int) bool { return int(c.totals[forStaff][sorted[i]]) < works })
}

// bySlots asks the canonicals of a kind that may have enough works, until none
// has; those with a slot of their own are known already, but for strays where
// popular tags alone were counted.
func (w *walk) bySlots(best *ranking, kind int, popular bool, atMost func(tag uint32) uint32) {
	looked, totals, asked := 0, w.totals[forStaff], make([]uint32, 0, askedTogether)
	for tag := range w.sizes[kind].walk(false, anything) {
		least := uint32(max(best.least(kind), 1)) //nolint:gosec // works are counted
		if looked++; looked%64 == 0 && totals[tag] < least {
			break
		}
		if atMost(tag) < least {
			continue
		}
		_, isOwner := w.tags.slots.owned[tag]
		if totals[tag] < least || isOwner && !(popular && w.tags.slots.strays[tag]) {
			continue
		}
		if asked = append(asked, tag); len(asked) == cap(asked) {
			w.askAll(best, kind, asked)
			asked = asked[:0]
		}
	}
	w.askAll(best, kind, asked)
}

// askAll asks some canonicals of a kind, with both processors.
func (w *walk) askAll(best *ranking, kind int, tags []uint32) {
	var works [askedTogether]int
	half, least := len(tags)/2, best.least(kind)
	var asking sync.WaitGroup
	asking.Go(func() {
		for i, tag := range tags[half:] {
			works[half+i], _ = w.shared(tag, least)
		}
	})
	for i, tag := range tags[:half] {
		works[i], _ = w.shared(tag, least)
	}
	asking.Wait()
	for i, tag := range tags {
		if works[i] > 0 {
			best.take(uint8(kind), Counted{Tag: w.tags.ids[tag], Works: works[i]}) //nolint:gosec // one of seven
		}
	}
}

// onceMore counts those canonicals of some kinds that share a slot in which
// enough works were counted, work by work: where few works are found, and many
// tags have as many.
func (c *contents) onceMore(found set, best *ranking, of [kinds]bool, counts []slotTally) {
	var least [kinds]uint32
	for kind := range least {
		if least[kind] = none; of[kind] {
			least[kind] = uint32(max(best.least(kind), 1)) //nolint:gosec // works are counted
		}
	}
	t, exactly := &c.tags, c.counter()
	defer c.give(exactly)
	c.inBatches(found, 0, len(found), none, func(b *batch) {
		slots := b.slots
		for _, tags := range b.tags {
			for i, slot := range slots[:len(tags)] {
				if slot < slotsOwned || counts[slot].works < least[kindOfSlot(slot)] {
					continue
				}
				tag := tags[i]
				canonical := t.shows[tag]
				if canonical != tag && again(t.shows, tags, i) {
					continue
				}
				if exactly.works[canonical] == 0 {
					exactly.met = append(exactly.met, canonical)
				}
				exactly.works[canonical]++
			}
			slots = slots[len(tags):]
		}
	})
	for _, tag := range exactly.met {
		best.take(t.kinds[tag], Counted{Tag: t.ids[tag], Works: int(exactly.works[tag])})
	}
}

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
	slotsLeast = 1 << 8
	// slotsMost is which part of all works is counted in slots; of more than that
	// some tags are asked.
	slotsMost = 8
	// tagsForAWork is how many tags are looked at by their slot rather than one work once
	// more.
	tagsForAWork = 4
)

// sharedBits is how many slots the other canonicals of a kind share: a power of
// two. All slots together stay in a processor's own memory.
var sharedBits = [kinds]int{8, 8, 8, 14, 14, 14, 15}

// slotted says in which slot the works of each tag are counted. What is counted
// in a slot of its own is exact; what is counted in a shared one is the most it
// can be, and enough to leave nearly all of a million tags unasked.
type slotted struct {
	of     []uint32          // by tag: the slot of what it is counted as
	owned  map[uint32]uint32 // by canonical
	owners []uint32          // by slot; none of slot 0
}

// slotsOf is how many slots there are, and where those that are shared begin for
// each kind.
func slotsOf() (count uint32, shared [kinds]uint32) {
	count = slotsOwned
	for kind := range shared {
		shared[kind] = count
		count += 1 << sharedBits[kind]
	}
	return count, shared
}

var (
	slotCount, sharedFrom = slotsOf()
	kindOfSlot            = kindsOfSlots() // by slot / 256
)

func kindsOfSlots() []uint8 {
	of := make([]uint8, slotCount>>8)
	for kind, from := range sharedFrom {
		for i := range uint32(1) << (sharedBits[kind] - 8) {
			of[from>>8+i] = uint8(kind) //nolint:gosec // one of seven
		}
	}
	return of
}

// sharedSlot is the slot a canonical shares with others of its kind.
func sharedSlot(kind uint8, canonical uint32) uint32 {
	return sharedFrom[kind] + canonical&(1<<sharedBits[kind]-1)
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
	t.slots.of = exact(t.shows)
	for n, canonical := range t.shows {
		t.slots.of[n] = t.slot(canonical)
	}
}

// slotTally is what is counted in one slot: works, and a number after the last
// of them, so that each counts once, whatever it is tagged with twice.
type slotTally struct{ works, after uint32 }

// tallySlots counts the works of a set in slots, with both processors.
func (c *contents) tallySlots(works set, total int) []slotTally {
	half := works.halfway(total)
	counts, others := c.slots(), c.slots()
	var counting sync.WaitGroup
	counting.Go(func() { c.tallySlotsFrom(works, half, len(works), others) })
	c.tallySlotsFrom(works, 0, half, counts)
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

func (c *contents) tallySlotsFrom(works set, from, to int, counts []slotTally) {
	c.inBatches(works, from, to, func(b *batch) {
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
	counts := c.tallySlots(found, total)
	defer c.slotted.put(&counts)
	best := ranking{most: f.Values}
	c.owners(&best, func(slot int, _ uint32) uint32 { return counts[slot].works })
	w := c.walkOf(found, forStaff)
	var isLong [kinds]bool
	eachKind(func(kind int) {
		if isLong[kind] = c.atLeast(kind, best.least(kind)) > tagsForAWork*total; !isLong[kind] {
			w.bySlots(&best, kind, func(tag uint32) uint32 {
				return counts[sharedSlot(uint8(kind), tag)].works //nolint:gosec // one of seven
			})
		}
	})
	if slices.Contains(isLong[:], true) {
		c.onceMore(found, &best, isLong, counts)
	}
	return best.byKind()
}

// restBySlots gives the values of each kind where little is left out of what a
// class of viewers may find: that is counted, and taken from the totals.
func (c *contents) restBySlots(found, left set, rest int, class int, f Facets) map[archive.TagKind][]Counted {
	counts := c.tallySlots(left, rest)
	defer c.slotted.put(&counts)
	best := ranking{most: f.Values}
	c.owners(&best, func(slot int, tag uint32) uint32 { return c.totals[class][tag] - counts[slot].works })
	w := c.walkOf(found, class)
	eachKind(func(kind int) {
		w.bySlots(&best, kind, func(tag uint32) uint32 { return c.totals[class][tag] })
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

// owners puts the canonicals with a slot of their own among the best.
func (c *contents) owners(best *ranking, counted func(slot int, tag uint32) uint32) {
	for slot, tag := range c.tags.slots.owners {
		if tag == none || !c.tags.isSized(tag) {
			continue
		}
		if works := int(counted(slot, tag)); works > 0 && works >= best.least(int(c.tags.kinds[tag])) {
			best.take(c.tags.kinds[tag], Counted{Tag: c.tags.ids[tag], Works: works})
		}
	}
}

// atLeast is how many canonicals of a kind have so many works, about.
func (c *contents) atLeast(kind, works int) int {
	sorted := c.sizes[kind].sorted
	return sort.Search(len(sorted), func(i int) bool { return int(c.totals[forStaff][sorted[i]]) < works })
}

// bySlots asks the canonicals of a kind that may have enough works, until none
// has; those with a slot of their own are known already.
func (w *walk) bySlots(best *ranking, kind int, atMost func(tag uint32) uint32) {
	looked, totals := 0, w.totals[forStaff]
	for tag := range w.sizes[kind].walk(false, anything) {
		least := uint32(max(best.least(kind), 1)) //nolint:gosec // works are counted
		if looked++; looked%64 == 0 && totals[tag] < least {
			return
		}
		if atMost(tag) < least {
			continue
		}
		if _, isOwner := w.tags.slots.owned[tag]; isOwner || totals[tag] < least {
			continue
		}
		if works, _ := w.shared(tag); works > 0 {
			best.take(uint8(kind), Counted{Tag: w.tags.ids[tag], Works: works}) //nolint:gosec // one of seven
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
	c.inBatches(found, 0, len(found), func(b *batch) {
		slots := b.slots
		for _, tags := range b.tags {
			for i, slot := range slots[:len(tags)] {
				if slot < slotsOwned || counts[slot].works < least[kindOfSlot[slot>>8]] {
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

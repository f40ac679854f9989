package index

import (
	"iter"
	"slices"
	"sync"
	"sync/atomic"
)

const (
	// slotsOwned is how many of the largest canonicals have a slot of their own;
	// slot 0 is nobody's.
	slotsOwned = 1 << 14
	// slotsLeast is how many works are counted in slots; fewer are counted under
	// each of their tags.
	slotsLeast = 1 << 11
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
		owned := 0
		for tag := range c.sizes[kind].walk(false, anything) {
			if owned++; owned > slotsOwned {
				break
			}
			largest = append(largest, tag)
		}
	}
	slices.SortFunc(largest, func(a, b uint32) int { return int(c.totals[forStaff][b]) - int(c.totals[forStaff][a]) })
	largest = largest[:min(slotsOwned-1, len(largest))]
	t.slots.owners = append([]uint32{none}, largest...)
	t.slots.owned = make(map[uint32]uint32, len(largest))
	for i, canonical := range largest {
		t.slots.owned[canonical] = uint32(i + 1) //nolint:gosec // one of a few thousand
	}
	t.slots.of = exact(t.shows)
	for n := range t.shows {
		t.place(uint32(n)) //nolint:gosec // a tag's number
	}
}

// place gives a tag the slot of what it is counted as.
func (t *tags) place(n uint32) { t.slots.of[n] = t.slot(t.shows[n]) }

// slotTally is what is counted in one slot: works, and a number after the last
// of them, so that each counts once, whatever it is tagged with twice.
type slotTally struct{ works, after uint32 }

// stretches gives the works between two words of a set.
type stretches func(from, to int) iter.Seq[uint32]

// tallySlots counts works in slots, with both processors: those before a word
// of a set, and those from it to the end.
func (c *contents) tallySlots(works stretches, half, end int) []slotTally {
	counts, others := c.slots(), c.slots()
	var counting sync.WaitGroup
	counting.Go(func() { c.tallySlotsOf(works(half, end), others) })
	c.tallySlotsOf(works(0, half), counts)
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

func (c *contents) tallySlotsOf(works iter.Seq[uint32], counts []slotTally) {
	c.inBatches(works, func(b *batch) {
		for i, work := range b.works {
			_, slots := b.of(i)
			for _, slot := range slots {
				if one := &counts[slot]; one.after != work+1 {
					one.after = work + 1
					one.works++
				}
			}
		}
	})
}

// bySlots puts the values of some kinds among the best: the large canonicals as
// they were counted, and of the others those that are asked because the slot
// they share has as many works as the least value that is shown.
func (c *contents) bySlots(found set, total int, best *ranking, of [kinds]bool) {
	counts := c.tallySlots(found.stretch, found.halfway(total), len(found))
	defer c.slotted.put(&counts)
	for slot, tag := range c.tags.slots.owners {
		if tag != none && counts[slot].works > 0 && c.tags.isSized(tag) && of[c.tags.kinds[tag]] {
			best.take(c.tags.kinds[tag], Counted{Tag: c.tags.ids[tag], Works: int(counts[slot].works)})
		}
	}
	var isLong [kinds]bool
	c.withWalk(found, total, forStaff, func(w *walk) {
		eachKind(func(kind int) {
			if isLong[kind] = of[kind] && c.atLeast(kind, best.least(kind)) > tagsForAWork*total; of[kind] && !isLong[kind] {
				w.bySlots(best, kind, counts)
			}
		})
	})
	if slices.Contains(isLong[:], true) {
		c.onceMore(found, best, isLong, counts)
	}
}

// everyKind names every kind.
func everyKind() [kinds]bool { return [kinds]bool{true, true, true, true, true, true, true} }

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

// atLeast is how many canonicals of a kind have so many works, about.
func (c *contents) atLeast(kind, works int) int {
	o := &c.sizes[kind]
	block, at := o.begins(func(tag uint32) bool { return int(c.totals[forStaff][tag]) < works })
	for _, before := range o.blocks[:block] {
		at += len(before)
	}
	return at
}

// bySlots asks the canonicals of a kind that share a slot and may have enough
// works, until none has.
func (w *walk) bySlots(best *ranking, kind int, counts []slotTally) {
	looked, totals, asked := 0, w.totals[forStaff], make([]uint32, 0, askedTogether)
	for tag := range w.sizes[kind].walk(false, anything) {
		least := uint32(max(best.least(kind), 1)) //nolint:gosec // works are counted
		if looked++; looked%64 == 0 && totals[tag] < least {
			break
		}
		if totals[tag] < least || counts[sharedSlot(uint8(kind), tag)].works < least { //nolint:gosec // one of seven
			continue
		}
		if _, isOwner := w.tags.slots.owned[tag]; isOwner {
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
	works := make([]int, len(tags))
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
	c.inBatches(found.stretch(0, len(found)), func(b *batch) {
		for i := range b.works {
			tags, slots := b.of(i)
			for i, slot := range slots {
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
		}
	})
	for _, tag := range exactly.met {
		best.take(t.kinds[tag], Counted{Tag: t.ids[tag], Works: int(exactly.works[tag])})
	}
}

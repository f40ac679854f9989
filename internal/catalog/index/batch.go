package index

import (
	"iter"
	"slices"
)

// batchWorks is how many works are read side by side.
const batchWorks = 64

// usualNumbers is how many numbers stand before the last of most works.
const usualNumbers = 24

// batch is some works with their tags and the slots of those. Where works lie
// far apart, each step of reading one waits for memory; taken a step at a time
// for all of them, the waits pass together.
type batch struct {
	works   []uint32
	tags    []uint32               // of all of them, one after the other
	slots   []uint32               // of those
	ends    [batchWorks + 1]uint32 // before the tags of each work stand so many
	fetched uint16                 // of no meaning, or nothing would be fetched
}

// of gives the tags of one of the works, and their slots.
func (b *batch) of(i int) (tags, slots []uint32) {
	return b.tags[b.ends[i]:b.ends[i+1]], b.slots[b.ends[i]:b.ends[i+1]]
}

// inBatches calls with works and their tags, some works at a time; what it is
// given holds until it returns.
func (c *contents) inBatches(works iter.Seq[uint32], do func(*batch)) {
	b := batch{works: make([]uint32, 0, batchWorks)}
	for n := range works {
		if b.works = append(b.works, n); len(b.works) == batchWorks {
			c.read(&b)
			do(&b)
			b.works = b.works[:0]
		}
	}
	if len(b.works) > 0 {
		c.read(&b)
		do(&b)
	}
}

// read reads the tags of a batch of works.
func (c *contents) read(b *batch) {
	var at [batchWorks]uint32
	var shelves [batchWorks]*shelf
	var fetched uint16
	for i, n := range b.works {
		shelves[i] = c.works.shelves[n>>shelfBits]
		at[i] = shelves[i].at[n&shelfMask]
	}
	for i := range b.works { // what is far away is fetched for all of them
		numbers := shelves[i].numbers
		fetched += numbers[at[i]] + numbers[min(int(at[i])+usualNumbers, len(numbers)-1)]
	}
	b.fetched = fetched
	b.tags = b.tags[:0]
	for i := range b.works {
		b.tags = shelves[i].tagsAt(at[i], b.tags)
		b.ends[i+1] = uint32(len(b.tags)) //nolint:gosec // of a few works
	}
	b.slots = slices.Grow(b.slots[:0], len(b.tags))[:len(b.tags)]
	slots := c.tags.slots.of
	for i, tag := range b.tags {
		b.slots[i] = slots[tag]
	}
}

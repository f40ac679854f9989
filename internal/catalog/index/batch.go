package index

import "math/bits"

// batchWorks is how many works are read side by side.
const batchWorks = 64

// batch is some works with their tags and the slots of those. Where works lie
// far apart, each step of reading one waits for memory; taken a step at a time
// for all of them, the waits pass together.
type batch struct {
	works []uint32
	tags  [][]uint32 // of each work
	slots []uint32   // of all their tags, one after the other
	most  uint32     // no tags are read from this one on
}

// inBatches calls with the works of a stretch of a set and those of their tags
// that have numbers below one, some works at a time; what it is given holds until
// it returns.
func (c *contents) inBatches(works set, from, to int, tags uint32, do func(*batch)) {
	b := batch{most: tags, works: make([]uint32, 0, batchWorks), tags: make([][]uint32, batchWorks)}
	for i, word := range works[from:to] {
		for ; word != 0; word &= word - 1 {
			b.works = append(b.works, uint32((from+i)<<6|bits.TrailingZeros64(word))) //nolint:gosec // a work's number
			if len(b.works) == batchWorks {
				c.read(&b)
				do(&b)
				b.works = b.works[:0]
			}
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
	b.tags = b.tags[:len(b.works)]
	for i, n := range b.works {
		shelves[i] = c.works.shelves[n>>shelfBits]
		at[i] = shelves[i].at[n&shelfMask]
	}
	for i := range b.tags {
		b.tags[i] = shelves[i].tagsAt(at[i])
	}
	b.slots = b.slots[:0]
	slots := c.tags.slots.of
	for i, tags := range b.tags {
		for at, tag := range tags {
			if tag >= b.most {
				b.tags[i] = tags[:at] // the others have larger numbers
				break
			}
			b.slots = append(b.slots, slots[tag])
		}
	}
}

package index

import (
	"iter"
	"slices"

	"ficus/internal/archive"
)

// gathered holds what is loaded in the order in which it comes, to be read and
// not to be asked.
func gathered(a asking, tags iter.Seq[Tag], works iter.Seq[Work]) *contents {
	c := empty(a)
	for t := range tags {
		c.putTag(t)
	}
	for w := range works {
		c.removeWork(w.ID)
		c.shelve(w)
	}
	return c
}

// neighbours numbers the works of a fandom one after the other, and tags in the
// order in which those works bear them. What is found together then lies
// together, in the records that are counted as in the counters.
func (c *contents) neighbours() *contents {
	beside := empty(c.asking)
	for _, place := range c.byFandom() {
		beside.shelve(c.work(uint32(place))) //nolint:gosec // its lower half is the work's number
	}
	for n := range c.tags.ids {
		beside.putTag(c.tags.row(uint32(n))) //nolint:gosec // a tag's number
	}
	*c = contents{} // the records stand once from here on, before what is made of them
	beside.eachWork(beside.post)
	beside.arrange()
	beside.countAll()
	beside.sortSizes()
	for canonical := range beside.tags.synonyms {
		beside.unite(canonical)
	}
	beside.isOrdered = true
	return beside
}

// byFandom lists the works by the largest of their fandoms: its number, and in
// the lower half the work's.
func (c *contents) byFandom() []uint64 {
	sizes := make([]uint32, len(c.tags.ids))
	c.eachWork(func(n uint32) {
		for _, fandom := range c.fandoms(n) {
			sizes[fandom]++
		}
	})
	places := make([]uint64, 0, c.works.known)
	c.eachWork(func(n uint32) {
		largest := none
		for _, fandom := range c.fandoms(n) {
			if largest == none || sizes[fandom] > sizes[largest] {
				largest = fandom
			}
		}
		places = append(places, uint64(largest)<<32|uint64(n))
	})
	slices.Sort(places)
	return places
}

// eachWork calls with every work that is known.
func (c *contents) eachWork(do func(n uint32)) {
	for n := range c.works.ids {
		if n := uint32(n); c.works.holds(n) { //nolint:gosec // a work's number
			do(n)
		}
	}
}

// countAll counts the works of all tags.
func (c *contents) countAll() { c.eachWork(func(n uint32) { c.weigh(n, 1) }) }

// row gives a tag as it was put.
func (t *tags) row(n uint32) Tag {
	tag := Tag{ID: t.ids[n], Standing: t.standing[n]}
	if t.kinds[n] != noKind {
		tag.Kind = archive.TagKinds()[t.kinds[n]]
	}
	if t.of[n] != none {
		tag.Of = t.ids[t.of[n]]
	}
	for _, m := range t.above[n] {
		tag.Metatags = append(tag.Metatags, t.ids[m])
	}
	return tag
}

// work gives a work as it was put.
func (c *contents) work(n uint32) Work {
	w := &c.works
	work := Work{
		ID: w.ids[n], Complete: w.complete.has(n), Anonymous: w.anonymous.has(n), Language: w.names[w.languages[n]], Title: string(w.title(n)),
		Updated: w.figure(n, Updated), Posted: w.figure(n, Posted), Words: w.figure(n, Words), Chapters: w.figure(n, Chapters),
		Hits: w.figure(n, Hits), Kudos: w.figure(n, Kudos), Comments: w.figure(n, Comments), Bookmarks: w.figure(n, Bookmarks),
	}
	for _, s := range []struct {
		state State
		holds bool
	}{{Unlisted, !w.listed.has(n)}, {Restricted, w.restricted.has(n)}, {ForStaff, w.forStaff.has(n)}} {
		if s.holds {
			work.State |= s.state
		}
	}
	for _, tag := range w.tags(n) {
		work.Tags = append(work.Tags, c.tags.ids[tag])
	}
	for _, account := range w.shelves[n>>shelfBits].creators(n & shelfMask) {
		work.Creators = append(work.Creators, c.accounts.ids[account])
	}
	return work
}

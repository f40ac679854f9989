package index

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"ficus/internal/archive"
)

// loading takes in what is loaded, before it is known where it is to stand:
// tags as they come, and works packed tight, by where they are at home.
type loading struct {
	tags  *contents // and pen names
	sizes []uint32  // works of each tag so far, with those of its synonyms, by its number among tags
	homes map[uint32]*packed
	muted map[int64][]int64 // works, by the muted words that stand in them
	works int
}

// taken takes in all tags, then all pen names, and then all works.
func taken(a asking, tags iter.Seq[Tag], pseuds iter.Seq[Pseud], works iter.Seq[Work]) *loading {
	l := &loading{tags: empty(a), homes: map[uint32]*packed{}, muted: map[int64][]int64{}}
	for t := range tags {
		l.tags.putTag(t)
	}
	for p := range pseuds {
		l.tags.putPseud(p)
	}
	l.sizes = make([]uint32, len(l.tags.tags.ids))
	for w := range works {
		at := l.home(w)
		if l.homes[at] == nil {
			l.homes[at] = &packed{}
		}
		l.homes[at].add(w)
		for _, word := range w.Muted {
			l.muted[word] = append(l.muted[word], w.ID)
		}
		l.works++
	}
	return l
}

// home is the largest fandom of a work, of those that came before it: where it
// stands changes how fast it is counted, and nothing else.
func (l *loading) home(w Work) uint32 {
	largest := none
	t := &l.tags.tags
	for _, id := range w.Tags {
		n, known := t.find(id)
		if !known || int(n) >= len(l.sizes) {
			continue
		}
		lead := t.leads[n]
		l.sizes[lead]++
		if t.kinds[lead] == kindFandom && (largest == none || l.sizes[lead] > l.sizes[largest]) {
			largest = lead
		}
	}
	return largest
}

// popular are the tags that most works bear, as many as have a short number, each
// with all that stand for it: numbered first, they take half the room, and most
// of what is looked up lies together.
func (l *loading) popular() (popular []uint32) {
	all := make([]uint32, len(l.sizes))
	for n := range all {
		all[n] = uint32(n) //nolint:gosec // a tag's number
	}
	slices.SortFunc(all, func(a, b uint32) int { return cmp.Or(cmp.Compare(l.sizes[b], l.sizes[a]), cmp.Compare(a, b)) })
	for _, lead := range all[:min(shortTags, len(all))] {
		if popular = append(popular, l.tags.tags.members(lead)...); len(popular) >= shortTags {
			break
		}
	}
	return popular
}

// neighbours numbers the works of a fandom one after the other, and tags in the
// order in which those works bear them, the most popular before all others. What
// is found together then lies together, in the records that are counted as in
// the counters. What was packed is let go home by home, so little of it stands
// twice.
func (l *loading) neighbours() *contents {
	c := empty(l.tags.asking)
	c.works.expect(l.works)
	c.expectTags(len(l.tags.tags.ids))
	for _, popular := range l.popular() {
		c.tag(l.tags.tags.ids[popular])
	}
	c.pseuds, c.accounts, c.signing = l.tags.pseuds, l.tags.accounts, l.tags.signing
	for _, fandom := range slices.Sorted(maps.Keys(l.homes)) {
		for w := range l.homes[fandom].works {
			if n := c.shelve(w); n&shelfMask == shelfMask {
				c.works.shelves[n>>shelfBits].fit()
			}
		}
		delete(l.homes, fandom)
	}
	for n := range l.tags.tags.ids {
		c.putTag(l.tags.tags.row(uint32(n))) //nolint:gosec // a tag's number
	}
	l.tags = nil
	c.pseuds.fit()
	c.postAll()
	for word, works := range l.muted {
		c.setMutedWord(word, works)
	}
	c.arrange()
	c.countAll()
	c.eachWork(c.sureOf)
	c.sortSizes()
	for canonical := range c.tags.synonyms {
		c.unite(canonical)
	}
	c.ownSlots()
	c.isOrdered = true
	return c
}

// eachWork calls with every work that is known.
func (c *contents) eachWork(do func(n uint32)) {
	for n := range c.works.ids {
		if n := uint32(n); c.works.holds(n) { //nolint:gosec // a work's number
			do(n)
		}
	}
}

// postAll has all works found by their tags and by who signs them.
func (c *contents) postAll() {
	bearing, signing := make([]uint32, len(c.tags.ids)), make([]uint32, len(c.accounts.ids))
	c.eachWork(func(n uint32) {
		var room [tagsUsual]uint32
		for _, tag := range c.works.tags(n, room[:0]) {
			bearing[tag]++
		}
		c.signers(n, func(account uint32) { signing[account]++ })
	})
	c.bearing.reserve(bearing)
	c.signing.reserve(signing)
	c.eachWork(func(n uint32) { c.post(n, (*postings).fill) })
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

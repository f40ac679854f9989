package index

import (
	"slices"

	"ficus/internal/archive"
)

// Standing is what wranglers made of a tag.
type Standing uint8

// The standings. A tag that is left as is counts as unsorted here.
const (
	Unsorted  Standing = iota // found by itself, counted in no facet
	Canonical                 // found by, and counted in facets
	Synonym                   // found and counted as another tag
	Waiting                   // as Canonical; a wrangler has not looked at it
)

// isCounted reports whether a tag of this standing is counted in facets, as
// itself.
func (s Standing) isCounted() bool { return s == Canonical || s == Waiting }

// Tag is a tag as the index needs it.
type Tag struct {
	ID       int64
	Kind     archive.TagKind
	Standing Standing
	Of       int64   // of a synonym: the tag it stands for, whatever its kind
	Metatags []int64 // right above it; what stands above those follows
}

// kinds is how many kinds of tag there are.
const kinds = 7

// noKind is the kind of a tag of which only its number is known.
const noKind = 255

// tags is the table of tags. A synonym leads to the end of the chain of tags it
// stands for; where the chain runs in a circle, each tag stands for itself.
// Metatags are followed from what a tag leads to, and lead on themselves.
type tags struct {
	numbering
	kinds    []uint8 // places in archive.TagKinds
	standing []Standing
	of       []uint32            // what a synonym stands for; none: no synonym
	leads    []uint32            // the tag it is found by
	shows    []uint32            // the tag it is counted as in facets; none: it is not
	own      set                 // those that are counted as themselves: a bit a tag stays nearer than what it shows
	fandoms  set                 // those that lead to a fandom, kept as near
	synonyms map[uint32][]uint32 // by what they stand for
	above    map[uint32][]uint32
	below    map[uint32][]uint32
	slots    slotted
}

// tag gives the number of a tag, known or not yet.
func (c *contents) tag(id int64) uint32 {
	n, isNew := c.tags.number(id)
	if isNew {
		t := &c.tags
		t.kinds = longer(t.kinds, noKind)
		t.standing = longer(t.standing, Unsorted)
		t.of = longer(t.of, none)
		t.leads = longer(t.leads, n)
		t.shows, t.own, t.fandoms = longer(t.shows, none), t.own.grown(len(t.ids)), t.fandoms.grown(len(t.ids))
		t.slots.of = longer(t.slots.of, 0)
		for class := range c.totals {
			c.totals[class] = longer(c.totals[class], 0)
		}
		c.bearing.grow(len(t.ids))
	}
	return n
}

// expectTags makes place for so many tags at once.
func (c *contents) expectTags(count int) {
	t := &c.tags
	t.ids, t.kinds, t.standing = slices.Grow(t.ids, count), slices.Grow(t.kinds, count), slices.Grow(t.standing, count)
	for _, column := range []*[]uint32{&t.of, &t.leads, &t.shows, &t.slots.of} {
		*column = slices.Grow(*column, count)
	}
	for class := range c.totals {
		c.totals[class] = slices.Grow(c.totals[class], count)
	}
	c.bearing.expect(count)
}

// putTag changes a tag's row, what leads through it, and the totals of what that
// is counted as; no work is looked at.
func (c *contents) putTag(tag Tag) {
	n := c.tag(tag.ID)
	before := c.tags.shown(n)
	c.unsize(n)
	for _, turned := range c.tags.put(n, tag, c.tag) {
		c.unsure(turned)
	}
	var changed []uint32
	for _, m := range append(append(before, c.tags.shown(n)...), n) {
		if slices.Contains(changed, m) {
			continue
		}
		changed = append(changed, m)
		if m != n {
			c.unsize(m)
		}
		if c.isOrdered {
			c.recount(m)
		}
		c.size(m)
	}
}

// put stores a tag's row, and gives the tags that lead to a fandom from now on,
// or no longer.
func (t *tags) put(n uint32, tag Tag, number func(id int64) uint32) (turned []uint32) {
	if t.synonyms == nil {
		t.synonyms, t.above, t.below = map[uint32][]uint32{}, map[uint32][]uint32{}, map[uint32][]uint32{}
	}
	t.kinds[n] = noKind
	if kind := slices.Index(archive.TagKinds(), tag.Kind); kind >= 0 {
		t.kinds[n] = uint8(kind) //nolint:gosec // one of seven
	}
	t.standing[n] = tag.Standing
	of := none
	if tag.Standing == Synonym {
		of = number(tag.Of)
	}
	if before := t.of[n]; before != of {
		unlink(t.synonyms, before, n)
		link(t.synonyms, of, n)
		t.of[n] = of
	}
	for _, m := range t.above[n] {
		unlink(t.below, m, n)
	}
	delete(t.above, n)
	for _, id := range tag.Metatags {
		m := number(id)
		link(t.above, n, m)
		link(t.below, m, n)
	}
	return t.settle(n)
}

// link notes one number under another.
func link(under map[uint32][]uint32, key, n uint32) {
	if key != none && !slices.Contains(under[key], n) {
		under[key] = append(under[key], n)
	}
}

// unlink forgets one number under another.
func unlink(under map[uint32][]uint32, key, n uint32) {
	if key == none {
		return
	}
	if under[key] = slices.DeleteFunc(under[key], func(m uint32) bool { return m == n }); len(under[key]) == 0 {
		delete(under, key)
	}
}

// settle works out anew where a tag and all its synonyms lead. It gives those
// that lead to a fandom from now on, or no longer.
func (t *tags) settle(n uint32) (turned []uint32) {
	for _, m := range spread([]uint32{n}, func(m uint32) []uint32 { return t.synonyms[m] }) {
		t.leads[m] = t.end(m)
		t.shows[m] = none
		if t.standing[t.leads[m]].isCounted() {
			t.shows[m] = t.leads[m]
		}
		t.own.put(m, t.shows[m] == m)
		if isFandom := t.kinds[t.leads[m]] == kindFandom; isFandom != t.fandoms.has(m) {
			t.fandoms.put(m, isFandom)
			turned = append(turned, m)
		}
		t.place(m)
	}
	return turned
}

// end is the last of the tags that a tag stands for; itself in a circle.
func (t *tags) end(n uint32) uint32 {
	slow, fast := n, n
	for t.of[fast] != none {
		fast = t.of[fast]
		if t.of[fast] == none {
			break
		}
		fast, slow = t.of[fast], t.of[slow]
		if fast == slow {
			return n
		}
	}
	return fast
}

// spread is what can be reached from some numbers, themselves first.
func spread(from []uint32, next func(uint32) []uint32) []uint32 {
	reached := slices.Clone(from)
	if len(reached) == 1 && len(next(reached[0])) == 0 {
		return reached // nearly always
	}
	seen := make(map[uint32]bool, len(reached))
	for _, n := range reached {
		seen[n] = true
	}
	for i := 0; i < len(reached); i++ {
		for _, n := range next(reached[i]) {
			if !seen[n] {
				seen[n] = true
				reached = append(reached, n)
			}
		}
	}
	return reached
}

// members are all tags that lead to a tag, itself among them; none of a synonym.
func (t *tags) members(end uint32) []uint32 {
	all := spread([]uint32{end}, func(n uint32) []uint32 { return t.synonyms[n] })
	return slices.DeleteFunc(all, func(n uint32) bool { return t.leads[n] != end })
}

// metatags are a tag that others lead to and everything above it.
func (t *tags) metatags(end uint32) []uint32 {
	return spread([]uint32{end}, func(n uint32) []uint32 {
		var above []uint32
		for _, m := range t.above[n] {
			above = append(above, t.leads[m])
		}
		return above
	})
}

// ends are what a tag leads to, and all that stands below that: whose works are
// found by it.
func (t *tags) ends(n uint32) []uint32 {
	return spread([]uint32{t.leads[n]}, func(end uint32) []uint32 {
		var below []uint32
		for _, m := range t.members(end) {
			below = append(below, t.below[m]...) // a synonym among them has no members, whatever its row says
		}
		return below
	})
}

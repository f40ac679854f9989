package index

import (
	"slices"

	"ficus/internal/archive"
)

// Count is how many works a viewer finds by a tag: those that bear it, a synonym
// of it or a tag below it.
func (x *Index) Count(v Viewer, tag int64) int {
	return x.Find(Query{Viewer: v, Include: []int64{tag}}).Total
}

// Totals counts what a viewer finds by each canonical of a kind, as Count does:
// the most works first, of equal ones the oldest tag. What nobody has nothing
// above or below is taken from totals that are kept; only what mutes take out
// is counted.
func (x *Index) Totals(v Viewer, kind archive.TagKind) []Counted {
	x.mu.RLock()
	defer x.mu.RUnlock()
	c, at := x.c, slices.Index(archive.TagKinds(), kind)
	if at < 0 {
		return nil
	}
	found, left := c.blank(), c.blank()
	defer c.sets.put(&found)
	defer c.sets.put(&left)
	class := v.class()
	c.gate(found, class)
	copy(left, found)
	c.mute(found, v)
	left.andNot(found)
	lost := c.tallyAll(left, left.count())
	defer c.give(lost)
	var totals []Counted
	for tag := range c.sizes[at].walk(false, anything) {
		works := int(c.totals[class][tag] - lost.works[tag])
		if c.tags.isMetatag(tag) {
			c.withTag(tag, func(of set) {
				of.and(found)
				works = of.count()
			})
		}
		if works > 0 {
			totals = append(totals, Counted{Tag: c.tags.ids[tag], Works: works})
		}
	}
	slices.SortFunc(totals, rank)
	return totals
}

// isMetatag reports whether tags stand below a canonical or a synonym of it.
func (t *tags) isMetatag(n uint32) bool {
	return slices.ContainsFunc(t.members(n), func(m uint32) bool { return len(t.below[m]) > 0 })
}

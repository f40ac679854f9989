package index

import (
	"slices"

	"ficus/internal/archive"
)

// Meant calls, for each of some tags, with the canonical it is counted as and
// how many works everybody like this viewer finds by that; what they mute is
// not looked at. Tags that are counted in no facet, or as one of another kind,
// are left out; the empty kind is any.
func (x *Index) Meant(v Viewer, kind archive.TagKind, tags []int64, do func(i int, canonical Counted)) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	c, class, at := x.c, v.class(), slices.Index(archive.TagKinds(), kind)
	for i, id := range tags {
		n, known := c.tags.find(id)
		if !known || c.tags.shows[n] == none {
			continue
		}
		canonical := c.tags.shows[n]
		if kind != "" && int(c.tags.kinds[canonical]) != at {
			continue
		}
		do(i, Counted{Tag: c.tags.ids[canonical], Works: int(c.totals[class][canonical])})
	}
}

// EachLargest calls with the canonicals of a kind, those with most works first,
// while it is told true. The counts are those Meant gives.
func (x *Index) EachLargest(v Viewer, kind archive.TagKind, do func(Counted) bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	c, class := x.c, v.class()
	for tag := range c.sizes[slices.Index(archive.TagKinds(), kind)].walk(false, anything) {
		if !do(Counted{Tag: c.tags.ids[tag], Works: int(c.totals[class][tag])}) {
			return
		}
	}
}

// Beside tells of each of some canonicals whether a work that everybody like
// this viewer finds bears it and is of one of these fandoms.
func (x *Index) Beside(v Viewer, fandoms, canonicals []int64) []bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	c, beside := x.c, make([]bool, len(canonicals))
	of, listed := c.blank(), c.blank()
	defer c.sets.put(&of)
	defer c.sets.put(&listed)
	for _, fandom := range c.known(&c.tags.numbering, fandoms) {
		c.withTag(fandom, of.or)
	}
	c.gate(listed, v.class())
	of.and(listed)
	for i, id := range canonicals {
		if n, known := c.tags.find(id); known {
			beside[i] = slices.ContainsFunc(c.tags.members(n), func(tag uint32) bool { return c.bearing.meets(tag, of) })
		}
	}
	return beside
}

// meets reports whether one of its works is in a set.
func (p *postings) meets(of uint32, works set) bool {
	if p.rooms[of].big {
		each := p.large[of].Iterator()
		for each.HasNext() {
			if works.has(each.Next()) {
				return true
			}
		}
		return false
	}
	return slices.ContainsFunc(p.small(of), works.has)
}

// IsParticular reports whether a viewer finds other works than everybody like
// them.
func (v Viewer) IsParticular() bool {
	return v.HidesAnonymous || len(v.MutedAccounts)+len(v.MutedTags)+len(v.MutedWorks)+len(v.MutedWords)+len(v.Peeked) > 0
}

// Bearing counts the works a query finds that are found by any of some tags as
// well, and by each of them.
func (x *Index) Bearing(q Query, tags []int64) (works int, each []int) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.c
	found, all := c.blank(), c.blank()
	defer c.sets.put(&found)
	defer c.sets.put(&all)
	c.fill(found, q)
	each = make([]int, len(tags))
	for i, id := range tags {
		tag, known := c.tags.find(id)
		if !known {
			continue
		}
		c.withTag(tag, func(of set) {
			of.and(found)
			each[i] = of.count()
			all.or(of)
		})
	}
	return all.count(), each
}

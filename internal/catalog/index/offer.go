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

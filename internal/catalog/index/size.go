package index

import (
	"slices"

	"ficus/internal/archive"
)

// The classes of viewers, who find other works each. Every class finds what
// those before it find.
const (
	forGuests = iota
	forMembers
	forStaff
	classes
)

// class gives the class of a viewer.
func (v Viewer) class() int {
	switch {
	case v.IsMember() && v.Staff:
		return forStaff
	case v.IsMember():
		return forMembers
	}
	return forGuests
}

// finds reports whether a class of viewers finds a work.
func (w *works) finds(class int, n uint32) bool {
	return w.findable[class].has(n)
}

// open says who finds a work in this state.
func (w *works) open(n uint32, s State) {
	w.findable[forStaff].put(n, s&Unlisted == 0)
	w.findable[forMembers].put(n, s&(Unlisted|ForStaff) == 0)
	w.findable[forGuests].put(n, s&(Unlisted|ForStaff|Restricted) == 0)
}

// weigh adds a work to the totals of its tags, or takes it from them.
func (c *contents) weigh(n uint32, by uint32) {
	if !c.works.finds(forStaff, n) {
		return
	}
	for class := range classes {
		if c.works.finds(class, n) {
			c.works.spoken[class][c.works.languages[n]] += by
		}
	}
	var room [tagsUsual]uint32
	tags := c.works.tags(n, room[:0])
	for i, tag := range tags {
		canonical := c.tags.shows[tag]
		if canonical == none || canonical != tag && again(c.tags.shows, tags, i) {
			continue
		}
		c.unsize(canonical)
		for class := range classes {
			if c.works.finds(class, n) {
				c.totals[class][canonical] += by
			}
		}
		c.size(canonical)
		if united := c.united[canonical]; united != nil {
			if by == 1 {
				united.Add(n)
			} else {
				united.Remove(n)
			}
		}
	}
}

// Languages lists those of the works that a viewer finds.
func (x *Index) Languages(v Viewer) []string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var spoken []string
	muted := x.c.mutedByLanguage(v)
	for i, works := range x.c.works.spoken[v.class()] {
		if works > 0 && (muted == nil || works > muted[i]) {
			spoken = append(spoken, x.c.works.names[i])
		}
	}
	return spoken
}

// mutedByLanguage counts the works of each language that everybody like a viewer
// finds, and that they do not want to meet.
func (c *contents) mutedByLanguage(v Viewer) []uint32 {
	if !v.IsParticular() {
		return nil
	}
	muted := c.blank()
	defer c.sets.put(&muted)
	c.gate(muted, v.class())
	c.mute(muted, v)
	muted.restOf(c.works.findable[v.class()])
	counted, languages := make([]uint32, len(c.works.names)), c.works.languages
	muted.each(func(n uint32) { counted[languages[n]]++ })
	return counted
}

// isSized reports whether a tag is counted in facets.
func (t *tags) isSized(n uint32) bool { return t.standing[n].isCounted() && t.kinds[n] != noKind }

// size puts a tag where its total belongs, and unsize takes it out before that
// changes.
func (c *contents) size(tag uint32) {
	if c.isOrdered && c.tags.isSized(tag) {
		c.sizes[c.tags.kinds[tag]].enter(tag)
	}
}

func (c *contents) unsize(tag uint32) {
	if c.isOrdered && c.tags.isSized(tag) {
		c.sizes[c.tags.kinds[tag]].leave(tag)
	}
}

// shown are the tags that a tag and its synonyms are counted as.
func (t *tags) shown(n uint32) []uint32 {
	var shown []uint32
	for _, m := range spread([]uint32{n}, func(m uint32) []uint32 { return t.synonyms[m] }) {
		if canonical := t.shows[m]; canonical != none && !slices.Contains(shown, canonical) {
			shown = append(shown, canonical)
		}
	}
	return shown
}

// recount counts anew the works of a tag whose synonyms changed.
func (c *contents) recount(tag uint32) {
	defer c.unite(tag)
	for class := range classes {
		c.totals[class][tag] = 0
	}
	if !c.tags.standing[tag].isCounted() {
		return
	}
	count := func(n uint32) {
		for class := range classes {
			if c.works.finds(class, n) {
				c.totals[class][tag]++
			}
		}
	}
	members := c.tags.members(tag)
	if len(members) == 1 && !c.bearing.rooms[tag].big {
		for _, n := range c.bearing.small(tag) {
			count(n)
		}
		return
	}
	c.with(c.bearing.union, members, func(works set) { works.each(count) })
}

// sortSizes sorts the tags of all works anew, by what was counted.
func (c *contents) sortSizes() {
	all := make([][]placed, len(archive.TagKinds()))
	for n := range c.tags.ids {
		if tag := uint32(n); c.tags.isSized(tag) { //nolint:gosec // a tag's number
			kind := c.tags.kinds[tag]
			all[kind] = append(all[kind], placed{-int64(c.totals[forStaff][tag]), c.tags.ids[tag], tag})
		}
	}
	for kind := range all {
		c.sizes[kind].sort(all[kind])
	}
}

package index

import (
	"bytes"
	"cmp"
	"slices"
)

// Sort is the order of a list. Works that are equal in it follow their ids, so
// no two orders of the same works differ, and descending is ascending turned
// round.
type Sort struct {
	Title      bool // by title, and not by a figure
	By         Figure
	Descending bool
}

// compare tells which of two works stands first in ascending order.
func (c *contents) compare(s Sort, a, b uint32) int {
	w := &c.works
	var order int
	if s.Title {
		order = bytes.Compare(w.shelves[a>>shelfBits].title(a&shelfMask), w.shelves[b>>shelfBits].title(b&shelfMask))
	} else {
		order = cmp.Compare(w.figure(a, s.By), w.figure(b, s.By))
	}
	return cmp.Or(order, cmp.Compare(w.ids[a], w.ids[b]))
}

// page gives the ids of the works on a page.
func (c *contents) page(found set, total int, q Query) []int64 {
	if q.Take <= 0 || q.Skip < 0 || q.Skip >= total {
		return nil
	}
	all := make([]uint32, 0, total)
	found.each(func(n uint32) { all = append(all, n) })
	slices.SortFunc(all, func(a, b uint32) int {
		if q.Sort.Descending {
			a, b = b, a
		}
		return c.compare(q.Sort, a, b)
	})
	var ids []int64
	for _, n := range all[q.Skip:min(q.Skip+q.Take, total)] {
		ids = append(ids, c.works.ids[n])
	}
	return ids
}

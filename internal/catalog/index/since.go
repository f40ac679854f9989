package index

import (
	"cmp"
	"math"
	"slices"
)

// Since is what has happened to the works of a list since its reader began: the
// list is shown as it stood then, as far as that is known. The zero Since shows
// it as it stands.
type Since struct {
	Came  []int64         // works that were not there: they are not on the list
	Moved map[int64]int64 // by work that has moved up since: when it had been updated, by which it stands in the order of that

	// Where a page begins or ends, in an order by a figure; nil: where Skip says.
	After  *Place // behind that place
	Before *Place // before it, as many as there is room for
}

// Place is where a work stands in an order by a figure.
type Place struct{ Figure, Work int64 }

// fillThen leaves out of what a query finds what was not there, and tells how
// many of the found are new or have moved.
func (c *contents) fillThen(found set, s Since) (since int) {
	came := c.known(&c.works.numbering, s.Came)
	for _, n := range came {
		if found.has(n) {
			since++
			found.remove(n)
		}
	}
	for id := range s.Moved {
		if n, known := c.works.find(id); known && found.has(n) {
			since++
		}
	}
	return since
}

// fewThen is fillThen where few are found.
func (c *contents) fewThen(works []uint32, s Since) (then []uint32, since int) {
	came := c.known(&c.works.numbering, s.Came)
	then = slices.DeleteFunc(works, func(n uint32) bool { return slices.Contains(came, n) })
	since = len(works) - len(then)
	for _, n := range then {
		if _, moved := s.Moved[c.works.ids[n]]; moved {
			since++
		}
	}
	return then, since
}

// isNow reports whether a page is that of the list as it stands.
func (q Query) isNow() bool {
	s := q.Since
	return q.Sort.place() >= figures || s.After == nil && s.Before == nil && (len(s.Moved) == 0 || q.Sort.place() != int(Updated))
}

// turned is a query for what stands before a place, from there backwards.
func (q Query) turned() Query {
	q.Since.After, q.Since.Before = q.Since.Before, nil
	q.Sort.Descending, q.Skip = !q.Sort.Descending, 0
	return q
}

// stood is where a work stood in an order.
func (c *contents) stood(n uint32, q Query) placed {
	p := placed{c.key(q.Sort.place(), n), c.works.ids[n], n}
	if was, moved := q.Since.Moved[p.id]; moved && q.Sort.place() == int(Updated) {
		p.key = was
	}
	return p
}

// isPast reports whether a work stands behind where a page begins.
func (q Query) isPast(p placed) bool {
	if q.Since.After == nil {
		return true
	}
	order := cmp.Or(cmp.Compare(p.key, q.Since.After.Figure), cmp.Compare(p.id, q.Since.After.Work))
	return order > 0 != q.Sort.Descending && order != 0
}

// pageThen gives the ids of the works on a page of a list as it stood, and how
// many stand before them. What has moved is taken out and put where it was.
func (c *contents) pageThen(found set, total int, q Query) (ids []int64, passed int) {
	if q.Since.Before != nil {
		ids, passed = c.pageThen(found, total, q.turned())
		slices.Reverse(ids)
		return ids, total - passed - len(ids)
	}
	passed = q.Skip
	c.with(nil, nil, func(left set) {
		copy(left, found)
		var moved []placed
		if q.Sort.place() == int(Updated) {
			moved = c.takeMoved(left, q)
		}
		c.leavePast(left, &q)
		if q.Since.After != nil {
			passed = total - left.count() - len(moved)
		}
		ids = c.together(left, moved, q)
	})
	return ids, passed
}

// pages gives the ids of the works on a page, and how many stand before them.
func (c *contents) pages(found set, total int, q Query) (ids []int64, passed int) {
	if q.Take > 0 && q.Skip >= 0 && !q.isNow() && !q.isBest() {
		return c.pageThen(found, total, q)
	}
	return c.page(found, total, q), q.Skip
}

// takeMoved takes out of what is left what has moved; of that it gives what
// stood behind where the page begins.
func (c *contents) takeMoved(left set, q Query) (moved []placed) {
	for id := range q.Since.Moved {
		n, known := c.works.find(id)
		if !known || !left.has(n) {
			continue
		}
		left.remove(n)
		if p := c.stood(n, q); q.isPast(p) {
			moved = append(moved, p)
		}
	}
	return moved
}

// leavePast leaves what stands behind where the page begins.
func (c *contents) leavePast(left set, q *Query) {
	after := q.Since.After
	if after == nil {
		return
	}
	var equal []uint32
	for n := range c.orders[q.Sort.place()].within(Range{Least: after.Figure, Most: after.Figure}, func(n uint32) int64 { return c.works.figure(n, q.Sort.By) }) {
		if left.has(n) && q.isPast(c.stood(n, *q)) {
			equal = append(equal, n)
		}
	}
	r := Range{Figure: q.Sort.By, Least: after.Figure, Most: math.MaxInt64}
	if q.Sort.Descending {
		r.Least, r.Most = math.MinInt64, after.Figure
	}
	q.Ranges, q.Skip = append(slices.Clone(q.Ranges), r), 0 // the order is walked from there
	if q.Sort.Descending {
		r.Most--
	} else {
		r.Least++
	}
	c.siftRange(left, r)
	for _, n := range equal {
		left.add(n)
	}
}

// together gives a page of what is left and what has moved, as they stood.
func (c *contents) together(left set, moved []placed, q Query) (ids []int64) {
	rest := q
	rest.Since = Since{}
	rest.Skip = max(0, q.Skip-len(moved))
	skip := q.Skip - rest.Skip
	if rest.Take = q.Take; q.Take < math.MaxInt-skip {
		rest.Take += skip
	}
	all := moved
	for _, id := range c.page(left, left.count(), rest) {
		n, _ := c.works.find(id)
		all = append(all, c.stood(n, q))
	}
	return c.cut(all, q.Sort.Descending, skip, q.Take)
}

// cut gives the ids of a stretch of some works in their order.
func (c *contents) cut(all []placed, descending bool, skip, take int) (ids []int64) {
	slices.SortFunc(all, func(a, b placed) int {
		order := cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.id, b.id))
		if descending {
			return -order
		}
		return order
	})
	from := min(skip, len(all))
	for _, p := range all[from : from+min(take, len(all)-from)] {
		ids = append(ids, p.id)
	}
	return ids
}

// fewPageThen is pageThen where few are found.
func (c *contents) fewPageThen(works []uint32, q Query) (ids []int64, passed int) {
	if q.Since.Before != nil {
		ids, passed = c.fewPageThen(works, q.turned())
		slices.Reverse(ids)
		return ids, len(works) - passed - len(ids)
	}
	var all []placed
	for _, n := range works {
		if p := c.stood(n, q); q.isPast(p) {
			all = append(all, p)
		}
	}
	passed = q.Skip
	if q.Since.After != nil {
		q.Skip, passed = 0, len(works)-len(all)
	}
	return c.cut(all, q.Sort.Descending, q.Skip, q.Take), passed
}

// ends are where the first and the last work of a page stand, in an order by a
// figure.
func (c *contents) ends(ids []int64, q Query) (first, last Place) {
	if len(ids) == 0 || q.Sort.place() >= figures || q.Sort.Best && q.Sought != nil {
		return first, last
	}
	at := func(id int64) Place {
		n, _ := c.works.find(id)
		p := c.stood(n, q)
		return Place{Figure: p.key, Work: p.id}
	}
	return at(ids[0]), at(ids[len(ids)-1])
}

package index

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"sync"
)

// Sort is the order of a list. Works that are equal in it follow their ids, so
// no two orders of the same works differ, and descending is ascending turned
// round.
type Sort struct {
	Title      bool // by title, and not by a figure
	Author     bool // by byline, and not by a figure
	By         Figure
	Descending bool
	Best       bool // what is found in titles first, where something is sought
}

// The places of titles and bylines, behind the figures.
const (
	byTitle = figures + iota
	byAuthor
	orders
)

// place is which of the orders a list is in.
func (s Sort) place() int {
	switch {
	case s.Title:
		return byTitle
	case s.Author:
		return byAuthor
	}
	return int(s.By)
}

// prepare makes the orders of works and of tags, which hold nothing yet.
func (c *contents) prepare() {
	for by := range c.orders {
		c.orders[by].compare = func(a, b uint32) int { return c.compare(by, a, b) }
	}
	c.orders[byTitle].isCut, c.orders[byAuthor].isCut = true, true
	for kind := range c.sizes {
		c.sizes[kind].compare = func(a, b uint32) int {
			return cmp.Or(cmp.Compare(c.totals[forStaff][b], c.totals[forStaff][a]), cmp.Compare(c.tags.ids[a], c.tags.ids[b]))
		}
	}
}

// compare tells which of two works stands first.
func (c *contents) compare(by int, a, b uint32) int {
	w := &c.works
	var order int
	switch by {
	case byTitle:
		order = bytes.Compare(w.title(a), w.title(b))
	case byAuthor:
		order = c.compareBylines(a, b)
	default:
		order = cmp.Compare(w.figure(a, Figure(by)), w.figure(b, Figure(by))) //nolint:gosec // one of eight
	}
	return cmp.Or(order, cmp.Compare(w.ids[a], w.ids[b]))
}

// key is what a work is ordered by; of a title or a byline its beginning.
func (c *contents) key(by int, n uint32) int64 {
	var beginning [8]byte
	switch by {
	case byTitle:
		copy(beginning[:], c.works.title(n))
	case byAuthor:
		c.beginByline(n, beginning[:])
	default:
		return c.works.figure(n, Figure(by)) //nolint:gosec // one of eight
	}
	return int64(binary.BigEndian.Uint64(beginning[:]) >> 1) //nolint:gosec // half of it
}

// arrange sorts all works anew in every order, two orders at a time.
func (c *contents) arrange() {
	byID := make([]uint32, 0, c.works.known)
	for n := range c.works.byID {
		if c.works.holds(n) {
			byID = append(byID, n)
		}
	}
	var sorting sync.WaitGroup
	turns := make(chan struct{}, 2)
	for by := range c.orders {
		turns <- struct{}{}
		sorting.Go(func() {
			defer func() { <-turns }()
			c.orders[by].blocks = c.arranged(by, byID)
		})
	}
	sorting.Wait()
}

// arranged puts works that stand by their ids in another order.
func (c *contents) arranged(by int, byID []uint32) [][]uint32 {
	type ranked struct {
		key int64
		at  uint32 // in byID
	}
	all := make([]ranked, len(byID))
	for i, n := range byID {
		all[i] = ranked{c.key(by, n), uint32(i)} //nolint:gosec // a work's number
	}
	isCut := c.orders[by].isCut
	slices.SortFunc(all, func(a, b ranked) int {
		if a.key == b.key && isCut {
			return c.compare(by, byID[a.at], byID[b.at])
		}
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.at, b.at))
	})
	return blocksOf(all, func(one ranked) uint32 { return byID[one.at] })
}

// page gives the ids of the works on a page. Where many are found, their order
// is walked until the page is full; where few are, those up to its end are
// picked from among them.
func (c *contents) page(found set, total int, q Query) []int64 {
	if q.Take <= 0 || q.Skip < 0 {
		return nil
	}
	if !q.isBest() && !q.isNow() {
		ids, _ := c.pageThen(found, total, q)
		return ids
	}
	if q.Skip >= total {
		return nil
	}
	end := q.Skip + min(q.Take, total-q.Skip)
	if q.isBest() {
		return c.bestFirst(found, q, end)
	}
	if steps := end * (c.works.known / total); steps < 2*total {
		if ids, isWhole := c.stretch(found, total, q); isWhole {
			return ids
		}
	}
	all := make([]placed, 0, total)
	found.each(func(n uint32) { all = append(all, placed{c.key(q.Sort.place(), n), c.works.ids[n], n}) })
	return c.picked(all, q)
}

// isBest reports whether what is found in titles stands first.
func (q Query) isBest() bool { return q.Sort.Best && q.Sought != nil }

// picked gives the ids of the works on a page of all that were found.
func (c *contents) picked(all []placed, q Query) (ids []int64) {
	from, to := q.Skip, q.Skip+min(q.Take, len(all)-q.Skip)
	if q.Sort.Descending {
		from, to = len(all)-to, len(all)-from
	}
	o := &c.orders[q.Sort.place()]
	o.first(all, to)
	o.first(all[:to], from)
	slices.SortFunc(all[from:to], o.places)
	for _, p := range all[from:to] {
		ids = append(ids, c.works.ids[p.n])
	}
	if q.Sort.Descending {
		slices.Reverse(ids)
	}
	return ids
}

// stretchMost is how many works may be passed by for each that is found, before
// it is quicker to look at all of those.
const stretchMost = 8

// stretch gives the works of a page by walking their order, from where those of
// a range begin; or false where what is found stands too far along.
func (c *contents) stretch(found set, total int, q Query) (ids []int64, isWhole bool) {
	order := &c.orders[q.Sort.place()]
	row := order.all()
	for _, r := range q.Ranges {
		if int(r.Figure) == q.Sort.place() {
			row = order.span(r, func(n uint32) int64 { return c.works.figure(n, r.Figure) })
		}
	}
	steps, at, end := 0, 0, q.Skip+min(q.Take, total-q.Skip)
	isLong := func() bool { return steps > stretchMost*total+pageSize }
	for n := range row.walk(q.Sort.Descending, func(n uint32) bool { steps++; return found.has(n) || isLong() }) {
		if isLong() {
			return nil, false
		}
		if at++; at > q.Skip {
			ids = append(ids, c.works.ids[n])
		}
		if at == end {
			break
		}
	}
	return ids, true
}

// bestFirst gives what stands from one place to another of found works, of which
// those stand first that are found in titles.
func (c *contents) bestFirst(found set, q Query, end int) (ids []int64) {
	skip := q.Skip
	q.Sort.Best, q.Since.After, q.Since.Before = false, nil, nil
	c.with(nil, nil, func(titled set) {
		c.look(q.Sought, titles, titled)
		titled.and(found)
		count := titled.count()
		q.Skip, q.Take = skip, end-skip
		ids = c.page(titled, count, q)
		titled.restOf(found)
		q.Skip, q.Take = max(skip-count, 0), end-max(skip, count)
		ids = append(ids, c.page(titled, titled.count(), q)...)
	})
	return ids
}

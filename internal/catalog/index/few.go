package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// postedEach is how many works of small postings are united for each work that
// is asked for, rather than its tags compared.
const postedEach = 8

// few gives some works among which all stand that a query finds, where it asks
// for a tag, a creator or works that are few, and the query with what is left to
// be asked of them. They are looked at one by one, and no set of all works is
// touched.
func (c *contents) few(q Query) (works []uint32, left Query, areFew bool) {
	if q.Sought != nil || c.asking.way == never || c.asking.way == sampling {
		return nil, q, false
	}
	by := -1
	take := func(some []uint32, tag int) {
		if !areFew || len(some) < len(works) {
			works, areFew, by = some, true, tag
		}
	}
	c.fewTagged(q, take)
	c.fewOf(q, func(some []uint32) { take(some, -1) })
	if q.Within != nil && len(*q.Within) <= smallMost {
		take(c.known(&c.works.numbering, *q.Within), -1)
	}
	if by >= 0 { // all of them bear it
		q.Include = slices.Delete(slices.Clone(q.Include), by, by+1)
	}
	works = slices.Clone(works)
	slices.Sort(works)
	return slices.Compact(works), q, areFew
}

// fewTagged calls with the works of each tag that has few, and which tag it is.
func (c *contents) fewTagged(q Query, take func(some []uint32, tag int)) {
	for i, id := range q.Include {
		if tag, known := c.tags.find(id); !known {
			take(nil, i)
		} else if some, isFew := c.fewBearing(tag); isFew {
			take(some, i)
		}
	}
}

// fewOf calls with the works of each creator who has few.
func (c *contents) fewOf(q Query, take func([]uint32)) {
	for _, id := range q.Creators {
		if account, known := c.accounts.find(id); !known {
			take(nil)
		} else if !c.signing.rooms[account].big {
			take(c.signing.small(account))
		}
	}
}

// findFew answers a query that finds nothing but some of few works.
func (c *contents) findFew(q Query, works []uint32) Answer {
	works, since := c.fewThen(c.fewFound(q, works), q.Since)
	total := len(works)
	a := Answer{Total: total, Since: since}
	a.Works, a.Passed = c.fewPage(works, q)
	a.First, a.Last = c.ends(a.Works, q)
	switch {
	case q.Facets.Values <= 0:
	case total > slotsLeast:
		c.with(nil, nil, func(found set) {
			for _, n := range works {
				found.add(n)
			}
			a.Facets = c.facets(found, total, q)
		})
	default:
		counts := c.counter()
		for _, n := range works {
			c.tally(n, counts)
		}
		a.Facets = c.best(counts, q.Facets)
		c.give(counts)
	}
	return a
}

// fewPage gives the ids of the works on a page of all that were found, and how
// many stand before them.
func (c *contents) fewPage(works []uint32, q Query) (ids []int64, passed int) {
	switch {
	case q.Take <= 0 || q.Skip < 0:
		return nil, q.Skip
	case !q.isNow():
		return c.fewPageThen(works, q)
	case q.Skip >= len(works):
		return nil, q.Skip
	}
	all := make([]placed, len(works))
	for i, n := range works {
		all[i] = placed{c.key(q.Sort.place(), n), c.works.ids[n], n}
	}
	return c.picked(all, q), q.Skip
}

// fewFound leaves of some works what a query finds: what is known of each is
// asked first, then the tags.
func (c *contents) fewFound(q Query, works []uint32) []uint32 {
	class := q.Viewer.class()
	keep := func(passes func(n uint32) bool) {
		works = slices.DeleteFunc(works, func(n uint32) bool { return !passes(n) })
	}
	keep(func(n uint32) bool { return c.works.finds(class, n) })
	c.fewWanted(q.Viewer, keep)
	c.fewSigned(q, keep)
	c.fewSifted(q, keep)
	if q.Within != nil {
		within := roaring.BitmapOf(c.known(&c.works.numbering, *q.Within)...)
		keep(within.Contains)
	}
	if len(q.Include)+len(q.Exclude)+len(q.Viewer.MutedTags) == 0 || len(works) == 0 {
		return works
	}
	for _, id := range q.Include {
		tag, _ := c.tags.find(id) // all are known, or there were no works
		keep(c.bears(tag, len(works)))
	}
	for _, id := range slices.Concat(q.Exclude, q.Viewer.MutedTags) {
		if tag, known := c.tags.find(id); known {
			bears := c.bears(tag, len(works))
			keep(func(n uint32) bool { return !bears(n) })
		}
	}
	return works
}

// fewWanted keeps works that a viewer wants to meet; tags that they mute are
// looked at with those of the query.
func (c *contents) fewWanted(v Viewer, keep func(passes func(n uint32) bool)) {
	if v.HidesAnonymous {
		keep(func(n uint32) bool { return !c.works.anonymous.has(n) })
	}
	if muted := c.known(&c.accounts, v.MutedAccounts); len(muted) > 0 {
		keep(func(n uint32) bool { return c.works.anonymous.has(n) || !c.isSigned(n, muted) }) // or the mute would tell who wrote it
	}
	for _, word := range v.MutedWords {
		if said := c.worded[word]; said != nil {
			keep(func(n uint32) bool { return !said.Contains(n) })
		}
	}
	if muted := c.known(&c.works.numbering, v.MutedWorks); len(muted) > 0 {
		keep(func(n uint32) bool { return !slices.Contains(muted, n) })
	}
}

// isSigned reports whether some account signs a work.
func (c *contents) isSigned(n uint32, accounts []uint32) bool {
	var room [tagsUsual]uint32
	return slices.ContainsFunc(c.works.creators(n, room[:0]), func(pseud uint32) bool { return slices.Contains(accounts, c.pseuds.accounts[pseud]) })
}

// fewSigned keeps works that all creators of a query sign, and are no secret.
func (c *contents) fewSigned(q Query, keep func(passes func(n uint32) bool)) {
	if len(q.Creators) == 0 {
		return
	}
	for _, account := range c.known(&c.accounts, q.Creators) {
		keep(func(n uint32) bool { return c.isSigned(n, []uint32{account}) })
	}
	viewers, peeked := c.known(&c.accounts, own(q.Viewer)), c.known(&c.works.numbering, q.Viewer.Peeked)
	keep(func(n uint32) bool {
		return !c.works.anonymous.has(n) || c.isSigned(n, viewers) || slices.Contains(peeked, n)
	})
}

// fewSifted keeps works that pass the conditions that are asked of each.
func (c *contents) fewSifted(q Query, keep func(passes func(n uint32) bool)) {
	w := &c.works
	if q.Completion != Either {
		keep(func(n uint32) bool { return w.complete.has(n) == (q.Completion == Only) })
	}
	for _, id := range q.Main {
		keep(c.marks(id))
	}
	for _, r := range q.Ranges {
		if r.Figure <= Posted {
			column := w.instants[r.Figure]
			keep(func(n uint32) bool { return column[n] >= r.Least && column[n] <= r.Most })
			continue
		}
		column := w.counts[r.Figure-2]
		keep(func(n uint32) bool { count := int64(column[n]); return count >= r.Least && count <= r.Most })
	}
	if len(q.Languages) > 0 {
		languages := w.spokenAs(q.Languages)
		keep(func(n uint32) bool { return slices.Contains(languages, w.languages[n]) })
	}
	if q.Crossovers != Either || q.Fandoms != nil {
		one := q.takesOneFandom()
		keep(func(n uint32) bool {
			if !w.several.has(n) {
				return one
			}
			return c.hasFandoms(n, q)
		})
	}
}

// bears gives what tells, of so many works that are each asked for once, which
// are found by a tag.
func (c *contents) bears(tag uint32, works int) func(n uint32) bool {
	var large []*roaring.Bitmap
	var small []uint32 // tags with few works
	posted := 0
	for _, end := range c.tags.ends(tag) {
		if united := c.united[end]; united != nil {
			large = append(large, united)
			continue
		}
		for _, member := range c.tags.members(end) {
			if c.bearing.rooms[member].big {
				large = append(large, c.bearing.large[member])
				continue
			}
			small = append(small, member)
			posted += int(c.bearing.rooms[member].size)
		}
	}
	isLarge := func(n uint32) bool {
		return slices.ContainsFunc(large, func(of *roaring.Bitmap) bool { return of.Contains(n) })
	}
	if len(small) == 0 {
		return isLarge
	}
	isSmall := c.bearsSmall(small, posted, works)
	return func(n uint32) bool { return isLarge(n) || isSmall(n) }
}

// bearsSmall tells the same of tags with few works, so many together: those are
// looked through or, where that is dearer, the tags of each work that is asked for.
func (c *contents) bearsSmall(tags []uint32, posted, works int) func(n uint32) bool {
	switch {
	case len(tags) == 1:
		numbers := c.bearing.small(tags[0])
		return func(n uint32) bool { _, is := slices.BinarySearch(numbers, n); return is }
	case posted <= postedEach*works:
		bearing := roaring.New()
		for _, tag := range tags {
			bearing.AddMany(c.bearing.small(tag))
		}
		return bearing.Contains
	}
	slices.Sort(tags)
	var of []uint32
	return func(n uint32) bool {
		of = c.works.tags(n, of[:0])
		return slices.ContainsFunc(of, func(tag uint32) bool { _, is := slices.BinarySearch(tags, tag); return is })
	}
}

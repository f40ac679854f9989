package index

import (
	"math"
	"math/bits"
	"slices"
	"sync"

	"ficus/internal/archive"
)

// Query is what a list of works asks for.
type Query struct {
	Viewer Viewer

	Include []int64 // tags of which a work has every one; a synonym asks for what it stands for
	Exclude []int64 // tags of which it has none
	Main    []int64 // tags of which it has every one, each by a tag that its writer marked as main

	Ranges     []Range
	Completion Choice   // is complete
	Crossovers Choice   // is of two fandoms with no metatag in common
	Fandoms    *Span    // it is of so many fandoms; nil: of any number
	Languages  []string // it is in one of them; none: in any
	Creators   []int64  // accounts that all sign it, and are no secret to the viewer
	Within     *[]int64 // it is one of these works; nil: it is any
	Sought     *Sought  // it holds what is sought; nil: nothing is

	Sort   Sort
	Since  Since
	Skip   int
	Take   int
	Facets Facets
}

// Viewer is for whom works are found: what they may find, and what they do not
// want to meet.
type Viewer struct {
	archive.Viewer
	MutedAccounts  []int64 // works they sign, unless that is a secret
	MutedTags      []int64
	MutedWorks     []int64
	MutedWords     []int64 // by number
	HidesAnonymous bool
	Peeked         []int64 // works of which they are told who signs them, though that is a secret
}

// Range asks for works of which a figure is neither less nor more.
type Range struct {
	Figure      Figure
	Least, Most int64
}

// Span is from one number to another, both within.
type Span struct{ Least, Most int64 }

// Choice is what a list asks of something that is so of a work or not.
type Choice uint8

// The choices.
const (
	Either Choice = iota
	Only
	Without
)

// Answer is what a list shows.
type Answer struct {
	Total  int
	Works  []int64
	Facets map[archive.TagKind][]Counted

	Passed      int   // works that stand before those
	Since       int   // works that are new or have moved since
	First, Last Place // where the first and the last of the page stand; the zero Place in an order by names
}

// Find answers a query, from one state of the index.
func (x *Index) Find(q Query) Answer {
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.c
	if works, left, areFew := c.few(q); areFew {
		return c.findFew(left, works)
	}
	found := c.blank()
	defer c.sets.put(&found)
	c.fillNow(found, q)
	since := c.fillThen(found, q.Since)
	total := found.count()
	a := Answer{Total: total, Facets: c.facets(found, total, q), Since: since}
	a.Works, a.Passed = c.pages(found, total, q)
	a.First, a.Last = c.ends(a.Works, q)
	return a
}

// blank is an empty set with room for every work.
func (c *contents) blank() set {
	kept := c.sets.take()
	if kept == nil || len(*kept) != len(c.works.complete) {
		return make(set, len(c.works.complete))
	}
	clear(*kept)
	return *kept
}

// fill writes what a query finds into an empty set.
func (c *contents) fill(found set, q Query) {
	c.fillNow(found, q)
	c.fillThen(found, q.Since)
}

// fillNow writes what a query finds as things stand.
func (c *contents) fillNow(found set, q Query) {
	c.gate(found, q.Viewer.class())
	c.mute(found, q.Viewer)
	c.narrow(found, q)
	c.sift(found, q)
}

// gate leaves what a class of viewers may find.
func (c *contents) gate(found set, class int) { copy(found, c.works.findable[class]) }

// mute takes out what the viewer does not want to meet.
func (c *contents) mute(found set, v Viewer) {
	if v.HidesAnonymous {
		found.andNot(c.works.anonymous)
	}
	if len(v.MutedAccounts) > 0 {
		c.with(c.signing.union, c.known(&c.accounts, v.MutedAccounts), func(signed set) {
			signed.andNot(c.works.anonymous) // or the mute would tell who wrote it
			found.andNot(signed)
		})
	}
	for _, id := range v.MutedTags {
		c.exclude(found, id)
	}
	if len(v.MutedWords) > 0 {
		c.with(nil, nil, func(said set) {
			c.worded.union(v.MutedWords, said)
			found.andNot(said)
		})
	}
	for _, id := range v.MutedWorks {
		if n, known := c.works.find(id); known {
			found.remove(n)
		}
	}
}

// narrow leaves what bears the tags, is signed by the creators and stands among
// the works that a query names.
func (c *contents) narrow(found set, q Query) {
	for _, id := range q.Include {
		tag, known := c.tags.find(id)
		if !known {
			clear(found)
			return
		}
		if works, isFew := c.fewBearing(tag); isFew {
			found.keepOnly(works)
		} else {
			c.withTag(tag, found.and)
		}
	}
	for _, id := range q.Exclude {
		c.exclude(found, id)
	}
	for _, id := range q.Creators {
		c.with(c.signing.union, c.known(&c.accounts, []int64{id}), found.and)
	}
	if len(q.Creators) > 0 {
		c.with(nil, nil, func(secret set) { // what the viewer signs or looks into is none
			copy(secret, c.works.anonymous)
			c.with(c.signing.union, c.known(&c.accounts, own(q.Viewer)), secret.andNot)
			for _, n := range c.known(&c.works.numbering, q.Viewer.Peeked) {
				secret.remove(n)
			}
			found.andNot(secret)
		})
	}
	if q.Within != nil {
		c.with(nil, nil, func(named set) {
			for _, n := range c.known(&c.works.numbering, *q.Within) {
				named.add(n)
			}
			found.and(named)
		})
	}
	if q.Sought != nil {
		c.with(nil, nil, func(held set) {
			c.look(q.Sought, anywhere, held)
			found.and(held)
		})
	}
}

// own is the account of a viewer who has one.
func own(v Viewer) []int64 {
	if v.IsMember() {
		return []int64{v.Account}
	}
	return nil
}

// exclude takes out what is found by a tag.
func (c *contents) exclude(found set, id int64) {
	if tag, known := c.tags.find(id); known {
		c.withTag(tag, found.andNot)
	}
}

// with calls with the works of some postings.
func (c *contents) with(union func([]uint32, set), of []uint32, do func(set)) {
	works := c.blank()
	if union != nil {
		union(of, works)
	}
	do(works)
	c.sets.put(&works)
}

// known gives the numbers of those ids that have one.
func (c *contents) known(numbers *numbering, ids []int64) []uint32 {
	var known []uint32
	for _, id := range ids {
		if n, ok := numbers.find(id); ok {
			known = append(known, n)
		}
	}
	return known
}

// sift leaves what passes the conditions that are asked of each work.
func (c *contents) sift(found set, q Query) {
	w := &c.works
	switch q.Completion {
	case Only:
		found.and(w.complete)
	case Without:
		found.andNot(w.complete)
	}
	for _, id := range q.Main {
		found.and(w.marked)
		found.keepTogether(w.marked, c.marks(id))
	}
	for _, r := range q.Ranges {
		c.siftRange(found, r)
	}
	if len(q.Languages) > 0 {
		languages := w.spokenAs(q.Languages)
		found.keep(func(n uint32) bool { return slices.Contains(languages, w.languages[n]) })
	}
	if q.Crossovers != Either || q.Fandoms != nil {
		if !q.takesOneFandom() {
			found.and(c.works.several)
		}
		found.keepTogether(c.works.several, func(n uint32) bool { return c.hasFandoms(n, q) })
	}
}

// siftRange leaves works with a figure in a range.
func (c *contents) siftRange(found set, r Range) {
	if r.Figure <= Posted {
		dated(found, c.works.instants[r.Figure], r)
	} else {
		counted(found, c.works.counts[r.Figure-2], r)
	}
}

// spokenAs gives the numbers of some languages that works are in.
func (w *works) spokenAs(names []string) (languages []uint16) {
	for _, name := range names {
		if l, known := w.language(name, false); known {
			languages = append(languages, l)
		}
	}
	return languages
}

// counted leaves works with a count in a range.
func counted(found set, column []uint32, r Range) {
	if r.Most < 0 || r.Least > math.MaxUint32 || r.Most < r.Least {
		clear(found)
		return
	}
	least := uint32(max(r.Least, 0))            //nolint:gosec // just held within
	most := uint32(min(r.Most, math.MaxUint32)) //nolint:gosec // just held within
	within(found, column, least, most, func(figures []uint32) (fails uint64) {
		for _, figure := range figures {
			// What is less than the least is, taken from it, more than anything;
			// the difference of two such numbers is negative where the second is
			// more: its first bit.
			fails = fails>>1 | (uint64(most-least)-uint64(figure-least))&(1<<63)
		}
		return fails
	})
}

// dated leaves works with an instant in a range.
func dated(found set, column []int64, r Range) {
	if r.Most < r.Least {
		clear(found)
		return
	}
	span := uint64(r.Most) - uint64(r.Least) //nolint:gosec // bits
	within(found, column, r.Least, r.Most, func(instants []int64) (fails uint64) {
		for _, instant := range instants {
			_, beyond := bits.Sub64(span, uint64(instant)-uint64(r.Least), 0) //nolint:gosec // bits
			fails = fails>>1 | beyond<<63
		}
		return fails
	})
}

// within leaves works whose figure is neither less nor more; of 64 figures at
// once it is told, a bit each, which are.
func within[N uint32 | int64](found set, column []N, least, most N, fail func(figures []N) uint64) {
	half := found.halfway(found.count())
	var sifting sync.WaitGroup
	sifting.Go(func() { sifted(found, half, len(found), column, least, most, fail) })
	sifted(found, 0, half, column, least, most, fail)
	sifting.Wait()
}

// sifted does so in a stretch of the works. Where many stand together all are
// compared, without a jump.
func sifted[N uint32 | int64](found set, from, to int, column []N, least, most N, fail func(figures []N) uint64) {
	for i := from; i < to; i++ {
		word := found[i]
		if bits.OnesCount64(word) >= 8 && (i+1)<<6 <= len(column) {
			found[i] = word &^ fail(column[i<<6:i<<6+64])
			continue
		}
		for left := word; left != 0; left &= left - 1 {
			at := bits.TrailingZeros64(left)
			if figure := column[i<<6|at]; figure < least || figure > most {
				word &^= 1 << at
			}
		}
		found[i] = word
	}
}

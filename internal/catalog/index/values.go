package index

import (
	"slices"

	"ficus/internal/archive"
)

// Values asks for a stretch of the values of one kind that a list has, the most
// works first, of equal ones the oldest tag.
type Values struct {
	Kind  archive.TagKind
	Among *[]int64 // what these tags are counted as; nil: all
	Skip  int
	Take  int
}

// Stretch is a stretch of the values of one kind.
type Stretch struct {
	Works  int // that are found
	Total  int // values that found works bear
	Values []Counted
}

// Values counts the values of one kind, as Find counts those of all. Each has
// to be counted, for the last page lacks none; what is counted is the smaller
// of what was found and what was left out.
func (x *Index) Values(q Query, of Values) Stretch {
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.c
	found := c.blank()
	defer c.sets.put(&found)
	c.fill(found, q)
	s := Stretch{Works: found.count()}
	kind := slices.Index(archive.TagKinds(), of.Kind)
	if kind < 0 || s.Works == 0 {
		return s
	}
	all := c.values(found, s.Works, q.Viewer.class(), uint8(kind), of.Among) //nolint:gosec // one of seven
	s.Total = len(all)
	s.Values = stretch(all, min(max(of.Skip, 0), len(all)), of.Take)
	return s
}

// values counts each value of a kind that found works bear, in no order.
func (c *contents) values(found set, total, class int, kind uint8, among *[]int64) (all []placed) {
	left := c.blank()
	defer c.sets.put(&left)
	c.gate(left, class)
	left.andNot(found)
	rest := left.count()
	fromTotals := rest < total
	counts := (*counter)(nil)
	if fromTotals {
		counts = c.tallyAll(left, rest)
	} else {
		counts = c.tallyAll(found, total)
	}
	defer c.give(counts)
	take := func(tag uint32) {
		works := counts.works[tag]
		if fromTotals {
			works = c.totals[class][tag] - works
		}
		if works > 0 && c.tags.kinds[tag] == kind {
			all = append(all, placed{key: -int64(works), id: c.tags.ids[tag], n: tag})
		}
	}
	switch {
	case among != nil:
		for _, tag := range c.meant(*among) {
			take(tag)
		}
	case fromTotals:
		for tag := range c.sizes[kind].walk(false, anything) {
			take(tag)
		}
	default:
		for _, tag := range counts.met {
			take(tag)
		}
	}
	return all
}

// meant gives what some tags are counted as, each once.
func (c *contents) meant(ids []int64) (all []uint32) {
	for _, n := range c.known(&c.tags.numbering, ids) {
		if canonical := c.tags.shows[n]; canonical != none && c.tags.isSized(canonical) {
			all = append(all, canonical)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// stretch puts a stretch of values in order; those before and after it are only
// kept apart.
func stretch(all []placed, skip, take int) (values []Counted) {
	var o order
	o.first(all, skip)
	part := all[skip:]
	take = min(take, len(part))
	o.first(part, take)
	part = part[:take]
	slices.SortFunc(part, o.places)
	for _, p := range part {
		values = append(values, Counted{Tag: p.id, Works: int(-p.key)})
	}
	return values
}

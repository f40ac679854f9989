package index

import (
	"slices"

	"ficus/internal/archive"
)

// Bin says which of the tags that wait for a wrangler are meant.
type Bin struct {
	Kind   archive.TagKind
	Fandom int64    // on works of it, or of a synonym of it; 0: on any
	Stray  bool     // on no work that has a fandom, instead
	Among  *[]int64 // of these alone; nil: of all
	Skip   int
	Take   int
}

// Binned is how many waiting tags of each kind stand on works of a fandom.
type Binned struct {
	Fandom int64
	Tags   map[archive.TagKind]int
}

// Bin gives the tags of a bin, those on most works first, of equal ones the
// oldest. Only works that are shown count, whomever the viewer mutes.
func (x *Index) Bin(v archive.Viewer, of Bin) Stretch {
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.c
	class := Viewer{Viewer: v}.class()
	var among []int64
	if of.Among != nil {
		among = slices.Sorted(slices.Values(*of.Among))
	}
	var all []placed
	c.eachIn(of, class, func(tag uint32) {
		works := c.totals[class][tag]
		if works == 0 {
			return
		}
		if _, isAmong := slices.BinarySearch(among, c.tags.ids[tag]); of.Among == nil || isAmong {
			all = append(all, placed{key: -int64(works), id: c.tags.ids[tag], n: tag})
		}
	})
	return Stretch{Total: len(all), Values: stretch(all, min(max(of.Skip, 0), len(all)), of.Take)}
}

// eachIn calls with each waiting tag of a bin.
func (c *contents) eachIn(of Bin, class int, each func(tag uint32)) {
	kind := slices.Index(archive.TagKinds(), of.Kind)
	if kind < 0 {
		return
	}
	take := func(tag uint32) {
		if int(c.tags.kinds[tag]) == kind && c.tags.standing[tag] == Waiting {
			each(tag)
		}
	}
	switch {
	case of.Stray:
		c.eachStray(class, take)
	case of.Fandom != 0:
		fandom, known := c.tags.find(of.Fandom)
		if !known {
			return
		}
		counts := c.counter()
		defer c.give(counts)
		c.tallyFandom(fandom, class, counts)
		for _, tag := range counts.met {
			take(tag)
		}
	default:
		for tag := range c.sizes[kind].walk(false, anything) {
			take(tag)
		}
	}
}

// eachStray calls with each tag that stands on no work with a fandom.
func (c *contents) eachStray(class int, each func(tag uint32)) {
	works := c.blank()
	defer c.sets.put(&works)
	c.gate(works, class)
	var tags []uint32
	works.keep(func(n uint32) bool {
		tags = c.works.tags(n, tags[:0])
		return !slices.ContainsFunc(tags, c.tags.isFandom)
	})
	counts := c.tallyAll(works, works.count())
	defer c.give(counts)
	for _, tag := range counts.met {
		if counts.works[tag] == c.totals[class][tag] {
			each(tag)
		}
	}
}

// isFandom reports whether a tag is of that kind.
func (t *tags) isFandom(n uint32) bool {
	kind := t.kinds[n]
	return kind != noKind && archive.TagKinds()[kind] == archive.KindFandom
}

// tallyFandom counts what stands on works of a fandom that a class of viewers
// finds. A small one is looked at work by work: there are very many of those.
func (c *contents) tallyFandom(fandom uint32, class int, counts *counter) {
	members := slices.DeleteFunc(c.tags.members(c.tags.leads[fandom]), func(m uint32) bool { return !c.tags.isFandom(m) })
	if slices.ContainsFunc(members, func(m uint32) bool { return c.bearing.rooms[m].big }) {
		c.with(c.bearing.union, members, func(works set) {
			works.each(func(n uint32) {
				if c.works.finds(class, n) {
					c.tally(n, counts)
				}
			})
		})
		return
	}
	var works []uint32
	for _, m := range members {
		works = append(works, c.bearing.small(m)...)
	}
	if len(members) > 1 {
		slices.Sort(works)
		works = slices.Compact(works)
	}
	for _, n := range works {
		if c.works.finds(class, n) {
			c.tally(n, counts)
		}
	}
}

// Bins counts the waiting tags on works of each fandom that has some. Others
// change the index between two fandoms.
func (x *Index) Bins(v archive.Viewer) (bins []Binned) {
	class := Viewer{Viewer: v}.class()
	for _, id := range x.fandoms() {
		if tags := x.binned(id, class); len(tags) > 0 {
			bins = append(bins, Binned{Fandom: id, Tags: tags})
		}
	}
	return bins
}

// fandoms are the tags that works are filed under as fandoms.
func (x *Index) fandoms() (ids []int64) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	t := &x.c.tags
	for n := range t.ids {
		if tag := uint32(n); t.isFandom(tag) { //nolint:gosec // a tag's number
			ids = append(ids, t.ids[t.leads[tag]])
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// binned counts the waiting tags on works of one fandom, themselves no fandoms.
func (x *Index) binned(fandom int64, class int) map[archive.TagKind]int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	c := x.c
	n, known := c.tags.find(fandom)
	if !known {
		return nil
	}
	counts := c.counter()
	defer c.give(counts)
	c.tallyFandom(n, class, counts)
	var tags map[archive.TagKind]int
	for _, tag := range counts.met {
		if c.tags.standing[tag] == Waiting && !c.tags.isFandom(tag) {
			if tags == nil {
				tags = map[archive.TagKind]int{}
			}
			tags[archive.TagKinds()[c.tags.kinds[tag]]]++
		}
	}
	return tags
}

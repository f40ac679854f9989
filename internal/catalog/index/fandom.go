package index

import "slices"

// kindFandom is the place of the fandoms among the kinds.
const kindFandom = 3

// fandomsOf are the fandoms of a work: what its tags lead to.
type fandomsOf []uint32

// fandoms appends the fandoms of a work, each once. A tag nobody has sorted is a
// fandom of its own.
func (c *contents) fandoms(n uint32, of fandomsOf) fandomsOf {
	t := &c.tags
	var room [tagsUsual]uint32
	for _, tag := range c.works.tags(n, room[:0]) {
		if !t.fandoms.has(tag) {
			continue
		}
		if end := t.leads[tag]; !slices.Contains(of, end) {
			of = append(of, end)
		}
	}
	return of
}

// sureOf notes whether a work is of one fandom, which hardly any is not: of
// those it is known without a look at their tags.
func (c *contents) sureOf(n uint32) {
	fandoms := 0
	var room [tagsUsual]uint32
	for _, tag := range c.works.tags(n, room[:0]) {
		if c.tags.fandoms.has(tag) {
			fandoms++
		}
	}
	c.works.several.put(n, fandoms != 1)
}

// unsure has the works of a tag looked at, which leads to a fandom from now on or
// no longer.
func (c *contents) unsure(tag uint32) {
	if c.bearing.rooms[tag].big {
		c.bearing.large[tag].Iterate(func(work uint32) bool { c.works.several.add(work); return true })
	}
	for _, work := range c.bearing.small(tag) {
		c.works.several.add(work)
	}
}

// takesOneFandom reports whether works of one fandom may be found.
func (q Query) takesOneFandom() bool {
	return q.Crossovers != Only && (q.Fandoms == nil || q.Fandoms.Least <= 1 && q.Fandoms.Most >= 1)
}

// fandomsUsual is how many fandoms most works have at most.
const fandomsUsual = 4

// hasFandoms reports whether a work is of as many fandoms as are asked for, and
// whether they cross as is asked.
func (c *contents) hasFandoms(n uint32, q Query) bool {
	var room [fandomsUsual]uint32
	of := c.fandoms(n, room[:0])
	if count := int64(len(of)); q.Fandoms != nil && (count < q.Fandoms.Least || count > q.Fandoms.Most) {
		return false
	}
	return q.Crossovers == Either || of.cross(&c.tags) == (q.Crossovers == Only)
}

// cross reports whether two of the fandoms have nothing above them in common,
// and neither stands above the other.
func (of fandomsOf) cross(t *tags) bool {
	if len(of) < 2 {
		return false
	}
	alone := 0 // those with nothing above them have that in common with none
	for _, fandom := range of {
		if len(t.above[fandom]) == 0 {
			alone++
		}
	}
	if alone > 1 {
		return true
	}
	above := make([][]uint32, len(of))
	for i, fandom := range of {
		above[i] = t.metatags(fandom)
	}
	for i := range above {
		for j := range above[:i] {
			if !slices.ContainsFunc(above[i], func(m uint32) bool { return slices.Contains(above[j], m) }) {
				return true
			}
		}
	}
	return false
}

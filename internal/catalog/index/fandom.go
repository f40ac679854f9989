package index

import "slices"

// kindFandom is the place of the fandoms among the kinds.
const kindFandom = 3

// fandomsOf are the fandoms of a work: what its tags lead to.
type fandomsOf []uint32

// fandoms gives the fandoms of a work, each once. A tag nobody has sorted is a
// fandom of its own.
func (c *contents) fandoms(n uint32) fandomsOf {
	t := &c.tags
	var of fandomsOf
	var room [tagsUsual]uint32
	for _, tag := range c.works.tags(n, room[:0]) {
		if end := t.leads[tag]; t.kinds[end] == kindFandom && !slices.Contains(of, end) {
			of = append(of, end)
		}
	}
	return of
}

// pass reports whether a work of these fandoms is asked for.
func (of fandomsOf) pass(c *contents, q Query) bool {
	if q.MostFandoms > 0 && len(of) > q.MostFandoms {
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

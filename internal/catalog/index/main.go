package index

import "slices"

// mainsUsual is how many main tags hardly a work has more than.
const mainsUsual = 4

// marks gives what tells which works are found by a tag through one of those
// that their writers marked as main: it, a synonym of it, or a tag below it.
func (c *contents) marks(id int64) func(n uint32) bool {
	tag, known := c.tags.find(id)
	if !known {
		return func(uint32) bool { return false }
	}
	ends := c.tags.ends(tag)
	slices.Sort(ends)
	return func(n uint32) bool {
		var room [mainsUsual]uint32
		return slices.ContainsFunc(c.works.mains(n, room[:0]), func(main uint32) bool {
			_, is := slices.BinarySearch(ends, c.tags.leads[main])
			return is
		})
	}
}

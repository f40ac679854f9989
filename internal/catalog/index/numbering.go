package index

const (
	// none is the number of nothing.
	none = ^uint32(0)

	pageBits = 12
	pageSize = 1 << pageBits
)

// numbering gives ids small numbers, in the order in which they come, for good.
// Ids that a database made lie close together, so pages of them take a quarter
// of what a map takes.
type numbering struct {
	pages map[int64]*[pageSize]uint32 // by id / pageSize; a number plus one, so that 0 is nothing
	ids   []int64
}

// find gives the number of an id that has one.
func (n *numbering) find(id int64) (uint32, bool) {
	page := n.pages[id>>pageBits]
	if page == nil {
		return none, false
	}
	number := page[id&(pageSize-1)]
	return number - 1, number != 0
}

// number gives the number of an id, a new one when it had none.
func (n *numbering) number(id int64) (number uint32, isNew bool) {
	if number, known := n.find(id); known {
		return number, false
	}
	if n.pages == nil {
		n.pages = map[int64]*[pageSize]uint32{}
	}
	page := n.pages[id>>pageBits]
	if page == nil {
		page = new([pageSize]uint32)
		n.pages[id>>pageBits] = page
	}
	n.ids = append(n.ids, id)
	page[id&(pageSize-1)] = uint32(len(n.ids)) //nolint:gosec // numbers are counted, and memory ends before them
	return uint32(len(n.ids) - 1), true        //nolint:gosec // as above
}

package index

import (
	"maps"
	"slices"
)

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
	n.ids = longer(n.ids, id)
	page[id&(pageSize-1)] = uint32(len(n.ids)) //nolint:gosec // numbers are counted, and memory ends before them
	return uint32(len(n.ids) - 1), true        //nolint:gosec // as above
}

// byID gives all numbers in the order of their ids.
func (n *numbering) byID(yield func(number uint32) bool) {
	for _, key := range slices.Sorted(maps.Keys(n.pages)) {
		for _, number := range n.pages[key] {
			if number != 0 && !yield(number-1) {
				return
			}
		}
	}
}

// longer appends one. A long column grows by a sixty-fourth, not by a quarter:
// there are dozens, and what stands empty in them is most of what could be saved.
func longer[T any](column []T, one T) []T {
	if len(column) == cap(column) && len(column) > pageSize {
		column = append(make([]T, 0, len(column)+len(column)/64), column...)
	}
	return append(column, one)
}

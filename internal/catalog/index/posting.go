package index

import (
	"math/bits"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

const (
	// smallMost is the most works a posting holds as plain numbers; beyond it a
	// roaring bitmap is smaller, and quicker to change.
	smallBits = 12
	smallMost = 1 << smallBits
	// slabSize is how many numbers a slab of small postings holds.
	slabBits = 20
	slabSize = 1 << slabBits
)

// postings hold, by number of a tag or an account, which works have it. Most
// have a handful: those stand as sorted numbers in slabs, in rooms of some sizes,
// so that millions of them are no burden to the collector.
type postings struct {
	rooms []room
	large map[uint32]*roaring.Bitmap
	slabs [][]uint32
	used  uint32                        // of the last slab
	free  [4 * (smallBits - 1)][]uint32 // rooms given back, by class
}

// room is where a small posting stands.
type room struct {
	at   uint32 // slab and place in it
	size uint16 // numbers in it; the room is of the class they need
	big  bool   // it has grown large
}

// grow makes place for so many postings.
func (p *postings) grow(count int) {
	for len(p.rooms) < count {
		p.rooms = longer(p.rooms, room{})
	}
}

// expect makes room for so many postings at once.
func (p *postings) expect(count int) { p.rooms = slices.Grow(p.rooms, count) }

// small gives the works of a small posting; nothing of a large one.
func (p *postings) small(of uint32) []uint32 {
	r := p.rooms[of]
	if r.big || r.size == 0 {
		return nil
	}
	at := r.at & (slabSize - 1)
	return p.slabs[r.at>>slabBits][at : at+uint32(r.size) : at+places(class(int(r.size)))]
}

// class is which room so many numbers need. Rooms are of 1, 2, 3 and 4 places,
// and from there on in quarters of a doubling: 5, 6, 7, 8, 10, 12, 14, 16, 20 …
func class(size int) int {
	if size <= 4 {
		return size - 1
	}
	doubled := bits.Len(uint(size - 1)) //nolint:gosec // more than 4
	quarter := 1 << (doubled - 3)
	return 4*(doubled-2) + (size-1-4*quarter)/quarter
}

// places is how many numbers a room of a class holds.
func places(class int) uint32 {
	if class < 4 {
		return uint32(class) + 1 //nolint:gosec // one of four
	}
	return uint32(5+class%4) << (class/4 - 1) //nolint:gosec // at most smallMost
}

// take gives a room of a class.
func (p *postings) take(class int) uint32 {
	if free := p.free[class]; len(free) > 0 {
		p.free[class] = free[:len(free)-1]
		return free[len(free)-1]
	}
	size := places(class)
	if len(p.slabs) == 0 || p.used+size > slabSize {
		p.slabs = append(p.slabs, make([]uint32, slabSize))
		p.used = 0
	}
	at := uint32(len(p.slabs)-1)<<slabBits | p.used //nolint:gosec // 4096 slabs are 17 GB
	p.used += size
	return at
}

// settle stores a small posting in the room its size needs.
func (p *postings) settle(of uint32, numbers []uint32) {
	r := &p.rooms[of]
	before, after := -1, -1
	if r.size > 0 {
		before = class(int(r.size))
	}
	if len(numbers) > 0 {
		after = class(len(numbers))
	}
	old := r.at
	if after >= 0 && after != before {
		r.at = p.take(after)
	}
	r.size = uint16(len(numbers)) //nolint:gosec // at most smallMost
	copy(p.small(of), numbers)
	if before >= 0 && after != before {
		p.free[before] = append(p.free[before], old)
	}
}

// add notes that a work has it.
func (p *postings) add(of, work uint32) {
	if p.rooms[of].big {
		p.large[of].Add(work)
		return
	}
	numbers := p.small(of)
	at := len(numbers)
	if at > 0 && numbers[at-1] >= work {
		var known bool
		if at, known = slices.BinarySearch(numbers, work); known {
			return
		}
	}
	if len(numbers) == smallMost {
		p.enlarge(of, numbers).Add(work)
		return
	}
	if len(numbers) < cap(numbers) { // there is room: what follows moves up
		p.rooms[of].size++
		numbers = numbers[:len(numbers)+1]
		copy(numbers[at+1:], numbers[at:])
		numbers[at] = work
		return
	}
	p.settle(of, slices.Insert(slices.Clone(numbers), at, work))
}

// reserve takes the rooms of empty postings that are filled next, by how many
// works each will have: none then has to move as it grows.
func (p *postings) reserve(sizes []uint32) {
	for of, size := range sizes {
		switch r := &p.rooms[of]; {
		case size > smallMost:
			p.enlarge(uint32(of), nil) //nolint:gosec // a tag's number
		case size > 0:
			r.at = p.take(class(int(size)))
		}
	}
}

// fill notes that a work has it, which comes after all that do, where a room was
// reserved.
func (p *postings) fill(of, work uint32) {
	r := &p.rooms[of]
	if r.big {
		p.large[of].Add(work)
		return
	}
	slab, at := p.slabs[r.at>>slabBits], r.at&(slabSize-1)
	if r.size > 0 && slab[at+uint32(r.size)-1] == work {
		return // named twice
	}
	slab[at+uint32(r.size)] = work
	r.size++
}

// enlarge makes a small posting a large one.
func (p *postings) enlarge(of uint32, numbers []uint32) *roaring.Bitmap {
	if p.large == nil {
		p.large = map[uint32]*roaring.Bitmap{}
	}
	bitmap := roaring.BitmapOf(numbers...)
	p.settle(of, nil)
	p.rooms[of].big = true
	p.large[of] = bitmap
	return bitmap
}

// remove notes that a work no longer has it. A large posting that shrinks to
// half of what a small one may hold becomes small.
func (p *postings) remove(of, work uint32) {
	if !p.rooms[of].big {
		numbers := p.small(of)
		if at, known := slices.BinarySearch(numbers, work); known {
			p.settle(of, slices.Delete(slices.Clone(numbers), at, at+1))
		}
		return
	}
	bitmap := p.large[of]
	bitmap.Remove(work)
	if bitmap.GetCardinality() <= smallMost/2 {
		delete(p.large, of)
		p.rooms[of].big = false
		p.settle(of, bitmap.ToArray())
	}
}

// union writes the works of several postings into an empty set.
func (p *postings) union(of []uint32, into set) { p.unite(of, nil, into) }

// unite writes the works of several postings, and those of some bitmaps, into an
// empty set.
func (p *postings) unite(of []uint32, large []*roaring.Bitmap, into set) {
	for _, o := range of {
		if p.rooms[o].big {
			large = append(large, p.large[o])
		}
	}
	switch len(large) {
	case 0:
	case 1:
		large[0].WriteDenseTo(into)
	default:
		roaring.FastOr(large...).WriteDenseTo(into)
	}
	for _, o := range of {
		for _, work := range p.small(o) {
			into.add(work)
		}
	}
}

package index

import (
	"cmp"
	"iter"
	"slices"
	"sort"
)

// How many numbers stand in a block of an order: when it is written, at most,
// and at least beside others. Room is made for a few at a time.
const (
	blockUsual = 1 << 11
	blockMost  = blockUsual + blockUsual/2
	blockLeast = blockUsual / 4
	blockRoom  = 1 << 7
)

// order keeps numbers in an order that changes a little at a time. They stand in
// blocks, none of them empty, so that a change moves some thousand numbers at
// most, however many there are (decision 0317).
type order struct {
	blocks  [][]uint32
	compare func(a, b uint32) int // never 0 for two
	isCut   bool                  // keys are only the beginning of what is compared
}

// leave takes a number out, before what it is ordered by changes.
func (o *order) leave(n uint32) {
	i, at, stands := o.find(n)
	if !stands {
		return
	}
	if len(o.blocks[i]) == 1 {
		o.blocks = slices.Delete(o.blocks, i, i+1)
		return
	}
	o.blocks[i] = slices.Delete(o.blocks[i], at, at+1)
	if len(o.blocks[i]) < blockLeast {
		o.join(i)
	}
}

// enter puts a number in that is not there.
func (o *order) enter(n uint32) {
	if len(o.blocks) == 0 {
		o.blocks = [][]uint32{roomFor([]uint32{n})}
		return
	}
	i, at, _ := o.find(n)
	if len(o.blocks[i]) == blockMost {
		o.divide(i, at)
		i, at, _ = o.find(n)
	}
	if b := o.blocks[i]; len(b) == cap(b) {
		o.blocks[i] = roomFor(b)
	}
	o.blocks[i] = slices.Insert(o.blocks[i], at, n)
}

// enterAll puts numbers in that are not there.
func (o *order) enterAll(all []uint32) {
	for _, n := range all {
		o.enter(n)
	}
}

// find tells in which block a number stands or belongs, and where.
func (o *order) find(n uint32) (block, at int, stands bool) {
	block = sort.Search(len(o.blocks)-1, func(i int) bool { return o.compare(lastOf(o.blocks[i]), n) >= 0 })
	if block == len(o.blocks) {
		return 0, 0, false
	}
	at, stands = slices.BinarySearchFunc(o.blocks[block], n, o.compare)
	return block, at, stands
}

func lastOf[T any](some []T) T { return some[len(some)-1] }

// roomFor is a block of these numbers with room for some more.
func roomFor(numbers []uint32) []uint32 {
	return append(make([]uint32, 0, len(numbers)+blockRoom), numbers...)
}

// divide makes two blocks of one, in the middle, or where a number is to come
// that stands behind all others: what only ever grows fills its blocks.
func (o *order) divide(i, at int) {
	b, middle := o.blocks[i], blockMost/2
	if at == len(b) && i == len(o.blocks)-1 {
		middle = blockUsual
	}
	o.blocks = slices.Insert(o.blocks, i+1, roomFor(b[middle:]))
	o.blocks[i] = roomFor(b[:middle])
}

// join makes one block of a small one and one beside it, where they are no more
// than one.
func (o *order) join(i int) {
	if i == len(o.blocks)-1 {
		i--
	}
	if i < 0 || len(o.blocks[i])+len(o.blocks[i+1]) > blockUsual {
		return
	}
	o.blocks[i] = append(roomFor(o.blocks[i]), o.blocks[i+1]...)
	o.blocks = slices.Delete(o.blocks, i+1, i+2)
}

// blocksOf are blocks of numbers that stand in order, in whatever they stand.
func blocksOf[T any](all []T, number func(T) uint32) [][]uint32 {
	blocks := make([][]uint32, 0, len(all)/blockUsual+1)
	for some := range slices.Chunk(all, blockUsual) {
		block := make([]uint32, len(some))
		for i, one := range some {
			block[i] = number(one)
		}
		blocks = append(blocks, block)
	}
	return blocks
}

// len is how many stand in an order.
func (o *order) len() (all int) {
	for _, block := range o.blocks {
		all += len(block)
	}
	return all
}

func anything(uint32) bool { return true }

// row is a part of an order, until that changes.
type row struct {
	blocks   [][]uint32
	from, to int // where it begins in its first block, and ends in its last
}

// all is the whole of an order.
func (o *order) all() row {
	if len(o.blocks) == 0 {
		return row{}
	}
	return row{o.blocks, 0, len(o.blocks[len(o.blocks)-1])}
}

// span is the row of all that are within a range.
func (o *order) span(r Range, figure func(n uint32) int64) row {
	first, from := o.begins(func(n uint32) bool { return figure(n) >= r.Least })
	after, to := o.begins(func(n uint32) bool { return figure(n) > r.Most })
	if to == 0 && after > 0 { // it ends with a block
		after--
		to = len(o.blocks[after])
	}
	if first > after || first == after && from >= to {
		return row{}
	}
	return row{o.blocks[first : after+1], from, to}
}

// within gives the numbers that are within a range, in order.
func (o *order) within(r Range, figure func(n uint32) int64) iter.Seq[uint32] {
	return o.span(r, figure).walk(false, anything)
}

// begins tells in which block the first number stands that is so, and where; so
// are all behind it.
func (o *order) begins(is func(n uint32) bool) (block, at int) {
	block = sort.Search(len(o.blocks), func(i int) bool { return is(lastOf(o.blocks[i])) })
	if block < len(o.blocks) {
		at = sort.Search(len(o.blocks[block]), func(i int) bool { return is(o.blocks[block][i]) })
	}
	return block, at
}

// walk gives the numbers that pass, in order or from its end.
func (o *order) walk(fromEnd bool, passes func(uint32) bool) iter.Seq[uint32] {
	return o.all().walk(fromEnd, passes)
}

func (r row) walk(fromEnd bool, passes func(uint32) bool) iter.Seq[uint32] {
	if fromEnd {
		return r.backwards(passes)
	}
	return func(yield func(uint32) bool) {
		for i := range r.blocks {
			for _, n := range r.block(i) {
				if passes(n) && !yield(n) {
					return
				}
			}
		}
	}
}

func (r row) backwards(passes func(uint32) bool) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for i := range slices.Backward(r.blocks) {
			for _, n := range slices.Backward(r.block(i)) {
				if passes(n) && !yield(n) {
					return
				}
			}
		}
	}
}

// block is what of a block belongs to the row.
func (r row) block(i int) []uint32 {
	b := r.blocks[i]
	if i == len(r.blocks)-1 {
		b = b[:r.to]
	}
	if i == 0 {
		b = b[r.from:]
	}
	return b
}

// placed is a number with what it is ordered by, so far as that fits.
type placed struct {
	key int64
	id  int64
	n   uint32
}

// sort puts numbers in order.
func (o *order) sort(all []placed) {
	slices.SortFunc(all, o.places)
	o.blocks = blocksOf(all, func(p placed) uint32 { return p.n })
}

func (o *order) places(a, b placed) int {
	if a.key == b.key && o.isCut && a.n != b.n {
		return o.compare(a.n, b.n)
	}
	return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.id, b.id))
}

// first puts those that stand before a place in front of it, in any order; what
// stands in front already is not looked at.
func (o *order) first(all []placed, place int) {
	low, high := 0, len(all)
	for high-low > 1 && place > low && place < high {
		pivot := o.middle(all[low], all[(low+high)/2], all[high-1])
		i, j := low, high-1
		for i <= j {
			for o.places(all[i], pivot) < 0 {
				i++
			}
			for o.places(all[j], pivot) > 0 {
				j--
			}
			if i <= j {
				all[i], all[j] = all[j], all[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case place <= j+1:
			high = j + 1
		case place >= i:
			low = i
		default:
			return
		}
	}
}

// middle is the second of three.
func (o *order) middle(a, b, c placed) placed {
	three := []placed{a, b, c}
	slices.SortFunc(three, o.places)
	return three[1]
}

package index

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"sort"
)

// freshMost is how many numbers may stand beside a long order before it is written
// anew.
const freshMost = 1 << 13

// order keeps numbers in an order that changes a little at a time. What
// changed its place stands in a short list beside the long one, so nothing is
// sorted again for it.
type order struct {
	sorted  []uint32
	moved   set // what of sorted stands there no more
	fresh   []uint32
	compare func(a, b uint32) int // never 0 for two
	isCut   bool                  // keys are only the beginning of what is compared
}

// leave takes a number out, before what it is ordered by changes.
func (o *order) leave(n uint32) {
	if at, known := slices.BinarySearchFunc(o.fresh, n, o.compare); known {
		o.fresh = slices.Delete(o.fresh, at, at+1)
		return
	}
	o.moved = o.moved.grown(int(n) + 1)
	o.moved.add(n)
}

// enter puts a number in that is not there.
func (o *order) enter(n uint32) {
	at, _ := slices.BinarySearchFunc(o.fresh, n, o.compare)
	o.fresh = slices.Insert(o.fresh, at, n)
	o.settle()
}

// enterAll puts numbers in that are not there.
func (o *order) enterAll(all []uint32) {
	if len(all) < 2 {
		for _, n := range all {
			o.enter(n)
		}
		return
	}
	o.fresh = append(o.fresh, all...)
	slices.SortFunc(o.fresh, o.compare)
	o.settle()
}

// settle writes a long order anew once much stands beside it.
func (o *order) settle() {
	if len(o.fresh) > min(freshMost, 4+len(o.sorted)/4) {
		all := slices.AppendSeq(make([]uint32, 0, len(o.sorted)+len(o.fresh)), o.walk(false, anything))
		o.sorted, o.fresh = all, nil
		clear(o.moved)
	}
}

func anything(uint32) bool { return true }

// stands reports whether a number of sorted is where it belongs.
func (o *order) stands(n uint32) bool { return int(n>>6) >= len(o.moved) || !o.moved.has(n) }

// walk gives the numbers that pass, in order or from its end.
func (o *order) walk(fromEnd bool, passes func(uint32) bool) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		sorted := ahead(o.sorted, fromEnd, func(n uint32) bool { return passes(n) && o.stands(n) })
		fresh := ahead(o.fresh, fromEnd, passes)
		a, inSorted := sorted()
		b, inFresh := fresh()
		for inSorted || inFresh {
			first := inSorted
			if inSorted && inFresh {
				first = o.compare(a, b) < 0 != fromEnd
			}
			next := a
			if !first {
				next = b
			}
			if !yield(next) {
				return
			}
			if first {
				a, inSorted = sorted()
			} else {
				b, inFresh = fresh()
			}
		}
	}
}

// span is the stretch of sorted in which all stand that are within a range.
func (o *order) span(r Range, figure func(n uint32) int64) []uint32 {
	// What stands there no more is passed over: its figure is another now.
	from := func(i int) int64 {
		for ; i < len(o.sorted); i++ {
			if n := o.sorted[i]; o.stands(n) {
				return figure(n)
			}
		}
		return math.MaxInt64
	}
	first := sort.Search(len(o.sorted), func(i int) bool { return from(i) >= r.Least })
	after := sort.Search(len(o.sorted), func(i int) bool { return from(i) > r.Most })
	return o.sorted[first:max(first, after)]
}

// ahead gives one number after the other that passes.
func ahead(numbers []uint32, fromEnd bool, passes func(uint32) bool) func() (uint32, bool) {
	at, end, step := 0, len(numbers), 1
	if fromEnd {
		at, end, step = len(numbers)-1, -1, -1
	}
	return func() (uint32, bool) {
		for ; at != end; at += step {
			if n := numbers[at]; passes(n) {
				at += step
				return n, true
			}
		}
		return none, false
	}
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
	o.sorted = make([]uint32, len(all))
	for i, p := range all {
		o.sorted[i] = p.n
	}
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

package index

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
)

// ordered is an order by keys, and the same numbers sorted anew each time.
type ordered struct {
	order
	keys map[uint32]int64
	all  []uint32
}

func newOrdered(numbers int) *ordered {
	o := &ordered{keys: map[uint32]int64{}}
	o.compare = func(a, b uint32) int { return cmp.Or(cmp.Compare(o.keys[a], o.keys[b]), cmp.Compare(a, b)) }
	var all []placed
	for n := range uint32(numbers) { //nolint:gosec // some thousand
		o.keys[n] = int64(n / 3)
		o.all = append(o.all, n)
		all = append(all, placed{o.keys[n], int64(n), n})
	}
	o.sort(all)
	return o
}

// check compares what the order gives with what is right, and looks at its
// blocks.
func (o *ordered) check(t *testing.T) {
	t.Helper()
	slices.SortFunc(o.all, o.compare)
	if got := slices.Collect(o.walk(false, anything)); !slices.Equal(got, o.all) {
		t.Fatalf("%d numbers are in another order than %d", len(got), len(o.all))
	}
	back := slices.Collect(o.walk(true, anything))
	if slices.Reverse(back); !slices.Equal(back, o.all) || o.len() != len(o.all) {
		t.Fatalf("from its end are %d of %d, counted %d", len(back), len(o.all), o.len())
	}
	for i, block := range o.blocks {
		if len(block) == 0 || len(block) > blockMost || cap(block) > blockMost+blockRoom+512 {
			t.Fatalf("block %d of %d has %d numbers and room for %d", i, len(o.blocks), len(block), cap(block))
		}
	}
	for range 20 {
		least := rand.Int64N(int64(len(o.keys))/3+2) - 1 //nolint:gosec // any will do
		most := least + rand.Int64N(2_000) - 1           //nolint:gosec // as above
		var want []uint32
		for _, n := range o.all {
			if key := o.keys[n]; key >= least && key <= most {
				want = append(want, n)
			}
		}
		within := o.span(Range{Least: least, Most: most}, func(n uint32) int64 { return o.keys[n] })
		if got := slices.Collect(within.walk(false, anything)); !slices.Equal(got, want) {
			t.Fatalf("from %d to %d are %d, want %d", least, most, len(got), len(want))
		}
		back := slices.Collect(within.walk(true, anything))
		if slices.Reverse(back); !slices.Equal(back, want) {
			t.Fatalf("from %d back to %d are %d, want %d", most, least, len(back), len(want))
		}
	}
}

func (o *ordered) move(n uint32, key int64) {
	o.leave(n)
	o.keys[n] = key
	o.enter(n)
}

func TestAnOrderStaysOneHoweverManyChange(t *testing.T) {
	o := newOrdered(3*blockMost + 17)
	o.check(t)
	for range 30_000 { // anywhere
		o.move(rand.Uint32N(uint32(len(o.all))), rand.Int64N(4_000)) //nolint:gosec // any will do
	}
	o.check(t)
	for i := range uint32(2 * blockMost) { // behind all others, as what is new
		o.move(i%uint32(len(o.all)), 10_000+int64(i)) //nolint:gosec // some thousand
	}
	o.check(t)
	for i := range int64(20_000) { // all into one place
		o.move(rand.Uint32N(uint32(len(o.all))), 2_000+i%3) //nolint:gosec // any will do
	}
	o.check(t)
	if full := 2 * len(o.all) / blockUsual; len(o.blocks) > full {
		t.Errorf("%d numbers are in %d blocks, want %d at most", len(o.all), len(o.blocks), full)
	}
}

func TestAnOrderIsEmptiedAndFilledAgain(t *testing.T) {
	o := newOrdered(2*blockUsual + 5)
	numbers := slices.Clone(o.all)
	rand.Shuffle(len(numbers), func(i, j int) { numbers[i], numbers[j] = numbers[j], numbers[i] })
	for i, n := range numbers {
		o.leave(n)
		o.leave(n) // it stands there no more
		if o.all = slices.DeleteFunc(o.all, func(m uint32) bool { return m == n }); i%500 == 0 {
			o.check(t)
		}
	}
	if len(o.blocks) > 0 {
		t.Fatalf("nothing is left, and %d blocks are", len(o.blocks))
	}
	o.enterAll(numbers)
	o.all = numbers
	o.check(t)
}

func TestWhatOnlyGrowsFillsItsBlocks(t *testing.T) {
	o := newOrdered(0)
	for n := range uint32(10 * blockUsual) {
		o.keys[n] = int64(n)
		o.enter(n)
		o.all = append(o.all, n)
	}
	o.check(t)
	if len(o.blocks) > 11 {
		t.Errorf("%d blocks, want 10 of %d numbers and one", len(o.blocks), blockUsual)
	}
}

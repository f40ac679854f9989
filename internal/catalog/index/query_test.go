package index

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Whether figures are compared 64 at once or one by one, the same works pass: of
// stretches in which many stand together, few, and the last, which is not whole.
func TestRangesPassWhatIsWithinThem(t *testing.T) {
	const works = 64*40 + 17
	r := rand.New(rand.NewPCG(7, 8))
	counts, instants := make([]uint32, works), make([]int64, works)
	figures := []int64{0, 1, 2, 999, 1000, 1001, 1 << 31, math.MaxUint32 - 1, math.MaxUint32}
	for n := range works {
		counts[n] = uint32(figures[r.IntN(len(figures))])              //nolint:gosec // one of those
		instants[n] = figures[r.IntN(len(figures))] - 1000*r.Int64N(2) //nolint:gosec // no secret
	}
	figures = append(figures, -1, -1000, math.MinInt64, math.MaxInt64, math.MaxUint32+1)
	for range 400 {
		found := set(nil).grown(works)
		for n := range uint32(works) {
			if r.IntN(64) < int(n/64) {
				found.add(n)
			}
		}
		dates := append(set(nil), found...)
		all := append(set(nil), found...)
		asked := Range{Least: figures[r.IntN(len(figures))], Most: figures[r.IntN(len(figures))]}
		counted(found, counts, asked)
		dated(dates, instants, asked)
		for n := range uint32(works) {
			for _, one := range []struct {
				figure int64
				passed set
			}{{int64(counts[n]), found}, {instants[n], dates}} {
				want := all.has(n) && one.figure >= asked.Least && one.figure <= asked.Most
				if one.passed.has(n) != want {
					t.Fatalf("work %d of %d, asked for %d to %d: passed %v", n, one.figure, asked.Least, asked.Most, !want)
				}
			}
		}
	}
}

package index

import (
	"math"
	"testing"
)

// fewer is the logarithm of how likely of so many works fewer than some are
// taken at a rate, summed from the binomial distribution.
func fewer(works int, rate float64, than uint32) float64 {
	sum := math.Inf(-1)
	all, _ := math.Lgamma(float64(works) + 1)
	for n := range int(than) {
		taken, _ := math.Lgamma(float64(n) + 1)
		left, _ := math.Lgamma(float64(works-n) + 1)
		one := all - taken - left + float64(n)*math.Log(rate) + float64(works-n)*math.Log1p(-rate)
		sum = max(sum, one) + math.Log1p(math.Exp(-math.Abs(sum-one)))
	}
	return sum
}

func TestATagThatBelongsThereIsNeverTooRareInASample(t *testing.T) {
	for _, rate := range []float64{0.001, 0.01, 0.1, 0.5, 0.9} {
		for _, works := range []int{1, 50, 1000, 9000, 100_000} {
			needed := sample{rate: rate}.needed(works)
			if needed > 0 {
				if how := fewer(works, rate, needed); how > -sampleSure {
					t.Errorf("%d works at %g: fewer than %d are taken once in e^%.0f times", works, rate, needed, -how)
				}
			}
			if expected := float64(works) * rate; expected > 2*sampleSure && float64(needed) < expected/8 {
				t.Errorf("%d works at %g: %d are needed of %.0f, which tells little", works, rate, needed, expected)
			}
		}
	}
}

func TestWorksOfASampleAreTakenByChance(t *testing.T) {
	const turns, rate = 20_000, 0.2
	works := set(nil).grown(1)
	held := []uint32{0, 1, 2, 63, 64, 130, 131, 132, 133, 400, 1000, 1001, 65_535}
	for _, n := range held {
		works.add(n)
	}
	taken, both := map[uint32]int{}, 0
	for range turns {
		last := none
		for n := range works.some(0, len(works), rate) {
			if taken[n]++; n == 64 && last == 63 {
				both++
			}
			last = n
		}
	}
	for _, n := range held {
		if off := float64(taken[n])/turns - rate; math.Abs(off) > 0.02 { // seven times what is usual
			t.Errorf("work %d was taken %d times in %d, at %g", n, taken[n], turns, rate)
		}
	}
	if off := float64(both)/turns - rate*rate; len(taken) != len(held) || math.Abs(off) > 0.01 {
		t.Errorf("two neighbours were taken together %d times in %d; %d works were taken, %d are there", both, turns, len(taken), len(held))
	}
}

package names_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"ficus/internal/catalog/names"
	"ficus/internal/generate"
	"ficus/internal/store"
)

var benchWorks = flag.Int("works", 1_000_000, "how many works the tags are of")

// BenchmarkTyped types the beginnings of names, letter by letter, as people do:
// just so, and with two letters swapped.
func BenchmarkTyped(b *testing.B) {
	made, err := generate.New(generate.Plan{Works: *benchWorks, Seed: 1, Until: time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		b.Fatal(err)
	}
	n, began := names.New(), time.Now()
	load := n.Load()
	var some []string
	r := rand.New(rand.NewPCG(5, 6))
	for t := range made.Tags() {
		sought := store.FoldSought(t.Name)
		load.Add(names.Name{ID: t.ID, Sought: sought, IsSorted: true})
		if r.IntN(made.Count()/500+1) == 0 {
			some = append(some, sought)
		}
	}
	load.End()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Printf("%d names in %v, %d MB\n", made.Count(), time.Since(began).Round(time.Millisecond), m.HeapAlloc>>20)
	for _, how := range []string{"just so", "mistyped"} {
		b.Run(how, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				letters := []rune(some[r.IntN(len(some))])
				if how == "mistyped" && len(letters) > 3 {
					letters[2], letters[3] = letters[3], letters[2]
				}
				typed := names.Words(string(letters[:1+r.IntN(min(len(letters), 12))]))
				began := time.Now()
				found, isWhole := n.Find(names.Query{Typed: typed, Most: 4_000})
				if isWhole && len(found) < 10 {
					n.Find(names.Query{Typed: typed, Near: true, Most: 4_000})
				}
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
			b.ReportMetric(float64(took[len(took)-1].Microseconds()), "most-µs")
		})
	}
}

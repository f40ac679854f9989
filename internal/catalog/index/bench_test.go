package index_test

import (
	"flag"
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
)

var benchWorks = flag.Int("works", 1_000_000, "how many works benchmarks find among")

// big is a generated archive: tags drawn by Zipf and bound to fandoms, as many
// of them as a third of the works, 17 a work.
type big struct {
	works   int
	fandoms int
	own     int // characters and relationships of a fandom, each
	free    int
}

func bigOf(works int) big {
	return big{works: works, fandoms: max(works/300, 10), own: 20, free: max(works/5, 100)}
}

const firstFandom, firstOwn = 100, 1_000_000

func (b big) tags(yield func(index.Tag) bool) {
	put := func(id int, kind archive.TagKind) bool {
		return yield(index.Tag{ID: int64(id), Kind: kind, Standing: index.Canonical})
	}
	for id := range 20 {
		put(id+1, archive.TagKinds()[id%3])
	}
	for f := range b.fandoms {
		put(firstFandom+f, archive.KindFandom)
		for i := range b.own {
			put(firstOwn+f*2*b.own+i, archive.KindCharacter)
			put(firstOwn+f*2*b.own+b.own+i, archive.KindRelationship)
		}
	}
	for i := range b.free {
		tag := index.Tag{ID: int64(b.freeform(i)), Kind: archive.KindFreeform, Standing: index.Canonical}
		if i%7 == 6 {
			tag.Standing, tag.Of = index.Synonym, int64(b.freeform(i/7))
		}
		if !yield(tag) {
			return
		}
	}
}

func (b big) freeform(i int) int { return firstOwn + b.fandoms*2*b.own + i }

// zipfs draw what is popular.
type zipfs struct{ fandom, own, free *rand.Zipf }

func (b big) zipfs(r *rand.Rand) zipfs {
	return zipfs{
		rand.NewZipf(r, 1.1, 8, uint64(b.fandoms-1)), rand.NewZipf(r, 1.2, 2, uint64(b.own-1)), rand.NewZipf(r, 1.1, 20, uint64(b.free-1)),
	}
}

func (b big) all() iter.Seq[index.Work] {
	return func(yield func(index.Work) bool) {
		r := rand.New(rand.NewPCG(1, 2))
		z := b.zipfs(r)
		for id := range b.works {
			tags := []int64{int64(1 + 3*r.IntN(5)), int64(2 + 3*r.IntN(6)), int64(3 + 3*r.IntN(6))}
			fandom := int(z.fandom.Uint64())
			for range 1 + r.IntN(8)/7 {
				tags = append(tags, int64(firstFandom+fandom))
				for range 2 + r.IntN(3) {
					tags = append(tags, int64(firstOwn+fandom*2*b.own+int(z.own.Uint64())))
				}
				for range 1 + r.IntN(3) {
					tags = append(tags, int64(firstOwn+fandom*2*b.own+b.own+int(z.own.Uint64())))
				}
				fandom = int(z.fandom.Uint64())
			}
			for range r.IntN(15) {
				tags = append(tags, int64(b.freeform(int(z.free.Uint64()))))
			}
			slices.Sort(tags)
			kudos := int64(r.ExpFloat64() * 100)
			work := index.Work{
				ID: int64(id)*4 + int64(r.IntN(4)), Tags: slices.Compact(tags), Creators: []int64{int64(r.IntN(b.works/8 + 1))},
				Language: []string{"en", "en", "en", "zh", "de"}[r.IntN(5)], Title: fmt.Sprintf("a title like %x", r.Uint32()),
				Words: int64(r.ExpFloat64() * 8000), Chapters: 1 + int64(r.ExpFloat64()*3), Complete: r.IntN(5) > 0,
				Posted: int64(id) * 1e8, Updated: int64(id)*1e8 + int64(r.ExpFloat64()*1e10), Hits: kudos * 20, Kudos: kudos,
				Comments: kudos / 8, Bookmarks: kudos / 6,
			}
			if r.IntN(20) == 0 {
				work.State = index.Restricted
			}
			if !yield(work) {
				return
			}
		}
	}
}

// built is made once for all benchmarks of a run.
var built = sync.OnceValues(func() (big, *index.Index) {
	b, x, began := bigOf(*benchWorks), index.New(), time.Now()
	for range b.all() {
	}
	drawing := time.Since(began)
	began = time.Now()
	x.Load(b.tags, b.all())
	took := time.Since(began)
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Printf("loaded %d works in %v, of which %v to draw them; %d MB, at most %d\n", b.works, took.Round(time.Millisecond), drawing.Round(time.Millisecond),
		m.HeapAlloc>>20, m.HeapSys>>20)
	return b, x
})

// ask measures one query.
func ask(b *testing.B, q index.Query) {
	_, x := built()
	q.Take = 20
	if q.Facets.Values == 0 {
		q.Facets.Values = 10
	}
	var a index.Answer
	for b.Loop() {
		a = x.Find(q)
	}
	b.ReportMetric(float64(a.Total), "works")
}

func BenchmarkFind(b *testing.B) {
	kudos := index.Sort{By: index.Kudos, Descending: true}
	updated := index.Sort{By: index.Updated, Descending: true}
	for _, c := range []struct {
		name string
		q    index.Query
	}{
		{"everything", index.Query{Sort: updated}},
		{"everything page 4000", index.Query{Sort: updated, Skip: 80_000}},
		{"one exclusion", index.Query{Exclude: []int64{firstFandom}, Sort: kudos}},
		{"one exclusion page 4000", index.Query{Exclude: []int64{firstFandom}, Sort: kudos, Skip: 80_000}},
		{"half", index.Query{Include: []int64{2}, Exclude: []int64{1, 7}, Sort: kudos}},
		{"largest fandom", index.Query{Include: []int64{firstFandom}, Sort: kudos}},
		{"large fandom", index.Query{Include: []int64{firstFandom + 10}, Sort: kudos}},
		{"filtered", index.Query{Include: []int64{firstFandom + 3, 4}, Exclude: []int64{firstOwn}, Sort: kudos,
			Ranges: []index.Range{{Figure: index.Words, Least: 1000, Most: 50_000}}}},
		{"titles", index.Query{Include: []int64{firstFandom + 3}, Sort: index.Sort{Title: true}}},
		{"small fandom", index.Query{Include: []int64{firstFandom + 2000}, Sort: updated}},
	} {
		b.Run(c.name, func(b *testing.B) { ask(b, c.q) })
	}
}

// BenchmarkDrawn asks for what people ask for: popular tags most, and now and
// then for everything but one of them.
func BenchmarkDrawn(b *testing.B) {
	archived, x := built()
	r := rand.New(rand.NewPCG(3, 4))
	z := archived.zipfs(r)
	var took []time.Duration
	for b.Loop() {
		q := archived.drawn(r, z)
		began := time.Now()
		x.Find(q)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(took[len(took)-1].Microseconds()), "most-µs")
}

func (b big) drawn(r *rand.Rand, z zipfs) index.Query {
	fandom := int(z.fandom.Uint64())
	q := index.Query{Take: 20, Facets: index.Facets{Values: 10}, Sort: index.Sort{By: index.Figure(r.IntN(8)), Descending: true}}
	own := func() int64 { return int64(firstOwn + fandom*2*b.own + int(z.own.Uint64())) }
	switch r.IntN(10) {
	case 0:
		q.Exclude = []int64{int64(firstFandom + fandom)}
	case 1, 2:
		q.Include = []int64{int64(b.freeform(int(z.free.Uint64())))}
	case 3, 4:
		q.Include = []int64{own(), int64(b.freeform(int(z.free.Uint64())))}
	case 5, 6, 7:
		q.Include = []int64{int64(firstFandom + fandom)}
	default:
		q.Include = []int64{int64(firstFandom + fandom), int64(1 + 3*r.IntN(5))}
	}
	switch r.IntN(5) {
	case 0:
		q.Exclude = append(q.Exclude, int64(b.freeform(int(z.free.Uint64()))))
	case 1:
		q.Ranges = []index.Range{{Figure: index.Words, Least: 1000, Most: 20_000}}
	case 2:
		q.Completion = index.Only
	}
	return q
}

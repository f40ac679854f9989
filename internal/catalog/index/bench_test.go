package index_test

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"iter"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
	"ficus/internal/generate"
)

var (
	benchWorks = flag.Int("works", 1_000_000, "how many works benchmarks find among")
	benchKept  = flag.String("kept", "", "a file that keeps the index of these works for later runs")
)

// big is a generated archive, as ficus generate makes it.
type big struct{ *generate.Archive }

// The numbers of some tags in it.
const (
	explicit    = 5
	teen        = 3
	menAndMen   = 14
	mature      = 4
	noneApply   = 7
	gen         = 15
	firstFandom = 18
)

func (b big) tags() iter.Seq[index.Tag] {
	standings := map[archive.TagStanding]index.Standing{archive.TagCanonical: index.Canonical, archive.TagSynonym: index.Synonym}
	return func(yield func(index.Tag) bool) {
		for t := range b.Tags() {
			if !yield(index.Tag{ID: t.ID, Kind: t.Kind, Standing: standings[t.Standing], Of: t.Canonical}) {
				return
			}
		}
	}
}

func (b big) pseuds() iter.Seq[index.Pseud] {
	return func(yield func(index.Pseud) bool) {
		for id, name := range b.WriterNames() {
			if !yield(index.Pseud{ID: id, Account: id, Name: strings.ToLower(name)}) {
				return
			}
		}
	}
}

func (b big) all() iter.Seq[index.Work] {
	return func(yield func(index.Work) bool) {
		for w := range b.All() {
			tags := make([]int64, 0, len(w.Tags))
			var main []int64
			for _, t := range w.Tags {
				tags = append(tags, int64(t.ID))
				if t.Main {
					main = append(main, int64(t.ID))
				}
			}
			work := index.Work{
				ID: w.ID, Tags: tags, Main: main, Pseuds: w.Writers, Language: w.Language, Title: w.Title(), Words: w.Words, Chapters: int64(len(w.Chapters)),
				Complete: w.IsComplete(), Anonymous: w.Anonymous, Posted: w.Posted.UnixMicro(), Updated: w.Updated.UnixMicro(),
				Hits: w.Hits, Kudos: w.Kudos, Comments: w.Comments, Bookmarks: w.Bookmarks,
			}
			if w.Restricted {
				work.State = index.Restricted
			}
			if !yield(work) {
				return
			}
		}
	}
}

// built is made once for all benchmarks of a run, or read from where an earlier
// run kept it.
var built = sync.OnceValues(func() (big, *index.Index) {
	made, err := generate.New(generate.Plan{Works: *benchWorks, Seed: 1, Until: time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		panic(err)
	}
	b, x, began := big{made}, index.New(), time.Now()
	say := func(what string) {
		fmt.Printf("%s %d works in %v; %s\n", what, b.Works, time.Since(began).Round(time.Millisecond), memory())
		began = time.Now()
	}
	if *benchKept != "" {
		if err = restored(x, *benchKept); err == nil {
			say("read")
			return b, x
		}
		if !errors.Is(err, fs.ErrNotExist) {
			panic(err)
		}
	}
	x.Load(b.tags(), b.pseuds(), b.all())
	say("loaded")
	if *benchKept != "" {
		if err := kept(x, *benchKept); err != nil {
			panic(err)
		}
		say("kept")
	}
	return b, x
})

// memory says how much is in use, and how much the process took from the machine
// at most.
func memory() string {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	most := "?"
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		if _, after, found := strings.Cut(string(status), "VmHWM:"); found {
			most = strings.TrimSpace(strings.SplitN(after, "\n", 2)[0])
		}
	}
	return fmt.Sprintf("%d MB, the process at most %s", m.HeapAlloc>>20, most)
}

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
	archived, _ := built()
	popular := archived.Drawer().Work(1).Tags // whatever an old work bears
	own := int64(popular[len(popular)-1].ID)
	for _, c := range []struct {
		name string
		q    index.Query
	}{
		{"everything", index.Query{Sort: updated}},
		{"everything page 4000", index.Query{Sort: updated, Skip: 80_000}},
		{"one exclusion", index.Query{Exclude: []int64{firstFandom}, Sort: kudos}},
		{"one exclusion page 4000", index.Query{Exclude: []int64{firstFandom}, Sort: kudos, Skip: 80_000}},
		{"half", index.Query{Include: []int64{noneApply}, Sort: kudos}},
		{"a tenth", index.Query{Include: []int64{gen}, Exclude: []int64{noneApply}, Sort: kudos}},
		{"a twelfth", index.Query{Include: []int64{teen, menAndMen}, Exclude: []int64{gen}, Sort: kudos,
			Ranges: []index.Range{{Figure: index.Words, Least: 1000, Most: 50_000}}}},
		{"a fiftieth", index.Query{Include: []int64{gen, explicit}, Sort: kudos}},
		{"largest fandom", index.Query{Include: []int64{firstFandom}, Sort: kudos}},
		{"large fandom", index.Query{Include: []int64{firstFandom + 10}, Sort: kudos}},
		{"filtered", index.Query{Include: []int64{firstFandom + 3, mature}, Exclude: []int64{own}, Sort: kudos,
			Ranges: []index.Range{{Figure: index.Words, Least: 1000, Most: 50_000}}}},
		{"titles", index.Query{Include: []int64{firstFandom + 3}, Sort: index.Sort{Title: true}}},
		{"bylines", index.Query{Include: []int64{firstFandom + 3}, Sort: index.Sort{Author: true}}},
		{"bylines of everything", index.Query{Sort: index.Sort{Author: true}}},
		{"everything of one fandom", index.Query{Fandoms: &index.Span{Least: 1, Most: 1}, Sort: kudos}},
		{"crossovers of everything", index.Query{Crossovers: index.Only, Sort: kudos}},
		{"all but crossovers", index.Query{Crossovers: index.Without, Sort: kudos}},
		{"small fandom", index.Query{Include: []int64{firstFandom + 2000}, Sort: updated}},
	} {
		b.Run(c.name, func(b *testing.B) { ask(b, c.q) })
	}
}

// BenchmarkDrawn asks for what people ask for: popular tags most, and now and
// then for everything but one of them.
func BenchmarkDrawn(b *testing.B) {
	archived, x := built()
	r, d := rand.New(rand.NewPCG(3, 4)), archived.Drawer()
	var took []time.Duration
	for b.Loop() {
		q := archived.drawn(r, d)
		began := time.Now()
		x.Find(q)
		took = append(took, time.Since(began))
	}
	report(b, took)
}

// BenchmarkChanged changes works, and looks each time whether it is seen.
func BenchmarkChanged(b *testing.B) {
	archived, x := built()
	next, stop := iter.Pull(archived.all())
	defer stop()
	var took []time.Duration
	for b.Loop() {
		w, more := next()
		if !more {
			b.Fatal("there are not so many works")
		}
		w.Words, w.Updated = w.Words+1, w.Updated+1
		began := time.Now()
		x.Change(func(ch *index.Changes) { ch.PutWork(w) })
		a := x.Find(index.Query{Within: &[]int64{w.ID}, Viewer: index.Viewer{Viewer: archive.Viewer{Account: 1, Staff: true}},
			Ranges: []index.Range{{Figure: index.Words, Least: w.Words, Most: w.Words}}, Take: 1})
		took = append(took, time.Since(began))
		if a.Total != 1 {
			b.Fatalf("work %d was changed, and %d are found", w.ID, a.Total)
		}
	}
	report(b, took)
}

// report says how long things took.
func report(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(took[len(took)-1].Microseconds()), "most-µs")
}

// drawn asks for tags that some work bears, so that what is popular is asked
// for most.
func (b big) drawn(r *rand.Rand, d *generate.Drawer) index.Query {
	one := func(kind archive.TagKind) []int64 {
		for {
			w := d.Work(r.IntN(b.Works))
			for _, at := range r.Perm(len(w.Tags)) {
				if w.Tags[at].Kind == kind {
					return []int64{int64(w.Tags[at].ID)}
				}
			}
		}
	}
	q := index.Query{Take: 20, Facets: index.Facets{Values: 10}, Sort: index.Sort{By: index.Figure(r.IntN(8)), Descending: true}}
	switch r.IntN(10) {
	case 0:
		q.Exclude = one(archive.KindFandom)
	case 1, 2:
		q.Include = one(archive.KindFreeform)
	case 3, 4:
		q.Include = append(one(archive.KindCharacter), one(archive.KindFreeform)...)
	case 5, 6, 7:
		q.Include = one(archive.KindFandom)
	default:
		q.Include = append(one(archive.KindFandom), one(archive.KindRating)...)
	}
	switch r.IntN(5) {
	case 0:
		q.Exclude = append(q.Exclude, one(archive.KindFreeform)...)
	case 1:
		q.Ranges = []index.Range{{Figure: index.Words, Least: 1000, Most: 20_000}}
	case 2:
		q.Completion = index.Only
	}
	return q
}

// BenchmarkLanguages asks which languages works are in, for who mutes a tag that
// many bear.
func BenchmarkLanguages(b *testing.B) {
	_, x := built()
	for _, c := range []struct {
		name  string
		muted []int64
	}{{"nothing muted", nil}, {"a rating muted", []int64{explicit}}, {"a fandom muted", []int64{firstFandom}}} {
		v := index.Viewer{Viewer: archive.Viewer{Account: 1}, MutedTags: c.muted}
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				x.Languages(v)
			}
		})
		b.Run(c.name+", a list", func(b *testing.B) {
			for b.Loop() {
				x.Find(index.Query{Viewer: v, Take: 20, Facets: index.Facets{Values: 10}})
			}
		})
	}
}

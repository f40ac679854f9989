package index_test

import (
	"maps"
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
)

// agree holds the index to what looking at everything finds.
func agree(t *rapid.T, x *index.Index, a naive, q index.Query) {
	if diff := cmp.Diff(a.find(q), x.Find(q), cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%+v: wanted -, got +:\n%s", q, diff)
	}
	for _, v := range []index.Viewer{q.Viewer, {Viewer: q.Viewer.Viewer}} {
		spoken := map[string]bool{}
		for _, w := range a.works {
			if a.matches(w, index.Query{Viewer: v}) {
				spoken[w.Language] = true
			}
		}
		if diff := cmp.Diff(slices.Sorted(maps.Keys(spoken)), slices.Sorted(slices.Values(x.Languages(v))), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("languages for %+v: wanted -, got +:\n%s", v, diff)
		}
	}
	all := q
	all.Facets = index.Facets{Values: math.MaxInt}
	want := a.find(all)
	for _, kind := range archive.TagKinds() {
		skip, take := rapid.IntRange(0, 4).Draw(t, "values before"), rapid.SampledFrom([]int{1, 3, 100}).Draw(t, "values")
		values := want.Facets[kind]
		stretch := index.Stretch{Works: want.Total, Total: len(values)}
		if part := values[min(skip, len(values)):]; len(part) > 0 {
			stretch.Values = part[:min(take, len(part))]
		}
		if diff := cmp.Diff(stretch, x.Values(q, index.Values{Kind: kind, Skip: skip, Take: take}), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%d values of %s after %d, asked for %+v: %s", take, kind, skip, q, diff)
		}
		named := few(drawnTags, 8).Draw(t, "named")
		meant := slices.DeleteFunc(slices.Clone(values), func(v index.Counted) bool {
			return !slices.ContainsFunc(named, func(tag int64) bool { return a.end(tag) == v.Tag })
		})
		if diff := cmp.Diff(append([]index.Counted{}, meant...), append([]index.Counted{}, x.Values(q, index.Values{Kind: kind, Among: &named, Take: 100}).Values...)); diff != "" {
			t.Fatalf("of what %v mean, asked for %+v: %s", named, q, diff)
		}
	}
}

// Whatever is changed in whatever order, the index finds and counts what one
// finds who looks at every work, while others ask.
func TestTheIndexFindsWhatLookingAtEveryWorkFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := naive{works: map[int64]index.Work{}, tags: map[int64]index.Tag{}, pseuds: map[int64]index.Pseud{}}
		for range 3 * drawnPseuds {
			pseud := drawPseud(t)
			a.pseuds[pseud.ID] = pseud
		}
		for range rapid.IntRange(0, drawnTags).Draw(t, "tags") {
			tag := drawTag(t)
			a.tags[tag.ID] = tag
		}
		for range rapid.IntRange(0, drawnWorks).Draw(t, "works") {
			work := drawWork(t)
			a.works[work.ID] = work
		}
		x := index.New()
		switch rapid.IntRange(0, 3).Draw(t, "how facets are counted") {
		case 1:
			x.AskNever()
		case 2:
			x.AskSlots()
		case 3:
			x.AskSample(rapid.IntRange(1, 9).Draw(t, "of so many works"))
		}
		x.Load(maps.Values(a.tags), maps.Values(a.pseuds), maps.Values(a.works))
		stop := asking(x)
		defer stop()
		t.Repeat(map[string]func(*rapid.T){
			"put work":     func(t *rapid.T) { a.change(x, drawWork(t)) },
			"put tag":      func(t *rapid.T) { a.sort(x, drawTag(t)) },
			"restart":      func(t *rapid.T) { restart(t, x) },
			"put pen name": func(t *rapid.T) { a.rename(x, drawPseud(t)) },
			"remove pen name": func(t *rapid.T) {
				id := rapid.Int64Range(1, drawnPseuds).Draw(t, "pen name")
				delete(a.pseuds, id)
				x.Change(func(ch *index.Changes) { ch.RemovePseud(id) })
			},
			"remove work": func(t *rapid.T) { a.remove(x, rapid.Int64Range(1, drawnWorks).Draw(t, "work")) },
			"set figure": func(t *rapid.T) {
				a.set(x, rapid.Int64Range(1, drawnWorks).Draw(t, "work"), index.Figure(rapid.IntRange(0, 7).Draw(t, "figure")),
					rapid.Int64Range(0, 3).Draw(t, "value"))
			},
			"ask in an order": func(t *rapid.T) {
				s := index.Sort{Title: rapid.Bool().Draw(t, "by title"), Author: true, Descending: rapid.Bool().Draw(t, "descending")}
				agree(t, x, a, index.Query{Sort: s, Take: rapid.SampledFrom([]int{3, math.MaxInt}).Draw(t, "take")})
			},
			"ask how it stood": func(t *rapid.T) {
				s := index.Sort{By: rapid.SampledFrom([]index.Figure{index.Updated, index.Updated, index.Words}).Draw(t, "figure"), Descending: rapid.Bool().Draw(t, "descending")}
				agree(t, x, a, index.Query{Sort: s, Since: drawSince(t), Skip: rapid.IntRange(0, 5).Draw(t, "skip"), Take: rapid.SampledFrom([]int{3, math.MaxInt}).Draw(t, "take")})
			},
			"ask": func(t *rapid.T) { agree(t, x, a, drawQuery(t)) },
			"count a kind": func(t *rapid.T) {
				v, kind := drawQuery(t).Viewer, rapid.SampledFrom(archive.TagKinds()).Draw(t, "kind")
				got, want := x.Totals(v, kind), a.totals(v, kind)
				if !slices.Equal(got, want) {
					t.Fatalf("%+v is told of %v of kind %s, want %v", v, got, kind, want)
				}
				for _, one := range want {
					if works := x.Count(v, one.Tag); works != one.Works {
						t.Fatalf("%+v finds %d works by tag %d, want %d", v, works, one.Tag, one.Works)
					}
				}
			},
		})
	})
}

func (a naive) change(x *index.Index, w index.Work) {
	a.works[w.ID] = w
	x.Change(func(ch *index.Changes) { ch.PutWork(w) })
}

func (a naive) sort(x *index.Index, tag index.Tag) {
	a.tags[tag.ID] = tag
	x.Change(func(ch *index.Changes) { ch.PutTag(tag) })
}

func (a naive) rename(x *index.Index, p index.Pseud) {
	a.pseuds[p.ID] = p
	x.Change(func(ch *index.Changes) { ch.PutPseud(p) })
}

func (a naive) remove(x *index.Index, id int64) {
	delete(a.works, id)
	x.Change(func(ch *index.Changes) { ch.RemoveWork(id) })
}

func (a naive) set(x *index.Index, id int64, f index.Figure, value int64) {
	if w, known := a.works[id]; known {
		*[]*int64{&w.Updated, &w.Posted, &w.Words, &w.Chapters, &w.Hits, &w.Kudos, &w.Comments, &w.Bookmarks}[f] = value
		a.works[id] = w
	}
	x.Change(func(ch *index.Changes) { ch.SetFigure(id, f, value) })
}

// asking lets somebody ask until it is stopped.
func asking(x *index.Index) (stop func()) {
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-done:
				return
			default:
				x.Find(index.Query{Include: []int64{1}, Take: 5, Facets: index.Facets{Values: 3}, Crossovers: index.Only})
			}
		}
	}()
	return func() { close(done); <-stopped }
}

// Works that are put or removed together are found together.
func TestAChangeIsSeenWhole(t *testing.T) {
	x := index.New()
	x.Change(func(ch *index.Changes) {
		ch.PutTag(index.Tag{ID: 7, Kind: archive.KindFandom, Standing: index.Canonical})
	})
	var readers sync.WaitGroup
	done := make(chan struct{})
	for range 2 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				a := x.Find(index.Query{Include: []int64{7}, Take: 100, Facets: index.Facets{Values: 1}})
				if a.Total != 0 && a.Total != 50 || len(a.Works) != a.Total || a.Total > 0 && a.Facets[archive.KindFandom][0].Works != a.Total {
					t.Errorf("somebody sees %d works of 50, %d on the page, facets %v", a.Total, len(a.Works), a.Facets)
					return
				}
			}
		})
	}
	for round := range 200 {
		x.Change(func(ch *index.Changes) {
			for id := range int64(50) {
				if round%2 == 0 {
					ch.PutWork(index.Work{ID: id, Tags: []int64{7}})
				} else {
					ch.RemoveWork(id)
				}
			}
		})
	}
	close(done)
	readers.Wait()
}

// Of works and of tags that are equal in what they are ordered by, the older
// stands first, and last when the order is turned round.
func TestTiesFollowTheirIDs(t *testing.T) {
	x := index.New()
	x.Change(func(ch *index.Changes) {
		for _, id := range []int64{12, 3, 40, 7} {
			ch.PutTag(index.Tag{ID: id, Kind: archive.KindCharacter, Standing: index.Canonical})
			ch.PutWork(index.Work{ID: id, Kudos: 5, Title: "same", Tags: []int64{id}})
		}
	})
	up := []int64{3, 7, 12, 40}
	down := []int64{40, 12, 7, 3}
	for _, s := range []index.Sort{{By: index.Kudos}, {Title: true}, {Author: true}} {
		q := index.Query{Sort: s, Take: 10, Facets: index.Facets{Values: 3}}
		a := x.Find(q)
		if !slices.Equal(a.Works, up) {
			t.Errorf("%+v: %v", s, a.Works)
		}
		if want := []index.Counted{{Tag: 3, Works: 1}, {Tag: 7, Works: 1}, {Tag: 12, Works: 1}}; !slices.Equal(a.Facets[archive.KindCharacter], want) {
			t.Errorf("the facets are %v", a.Facets)
		}
		q.Sort.Descending = true
		if a := x.Find(q); !slices.Equal(a.Works, down) {
			t.Errorf("%+v turned round: %v", s, a.Works)
		}
	}
}

// A merge of a tag that stands on many works is seen at once, and so is its
// undoing; what stands on many works changes its shape on the way.
func TestAMergeOfALargeTagIsSeenAtOnce(t *testing.T) {
	x := index.New()
	const many = 9000
	x.Change(func(ch *index.Changes) {
		ch.PutTag(index.Tag{ID: 1, Kind: archive.KindFandom, Standing: index.Canonical})
		ch.PutTag(index.Tag{ID: 2, Kind: archive.KindFreeform, Standing: index.Canonical})
		for id := range int64(many) {
			ch.PutWork(index.Work{ID: id, Tags: []int64{2}})
		}
		ch.PutWork(index.Work{ID: many, Tags: []int64{1, 2}})
	})
	holds := func(of string, tag int64, works int, kind archive.TagKind, counted ...index.Counted) {
		t.Helper()
		a := x.Find(index.Query{Include: []int64{tag}, Facets: index.Facets{Values: 5}})
		if a.Total != works || !slices.Equal(a.Facets[kind], counted) {
			t.Errorf("%s it finds %d works under %d, and counts %v", of, a.Total, tag, a.Facets)
		}
	}
	holds("before", 1, 1, archive.KindFandom, index.Counted{Tag: 1, Works: 1})
	x.Change(func(ch *index.Changes) {
		ch.PutTag(index.Tag{ID: 2, Kind: archive.KindFreeform, Standing: index.Synonym, Of: 1})
	})
	holds("merged", 1, many+1, archive.KindFandom, index.Counted{Tag: 1, Works: many + 1})
	holds("merged", 2, many+1, archive.KindFreeform)
	x.Change(func(ch *index.Changes) {
		for id := range int64(many - 500) {
			ch.RemoveWork(id)
		}
	})
	holds("smaller", 1, 501, archive.KindFandom, index.Counted{Tag: 1, Works: 501})
	x.Change(func(ch *index.Changes) {
		ch.PutTag(index.Tag{ID: 2, Kind: archive.KindFreeform, Standing: index.Canonical})
	})
	holds("undone", 1, 1, archive.KindFandom, index.Counted{Tag: 1, Works: 1})
	holds("undone", 2, 501, archive.KindFreeform, index.Counted{Tag: 2, Works: 501})
}

// Synonyms that stand for one another in a circle each stand for themselves,
// and so does whatever stands for one of them.
func TestACircleOfSynonymsStandsForItself(t *testing.T) {
	x := index.New()
	x.Change(func(ch *index.Changes) {
		for id, of := range map[int64]int64{1: 2, 2: 3, 3: 1, 4: 1} {
			ch.PutTag(index.Tag{ID: id, Kind: archive.KindFreeform, Standing: index.Synonym, Of: of})
			ch.PutWork(index.Work{ID: id, Tags: []int64{id}})
		}
	})
	for id := range int64(4) {
		if a := x.Find(index.Query{Include: []int64{id + 1}, Take: 9}); !slices.Equal(a.Works, []int64{id + 1}) {
			t.Errorf("by tag %d it finds %v", id+1, a.Works)
		}
	}
	x.Change(func(ch *index.Changes) {
		ch.PutTag(index.Tag{ID: 3, Kind: archive.KindFreeform, Standing: index.Canonical})
	})
	if a := x.Find(index.Query{Include: []int64{4}}); a.Total != 4 {
		t.Errorf("after the circle is opened, it finds %d works", a.Total)
	}
}

// Many works are counted in two halves, which together are all of them.
func TestManyWorksAreCountedWhole(t *testing.T) {
	x := index.New()
	const many = 24_000
	x.Change(func(ch *index.Changes) {
		ch.PutTag(index.Tag{ID: 1, Kind: archive.KindFandom, Standing: index.Canonical})
		ch.PutTag(index.Tag{ID: 2, Kind: archive.KindFreeform, Standing: index.Canonical})
		for id := range int64(many) {
			w := index.Work{ID: id, Kudos: id % 7}
			if id%3 == 0 {
				w.Tags = append(w.Tags, 1)
			}
			if id%2 == 0 {
				w.Tags = append(w.Tags, 2)
			}
			ch.PutWork(w)
		}
	})
	for _, q := range []struct {
		include, exclude []int64
		fandom, freeform int
	}{{[]int64{1}, nil, many / 3, many / 6}, {nil, []int64{1}, 0, many / 3}, {nil, nil, many / 3, many / 2}} {
		a := x.Find(index.Query{Include: q.include, Exclude: q.exclude, Facets: index.Facets{Values: 2}})
		var fandom, freeform int
		for _, v := range a.Facets[archive.KindFandom] {
			fandom += v.Works
		}
		for _, v := range a.Facets[archive.KindFreeform] {
			freeform += v.Works
		}
		if fandom != q.fandom || freeform != q.freeform {
			t.Errorf("with %v and without %v it counts %v", q.include, q.exclude, a.Facets)
		}
	}
}

// No page of a long list repeats or leaves out what stands on another, however
// deep it is and however it is found.
func TestPagesFollowOneAnother(t *testing.T) {
	x := index.New()
	const many = 3000
	x.Load(func(func(index.Tag) bool) {}, func(func(index.Pseud) bool) {}, func(yield func(index.Work) bool) {
		for id := range int64(many) {
			yield(index.Work{ID: id, Kudos: id * 7919 % 101, Title: string(rune('a' + id%26)), Complete: id%5 == 0})
		}
	})
	for _, s := range []index.Sort{{By: index.Kudos}, {By: index.Kudos, Descending: true}, {Title: true}, {Title: true, Descending: true}, {Author: true}, {Author: true, Descending: true}} {
		for _, completion := range []index.Choice{index.Either, index.Only} {
			whole := x.Find(index.Query{Sort: s, Completion: completion, Take: many})
			var pages []int64
			for skip := 0; skip < whole.Total; skip += 20 {
				pages = append(pages, x.Find(index.Query{Sort: s, Completion: completion, Skip: skip, Take: 20}).Works...)
			}
			if len(whole.Works) != whole.Total || !slices.Equal(pages, whole.Works) {
				t.Errorf("%+v: the pages hold %d works, the whole list %d of %d, or in another order", s, len(pages), len(whole.Works), whole.Total)
			}
		}
	}
}

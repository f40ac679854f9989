package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
)

// reader pages through a list by the links of its pages.
type reader struct {
	known *catalog.Catalog
	v     archive.Viewer
	f     catalog.Filter
	read  []int64
	over  bool
}

// turn reads the next page.
func (p *reader) turn(b *busy) {
	if p.over {
		return
	}
	l, err := p.known.List(b.t.Context(), p.v, p.f)
	if err != nil {
		b.rapid.Fatal(err)
	}
	p.read = append(p.read, ids(l)...)
	next := p.f
	next.Page++
	if p.over = next.Page > l.LastPage(p.f.Page, p.f.PerPage); p.over {
		return
	}
	asked := next.Values()
	maps.Copy(asked, l.Leads(p.f.Page, next.Page))
	read, problems := catalog.ReadFilter(asked)
	if len(problems) > 0 {
		b.rapid.Fatalf("%s is wrong: %v", asked.Encode(), problems)
	}
	p.f = read
}

// Whoever pages through a list by dates meets no work twice and every one that
// was there all along, whatever is posted, updated, liked or deleted meanwhile.
func TestPagesOfAListNeitherRepeatNorSkip(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		b := newBusy(t, r)
		for range rapid.IntRange(4, 9).Draw(r, "works") {
			b.happens([]string{"create", "create", "add a chapter"})
			b.Clock.Pass(time.Duration(rapid.IntRange(0, 1).Draw(r, "milliseconds")) * time.Millisecond)
		}
		b.Clock.Pass(time.Millisecond)
		b.pageThrough()
	})
}

func (b *busy) all(known *catalog.Catalog, v archive.Viewer, f catalog.Filter) map[int64]bool {
	f.Page, f.PerPage, f.Then = 1, 1000, catalog.Then{}
	l, err := known.List(b.t.Context(), v, f)
	if err != nil {
		b.rapid.Fatal(err)
	}
	all := map[int64]bool{}
	for _, id := range ids(l) {
		all[id] = true
	}
	return all
}

func (b *busy) pageThrough() {
	tables := begun(b.t, b.World)
	v := rapid.SampledFrom(append(b.present(), archive.Viewer{})).Draw(b.rapid, "reader")
	f := catalog.Filter{
		Sort: rapid.SampledFrom([]store.Sort{store.SortRevised, store.SortRevised, store.SortPublished, store.SortKudos}).Draw(b.rapid, "sort"), Turned: rapid.Bool().Draw(b.rapid, "turned"),
		Page: 1, PerPage: rapid.IntRange(1, 3).Draw(b.rapid, "per page"),
	}
	if rapid.IntRange(0, 2).Draw(b.rapid, "of a fandom") == 0 {
		f.Include = []catalog.TagName{{Kind: archive.KindFandom, Name: "rain"}}
	}
	readers := map[string]*reader{"in memory": {known: b.known, v: v, f: f}, "in the tables": {known: tables, v: v, f: f}}
	there := b.all(tables, v, f)
	for range 40 {
		for _, p := range readers {
			p.turn(b)
		}
		b.Clock.Pass(time.Millisecond)
		for range rapid.IntRange(0, 3).Draw(b.rapid, "events") {
			b.happens([]string{"create", "add a chapter", "add a chapter", "add a chapter", "kudos", "delete", "delete", "post", "hide", "comment"})
			b.Clock.Pass(time.Millisecond)
		}
		now := b.all(tables, v, f)
		maps.DeleteFunc(there, func(id int64, _ bool) bool { return !now[id] })
	}
	for name, p := range readers {
		p.judge(b, name, there)
	}
}

// judge holds what was read to what was there all along.
func (p *reader) judge(b *busy, name string, there map[int64]bool) {
	b.rapid.Helper()
	met := map[int64]bool{}
	for _, id := range p.read {
		if met[id] && p.f.Sort != store.SortKudos {
			b.rapid.Errorf("%s, by %s, %d comes twice in %v", name, p.f.Values().Encode(), id, p.read)
		}
		met[id] = true
	}
	for _, id := range slices.Sorted(maps.Keys(there)) {
		if !met[id] && p.f.Sort != store.SortKudos {
			b.rapid.Errorf("%s, by %s, %d was there all along, and not in %v", name, p.f.Values().Encode(), id, p.read)
		}
	}
}

// Pages are what they were, and how many works are new or have moved is told,
// from memory and from the tables.
func TestAPageIsWhatItWas(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		var works []int64
		for i := range 9 {
			works = append([]int64{s.post(fmt.Sprint("Work ", i), "rain")}, works...)
			s.Clock.Pass(time.Hour)
		}
		tables := begun(t, s.World)
		f := catalog.Filter{Sort: store.SortRevised, Page: 1, PerPage: 3}
		first, err := s.known.List(t.Context(), archive.Viewer{}, f)
		if err != nil {
			t.Fatal(err)
		}
		s.Clock.Pass(time.Second)
		s.updates(works[7])
		s.post("A new one")
		s.Clock.Pass(time.Second)
		s.updates(works[7])
		s.updates(works[4])
		asked := func(f catalog.Filter, then url.Values) catalog.Filter {
			values := f.Values()
			maps.Copy(values, then)
			read, problems := catalog.ReadFilter(values)
			if len(problems) > 0 {
				t.Errorf("%s is wrong: %v", values.Encode(), problems)
			}
			read.PerPage = f.PerPage
			return read
		}
		for name, known := range map[string]*catalog.Catalog{"in memory": s.known, "in the tables": tables} {
			page := func(f catalog.Filter, want []int64, total, since int) catalog.Listed {
				t.Helper()
				l, err := known.List(t.Context(), archive.Viewer{}, f)
				if err != nil || !slices.Equal(ids(l), want) || l.Total != total || l.Since != since {
					t.Errorf("%s, %s holds %v, %d in all and %d since, want %v, %d and %d; %v", name, f.Values().Encode(), ids(l), l.Total, l.Since, want, total, since, err)
				}
				return l
			}
			second := f
			second.Page = 2
			third := second
			third.Page = 3
			page(f, []int64{works[4], works[7], 10}, 10, 0)
			by := page(asked(second, first.Leads(1, 2)), works[3:6], 9, 3)
			page(asked(third, by.Leads(2, 3)), works[6:], 9, 3)
			page(asked(f, by.Leads(2, 1)), works[:3], 9, 3)
			jumped := page(asked(third, first.Leads(1, 3)), works[6:], 9, 3)
			page(asked(second, jumped.Leads(3, 2)), works[3:6], 9, 3)
			second.Include = []catalog.TagName{{Kind: archive.KindFreeform, Name: "rain"}}
			page(asked(second, first.Leads(1, 2)), works[3:6], 9, 2)
			turned := catalog.Filter{Sort: store.SortRevised, Turned: true, Page: 3, PerPage: 3}
			page(asked(turned, first.Leads(1, 3)), []int64{works[2], works[1], works[0]}, 9, 3)
			byWords := catalog.Filter{Sort: store.SortTitle, Page: 3, PerPage: 4}
			page(asked(byWords, first.Leads(1, 3)), []int64{works[0]}, 9, 3)
			future := asked(second, first.Leads(1, 2))
			future.Then.AsOf = s.Clock.Now().Add(time.Minute)
			page(future, []int64{works[1], works[2], works[3]}, 9, 0)
		}
	})
}

// A list says it is as of the newest that has happened, so it says the same
// until something does; and what happens next, however soon, has happened since.
func TestAListIsAsOfTheNewestThatHappened(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		tables := begun(t, s.World)
		work := s.post("One")
		posted := s.Clock.Now()
		asOf := func(want time.Time) {
			t.Helper()
			for name, known := range map[string]*catalog.Catalog{"in memory": s.known, "in the tables": tables} {
				l, err := known.List(t.Context(), archive.Viewer{}, catalog.Filter{Page: 1, PerPage: 1})
				if err != nil || !l.AsOf.Equal(want) {
					t.Errorf("%s, the list is as of %s at %s, want %s; %v", name, l.AsOf, s.Clock.Now(), want, err)
				}
			}
		}
		s.Clock.Pass(time.Hour)
		asOf(posted)
		s.Clock.Pass(time.Hour)
		asOf(posted)
		s.happens(archive.WorkDeleted, work, func(ctx context.Context, tx *store.Tx) error {
			return tx.Works.Delete(ctx, work, tx.Now.Add(time.Hour))
		})
		deleted := s.Clock.Now()
		s.Clock.Pass(time.Microsecond)
		asOf(deleted)
		s.post("Two")
		asOf(s.Clock.Now())
		for name, known := range map[string]*catalog.Catalog{"in memory": s.known, "in the tables": tables} {
			l, err := known.List(t.Context(), archive.Viewer{}, catalog.Filter{Page: 1, PerPage: 1, Then: catalog.Then{AsOf: deleted}})
			if err != nil || l.Since != 1 || l.Total != 0 {
				t.Errorf("%s, %d have come since, and %d are there; %v", name, l.Since, l.Total, err)
			}
		}
	})
}

// A page begins where the one before it ended, whatever of that has gone.
func TestAPageGoesOnWhereTheLastOneEnded(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		var works []int64
		for i := range 6 {
			works = append([]int64{s.post(fmt.Sprint("Work ", i))}, works...)
			s.Clock.Pass(time.Hour)
		}
		for _, sort := range []store.Sort{store.SortRevised, store.SortPublished, store.SortHits} {
			for name, known := range map[string]*catalog.Catalog{"in memory": s.known, "in the tables": begun(t, s.World)} {
				f := catalog.Filter{Sort: sort, Page: 1, PerPage: 2}
				page := func(want []int64, last int) catalog.Listed {
					t.Helper()
					l, err := known.List(t.Context(), archive.Viewer{}, f)
					if err != nil || !slices.Equal(ids(l), want) || l.LastPage(f.Page, f.PerPage) != last {
						t.Errorf("%s by %s, page %d holds %v of %d pages, want %v of %d; %v", name, sort, f.Page, ids(l), l.LastPage(f.Page, f.PerPage), want, last, err)
					}
					return l
				}
				lead := func(from catalog.Listed, to int) {
					values := f.Values()
					maps.Copy(values, from.Leads(f.Page, to))
					f, _ = catalog.ReadFilter(values)
					f.Sort, f.Page, f.PerPage = sort, to, 2
				}
				by := page(works[:2], 3)
				s.happens(archive.WorkDeleted, works[1], func(ctx context.Context, tx *store.Tx) error {
					return tx.Works.Delete(ctx, works[1], tx.Now.Add(time.Hour))
				})
				lead(by, 2)
				by = page(works[2:4], 3)
				lead(by, 3)
				by = page(works[4:], 3)
				lead(by, 2)
				by = page(works[2:4], 3)
				lead(by, 1)
				page([]int64{works[0], works[2]}, 3)
				s.happens(archive.WorkRestored, works[1], func(ctx context.Context, tx *store.Tx) error { return tx.Works.Restore(ctx, works[1]) })
			}
		}
	})
}

// After more than is looked through, what was updated since is not on the list
// by updates, and no work comes twice.
func TestAPageAfterVeryMuchHasHappened(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		first, second := s.post("One"), s.post("Two")
		s.Clock.Pass(time.Second)
		began := s.Clock.Now()
		s.Clock.Pass(time.Second)
		s.updates(first)
		s.Write(t, func(_ context.Context, tx *store.Tx) error {
			for range 501 {
				tx.Log.Record(archive.Event{Kind: archive.ChapterPosted, Work: second, Data: map[string]string{"was": "1"}})
			}
			return nil
		})
		for name, known := range map[string]*catalog.Catalog{"in memory": s.known, "in the tables": begun(t, s.World)} {
			l, err := known.List(t.Context(), archive.Viewer{}, catalog.Filter{Sort: store.SortRevised, Page: 1, PerPage: 3, Then: catalog.Then{AsOf: began}})
			if err != nil || !slices.Equal(ids(l), []int64{second}) || !l.SinceMany {
				t.Errorf("%s, the list holds %v; %v", name, ids(l), err)
			}
		}
	})
}

// Hundreds of things that concern no list keep nobody's place from being known.
func TestAPageAfterMuchElseHasHappened(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		first := s.post("One")
		s.Clock.Pass(time.Minute)
		second := s.post("Two")
		s.Clock.Pass(time.Minute)
		began := s.Clock.Now()
		s.Clock.Pass(time.Second)
		s.updates(first)
		s.Write(t, func(_ context.Context, tx *store.Tx) error {
			for range 300 {
				tx.Log.Record(archive.Event{Kind: archive.ChapterEdited, Work: second})
			}
			return nil
		})
		l, err := s.known.List(t.Context(), archive.Viewer{}, catalog.Filter{Sort: store.SortRevised, Page: 1, PerPage: 3, Then: catalog.Then{AsOf: began}})
		if err != nil || !slices.Equal(ids(l), []int64{second, first}) || l.SinceMany || l.Since != 1 {
			t.Errorf("the list holds %v, %d since; %v", ids(l), l.Since, err)
		}
	})
}

// updates posts a chapter of a work.
func (s *shelf) updates(work int64) {
	s.t.Helper()
	s.Write(s.t, func(ctx context.Context, tx *store.Tx) error {
		w, err := tx.Works.Open(ctx, s.writer, work)
		was := strconv.FormatInt(w.Dates.Revised.UnixMicro(), 10)
		tx.Log.Record(archive.Event{Kind: archive.ChapterPosted, Work: work, Data: map[string]string{"was": was}})
		return errors.Join(err, tx.Works.Revise(ctx, work, tx.Now))
	})
}

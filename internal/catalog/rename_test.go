package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/wrangling"
)

// sorting is an archive whose tags are renamed, merged and split while works are
// tagged.
type sorting struct {
	*testkit.World
	t       *testing.T
	rapid   *rapid.T
	verbs   *wrangling.Wrangling
	memory  *catalog.Catalog // lists from memory
	tables  *catalog.Catalog // and from the tables
	staff   archive.Viewer
	typed   map[int64]string // by work: the name its writer typed
	numbers map[string]int64 // of tags, by name
	done    []int64          // acts, the last one last
	stood   []map[string]string
	names   []string // that works are tagged with, and tags renamed to
}

// sorts does one thing; what is refused changes nothing.
func (s *sorting) sorts() {
	name := rapid.SampledFrom(s.names)
	tag := s.tag(name.Draw(s.rapid, "tag"))
	other := name.Draw(s.rapid, "other")
	before, ctx := s.stands(), s.t.Context()
	seen := wrangling.Tag{ID: tag.ID}
	var last int64
	s.Read(s.t, func(ctx context.Context, tx *store.Tx) (err error) {
		if seen.Seen, err = tx.TagActs.Seen(ctx, tag.ID); err == nil {
			last, err = tx.TagActs.Last(ctx, s.staff.Account)
		}
		return err
	})
	var err error
	deed := rapid.SampledFrom([]string{"work", "work", "canonical", "as is", "merge", "merge", "rename", "rename", "split", "split", "undo", "undo"}).Draw(s.rapid, "deed")
	switch deed {
	case "work":
		s.work(tag.Name)
		return
	case "canonical":
		err = s.verbs.MakeCanonical(ctx, s.staff, seen)
	case "as is":
		err = s.verbs.LeaveAsIs(ctx, s.staff, seen)
	case "merge":
		_, err = s.verbs.Merge(ctx, s.staff, seen, s.tag(other).ID)
	case "rename":
		err = s.verbs.Rename(ctx, s.staff, seen, other)
	case "split":
		err = s.verbs.Split(ctx, s.staff, seen, s.tag(other).ID, nil)
	case "undo":
		if len(s.done) > 0 {
			s.undo(rapid.IntRange(0, len(s.done)-1).Draw(s.rapid, "act"))
		}
		return
	}
	var refused archive.Problems
	if err != nil && !errors.Is(err, archive.ErrConflict) && !errors.As(err, &refused) {
		s.rapid.Fatal(err)
	}
	s.Read(s.t, func(ctx context.Context, tx *store.Tx) error {
		now, err := tx.TagActs.Last(ctx, s.staff.Account)
		if err == nil && now != last {
			s.done, s.stood = append(s.done, now), append(s.stood, before)
		}
		return err
	})
}

// undo undoes an act, if it can be; the last one can, unless one before it was
// undone first, and makes all names stand as they stood, but for a newer name that
// works were tagged with meanwhile.
func (s *sorting) undo(i int) {
	err := s.verbs.Undo(s.t.Context(), s.staff, s.done[i])
	isLast := i == len(s.done)-1
	var refused archive.Problems
	if (!isLast || s.stood[i] == nil) && (errors.Is(err, archive.ErrConflict) || errors.As(err, &refused)) {
		if isLast { // it stands for good
			s.done, s.stood = s.done[:i], make([]map[string]string, i)
		}
		return
	}
	if err != nil {
		s.rapid.Fatalf("the last act of %d is not undone: %v", i, err)
	}
	isAsBefore := isLast
	if isLast {
		now := s.stands()
		for name, stood := range s.stood[i] {
			if got := now[name]; got != stood && (stood != "unsorted" || s.works(name) == 0) {
				s.rapid.Fatalf("undone, %s stands as %q, and stood as %q", name, got, stood)
			}
			isAsBefore = isAsBefore && now[name] == stood
		}
	}
	s.done, s.stood = slices.Delete(s.done, i, i+1), slices.Delete(s.stood, i, i+1)
	if !isAsBefore { // the others were done on something else
		s.stood = make([]map[string]string, len(s.stood))
	}
}

func (s *sorting) works(name string) (n int) {
	for _, typed := range s.typed {
		if typed == name {
			n++
		}
	}
	return n
}

func (s *sorting) work(name string) {
	s.Write(s.t, func(ctx context.Context, tx *store.Tx) error {
		work, err := tx.Works.Add(ctx, archive.Work{Title: "A", Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: tx.Now}})
		if err != nil {
			return err
		}
		s.typed[work] = name
		tx.Log.Record(archive.Event{Kind: archive.WorkPosted, Work: work})
		return errors.Join(tx.Tags.SetOn(ctx, work, []archive.WorkTag{{Kind: archive.KindFreeform, Wording: name}}), tx.Works.Post(ctx, work, tx.Now))
	})
}

func (s *sorting) tag(name string) (tag archive.SortedTag) {
	s.Read(s.t, func(ctx context.Context, tx *store.Tx) (err error) {
		tag, err = tx.Sorting.Named(ctx, archive.KindFreeform, name)
		return err
	})
	return tag
}

// stands is how every name stands, and what it means.
func (s *sorting) stands() map[string]string {
	stands := map[string]string{}
	for _, name := range s.names {
		tag := s.tag(name)
		if tag.ID != s.numbers[name] {
			s.rapid.Fatalf("%s is tag %d, and was %d", name, tag.ID, s.numbers[name])
		}
		stands[name] = string(tag.Standing)
		if tag.Canonical != 0 {
			stands[name] = "means " + s.called(tag.Canonical)
		}
	}
	return stands
}

func (s *sorting) called(id int64) string {
	for name, number := range s.numbers {
		if number == id {
			return name
		}
	}
	return fmt.Sprint(id)
}

// agree holds every list to what the names mean: a work is found by what the name
// its writer typed means.
func (s *sorting) agree() {
	stands := s.stands()
	means := func(name string) string {
		if meant, found := cutMeans(stands[name]); found {
			return meant
		}
		return name
	}
	for _, name := range s.names {
		var want []int64
		for work, typed := range s.typed {
			if means(typed) == means(name) {
				want = append(want, work)
			}
		}
		slices.Sort(want)
		for what, known := range map[string]*catalog.Catalog{"memory": s.memory, "the tables": s.tables} {
			listed, err := known.List(s.t.Context(), archive.Viewer{}, catalog.Filter{Of: catalog.Of{Tag: s.numbers[name]}, Page: 1, PerPage: 1000})
			if err != nil {
				s.rapid.Fatal(err)
			}
			var got []int64
			for _, w := range listed.Blurbs {
				got = append(got, w.Work.ID)
			}
			if slices.Sort(got); !slices.Equal(got, want) {
				s.rapid.Fatalf("from %s, works %v are found by %s, not %v; names stand as %v", what, got, name, want, stands)
			}
		}
	}
}

func cutMeans(stands string) (string, bool) {
	const means = "means "
	if len(stands) > len(means) && stands[:len(means)] == means {
		return stands[len(means):], true
	}
	return "", false
}

// Whatever wranglers do with tags, and in whatever order it is undone, a work is
// found by what the name means that its writer typed; and undone from the last
// act to the first, every name stands as it stood.
func TestWorksAreFoundByWhatTheirNamesMean(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		verbs, memory, tables := wrangling.New(w.Store), begun(t, w), begun(t, w)
		w.Store.Applied = memory.Applied
		memory.Fill(t.Context())
		staff := archive.Viewer{Staff: true}
		w.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
			staff.Account, err = tx.Accounts.Add(ctx, archive.Account{Name: "una", PasswordHash: "x", Staff: true})
			return err
		})
		drawn := 0
		rapid.Check(t, func(r *rapid.T) {
			drawn++
			s := &sorting{World: w, t: t, rapid: r, verbs: verbs, memory: memory, tables: tables, staff: staff, typed: map[int64]string{}, numbers: map[string]int64{}}
			s.Write(t, func(ctx context.Context, tx *store.Tx) error {
				for _, name := range []string{"Tea", "Chai", "Mate", "Cocoa", "Cider"} {
					s.names = append(s.names, fmt.Sprint(name, " ", drawn))
					tag, err := tx.Tags.Ensure(ctx, archive.KindFreeform, s.names[len(s.names)-1])
					if err != nil {
						return err
					}
					s.numbers[tag.Name] = tag.ID
				}
				return nil
			})
			for range rapid.IntRange(5, 30).Draw(r, "deeds") {
				s.sorts()
			}
			s.agree()
			for len(s.done) > 0 {
				s.undo(len(s.done) - 1)
			}
			s.agree()
		})
	})
}

// A fandom that was renamed is found by what stands above it, and what is filed
// under it is offered first, at the next request.
func TestTheCatalogueKnowsARenamedFandomAtTheNextRequest(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		verbs, memory := wrangling.New(w.Store), begun(t, w)
		w.Store.Applied = memory.Applied
		memory.Fill(t.Context())
		staff := archive.Viewer{Staff: true}
		tags := map[string]int64{}
		seen := func(name string) (tag wrangling.Tag) {
			w.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
				tag.ID = tags[name]
				tag.Seen, err = tx.TagActs.Seen(ctx, tag.ID)
				return err
			})
			return tag
		}
		all := []archive.WorkTag{
			{Kind: archive.KindFandom, Wording: "Sea"}, {Kind: archive.KindFandom, Wording: "Lights"}, {Kind: archive.KindCharacter, Wording: "Tom"},
			{Kind: archive.KindCharacter, Wording: "Tomas"}, {Kind: archive.KindFandom, Wording: "Elsewhere"},
		}
		w.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
			if staff.Account, err = tx.Accounts.Add(ctx, archive.Account{Name: "una", PasswordHash: "x", Staff: true}); err != nil {
				return err
			}
			for _, on := range [][]archive.WorkTag{{all[1]}, {all[2], all[4]}, {all[1], all[3]}, {all[1], all[3]}} {
				work, err := tx.Works.Add(ctx, archive.Work{Title: "A", Language: "en", Comments: archive.CommentsEveryone, Dates: archive.Dates{Published: tx.Now}})
				if err = errors.Join(err, tx.Tags.SetOn(ctx, work, on), tx.Works.Post(ctx, work, tx.Now)); err != nil {
					return err
				}
				tx.Log.Record(archive.Event{Kind: archive.WorkPosted, Work: work})
			}
			for _, wt := range all {
				tag, err := tx.Tags.Ensure(ctx, wt.Kind, wt.Wording)
				if err != nil {
					return err
				}
				tags[wt.Wording] = tag.ID
			}
			return nil
		})
		for name := range tags {
			if err := verbs.MakeCanonical(t.Context(), staff, seen(name)); err != nil {
				t.Fatal(err)
			}
		}
		err := errors.Join(verbs.AddMetatag(t.Context(), staff, seen("Lights"), tags["Sea"]), verbs.File(t.Context(), staff, seen("Tom"), tags["Lights"]))
		if err != nil {
			t.Fatal(err)
		}
		agree := func(when, fandom string) {
			t.Helper()
			listed, err := memory.List(t.Context(), archive.Viewer{}, catalog.Filter{Of: catalog.Of{Tag: tags["Sea"]}, Page: 1, PerPage: 10})
			if err != nil || listed.Total != 3 {
				t.Errorf("%s, %d works are found by what stands above it: %v", when, listed.Total, err)
			}
			offered, err := memory.Suggest(t.Context(), archive.Viewer{}, catalog.Typed{Text: "to", Kind: archive.KindCharacter, Fandoms: []string{fandom}})
			if err != nil || len(offered) != 2 || offered[0].Name != "Tom" {
				t.Errorf("%s, %+v are offered: %v", when, offered, err)
			}
		}
		agree("first", "Lights")
		if err := verbs.Rename(t.Context(), staff, seen("Lights"), "Lamps"); err != nil {
			t.Fatal(err)
		}
		agree("renamed", "Lamps")
		var acts []archive.TagAct
		w.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
			acts, err = tx.TagActs.Of(ctx, tags["Lights"], 1)
			return err
		})
		if err := verbs.Undo(t.Context(), staff, acts[0].ID); err != nil {
			t.Fatal(err)
		}
		agree("renamed back", "Lights")
	})
}

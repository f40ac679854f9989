package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// shelf is an archive of one writer, whose commits a catalogue hears of.
type shelf struct {
	*testkit.World
	t       *testing.T
	known   *catalog.Catalog
	writer  archive.Viewer
	reader  archive.Viewer
	creator []archive.Pseud
}

// shelves runs test on an empty shelf on both databases.
func shelves(t *testing.T, test func(t *testing.T, s *shelf)) {
	t.Helper()
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		s := newShelf(t, w)
		s.known.Fill(t.Context())
		test(t, s)
	})
}

func newShelf(t *testing.T, w *testkit.World) *shelf {
	t.Helper()
	s := &shelf{World: w, t: t, known: begun(t, w)}
	w.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
		for name, viewer := range map[string]*archive.Viewer{"ida": &s.writer, "tom": &s.reader} {
			if viewer.Account, err = tx.Accounts.Add(ctx, archive.Account{Name: name, PasswordHash: "x"}); err != nil {
				return err
			}
		}
		s.creator, err = tx.Accounts.Pseuds(ctx, s.writer.Account)
		return err
	})
	w.Store.Applied = s.known.Applied
	return s
}

// happens does something to a work, and records it.
func (s *shelf) happens(kind archive.EventKind, work int64, do func(ctx context.Context, tx *store.Tx) error) {
	s.t.Helper()
	s.Write(s.t, func(ctx context.Context, tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: kind, Work: work})
		return do(ctx, tx)
	})
}

// post adds a posted work with freeform tags.
func (s *shelf) post(title string, tags ...string) (id int64) {
	s.t.Helper()
	s.Write(s.t, func(ctx context.Context, tx *store.Tx) (err error) {
		if id, err = tx.Works.Add(ctx, archive.Work{Title: title, Language: "en", Dates: archive.Dates{Published: tx.Now}}); err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.WorkPosted, Work: id})
		return errors.Join(tx.Works.SetCreators(ctx, id, s.creator), tx.Tags.SetOn(ctx, id, freeforms(tags...)), tx.Works.Post(ctx, id, tx.Now))
	})
	return id
}

func freeforms(names ...string) []archive.WorkTag {
	var tags []archive.WorkTag
	for _, name := range names {
		tags = append(tags, archive.WorkTag{Kind: archive.KindFreeform, Wording: name})
	}
	return tags
}

// list gives what a viewer is shown, with as many facets as there are.
func (s *shelf) list(v archive.Viewer, f catalog.Filter) catalog.Listed {
	s.t.Helper()
	f.PerPage, f.Facets = 100, 100
	l, err := s.known.List(s.t.Context(), v, f)
	if err != nil {
		s.t.Fatal(err)
	}
	return l
}

// shows checks the total and the works of a list, and that it comes from memory.
func (s *shelf) shows(what string, v archive.Viewer, f catalog.Filter, want ...int64) {
	s.t.Helper()
	l := s.list(v, f)
	var got []int64
	for _, b := range l.Blurbs {
		got = append(got, b.ID)
	}
	if !slices.Equal(got, want) || l.Total != len(want) || !l.IsCounted {
		s.t.Errorf("%s: the list holds %v, %d in all, want %v; counted: %v", what, got, l.Total, want, l.IsCounted)
	}
}

// sorts says what freeform tags are: canonical, or a synonym of another.
func (s *shelf) sorts(name, of string) {
	s.t.Helper()
	s.Write(s.t, func(ctx context.Context, tx *store.Tx) error {
		tag, err := tx.Sorting.Named(ctx, archive.KindFreeform, name)
		if err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: tag.ID})
		switch of {
		case "":
			return tx.Sorting.Stand(ctx, tag.ID, archive.TagCanonical, 0)
		case name: // it stays what it is
			return tx.Sorting.Stand(ctx, tag.ID, archive.TagAsIs, 0)
		}
		canonical, err := tx.Sorting.Named(ctx, archive.KindFreeform, of)
		return errors.Join(err, tx.Sorting.Stand(ctx, tag.ID, archive.TagSynonym, canonical.ID))
	})
}

func including(names ...string) catalog.Filter {
	var f catalog.Filter
	for _, name := range names {
		f.Include = append(f.Include, catalog.TagName{Kind: archive.KindFreeform, Name: name})
	}
	return f
}

func TestUntilWorksAreReadListsComeFromTheTables(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		s := newShelf(t, w)
		first, second := s.post("A lamp", "rain"), s.post("A rope", "rain", "wind")
		s.sorts("rain", "")
		s.sorts("wind", "")
		before, after := s.list(archive.Viewer{}, including("RAIN")), catalog.Listed{}
		if before.Total != 2 || len(before.Blurbs) != 2 || before.IsCounted || before.Facets != nil {
			t.Errorf("before works are read the list is %+v", before)
		}
		s.known.Fill(t.Context())
		s.shows("afterwards", archive.Viewer{}, including("RAIN"), second, first)
		if after = s.list(archive.Viewer{}, including("RAIN")); fmt.Sprint(facetsOf(after)) != "[rain 2 wind 1]" {
			t.Errorf("the facets are %v", facetsOf(after))
		}
		if len(after.Means) != 2 || fmt.Sprint(after.Means) != fmt.Sprint(before.Means) {
			t.Errorf("its tags mean %v, and %v before", after.Means, before.Means)
		}
	})
}

func facetsOf(l catalog.Listed) []string {
	var said []string
	for _, kind := range archive.TagKinds() {
		for _, f := range l.Facets[kind] {
			said = append(said, fmt.Sprint(f.Name, " ", f.Works))
		}
	}
	return said
}

// What happened between the start of the process and the reading of all works
// is not missed, nor what happens while they are read.
func TestWhatHappensBeforeWorksAreReadIsNotMissed(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		s := newShelf(t, w)
		work := s.post("A lamp", "rain")
		s.known.Fill(t.Context())
		s.happens(archive.WorkDeleted, work, func(ctx context.Context, tx *store.Tx) error {
			return tx.Works.Delete(ctx, work, tx.Now.Add(time.Hour))
		})
		s.shows("a deleted work", archive.Viewer{}, catalog.Filter{})
		s.happens(archive.WorkRestored, work, func(ctx context.Context, tx *store.Tx) error { return tx.Works.Restore(ctx, work) })
		s.shows("a restored work", archive.Viewer{}, catalog.Filter{}, work)
		s.known.Fill(t.Context())
		s.shows("read again", archive.Viewer{}, catalog.Filter{}, work)
	})
}

// The next list knows of every change to a work, its tags, its figures and its
// state.
func TestTheNextListKnows(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		lamp, rope := s.post("A lamp", "rain"), s.post("A rope", "rain")
		guest, byKudos := archive.Viewer{}, catalog.Filter{Sort: store.SortKudos}
		s.shows("new works", guest, including("rain"), rope, lamp)
		s.happens(archive.WorkEdited, lamp, func(ctx context.Context, tx *store.Tx) error {
			return tx.Tags.SetOn(ctx, lamp, freeforms("a tag nobody had"))
		})
		s.shows("a new tag", guest, including("a tag nobody had"), lamp)
		s.shows("a tag taken off", guest, including("rain"), rope)
		s.happens(archive.KudosGiven, lamp, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Kudos.Add(ctx, store.Giving{Work: lamp, Giver: "somebody"})
			return err
		})
		s.shows("kudos", guest, byKudos, lamp, rope)
		s.happens(archive.CommentAdded, rope, func(ctx context.Context, tx *store.Tx) error { return tx.Comments.CountShown(ctx, rope, 1) })
		s.shows("comments", guest, catalog.Filter{Sort: store.SortComments}, rope, lamp)
		s.Write(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.Hits.Add(ctx, []store.Visit{{Work: rope, Visitor: "a"}, {Work: rope, Visitor: "b"}, {Work: lamp, Visitor: "a"}})
		})
		s.shows("hits", guest, catalog.Filter{Sort: store.SortHits}, rope, lamp)
		s.shows("hits, turned round", guest, catalog.Filter{Sort: store.SortHits, Turned: true}, lamp, rope)
		s.happens(archive.WorkVeiled, lamp, func(ctx context.Context, tx *store.Tx) error { return tx.Works.Veil(ctx, lamp, false, true) })
		s.shows("an anonymous work is not on its creator's list", guest, catalog.Filter{User: "IDA"}, rope)
		s.shows("but for them", s.writer, catalog.Filter{User: "ida"}, rope, lamp)
		s.Write(t, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Ties.Mute(ctx, s.reader.Account, s.writer.Account)
			return err
		})
		s.shows("a mute does not show who wrote an anonymous work", s.reader, catalog.Filter{}, lamp)
		s.shows("and is nobody else's", guest, catalog.Filter{}, rope, lamp)
		s.happens(archive.WorkHidden, rope, func(ctx context.Context, tx *store.Tx) error { return tx.Works.Hide(ctx, rope, tx.Now) })
		s.shows("a hidden work", guest, catalog.Filter{}, lamp)
		s.shows("which staff see", archive.Viewer{Account: 99, Staff: true}, catalog.Filter{}, rope, lamp)
		s.happens(archive.WorkDeleted, lamp, func(ctx context.Context, tx *store.Tx) error {
			return tx.Works.Delete(ctx, lamp, tx.Now.Add(time.Hour))
		})
		s.Clock.Pass(2 * time.Hour)
		s.happens(archive.WorkPurged, lamp, func(ctx context.Context, tx *store.Tx) error { return tx.Works.Purge(ctx, lamp) })
		s.shows("a purged work", archive.Viewer{Account: 99, Staff: true}, catalog.Filter{}, rope)
	})
}

// A merge is known to the next list on any number of works, and so is its
// undoing; works keep their writers' words, and a tag nobody sorted is
// counted as itself.
func TestTheNextListKnowsWhatTagsMean(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		lamp, rope := s.post("A lamp", "Rainy", "unsorted"), s.post("A rope", "rain")
		facets := func(what, want string) {
			t.Helper()
			if got := fmt.Sprint(facetsOf(s.list(archive.Viewer{}, catalog.Filter{}))); got != want {
				t.Errorf("%s, the facets are %s, want %s", what, got, want)
			}
		}
		facets("before anything is sorted", "[Rainy 1 unsorted 1 rain 1]")
		s.sorts("rain", "")
		facets("with a canonical", "[Rainy 1 unsorted 1 rain 1]")
		s.sorts("Rainy", "rain")
		s.shows("by the canonical", archive.Viewer{}, including("rain"), rope, lamp)
		s.shows("by the synonym", archive.Viewer{}, including("rainy"), rope, lamp)
		facets("with a synonym", "[rain 2 unsorted 1]")
		l := s.list(archive.Viewer{}, including("unsorted"))
		if tag := l.Blurbs[0].Tags[0]; tag.Wording != "Rainy" || l.Means[tag.Tag].Name != "rain" || len(l.Means) != 2 {
			t.Errorf("%+v means %+v", tag, l.Means)
		}
		s.sorts("unsorted", "unsorted")
		facets("with one left as it is", "[rain 2]")
		s.shows("by that one", archive.Viewer{}, including("unsorted"), lamp)
		s.sorts("Rainy", "")
		s.shows("apart again", archive.Viewer{}, including("rain"), rope)
		facets("apart again", "[Rainy 1 rain 1]") // of equal ones the oldest first
	})
}

// A work that is to come out at an instant is found from that instant on,
// whether it was read with all others or after an event.
func TestAScheduledWorkComesOutWhenItsTimeComes(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		postedIn := func(in time.Duration, title string) int64 {
			now := s.Clock.Now()
			defer s.Clock.Set(now)
			s.Clock.Pass(in)
			return s.post(title, "rain")
		}
		lamp := postedIn(time.Hour, "A lamp")
		s.shows("before", archive.Viewer{}, including("rain"))
		s.known.Fill(t.Context())
		coat, rope := postedIn(time.Hour, "A coat"), postedIn(2*time.Hour, "A rope")
		s.Clock.Pass(time.Hour - time.Microsecond)
		s.shows("just before", archive.Viewer{}, including("rain"))
		s.Clock.Pass(time.Microsecond)
		s.shows("then", archive.Viewer{}, including("rain"), coat, lamp)
		s.happens(archive.WorkDeleted, rope, func(ctx context.Context, tx *store.Tx) error {
			return tx.Works.Delete(ctx, rope, tx.Now.Add(time.Hour))
		})
		s.Clock.Pass(time.Hour)
		s.shows("when another was deleted before its time", archive.Viewer{}, including("rain"), coat, lamp)
	})
}

// What a member mutes is out of their lists as if it had never been written: a
// tag with its synonyms and what stands below it, a work, works without a name;
// from the tables and from memory, and for nobody else.
func TestWhatAMemberMutesIsInNoneOfTheirLists(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		s := newShelf(t, w)
		rain, drizzle, shower, wind, veiled := s.post("Rain", "rain"), s.post("Drizzle", "drizzle"), s.post("Shower", "shower"), s.post("Wind", "wind"), s.post("Veiled", "wind")
		s.sorts("rain", "")
		s.sorts("drizzle", "rain")
		s.sorts("shower", "")
		s.happens(archive.WorkVeiled, veiled, func(ctx context.Context, tx *store.Tx) error { return tx.Works.Veil(ctx, veiled, false, true) })
		tag := map[string]int64{}
		s.Write(t, func(ctx context.Context, tx *store.Tx) error {
			for _, name := range []string{"rain", "drizzle", "shower"} {
				found, err := tx.Sorting.Named(ctx, archive.KindFreeform, name)
				if err != nil {
					return err
				}
				tag[name] = found.ID
			}
			_, err := tx.Sorting.AddMetatag(ctx, tag["shower"], tag["rain"])
			tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: tag["shower"]})
			return errors.Join(err, tx.Sorting.Close(ctx))
		})
		for _, counted := range []bool{false, true} {
			for what, want := range map[archive.Muted][]int64{
				{}:                    {wind, shower, drizzle, rain},
				{Work: wind}:          {veiled, shower, drizzle, rain},
				{Tag: tag["rain"]}:    {veiled, wind},
				{Tag: tag["drizzle"]}: {veiled, wind},
				{Tag: tag["shower"]}:  {veiled, wind, drizzle, rain},
			} {
				change := func(on bool) {
					s.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
						if on {
							_, err = tx.Muted.Add(ctx, s.reader.Account, what)
						} else {
							_, err = tx.Muted.Drop(ctx, s.reader.Account, what)
						}
						return err
					})
				}
				all := []int64{veiled, wind, shower, drizzle, rain}
				change(true)
				for _, as := range []struct {
					v    archive.Viewer
					want []int64
				}{{s.reader, want}, {s.writer, all}, {archive.Viewer{}, all}} {
					l := s.list(as.v, catalog.Filter{})
					if !slices.Equal(ids(l), as.want) || l.Total != len(as.want) || l.IsCounted != counted {
						t.Errorf("with %+v muted, %d finds %v, %d in all, want %v", what, as.v.Account, ids(l), l.Total, as.want)
					}
				}
				change(false)
				if l := s.list(s.reader, catalog.Filter{}); l.Total != 5 {
					t.Errorf("with %+v muted no more, %d works are found", what, l.Total)
				}
			}
			s.known.Fill(t.Context())
		}
	})
}

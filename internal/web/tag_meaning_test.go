package web_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/wrangling"
)

// sorter sorts tags as staff would.
type sorter struct {
	*world
	verbs *wrangling.Wrangling
	staff archive.Viewer
}

func (w *world) sorter() *sorter {
	staff := w.member("wren").viewer
	staff.Staff = true
	return &sorter{world: w, verbs: wrangling.New(w.Store), staff: staff}
}

func (s *sorter) tag(name string) (tag wrangling.Tag) {
	s.t.Helper()
	s.Write(s.t, func(ctx context.Context, tx *store.Tx) error {
		found, err := tx.Tags.Ensure(ctx, archive.KindFreeform, name)
		if err != nil {
			return err
		}
		tag.ID = found.ID
		tag.Seen, err = tx.TagActs.Seen(ctx, tag.ID)
		return err
	})
	return tag
}

func (s *sorter) canonical(name string) int64 {
	s.t.Helper()
	tag := s.tag(name)
	if err := s.verbs.MakeCanonical(s.t.Context(), s.staff, tag); err != nil {
		s.t.Fatal(err)
	}
	return tag.ID
}

func (s *sorter) merges(name string, into int64) {
	s.t.Helper()
	if waits, err := s.verbs.Merge(s.t.Context(), s.staff, s.tag(name), into); err != nil || waits {
		s.t.Fatal(waits, err)
	}
}

// tagged posts a work with one freeform.
func (s *sorter) tagged(by archive.Viewer, title, freeform string) {
	f := fields(title)
	f.Freeforms = []string{freeform}
	s.posts(by, f, "A lamp was lit.")
}

// address is where a tag leads.
func (s *sorter) leads(name string) string {
	s.t.Helper()
	return s.guest().get("/tags/freeform/" + name).expect(http.StatusSeeOther).to()
}

func TestAcceptance41WorksAreFoundBySynonymsAndShowTheirWritersWords(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		s, mara := w.sorter(), w.member("mara").viewer
		s.tagged(mara, "First Lamp", "slowburn")
		s.tagged(mara, "Second Lamp", "Ember")
		old := s.leads("slowburn")
		w.guest().opens(old).has("First Lamp", `content="noindex"`)
		ember := s.canonical("Ember")
		s.merges("slowburn", ember)
		address := s.leads("Ember")
		need(t, "where the synonym leads", s.leads("slowburn"), address)
		need(t, "where its old address leads", w.guest().get(old).expect(http.StatusSeeOther).to(), address)
		w.guest().opens(address).has("First Lamp", "slowburn", "Second Lamp").lacks(`content="noindex"`)
		w.guest().opens("/tags/suggest?kind=freeform&q=slowb").has(`"name":"Ember"`, `"works":2`).lacks("slowburn")
		if err := s.verbs.Ban(t.Context(), s.staff, s.tag("Ember")); err != nil {
			t.Fatal(err)
		}
		w.guest().opens("/tags/suggest?kind=freeform&q=emb").lacks("Ember")
	})
}

func TestAcceptance42AMetatagFindsWorksOfItsSubtagsAndNotTheReverse(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		s, mara := w.sorter(), w.member("mara").viewer
		s.tagged(mara, "First Lamp", "tea at dawn")
		s.tagged(mara, "Second Lamp", "Tea at Noon")
		tea, noon, drinks := s.canonical("Tea"), s.canonical("Tea at Noon"), s.canonical("Drinks")
		s.merges("tea at dawn", noon)
		w.guest().get("/tags/freeform/Drinks").expect(http.StatusNotFound)
		for _, err := range []error{
			s.verbs.AddMetatag(t.Context(), s.staff, s.tag("Tea at Noon"), tea), s.verbs.AddMetatag(t.Context(), s.staff, s.tag("Tea"), drinks),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		w.guest().opens(s.leads("Drinks")).has("First Lamp", "Second Lamp") // no work bears it
		s.tagged(mara, "Third Lamp", "Drinks")
		w.guest().opens(s.leads("Drinks")).has("First Lamp", "Second Lamp", "Third Lamp")
		w.guest().opens(s.leads("Tea")).has("First Lamp", "Second Lamp").lacks("Third Lamp")
	})
}

func TestAcceptance86_PartAMergeUndoneADayLaterIsAsIfItHadNotBeen(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		s, mara := w.sorter(), w.member("mara").viewer
		s.tagged(mara, "First Lamp", "slowburn")
		s.tagged(mara, "Second Lamp", "Ember")
		ember := s.canonical("Ember")
		before := s.leads("slowburn")
		feed := w.guest().feedOf(before)
		own := w.guest().feeds(feed, "First Lamp").ID
		s.merges("slowburn", ember)
		w.guest().feeds(feed, "Second Lamp", "First Lamp")
		s.tagged(mara, "Third Lamp", "slowburn")
		w.guest().feeds(feed, "Third Lamp", "Second Lamp", "First Lamp")
		w.guest().feeds("/works/feed?include=freeform:slowburn", "Third Lamp", "Second Lamp", "First Lamp")
		var act archive.TagAct
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			acts, err := tx.TagActs.Of(ctx, ember, 1)
			act = acts[0]
			return err
		})
		w.Clock.Pass(24 * time.Hour)
		if err := s.verbs.Undo(t.Context(), s.staff, act.ID); err != nil {
			t.Fatal(err)
		}
		need(t, "where the tag leads", s.leads("slowburn"), before)
		w.guest().opens(before).has("First Lamp", "Third Lamp", "slowburn").lacks("Second Lamp")
		w.guest().opens(s.leads("Ember")).has("Second Lamp").lacks("First Lamp", "Third Lamp")
		need(t, "the name of its feed", w.guest().feeds(feed, "Third Lamp", "First Lamp").ID, own)
		w.guest().feeds(w.guest().feedOf(s.leads("Ember")), "Second Lamp")
		w.guest().opens("/tags/suggest?kind=freeform&q=slowb").has(`"name":"slowburn"`, `"works":2`)
	})
}

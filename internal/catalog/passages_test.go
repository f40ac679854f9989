package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/finding"
	"ficus/internal/moderation"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/writing"
)

// shop is an archive in which texts are written, read and searched.
type shop struct {
	*testkit.World
	t       *testing.T
	known   *catalog.Catalog
	writing *writing.Writing
	staff   *moderation.Moderation
	ida     archive.Viewer
	una     archive.Viewer // of the staff
	site    archive.Site
}

func shops(t *testing.T, test func(t *testing.T, s *shop)) {
	t.Helper()
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		s := &shop{World: w, t: t, site: archive.DefaultSite()}
		s.writing = writing.New(w.Store, nil, archive.DefaultLimits(), w.Clock, nil)
		s.writing.Site = func() archive.Site { return s.site }
		s.staff = moderation.New(w.Store, archive.DefaultLimits())
		w.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
			s.ida = archive.Viewer{Name: "ida", Since: tx.Now}
			s.una = archive.Viewer{Name: "una", Since: tx.Now, Staff: true}
			s.ida.Account, err = tx.Accounts.Add(ctx, archive.Account{Name: "ida", PasswordHash: "x"})
			if err == nil {
				s.una.Account, err = tx.Accounts.Add(ctx, archive.Account{Name: "una", PasswordHash: "x", Staff: true})
			}
			return err
		})
		w.Clock.Pass(60 * 24 * time.Hour)
		s.starts()
		test(t, s)
	})
}

// starts has another process go on.
func (s *shop) starts() {
	s.t.Helper()
	s.known = begun(s.t, s.World)
	s.known.Fill(s.t.Context())
	s.Store.Applied = s.known.Applied
}

func (s *shop) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) reader() *finding.Finding {
	return finding.New(s.Store, func() archive.Site { return s.site }, slog.New(slog.DiscardHandler))
}

func (s *shop) reads() { s.t.Helper(); s.must(s.reader().CatchUp(s.t.Context())) }

func (s *shop) fields(summary string) archive.WorkFields {
	return archive.WorkFields{Title: "A work", Summary: summary, Fandoms: []string{"Harbour Lights"}, Rating: archive.RatingGeneral, Warnings: []string{archive.WarningNone}, Language: "en"}
}

func (s *shop) posts(summary string, texts ...string) int64 {
	s.t.Helper()
	n := writing.NewWork{Fields: s.fields(summary)}
	for _, text := range texts {
		n.Chapters = append(n.Chapters, archive.ChapterFields{Text: text})
	}
	work, err := s.writing.Create(s.t.Context(), s.ida, n)
	s.must(err)
	return work
}

func (s *shop) chapters(work int64) (chapters []archive.Chapter) {
	s.t.Helper()
	s.Read(s.t, func(ctx context.Context, tx *store.Tx) (err error) {
		chapters, err = tx.Chapters.Of(ctx, work, true)
		return err
	})
	return chapters
}

func (s *shop) edits(work int64, c archive.Chapter, text string) {
	s.t.Helper()
	_, err := s.writing.SaveChapter(s.t.Context(), s.ida, writing.ChapterForm{Work: work, Chapter: c.ID, Base: c.Revision, Fields: archive.ChapterFields{Text: text}})
	s.must(err)
}

func (s *shop) resummarises(work int64, summary string) error {
	var o store.Opened
	s.Read(s.t, func(ctx context.Context, tx *store.Tx) (err error) {
		o, err = tx.Works.ForEdit(ctx, s.ida, work)
		return err
	})
	return s.writing.EditWork(s.t.Context(), s.ida, writing.WorkForm{Work: work, Base: o.Revision, Fields: s.fields(summary)})
}

// trims forgets the whole log.
func (s *shop) trims() {
	s.t.Helper()
	s.Write(s.t, func(ctx context.Context, tx *store.Tx) error {
		head, err := tx.Log.Head(ctx)
		if err == nil {
			err = tx.Log.MoveCursor(ctx, "jobs", head)
		}
		if err == nil {
			_, err = tx.Log.Trim(ctx, tx.Now.Add(time.Hour), 10_000)
		}
		return err
	})
}

// begins notes that all works are to be read again, as where the log was trimmed.
func (s *shop) begins() {
	s.t.Helper()
	s.Write(s.t, func(ctx context.Context, tx *store.Tx) error {
		read, err := tx.Passages.Read(ctx)
		if errors.Is(err, archive.ErrNotFound) {
			return nil
		}
		if err == nil {
			read.Work = 0
			read.Event, err = tx.Log.Head(ctx)
		}
		return errors.Join(err, tx.Passages.SetRead(ctx, read))
	})
}

// found looks a word up as a catalogue does. What it finds is what the tables
// find.
func (s *shop) found(c *catalog.Catalog, when, word string, in store.SoughtIn) catalog.FoundTwice {
	s.t.Helper()
	found, err := c.FindTwice(s.t.Context(), store.Sought{Words: word, In: in})
	if err != nil {
		s.t.Errorf("%s: %v", when, err)
	}
	for _, works := range []*[]int64{&found.Works, &found.Joined} {
		slices.Sort(*works)
		*works = slices.Compact(*works)
	}
	if !slices.Equal(found.Works, found.Joined) {
		s.t.Errorf("%s: %q is found in %q of works %v, by heart: %v; the tables find it in %v", when, word, in, found.Works, found.ByHeart, found.Joined)
	}
	return found
}

func (s *shop) wants(when, word string, in store.SoughtIn, wanted ...int64) {
	s.t.Helper()
	found := s.found(s.known, when, word, in)
	if !found.ByHeart {
		s.t.Errorf("%s: %q is not sought by heart", when, word)
	}
	if !slices.Equal(found.Works, wanted) {
		s.t.Errorf("%s: %q is found in %q of works %v, not %v", when, word, in, found.Works, wanted)
	}
}

// What was edited away is not found from that commit on, before anybody read it
// again and afterwards.
func TestWhatAnEditTookAwayIsNotFoundByHeart(t *testing.T) {
	shops(t, func(t *testing.T, s *shop) {
		other := s.posts("Of a storm.", "The lamp was lit.")
		work := s.posts("Of a storm.", "The lamp was lit.", "The ferry came.")
		s.reads()
		s.wants("once read", "lamp", store.Anywhere, other, work)
		s.wants("once read", "storm", store.InSummary, other, work)
		s.wants("once read", "storm", store.InText)
		s.wants("once read", "lamp", store.InSummary)
		s.edits(work, s.chapters(work)[0], "The lantern was lit.")
		s.must(s.resummarises(work, "Of a calm."))
		for _, when := range []string{"after the commit", "after it was read"} {
			s.wants(when, "lamp", store.Anywhere, other)
			s.wants(when, "storm", store.InSummary, other)
			s.wants(when, "ferry", store.Anywhere, work)
			s.reads()
		}
		s.wants("after it was read", "lantern", store.InText, work)
		s.wants("after it was read", "calm", store.Anywhere, work)
	})
}

// A chapter or a work that is deleted, taken back or purged is not found in its
// texts from that commit on.
func TestWhatIsTakenBackIsNotFoundByHeart(t *testing.T) {
	shops(t, func(t *testing.T, s *shop) {
		work := s.posts("", "The lamp was lit.", "The ferry came.")
		gone := s.posts("Of a ferry.", "The ferry left.")
		s.reads()
		s.wants("once read", "ferry", store.Anywhere, work, gone)
		s.must(s.writing.DeleteChapter(t.Context(), s.ida, work, s.chapters(work)[1].ID))
		s.wants("without the chapter", "ferry", store.Anywhere, gone)
		s.must(s.writing.DeleteWork(t.Context(), s.ida, gone))
		s.Clock.Pass(100 * 24 * time.Hour)
		_, err := s.writing.PurgeDeleted(t.Context())
		s.must(err)
		for range 2 {
			s.wants("without the work", "ferry", store.Anywhere)
			s.wants("without the work", "lamp", store.Anywhere, work)
			s.reads()
		}
	})
}

// Of a hidden work guests find nothing, though its texts are known.
func TestAHiddenWorkIsNotFoundByHeart(t *testing.T) {
	shops(t, func(t *testing.T, s *shop) {
		work := s.posts("", "The lamp was lit.")
		s.reads()
		listed := func(v archive.Viewer) int {
			l, err := s.known.List(t.Context(), v, catalog.Filter{Query: catalog.Query{Sought: store.Sought{Words: "lamp"}}, Rest: catalog.Shown, PerPage: 20})
			s.must(err)
			return l.Total
		}
		if n := listed(archive.Viewer{}); n != 1 {
			t.Fatalf("%d works are listed", n)
		}
		s.must(s.staff.Hide(t.Context(), s.una, work, "a report"))
		if guests, staff := listed(archive.Viewer{}), listed(s.una); guests != 0 || staff != 1 {
			t.Errorf("of a hidden work guests find %d and staff %d", guests, staff)
		}
	})
}

// Where the log no longer tells what happened, the tables are asked, until all
// works are read again.
func TestALogThatWasTrimmedIsDoubted(t *testing.T) {
	shops(t, func(t *testing.T, s *shop) {
		work := s.posts("", "The lamp was lit.")
		s.reads()
		s.edits(work, s.chapters(work)[0], "The lantern was lit.")
		s.trims()
		doubted := func(when string) {
			t.Helper()
			if found := s.found(s.known, when, "lamp", store.Anywhere); found.ByHeart || len(found.Works) > 0 {
				t.Errorf("%s: it is found in %v, by heart: %v", when, found.Works, found.ByHeart)
			}
		}
		doubted("after the log was trimmed")
		s.posts("", "The ferry came.")
		doubted("when it goes on")
		s.begins()
		s.wants("when reading begins again", "lamp", store.Anywhere)
		s.reads()
		s.wants("once read again", "lantern", store.Anywhere, work)
		s.wants("once read again", "lamp", store.Anywhere)
	})
}

// Another process, which hears of nothing and reads no texts, finds what the
// first one does; so does one that starts later.
func TestAnotherProcessKnowsPassagesToo(t *testing.T) {
	shops(t, func(t *testing.T, s *shop) {
		work := s.posts("", "The lamp was lit.")
		s.reads()
		second := begun(t, s.World)
		second.Fill(t.Context())
		for i := range 4 {
			s.edits(work, s.chapters(work)[0], fmt.Sprintf("The lamp was lit at %d.", i))
			if found := s.found(second, "in another process", "lamp", store.Anywhere); len(found.Works) > 0 || !found.ByHeart {
				t.Errorf("of an edit that nobody read it finds %+v", found)
			}
			s.reads()
			third := begun(t, s.World)
			if found := s.found(third, "before it knows", "lamp", store.Anywhere); found.ByHeart {
				t.Error("a process that has just begun knows passages")
			}
			third.Fill(t.Context())
			for _, c := range []*catalog.Catalog{second, third} {
				if found := s.found(c, "in another process", fmt.Sprint(i), store.InText); len(found.Works) != 1 || !found.ByHeart || found.Asked > 0 {
					t.Errorf("once it was read it finds %+v", found)
				}
			}
		}
	})
}

// Many search while texts are read and edited, and each finds what the tables
// held at its moment.
func TestPassagesAreLearntWhileManySearch(t *testing.T) {
	shops(t, func(t *testing.T, s *shop) {
		work := s.posts("", "The lamp was lit.")
		s.reads()
		var searching sync.WaitGroup
		var isOver atomic.Bool
		for range 4 {
			searching.Go(func() {
				for !isOver.Load() {
					s.found(s.known, "meanwhile", "lamp", store.Anywhere)
				}
			})
		}
		for i := range 12 {
			s.edits(work, s.chapters(work)[0], fmt.Sprintf("The lamp was lit at %d.", i))
			s.posts("Of a lamp.", "The lamp again.")
			s.reads()
		}
		isOver.Store(true)
		searching.Wait()
		if found := s.found(s.known, "at last", "lamp", store.Anywhere); len(found.Works) != 13 || found.Asked > 0 {
			t.Errorf("at last it finds %+v", found)
		}
	})
}

// On PostgreSQL two may write at once: a passage that becomes visible after one
// with a greater number is found.
func TestAPassageThatCameLateIsFound(t *testing.T) {
	shops(t, func(t *testing.T, s *shop) {
		work := s.posts("", "The lamp was lit.", "The ferry came.")
		s.reads()
		chapters := s.chapters(work)
		put := func(chapter archive.Chapter, ordinal int) error {
			return s.Store.Write(t.Context(), func(tx *store.Tx) error {
				return tx.Passages.Put(t.Context(), []store.Passage{{Work: work, Chapter: chapter.ID, Ordinal: ordinal, Revision: chapter.Revision, Words: []string{"anchor"}}})
			})
		}
		err := s.Store.Write(t.Context(), func(tx *store.Tx) error {
			err := tx.Passages.Put(t.Context(), []store.Passage{{Work: work, Chapter: chapters[0].ID, Ordinal: 1, Revision: chapters[0].Revision, Words: []string{"buoy"}}})
			if err != nil || s.DB.Engine() == sqldb.SQLite { // one writes after the other there
				return err
			}
			done := make(chan error)
			go func() { done <- put(chapters[1], 1) }()
			if err := <-done; err != nil {
				return err
			}
			s.wants("before the first is there", "anchor", store.InText, work)
			return nil
		})
		s.must(err)
		s.wants("once it is there", "buoy", store.InText, work)
	})
}

// Whatever happens in whatever order, while texts are read, cut off and read
// again, what is found by heart is what the tables hold, and nothing is found
// that does not stand in a text that is posted.
func TestWhatIsFoundByHeartIsWhatTheTablesHold(t *testing.T) {
	shops(t, func(t *testing.T, s *shop) {
		const seed = 309
		h := history{shop: s, draw: rand.New(rand.NewPCG(seed, seed)), second: begun(t, s.World)} //nolint:gosec // nothing secret
		h.second.Fill(t.Context())
		for i := range 4 {
			h.works = append(h.works, s.posts(h.text(), h.text(), fmt.Sprint("The ferry ", i)))
		}
		deeds := h.deeds()
		names := make([]string, 0, len(deeds))
		for name := range deeds {
			names = append(names, name)
		}
		slices.Sort(names)
		byHeart := 0
		for step := range 250 {
			name := names[h.draw.IntN(len(names))]
			err := deeds[name](t.Context(), h.works[h.draw.IntN(len(h.works))])
			var problems archive.Problems
			if err != nil && !isRefusal(err) && !errors.As(err, &problems) {
				t.Fatalf("%s: %v", name, err)
			}
			when := fmt.Sprintf("seed %d, step %d, %s", seed, step, name)
			for _, word := range shopWords {
				in := []store.SoughtIn{store.Anywhere, store.InText, store.InSummary}[h.draw.IntN(3)]
				for _, c := range []*catalog.Catalog{s.known, h.second} {
					if s.found(c, when, word, in).ByHeart {
						byHeart++
					}
				}
				h.stands(when, word)
			}
			if t.Failed() {
				return
			}
		}
		if byHeart < 1000 {
			t.Errorf("%d times words were sought by heart", byHeart)
		}
	})
}

var shopWords = []string{"lamp", "ferry", "storm", "anchor", "rope"}

// history is what happens in an archive by chance.
type history struct {
	*shop
	draw   *rand.Rand
	second *catalog.Catalog // of another process
	works  []int64
}

func (h *history) text() string {
	text := "It"
	for range 1 + h.draw.IntN(3) {
		text += " " + shopWords[h.draw.IntN(len(shopWords))]
	}
	return text
}

func (h *history) chapter(work int64) (c archive.Chapter, found bool) {
	all := h.chapters(work)
	if len(all) == 0 {
		return c, false
	}
	return all[h.draw.IntN(len(all))], true
}

func (h *history) deeds() map[string]func(ctx context.Context, work int64) error {
	return map[string]func(ctx context.Context, work int64) error{
		"post": func(ctx context.Context, _ int64) error {
			work, err := h.writing.Create(ctx, h.ida, writing.NewWork{Fields: h.fields(h.text()), Chapters: []archive.ChapterFields{{Text: h.text()}, {Text: h.text()}}})
			if err == nil {
				h.works = append(h.works, work)
			}
			return err
		},
		"edit":      h.edit,
		"edit more": h.edit,
		"edit the summary": func(_ context.Context, work int64) error {
			var o store.Opened
			err := h.Store.Read(h.t.Context(), func(tx *store.Tx) (err error) { o, err = tx.Works.ForEdit(h.t.Context(), h.ida, work); return err })
			if err != nil {
				return err
			}
			return h.writing.EditWork(h.t.Context(), h.ida, writing.WorkForm{Work: work, Base: o.Revision, Fields: h.fields(h.text())})
		},
		"add a chapter": func(ctx context.Context, work int64) error {
			_, err := h.writing.SaveChapter(ctx, h.ida, writing.ChapterForm{Work: work, Position: 1, Fields: archive.ChapterFields{Text: h.text()}, Post: h.draw.IntN(2) == 0})
			return err
		},
		"delete a chapter": func(ctx context.Context, work int64) error {
			c, found := h.chapter(work)
			if !found {
				return nil
			}
			return h.writing.DeleteChapter(ctx, h.ida, work, c.ID)
		},
		"delete":  func(ctx context.Context, work int64) error { return h.writing.DeleteWork(ctx, h.ida, work) },
		"restore": func(ctx context.Context, work int64) error { return h.writing.RestoreWork(ctx, h.ida, work) },
		"purge": func(ctx context.Context, _ int64) error {
			h.Clock.Pass(10 * 24 * time.Hour)
			_, err := h.writing.PurgeDeleted(ctx)
			return err
		},
		"hold back": func(_ context.Context, work int64) error {
			return h.Store.Write(h.t.Context(), func(tx *store.Tx) error {
				tx.Log.Record(archive.Event{Kind: archive.WorkHeldBack, Work: work})
				return tx.Works.HoldBack(h.t.Context(), work)
			})
		},
		"return":  func(ctx context.Context, work int64) error { return h.staff.Return(ctx, h.una, work, "why") },
		"approve": func(ctx context.Context, work int64) error { return h.staff.Approve(ctx, h.una, work) },
		"read":    func(ctx context.Context, _ int64) error { return h.reader().CatchUp(ctx) },
		"read until cut off": func(ctx context.Context, _ int64) error {
			cut, end := context.WithTimeout(ctx, time.Duration(h.draw.IntN(12))*time.Millisecond)
			defer end()
			_ = h.reader().CatchUp(cut) // it may have been in time
			h.Clock.Pass(2 * time.Minute)
			return nil
		},
		"trim the log": func(context.Context, int64) error {
			if h.draw.IntN(3) == 0 {
				h.trims()
			}
			return nil
		},
		"begin to read again": func(context.Context, int64) error { h.begins(); return nil },
		"search no chapters, or again": func(context.Context, int64) error {
			h.site.SearchTexts = h.draw.IntN(3) > 0
			return nil
		},
		"restart": func(context.Context, int64) error { h.starts(); return nil },
	}
}

func (h *history) edit(ctx context.Context, work int64) error {
	c, found := h.chapter(work)
	if !found {
		return nil
	}
	_, err := h.writing.SaveChapter(ctx, h.ida, writing.ChapterForm{Work: work, Chapter: c.ID, Base: c.Revision, Fields: archive.ChapterFields{Text: h.text()}, Post: true})
	return err
}

// stands makes sure that a word that is found in chapters stands in one.
func (h *history) stands(when, word string) {
	for _, work := range h.found(h.known, when, word, store.InText).Works {
		stands := false
		for _, c := range h.chapters(work) {
			h.Read(h.t, func(ctx context.Context, tx *store.Tx) error {
				told, err := tx.Chapters.Told(ctx, c.ID)
				stands = stands || !c.IsDraft() && strings.Contains(told.Body, word)
				return err
			})
		}
		if !stands {
			h.t.Errorf("%s: %q is found in chapters of work %d, and stands in none", when, word, work)
		}
	}
}

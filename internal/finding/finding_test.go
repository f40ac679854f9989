package finding_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/finding"
	"ficus/internal/media"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/writing"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// world is an archive with a writer.
type world struct {
	*testkit.World
	t       *testing.T
	writing *writing.Writing
	ada     archive.Viewer
	site    archive.Site
}

func worlds(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	testkit.Worlds(t, func(t *testing.T, kit *testkit.World) {
		w := &world{World: kit, t: t, site: archive.DefaultSite()}
		bucket, err := media.OpenFolder(t.TempDir())
		must(t, err)
		t.Cleanup(func() { must(t, bucket.Close()) })
		w.writing = writing.New(kit.Store, bucket, archive.DefaultLimits(), kit.Clock, nil)
		w.writing.Site = func() archive.Site { return w.site }
		joining, err := accounts.New(kit.Store, archive.DefaultLimits(), accounts.Cost{MemoryKiB: 8, Iterations: 1, AtOnce: 2})
		must(t, err)
		w.ada, err = joining.Join(t.Context(), accounts.Joining{Name: "ada", Password: "a lamp in the window"})
		must(t, err)
		test(t, w)
	})
}

func (w *world) reader() *finding.Finding {
	return finding.New(w.Store, func() archive.Site { return w.site }, slog.New(slog.DiscardHandler))
}

func (w *world) posts(title string, texts ...string) int64 {
	w.t.Helper()
	chapters := make([]archive.ChapterFields, len(texts))
	for i, text := range texts {
		chapters[i] = archive.ChapterFields{Text: text}
	}
	id, err := w.writing.Create(w.t.Context(), w.ada, writing.NewWork{Chapters: chapters, Fields: archive.WorkFields{
		Title: title, Summary: "A summary.", Fandoms: []string{"Harbour Lights"}, Rating: archive.RatingGeneral, Warnings: []string{archive.WarningNone}, Language: "en",
	}})
	must(w.t, err)
	return id
}

// finds counts the works in which something is found, each by its texts alone.
func (w *world) finds(sought string) (found int) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) error {
		s := store.Sought{Words: sought, In: store.InText}
		if _, err := tx.Passages.Seek(ctx, &s, true); err != nil {
			return err
		}
		works, err := tx.Lists.Matching(ctx, w.ada, store.Filter{Sought: s})
		found = len(works)
		return err
	})
	return found
}

func (w *world) wants(sought string, works int) {
	w.t.Helper()
	if found := w.finds(sought); found != works {
		w.t.Errorf("%q is found in %d works, not in %d", sought, found, works)
	}
}

// passages tells how many there are, by which chapters.
func (w *world) passages(work int64) (kept map[int64]int64) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) (err error) {
		kept, err = tx.Passages.Kept(ctx, work, 0)
		return err
	})
	return kept
}

// Names that came without the words they are found by are read too.
func TestNamesAreReadBeforeTexts(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.posts("The Lamp", "A text.")
		read := func() (r store.CalledRead) {
			w.Read(t, func(ctx context.Context, tx *store.Tx) (err error) { r, err = tx.Called.Read(ctx); return err })
			return r
		}
		if read().IsWhole() {
			t.Error("names are read before anybody began")
		}
		must(t, w.reader().CatchUp(t.Context()))
		if !read().IsWhole() {
			t.Errorf("names are read up to %+v", read())
		}
	})
}

// endingContext ends after it was asked so often whether it has: how far one
// gets with it is the same on a quick machine as on a slow one.
type endingContext struct {
	context.Context
	left atomic.Int64
	end  context.CancelFunc
}

func endingAfter(t *testing.T, questions int) *endingContext {
	ctx, end := context.WithCancel(t.Context())
	t.Cleanup(end)
	c := &endingContext{Context: ctx, end: end}
	c.left.Store(int64(questions))
	return c
}

func (c *endingContext) asked() {
	if c.left.Add(-1) < 0 {
		c.end()
	}
}

func (c *endingContext) Done() <-chan struct{} { c.asked(); return c.Context.Done() }
func (c *endingContext) Err() error            { c.asked(); return c.Context.Err() }

// Reading is broken off anywhere, as often as one likes, and goes on with
// another process where it was, each text once.
func TestReadingThatIsBrokenOffGoesOn(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		for i := range 12 {
			w.posts(fmt.Sprintf("Work %d", i), "The lamp was lit.", fmt.Sprintf("The ferry came at %d.", i))
		}
		broken := 0
		for tries := 1; ; tries++ {
			err := w.reader().CatchUp(endingAfter(t, 20*tries))
			if err == nil {
				break
			}
			if broken++; broken > 500 {
				t.Fatal("reading never ends")
			}
			w.Clock.Pass(2 * time.Minute) // the lease of who fell silent runs out
		}
		if broken < 3 {
			t.Errorf("reading was broken off %d times", broken)
		}
		w.wants("ferry", 12)
		w.wants("ferry came at 7", 1)
		for work := range int64(12) {
			if kept := w.passages(work + 1); len(kept) != 3 {
				t.Errorf("of work %d there are %d texts", work+1, len(kept))
			}
		}
	})
}

// While one process reads, another does not; what it left is read by the other
// when it falls silent.
func TestOneProcessReads(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.posts("One", "The lamp was lit.")
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Log.TakeLease(ctx, "finding", "another process", tx.Now.Add(time.Minute))
			return err
		})
		must(t, w.reader().CatchUp(t.Context()))
		w.wants("lamp", 0)
		w.Clock.Pass(2 * time.Minute)
		must(t, w.reader().CatchUp(t.Context()))
		w.wants("lamp", 1)
		w.posts("Two", "The lamp again.")
		must(t, w.reader().CatchUp(t.Context())) // the first gave its lease back
		w.wants("lamp", 2)
	})
}

// What a process read before another one read on is older than what stands, and
// is thrown away: nothing that was edited away comes back.
func TestWhatAnotherProcessOvertookIsThrownAway(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		work := w.posts("One", "The lamp was lit.")
		slow, quick := w.reader(), w.reader()
		must(t, w.reader().CatchUp(t.Context()))
		edit := func(base int64, text string) {
			t.Helper()
			_, err := w.writing.SaveChapter(t.Context(), w.ada, writing.ChapterForm{Work: work, Chapter: 1, Base: base, Fields: archive.ChapterFields{Text: text}})
			must(t, err)
		}
		edit(1, "The lantern was lit.")
		err := slow.Overtaken(t.Context(), func() {
			edit(2, "The candle was lit.")
			w.Clock.Pass(2 * time.Minute) // its lease runs out
			must(t, quick.CatchUp(t.Context()))
		})
		if err == nil {
			t.Error("what was read before is kept")
		}
		read := w.reads()
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			kept, err := tx.Passages.Kept(ctx, work, 0)
			if kept[1] != 3 {
				t.Errorf("read up to the event %d, of the chapter the revision %d is kept", read.Event, kept[1])
			}
			return err
		})
		must(t, slow.CatchUp(t.Context()))
		w.wants("candle", 1)
	})
}

// Where the log no longer tells what happened, all works are read again.
func TestALogThatWasTrimmedIsMadeUpFor(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.posts("One", "The lamp was lit.")
		must(t, w.reader().CatchUp(t.Context()))
		work := w.posts("Two", "The ferry came.")
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			head, err := tx.Log.Head(ctx)
			if err == nil {
				err = tx.Log.MoveCursor(ctx, "jobs", head)
			}
			if err == nil {
				_, err = tx.Log.Trim(ctx, tx.Now.Add(time.Hour), 1000)
			}
			return err
		})
		w.posts("Three", "The ferry left.")
		must(t, w.reader().CatchUp(t.Context()))
		w.wants("ferry", 2)
		if kept := w.passages(work); len(kept) != 2 {
			t.Errorf("of the work between there are %d texts", len(kept))
		}
	})
}

// A long chapter is cut into passages, and every phrase is found, across their
// seams too.
func TestAPhraseAcrossASeamIsFound(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		var text strings.Builder
		for i := range 3000 {
			fmt.Fprintf(&text, "the keeper%d and the ferry%d ", i, i)
		}
		w.posts("Long", text.String())
		must(t, w.reader().CatchUp(t.Context()))
		for i := range 2999 {
			if i%53 == 0 || i%250 > 246 || i%250 < 3 || i%125 < 2 {
				w.wants(fmt.Sprintf("ferry%d the keeper%d and the", i, i+1), 1)
			}
		}
		w.wants("ferry7 the keeper9", 0)
	})
}

// Common words are counted once there are enough chapters.
func TestCommonWordsAreThoseOfATenthOfTheChapters(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		for i := range 40 {
			text := "The lamp."
			if i%7 == 0 {
				text = "The lamp often."
			}
			if i%20 == 0 {
				text = "The lamp seldom."
			}
			w.posts("Work", text)
		}
		finder := w.reader()
		finder.CountFrom(40)
		must(t, finder.CatchUp(t.Context()))
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			common, err := tx.Passages.Common(ctx, []string{"the", "lamp", "often", "seldom", "nobody"})
			if len(common) != 3 || !common["the"] || !common["lamp"] || !common["often"] {
				t.Errorf("common are %v", common)
			}
			return err
		})
		w.wants("lamp", 0)
		w.wants("seldom", 2)
	})
}

package web_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/media"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/web"
	"ficus/internal/writing"
)

// interrupted is a bucket in front of another that calls on before a picture is
// fetched: whatever happens while a book is made.
type interrupted struct {
	media.Bucket
	mu sync.Mutex
	on func() error
}

// Get fetches a file, after what comes between.
func (b *interrupted) Get(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	b.mu.Lock()
	on := b.on
	b.mu.Unlock()
	if on != nil {
		if err := on(); err != nil {
			return nil, err
		}
	}
	return b.Bucket.Get(ctx, key)
}

func (b *interrupted) meanwhile(on func() error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.on = on
}

// interruptedWorlds are worlds whose books can be interrupted.
func interruptedWorlds(t *testing.T, test func(t *testing.T, w *world, between *interrupted)) {
	t.Helper()
	testkit.Worlds(t, func(t *testing.T, kit *testkit.World) {
		between := &interrupted{}
		w := openWorld(t, kit, func(_ *web.Site, rooms *web.Rooms) {
			between.Bucket = rooms.Bucket
			rooms.Bucket = between
		})
		test(t, w, between)
	})
}

// postsPicture posts a work whose first chapter shows a picture.
func (c *client) postsPicture(title string) int64 {
	c.w.t.Helper()
	sent := form("title", title, "fandoms", "Harbour Lights", "rating", "General", "warnings", archive.WarningNone, "language", "en",
		"text", `<p>One lamp.</p><p><img src="lamp.png" alt="A lamp"/></p>`, "planned", "1", "comments", "everyone", "do", "post")
	return idOf(c.w.t, c.postFiles("/works/new", sent, upload{"pictures", "lamp.png", string(square(c.w.t, 40))}).expect(http.StatusSeeOther).to())
}

// Many who ask for a book at once get one that was made once.
func TestABookIsMadeOnceHoweverManyAsk(t *testing.T) {
	interruptedWorlds(t, func(t *testing.T, w *world, between *interrupted) {
		mara := w.member("mara")
		work := mara.postsPicture("Salt and Iron")
		var made atomic.Int64
		between.meanwhile(func() error {
			made.Add(1)
			time.Sleep(50 * time.Millisecond) // long enough for all to have asked
			return nil
		})
		var all sync.WaitGroup
		bodies := make([]string, 16)
		for i := range bodies {
			reader := w.guest()
			all.Go(func() { bodies[i] = reader.get(workPath(work, ".epub")).expect(http.StatusOK).body })
		}
		all.Wait()
		need(t, "how often it was made", made.Load(), 1)
		for _, body := range bodies[1:] {
			need(t, "whether all have the same", body == bodies[0], true)
		}
		inBook(t, []byte(bodies[0]))
		mara.opens(workPath(work, ".epub"))
		need(t, "how often it was made after all", made.Load(), 1)
	})
}

// What guests may no longer see is not sent to them, and a book begun is not a
// reason.
func TestAWorkThatGoesWhileItsBookIsMadeIsNotSent(t *testing.T) {
	interruptedWorlds(t, func(t *testing.T, w *world, between *interrupted) {
		mara := w.member("mara")
		guest := w.guest()
		for what, change := range map[string]func(work int64){
			"is deleted":        func(work int64) { w.deletes(mara.viewer, work) },
			"is hidden":         func(work int64) { w.hides(work) },
			"is for members":    func(work int64) { w.edits(mara.viewer, work, func(f *archive.WorkFields) { f.Restricted = true }) },
			"is without a name": func(work int64) { w.edits(mara.viewer, work, func(f *archive.WorkFields) { f.Anonymous = true }) },
		} {
			work := mara.postsPicture("A work that " + what)
			var once sync.Once
			between.meanwhile(func() error {
				once.Do(func() { change(work) })
				return nil
			})
			a := guest.get(workPath(work, ".epub"))
			between.meanwhile(nil)
			switch what {
			case "is for members":
				a.expect(http.StatusSeeOther)
			case "is without a name":
				if text := inBook(t, []byte(a.expect(http.StatusOK).body)); strings.Contains(text, "mara") || !strings.Contains(text, "Anonymous") {
					t.Error("a book that was begun with a name has it")
				}
				need(t, "its name", a.header.Get("Content-Disposition"), `attachment; filename="Anonymous - A work that is without a name.epub"`)
			default:
				a.expect(http.StatusNotFound)
			}
		}
	})
}

// A chapter that is rewritten while a book is made stands in it as it is now,
// whether its texts were kept since the book was named or are read once more.
func TestAChapterRewrittenWhileItsBookIsMadeIsTheNewOne(t *testing.T) {
	interruptedWorlds(t, func(t *testing.T, w *world, between *interrupted) {
		mara := w.member("mara")
		for name, long := range map[string]int{"a short work": 1, "a long work": 6} {
			work := mara.postsPicture(name)
			for range long {
				w.adds(mara.viewer, work, strings.Repeat("The old lamp went out again. ", long*2_500), true)
			}
			last := w.chapters(work)[long]
			var once sync.Once
			between.meanwhile(func() error {
				once.Do(func() {
					w.saves(mara.viewer, writing.ChapterForm{Work: work, Chapter: last.ID, Base: last.Revision, Fields: archive.ChapterFields{Text: "The new lamp burns."}, Post: true})
				})
				return nil
			})
			text := inBook(t, []byte(w.guest().get(workPath(work, ".epub")).expect(http.StatusOK).body))
			between.meanwhile(nil)
			if !strings.Contains(text, "The new lamp burns.") {
				t.Errorf("the book of %s is of before", name)
			}
		}
	})
}

// A book that breaks half-way is nobody's; the next who asks gets a whole one.
func TestABookCutOffHalfWayIsNeverSent(t *testing.T) {
	interruptedWorlds(t, func(t *testing.T, w *world, between *interrupted) {
		mara := w.member("mara")
		work := mara.postsPicture("Salt and Iron")
		between.meanwhile(func() error { return errors.New("the bucket does not answer") })
		w.guest().get(workPath(work, ".epub")).expect(http.StatusServiceUnavailable).has("Many are here at once")

		gone, leave := context.WithCancel(t.Context())
		asked := make(chan struct{})
		between.meanwhile(func() error {
			leave() // the reader goes while it is made
			close(asked)
			time.Sleep(20 * time.Millisecond)
			return nil
		})
		r, err := http.NewRequestWithContext(gone, http.MethodGet, w.address+workPath(work, ".epub"), nil)
		must(t, err)
		if answer, err := http.DefaultClient.Do(r); err == nil {
			_ = answer.Body.Close()
			t.Error("who went was answered")
		}
		<-asked
		between.meanwhile(func() error { return errors.New("it is made again") })
		inBook(t, []byte(w.guest().get(workPath(work, ".epub")).expect(http.StatusOK).body))
	})
}

// Conditions, ranges and HEAD are answered as for any file, by what the book
// holds.
func TestABookIsServedAsAFileIs(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		f := fields("Bröd & “Salt”: a Café\u00a0Story")
		work := w.posts(mara.viewer, f, "One lamp.", "Two lamps.")
		guest, path := w.guest(), workPath(work, ".epub")
		whole := guest.opens(path)
		tag, day := whole.header.Get("Etag"), whole.header.Get("Last-Modified")
		if !strings.HasPrefix(tag, `"`) || day != w.Clock.Now().UTC().Format(http.TimeFormat) {
			t.Errorf("its tag is %s, its day %s", tag, day)
		}
		need(t, "its name", whole.header.Get("Content-Disposition"), `attachment; filename="mara - Brod & Salt a Cafe Story.epub"`)
		need(t, "its length", whole.header.Get("Content-Length"), fmt.Sprint(len(whole.body)))
		need(t, "who may keep it", whole.header.Get("Cache-Control"), "private, no-cache")
		for _, name := range []string{"Etag", "Last-Modified", "Content-Length", "Content-Type", "Content-Disposition", "Accept-Ranges"} {
			need(t, "HEAD's "+name, guest.send(http.MethodHead, path, nil).expect(http.StatusOK).header.Get(name), whole.header.Get(name))
		}
		part := guest.get(path, "Range", "bytes=100-199").expect(http.StatusPartialContent)
		need(t, "a part of it", part.body, whole.body[100:200])
		need(t, "its end", guest.get(path, "Range", "bytes=-50", "If-Range", tag).expect(http.StatusPartialContent).body, whole.body[len(whole.body)-50:])
		need(t, "a part of another", guest.get(path, "Range", "bytes=0-9", "If-Range", `"other"`).expect(http.StatusOK).body, whole.body)
		guest.get(path, "Range", "bytes=99999999-").expect(http.StatusRequestedRangeNotSatisfiable)
		guest.get(path, "If-None-Match", tag).expect(http.StatusNotModified)
		guest.send(http.MethodHead, path, nil, "If-None-Match", tag).expect(http.StatusNotModified)
		guest.get(path, "If-Modified-Since", day).expect(http.StatusNotModified)

		w.Clock.Pass(time.Hour) // kudos and comments change nothing in it
		_, err := w.feedback.LeaveKudos(t.Context(), pell.viewer, archive.Guest{}, work, true)
		must(t, err)
		need(t, "the tag after kudos", guest.get(path, "If-None-Match", tag).header.Get("Etag"), tag)
		guest.get(path, "If-None-Match", tag).expect(http.StatusNotModified)

		w.Clock.Pass(time.Hour)
		w.edits(mara.viewer, work, func(f *archive.WorkFields) { f.Freeforms = []string{"Rain"} })
		changed := guest.get(path, "If-None-Match", tag).expect(http.StatusOK)
		if changed.header.Get("Etag") == tag || changed.header.Get("Last-Modified") == day {
			t.Errorf("another book has the tag %s and the day %s", changed.header.Get("Etag"), changed.header.Get("Last-Modified"))
		}
		guest.get(path, "If-Modified-Since", day).expect(http.StatusOK)
		w.Clock.Pass(time.Hour) // and back: the same book, which nobody takes for the one between
		w.edits(mara.viewer, work, func(f *archive.WorkFields) { f.Freeforms = nil })
		guest.get(path, "If-Modified-Since", changed.header.Get("Last-Modified")).expect(http.StatusOK)
	})
}

// Whatever a book holds, a change of it is another book.
func TestABookIsMadeAnewWhenAnythingInItChanges(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		work := w.posts(mara.viewer, fields("Salt and Iron"), "One lamp.", "Two lamps.")
		guest, path := w.guest(), workPath(work, ".epub")
		edit := func(change func(*archive.WorkFields)) func() { return func() { w.edits(mara.viewer, work, change) } }
		before := guest.opens(path)
		for what, change := range map[string]func(){
			"title":     edit(func(f *archive.WorkFields) { f.Title = "Salt" }),
			"summary":   edit(func(f *archive.WorkFields) { f.Summary = "Of lamps." }),
			"notes":     edit(func(f *archive.WorkFields) { f.NotesAfter = "Thank you." }),
			"language":  edit(func(f *archive.WorkFields) { f.Language = "de" }),
			"rating":    edit(func(f *archive.WorkFields) { f.Rating = archive.RatingTeen }),
			"gift":      edit(func(f *archive.WorkFields) { f.Gifts = []string{"Brigid"} }),
			"plan":      edit(func(f *archive.WorkFields) { f.Planned = 5 }),
			"anonymous": edit(func(f *archive.WorkFields) { f.Anonymous = true }),
			"site":      func() { w.decides(func(s *archive.Site) { s.Name = "The Harbour" }) },
			"chapter":   func() { w.adds(mara.viewer, work, "Three lamps.", true) },
		} {
			w.Clock.Pass(time.Minute)
			change()
			after := guest.opens(path)
			if after.header.Get("Etag") == before.header.Get("Etag") || after.body == before.body {
				t.Errorf("another %s is the same book", what)
			}
			need(t, "the book of another "+what+", asked for again", bytes.Equal([]byte(guest.opens(path).body), []byte(after.body)), true)
			before = after
		}
		w.Clock.Pass(time.Minute)
		w.adds(mara.viewer, work, "A lamp not yet lit.", false)
		need(t, "the book beside a draft", guest.opens(path).header.Get("Etag"), before.header.Get("Etag"))
	})
}

// An e-reader tells of a file by a digest, years later; the archive knows its
// work.
func TestEveryFileThatWasServedIsKnownAgain(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		work := w.posts(mara.viewer, fields("Salt and Iron"), "One lamp.")
		known := func(a answer) []archive.ServedFile {
			digest, err := archive.PartialDigest(strings.NewReader(a.body))
			must(t, err)
			var byDigest, byName []archive.ServedFile
			w.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
				if byDigest, err = tx.Served.ByDigest(ctx, digest); err == nil {
					byName, err = tx.Served.ByName(ctx, archive.NameDigest("mara - Salt and Iron.epub"), 10)
				}
				return err
			})
			if len(byName) == 0 || byName[0].Work != work {
				t.Errorf("by its name it is %v", byName)
			}
			return byDigest
		}
		guest, path := w.guest(), workPath(work, ".epub")
		var files []answer
		for range 3 { // three revisions
			files = append(files, guest.opens(path))
			w.Clock.Pass(time.Minute)
			w.adds(mara.viewer, work, "Another lamp.", true)
		}
		for i, file := range files {
			if got := known(file); len(got) != 1 || got[0].Work != work || got[0].Recipe != "epub" || i > 0 && got[0].ShownRev <= known(files[i-1])[0].ShownRev {
				t.Errorf("revision %d is known as %v", i, got)
			}
		}
		guest.opens(workPath(work, ".txt"))
		w.deletes(mara.viewer, work)
		w.Clock.Pass(31 * 24 * time.Hour)
		_, err := w.writing.PurgeDeleted(t.Context())
		must(t, err)
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			left, err := tx.Served.ByName(ctx, archive.NameDigest("mara - Salt and Iron.epub"), 10)
			need(t, "files of a work that is gone", len(left), 0)
			return err
		})
	})
}

package web_test

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/testkit/engines"
	"ficus/internal/web"
)

// closing is an act after which guests may no longer read a work.
type closing struct {
	name   string
	status int // of the work's page for a guest afterwards
	act    func(w *world, by archive.Viewer, work int64)
}

var closings = []closing{
	{"deleted", http.StatusNotFound, (*world).deletes},
	{"restricted", http.StatusSeeOther, func(w *world, by archive.Viewer, work int64) {
		w.edits(by, work, func(f *archive.WorkFields) { f.Restricted = true })
	}},
	{"hidden", http.StatusNotFound, func(w *world, _ archive.Viewer, work int64) { w.hides(work) }},
}

func TestKeptPagesDoNotOutliveAClosingAct(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		for _, closing := range closings {
			f := fields("The Lamp Keepers")
			f.Title += " " + closing.name
			work := w.posts(ada.viewer, f, "One lamp.", "Two lamps.")
			guest := w.guest()
			pages := []string{workPath(work), chapterPath(work, w.chapters(work)[1].ID), workPath(work, "/entire"), workPath(work, "/index"), workPath(work, ".epub"), workPath(work, ".txt")}
			lists := []string{"/", "/works", "/users/ada", "/fandoms"}
			for range 2 { // drawn, and kept
				for _, page := range append(pages, lists...) {
					guest.opens(page)
				}
			}
			closing.act(w, ada.viewer, work)
			for _, page := range pages {
				guest.get(page).expect(closing.status).lacks("lamp")
			}
			for _, list := range lists[:3] {
				guest.opens(list).lacks(f.Title)
			}
		}
		w.guest().opens("/fandoms").lacks("Harbour Lights") // its last work is gone
	})
}

func TestKeptPagesFollowEveryChange(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, guest := w.member("ada"), w.guest()
		work := w.posts(ada.viewer, fields("The Lamp Keepers"), "One lamp.")
		path := workPath(work)
		sees := func(words ...string) {
			t.Helper()
			for range 2 {
				guest.opens(path).has(words...)
			}
		}
		sees("The Lamp Keepers", "One lamp.")
		w.edits(ada.viewer, work, func(f *archive.WorkFields) { f.Title, f.Freeforms = "The Lamp Menders", []string{"Mending"} })
		sees("The Lamp Menders", "Mending")
		w.adds(ada.viewer, work, "Two lamps.", true)
		sees(`rel="next"`)
		second := w.chapters(work)[1].ID
		must(t, w.writing.MoveChapter(t.Context(), ada.viewer, work, second, 1))
		sees("Two lamps.")
		must(t, w.writing.DeleteChapter(t.Context(), ada.viewer, work, second))
		sees("One lamp.")
		w.deletes(ada.viewer, work)
		guest.get(path).expect(http.StatusNotFound)
		must(t, w.writing.RestoreWork(t.Context(), ada.viewer, work))
		sees("One lamp.")
		book := guest.opens(workPath(work, ".txt")).has("The Lamp Menders")
		w.edits(ada.viewer, work, func(f *archive.WorkFields) { f.Title = "The Lamp Lighters" })
		if again := guest.opens(workPath(work, ".txt")).has("The Lamp Lighters"); again.header.Get("Etag") == book.header.Get("Etag") {
			t.Error("another book has the same tag")
		}
	})
}

func TestKeptPagesAreNotTrustedWhenTheLogWasNotRead(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, guest := w.member("ada"), w.guest()
		work := w.posts(ada.viewer, fields("The Lamp Keepers"))
		for range 2 {
			guest.opens(workPath(work))
		}
		w.Store.Applied = func(context.Context, store.Committed) {} // as when another process writes
		w.deletes(ada.viewer, work)
		w.Clock.Pass(time.Second)
		guest.get(workPath(work)).expect(http.StatusNotFound)
		guest.opens("/works").lacks("The Lamp Keepers")
	})
}

func TestKeptPagesAreOnesOwnHosts(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	work := w.posts(ada.viewer, fields("The Lamp Keepers"))
	elsewhere := func(path string) answer {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.address+path, nil)
		must(t, err)
		r.Host = "evil.example"
		return w.guest().does(r).expect(http.StatusOK).has("evil.example")
	}
	elsewhere(workPath(work))
	elsewhere(workPath(work, ".txt"))
	w.guest().opens(workPath(work)).lacks("evil.example").has(w.address + workPath(work))
	w.guest().opens(workPath(work, ".txt")).lacks("evil.example")
}

func TestAGuestsPageIsKeptForGuestsAlone(t *testing.T) {
	w := newWorld(t)
	ada, mina := w.member("ada"), w.member("mina")
	work := w.posts(ada.viewer, fields("The Lamp Keepers"))
	for _, c := range []*client{ada, mina, ada} {
		c.opens(workPath(work)).has(c.viewer.Name + "</bdi>")
	}
	for range 2 {
		w.guest().opens(workPath(work)).has("Sign in").lacks("Edit the work", "mina")
	}
	ada.opens(workPath(work)).has("Edit the work")
	mina.opens(workPath(work)).lacks("Edit the work", "Sign in<")
}

// node is one of several processes over one database, by the clock on the wall.
func node(t *testing.T, o sqldb.Options) *world {
	t.Helper()
	o.Logger = slog.New(slog.DiscardHandler)
	db, err := sqldb.Open(t.Context(), o)
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	s, err := store.New(db, archive.SystemClock{})
	must(t, err)
	w := openAt(t, &testkit.World{DB: db, Store: s, Clock: testkit.NewClock()}, archive.SystemClock{})
	ctx, stop := context.WithCancel(context.Background())
	followed := make(chan struct{})
	go func() {
		defer close(followed)
		w.catalog.Follow(ctx)
	}()
	t.Cleanup(func() { stop(); <-followed })
	return w
}

// nodes runs test with two nodes over one PostgreSQL, and with a server and
// another process over one SQLite file.
func nodes(t *testing.T, test func(t *testing.T, here, there *world)) {
	t.Helper()
	if os.Getenv("FICUS_TEST_ENGINES") != "sqlite" { // as engines.Each
		t.Run("postgres", func(t *testing.T) {
			o := sqldb.Options{PostgresURL: engines.PostgresURL(t, store.Schema())}
			test(t, node(t, o), node(t, o))
		})
	}
	t.Run("sqlite", func(t *testing.T) {
		o := sqldb.Options{SQLitePath: filepath.Join(t.TempDir(), "ficus.db")}
		engines.SQLite(t, store.Schema(), o)
		test(t, node(t, o), node(t, o))
	})
}

func TestTwoNodesCloseWithinASecond(t *testing.T) {
	nodes(t, func(t *testing.T, here, there *world) {
		ada := here.member("ada")
		for _, closing := range closings {
			work := here.posts(ada.viewer, fields("The Lamp Keepers"))
			guest := there.guest()
			lists := func() bool { return strings.Contains(guest.opens("/works").body, "The Lamp Keepers") }
			reads := func() bool { return guest.get(workPath(work)).status == http.StatusOK }
			comesTrue(t, "a work is listed on another node", lists)
			for range 2 {
				guest.opens(workPath(work))
			}
			closing.act(here, ada.viewer, work)
			here.guest().get(workPath(work)).expect(closing.status)
			comesTrue(t, "a work that is "+closing.name+" is closed on another node", func() bool { return !reads() })
			comesTrue(t, "a work that is "+closing.name+" is in no list on another node", func() bool { return !lists() })
			guest.get(workPath(work)).expect(closing.status)
		}
	})
}

// comesTrue waits for something to come true. A second is promised on a machine
// that has one to spare; ten tell it from what comes by itself after half a minute.
func comesTrue(t *testing.T, what string, is func() bool) {
	t.Helper()
	for began := time.Now(); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Since(began) > 10*time.Second {
			t.Fatalf("this did not come true: %s", what)
		}
	}
}

func TestAMemberReadsTheirOwnWordsOnEveryNode(t *testing.T) {
	nodes(t, func(t *testing.T, here, there *world) {
		ada := here.member("ada")
		work := here.posts(ada.viewer, fields("The Lamp Keepers"))
		ada.opens(workPath(work))
		onOther := *ada
		onOther.w = there
		for i := range 5 {
			title := "The Lamp Keepers " + string(rune('A'+i))
			ada.post(workPath(work, "/edit"), form("title", title, "fandoms", "Harbour Lights", "rating", "General", "warnings", "none apply", "language", "en", "planned", "1",
				"comments", "everyone", "base", numberIn(ada.opens(workPath(work, "/edit")), "base"), "do", "save")).expect(http.StatusSeeOther)
			onOther.opens(workPath(work)).has(title)
			onOther.opens("/users/ada").has(title)
		}
		ada.post("/sign-out", nil).expect(http.StatusSeeOther)
		onOther.get("/my-works").expect(http.StatusSeeOther)
	})
}

func TestAPositionFromAnotherArchiveIsNotWaitedFor(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	ada.remember(&http.Cookie{Name: "ficus_wrote", Value: "9000000000", Path: "/"})
	began := time.Now()
	for range 5 {
		ada.opens("/")
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("five pages took %v", took)
	}
}

func TestTheAddressOfTheSiteStandsInItsPages(t *testing.T) {
	w := openWorld(t, testkit.NewWorld(t, testkit.SQLite(t)), func(s *web.Site, _ *web.Rooms) { s.Address = "https://stories.example" })
	viewer, err := w.accounts.Join(t.Context(), accounts.Joining{Name: "ada", Password: password})
	must(t, err)
	work := w.posts(viewer, fields("The Lamp Keepers"))
	w.guest().opens(workPath(work)).has(`<link rel="canonical" href="https://stories.example` + workPath(work) + `"`)
	w.guest().opens(workPath(work, ".txt")).has("https://stories.example" + workPath(work))
}

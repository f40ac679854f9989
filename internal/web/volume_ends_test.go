package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/reading"
	"ficus/internal/store"
)

// asksForAll asks for all works of a person as one book and gives its number.
func (c *client) asksForAll(name string) (id int64) {
	c.w.t.Helper()
	c.post("/books", form("user", name)).expect(http.StatusSeeOther)
	c.w.Read(c.w.t, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.Volumes.Of(ctx, c.viewer.Account)
		id = all[0].ID
		return err
	})
	return id
}

// tries binds a member's book once, as the job does at an attempt.
func (c *client) tries(ctx context.Context, id int64, attempt int) error {
	e := archive.Event{Kind: archive.VolumeAsked, Actor: c.viewer.Account, Subject: id}
	return c.w.pages.BindVolume(ctx, e, archive.Job{Attempts: attempt}, c.w.address)
}

// keptFiles are the files of books of several works in the bucket.
func (w *world) keptFiles() (keys []string) {
	w.t.Helper()
	must(w.t, w.bucket.Each(w.t.Context(), func(key string, _ int64) error {
		if strings.HasPrefix(key, "volumes/") {
			keys = append(keys, key)
		}
		return nil
	}))
	return keys
}

func TestAMemberIsToldWhenTheirBookIsReady(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		w.writesTo(pell.viewer, "pell@example.org")
		work := w.posts(mara.viewer, fields("Salt"), "One lamp.")
		w.posts(mara.viewer, fields("Iron"), "Two lamps.")
		bag := w.postbag()
		id := pell.asksForAll("mara")
		bag.opens()
		need(t, "notices before it is ready", len(w.told(pell.viewer)), 0)
		must(t, pell.tries(t.Context(), id, 1))
		must(t, pell.tries(t.Context(), id, 2)) // a job that is run again
		need(t, "mails to who asked for none", len(bag.opens()), 0)
		need(t, "notices", len(w.told(pell.viewer)), 1)
		file := fmt.Sprintf("/books/%d/file", id)
		pell.opens("/notices?kind=books").has("Your book mara is ready", `href="`+file+`"`)
		pell.opens("/notices?kind=gifts").lacks("Your book mara")
		pell.opens(file)
		need(t, "notices of who did not ask", len(w.told(mara.viewer)), 0)

		w.prefers(pell.viewer, func(p *archive.Preferences) { p.Wish(archive.TopicBooks, archive.MailAtOnce) })
		must(t, pell.tries(t.Context(), pell.asksForAll("mara"), 1))
		m, _ := bag.one("pell@example.org")
		need(t, "the subject", m.Subject, "Your book is ready: mara")
		need(t, "whether it can be stopped", strings.Contains(m.Stop, "/mail/stop/books/"), true)

		w.deletes(mara.viewer, work)
		w.edits(mara.viewer, work+1, func(f *archive.WorkFields) { f.Title = "Iron" })
		w.Clock.Pass(time.Minute)
		id = pell.asksForAll("mara")
		w.deletes(mara.viewer, work+1)
		must(t, pell.tries(t.Context(), id, 1))
		if m, _ = bag.one("pell@example.org"); !strings.Contains(m.Subject, "could not be bound") {
			t.Errorf("the subject is %q", m.Subject)
		}
		pell.opens("/notices").has("Your book mara could not be bound", `href="/books"`)
		w.Clock.Pass(25 * time.Hour)
		pell.opens("/notices").has("It is not here any more").lacks("/books/")
	})
}

func TestABookIsGivenUpWhileItIsBound(t *testing.T) {
	interruptedWorlds(t, func(t *testing.T, w *world, between *interrupted) {
		mara, pell := w.member("mara"), w.member("pell")
		mara.postsPicture("Salt")
		mara.postsPicture("Iron")
		id := pell.asksForAll("mara")
		address := fmt.Sprintf("/books/%d", id)
		pell.opens("/books").has("Stop binding it", "<progress")
		mara.post(address, nil).expect(http.StatusNotFound)
		w.guest().post(address, nil).expect(http.StatusUnauthorized)
		pell.post("/books/x", nil).expect(http.StatusNotFound)
		pell.post("/books/900", nil).expect(http.StatusNotFound)
		var once sync.Once
		between.meanwhile(func() error {
			once.Do(func() { pell.post(address, nil).expect(http.StatusSeeOther) })
			return nil
		})
		must(t, pell.tries(t.Context(), id, 1))
		between.meanwhile(nil)
		must(t, pell.tries(t.Context(), id, 2))
		pell.opens("/books").lacks(address).has("You have asked for none")
		pell.get(address + "/file").expect(http.StatusNotFound)
		pell.post(address, nil).expect(http.StatusNotFound)
		need(t, "notices", len(w.told(pell.viewer)), 0)
		need(t, "files", len(w.keptFiles()), 0)

		again := pell.asksForAll("mara") // another may be asked for at once
		must(t, pell.tries(t.Context(), again, 1))
		need(t, "files of the other", len(w.keptFiles()), 1)
		pell.opens("/books").has("Forget it")
		pell.post(fmt.Sprintf("/books/%d", again), nil).expect(http.StatusSeeOther)
		pell.get(fmt.Sprintf("/books/%d/file", again)).expect(http.StatusNotFound)
		must(t, reading.ForgetVolumes(t.Context(), w.Store, w.bucket))
		need(t, "files after it was forgotten", len(w.keptFiles()), 0)
	})
}

func TestOneBookAtATimeHoweverManyAreAskedForAtOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		w.posts(mara.viewer, fields("Salt"), "One lamp.")
		w.posts(mara.viewer, fields("Iron"), "Two lamps.")
		answers := make([]int, 8)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() { answers[i] = pell.post("/books", form("user", "mara")).status })
		}
		all.Wait()
		accepted := 0
		for _, status := range answers {
			switch status {
			case http.StatusSeeOther:
				accepted++
			case http.StatusConflict:
			default:
				t.Errorf("an answer is %d", status)
			}
		}
		need(t, "books that were accepted", accepted, 1)
		mara.asksForAll("mara") // another member waits for nobody
	})
}

// A program that ends in the middle is broken off, or killed: what it wrote is
// no book, and the next attempt binds it whole.
func TestABookSurvivesTheEndOfTheProgramHalfway(t *testing.T) {
	interruptedWorlds(t, func(t *testing.T, w *world, between *interrupted) {
		mara, pell := w.member("mara"), w.member("pell")
		mara.postsPicture("Salt")
		mara.postsPicture("Iron")
		id := pell.asksForAll("mara")
		ctx, end := context.WithCancel(t.Context())
		between.meanwhile(func() error {
			end()
			return ctx.Err()
		})
		if err := pell.tries(ctx, id, 1); err == nil {
			t.Error("what was broken off says that it was done")
		}
		between.meanwhile(nil)
		need(t, "files of half a book", len(w.keptFiles()), 0)
		pell.opens("/books").has("Being bound").lacks("/file")
		must(t, pell.tries(t.Context(), id, 2))
		text := inBook(t, []byte(pell.opens(fmt.Sprintf("/books/%d/file", id)).body))
		for _, part := range []string{"Salt", "Iron"} {
			need(t, "whether it holds "+part, strings.Contains(text, part), true)
		}
	})
}

// What becomes of a work while a book of several is bound, or after, counts
// when it is served.
func TestAWorkThatGoesWhileABookOfSeveralIsBoundIsNotServed(t *testing.T) {
	interruptedWorlds(t, func(t *testing.T, w *world, between *interrupted) {
		mara, pell := w.member("mara"), w.member("pell")
		guest := w.guest()
		for what, change := range map[string]func(work int64){
			"is deleted":        func(work int64) { w.deletes(mara.viewer, work) },
			"is hidden":         func(work int64) { w.hides(work) },
			"is without a name": func(work int64) { w.edits(mara.viewer, work, func(f *archive.WorkFields) { f.Anonymous = true }) },
			"is unrevealed":     func(work int64) { w.veils(work, true, false) },
			"is for members":    func(work int64) { w.edits(mara.viewer, work, func(f *archive.WorkFields) { f.Restricted = true }) },
		} {
			for when, attempt := range map[string]int{"while it is bound": 1, "after": 2} {
				work := mara.postsPicture("A work that " + what)
				id := pell.asksForAll("mara")
				file := fmt.Sprintf("/books/%d/file", id)
				if attempt == 1 {
					var once sync.Once
					between.meanwhile(func() error {
						once.Do(func() { change(work) })
						return nil
					})
				}
				must(t, pell.tries(t.Context(), id, 1))
				between.meanwhile(nil)
				if attempt == 2 {
					pell.opens(file)
					change(work)
				}
				if what == "is for members" { // and pell is one
					pell.opens(file)
				} else if a := pell.get(file); a.status != http.StatusGone || strings.Contains(a.body, what) {
					t.Errorf("of a work that %s %s they get %d", what, when, a.status)
				}
				guest.get(file).expect(http.StatusSeeOther)
				pell.post(fmt.Sprintf("/books/%d", id), nil).expect(http.StatusSeeOther)
				w.clears(mara.viewer, work)
			}
		}
	})
}

// clears puts a work away, whatever became of it.
func (w *world) clears(by archive.Viewer, work int64) {
	w.t.Helper()
	if err := w.writing.DeleteWork(w.t.Context(), by, work); err != nil && !errors.Is(err, archive.ErrNotFound) && !errors.Is(err, archive.ErrConflict) {
		w.t.Fatal(err)
	}
}

func TestABookOfWhoMayNotWriteIsBoundAndOfWhoLeftIsNot(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, ito := w.member("mara"), w.member("pell"), w.member("ito")
		w.posts(mara.viewer, fields("Salt"), "One lamp.")
		w.posts(mara.viewer, fields("Iron"), "Two lamps.")
		id, others := pell.asksForAll("mara"), ito.asksForAll("mara")
		w.suspends(pell.viewer.Account, archive.Suspension{Until: w.Clock.Now().Add(48 * time.Hour), Reason: "rude"})
		must(t, pell.tries(t.Context(), id, 1)) // they read as before
		pell.opens(fmt.Sprintf("/books/%d/file", id))
		need(t, "files", len(w.keptFiles()), 1)
		must(t, w.accounts.DeleteAccount(t.Context(), ito.viewer, archive.Deletion{Sole: archive.FateDelete, Shared: archive.FateRemove, Answers: archive.AnswersKeep}))
		must(t, ito.tries(t.Context(), others, 1))
		need(t, "files after the other left", len(w.keptFiles()), 1)
	})
}

// Kudos on a nameless work take nothing back; another name does.
func TestABookIsOutOfDateWhenNamesChangeAndNotForKudos(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		unsigned := fields("Salt")
		unsigned.Anonymous = true
		work := w.posts(mara.viewer, unsigned, "One lamp.")
		iron := w.posts(mara.viewer, fields("Iron"), "Two lamps.")
		tag := fmt.Sprint(w.tagOf(work))
		pell.post("/books", form("tag", tag)).expect(http.StatusSeeOther)
		file := w.bindsVolume(pell)
		pell.opens(file)
		pell.thanks(work, "").expect(http.StatusSeeOther)
		w.adds(mara.viewer, iron, "Three lamps.", true)
		pell.opens(file)
		w.signsToo(iron, pell.viewer)
		pell.get(file).expect(http.StatusGone)
	})
}

// A book that two workers bind at once is one book, and whoever is second
// leaves the first's alone.
func TestTwoWorkersBindOneBook(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		w.posts(mara.viewer, fields("Salt"), "One lamp.")
		w.posts(mara.viewer, fields("Iron"), "Two lamps.")
		id := pell.asksForAll("mara")
		var all sync.WaitGroup
		for attempt := range 2 {
			all.Go(func() { must(t, pell.tries(t.Context(), id, attempt+1)) })
		}
		all.Wait()
		inBook(t, []byte(pell.opens(fmt.Sprintf("/books/%d/file", id)).body))
		need(t, "files", len(w.keptFiles()), 1)
	})
}

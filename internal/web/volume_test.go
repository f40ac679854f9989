package web_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/reading"
	"ficus/internal/store"
	"ficus/internal/testkit/browser"
)

// bindsVolume binds the book a member asked for last, as the job does, and gives
// its address.
func (w *world) bindsVolume(by *client) string { return w.bindsVolumeAt(by, 1) }

// bindsVolumeAt is bindsVolume at an attempt.
func (w *world) bindsVolumeAt(by *client, attempt int) string {
	w.t.Helper()
	var id int64
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.Volumes.Of(ctx, by.viewer.Account)
		id = all[0].ID // the newest
		return err
	})
	e := archive.Event{Kind: archive.VolumeAsked, Actor: by.viewer.Account, Subject: id}
	must(w.t, w.pages.BindVolume(w.t.Context(), e, archive.Job{Attempts: attempt}, w.address))
	return fmt.Sprintf("/books/%d/file", id)
}

func TestAMemberTakesAnAuthorsWorksAsOneBook(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		first := w.posts(mara.viewer, fields("Salt"), "One lamp.", "Two lamps.")
		w.Clock.Pass(time.Minute)
		w.posts(mara.viewer, fields("Iron"), "Three lamps.")
		hidden := w.posts(mara.viewer, fields("Unseen"), "Four lamps.")
		w.hides(hidden)
		unsigned := fields("Unsigned")
		unsigned.Anonymous = true
		w.posts(mara.viewer, unsigned, "Five lamps.")
		w.drafts(mara.viewer, fields("Begun"), "Six lamps.")

		w.guest().opens("/users/mara").lacks("/books/new")
		pell.opens("/users/mara").has(`href="/books/new?user=mara"`)
		pell.opens("/books/new?user=mara").has("mara", "2 works", "Bind it").lacks("Unseen")
		pell.post("/books", form("user", "mara", "notes", "all")).expect(http.StatusSeeOther)
		pell.opens("/books").has("Being bound: 0 of 2 works", "Look again")
		pell.post("/books", form("user", "mara")).expect(http.StatusConflict).has("Another book of yours")
		pell.get("/books/1/file").expect(http.StatusNotFound)
		w.bindsVolume(pell)
		w.bindsVolume(pell) // a job that is run again
		pell.opens("/books").has(`href="/books/1/file"`, "2 works").lacks("Look again")
		file := pell.opens("/books/1/file")
		need(t, "its name", file.header.Get("Content-Disposition"), "attachment; filename=mara.epub")
		text := inBook(t, []byte(file.body))
		for part, want := range map[string]bool{"One lamp": true, "Three lamps": true, "Four lamps": false, "Five lamps": false, "Six lamps": false} {
			need(t, "whether it holds "+part, strings.Contains(text, part), want)
		}
		if strings.Index(text, "Three lamps") > strings.Index(text, "One lamp") {
			t.Error("the book is not in the order of the list")
		}
		for _, other := range []*client{mara, w.staff("wren")} {
			other.get("/books/1/file").expect(http.StatusNotFound)
			other.opens("/books").lacks("/books/1")
		}
		w.guest().get("/books/1/file").expect(http.StatusSeeOther)
		digest, err := archive.PartialDigest(strings.NewReader(file.body))
		must(t, err)
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			known, err := tx.Served.ByDigest(ctx, digest)
			need(t, "works it is known by", len(known), 2)
			return err
		})

		w.tally.Flush(t.Context())
		w.Clock.Pass(time.Hour)
		w.adds(mara.viewer, first, "Seven lamps.", true)
		pell.opens("/books/new?user=mara").has("You took 2 of these works before")
		pell.post("/books", form("user", "mara", "new", "yes")).expect(http.StatusSeeOther)
		second := w.bindsVolume(pell)
		text = inBook(t, []byte(pell.opens(second).body))
		if !strings.Contains(text, "Seven lamps") || strings.Contains(text, "One lamp") || strings.Contains(text, "Three lamps") {
			t.Error("what is new is not all it holds")
		}

		w.deletes(mara.viewer, first)
		pell.get("/books/1/file").expect(http.StatusGone).has("out of date").lacks("Salt")
		w.Clock.Pass(25 * time.Hour)
		pell.opens("/books").lacks("/books/")
		pell.get(second).expect(http.StatusNotFound)
		must(t, reading.ForgetVolumes(t.Context(), w.Store, w.bucket))
		must(t, w.bucket.Each(t.Context(), func(key string, _ int64) error {
			if strings.HasPrefix(key, "volumes/") {
				t.Errorf("%s is still there", key)
			}
			return nil
		}))
	})
}

func TestABookOfATagLosesItsNamesWithThem(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		one := w.posts(mara.viewer, fields("Salt"), "One lamp.")
		tide := w.posts(pell.viewer, fields("Tide"), "Two lamps.")
		tag := w.tagOf(one)
		pell.opens(fmt.Sprint("/books/new?tag=", tag)).has("Harbour Lights", "2 works")
		for _, wrong := range []string{"tag=900", "tag=x", "user=nobody", "user=mara&pseud=x", ""} {
			pell.get("/books/new?" + wrong).expect(http.StatusNotFound)
		}
		pell.post("/books", form("tag", fmt.Sprint(tag))).expect(http.StatusSeeOther)
		w.edits(mara.viewer, one, func(f *archive.WorkFields) { f.Anonymous = true }) // while it waits
		w.bindsVolume(pell)
		text := inBook(t, []byte(pell.opens("/books/1/file").body))
		if strings.Contains(text, "mara") || !strings.Contains(text, "Anonymous") || !strings.Contains(text, "pell") {
			t.Error("it names who is not to be named, or not who is")
		}
		w.edits(mara.viewer, one, func(f *archive.WorkFields) { f.Anonymous = false })
		pell.post("/books", form("tag", fmt.Sprint(tag))).expect(http.StatusSeeOther)
		again := w.bindsVolume(pell)
		pell.opens(again)
		w.edits(mara.viewer, one, func(f *archive.WorkFields) { f.Anonymous = true })
		pell.get(again).expect(http.StatusGone).lacks("mara")

		w.deletes(mara.viewer, one)
		w.deletes(pell.viewer, tide)
		pell.opens("/books/new?user=pell").has("no work here")
	})
}

func TestABookOfNothingSaysSo(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		works := []int64{w.posts(mara.viewer, fields("Salt"), "One lamp."), w.posts(mara.viewer, fields("Tide"), "Two lamps.")}
		pell.post("/books", form("user", "mara")).expect(http.StatusSeeOther)
		for _, work := range works {
			w.deletes(mara.viewer, work)
		}
		w.bindsVolume(pell)
		pell.opens("/books").has("None of its works can be read any more").lacks("/books/1/file")
		pell.get("/books/1/file").expect(http.StatusNotFound)
	})
}

// A job that ends the program says nothing, however often it is begun: its
// member must not wait for it until the day is over.
func TestABookThatEndedTheProgramEachTimeIsGivenUp(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.member("pell")
		w.posts(mara.viewer, fields("Salt"), "One lamp.")
		w.posts(mara.viewer, fields("Iron"), "Two lamps.")
		pell.post("/books", form("user", "mara")).expect(http.StatusSeeOther)
		w.bindsVolumeAt(pell, 4)
		pell.opens("/books").has("could not be bound").lacks("/file")
		pell.post("/books", form("user", "mara")).expect(http.StatusSeeOther)
	})
}

func TestBooksAreAskedForOnAPhone(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	w.posts(mara.viewer, fields("Salt"), "One lamp.")
	w.posts(mara.viewer, fields("Tide"), "Two lamps.")
	p := w.reads(browser.Settings{NoScript: true, Narrow: true, Dark: true})
	signIn(p, "mara")
	p.Open("/users/mara")
	p.Follow("All as one book")
	p.Axe()
	p.Look("book-new-dark")
	p.Submit("Bind it")
	p.Sees("Being bound: 0 of 2 works")
	p.Look("books-under-way-dark")
	w.bindsVolume(mara)
	p.Follow("Look again")
	p.Sees("Here until")
	p.Axe()
	p.Look("books-dark")
	bag := w.postbag()
	bag.cursor = 0
	bag.opens()
	p.Open("/notices?kind=books")
	p.Sees("Your book mara is ready")
	p.Axe()
	p.Look("notices-book-dark")
}

// tagOf is the fandom of a work.
func (w *world) tagOf(work int64) (tag int64) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) error {
		on, err := tx.Tags.On(ctx, work)
		for _, one := range on[work] {
			if one.Kind == archive.KindFandom {
				tag = one.Tag
			}
		}
		return err
	})
	return tag
}

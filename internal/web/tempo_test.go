package web_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/tempo"
	"ficus/internal/web"
)

func TestWhoSendsTooFastWaitsAndKeepsWhatWasTyped(t *testing.T) {
	w := newWorld(t)
	mara, pell := w.member("mara"), w.member("pell")
	work := w.posts(mara.viewer, fields("Salt and Iron"))
	to := workPath(work) + "/report"
	guest := w.guest()
	for i := range 40 {
		guest.post(to, form("why", "spam", "words", fmt.Sprint("again ", i))).expect(http.StatusOK)
	}
	slow := guest.post(to, form("why", "other", "words", `It says "nothing" & more.`)).expect(http.StatusTooManyRequests)
	slow.has("A little slower", `action="`+to+`"`, "It says &#34;nothing&#34; &amp; more.", `value="other"`, "Send it again")
	w.guest().post(to, form("why", "spam")).expect(http.StatusTooManyRequests) // another browser of the same house
	pell.post(to, form("why", "spam")).expect(http.StatusOK)
	w.Clock.Pass(time.Hour)
	guest.post(to, form("why", "other", "words", "It goes on.")).expect(http.StatusOK)

	for range 60 {
		pell.opens("/search?q=salt")
	}
	pell.get("/search?q=salt").expect(http.StatusTooManyRequests).has("A little slower").lacks("Send it again")
	for _, path := range []string{"/works?q=salt", "/works/filters?q=salt", "/search/filters?q=salt", "/users/mara?q=salt"} {
		pell.get(path).expect(http.StatusTooManyRequests)
	}
	pell.opens("/works?sort=title")
	mara.opens("/search?q=salt")
	mara.opens("/works?q=salt")
}

func TestWhoFindsTooManyBooksBoundIsAskedToComeAgain(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work, gone := w.posts(mara.viewer, fields("Salt and Iron")), w.posts(mara.viewer, fields("Iron"))
	must(t, w.writing.DeleteWork(t.Context(), mara.viewer, gone))
	turns := tempo.NewTurns(1, 0, time.Second)
	w.pages.LimitBinding(turns)
	w.writing.LimitReading(turns)
	end, err := turns.Take(t.Context())
	must(t, err)
	busy := w.guest().get(workPath(work, ".epub")).expect(http.StatusServiceUnavailable).has("Many are here at once", "nothing was lost")
	need(t, "when to come again", busy.header.Get("Retry-After"), "30")
	mara.postFiles("/works/new/upload", form("text", "One lamp.")).expect(http.StatusServiceUnavailable).has("Many are here at once")
	w.guest().opens(workPath(work))
	_, err = w.pages.BindDeleted(t.Context(), mara.viewer.Account, gone, w.address) // its mail is tried again
	need(t, "whether the book of a deleted work waits too", errors.Is(err, archive.ErrBusy), true)
	end()
	w.guest().get(workPath(work, ".epub")).expect(http.StatusOK)
}

// What has to be bound is counted; what lies there is not, nor is a book that
// another asked for at the same time.
func TestWhoHasTooManyBooksBoundWaits(t *testing.T) {
	w := newWorld(t)
	mara, pell, guest := w.member("mara"), w.member("pell"), w.guest()
	texts := make([]string, 100)
	for i := range texts {
		texts[i] = fmt.Sprint("Lamp ", i)
	}
	work := w.posts(mara.viewer, fields("Salt and Iron"), texts...)
	chapters := w.chapters(work)
	one := func(i int) string { return workPath(work, ".txt?chapter=", chapters[i].ID) }
	for i := range 100 {
		pell.opens(one(i))
	}
	slow := pell.get(workPath(work, ".txt")).expect(http.StatusTooManyRequests).has("A little slower").lacks("Send it again")
	need(t, "whether it says when to come again", slow.header.Get("Retry-After") != "", true)
	for i := range 100 { // they lie there
		pell.opens(one(i))
	}
	pell.send(http.MethodHead, workPath(work, ".txt"), nil).expect(http.StatusTooManyRequests)
	guest.opens(workPath(work, ".txt"))
	pell.opens(workPath(work, ".txt")) // now it was bound for another
	pell.get(workPath(work, ".epub")).expect(http.StatusTooManyRequests)
	pell.thanks(work, "").expect(http.StatusSeeOther) // a kudos changes no byte
	pell.opens(workPath(work, ".txt"))
	w.Clock.Pass(10 * time.Minute)
	pell.opens(workPath(work, ".epub"))

	w.posts(mara.viewer, fields("Iron"))
	for range 20 {
		must(t, pell.tries(t.Context(), pell.asksForAll("mara"), 1))
	}
	pell.post("/books", form("user", "mara")).expect(http.StatusTooManyRequests).has("Send it again")
}

func TestEveryTempoIsOfARoute(t *testing.T) {
	patterns := newWorld(t).pages.Patterns()
	for _, pattern := range web.Tempos() {
		if !slices.Contains(patterns, pattern) {
			t.Errorf("there is a tempo for %s, which is no route", pattern)
		}
	}
}

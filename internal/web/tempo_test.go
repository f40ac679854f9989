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
	mara.opens("/search?q=salt")
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

func TestEveryTempoIsOfARoute(t *testing.T) {
	patterns := newWorld(t).pages.Patterns()
	for _, pattern := range web.Tempos() {
		if !slices.Contains(patterns, pattern) {
			t.Errorf("there is a tempo for %s, which is no route", pattern)
		}
	}
}

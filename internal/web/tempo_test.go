package web_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

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

func TestEveryTempoIsOfARoute(t *testing.T) {
	patterns := newWorld(t).pages.Patterns()
	for _, pattern := range web.Tempos() {
		if !slices.Contains(patterns, pattern) {
			t.Errorf("there is a tempo for %s, which is no route", pattern)
		}
	}
}

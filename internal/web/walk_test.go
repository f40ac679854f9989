package web_test

import (
	"net/http"
	"testing"
)

func TestWhoIsSentToSignInIsToldWhy(t *testing.T) {
	const why = "What you asked for is for members."
	worlds(t, func(t *testing.T, w *world) {
		guest := w.guest()
		guest.opens(guest.get("/works/new").expect(http.StatusSeeOther).to()).has(why)
		guest.opens("/search?q=lamp").has(`href="/sign-in?from=%2Fsearch%3Fq%3Dlamp"`)
		guest.opens("/sign-in?from=/search").lacks(why).has(`name="to" value="/search"`)
	})
}

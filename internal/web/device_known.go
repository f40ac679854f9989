package web

import (
	"net/http"
	"time"
)

// cookieKnown is the mark by which a browser is known again to the accounts
// that signed in with it.
const cookieKnown = "ficus_known"

func (w *Web) knownName() string {
	if w.secure {
		return "__Host-" + cookieKnown
	}
	return cookieKnown
}

// signedIn are the cookies of a browser that was just signed in: the session's,
// and the mark by which it is known next time.
func (w *Web) signedIn(r *Request, secret string) ([]*http.Cookie, error) {
	mark, err := w.Accounts.Recognise(r.Context(), secret, cookieValue(r.Request, w.knownName()))
	return []*http.Cookie{w.sessionCookie(secret), w.cookie(w.knownName(), mark, 365*24*time.Hour)}, err
}

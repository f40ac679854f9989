package web

import (
	"net/http"

	"ficus/internal/web/page"
)

// showGate asks before a work that may be for adults. Nothing of the work but
// its rating stands in the page.
func (w *Web) showGate(r *Request, o opened) (Response, error) {
	shell := w.private(r, r.Words.T("gate.title"))
	p := page.GatePage{Shell: shell, Rating: dressTags(o.tags).rating, Action: workAddress(o.ID) + "/adult", To: r.Asked}
	return Response{Page: p, Keep: o.keep()}, nil
}

// passGate remembers the answer for the session and goes on to the story.
func (w *Web) passGate(r *Request) (Response, error) {
	to := cleanReturn(r.PostFormValue("to"))
	return Response{To: to, Status: http.StatusSeeOther, Cookies: []*http.Cookie{w.cookie(cookieAdult, "yes", 0)}}, nil
}

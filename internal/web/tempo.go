package web

import (
	"net/http"
	"time"

	"ficus/internal/tempo"
	"ficus/internal/web/page"
)

// tempos are the routes that are counted, each with what it is counted as.
var tempos = map[string]tempo.Act{
	"GET /search":                     tempo.Searching,
	"GET /search/feed":                tempo.Searching,
	"GET /search/feed/json":           tempo.Searching,
	"GET /tags/suggest":               tempo.Suggesting,
	"POST /works/new":                 tempo.Posting,
	"POST /manuscripts/{manuscript}":  tempo.Reviewing,
	"POST /works/new/upload":          tempo.Bringing,
	"POST /piles/{pile}":              tempo.Reviewing,
	"POST /books":                     tempo.Gathering,
	"POST /works/{work}/comments":     tempo.Commenting,
	"POST /works/{work}/report":       tempo.Reporting,
	"POST /comments/{comment}/report": tempo.Reporting,
	"POST /users/{name}/report":       tempo.Reporting,
}

// paced counts a request where its route is counted, and reports whether it may
// pass; if not, for how long it has to wait. Whatever list is asked for words is
// a search: the tables look at every work for them.
func (w *Web) paced(pattern string, r *Request) (bool, time.Duration) {
	act, counted := tempos[pattern]
	if !counted && r.Method == http.MethodGet && r.URL.Query().Get("q") != "" {
		act = tempo.Searching
	}
	return w.Tempo.Allows(act, tempo.Sender{Viewer: r.Viewer, From: r.Client}, r.Now)
}

// hurried: who asks does so too often, and waits for so long.
type hurried struct{ wait time.Duration }

// Error says so to the log.
func (h hurried) Error() string { return "asked too often; again in " + h.wait.String() }

// mayBind counts a book that has to be bound for whoever asks for it; what lies
// there is cheap, and is not counted.
func (w *Web) mayBind(r *Request) error {
	if passes, wait := w.Tempo.Allows(tempo.Binding, tempo.Sender{Viewer: r.Viewer, From: r.Client}, r.Now); !passes {
		return hurried{wait}
	}
	return nil
}

// tooFast asks to wait, and keeps what was typed: sending it again is one
// press. Files have to be chosen anew.
func (w *Web) tooFast(r *Request, wait time.Duration) Response {
	minutes := int(wait/time.Minute) + 1
	p := page.LaterPage{Shell: w.private(r, r.Words.T("too_many.title")), Minutes: minutes}
	if r.Method == http.MethodPost {
		p.Action, p.Kept = r.Asked, hidden(r.PostForm)
	}
	return Response{Status: http.StatusTooManyRequests, Page: p, Again: wait + time.Second}
}

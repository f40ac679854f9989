package web

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

// tempo is how often one member, or one network of guests, may send something
// within a window.
type tempo struct {
	within time.Duration
	member int
	guest  int
}

// tempos are the routes that cost the archive or its people something each
// time: searching, sending files, answering, telling staff; 0 is as often as
// they like. Passwords, links and joining have their own in guesses.go, and how
// fast new members comment is judged with what they say. A network is a house or an office,
// a whole school at times, so guests are given more of what only costs time.
var tempos = map[string]tempo{
	"GET /search":                     {time.Minute, 60, 120},
	"GET /tags/suggest":               {time.Minute, 600, 1200},
	"POST /works/new":                 {time.Hour, 120, 0},
	"POST /manuscripts/{manuscript}":  {time.Minute, 240, 0},
	"POST /works/new/upload":          {time.Hour, 240, 0},
	"POST /works/{work}/comments":     {10 * time.Minute, 0, 30},
	"POST /works/{work}/report":       {time.Hour, 30, 40},
	"POST /comments/{comment}/report": {time.Hour, 30, 40},
	"POST /users/{name}/report":       {time.Hour, 30, 40},
}

// mostPaced bounds the senders remembered.
const mostPaced = 100_000

// tempoKeeper counts what was sent in the window that runs. It is this
// process's own: a few nodes allow a few times as many.
type tempoKeeper struct {
	mu   sync.Mutex
	sent map[paced]int
}

// paced is one sender on one route in one window.
type paced struct {
	route  string
	sender string
	window int64
}

// allows counts one more, and reports whether it may pass; if not, for how long
// the window still runs.
func (k *tempoKeeper) allows(pattern string, r *Request) (bool, time.Duration) {
	limit, slow := tempos[pattern]
	if !slow {
		return true, 0
	}
	most, sender := limit.guest, archive.Network(r.Client).String()
	if r.Viewer.IsMember() {
		most, sender = limit.member, strconv.FormatInt(r.Viewer.Account, 10)
	}
	if most == 0 || r.Viewer.Staff {
		return true, 0
	}
	window := r.Now.UnixMicro() / limit.within.Microseconds()
	key := paced{pattern, sender, window}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.sent == nil || len(k.sent) >= mostPaced {
		k.sent = map[paced]int{}
	}
	if k.sent[key] >= most {
		return false, time.UnixMicro((window + 1) * limit.within.Microseconds()).Sub(r.Now)
	}
	k.sent[key]++
	return true, 0
}

// tooFast asks to wait, and keeps what was typed: sending it again is one
// press. Files have to be chosen anew.
func (w *Web) tooFast(r *Request, wait time.Duration) Response {
	minutes := int(wait/time.Minute) + 1
	p := page.LaterPage{Shell: w.private(r, r.Words.T("too_many.title")), Minutes: minutes}
	if r.Method == http.MethodPost {
		p.Action, p.Kept = r.Asked, hidden(r.PostForm)
	}
	return Response{Status: http.StatusTooManyRequests, Page: p}
}

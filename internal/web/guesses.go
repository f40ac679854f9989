package web

import (
	"errors"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/web/page"
)

const (
	mostGuessed    = 100_000 // names and networks remembered
	longestGuessed = 100     // bytes of a name; no account's has as many
)

// guesses counts what was tried and not found right. It is this process's own:
// a few nodes allow a few times as many.
type guesses struct {
	pace

	mu     sync.Mutex
	window int64
	tried  map[guess]int
}

// pace is how often something may be tried within one window: for one name
// from one network, and from one network in all.
type pace struct {
	within    time.Duration
	ofName    int
	ofNetwork int
}

// The paces of what costs much or may be guessed at.
var (
	paceOfPasswords = pace{15 * time.Minute, 10, 200}
	paceOfLinks     = pace{15 * time.Minute, 3, 30} // asked for by a name or address
	paceOfJoining   = pace{time.Hour, 60, 60}
	paceOfPasskeys  = pace{15 * time.Minute, 200, 200} // questions to devices, each a row
)

// guess is who guesses at what; no name stands for all names.
type guess struct {
	network netip.Prefix
	name    string
}

// begin counts a try before it is made, and reports whether it may be made.
// Whoever is let in takes theirs back with end.
func (g *guesses) begin(now time.Time, from netip.Addr, name string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if window := now.UnixMicro() / g.within.Microseconds(); g.tried == nil || g.window != window || len(g.tried) > mostGuessed {
		g.window, g.tried = window, map[guess]int{}
	}
	all, one := guessed(from, name)
	if g.tried[all] >= g.ofNetwork || g.tried[one] >= g.ofName {
		return false
	}
	g.tried[all]++
	g.tried[one]++
	return true
}

// end takes back the tries for a name whose password was right in the end.
func (g *guesses) end(from netip.Addr, name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	all, one := guessed(from, name)
	g.tried[all] = max(0, g.tried[all]-g.tried[one])
	delete(g.tried, one)
}

func guessed(from netip.Addr, name string) (all, one guess) {
	network := archive.Network(from)
	name = archive.FoldName(archive.CleanLine(name))
	return guess{network: network}, guess{network: network, name: strings.Clone(name[:min(len(name), longestGuessed)])}
}

// guessedTooOften is the rule that says so.
const guessedTooOften = "guessed_too_often"

// tryPassword signs in with a name and password, unless they were guessed at
// too often.
func (w *Web) tryPassword(r *Request, name, password string) (secret string, v archive.Viewer, err error) {
	if !w.guesses.begin(r.Now, r.Client, name) {
		return "", v, archive.Problems{{Field: "password", Rule: guessedTooOften}}
	}
	secret, v, err = w.Accounts.SignIn(r.Context(), name, password, r.UserAgent())
	var pending *accounts.Pending
	if err == nil || errors.As(err, &pending) { // the password was right
		w.guesses.end(r.Client, name)
	}
	return secret, v, err
}

// notLetIn shows the question again with what was wrong.
func notLetIn(p page.SignInPage, name string, problems archive.Problems, status int) Response {
	p.Name, p.Errors = name, page.ErrorsOf(p.Shell, problems)
	if problems[0].Rule == guessedTooOften {
		status = http.StatusTooManyRequests
	}
	return Response{Status: status, Page: p}
}

package tempo

import (
	"net/netip"
	"strings"
	"sync"
	"time"

	"ficus/internal/archive"
)

// longestGuessed bounds a name that is remembered, in bytes; no account's has
// as many.
const longestGuessed = 100

// Guesses counts what was tried and not found right.
type Guesses struct {
	Pace

	mu     sync.Mutex
	window int64
	tried  map[guess]int
}

// Pace is how often something may be tried within one window: for one name
// from one network, and from one network in all.
type Pace struct {
	Within    time.Duration
	OfName    int
	OfNetwork int
}

// guess is who guesses at what; no name stands for all names.
type guess struct {
	network netip.Prefix
	name    string
}

// Begin counts a try before it is made, and reports whether it may be made.
// Whoever is let in takes theirs back with End.
func (g *Guesses) Begin(now time.Time, from netip.Addr, name string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if window := now.UnixMicro() / g.Within.Microseconds(); g.tried == nil || g.window != window || len(g.tried) > most {
		g.window, g.tried = window, map[guess]int{}
	}
	all, one := guessed(from, name)
	if g.tried[all] >= g.OfNetwork || g.tried[one] >= g.OfName {
		return false
	}
	g.tried[all]++
	g.tried[one]++
	return true
}

// End takes back the tries for a name whose password was right in the end.
func (g *Guesses) End(from netip.Addr, name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	all, one := guessed(from, name)
	g.tried[all] = max(0, g.tried[all]-g.tried[one])
	delete(g.tried, one)
}

// TakeBack takes one try back, of who was right at once.
func (g *Guesses) TakeBack(from netip.Addr, name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	all, one := guessed(from, name)
	g.tried[all] = max(0, g.tried[all]-1)
	g.tried[one] = max(0, g.tried[one]-1)
}

// Left is how long the window still runs.
func (g *Guesses) Left(now time.Time) time.Duration {
	window := now.UnixMicro() / g.Within.Microseconds()
	return time.UnixMicro((window + 1) * g.Within.Microseconds()).Sub(now)
}

func guessed(from netip.Addr, name string) (all, one guess) {
	network := archive.Network(from)
	name = archive.FoldName(archive.CleanLine(name))
	return guess{network: network}, guess{network: network, name: strings.Clone(name[:min(len(name), longestGuessed)])}
}

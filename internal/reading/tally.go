// Package reading is the verbs of a reader: being counted, and taking stories
// along.
package reading

import (
	"context"
	"crypto/rand"
	"log/slog"
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

const (
	flushEvery = time.Second
	mostVisits = 100_000 // of one second; more are lost rather than remembered
	visitSlice = 500     // visits written in one transaction

	longestAgent = 300 // bytes of a browser's name for itself that tell visitors apart
)

// Tally gathers what readers opened and writes it down once a second, so that
// no page waits for a write and a crash loses a second of hits at most.
type Tally struct {
	store *store.Store
	clock archive.Clock
	log   *slog.Logger
	seen  func(ctx context.Context, sessions []int64) error

	mu       sync.Mutex
	opened   map[opening]struct{}
	sessions map[int64]struct{}
	taken    map[taking]time.Time
	key      dayKey
}

// opening is one viewer who opened a work, for a second at most; what is
// written down of a guest is a hash.
type opening struct {
	work    int64
	account int64
	address netip.Addr
	agent   string
}

// visit makes of an opening what is written down.
func (o opening) visit(key string) store.Visit {
	v := store.Visit{Work: o.work, Account: o.account, Visitor: "member " + strconv.FormatInt(o.account, 10)}
	if o.account == 0 {
		v.Visitor = archive.Visitor(key, o.address, o.agent)
	}
	return v
}

// dayKey is the key visitors of one day are hashed under.
type dayKey struct {
	day    int64
	secret string
}

// NewTally makes a tally. Seen notes that sessions are in use.
func NewTally(s *store.Store, clock archive.Clock, log *slog.Logger, seen func(ctx context.Context, sessions []int64) error) *Tally {
	return &Tally{store: s, clock: clock, log: log, seen: seen, opened: map[opening]struct{}{}, sessions: map[int64]struct{}{}, taken: map[taking]time.Time{}}
}

// Opened notes that a viewer at an address opened a work.
func (t *Tally) Opened(v archive.Viewer, work int64, address netip.Addr, agent string) {
	o := opening{work: work, account: v.Account}
	if !v.IsMember() {
		if len(agent) > longestAgent {
			agent = strings.Clone(agent[:longestAgent])
		}
		o.address, o.agent = address, agent
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.opened) < mostVisits {
		t.opened[o] = struct{}{}
	}
}

// InUse notes that a session is in use.
func (t *Tally) InUse(session int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sessions[session] = struct{}{}
}

// Begin fetches the key of today; nobody is counted under another.
func (t *Tally) Begin(ctx context.Context) error {
	day := archive.Day(t.clock.Now())
	t.mu.Lock()
	known := t.key.secret != "" && t.key.day == day
	t.mu.Unlock()
	if known {
		return nil
	}
	key := dayKey{day: day}
	err := t.store.Write(ctx, func(tx *store.Tx) (err error) {
		key.secret, err = tx.Hits.DayKey(ctx, rand.Text())
		return err
	})
	if err == nil {
		t.mu.Lock()
		t.key = key
		t.mu.Unlock()
	}
	return err
}

// Run writes the tally down each second until ctx ends, and once more then.
func (t *Tally) Run(ctx context.Context) {
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			t.Flush(context.WithoutCancel(ctx))
			return
		case <-tick.C:
			t.Flush(ctx)
		}
	}
}

// Flush writes down what was gathered. What cannot be written is lost: hits
// are not worth stopping for. Only for the key of the day they wait: without it
// nobody's hash would be their own secret.
func (t *Tally) Flush(ctx context.Context) {
	t.flushTaken(ctx)
	if err := t.Begin(ctx); err != nil {
		t.log.Warn("the key of the day could not be had", "error", err)
		return
	}
	t.mu.Lock()
	visits := make([]store.Visit, 0, len(t.opened))
	for o := range t.opened {
		visits = append(visits, o.visit(t.key.secret))
	}
	sessions := slices.Sorted(maps.Keys(t.sessions)) // in one order on every node
	clear(t.opened)
	clear(t.sessions)
	t.mu.Unlock()
	for len(visits) > 0 {
		n := min(len(visits), visitSlice)
		part := visits[:n]
		if err := t.store.Write(ctx, func(tx *store.Tx) error { return tx.Hits.Add(ctx, part) }); err != nil {
			t.log.Warn("visits were not counted", "count", len(visits), "error", err)
			break
		}
		visits = visits[n:]
	}
	if len(sessions) > 0 {
		if err := t.seen(ctx, sessions); err != nil {
			t.log.Warn("sessions in use were not noted", "error", err)
		}
	}
}

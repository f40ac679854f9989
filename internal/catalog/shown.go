package catalog

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// AddedFor is how long a page may go on without what was only added to its
// work: comments and kudos, and nothing that closes, hides or changes words.
// AddedAtMost is how long it may where more is said than can be drawn.
const (
	AddedFor    = time.Second
	AddedAtMost = 30 * time.Second
)

// standing is what is known of a work.
type standing struct {
	shown  store.Shown
	valid  bool
	round  int64     // raised by each of its events, so that a slow load is not kept
	since  time.Time // when it was first added to since shown was read; zero: it was not
	before int64     // the revision before the last additions; 0: what came between is no mere addition
	passed time.Time // when the first of those came
}

// Agreement is how what was drawn of a work stands to the work now.
type Agreement int

// How they stand: another work by now or one that is closed; the same but for
// what was added within AddedAtMost, or within AddedFor; the same.
const (
	Differs Agreement = iota
	LacksLong
	Lacks
	Agrees
)

// Agreement tells how a page that was drawn at a revision of a work stands to
// it now. It asks the tables only for what the log made doubtful.
func (c *Catalog) Agreement(ctx context.Context, work, rev int64) Agreement {
	a, sure := c.agreement(work, rev)
	if sure {
		return a
	}
	if c.learn(ctx, work) != nil {
		return Differs
	}
	a, _ = c.agreement(work, rev)
	return a
}

// agreement answers from memory; it is not sure of works it has to read first.
func (c *Catalog) agreement(work, rev int64) (a Agreement, sure bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	k := c.works[work]
	switch {
	case k == nil || !k.valid:
		return Differs, false
	case !k.shown.Open:
		return Differs, true
	case rev == k.shown.Rev && k.since.IsZero():
		return Agrees, true
	}
	if a := k.lacking(rev, c.clock.Now()); a != Differs {
		return a, true
	}
	return Differs, k.since.IsZero()
}

// lacking tells how a page stands to a work that was added to since.
func (k *standing) lacking(rev int64, now time.Time) Agreement {
	added := k.since
	switch {
	case rev == k.before && rev != 0:
		added = k.passed
	case rev != k.shown.Rev:
		return Differs
	}
	switch long := now.Sub(added); {
	case long < AddedFor:
		return Lacks
	case long < AddedAtMost:
		return LacksLong
	}
	return Differs
}

// learn reads what guests are shown of a work.
func (c *Catalog) learn(ctx context.Context, work int64) error {
	round := c.expect(work)
	var shown store.Shown
	err := c.store.Read(ctx, func(tx *store.Tx) (err error) {
		shown, err = tx.Works.ShownToGuests(ctx, work)
		return err
	})
	if err == nil {
		c.remember(work, shown, round)
	}
	return err
}

// expect makes room for what is about to be read of a work.
func (c *Catalog) expect(work int64) (round int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := c.works[work]
	if k == nil {
		if len(c.works) >= mostKnown {
			c.forget()
		}
		k = &standing{}
		c.works[work] = k
	}
	return k.round
}

// remember keeps what was read of a work, unless something happened to it
// since: then whoever asks next reads again.
func (c *Catalog) remember(work int64, shown store.Shown, round int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := c.works[work]
	if k == nil || k.round != round {
		return
	}
	switch {
	case k.valid && !k.since.IsZero():
		k.before, k.passed = k.shown.Rev, k.since
	case !k.valid || k.shown.Rev != shown.Rev: // and not what another just read at the same time
		k.before, k.passed = 0, time.Time{}
	}
	k.shown, k.valid, k.since = shown, true, time.Time{}
}

// happened notes an event of a work. Who calls it holds the lock.
func (c *Catalog) happened(e archive.Event) {
	k := c.works[e.Work]
	if k == nil || archive.ChangesNothingShown(e.Kind) {
		return
	}
	k.round++
	if !archive.AddsOnly(e.Kind) {
		*k = standing{round: k.round}
		return
	}
	if k.since.IsZero() {
		k.since = e.At
		if now := c.clock.Now(); e.At.After(now) { // the clock of another node
			k.since = now
		}
	}
	c.added[e.Work] = struct{}{}
}

// forget begins anew to know works.
func (c *Catalog) forget() {
	c.works, c.added = map[int64]*standing{}, map[int64]struct{}{}
}

// Added gives the works that were only added to since it was last asked, of
// those that are known.
func (c *Catalog) Added() map[int64]struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	added := c.added
	c.added = map[int64]struct{}{}
	return added
}

// Package catalog is what a process knows of the archive by heart, true by
// following the log: what kept guest pages must agree with (each served work's
// shown revision and whether guests may open it, and the revision of the lists)
// and every work with its tags and figures, to answer lists from memory.
package catalog

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"ficus/internal/archive"
	"ficus/internal/store"
)

const (
	// lookEvery is how often another process's commits are looked for; one
	// point read, on either engine (decision 0060).
	lookEvery = 100 * time.Millisecond
	// trustFor is how long kept pages are used without having looked.
	trustFor = time.Second
	// mostKnown bounds the memory; the map is simply begun anew beyond it.
	mostKnown = 1_000_000
	slice     = 500
)

// Catalog follows the log.
type Catalog struct {
	Snapshot Snapshot // where it keeps works for the next start; to be set before Fill

	store *store.Store
	clock archive.Clock
	log   *slog.Logger

	applying *semaphore.Weighted // one at a time reads the log
	cursor   atomic.Int64
	looked   atomic.Int64 // micros of the last look that succeeded
	newest   atomic.Int64 // micros of the latest event
	lists    atomic.Int64 // the last event that changed a list
	counted  atomic.Int64 // the last event that changed a figure in a list
	raised   atomic.Int64 // micros when such an event last changed lists
	site     atomic.Int64
	settings atomic.Pointer[archive.Site]
	front    atomic.Pointer[archive.Front]
	begin    archive.Site

	mu    sync.RWMutex
	works map[int64]*standing
	added map[int64]struct{} // works that were added to since Added was last asked

	found finder

	// Patience is how long works are searched by words. It is set before the
	// catalogue is used.
	Patience Patience
}

// New makes a catalogue that knows nothing yet; Load begins it. Begin is what
// holds of the site while its owner has decided nothing else.
func New(s *store.Store, begin archive.Site, clock archive.Clock, log *slog.Logger) *Catalog {
	c := &Catalog{store: s, begin: begin, clock: clock, log: log, applying: semaphore.NewWeighted(1), found: newFinder(), Patience: usualPatience}
	c.forget()
	c.found.isReviewed.Store(true)
	c.settings.Store(&begin)
	c.front.Store(&archive.Front{})
	return c
}

// Site is what the owner decided about the archive, as of the last look.
func (c *Catalog) Site() archive.Site { return *c.settings.Load() }

// Front is what of the archive's news and pages stands on other pages, as of
// the last look.
func (c *Catalog) Front() archive.Front { return *c.front.Load() }

// readSite brings the site's revision and, when it moved, the settings and what
// of the news and pages stands on other pages.
func (c *Catalog) readSite(ctx context.Context, tx *store.Tx) error {
	rev, err := tx.Log.SiteRev(ctx)
	if err != nil || rev == c.site.Load() {
		return err
	}
	site, err := tx.Settings.Site(ctx, c.begin)
	if err != nil {
		return err
	}
	front, err := tx.Papers.Front(ctx)
	if err != nil {
		return err
	}
	c.settings.Store(&site)
	c.front.Store(&front)
	c.site.Store(rev)
	return nil
}

// Load begins at the head of the log: what is not known yet is read when asked
// for.
func (c *Catalog) Load(ctx context.Context) error {
	return c.store.Read(ctx, func(tx *store.Tx) error {
		head, err := tx.Log.Head(ctx)
		if err != nil {
			return err
		}
		newest, err := tx.Log.NewestAt(ctx)
		if err != nil {
			return err
		}
		c.newest.Store(newest.UnixMicro())
		c.cursor.Store(head)
		c.lists.Store(head)
		c.looked.Store(tx.Now.UnixMicro())
		return c.readSite(ctx, tx)
	})
}

// Follow looks at the log until ctx ends, and reads anew what has changed.
func (c *Catalog) Follow(ctx context.Context) {
	tick, learn := time.NewTicker(lookEvery), time.NewTicker(learnEvery)
	defer tick.Stop()
	defer learn.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-learn.C:
			if err := c.found.passages.keepUp(ctx, c.store); err != nil && ctx.Err() == nil {
				c.log.Warn("passages could not be read into memory; frequent words are sought longer until they can", "error", err)
			}
		case <-tick.C:
			err := c.look(ctx)
			if err == nil && c.found.isBehindInWorks(c.clock.Now()) {
				err = c.catchUp(ctx)
			}
			if err != nil && ctx.Err() == nil {
				c.log.Warn("the log could not be read; pages are drawn afresh until it can", "error", err)
			}
		}
	}
}

// Applied hears of this process's own commits: when it returns, the catalogue
// knows of their events. It reads the log only when others have written too.
func (c *Catalog) Applied(ctx context.Context, own store.Committed) {
	c.found.outdate(archive.RereadFigures, own.Hit...)
	if len(own.Events) == 0 {
		return
	}
	if own.SiteRev == c.site.Load() && c.applyNext(own.Events) {
		c.looked.Store(c.clock.Now().UnixMicro())
		return
	}
	if c.cursor.Load() >= own.Events[len(own.Events)-1].ID {
		return // others looked meanwhile
	}
	if err := c.look(context.WithoutCancel(ctx)); err != nil {
		c.log.Warn("the log could not be read after a commit", "error", err)
		c.looked.Store(0) // keep nothing in use until a look succeeds
	}
}

// WaitFor makes sure that the catalogue knows of an event, for a reader who has
// just written on another node and must read their own words here. It takes a
// second at most; an event that is not in the log (of an archive that was
// started over) is not waited for.
func (c *Catalog) WaitFor(ctx context.Context, event int64) {
	if c.cursor.Load() >= event {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := c.look(ctx); err != nil && ctx.Err() == nil {
		c.log.Warn("the log could not be read for a reader who has just written", "error", err)
	}
}

// Position is the newest event the catalogue knows of.
func (c *Catalog) Position() int64 { return c.cursor.Load() }

func (c *Catalog) look(ctx context.Context) error {
	if err := c.applying.Acquire(ctx, 1); err != nil {
		return err
	}
	defer c.applying.Release(1)
	for {
		var events []archive.Event
		err := c.store.Read(ctx, func(tx *store.Tx) error {
			if err := c.readSite(ctx, tx); err != nil {
				return err
			}
			var err error
			events, err = tx.Log.After(ctx, c.cursor.Load(), slice)
			return err
		})
		if err != nil {
			return err
		}
		c.apply(events)
		c.looked.Store(c.clock.Now().UnixMicro())
		if len(events) < slice {
			return nil
		}
	}
}

// applyNext makes events known, unless they are not the next ones.
func (c *Catalog) applyNext(events []archive.Event) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if events[0].ID != c.cursor.Load()+1 {
		return false
	}
	c.note(events)
	return true
}

// apply makes events known that were read after some that are.
func (c *Catalog) apply(events []archive.Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(events) > 0 && events[0].ID <= c.cursor.Load() { // others looked meanwhile
		events = events[1:]
	}
	c.note(events)
}

// note makes events known. Who calls it holds the lock.
func (c *Catalog) note(events []archive.Event) {
	for _, e := range events {
		if e.Work != 0 {
			c.happened(e)
		}
		c.found.note(e)
		switch {
		case archive.ChangesFiguresOnly(e.Kind):
			c.counted.Store(e.ID)
		case archive.ChangesWhatGuestsSee(e.Kind):
			c.lists.Store(e.ID)
		}
		c.newest.Store(max(c.newest.Load(), e.At.UnixMicro()))
		c.cursor.Store(e.ID)
	}
}

// Fresh reports whether what the catalogue knows may be relied on now.
func (c *Catalog) Fresh() bool {
	return c.clock.Now().UnixMicro()-c.looked.Load() < trustFor.Microseconds()
}

// Revs are what a kept list must agree with.
type Revs struct{ Lists, Site int64 }

// figuresEvery is how often lists change because of figures alone: under a rain
// of comments kept lists stay in use, and are a second old at most.
const figuresEvery = time.Second

// Revs gives the revisions of lists and of the site.
func (c *Catalog) Revs() Revs {
	lists := c.lists.Load()
	if counted := c.counted.Load(); counted > lists {
		before, now := c.raised.Load(), c.clock.Now().UnixMicro()
		if now-before >= figuresEvery.Microseconds() && c.raised.CompareAndSwap(before, now) {
			c.lists.CompareAndSwap(lists, counted)
		}
	}
	return Revs{Lists: c.lists.Load(), Site: c.site.Load()}
}

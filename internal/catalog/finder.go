package catalog

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
	"ficus/internal/store"
)

// finder finds works in memory. An event only notes that its work has to be
// read again, which costs the commit nothing; who asks for a list next, or the
// follower, reads it (decision 0270).
type finder struct {
	index   *index.Index
	filled  atomic.Bool
	reading *semaphore.Weighted // one at a time reads works anew

	mu       sync.Mutex
	stale    map[int64]archive.Rereading
	underWay bool            // some are being read
	due      map[int64]int64 // works that are scheduled, and for when
	soonest  int64           // the first of those, in microseconds
}

func newFinder() finder {
	return finder{
		index: index.New(), reading: semaphore.NewWeighted(1),
		stale: map[int64]archive.Rereading{}, due: map[int64]int64{}, soonest: math.MaxInt64,
	}
}

// outdate notes that works have to be read again.
func (f *finder) outdate(how archive.Rereading, works ...int64) {
	if how == archive.RereadNothing || len(works) == 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, work := range works {
		f.stale[work] = max(f.stale[work], how)
	}
}

// isBehind reports whether something has to be read, or is being read.
func (f *finder) isBehind(now time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.underWay || len(f.stale) > 0 || f.soonest <= now.UnixMicro()
}

// take gives what has to be read again, scheduled works that are due too.
func (f *finder) take(now time.Time) map[int64]archive.Rereading {
	f.mu.Lock()
	defer f.mu.Unlock()
	taken := f.stale
	f.stale = map[int64]archive.Rereading{}
	if f.soonest <= now.UnixMicro() {
		for work, at := range f.due {
			if at <= now.UnixMicro() {
				taken[work] = archive.RereadWork
			}
		}
	}
	f.underWay = true
	return taken
}

// end ends what take began; what could not be read has to be read still.
func (f *finder) end(unread map[int64]archive.Rereading) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.underWay = false
	for work, how := range unread {
		f.stale[work] = max(f.stale[work], how)
	}
}

// schedule notes when a work comes out, if that is still to come.
func (f *finder) schedule(now time.Time, works ...store.IndexedWork) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, w := range works {
		switch {
		case w.PostedAt.After(now):
			f.due[w.ID] = w.PostedAt.UnixMicro()
		case f.due[w.ID] == 0:
			continue
		default:
			delete(f.due, w.ID)
		}
		f.soonest = math.MaxInt64
		for _, at := range f.due {
			f.soonest = min(f.soonest, at)
		}
	}
}

// Fill reads all works and tags, in the background of a process that serves
// already. Until it is done, lists are answered from the tables.
func (c *Catalog) Fill(ctx context.Context) {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		err := c.fill(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		c.log.Warn("works could not be read into memory; lists come from the tables, without counts of tags, until they can", "error", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// fill reads one state of the archive. What happened since the catalogue began
// to follow the log is noted to be read again, so nothing between is missed.
func (c *Catalog) fill(ctx context.Context) error {
	f := &c.found
	if err := f.reading.Acquire(ctx, 1); err != nil {
		return err
	}
	defer f.reading.Release(1)
	err := c.store.Read(ctx, func(tx *store.Tx) (err error) {
		tags := func(yield func(index.Tag) bool) {
			err = tx.Indexed.EachTag(ctx, func(t store.IndexedTag) bool { return yield(tagOf(t)) })
		}
		works := func(yield func(index.Work) bool) {
			if err != nil {
				return
			}
			err = tx.Indexed.EachWork(ctx, func(w store.IndexedWork) bool {
				f.schedule(tx.Now, w)
				return yield(workOf(w, tx.Now))
			})
		}
		f.index.Load(tags, works)
		return err
	})
	if err == nil {
		f.filled.Store(true)
	}
	return err
}

// catchUp makes the index know of everything the catalogue does, once it is
// filled.
func (c *Catalog) catchUp(ctx context.Context) error {
	f := &c.found
	if !f.filled.Load() || !f.isBehind(c.clock.Now()) {
		return nil
	}
	if err := f.reading.Acquire(ctx, 1); err != nil {
		return err
	}
	defer f.reading.Release(1)
	taken := f.take(c.clock.Now())
	err := c.reread(ctx, taken)
	if err != nil {
		f.end(taken)
		return fmt.Errorf("read works anew: %w", err)
	}
	f.end(nil)
	return nil
}

// reread reads works, or their figures, and puts them into the index.
func (c *Catalog) reread(ctx context.Context, taken map[int64]archive.Rereading) error {
	var whole, figures []int64
	for _, work := range slices.Sorted(maps.Keys(taken)) {
		if taken[work] == archive.RereadWork {
			whole = append(whole, work)
		} else {
			figures = append(figures, work)
		}
	}
	return c.store.Read(ctx, func(tx *store.Tx) error {
		for some := range slices.Chunk(whole, slice) {
			if err := c.found.rereadWorks(ctx, tx, some); err != nil {
				return err
			}
		}
		for some := range slices.Chunk(figures, slice) {
			if err := c.found.rereadFigures(ctx, tx, some); err != nil {
				return err
			}
		}
		return nil
	})
}

func (f *finder) rereadWorks(ctx context.Context, tx *store.Tx, ids []int64) error {
	works, err := tx.Indexed.Works(ctx, ids...)
	if err != nil {
		return err
	}
	tags, err := f.newTags(ctx, tx, works)
	if err != nil {
		return err
	}
	gone := make(map[int64]bool, len(ids))
	for _, id := range ids {
		gone[id] = true
	}
	f.index.Change(func(ch *index.Changes) {
		for _, t := range tags {
			ch.PutTag(tagOf(t))
		}
		for _, w := range works {
			ch.PutWork(workOf(w, tx.Now))
			delete(gone, w.ID)
		}
		for id := range gone {
			ch.RemoveWork(id)
		}
	})
	for id := range gone {
		works = append(works, store.IndexedWork{ID: id})
	}
	f.schedule(tx.Now, works...)
	return nil
}

// newTags reads the tags of works that the index has not met.
func (f *finder) newTags(ctx context.Context, tx *store.Tx, works []store.IndexedWork) ([]store.IndexedTag, error) {
	unknown := map[int64]bool{}
	for _, w := range works {
		for _, tag := range w.Tags {
			if !f.index.KnowsTag(tag) {
				unknown[tag] = true
			}
		}
	}
	var tags []store.IndexedTag
	for some := range slices.Chunk(slices.Sorted(maps.Keys(unknown)), slice) {
		read, err := tx.Indexed.Tags(ctx, some...)
		if err != nil {
			return nil, err
		}
		tags = append(tags, read...)
	}
	return tags, nil
}

func (f *finder) rereadFigures(ctx context.Context, tx *store.Tx, ids []int64) error {
	figures, err := tx.Indexed.Figures(ctx, ids...)
	if err != nil {
		return err
	}
	f.index.Change(func(ch *index.Changes) {
		for id, counts := range figures { // who is gone has an event of its own
			ch.SetFigure(id, index.Hits, counts.Hits)
			ch.SetFigure(id, index.Kudos, counts.Kudos)
			ch.SetFigure(id, index.Comments, int64(counts.Comments))
		}
	})
	return nil
}

// tagOf is a tag as the index takes it. While nobody sorts tags, each is
// counted by itself.
func tagOf(t store.IndexedTag) index.Tag {
	return index.Tag{ID: t.ID, Kind: t.Kind, Standing: index.Canonical}
}

// workOf is a work as the index takes it.
func workOf(w store.IndexedWork, now time.Time) index.Work {
	return index.Work{
		ID: w.ID, State: stateOf(w.Standing, now), Complete: w.Complete, Anonymous: w.Anonymous, Language: w.Language, Title: w.SortsAs,
		Tags: w.Tags, Creators: w.Creators, Updated: w.Revised, Posted: w.Published, Words: int64(w.Counts.Words), Chapters: int64(w.Counts.Posted),
		Hits: w.Counts.Hits, Kudos: w.Counts.Kudos, Comments: int64(w.Counts.Comments),
	}
}

// stateOf says in the index's bits what the gate says of each kind of viewer.
// Mutes are asked for with each list.
func stateOf(s archive.Standing, now time.Time) index.State {
	lists := func(v archive.Viewer) bool { return archive.GateFor(v, archive.Tie{}, s, now).List }
	var state index.State
	switch {
	case !lists(archive.Viewer{Account: 1, Staff: true}):
		state = index.Unlisted
	case !lists(archive.Viewer{Account: 1}):
		state = index.ForStaff
	}
	if s.Restricted {
		state |= index.Restricted
	}
	return state
}

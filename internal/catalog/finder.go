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
	took    atomic.Int64        // nanoseconds that filling it took
	reading *semaphore.Weighted // one at a time reads works anew

	mu       sync.Mutex
	stale    map[int64]archive.Rereading
	tags     map[int64]bool  // that were sorted, and have to be read again
	underWay bool            // some are being read
	due      map[int64]int64 // works that are scheduled, and for when
	soonest  int64           // the first of those, in microseconds
}

func newFinder() finder {
	return finder{
		index: index.New(), reading: semaphore.NewWeighted(1),
		stale: map[int64]archive.Rereading{}, tags: map[int64]bool{}, due: map[int64]int64{}, soonest: math.MaxInt64,
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

// outdateTag notes that a tag was sorted.
func (f *finder) outdateTag(tag int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tags[tag] = true
}

// isBehind reports whether something has to be read, or is being read.
func (f *finder) isBehind(now time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.underWay || len(f.stale) > 0 || len(f.tags) > 0 || f.soonest <= now.UnixMicro()
}

// take gives what has to be read again, scheduled works that are due too.
func (f *finder) take(now time.Time) (taken map[int64]archive.Rereading, tags map[int64]bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	taken, tags = f.stale, f.tags
	f.stale, f.tags = map[int64]archive.Rereading{}, map[int64]bool{}
	if f.soonest <= now.UnixMicro() {
		for work, at := range f.due {
			if at <= now.UnixMicro() {
				taken[work] = archive.RereadWork
			}
		}
	}
	f.underWay = true
	return taken, tags
}

// end ends what take began; what could not be read has to be read still.
func (f *finder) end(unread map[int64]archive.Rereading, tags map[int64]bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.underWay = false
	maps.Copy(f.tags, tags)
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
	began := c.clock.Now()
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
		f.took.Store(int64(c.clock.Now().Sub(began)))
		f.filled.Store(true)
	}
	return err
}

// Filled tells how many works lists are answered from in memory, and how long
// reading them took; false while they are still being read.
func (c *Catalog) Filled() (works int, took time.Duration, filled bool) {
	return c.found.index.Works(), time.Duration(c.found.took.Load()), c.found.filled.Load()
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
	taken, tags := f.take(c.clock.Now())
	if err := c.reread(ctx, taken, tags); err != nil {
		f.end(taken, tags)
		return fmt.Errorf("read works anew: %w", err)
	}
	f.end(nil, nil)
	return nil
}

// reread reads tags and works, or their figures, and puts them into the index.
func (c *Catalog) reread(ctx context.Context, taken map[int64]archive.Rereading, tags map[int64]bool) error {
	var whole, figures []int64
	for _, work := range slices.Sorted(maps.Keys(taken)) {
		if taken[work] == archive.RereadWork {
			whole = append(whole, work)
		} else {
			figures = append(figures, work)
		}
	}
	return c.store.Read(ctx, func(tx *store.Tx) error {
		if err := c.found.rereadTags(ctx, tx, tags); err != nil {
			return err
		}
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

// rereadTags reads tags that were sorted, and those that changed with them.
func (f *finder) rereadTags(ctx context.Context, tx *store.Tx, sorted map[int64]bool) error {
	beside := map[int64]bool{}
	for tag := range sorted {
		ids, err := tx.Indexed.TagsBeside(ctx, tag)
		if err != nil {
			return err
		}
		for _, id := range ids {
			beside[id] = true
		}
	}
	tags, err := tagsOf(ctx, tx, beside)
	if err != nil || len(tags) == 0 {
		return err
	}
	f.index.Change(func(ch *index.Changes) {
		for _, t := range tags {
			ch.PutTag(tagOf(t))
		}
	})
	return nil
}

// tagsOf reads any number of tags.
func tagsOf(ctx context.Context, tx *store.Tx, ids map[int64]bool) ([]store.IndexedTag, error) {
	var tags []store.IndexedTag
	for some := range slices.Chunk(slices.Sorted(maps.Keys(ids)), slice) {
		read, err := tx.Indexed.Tags(ctx, some...)
		if err != nil {
			return nil, err
		}
		tags = append(tags, read...)
	}
	return tags, nil
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
	return tagsOf(ctx, tx, unknown)
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

// tagOf is a tag as the index takes it.
//
// Tags that nobody has looked at are counted as themselves: an archive whose
// tags nobody sorts has its facets too (decision 0276).
func tagOf(t store.IndexedTag) index.Tag {
	tag := index.Tag{ID: t.ID, Kind: t.Kind, Of: t.Canonical, Metatags: t.Metatags}
	switch t.Standing {
	case archive.TagCanonical, archive.TagUnsorted:
		tag.Standing = index.Canonical
	case archive.TagSynonym:
		tag.Standing = index.Synonym
	}
	return tag
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

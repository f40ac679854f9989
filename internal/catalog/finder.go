package catalog

import (
	"context"
	"maps"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
	"ficus/internal/catalog/names"
	"ficus/internal/store"
)

// finder finds works in memory. An event only notes that its work has to be
// read again, which costs the commit nothing; who asks for a list next, or the
// follower, reads it (decision 0270).
type finder struct {
	index      *index.Index
	names      *names.Names
	passages   passages
	filled     atomic.Bool
	took       atomic.Int64        // nanoseconds that filling it took
	isReviewed atomic.Bool         // its figures are no older than the log; not when a snapshot filled it
	reading    *semaphore.Weighted // one at a time reads works anew

	mu       sync.Mutex
	works    map[int64]bool  // that have to be read again
	figures  map[int64]bool  // works whose figures have to be
	tags     map[int64]bool  // that were sorted, and have to be read again
	renamed  map[int64]bool  // accounts whose names changed
	words    map[int64]bool  // that members mute, and works were looked through for
	underWay int             // how many are being read
	due      map[int64]int64 // works that are scheduled, and for when
	soonest  int64           // the first of those, in microseconds
}

func newFinder() finder {
	return finder{
		index: index.New(), names: names.New(), reading: semaphore.NewWeighted(1),
		works: map[int64]bool{}, figures: map[int64]bool{}, tags: map[int64]bool{}, renamed: map[int64]bool{}, words: map[int64]bool{}, due: map[int64]int64{}, soonest: math.MaxInt64,
	}
}

// note notes what an event has to be read again for.
func (f *finder) note(e archive.Event) {
	if e.Work != 0 {
		f.outdate(archive.RereadFor(e.Kind), e.Work)
	}
	switch e.Kind {
	case archive.TagSorted:
		f.outdateTag(e.Subject)
	case archive.MutedWordFound:
		f.outdateWord(e.Subject)
	case archive.NameChanged, archive.AccountPurged:
		f.outdateNames(e.Subject)
	}
}

// outdate notes that works have to be read again.
func (f *finder) outdate(how archive.Rereading, works ...int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, work := range works {
		switch how {
		case archive.RereadWork:
			f.works[work] = true
		case archive.RereadFigures:
			f.figures[work] = true
		}
	}
}

// outdateTag notes that a tag was sorted.
func (f *finder) outdateTag(tag int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tags[tag] = true
}

// outdateWord notes that works were looked through for a muted word.
func (f *finder) outdateWord(word int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.words[word] = true
}

// outdateNames notes that names of an account changed.
func (f *finder) outdateNames(account int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.renamed[account] = true
}

// isBehind reports whether something has to be read, or is being read.
func (f *finder) isBehind(now time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.underWay > 0 || len(f.figures) > 0 || f.lacksWorks(now)
}

// isBehindInWorks reports whether more than figures has to be read.
func (f *finder) isBehindInWorks(now time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.lacksWorks(now)
}

// lacksWorks is isBehindInWorks, for who holds the lock.
func (f *finder) lacksWorks(now time.Time) bool {
	return len(f.works) > 0 || len(f.tags) > 0 || len(f.renamed) > 0 || len(f.words) > 0 || f.soonest <= now.UnixMicro()
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

// scheduled are the works that are to come out, and when.
func (f *finder) scheduled() map[int64]int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return maps.Clone(f.due)
}

// expectDue notes works that are to come out.
func (f *finder) expectDue(due map[int64]int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	maps.Copy(f.due, due)
	for _, at := range due {
		f.soonest = min(f.soonest, at)
	}
}

// Fill reads all works and tags, in the background of a process that serves
// already: from the snapshot a process left, and what has happened since, or
// else from the tables. Until it is done, lists are answered from the tables.
//
// Then it learns of which work each passage is; searches find the same before,
// and take longer.
func (c *Catalog) Fill(ctx context.Context) {
	c.until(ctx, c.fill, "works could not be read into memory; lists come from the tables, without counts of tags, until they can")
	c.until(ctx, func(ctx context.Context) error { return c.found.passages.fill(ctx, c.store) }, "passages could not be read into memory; frequent words are sought longer until they can")
}

// until does something until it succeeds, and says why it does not.
func (c *Catalog) until(ctx context.Context, do func(context.Context) error, failed string) {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		err := do(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		c.log.Warn(failed, "error", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

func (c *Catalog) fill(ctx context.Context) error {
	f := &c.found
	if err := f.reading.Acquire(ctx, 1); err != nil {
		return err
	}
	defer f.reading.Release(1)
	began := c.clock.Now()
	if c.restored(ctx) {
		f.isReviewed.Store(false)
		if err := c.readNames(ctx); err != nil {
			return err
		}
	} else if err := c.readTables(ctx); err != nil {
		return err
	}
	f.took.Store(int64(c.clock.Now().Sub(began)))
	f.filled.Store(true)
	return nil
}

// readTables reads one state of the archive. What happened since the catalogue
// began to follow the log is noted to be read again, so nothing between is
// missed.
func (c *Catalog) readTables(ctx context.Context) error {
	f := &c.found
	named := f.names.Load()
	err := c.store.Read(ctx, func(tx *store.Tx) (err error) {
		tags := func(yield func(index.Tag) bool) {
			err = tx.Indexed.EachTag(ctx, func(t store.IndexedTag) bool {
				if !t.Banned {
					named.Add(nameOf(t))
				}
				return yield(tagOf(t))
			})
		}
		pseuds := func(yield func(index.Pseud) bool) {
			if err != nil {
				return
			}
			err = tx.Indexed.EachPseud(ctx, func(p store.IndexedPseud) bool { return yield(pseudOf(p)) })
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
		f.index.Load(tags, pseuds, works)
		return err
	})
	if err == nil {
		named.End()
	}
	return err
}

// readNames reads the names of tags alone.
func (c *Catalog) readNames(ctx context.Context) error {
	named := c.found.names.Load()
	err := c.store.Read(ctx, func(tx *store.Tx) error {
		return tx.Indexed.EachTag(ctx, func(t store.IndexedTag) bool {
			if !t.Banned {
				named.Add(nameOf(t))
			}
			return true
		})
	})
	if err == nil {
		named.End()
	}
	return err
}

// Filled tells how many works lists are answered from in memory, and how long
// reading them took; false while they are still being read.
func (c *Catalog) Filled() (works int, took time.Duration, filled bool) {
	return c.found.index.Works(), time.Duration(c.found.took.Load()), c.found.filled.Load()
}

// tagOf is a tag as the index takes it.
//
// Tags that nobody has looked at are counted as themselves: an archive whose
// tags nobody sorts has its facets too (decision 0276). A banned one is offered
// nowhere.
func tagOf(t store.IndexedTag) index.Tag {
	tag := index.Tag{ID: t.ID, Kind: t.Kind, Of: t.Canonical, Metatags: t.Metatags}
	switch {
	case t.Standing == archive.TagSynonym:
		tag.Standing = index.Synonym
	case t.Standing == archive.TagAsIs || t.Banned:
	case t.Standing == archive.TagUnsorted:
		tag.Standing = index.Waiting
	default:
		tag.Standing = index.Canonical
	}
	return tag
}

// nameOf is a tag as it is sought by who types.
func nameOf(t store.IndexedTag) names.Name {
	isSorted := t.Standing == archive.TagCanonical || t.Standing == archive.TagSynonym
	return names.Name{ID: t.ID, Sought: t.Sought, IsSorted: isSorted, Parents: t.Parents}
}

// pseudOf is a pen name as the index takes it.
func pseudOf(p store.IndexedPseud) index.Pseud {
	return index.Pseud{ID: p.ID, Account: p.Account, Name: p.SortsAs}
}

// workOf is a work as the index takes it.
func workOf(w store.IndexedWork, now time.Time) index.Work {
	return index.Work{
		ID: w.ID, State: stateOf(w.Standing, now), Complete: w.Complete, Anonymous: w.Anonymous, Language: w.Language, Title: w.SortsAs,
		Tags: w.Tags, Main: w.Main, Pseuds: w.Pseuds, Muted: w.Muted, Updated: w.Revised, Posted: w.Published, Words: int64(w.Counts.Words), Chapters: int64(w.Counts.Posted),
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

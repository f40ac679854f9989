package catalog

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"ficus/internal/catalog/index"
	"ficus/internal/store"
)

// outdated is what has to be read again.
type outdated struct{ works, figures, tags, renamed, words map[int64]bool }

func (o outdated) size() int {
	return len(o.works) + len(o.figures) + len(o.tags) + len(o.renamed) + len(o.words)
}

// take gives what has to be read again, scheduled works that are due too.
func (f *finder) take(now time.Time) outdated {
	f.mu.Lock()
	defer f.mu.Unlock()
	taken := outdated{f.works, f.figures, f.tags, f.renamed, f.words}
	f.works, f.figures, f.tags, f.renamed, f.words = map[int64]bool{}, map[int64]bool{}, map[int64]bool{}, map[int64]bool{}, map[int64]bool{}
	if f.soonest <= now.UnixMicro() {
		for work, at := range f.due {
			if at <= now.UnixMicro() {
				taken.works[work] = true
			}
		}
	}
	f.underWay = taken.size()
	return taken
}

// takeFigures gives some works whose figures have to be read, so many at most.
func (f *finder) takeFigures(most int) outdated {
	f.mu.Lock()
	defer f.mu.Unlock()
	taken := outdated{figures: map[int64]bool{}}
	for work := range f.figures {
		if len(taken.figures) == most {
			break
		}
		taken.figures[work] = true
		delete(f.figures, work)
	}
	f.underWay = taken.size()
	return taken
}

// end ends what take began; what could not be read has to be read still.
func (f *finder) end(unread outdated) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.underWay = 0
	maps.Copy(f.works, unread.works)
	maps.Copy(f.figures, unread.figures)
	maps.Copy(f.tags, unread.tags)
	maps.Copy(f.renamed, unread.renamed)
	maps.Copy(f.words, unread.words)
}

// Behind is how many works, tags and accounts have to be read again, or are being read.
func (c *Catalog) Behind() int {
	f := &c.found
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.underWay + len(f.works) + len(f.figures) + len(f.tags) + len(f.renamed) + len(f.words)
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
	return c.reread(ctx, f.take(c.clock.Now()))
}

// catchUpNow is catchUp for a reader, who sees nothing that is older than what
// kept pages may be.
func (c *Catalog) catchUpNow(ctx context.Context) error {
	if err := c.lookNow(ctx); err != nil {
		return err
	}
	return c.catchUp(ctx)
}

// lookNow looks at the log unless it was looked at a moment ago.
func (c *Catalog) lookNow(ctx context.Context) error {
	if c.Fresh() {
		return nil
	}
	return c.look(ctx)
}

const (
	// figuresReadEvery is how often figures are read that nobody has asked for.
	figuresReadEvery = time.Second
	// figuresAtOnce is how many works a reader waits for at most, where the
	// figures of works are being read by what gives way.
	figuresAtOnce = 50
)

// FollowFigures reads the figures of works that were answered, until ctx ends.
// Who asks for a list reads them first; this keeps it little that is left to
// read, and is to be called by what gives way (decision 0287).
func (c *Catalog) FollowFigures(ctx context.Context) {
	tick := time.NewTicker(figuresReadEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := c.catchUpFigures(ctx); err != nil && ctx.Err() == nil {
				c.log.Warn("figures of works could not be read anew; lists are sorted by older ones until they can", "error", err)
			}
		}
	}
}

// catchUpFigures reads the figures that have to be read, a few at a time.
func (c *Catalog) catchUpFigures(ctx context.Context) error {
	f := &c.found
	if !f.filled.Load() {
		return nil
	}
	for {
		if err := f.reading.Acquire(ctx, 1); err != nil {
			return err
		}
		taken := f.takeFigures(figuresAtOnce)
		err := c.reread(ctx, taken)
		f.reading.Release(1)
		if err != nil || len(taken.figures) == 0 {
			return err
		}
	}
}

// reread reads tags and works, or their figures, and puts them into the index.
func (c *Catalog) reread(ctx context.Context, taken outdated) error {
	err := c.store.Read(ctx, func(tx *store.Tx) error {
		if err := c.found.rereadTags(ctx, tx, taken.tags); err != nil {
			return err
		}
		if err := c.found.rereadNames(ctx, tx, taken.renamed); err != nil {
			return err
		}
		if err := c.found.rereadAll(ctx, tx, slices.Sorted(maps.Keys(taken.works))); err != nil {
			return err
		}
		if err := c.found.rereadWords(ctx, tx, taken.words); err != nil {
			return err
		}
		for some := range slices.Chunk(slices.Sorted(maps.Keys(taken.figures)), slice) {
			if err := c.found.rereadFigures(ctx, tx, some); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		c.found.end(taken)
		return fmt.Errorf("read works anew: %w", err)
	}
	c.found.end(outdated{})
	return nil
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
	f.index.Change(func(ch *index.Changes) { f.putTags(ch, tags) })
	return f.rereadFiled(ctx, tx, sorted)
}

// rereadFiled reads the names of tags that stand under another fandom since it
// was renamed. The index knows of no fandoms that tags are filed under.
func (f *finder) rereadFiled(ctx context.Context, tx *store.Tx, sorted map[int64]bool) error {
	moved := map[int64]bool{}
	for tag := range sorted {
		filed, err := tx.Sorting.Filed(ctx, tag)
		if err != nil {
			return err
		}
		for _, id := range filed {
			if known, has := f.names.Get(id); has && !slices.Contains(known.Parents, tag) {
				moved[id] = true
			}
		}
	}
	tags, err := tagsOf(ctx, tx, moved)
	for _, t := range tags {
		if !t.Banned {
			f.names.Put(nameOf(t))
		}
	}
	return err
}

// putTags has tags found by what they are, and by their names.
func (f *finder) putTags(ch *index.Changes, tags []store.IndexedTag) {
	for _, t := range tags {
		ch.PutTag(tagOf(t))
		if t.Banned {
			f.names.Remove(t.ID)
		} else {
			f.names.Put(nameOf(t))
		}
	}
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

// rereadAll reads any number of works.
func (f *finder) rereadAll(ctx context.Context, tx *store.Tx, works []int64) error {
	for some := range slices.Chunk(works, slice) {
		if err := f.rereadWorks(ctx, tx, some); err != nil {
			return err
		}
	}
	return nil
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
	pseuds, err := f.newPseuds(ctx, tx, works)
	if err != nil {
		return err
	}
	f.index.Change(func(ch *index.Changes) {
		f.putTags(ch, tags)
		putPseuds(ch, pseuds)
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

// rereadWords reads the works in which muted words stand. A word was looked for
// in many works, none of which has changed itself.
func (f *finder) rereadWords(ctx context.Context, tx *store.Tx, words map[int64]bool) error {
	for word := range words {
		works, err := tx.MutedWords.Works(ctx, word)
		if err != nil {
			return err
		}
		f.index.Change(func(ch *index.Changes) { ch.SetMutedWord(word, works) })
	}
	return nil
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

package finding

import (
	"context"
	"errors"
	"slices"
	"strings"

	"ficus/internal/prose"
	"ficus/internal/prose/words"
	"ficus/internal/store"
)

// wordsAtOnce are kept in one transaction, about: others wait that long to
// write, some ten milliseconds.
const wordsAtOnce = 3_000

// tidiedTimes is how often, after texts were kept, a little of what that leaves
// to do is done, each time by itself: others may write between.
const tidiedTimes = 3

// between parts the texts of a chapter.
const between = words.Between

// errTaken says that another process reads, since this one was silent for too
// long.
var errTaken = errors.New("another process reads works")

// gathered is what was read and is not kept yet: several short texts go into
// one transaction, for each is waited for by the disk.
type gathered struct {
	dropped  []store.TextRead // of which nothing is left of how they were before
	passages []store.Passage
	words    int
	begun    store.PassagesRead // where reading stood; with pairs of the words that make some since then
	isPaired func(word string) bool
}

// read reads what of a work is not as it was read before.
func (f *Finding) read(ctx context.Context, g *gathered, work int64, chapters bool) error {
	var t store.Texts
	var kept map[int64]int64
	err := f.store.Read(ctx, func(tx *store.Tx) (err error) {
		if t, err = tx.Passages.Texts(ctx, work); err == nil {
			kept, err = tx.Passages.Kept(ctx, work, g.begun.Pairs)
		}
		return err
	})
	if err != nil {
		return err
	}
	if !chapters {
		t.Chapters = nil
	}
	for _, one := range t.NotAs(kept) {
		one.Work = work
		var all []string
		switch {
		case one.Revision == 0: // it is not there any more, or not posted
		case one.Chapter == 0:
			all = words.Of(prose.ReadStored(t.Summary).Lines())
		default:
			all, err = f.wordsOf(ctx, one.Chapter, one.Title)
		}
		if err == nil {
			if _, has := kept[one.Chapter]; has {
				g.dropped = append(g.dropped, one)
			}
			err = f.gather(ctx, g, one, all)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// wordsOf reads a chapter's title, summary and text.
func (f *Finding) wordsOf(ctx context.Context, chapter int64, title string) (all []string, err error) {
	err = f.store.Read(ctx, func(tx *store.Tx) error {
		told, err := tx.Chapters.Told(ctx, chapter)
		if err != nil {
			return err
		}
		all = words.Of(title)
		for _, part := range []string{told.Summary, told.Body} {
			if strings.TrimSpace(part) != "" {
				all = append(append(all, between), words.Of(prose.ReadStored(part).Lines())...)
			}
		}
		return nil
	})
	return all, ignoreGone(err)
}

// gather takes a text in the place of how it was before, and keeps what was
// gathered when that is enough. The first passage of a text comes last: one that
// has it is whole.
func (f *Finding) gather(ctx context.Context, g *gathered, one store.TextRead, all []string) error {
	if one.Revision == 0 {
		return nil
	}
	passages := words.Passages(all)
	for ordinal, part := range slices.Backward(passages) {
		g.passages = append(g.passages, store.Passage{Work: one.Work, Chapter: one.Chapter, Ordinal: ordinal, Revision: one.Revision, Pairs: g.begun.Pairs, Words: words.Paired(part, g.isPaired)})
		if g.words += len(part); g.words >= wordsAtOnce {
			if err := f.keep(ctx, g); err != nil {
				return err
			}
		}
	}
	return nil
}

// keep keeps what was gathered, while the lease is this process's.
func (f *Finding) keep(ctx context.Context, g *gathered) error {
	if len(g.dropped)+len(g.passages) == 0 {
		return nil
	}
	err := f.store.Write(ctx, func(tx *store.Tx) error {
		if err := f.isMine(ctx, tx, g.begun); err != nil {
			return err
		}
		for _, one := range g.dropped {
			if err := tx.Passages.Drop(ctx, one.Work, one.Chapter); err != nil {
				return err
			}
		}
		return tx.Passages.Put(ctx, g.passages)
	})
	g.dropped, g.passages, g.words = nil, nil, 0
	for range tidiedTimes {
		if err == nil {
			err = f.store.Write(ctx, func(tx *store.Tx) error { return tx.Passages.Tidy(ctx) })
		}
	}
	return err
}

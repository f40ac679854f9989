package finding

import (
	"context"
	"errors"
	"strings"

	"ficus/internal/prose"
	"ficus/internal/prose/words"
	"ficus/internal/store"
)

// wordsAtOnce are kept in one transaction, about: others wait that long to
// write.
const wordsAtOnce = 4_000

// between parts the texts of a chapter, so that no phrase is found across them.
// It is a letter of nobody's, and in no word that is sought.
const between = "\ue000"

// errTaken says that another process reads, since this one was silent for too
// long.
var errTaken = errors.New("another process reads works")

// text is something of a work that is to be found, or no more.
type text struct {
	chapter  int64 // 0: the summary
	revision int64
	words    []string // none: it is found no more
}

// read reads what of a work is not as it was read before.
func (f *Finding) read(ctx context.Context, work int64, chapters bool) error {
	var t store.Texts
	var kept map[int64]int64
	err := f.store.Read(ctx, func(tx *store.Tx) (err error) {
		if t, err = tx.Passages.Texts(ctx, work); err == nil {
			kept, err = tx.Passages.Kept(ctx, work)
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
		text := text{chapter: one.Chapter, revision: one.Revision}
		switch {
		case one.Revision == 0: // it is not there any more, or not posted
		case one.Chapter == 0:
			text.words = words.Of(prose.ReadStored(t.Summary).Lines())
		default:
			text.words, err = f.wordsOf(ctx, one.Chapter, one.Title)
		}
		if err == nil {
			err = f.keep(ctx, work, text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// forget forgets a work that is gone.
func (f *Finding) forget(ctx context.Context, work int64) error { return f.read(ctx, work, false) }

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

// keep keeps a text to be found, in the place of how it was before: its
// passages in as many transactions as that takes.
func (f *Finding) keep(ctx context.Context, work int64, t text) error {
	var passages [][]string
	if len(t.words) > 0 {
		passages = words.Passages(t.words)
	}
	for next, more := 0, true; more; {
		after := 0
		err := f.write(ctx, func(tx *store.Tx) (err error) {
			if next == 0 {
				if err := tx.Passages.Drop(ctx, work, t.chapter); err != nil {
					return err
				}
			}
			after, err = put(ctx, tx, work, t, passages, next)
			return err
		})
		if err != nil {
			return err
		}
		next, more = after, after < len(passages)
	}
	return f.write(ctx, func(tx *store.Tx) error { return tx.Passages.Tidy(ctx) })
}

// put adds passages from one on, some at a time, and tells which is next.
func put(ctx context.Context, tx *store.Tx, work int64, t text, passages [][]string, next int) (int, error) {
	for kept := 0; next < len(passages) && kept < wordsAtOnce; next++ {
		kept += len(passages[next])
		p := store.Passage{Work: work, Chapter: t.chapter, Ordinal: next, Revision: t.revision, Words: passages[next]}
		if err := tx.Passages.Put(ctx, p); err != nil {
			return next, err
		}
	}
	return next, nil
}

// write writes while the lease is this process's.
func (f *Finding) write(ctx context.Context, fn func(*store.Tx) error) error {
	return f.store.Write(ctx, func(tx *store.Tx) error {
		mine, err := tx.Log.TakeLease(ctx, reader, f.holder, tx.Now.Add(leaseFor))
		if err == nil && !mine {
			err = errTaken
		}
		if err != nil {
			return err
		}
		return fn(tx)
	})
}

package generate

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// How much is put in at once.
const (
	batchWorks = 1_000
	batchRows  = 10_000 // of tags or accounts
	waiting    = 3      // batches that are drawn ahead

	// Putting works in takes about as long as making so many indexes of them, and
	// there are about so many.
	ordering, ordered = 30, 20
)

// Told hears how far it has come, of a whole that is an estimate at first.
type Told func(done, whole int64)

// Filling says how an archive is put into a database.
type Filling struct {
	Store *store.Store
	Whole bool // in one transaction, all of it or nothing
	Told  Told
}

// write runs what puts some of it in.
type write func(ctx context.Context, fn func(tx *store.Tx) error) error

// Fill puts an archive into an empty database. What an error leaves of it,
// unless it was to be put in whole, is the caller's to take away.
func (a *Archive) Fill(ctx context.Context, f Filling) error {
	if f.Told == nil {
		f.Told = func(int64, int64) {}
	}
	if !f.Whole {
		return a.fill(ctx, f, f.Store.Write)
	}
	return f.Store.Write(ctx, func(tx *store.Tx) error {
		return a.fill(ctx, f, func(_ context.Context, fn func(*store.Tx) error) error { return fn(tx) })
	})
}

func (a *Archive) fill(ctx context.Context, f Filling, write write) error {
	var indexes []string
	err := write(ctx, func(tx *store.Tx) (err error) {
		free, err := tx.Bulk.IsFree(ctx)
		if err == nil && !free {
			err = ErrNotEmpty
		}
		if err == nil {
			indexes, err = tx.Bulk.Begin(ctx)
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := a.putAccounts(ctx, write); err != nil {
		return fmt.Errorf("make the accounts: %w", err)
	}
	if err := a.putTags(ctx, write); err != nil {
		return fmt.Errorf("make the tags: %w", err)
	}
	if err := a.putWorks(ctx, f, write); err != nil {
		return fmt.Errorf("make the works: %w", err)
	}
	for i, index := range indexes {
		if err := write(ctx, func(tx *store.Tx) error { return tx.Bulk.End(ctx, index) }); err != nil {
			return fmt.Errorf("order them: %w", err)
		}
		f.Told(int64(a.Works)*int64(ordering+i+1), int64(a.Works)*int64(ordering+len(indexes)))
	}
	return write(ctx, func(tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: archive.SiteChanged}) // so that nobody takes it for empty
		return tx.Bulk.Continue(ctx)
	})
}

// ErrNotEmpty is an archive that holds works already.
var ErrNotEmpty = errors.New("there are works already")

func (a *Archive) putAccounts(ctx context.Context, write write) error {
	var batch []archive.Account
	for id, name := range a.WriterNames() {
		batch = append(batch, archive.Account{ID: id, Name: name, CreatedAt: a.joined(int(id) - 1)})
		if len(batch) < batchRows && int(id) < a.writers {
			continue
		}
		if err := write(ctx, func(tx *store.Tx) error { return tx.Bulk.Accounts(ctx, batch) }); err != nil {
			return err
		}
		batch = batch[:0]
	}
	return nil
}

// WriterNames are those of its accounts and their pen names, in the order of
// their numbers, from 1.
func (a *Archive) WriterNames() iter.Seq2[int64, string] {
	return func(yield func(int64, string) bool) {
		s := newSpeller()
		for n := range a.writers {
			if !yield(int64(n)+1, s.writer(n)) {
				return
			}
		}
	}
}

// writer is the name of an account.
func (s speller) writer(n int) string {
	given, surname := s.name(uint64(n)) //nolint:gosec // a place
	if n%3 == 0 {
		return given + surname
	}
	return strings.ToLower(given) + "_" + strings.ToLower(surname)
}

// joined is when an account was made: some days before its first work may be
// posted.
func (a *Archive) joined(n int) time.Time {
	share := math.Pow(float64(n)/float64(a.writers), 1/growth)
	return a.Until.Add(-span).Add(time.Duration(float64(span) * share)).Add(-30 * 24 * time.Hour).UTC().Truncate(time.Second)
}

func (a *Archive) putTags(ctx context.Context, write write) error {
	var batch []store.BulkTag
	put := func() error {
		err := write(ctx, func(tx *store.Tx) error { return tx.Bulk.Tags(ctx, batch) })
		batch = batch[:0]
		return err
	}
	for t := range a.Tags() {
		row := store.BulkTag{SortedTag: t.SortedTag}
		if t.Kind == archive.KindCharacter || t.Kind == archive.KindRelationship {
			row.Fandom = t.Fandom
		}
		if batch = append(batch, row); len(batch) < batchRows {
			continue
		}
		if err := put(); err != nil {
			return err
		}
	}
	return put()
}

// putWorks draws ahead of what is put in, so that both have a processor.
func (a *Archive) putWorks(ctx context.Context, f Filling, write write) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	batches := make(chan []store.BulkWork, waiting)
	go func() {
		defer close(batches)
		b := a.batcher()
		for from := 0; from < a.Works; from += batchWorks {
			select {
			case batches <- b.draw(from, min(from+batchWorks, a.Works)):
			case <-ctx.Done():
				return
			}
		}
	}()
	var texts []store.BulkText
	err := write(ctx, func(tx *store.Tx) error {
		texts = tx.Bulk.Pack(bodies())
		return nil
	})
	done := 0
	for batch := range batches {
		if err != nil {
			break
		}
		err = write(ctx, func(tx *store.Tx) error { return tx.Bulk.Works(ctx, batch, texts) })
		done += len(batch)
		f.Told(int64(done)*ordering, int64(a.Works)*(ordering+ordered))
	}
	if err == nil {
		err = ctx.Err()
	}
	return err
}

func bodies() []string {
	s, all := newSpeller(), make([]string, texts)
	for n := range all {
		all[n] = s.text(uint64(n)) //nolint:gosec // a place
	}
	return all
}

// batcher makes rows of works.
type batcher struct {
	*Drawer
	speller
	chapters int64 // made so far
	names    [1 << nameBits]struct {
		id   uint32
		name string
	}
}

// nameBits says how many names of tags are remembered: the popular ones are
// asked for again and again.
const nameBits = 16

func (a *Archive) batcher() *batcher { return &batcher{Drawer: a.Drawer(), speller: newSpeller()} }

func (b *batcher) wording(id uint32) string {
	kept := &b.names[id&(1<<nameBits-1)]
	if kept.id != id {
		kept.id, kept.name = id, b.tag(b.speller, id).Name
	}
	return kept.name
}

// draw makes rows of the works from one place to another.
func (b *batcher) draw(from, to int) []store.BulkWork {
	batch := make([]store.BulkWork, 0, to-from)
	for i := from; i < to; i++ {
		batch = append(batch, b.row(b.Work(i)))
	}
	return batch
}

func (b *batcher) row(w *Work) store.BulkWork {
	row := store.BulkWork{Work: archive.Work{
		ID: w.ID, Title: b.title(w.seal), Summary: b.summary(w.seal), Language: w.Language, Planned: w.Planned, Comments: w.Commenters, Moderated: w.Moderated,
		Counts: archive.Counts{Posted: len(w.Chapters), Chapters: len(w.Chapters), Words: int(w.Words), Hits: w.Hits, Kudos: w.Kudos, Comments: int(w.Figures.Comments)},
		Dates:  archive.Dates{Created: w.Posted, Published: w.Posted, Revised: w.Updated},
	}}
	row.Restricted, row.Anonymous, row.PostedAt = w.Restricted, w.Anonymous, w.Posted
	for _, writer := range w.Writers {
		row.Creators = append(row.Creators, archive.Pseud{ID: writer, Account: writer})
	}
	row.Tags = make([]archive.WorkTag, 0, len(w.Tags))
	for _, t := range w.Tags {
		row.Tags = append(row.Tags, archive.WorkTag{Tag: int64(t.ID), Kind: t.Kind, Wording: b.wording(t.ID), Main: t.Main})
	}
	for i, c := range w.Chapters {
		b.chapters++
		title := ""
		if w.seal>>(i%40)&1 == 0 && len(w.Chapters) > 1 {
			title = b.title(w.seal + uint64(i)*0x9e3779b97f4a7c15) //nolint:gosec // a place
		}
		row.Chapters = append(row.Chapters, archive.Chapter{
			ID: b.chapters, Work: w.ID, Position: i + 1, Title: title, Words: c.Words, PostedAt: c.Posted, Published: c.Posted, UpdatedAt: c.Posted,
		})
		row.Texts = append(row.Texts, int((w.seal+uint64(i))%texts)) //nolint:gosec // below texts
	}
	return row
}

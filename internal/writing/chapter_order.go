package writing

import (
	"context"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// MoveChapter puts a chapter at a place (1 is first); others make room.
// Addresses, and what hangs on chapters, do not change.
func (w *Writing) MoveChapter(ctx context.Context, v archive.Viewer, work, chapter int64, to int) error {
	return w.store.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Works.Hold(ctx, v, work); err != nil {
			return err
		}
		chapters, err := tx.Chapters.Of(ctx, work, true)
		if err != nil {
			return err
		}
		from := slices.IndexFunc(chapters, func(c archive.Chapter) bool { return c.ID == chapter })
		if from < 0 {
			return archive.ErrNotFound
		}
		moved := chapters[from]
		chapters = slices.Delete(chapters, from, from+1)
		chapters = slices.Insert(chapters, min(max(to, 1)-1, len(chapters)), moved)
		for i, c := range chapters {
			if c.Position == i+1 {
				continue
			}
			if err := tx.Chapters.Place(ctx, work, c.ID, i+1); err != nil {
				return err
			}
		}
		tx.Log.Record(archive.Event{Kind: archive.ChaptersReordered, Actor: v.Account, Work: work, Chapter: chapter})
		return nil
	})
}

// DeleteChapter takes a chapter out of a work; its text is kept aside until
// the work is purged. The last posted chapter of a posted work stays: delete
// the work instead.
func (w *Writing) DeleteChapter(ctx context.Context, v archive.Viewer, work, chapter int64) error {
	return w.store.Write(ctx, func(tx *store.Tx) error {
		opened, err := tx.Works.Hold(ctx, v, work)
		if err != nil {
			return err
		}
		c, err := tx.Chapters.Find(ctx, work, chapter, true)
		if err != nil {
			return err
		}
		last := !c.IsDraft() && opened.Counts.Posted == 1
		if last || opened.Counts.Chapters == 1 {
			return archive.Problems{{Field: "chapter", Rule: "last_chapter"}}
		}
		text, err := tx.Chapters.Text(ctx, chapter)
		if err != nil {
			return err
		}
		if err := tx.Chapters.Delete(ctx, c, text); err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.ChapterDeleted, Actor: v.Account, Work: work, Chapter: chapter})
		return tx.Works.Recount(ctx, work)
	})
}

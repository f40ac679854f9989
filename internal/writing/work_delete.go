package writing

import (
	"context"
	"errors"
	"fmt"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// DeleteWork puts a work away for archive.Limits.Trash; until then its
// creators, who are told, can bring it back as it was. What is deleted already
// stays so.
func (w *Writing) DeleteWork(ctx context.Context, v archive.Viewer, id int64) error {
	return w.store.Write(ctx, func(tx *store.Tx) error {
		work, err := tx.Works.Open(ctx, v, id)
		switch {
		case err != nil:
			return err
		case !work.DeletedAt.IsZero():
			return nil
		case !work.Gate.Edit:
			return archive.ErrForbidden
		}
		tx.Log.Record(archive.Event{Kind: archive.WorkDeleted, Actor: v.Account, Work: id})
		return tx.Works.Delete(ctx, id, tx.Now.Add(w.limits.Trash))
	})
}

// RestoreWork brings a deleted work back with everything that hung on it.
func (w *Writing) RestoreWork(ctx context.Context, v archive.Viewer, id int64) error {
	return w.store.Write(ctx, func(tx *store.Tx) error {
		work, err := tx.Works.Open(ctx, v, id)
		if err != nil {
			return err
		}
		switch {
		case work.DeletedAt.IsZero() && !work.Gate.Edit:
			return archive.ErrForbidden
		case work.DeletedAt.IsZero():
			return nil
		}
		tx.Log.Record(archive.Event{Kind: archive.WorkRestored, Actor: v.Account, Work: id})
		return tx.Works.Restore(ctx, id)
	})
}

// PurgeDeleted forgets works whose time in the trash is over, with their
// pictures, one in a transaction; it gives how many went.
func (w *Writing) PurgeDeleted(ctx context.Context) (gone int, err error) {
	for {
		files, found, err := w.purgeNext(ctx)
		if err != nil || !found {
			return gone, err
		}
		gone++
		if err := w.forgetFiles(ctx, files); err != nil {
			return gone, err
		}
	}
}

// purgeNext forgets the rows of the work that is due first, and gives the files
// that only it used; false when none is due.
func (w *Writing) purgeNext(ctx context.Context) (files []string, found bool, err error) {
	err = w.store.Write(ctx, func(tx *store.Tx) error {
		due, err := tx.Works.ToPurge(ctx, 1)
		if found = len(due) > 0; err != nil || !found {
			return err
		}
		if files, err = tx.Pictures.FilesAlone(ctx, due[0]); err != nil {
			return err
		}
		if err := tx.Autosaves.DropOf(ctx, due[0]); err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.WorkPurged, Work: due[0]})
		return tx.Works.Purge(ctx, due[0])
	})
	return files, found, err
}

// forgetFiles deletes every file that nothing else needs; the error names those
// that stayed.
func (w *Writing) forgetFiles(ctx context.Context, files []string) error {
	var stayed error
	for _, key := range files {
		_, err := w.letGo(ctx, key)
		stayed = errors.Join(stayed, err)
	}
	if stayed != nil {
		return fmt.Errorf("forget the pictures of a purged work: %w", stayed)
	}
	return nil
}

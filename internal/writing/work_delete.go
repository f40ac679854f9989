package writing

import (
	"context"

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

// PurgeDeleted forgets works whose time in the trash is over, in slices; it
// gives how many went.
func (w *Writing) PurgeDeleted(ctx context.Context) (int, error) {
	gone := 0
	for {
		var due []int64
		err := w.store.Write(ctx, func(tx *store.Tx) (err error) {
			if due, err = tx.Works.ToPurge(ctx, 20); err != nil {
				return err
			}
			for _, id := range due {
				if err := tx.Works.Purge(ctx, id); err != nil {
					return err
				}
				tx.Log.Record(archive.Event{Kind: archive.WorkPurged, Work: id})
			}
			return nil
		})
		gone += len(due)
		if err != nil || len(due) == 0 {
			return gone, err
		}
	}
}

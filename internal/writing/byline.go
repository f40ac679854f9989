package writing

import (
	"context"
	"fmt"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// renamedAtOnce is how many works hear of a new name in one transaction.
const renamedAtOnce = 200

// RenewBylines has the pages of every work that names an account drawn anew,
// because one of its names changed: a slice at a time, going on where it was
// when it is tried again.
func (w *Writing) RenewBylines(ctx context.Context, e archive.Event, job archive.Job) error {
	for after := job.Cursor; ; {
		var works []int64
		err := w.store.Write(ctx, func(tx *store.Tx) (err error) {
			if works, err = tx.Works.Naming(ctx, e.Subject, after, renamedAtOnce); err != nil || len(works) == 0 {
				return err
			}
			for _, work := range works {
				tx.Log.Record(archive.Event{Kind: archive.BylineChanged, Actor: e.Subject, Work: work})
			}
			after = works[len(works)-1]
			return tx.Jobs.Progress(ctx, job.ID, after)
		})
		if err != nil {
			return fmt.Errorf("renew the bylines of account %d: %w", e.Subject, err)
		}
		if len(works) < renamedAtOnce {
			return nil
		}
	}
}

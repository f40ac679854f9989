package writing

import (
	"context"
	"time"

	"ficus/internal/store"
)

// keptFor is how long a picture that no work shows is kept for the form that
// carries it: a form may be left open, or found again after a holiday.
const keptFor = 30 * 24 * time.Hour

// holdPicture keeps a picture from being swept away until an instant.
func (w *Writing) holdPicture(ctx context.Context, key string, until time.Time) error {
	return w.store.Write(ctx, func(tx *store.Tx) error { return tx.Pictures.Keep(ctx, key, until) })
}

// SweepPictures deletes the files of pictures that no work shows and no form
// was seen with for a while, and gives how many went.
func (w *Writing) SweepPictures(ctx context.Context) (gone int, err error) {
	const slice = 100
	for keys := []string{""}; len(keys) > 0; {
		err := w.store.Read(ctx, func(tx *store.Tx) (err error) {
			keys, err = tx.Pictures.Past(ctx, slice)
			return err
		})
		if err != nil {
			return gone, err
		}
		for _, key := range keys {
			went, err := w.letGo(ctx, key)
			if err != nil {
				return gone, err
			}
			if went {
				gone++
			}
		}
	}
	return gone, nil
}

// letGo deletes the file of a picture that nothing needs. Whoever keeps the
// same picture at the same moment waits for it, and puts the file there again.
func (w *Writing) letGo(ctx context.Context, key string) (went bool, err error) {
	err = w.store.Write(ctx, func(tx *store.Tx) (err error) {
		if went, err = tx.Pictures.LetGo(ctx, key); err != nil || !went {
			return err
		}
		return w.bucket.Delete(ctx, key)
	})
	return went, err
}

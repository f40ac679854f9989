package store_test

import (
	"context"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// An old link to the newest work, purged, must never open another's.
func TestANumberIsNeverUsedAgain(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		add := func() (id int64) {
			w.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
				id, err = tx.Works.Add(ctx, archive.Work{Title: "The Newest", Language: "en", Dates: archive.Dates{Published: tx.Now}})
				return err
			})
			return id
		}
		first := add()
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.Works.Delete(ctx, first, tx.Now.Add(time.Second))
		})
		w.Clock.Pass(time.Minute)
		w.Write(t, func(ctx context.Context, tx *store.Tx) error { return tx.Works.Purge(ctx, first) })
		if second := add(); second <= first {
			t.Errorf("the number %d of a purged work is given to another as %d", first, second)
		}
	})
}

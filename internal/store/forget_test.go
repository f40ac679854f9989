package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// What is old goes a slice at a time, so that no transaction lasts: the keys of
// old days at once, for they are what must not stay.
func TestWhatIsOldGoesInSlices(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		ida := joins(t, w, "ida")
		work := posts(t, w, joins(t, w, "ben"), "A lamp", fandom("Harbour Lights"))
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			for n := range 3 {
				if err := tx.Deeds.Add(ctx, ida, fmt.Sprint("deed ", n), "1"); err != nil {
					return err
				}
				if _, err := tx.Sessions.Add(ctx, ida, fmt.Sprint("secret ", n), "A browser"); err != nil {
					return err
				}
				if err := tx.Hits.Add(ctx, []store.Visit{{Work: work, Visitor: fmt.Sprint("visitor ", n)}}); err != nil {
					return err
				}
				tx.Log.Record(archive.Event{Kind: archive.AccountChanged})
			}
			if _, err := tx.Hits.DayKey(ctx, "old"); err != nil {
				return err
			}
			return tx.Log.MoveCursor(ctx, "jobs", 1000)
		})
		w.Clock.Pass(48 * time.Hour)
		for name, forget := range map[string]func(context.Context, *store.Tx) (int64, error){
			"deeds": func(ctx context.Context, tx *store.Tx) (int64, error) { return tx.Deeds.Forget(ctx, tx.Now, 2) },
			"sessions": func(ctx context.Context, tx *store.Tx) (int64, error) {
				return tx.Sessions.ForgetUnseen(ctx, tx.Now, 2)
			},
			"visits": func(ctx context.Context, tx *store.Tx) (int64, error) {
				return tx.Hits.ForgetBefore(ctx, archive.Day(tx.Now), 2)
			},
			"events": func(ctx context.Context, tx *store.Tx) (int64, error) { return tx.Log.Trim(ctx, tx.Now, 2) },
		} {
			var gone []int64
			for range 3 {
				w.Write(t, func(ctx context.Context, tx *store.Tx) error {
					n, err := forget(ctx, tx)
					gone = append(gone, n)
					return err
				})
			}
			if !slices.Equal(gone, []int64{2, 1, 0}) {
				t.Errorf("of three old %s %v go at a time", name, gone)
			}
		}
	})
}

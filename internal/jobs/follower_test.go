package jobs

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// followed gives the subjects a follower by id meets, up to so many events.
func followed(ctx context.Context, w *testkit.World, events int) ([]int64, error) {
	var met []int64
	for cursor := int64(0); len(met) < events && ctx.Err() == nil; {
		err := w.Store.Read(ctx, func(tx *store.Tx) error {
			next, err := tx.Log.After(ctx, cursor, 7)
			for _, e := range next {
				met, cursor = append(met, e.Subject), e.ID
			}
			return err
		})
		if err != nil {
			return met, err
		}
	}
	return met, nil
}

// A follower looks all the time while a transaction that began first commits
// last. Had it taken its place when it began, the follower would be past it.
func TestAFollowerSkipsNoSlowTransaction(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		const slow, fast = 1, 2
		begun, fastDone := make(chan struct{}), make(chan struct{})
		var writers sync.WaitGroup
		writers.Go(func() {
			var once sync.Once
			err := w.Store.Write(ctx, func(tx *store.Tx) error {
				tx.Log.Record(archive.Event{Kind: archive.WorkEdited, Subject: slow})
				if err := tx.Settings.Set(ctx, "slow", "yes"); err != nil {
					return err
				}
				once.Do(func() { close(begun) })
				select { // SQLite has one writer: there the fast one waits for us
				case <-fastDone:
				case <-time.After(200 * time.Millisecond):
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
		writers.Go(func() {
			<-begun
			err := w.Store.Write(ctx, func(tx *store.Tx) error {
				tx.Log.Record(archive.Event{Kind: archive.WorkEdited, Subject: fast})
				return tx.Settings.Set(ctx, "fast", "yes")
			})
			if err != nil {
				t.Error(err)
			}
			close(fastDone)
		})
		met, err := followed(ctx, w, 2)
		writers.Wait()
		slices.Sort(met)
		if err != nil || !slices.Equal(met, []int64{slow, fast}) {
			t.Errorf("met %v, %v", met, err)
		}
	})
}

func TestAFollowerMeetsEveryEventOfManyWritersOnce(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
		defer cancel()
		const writers, each = 8, 20
		var busy sync.WaitGroup
		for writer := range int64(writers) {
			busy.Go(func() {
				for i := range int64(each) {
					err := w.Store.Write(ctx, func(tx *store.Tx) error {
						tx.Log.Record(archive.Event{Kind: archive.WorkEdited, Subject: writer*each + i})
						time.Sleep(rand.N(2 * time.Millisecond))
						return nil
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		met, err := followed(ctx, w, writers*each)
		busy.Wait()
		slices.Sort(met)
		if err != nil || len(met) != writers*each || len(slices.Compact(met)) != writers*each {
			t.Errorf("met %d events, %v", len(met), err)
		}
	})
}

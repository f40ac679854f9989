package accounts_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

func TestInvitationsAskedForAtOnceAreNoMoreThanThereMayBe(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		mara := join(t, a, "mara")
		var all sync.WaitGroup
		for range 12 {
			all.Go(func() { _ = a.Invite(t.Context(), mara, 3) }) // nine are refused
		}
		all.Wait()
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			given, err := tx.Invitations.Given(ctx, mara.Account)
			if given != 3 {
				t.Errorf("%d invitations were given, want 3", given)
			}
			return err
		})
	})
}

func TestTheQueueInvitesNobodyTwiceAtOnce(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		a := open(t, w)
		for n := range 20 {
			if _, err := a.Wait(t.Context(), fmt.Sprintf("reader%d@example.org", n)); err != nil {
				t.Fatal(err)
			}
		}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				err := w.Store.Write(t.Context(), func(tx *store.Tx) error {
					_, err := tx.Invitations.Draw(t.Context(), 0, 20)
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			invited, err := tx.Invitations.Before(ctx, 1<<62, 100)
			seen := map[string]int{}
			for _, i := range invited {
				seen[archive.FoldEmail(i.Address)]++
			}
			if len(invited) != 20 || len(seen) != 20 {
				t.Errorf("%d invitations were made for %d addresses, want 20 for 20", len(invited), len(seen))
			}
			return err
		})
	})
}

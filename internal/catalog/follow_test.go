package catalog_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// begun is a catalogue over a world, not told of its commits.
func begun(t *testing.T, w *testkit.World) *catalog.Catalog {
	t.Helper()
	c := catalog.New(w.Store, archive.DefaultSite(), w.Clock, slog.New(slog.DiscardHandler))
	if err := c.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWhatWasNotLookedAtIsNotFresh(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	c := begun(t, w)
	if !c.Fresh() {
		t.Error("a catalogue just loaded is not fresh")
	}
	w.Clock.Pass(999 * time.Millisecond)
	if !c.Fresh() {
		t.Error("a catalogue is not fresh within the second")
	}
	w.Clock.Pass(time.Millisecond)
	if c.Fresh() {
		t.Error("a catalogue that has not looked for a second is fresh")
	}
	c.WaitFor(t.Context(), c.Position()+1)
	if !c.Fresh() {
		t.Error("a catalogue that has just looked is not fresh")
	}
	if err := w.DB.Close(); err != nil {
		t.Fatal(err)
	}
	c.Applied(t.Context(), c.Position()+1)
	if c.Fresh() {
		t.Error("a catalogue that cannot read the log after a commit is fresh")
	}
}

func TestAFollowerLooksByItself(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		c := begun(t, w)
		ctx, stop := context.WithCancel(t.Context())
		followed := make(chan struct{})
		go func() {
			defer close(followed)
			c.Follow(ctx)
		}()
		var event int64
		w.Write(t, func(_ context.Context, tx *store.Tx) error {
			tx.Log.Record(archive.Event{Kind: archive.AccountJoined})
			return nil
		})
		w.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
			event, err = tx.Log.Head(ctx)
			return err
		})
		for began := time.Now(); c.Position() < event; time.Sleep(5 * time.Millisecond) {
			if time.Since(began) > 5*time.Second {
				t.Fatal("the follower does not follow")
			}
		}
		stop()
		<-followed
	})
}

func TestTheSiteAsAWholeIsRaised(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	c := begun(t, w)
	w.Store.Applied = c.Applied
	before := c.Revs()
	w.Write(t, func(ctx context.Context, tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: archive.AccountChanged})
		return tx.Log.RaiseSite(ctx)
	})
	if after := c.Revs(); after.Site <= before.Site || after.Lists != before.Lists {
		t.Errorf("the revisions are %+v after %+v", after, before)
	}
}

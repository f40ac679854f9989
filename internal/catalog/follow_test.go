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
	c.Patience = catalog.Patience{} // however busy the machine is
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
	c.Applied(t.Context(), store.Committed{Events: []archive.Event{{ID: c.Position() + 2}}})
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

// What this process commits is known without reading the log: here it could not
// be read.
func TestOnesOwnCommitsAreKnownWithoutReadingTheLog(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	c := begun(t, w)
	var own []store.Committed
	w.Store.Applied = func(_ context.Context, one store.Committed) { own = append(own, one) }
	for range 2 {
		w.Write(t, func(_ context.Context, tx *store.Tx) error {
			tx.Log.Record(archive.Event{Kind: archive.WorkEdited, Work: 7})
			tx.Log.Record(archive.Event{Kind: archive.AccountChanged})
			return nil
		})
	}
	if err := w.DB.Close(); err != nil {
		t.Fatal(err)
	}
	w.Clock.Pass(time.Minute)
	for _, one := range own {
		c.Applied(t.Context(), one)
	}
	if c.Position() != 4 || c.Revs().Lists != 3 || !c.Fresh() {
		t.Errorf("it knows of %d events, the lists changed with %d; fresh: %v", c.Position(), c.Revs().Lists, c.Fresh())
	}
}

// What another process has committed in between, events or settings, is read.
func TestWhatOthersCommittedBetweenIsRead(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		c := begun(t, w)
		edits := func(before func(context.Context, *store.Tx) error) {
			w.Write(t, func(ctx context.Context, tx *store.Tx) error {
				tx.Log.Record(archive.Event{Kind: archive.WorkEdited, Work: 7})
				return before(ctx, tx)
			})
		}
		nothing := func(context.Context, *store.Tx) error { return nil }
		edits(nothing) // another's
		w.Store.Applied = c.Applied
		edits(nothing)
		if c.Position() != 2 {
			t.Errorf("after an own commit it knows of %d events, want 2", c.Position())
		}
		w.Store.Applied = func(context.Context, store.Committed) {}
		before := c.Revs().Site
		w.Write(t, func(ctx context.Context, tx *store.Tx) error { return tx.Log.RaiseSite(ctx) }) // another's, without an event
		w.Store.Applied = c.Applied
		edits(nothing)
		if c.Position() != 3 || c.Revs().Site != before+1 {
			t.Errorf("it knows of %d events and revision %d of the site, want 3 and %d", c.Position(), c.Revs().Site, before+1)
		}
	})
}

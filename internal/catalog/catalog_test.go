package catalog

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// known is an archive with one posted work, and a node's catalogue of it.
func known(t *testing.T, w *testkit.World) (c *Catalog, work int64) {
	t.Helper()
	w.Write(t, func(ctx context.Context, tx *store.Tx) error {
		account, err := tx.Accounts.Add(ctx, archive.Account{Name: "ida", PasswordHash: "x"})
		if err != nil {
			return err
		}
		pseuds, err := tx.Accounts.Pseuds(ctx, account)
		if err != nil {
			return err
		}
		work, err = tx.Works.Add(ctx, archive.Work{Title: "A lamp", Language: "en", Dates: archive.Dates{Published: tx.Now}})
		return errors.Join(err, tx.Works.SetCreators(ctx, work, pseuds), tx.Works.Post(ctx, work, tx.Now))
	})
	c = New(w.Store, archive.DefaultSite(), w.Clock, slog.New(slog.NewTextHandler(&bytes.Buffer{}, nil)))
	if err := c.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return c, work
}

func (c *Catalog) shown(t *testing.T, work int64) store.Shown {
	t.Helper()
	if k := c.works[work]; k == nil || !k.valid || !k.since.IsZero() {
		if err := c.learn(t.Context(), work); err != nil {
			t.Fatal(err)
		}
	}
	return c.works[work].shown
}

func TestTheCatalogueKnowsOfACommitWhenItReturns(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		c, work := known(t, w)
		w.Store.Applied = c.Applied
		before, lists := c.shown(t, work), c.Revs().Lists
		w.Write(t, func(_ context.Context, tx *store.Tx) error {
			tx.Log.Record(archive.Event{Kind: archive.ManuscriptBrought})
			return nil
		})
		if c.Revs().Lists != lists || c.shown(t, work) != before {
			t.Error("what guests never see made their pages old")
		}
		w.Write(t, func(_ context.Context, tx *store.Tx) error {
			tx.Log.Record(archive.Event{Kind: archive.WorkEdited, Work: work})
			return nil
		})
		if after := c.shown(t, work); after != (store.Shown{Rev: before.Rev + 1, Open: true}) || c.Revs().Lists <= lists {
			t.Errorf("after an edit it knows %+v of the work and %+v of the lists", after, c.Revs())
		}
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			tx.Log.Record(archive.Event{Kind: archive.WorkDeleted, Work: work})
			return tx.Works.Delete(ctx, work, tx.Now.Add(time.Hour))
		})
		if c.shown(t, work).Open {
			t.Error("it knows a deleted work as open")
		}
	})
}

// What was read before a commit and arrives after it is not remembered.
func TestAnAnswerThatACommitOvertookIsNotKept(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		c, work := known(t, w)
		stale := c.shown(t, work)
		round := c.expect(work)
		w.Store.Applied = c.Applied
		w.Write(t, func(_ context.Context, tx *store.Tx) error {
			tx.Log.Record(archive.Event{Kind: archive.WorkEdited, Work: work})
			return nil
		})
		c.remember(work, stale, round)
		if got := c.shown(t, work); got.Rev != stale.Rev+1 {
			t.Errorf("it remembers %+v", got)
		}
	})
}

// Two who read a work at the same time after a comment leave its other pages in
// use for their second.
func TestReadingAWorkTwiceAfterACommentMakesNoPageOld(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		c, work := known(t, w)
		w.Store.Applied = c.Applied
		drawn := c.shown(t, work).Rev
		w.Write(t, func(_ context.Context, tx *store.Tx) error {
			tx.Log.Record(archive.Event{Kind: archive.CommentAdded, Work: work})
			return nil
		})
		for range 2 {
			if err := c.learn(t.Context(), work); err != nil {
				t.Fatal(err)
			}
		}
		if got := c.Agreement(t.Context(), work, drawn); got != Lacks {
			t.Errorf("a page drawn before the comment stands to its work as %d", got)
		}
	})
}

// A reader who has just written elsewhere waits for a second at most, whatever
// the database makes of the log meanwhile.
func TestNobodyWaitsForTheLogLongerThanASecond(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	c, _ := known(t, w)
	if err := c.applying.Acquire(t.Context(), 1); err != nil { // a look that does not come to its end
		t.Fatal(err)
	}
	waited := make(chan struct{})
	go func() {
		c.WaitFor(t.Context(), c.Position()+1)
		close(waited)
	}()
	select {
	case <-waited:
	case <-time.After(10 * time.Second):
		t.Error("they still wait")
	}
}

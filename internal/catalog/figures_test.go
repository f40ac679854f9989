package catalog_test

import (
	"context"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

func TestFiguresChangeListsOnceASecondAtMost(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	c := begun(t, w)
	w.Store.Applied = c.Applied
	happens := func(kind archive.EventKind) {
		w.Write(t, func(_ context.Context, tx *store.Tx) error {
			tx.Log.Record(archive.Event{Kind: kind})
			return nil
		})
	}
	first := c.Revs()
	happens(archive.CommentAdded)
	second := c.Revs()
	if second == first {
		t.Error("the first comment changes no list")
	}
	happens(archive.CommentAdded)
	if c.Revs() != second {
		t.Error("another comment in the same second changes lists")
	}
	happens(archive.WorkPosted)
	third := c.Revs()
	if third == second {
		t.Error("a posted work waits for the second to end")
	}
	happens(archive.CommentAdded)
	w.Clock.Pass(time.Second)
	if fourth := c.Revs(); fourth == third || c.Revs() != fourth {
		t.Error("a second later the lists do not change, or not once")
	}
}

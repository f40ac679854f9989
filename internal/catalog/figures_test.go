package catalog_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog"
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

func TestFiguresNobodyAsksForAreReadAllTheSame(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		const works = 120 // more than are read at once
		var ids []int64
		for n := range works {
			ids = append(ids, s.post(fmt.Sprintf("Lamp %d", n)))
		}
		s.list(archive.Viewer{}, catalog.Filter{}) // reads the works
		for _, id := range ids {
			s.happens(archive.KudosGiven, id, func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Kudos.Add(ctx, store.Giving{Work: id, Giver: "somebody"})
				return err
			})
		}
		if behind := s.known.Behind(); behind != works {
			t.Fatalf("%d works are noted, want %d", behind, works)
		}
		ctx, stop := context.WithCancel(t.Context())
		followed := make(chan struct{})
		go func() {
			defer close(followed)
			s.known.FollowFigures(ctx)
		}()
		for began := time.Now(); s.known.Behind() > 0; time.Sleep(5 * time.Millisecond) {
			if time.Since(began) > 20*time.Second {
				t.Fatalf("after %v %d works are still noted", time.Since(began), s.known.Behind())
			}
		}
		stop()
		<-followed
		if behind := s.known.Behind(); behind != 0 {
			t.Errorf("a follower that was stopped leaves %d works noted", behind)
		}
	})
}

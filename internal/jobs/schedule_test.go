package jobs

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

func TestOneProcessTakesEachTurn(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		var d diary
		p := Periodic{Name: "clean", Every: time.Hour, Do: func(context.Context) error { d.note("cleaned"); return nil }}
		start(t, hurried(t, w, nil, p))
		start(t, hurried(t, testkit.NewWorld(t, w.DB), nil, p))
		eventually(t, "the first turn is taken", func() bool { return len(d.sorted()) == 1 })
		time.Sleep(30 * time.Millisecond) // several looks at the schedule
		if got := d.sorted(); len(got) != 1 {
			t.Errorf("%d turns within an hour", len(got))
		}
		w.Clock.Pass(time.Hour + time.Second)
		eventually(t, "the second turn is taken", func() bool { return len(d.sorted()) == 2 })
	})
}

func TestWhatTakesLongRunsApartAndOnce(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		var d diary
		ended := make(chan struct{})
		long := Periodic{Name: "copy", Every: time.Hour, Apart: true, Do: func(ctx context.Context) error {
			d.note("copy")
			<-ctx.Done()
			close(ended)
			return ctx.Err()
		}}
		short := Periodic{Name: "clean", Every: time.Hour, Do: func(context.Context) error { d.note("cleaned"); return nil }}
		first := hurried(t, w, nil, long, short)
		first.Start(context.Background())
		eventually(t, "both are begun", func() bool { return len(d.sorted()) == 2 })
		start(t, hurried(t, testkit.NewWorld(t, w.DB), nil, long))
		for range 6 { // the turn is kept as time goes by
			w.Clock.Pass(20 * time.Minute)
			time.Sleep(30 * time.Millisecond)
		}
		eventually(t, "the short one has its next turn", func() bool { return len(d.sorted()) >= 3 })
		copies := 0
		for _, note := range d.sorted() {
			if note == "copy" {
				copies++
			}
		}
		if copies != 1 {
			t.Errorf("%d copies were begun at once", copies)
		}
		if err := first.Close(context.Background()); err != nil {
			t.Error(err)
		}
		select {
		case <-ended:
		default:
			t.Error("the program waited for what takes long")
		}
	})
}

func TestATurnThatFailedComesAgainSoon(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	turns := 0
	p := Periodic{Name: "clean", Every: 24 * time.Hour, Do: func(context.Context) error {
		if turns++; turns == 1 {
			return errors.New("not now")
		}
		return nil
	}}
	r := hurried(t, w, nil)
	if err := r.turn(t.Context(), p); err == nil {
		t.Error("the failure was not told")
	}
	for _, pass := range []time.Duration{0, turnAfterFailure + time.Second, time.Hour} {
		w.Clock.Pass(pass)
		if err := r.turn(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	if turns != 2 {
		t.Errorf("took %d turns", turns)
	}
}

func TestHousekeepingForgetsWhatIsOldAndKeepsTheRest(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		var account int64
		w.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
			if account, err = tx.Accounts.Add(ctx, archive.Account{Name: "mara"}); err != nil {
				return err
			}
			if _, err = tx.Hits.DayKey(ctx, "the key of the day"); err != nil {
				return err
			}
			if _, err = tx.Sessions.Add(ctx, account, "hash", "a browser"); err != nil {
				return err
			}
			tx.Log.Record(archive.Event{Kind: archive.AccountJoined, Actor: account})
			return tx.Deeds.Add(ctx, account, "form 1", "work 1")
		})
		r := hurried(t, w, nil)
		if _, err := r.dispatch(t.Context()); err != nil {
			t.Fatal(err)
		}
		limits := archive.DefaultLimits()
		kept := func() (kept []string) {
			for _, p := range Housekeeping(w.Store, limits) {
				if err := p.Do(t.Context()); err != nil {
					t.Fatalf("%s: %v", p.Name, err)
				}
			}
			w.Write(t, func(ctx context.Context, tx *store.Tx) error {
				if _, done, err := tx.Deeds.Done(ctx, account, "form 1"); err != nil {
					return err
				} else if done {
					kept = append(kept, "deed")
				}
				if _, err := tx.Sessions.Find(ctx, "hash", tx.Now.Add(-1000*24*time.Hour)); err == nil {
					kept = append(kept, "session")
				}
				if events, err := tx.Log.After(ctx, 0, 9); err != nil {
					return err
				} else if len(events) > 0 {
					kept = append(kept, "event")
				}
				if _, err := tx.Accounts.Find(ctx, account); err == nil {
					kept = append(kept, "account")
				}
				return nil
			})
			return kept
		}
		for _, c := range []struct {
			pass time.Duration
			want []string
		}{
			{0, []string{"deed", "session", "event", "account"}},
			{29 * 24 * time.Hour, []string{"deed", "session", "event", "account"}},
			{2 * 24 * time.Hour, []string{"session", "event", "account"}},
			{60 * 24 * time.Hour, []string{"session", "account"}},
			{limits.Session, []string{"account"}},
		} {
			w.Clock.Pass(c.pass)
			if got := kept(); !slices.Equal(got, c.want) {
				t.Errorf("%v later kept %v, want %v", c.pass, got, c.want)
			}
		}
		var key string
		w.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
			key, err = tx.Hits.DayKey(ctx, "another key")
			return err
		})
		if key != "another key" {
			t.Errorf("the key of a day long past is still %q", key)
		}
	})
}

func TestTheLogIsNotTrimmedPastWhatAJobWaitsFor(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		var d diary
		r := hurried(t, w, []Line{d.noting(archive.WorkPosted, "tell")})
		record(t, w, archive.WorkPosted, 1)
		trim := func() (left int) {
			w.Write(t, func(ctx context.Context, tx *store.Tx) error {
				if _, err := tx.Log.Trim(ctx, tx.Now, 9); err != nil {
					return err
				}
				events, err := tx.Log.After(ctx, 0, 9)
				left = len(events)
				return err
			})
			return left
		}
		w.Clock.Pass(keepEvents)
		if left := trim(); left != 1 {
			t.Fatal("an event was forgotten before it was dispatched")
		}
		if _, err := r.dispatch(t.Context()); err != nil {
			t.Fatal(err)
		}
		if left := trim(); left != 1 {
			t.Fatal("an event was forgotten before its job was done")
		}
		if found, err := r.runNext(t.Context()); !found || err != nil {
			t.Fatalf("found %v, %v", found, err)
		}
		if left := trim(); left != 0 {
			t.Errorf("%d events are left", left)
		}
	})
}

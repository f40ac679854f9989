package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// diary notes what was done, by whichever goroutine.
type diary struct {
	mu    sync.Mutex
	lines []string
}

func (d *diary) note(format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, fmt.Sprintf(format, args...))
}

func (d *diary) sorted() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Sorted(slices.Values(d.lines))
}

// noting is a line of the table that writes in the diary.
func (d *diary) noting(on archive.EventKind, name string) Line {
	return Line{On: on, Name: name, Do: func(_ context.Context, e archive.Event, _ archive.Job) error {
		d.note("%s of %d", name, e.Subject)
		return nil
	}}
}

// hurried makes a runner that looks often, and closes it with the test.
func hurried(t *testing.T, w *testkit.World, lines []Line, schedule ...Periodic) *Runner {
	t.Helper()
	r := New(w.Store, w.Clock, lines, schedule, slog.New(slog.DiscardHandler))
	r.pace.poll, r.pace.turns = 5*time.Millisecond, 5*time.Millisecond
	return r
}

func start(t *testing.T, r *Runner) {
	t.Helper()
	r.Start(context.Background())
	t.Cleanup(func() {
		if err := r.Close(context.Background()); err != nil {
			t.Errorf("close the runner: %v", err)
		}
	})
}

func record(t *testing.T, w *testkit.World, kind archive.EventKind, subject int64) {
	t.Helper()
	w.Write(t, func(_ context.Context, tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: kind, Subject: subject})
		return nil
	})
}

// eventually waits until something holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

// isQuiet reports whether every event was dispatched and no job waits.
func isQuiet(t *testing.T, w *testkit.World) bool {
	t.Helper()
	var head, cursor, waiting int64
	w.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
		if head, err = tx.Log.Head(ctx); err != nil {
			return err
		}
		if cursor, err = tx.Log.Cursor(ctx, dispatcher); err != nil {
			return err
		}
		waiting, err = tx.Jobs.Waiting(ctx)
		return err
	})
	return head == cursor && waiting == 0
}

func TestEveryLineOfTheTableIsDoneForItsEvent(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		var d diary
		record(t, w, archive.WorkPosted, 1) // before there was a runner
		r := hurried(t, w, []Line{d.noting(archive.WorkPosted, "tell"), d.noting(archive.WorkPosted, "push"), d.noting(archive.WorkDeleted, "tell")})
		start(t, r)
		record(t, w, archive.WorkDeleted, 2)
		record(t, w, archive.WorkEdited, 3)
		eventually(t, "all is done", func() bool { return isQuiet(t, w) })
		if got, want := d.sorted(), []string{"push of 1", "tell of 1", "tell of 2"}; !slices.Equal(got, want) {
			t.Errorf("did %v, want %v", got, want)
		}
	})
}

func TestAJobIsDoneAsSoonAsItsProcessIsWoken(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	var d diary
	r := hurried(t, w, []Line{d.noting(archive.WorkPosted, "tell")})
	r.pace.poll = time.Hour
	w.Store.Applied = func(context.Context, store.Committed) { r.Wake() }
	start(t, r)
	record(t, w, archive.WorkPosted, 1)
	eventually(t, "it is done without a tick", func() bool { return len(d.sorted()) == 1 })
}

func TestTwoRunnersDoEachJobOnce(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		var d diary
		lines := []Line{d.noting(archive.WorkPosted, "tell"), d.noting(archive.WorkPosted, "push")}
		other := testkit.NewWorld(t, w.DB) // as another process on the same database
		start(t, hurried(t, w, lines))
		start(t, hurried(t, other, lines))
		const events = 60
		var want []string
		for i := range int64(events) {
			record(t, w, archive.WorkPosted, 100+i)
			want = append(want, fmt.Sprintf("push of %d", 100+i), fmt.Sprintf("tell of %d", 100+i))
		}
		eventually(t, "all is done", func() bool { return isQuiet(t, w) })
		slices.Sort(want)
		if got := d.sorted(); !slices.Equal(got, want) {
			t.Errorf("did %d jobs, want %d: %v", len(got), len(want), got)
		}
	})
}

func TestADispatcherThatFellSilentIsReplaced(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Log.TakeLease(ctx, dispatcher, "a process that was killed", tx.Now.Add(15*time.Second))
			return err
		})
		record(t, w, archive.WorkPosted, 1)
		var d diary
		r := hurried(t, w, []Line{d.noting(archive.WorkPosted, "tell")})
		if more, err := r.dispatch(t.Context()); more || err != nil {
			t.Fatalf("dispatched beside another: %v, %v", more, err)
		}
		if isQuiet(t, w) {
			t.Fatal("the event was taken although another held the lease")
		}
		w.Clock.Pass(16 * time.Second)
		start(t, r)
		eventually(t, "the other is replaced", func() bool { return isQuiet(t, w) })
		if got := d.sorted(); len(got) != 1 {
			t.Errorf("did %v", got)
		}
	})
}

func TestAFailedJobIsTriedAgainAndThenGivenUp(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		tries := 0
		r := hurried(t, w, []Line{
			{On: archive.WorkPosted, Name: "fails", Do: func(context.Context, archive.Event, archive.Job) error {
				if tries++; tries%2 == 0 {
					panic("it may panic, too")
				}
				return errors.New("no\x00t \xff" + strings.Repeat("today ", 200))
			}},
		})
		record(t, w, archive.WorkPosted, 1)
		if _, err := r.dispatch(t.Context()); err != nil {
			t.Fatal(err)
		}
		var waited time.Duration
		for attempt := 1; attempt <= maxAttempts; attempt++ {
			if found, err := r.runNext(t.Context()); !found || err != nil {
				t.Fatalf("attempt %d: found %v, %v", attempt, found, err)
			}
			wait := waitAfter(attempt)
			w.Clock.Pass(wait - time.Second)
			if found, err := r.runNext(t.Context()); found || err != nil {
				t.Fatalf("attempt %d was followed too soon: %v, %v", attempt, found, err)
			}
			w.Clock.Pass(time.Second)
			waited += wait
		}
		if found, err := r.runNext(t.Context()); found || err != nil || tries != maxAttempts {
			t.Errorf("after %d tries: found %v, %v", tries, found, err)
		}
		if waited < 24*time.Hour || waited > 48*time.Hour {
			t.Errorf("gave up after %v", waited)
		}
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			waiting, err := tx.Jobs.Waiting(ctx)
			if err != nil {
				return err
			}
			given, err := tx.Jobs.GivenUp(ctx)
			if waiting != 0 || given != 1 {
				t.Errorf("%d jobs wait and %d were given up", waiting, given)
			}
			return err
		})
	})
}

func TestAJobWhoseWorkerVanishedIsTakenOver(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		var d diary
		r := hurried(t, w, []Line{d.noting(archive.WorkPosted, "tell")})
		record(t, w, archive.WorkPosted, 1)
		if _, err := r.dispatch(t.Context()); err != nil {
			t.Fatal(err)
		}
		abandoned, err := r.claim(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if found, err := r.runNext(t.Context()); found || err != nil {
			t.Fatalf("a claimed job was taken: %v, %v", found, err)
		}
		w.Clock.Pass(r.pace.claim)
		taken, err := r.claim(t.Context())
		if err != nil || len(taken) != 1 || taken[0].job.ID != abandoned[0].job.ID {
			t.Fatalf("took %+v, %v", taken, err)
		}
		// The first worker wakes up and fails: it no longer decides.
		if err := r.settle(t.Context(), abandoned[0].job, errors.New("late"), false); err != nil {
			t.Fatal(err)
		}
		if found, err := r.runNext(t.Context()); found || err != nil {
			t.Errorf("the job was handed out twice: %v, %v", found, err)
		}
		if err := r.runHand(t.Context(), newHand(taken)); err != nil {
			t.Fatal(err)
		}
		if !isQuiet(t, w) || len(d.sorted()) != 1 {
			t.Errorf("did %v, quiet: %v", d.sorted(), isQuiet(t, w))
		}
	})
}

func TestAJobThatEndsTheProgramEachTimeIsGivenUp(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	var d diary
	r := hurried(t, w, []Line{d.noting(archive.WorkPosted, "tell")})
	record(t, w, archive.WorkPosted, 1)
	if _, err := r.dispatch(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range maxAttempts {
		if _, err := r.claim(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.Clock.Pass(r.pace.claim)
	}
	if found, err := r.runNext(t.Context()); !found || err != nil {
		t.Fatalf("found %v, %v", found, err)
	}
	if !isQuiet(t, w) || len(d.sorted()) != 0 {
		t.Errorf("did %v, quiet: %v", d.sorted(), isQuiet(t, w))
	}
}

func TestALongFanOutGoesOnWhereItStopped(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		var told []int64
		r := hurried(t, w, []Line{{On: archive.WorkPosted, Name: "tell all", Do: func(ctx context.Context, _ archive.Event, job archive.Job) error {
			for reader := job.Cursor + 1; reader <= 30; reader++ {
				if reader > job.Cursor+2 {
					return errors.New("the mail server is busy")
				}
				told = append(told, reader)
				err := w.Store.Write(ctx, func(tx *store.Tx) error { return tx.Jobs.Progress(ctx, job.ID, reader) })
				if err != nil {
					return err
				}
			}
			return nil
		}}})
		record(t, w, archive.WorkPosted, 1)
		if _, err := r.dispatch(t.Context()); err != nil {
			t.Fatal(err)
		}
		for range 15 { // more often than a job that does not move on may fail
			if found, err := r.runNext(t.Context()); !found || err != nil {
				t.Fatalf("found %v, %v", found, err)
			}
			w.Clock.Pass(firstWait)
		}
		if len(told) != 30 || !slices.IsSorted(told) || !isQuiet(t, w) {
			t.Errorf("told %v, quiet: %v", told, isQuiet(t, w))
		}
	})
}

func TestAJobOfAnUnknownNameFails(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	record(t, w, archive.WorkPosted, 1)
	var d diary
	if _, err := hurried(t, w, []Line{d.noting(archive.WorkPosted, "tell")}).dispatch(t.Context()); err != nil {
		t.Fatal(err)
	}
	r := hurried(t, w, nil)
	jobs, err := r.claim(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := r.run(t.Context(), jobs[0]); err == nil {
		t.Error("a job without a line succeeded")
	}
}

func TestCloseLetsARunningJobComeToItsEnd(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	begun, goOn := make(chan struct{}), make(chan struct{})
	r := hurried(t, w, []Line{{On: archive.WorkPosted, Name: "slow", Do: func(ctx context.Context, _ archive.Event, _ archive.Job) error {
		close(begun)
		<-goOn
		return ctx.Err()
	}}})
	r.Start(t.Context())
	record(t, w, archive.WorkPosted, 1)
	<-begun
	closed := make(chan error)
	go func() { closed <- r.Close(context.Background()) }()
	select {
	case <-closed:
		t.Fatal("closed in the middle of a job")
	case <-time.After(30 * time.Millisecond):
	}
	close(goOn)
	if err := <-closed; err != nil {
		t.Fatal(err)
	}
	if !isQuiet(t, w) {
		t.Error("the job was not finished")
	}
}

func TestAJobBrokenOffByCloseIsDueAtOnce(t *testing.T) {
	w := testkit.NewWorld(t, testkit.SQLite(t))
	begun := make(chan struct{})
	r := hurried(t, w, []Line{{On: archive.WorkPosted, Name: "endless", Do: func(ctx context.Context, _ archive.Event, _ archive.Job) error {
		close(begun)
		<-ctx.Done()
		return ctx.Err()
	}}})
	r.Start(t.Context())
	record(t, w, archive.WorkPosted, 1)
	<-begun
	soon, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if err := r.Close(soon); err != nil {
		t.Fatal(err)
	}
	var d diary
	next := hurried(t, w, []Line{d.noting(archive.WorkPosted, "endless")})
	start(t, next)
	eventually(t, "the next start does it", func() bool { return isQuiet(t, w) })
	if len(d.sorted()) != 1 {
		t.Errorf("did %v", d.sorted())
	}
}

package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// dispatched is a runner of a table whose line has jobs of so many events.
func dispatched(t *testing.T, w *testkit.World, events int, do func(ctx context.Context, e archive.Event, job archive.Job) error) *Runner {
	t.Helper()
	r := hurried(t, w, []Line{{On: archive.WorkPosted, Name: "tell", Do: do}})
	for i := range events {
		record(t, w, archive.WorkPosted, int64(i+1))
	}
	if _, err := r.dispatch(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAWorkerTakesAHandfulOfJobs(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		var d diary
		r := dispatched(t, w, 40, func(_ context.Context, e archive.Event, _ archive.Job) error {
			d.note("%02d", e.Subject)
			return nil
		})
		for hand := range 3 {
			if found, err := r.runNext(t.Context()); !found || err != nil {
				t.Fatalf("hand %d: %v, %v", hand, found, err)
			}
			if want := min(40, (hand+1)*r.pace.hand); len(d.sorted()) != want {
				t.Fatalf("after %d hands %d jobs are done", hand+1, len(d.sorted()))
			}
		}
		if !isQuiet(t, w) || !slices.IsSorted(d.lines) {
			t.Errorf("did %v, quiet: %v", d.lines, isQuiet(t, w))
		}
	})
}

func TestAJobThatFailsLeavesTheOthersOfItsHandAlone(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		var d diary
		r := dispatched(t, w, 5, func(_ context.Context, e archive.Event, job archive.Job) error {
			d.note("%d, the %d. time", e.Subject, job.Attempts)
			if e.Subject == 3 && job.Attempts == 1 {
				return errors.New("the mail server is busy")
			}
			return nil
		})
		if found, err := r.runNext(t.Context()); !found || err != nil {
			t.Fatalf("found %v, %v", found, err)
		}
		if isQuiet(t, w) {
			t.Error("the job that failed is forgotten")
		}
		record(t, w, archive.WorkPosted, 6)
		if _, err := r.dispatch(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.Clock.Pass(firstWait)
		for range 2 { // it is taken alone
			if found, err := r.runNext(t.Context()); !found || err != nil {
				t.Fatalf("found %v, %v", found, err)
			}
		}
		want := []string{"1, the 1. time", "2, the 1. time", "3, the 1. time", "3, the 2. time", "4, the 1. time", "5, the 1. time", "6, the 1. time"}
		if got := d.sorted(); !slices.Equal(got, want) || !isQuiet(t, w) {
			t.Errorf("did %v, quiet: %v", got, isQuiet(t, w))
		}
	})
}

// While one job takes long, the others of its hand are done by other workers,
// as if they had never been taken.
func TestASlowJobHoldsUpNoOther(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		var d diary
		began, release := make(chan struct{}), make(chan struct{})
		r := dispatched(t, w, 4, func(_ context.Context, e archive.Event, job archive.Job) error {
			if e.Subject == 2 {
				close(began)
				<-release
			}
			d.note("%d, the %d. time", e.Subject, job.Attempts)
			return nil
		})
		r.pace.hold = 10 * time.Millisecond
		slow := make(chan error)
		go func() {
			_, err := r.runNext(context.Background())
			slow <- err
		}()
		<-began
		eventually(t, "the others are put back", func() bool {
			_, err := r.runNext(t.Context())
			return err == nil && len(d.sorted()) == 3
		})
		close(release)
		if err := <-slow; err != nil {
			t.Fatal(err)
		}
		want := []string{"1, the 1. time", "2, the 1. time", "3, the 1. time", "4, the 1. time"}
		if got := d.sorted(); !slices.Equal(got, want) || !isQuiet(t, w) {
			t.Errorf("did %v, quiet: %v", got, isQuiet(t, w))
		}
	})
}

func TestAHandThatIsBrokenOffByCloseIsDueAtOnce(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		began := make(chan struct{})
		r := dispatched(t, w, 3, func(ctx context.Context, e archive.Event, _ archive.Job) error {
			if e.Subject == 2 {
				close(began)
				<-ctx.Done()
				return ctx.Err()
			}
			return nil
		})
		r.Start(context.Background())
		<-began
		now, cancel := context.WithCancel(context.Background())
		cancel()
		if err := r.Close(now); err != nil {
			t.Fatal(err)
		}
		var due []string
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			for id := range int64(5) {
				if job, err := tx.Jobs.Find(ctx, id); err == nil && !job.RunAt.After(tx.Now) {
					due = append(due, fmt.Sprintf("%d, tried %d times", job.ID, job.Attempts))
				}
			}
			return nil
		})
		if want := []string{"2, tried 1 times", "3, tried 0 times"}; !slices.Equal(due, want) {
			t.Errorf("due are %v", due)
		}
	})
}

func TestCloseBeginsNoOtherJobOfTheHand(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		var d diary
		began, release := make(chan struct{}), make(chan struct{})
		r := dispatched(t, w, 3, func(_ context.Context, e archive.Event, _ archive.Job) error {
			d.note("%d", e.Subject)
			if e.Subject == 1 {
				close(began)
				<-release
			}
			return nil
		})
		r.pace.workers = 1
		r.Start(context.Background())
		<-began
		closed := make(chan error)
		go func() { closed <- r.Close(context.Background()) }()
		<-r.stopping
		close(release)
		if err := <-closed; err != nil {
			t.Fatal(err)
		}
		if got := d.sorted(); !slices.Equal(got, []string{"1"}) {
			t.Errorf("did %v", got)
		}
	})
}

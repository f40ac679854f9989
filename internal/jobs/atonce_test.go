package jobs

import (
	"context"
	"errors"
	"slices"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit"
)

// atOnce is a line that is done at once, by adding a notice for the account the
// event names, before do says what becomes of it.
func (d *diary) atOnce(do func(e archive.Event) (bool, error)) Line {
	line := d.noting(archive.CommentAdded, "tell")
	line.AtOnce = func(ctx context.Context, tx *store.Tx, e archive.Event) (bool, error) {
		if err := tx.Notices.Add(ctx, archive.Notice{Account: e.Actor, Event: e.ID, Kind: archive.NoticeComment}); err != nil {
			return false, err
		}
		return do(e)
	}
	return line
}

// remarks are comments said by a member who joins for it.
func remarks(t *testing.T, w *testkit.World, subjects ...int64) (account int64) {
	t.Helper()
	w.Write(t, func(ctx context.Context, tx *store.Tx) (err error) {
		account, err = tx.Accounts.Add(ctx, archive.Account{Name: "mara"})
		for _, subject := range subjects {
			tx.Log.Record(archive.Event{Kind: archive.CommentAdded, Actor: account, Subject: subject})
		}
		return err
	})
	return account
}

func counts(t *testing.T, w *testkit.World, account int64) (notices, jobs int64) {
	t.Helper()
	w.Read(t, func(ctx context.Context, tx *store.Tx) (err error) {
		if notices, err = tx.Notices.Count(ctx, account); err != nil {
			return err
		}
		jobs, err = tx.Jobs.Waiting(ctx)
		return err
	})
	return notices, jobs
}

func TestWhatIsDoneAtOnceNeedsNoJob(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		var d diary
		account := remarks(t, w, 1, 2, 3)
		r := hurried(t, w, []Line{d.atOnce(func(archive.Event) (bool, error) { return true, nil }), d.noting(archive.CommentAdded, "push")})
		for range 2 {
			if more, err := r.dispatch(t.Context()); more || err != nil {
				t.Fatal(more, err)
			}
		}
		if notices, jobs := counts(t, w, account); notices != 3 || jobs != 3 {
			t.Errorf("%d notices and %d jobs, want 3 and those of the other line", notices, jobs)
		}
		start(t, r)
		eventually(t, "all is done", func() bool { return isQuiet(t, w) })
		if got, want := d.sorted(), []string{"push of 1", "push of 2", "push of 3"}; !slices.Equal(got, want) {
			t.Errorf("as jobs were done %v, want %v", got, want)
		}
	})
}

// One that breaks takes with it what was written beside it, and nothing of what
// it should do is lost.
func TestWhatFailsAtOnceBecomesJobs(t *testing.T) {
	for name, breaks := range map[string]func() error{
		"an error": func() error { return errors.New("sorry") }, "a panic": func() error { panic("sorry") },
	} {
		t.Run(name, func(t *testing.T) {
			testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
				var d diary
				account := remarks(t, w, 1, 2, 3)
				r := hurried(t, w, []Line{d.atOnce(func(e archive.Event) (bool, error) {
					if e.Subject == 2 {
						return false, breaks()
					}
					return true, nil
				})})
				if _, err := r.dispatch(t.Context()); err != nil {
					t.Fatal(err)
				}
				if notices, jobs := counts(t, w, account); notices != 0 || jobs != 3 {
					t.Errorf("%d notices and %d jobs, want none and 3", notices, jobs)
				}
				start(t, r)
				eventually(t, "all is done", func() bool { return isQuiet(t, w) })
				if got, want := d.sorted(), []string{"tell of 1", "tell of 2", "tell of 3"}; !slices.Equal(got, want) {
					t.Errorf("as jobs were done %v, want %v", got, want)
				}
			})
		})
	}
}

func TestWhatIsTooMuchAtOnceBecomesAJob(t *testing.T) {
	testkit.Worlds(t, func(t *testing.T, w *testkit.World) {
		var d diary
		remarks(t, w, 1, 2)
		line := d.noting(archive.CommentAdded, "tell")
		line.AtOnce = func(_ context.Context, _ *store.Tx, e archive.Event) (bool, error) { return e.Subject == 1, nil }
		r := hurried(t, w, []Line{line})
		start(t, r)
		eventually(t, "all is done", func() bool { return isQuiet(t, w) })
		if got, want := d.sorted(), []string{"tell of 2"}; !slices.Equal(got, want) {
			t.Errorf("as jobs were done %v, want %v", got, want)
		}
	})
}

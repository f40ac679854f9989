package writing_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/store"
)

// busyWith holds a work, as somebody who writes to it does, until it is let go.
func (d *desk) busyWith(work int64) (letGo func()) {
	d.t.Helper()
	held, release, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		done <- d.Store.Write(d.t.Context(), func(tx *store.Tx) error {
			err := tx.Orphans.Hold(d.t.Context(), work)
			close(held)
			<-release
			return err
		})
	}()
	<-held
	return func() {
		d.t.Helper()
		close(release)
		must(d.t, <-done)
	}
}

// soon is how long another goroutine is given to come to where it waits.
const soon = 150 * time.Millisecond

func TestWhoComesBackWhileTheirWorksLeaveHasThemAll(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		work := d.post()
		must(t, d.accounts.DeleteAccount(t.Context(), d.mara, archive.Deletion{Sole: archive.FateDelete, Shared: archive.FateRemove, Answers: archive.AnswersKeep}))
		_, _, err := d.accounts.SignIn(t.Context(), d.mara.Name, "a lamp in the window", "A browser")
		var pending *accounts.Pending
		if !errors.As(err, &pending) {
			t.Fatalf("who is deleted is answered %v", err)
		}
		letGo := d.busyWith(work)
		e := archive.Event{Subject: d.mara.Account}
		leaves, back := make(chan error, 1), make(chan error, 1)
		go func() { leaves <- d.LeaveWorks(t.Context(), e, archive.Job{}) }()
		time.Sleep(soon) // it has seen the deletion, and waits for the work
		go func() {
			_, _, err := d.accounts.RestoreAccount(t.Context(), pending.Secret, "A browser")
			if err == nil {
				err = d.ReturnWorks(t.Context(), e, archive.Job{})
			}
			back <- err
		}()
		time.Sleep(soon)
		letGo()
		must(t, <-leaves)
		must(t, <-back)
		d.Read(t, func(ctx context.Context, tx *store.Tx) error {
			o, err := tx.Works.Open(ctx, archive.Viewer{}, work)
			if err == nil && !o.DeletedAt.IsZero() {
				err = errors.New("the work left with an account that is back")
			}
			return err
		})
		d.purges()
		d.Read(t, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Works.Open(ctx, archive.Viewer{}, work)
			return err
		})
	})
}

func TestWhoIsDeletedAgainWhileTheirWorksReturnLeavesNoneBehind(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		work := d.post()
		d.leaves(d.mara, archive.FateNoName, archive.FateRemove)
		d.Write(t, func(ctx context.Context, tx *store.Tx) error { return tx.Deletions.Undo(ctx, d.mara.Account) })
		letGo := d.busyWith(work)
		e := archive.Event{Subject: d.mara.Account}
		back, leaves := make(chan error, 1), make(chan error, 1)
		go func() { back <- d.ReturnWorks(t.Context(), e, archive.Job{}) }()
		time.Sleep(soon)
		go func() {
			err := d.accounts.DeleteAccount(t.Context(), d.mara, archive.Deletion{Sole: archive.FateNoName, Shared: archive.FateRemove, Answers: archive.AnswersKeep})
			if err == nil {
				err = d.LeaveWorks(t.Context(), e, archive.Job{})
			}
			leaves <- err
		}()
		time.Sleep(soon)
		letGo()
		must(t, <-back)
		must(t, <-leaves)
		if got := d.byline(work); got != "orphan_account/orphan_account" {
			t.Errorf("the work of a deleted account is signed %s", got)
		}
	})
}

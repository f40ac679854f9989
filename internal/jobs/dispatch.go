package jobs

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// The dispatcher's lease and its cursor in the log.
const dispatcher = "jobs"

// The events dispatched in one transaction: others wait to write while what
// they cause is done at once.
const batch = 64

// follow follows the log when this process has written to it, and looks at it
// and at the jobs that are due every so often. A look that finds nothing is
// three short reads.
func (r *Runner) follow(ctx context.Context) {
	tick := time.NewTicker(r.pace.poll)
	defer tick.Stop()
	for woken := false; !r.stopped(ctx); woken = r.awaken(ctx, tick.C) {
		events, due, err := true, false, error(nil)
		if !woken {
			events, due, err = r.look(ctx)
		}
		for events && err == nil && !r.stopped(ctx) {
			events, err = r.dispatch(ctx)
		}
		r.complain(ctx, "read the log", err)
		if due {
			nudge(r.due)
		}
		if !r.pause(ctx, nil, time.After(r.pace.gather)) { // what comes together is dispatched together
			return
		}
	}
}

// awaken waits, and reports whether there is something new to follow.
func (r *Runner) awaken(ctx context.Context, at <-chan time.Time) (woken bool) {
	select {
	case <-r.stopping:
	case <-ctx.Done():
	case <-at:
	case <-r.wake:
		return true
	}
	return false
}

// look reports whether events wait for the dispatcher and jobs for a worker.
func (r *Runner) look(ctx context.Context) (events, due bool, err error) {
	err = r.store.Read(ctx, func(tx *store.Tx) error {
		head, err := tx.Log.Head(ctx)
		if err != nil {
			return err
		}
		cursor, err := tx.Log.Cursor(ctx, dispatcher)
		if err != nil {
			return err
		}
		events = head > cursor
		due, err = tx.Jobs.Due(ctx)
		return err
	})
	return events, due, err
}

// dispatch does at once what the next events cause, where that can be, makes
// jobs of the rest, and moves the cursor behind them; more reports whether it may
// be called again at once. If something fails all of it becomes jobs, each of
// which fails alone.
func (r *Runner) dispatch(ctx context.Context) (more bool, err error) {
	more, err = r.dispatchNext(ctx, true)
	if err != nil && ctx.Err() == nil {
		r.log.WarnContext(ctx, "jobs: what would be done at once becomes jobs", "error", err)
		more, err = r.dispatchNext(ctx, false)
	}
	return more, err
}

// dispatchNext is dispatch in one transaction. The lease keeps it to one process
// at a time; that two would do no harm, since a job is unique by event and name,
// is what makes a crash harmless.
func (r *Runner) dispatchNext(ctx context.Context, atOnce bool) (more bool, err error) {
	var added int
	err = r.store.Write(ctx, func(tx *store.Tx) error {
		more, added = false, 0
		mine, err := tx.Log.TakeLease(ctx, dispatcher, r.holder, tx.Now.Add(r.pace.lease))
		if err != nil || !mine {
			return err
		}
		cursor, err := tx.Log.Cursor(ctx, dispatcher)
		if err != nil {
			return err
		}
		events, err := tx.Log.After(ctx, cursor, batch)
		if err != nil || len(events) == 0 {
			return err
		}
		for _, e := range events {
			jobs, err := r.follows(ctx, tx, e, atOnce)
			if err != nil {
				return err
			}
			added += jobs
		}
		more = len(events) == batch
		return tx.Log.MoveCursor(ctx, dispatcher, events[len(events)-1].ID)
	})
	if err == nil && added > 0 {
		nudge(r.due)
	}
	return more && err == nil, err
}

// follows does what follows from an event or adds its jobs, and counts these.
func (r *Runner) follows(ctx context.Context, tx *store.Tx, e archive.Event, atOnce bool) (added int, err error) {
	for _, line := range r.lines {
		if line.On != e.Kind {
			continue
		}
		done := false
		if atOnce && line.AtOnce != nil {
			err := r.guarded(ctx, func(ctx context.Context) (err error) {
				done, err = line.AtOnce(ctx, tx, e)
				return err
			})
			if err != nil {
				return added, err
			}
		}
		if done {
			continue
		}
		if err := tx.Jobs.Add(ctx, e.ID, line.Name); err != nil {
			return added, err
		}
		added++
	}
	return added, nil
}

// dropLease lets another process dispatch at once.
func (r *Runner) dropLease(ctx context.Context) error {
	return r.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Log.DropLease(ctx, dispatcher, r.holder)
	})
}

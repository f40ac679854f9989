package jobs

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// The dispatcher's lease and its cursor in the log.
const dispatcher = "jobs"

// The events dispatched in one transaction.
const batch = 200

// follow looks at the log and at the jobs that are due, when it is woken and
// every so often. A look that finds nothing is three short reads.
func (r *Runner) follow(ctx context.Context) {
	tick := time.NewTicker(r.pace.poll)
	defer tick.Stop()
	for more := true; more; more = r.pause(ctx, r.wake, tick.C) {
		events, due, err := r.look(ctx)
		for events && err == nil && !r.stopped(ctx) {
			events, err = r.dispatch(ctx)
			due = true
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

// dispatch makes jobs of the next events and moves the cursor behind them, all
// in one transaction; more reports whether it may be called again at once. The
// lease keeps it to one process at a time; that two would do no harm, since a
// job is unique by event and name, is what makes a crash harmless.
func (r *Runner) dispatch(ctx context.Context) (more bool, err error) {
	err = r.store.Write(ctx, func(tx *store.Tx) error {
		more = false
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
			if err := r.addJobs(ctx, tx, e); err != nil {
				return err
			}
		}
		more = len(events) == batch
		return tx.Log.MoveCursor(ctx, dispatcher, events[len(events)-1].ID)
	})
	return more && err == nil, err
}

func (r *Runner) addJobs(ctx context.Context, tx *store.Tx, e archive.Event) error {
	for _, line := range r.lines {
		if line.On != e.Kind {
			continue
		}
		if err := tx.Jobs.Add(ctx, e.ID, line.Name); err != nil {
			return err
		}
	}
	return nil
}

// dropLease lets another process dispatch at once.
func (r *Runner) dropLease(ctx context.Context) error {
	return r.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Log.DropLease(ctx, dispatcher, r.holder)
	})
}

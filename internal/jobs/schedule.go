package jobs

import (
	"context"
	"crypto/rand"
	"time"

	"ficus/internal/store"
)

// A periodic job that failed has its next turn after this, or after its usual
// time when that is shorter.
const turnAfterFailure = 5 * time.Minute

// The deadline of a turn, and of one that runs apart.
const (
	turnDeadline  = 10 * time.Minute
	apartDeadline = 12 * time.Hour
)

// untilStopped gives a context that ends when nothing more is to begin.
func (r *Runner) untilStopped(ctx context.Context) context.Context {
	ctx, end := context.WithCancel(ctx)
	r.running.Go(func() {
		select {
		case <-r.stopping:
		case <-ctx.Done():
		}
		end()
	})
	return ctx
}

// keepSchedule looks every minute whether something has its turn.
func (r *Runner) keepSchedule(ctx context.Context, schedule []Periodic) {
	tick := time.NewTicker(r.pace.turns)
	defer tick.Stop()
	for more := true; more; more = r.pause(ctx, nil, tick.C) {
		for _, p := range schedule {
			if r.stopped(ctx) {
				return
			}
			r.complain(ctx, p.Name, r.turn(ctx, p))
		}
	}
}

// renew keeps the turn of what takes longer than the time between two turns,
// so that no other process begins the same.
func (r *Runner) renew(ctx context.Context, p Periodic, take func(context.Context, time.Duration) (bool, error)) {
	tick := time.NewTicker(r.pace.turns)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_, err := take(ctx, p.Every)
			r.complain(ctx, "keep the turn of "+p.Name, err)
		}
	}
}

// turn runs a periodic job if it has its turn. The lease is the schedule: it
// is never given back, so it runs out when the next turn comes, whatever
// process is alive then. Each turn has a holder of its own, so that nobody
// renews it.
func (r *Runner) turn(ctx context.Context, p Periodic) error {
	name, holder := "every:"+p.Name, rand.Text()
	take := func(ctx context.Context, next time.Duration) (mine bool, err error) {
		err = r.store.Write(ctx, func(tx *store.Tx) error {
			mine, err = tx.Log.TakeLease(ctx, name, holder, tx.Now.Add(next))
			return err
		})
		return mine, err
	}
	mine, err := take(ctx, p.Every)
	if err != nil || !mine {
		return err
	}
	deadline := turnDeadline
	if p.Apart {
		deadline = apartDeadline
		renewing, end := context.WithCancel(ctx)
		defer end()
		go r.renew(renewing, p, take)
	}
	failure := r.within(ctx, deadline, p.Do)
	if failure != nil {
		// The turn comes sooner than it would have: also when the program ends.
		_, err = take(context.WithoutCancel(ctx), min(turnAfterFailure, p.Every))
		r.complain(ctx, "put off "+p.Name, err)
	}
	return failure
}

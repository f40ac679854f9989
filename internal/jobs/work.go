package jobs

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// A job that failed is tried again after ten seconds, then after four times as
// long as before, at most six hours: twelve attempts take a day and a half, in
// which a mail server comes back.
const (
	firstWait   = 10 * time.Second
	waitGrowth  = 4
	longestWait = 6 * time.Hour
	maxAttempts = 12
)

// waitAfter is how long a job rests after so many failed attempts.
func waitAfter(attempts int) time.Duration {
	wait := firstWait
	for range max(0, attempts-1) {
		if wait *= waitGrowth; wait >= longestWait {
			return longestWait
		}
	}
	return wait
}

// work runs one job after another while there are any, then waits for word.
func (r *Runner) work(ctx context.Context) {
	for r.pause(ctx, r.due, nil) {
		for !r.stopped(ctx) {
			found, err := r.runNext(ctx)
			r.complain(ctx, "run a job", err)
			if !found || err != nil {
				break
			}
		}
	}
}

// runNext claims a handful of jobs and runs them; false when none is due.
func (r *Runner) runNext(ctx context.Context) (found bool, err error) {
	claimed, err := r.claim(ctx)
	if errors.Is(err, archive.ErrNotFound) {
		// There was none, or another worker reached for the same one.
		_, due, err := r.look(ctx)
		return due, err
	}
	if err != nil {
		return false, err
	}
	nudge(r.due) // where one job was there may be more, and another worker free
	return true, r.runHand(ctx, newHand(claimed))
}

func (r *Runner) claim(ctx context.Context) (claimed []claimed, err error) {
	err = r.store.Write(ctx, func(tx *store.Tx) error {
		jobs, err := tx.Jobs.Claim(ctx, tx.Now.Add(r.pace.claim), r.pace.hand)
		if err != nil {
			return err
		}
		claimed, err = withEvents(ctx, tx, jobs)
		return err
	})
	return claimed, err
}

// run does a claimed job and answers why it failed, if it did.
func (r *Runner) run(ctx context.Context, c claimed) (err error) {
	job := c.job
	if job.Attempts > maxAttempts {
		return errors.New("the program ended in the middle of it each time")
	}
	if c.event.ID == 0 {
		return fmt.Errorf("load its event: %w", archive.ErrNotFound)
	}
	line := r.lineOf(c.event.Kind, job.Kind)
	if line == nil {
		return fmt.Errorf("nothing in this program is called %s and follows %s", job.Kind, c.event.Kind)
	}
	return r.within(ctx, r.pace.deadline, func(ctx context.Context) error { return line.Do(ctx, c.event, job) })
}

func (r *Runner) lineOf(on archive.EventKind, name string) *Line {
	for i := range r.lines {
		if r.lines[i].On == on && r.lines[i].Name == name {
			return &r.lines[i]
		}
	}
	return nil
}

// within calls do with a deadline.
func (r *Runner) within(ctx context.Context, deadline time.Duration, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	return r.guarded(ctx, do)
}

// guarded calls do; a panic is an error like another.
func (r *Runner) guarded(ctx context.Context, do func(context.Context) error) (err error) {
	defer func() {
		if thrown := recover(); thrown != nil {
			r.log.ErrorContext(ctx, "jobs: panic", "panic", thrown, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", thrown)
		}
	}()
	return do(ctx)
}

// settle writes down what became of a job that failed: to be tried again, or
// given up. One that was broken off by the end of the program is due again at
// once.
func (r *Runner) settle(ctx context.Context, job archive.Job, failure error, brokenOff bool) error {
	attempt, reason := 0, clip(failure.Error())
	err := r.store.Write(ctx, func(tx *store.Tx) error {
		stands, err := tx.Jobs.Find(ctx, job.ID) // its attempts began anew if it moved on
		if err != nil {
			return err
		}
		switch attempt = stands.Attempts; {
		case brokenOff:
			return tx.Jobs.Retry(ctx, job, tx.Now, reason)
		case attempt >= maxAttempts:
			return tx.Jobs.GiveUp(ctx, job, reason)
		}
		return tx.Jobs.Retry(ctx, job, tx.Now.Add(waitAfter(attempt)), reason)
	})
	switch log := r.log.With("job", job.Kind, "event", job.Event, "attempt", attempt, "error", reason); {
	case errors.Is(err, archive.ErrNotFound):
		return nil // another worker took it over and did it
	case err != nil || brokenOff:
	case attempt >= maxAttempts:
		log.ErrorContext(ctx, "jobs: given up")
	default:
		log.WarnContext(ctx, "jobs: failed, will be tried again")
	}
	return err
}

// clip makes of a reason what a row should hold; a mail server's answer may be
// anything.
func clip(reason string) string {
	const limit = 500
	if len(reason) > limit {
		reason = reason[:limit] + "…"
	}
	return strings.ReplaceAll(strings.ToValidUTF8(reason, ""), "\x00", "")
}

package jobs

import (
	"context"
	"errors"
	"sync"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// claimed is a job with the event it follows; none when that is not in the log.
type claimed struct {
	job   archive.Job
	event archive.Event
}

func withEvents(ctx context.Context, tx *store.Tx, jobs []archive.Job) ([]claimed, error) {
	taken := make([]claimed, 0, len(jobs))
	for _, job := range jobs {
		event, err := tx.Log.Find(ctx, job.Event)
		if err != nil && !errors.Is(err, archive.ErrNotFound) {
			return nil, err
		}
		taken = append(taken, claimed{job, event})
	}
	return taken, nil
}

// hand is the jobs a worker has claimed and not begun.
type hand struct {
	mu   sync.Mutex
	jobs []claimed
}

func newHand(jobs []claimed) *hand { return &hand{jobs: jobs} }

// next takes the next job to begin; false when there is none.
func (h *hand) next() (claimed, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.jobs) == 0 {
		return claimed{}, false
	}
	first := h.jobs[0]
	h.jobs = h.jobs[1:]
	return first, true
}

// drop takes all that is left.
func (h *hand) drop() []claimed {
	h.mu.Lock()
	defer h.mu.Unlock()
	left := h.jobs
	h.jobs = nil
	return left
}

// runHand runs claimed jobs one after the other: those that are quick share the
// two transactions in which they were claimed and are forgotten. When one takes
// long, the others go back to be taken by other workers.
func (r *Runner) runHand(ctx context.Context, h *hand) error {
	// What became of a job is written down even when the program is ending.
	last := context.WithoutCancel(ctx)
	done, failed := r.runInTurn(ctx, last, h)
	return errors.Join(failed, r.putBack(last, h.drop()), r.finish(last, done))
}

// runInTurn runs jobs until none is left in the hand, and answers which were
// done.
func (r *Runner) runInTurn(ctx, last context.Context, h *hand) (done []int64, failed error) {
	ended := make(chan struct{})
	var watch sync.WaitGroup
	defer watch.Wait()
	defer close(ended)
	one, more := h.next()
	if len(h.jobs) > 0 {
		watch.Go(func() { r.letGo(last, h, ended) })
	}
	for ; more; one, more = h.next() {
		if failure := r.run(ctx, one); failure == nil {
			done = append(done, one.job.ID)
		} else {
			failed = errors.Join(failed, r.settle(last, one.job, failure, ctx.Err() != nil))
		}
		if r.stopped(ctx) { // nothing more is begun
			break
		}
	}
	return done, failed
}

// letGo puts the jobs back that are still in the hand after a while.
func (r *Runner) letGo(ctx context.Context, h *hand, ended <-chan struct{}) {
	late := time.NewTimer(r.pace.hold)
	defer late.Stop()
	select {
	case <-ended:
	case <-late.C:
		r.complain(ctx, "put jobs back", r.putBack(ctx, h.drop()))
	}
}

// putBack lets other workers take jobs that were not begun.
func (r *Runner) putBack(ctx context.Context, jobs []claimed) error {
	if len(jobs) == 0 {
		return nil
	}
	defer nudge(r.due)
	return r.store.Write(ctx, func(tx *store.Tx) error {
		for _, one := range jobs {
			if err := tx.Jobs.PutBack(ctx, one.job, tx.Now); err != nil {
				return err
			}
		}
		return nil
	})
}

// finish forgets jobs that are done.
func (r *Runner) finish(ctx context.Context, done []int64) error {
	if len(done) == 0 {
		return nil
	}
	return r.store.Write(ctx, func(tx *store.Tx) error {
		for _, id := range done {
			if err := tx.Jobs.Finish(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

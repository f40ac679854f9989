package tempo

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"ficus/internal/archive"
)

// Turns bounds how many do what takes long or much memory at once. A few more
// wait for theirs; who comes after them, or has waited for too long, is told
// that the archive is busy instead of making it busier.
type Turns struct {
	at      *semaphore.Weighted
	waiting atomic.Int64
	queue   int64
	patient time.Duration
}

// NewTurns lets so many at once and so many more wait, each for a while.
func NewTurns(atOnce, queue int64, patient time.Duration) *Turns {
	return &Turns{at: semaphore.NewWeighted(atOnce), queue: queue, patient: patient}
}

// Take waits for a turn, and gives what ends it; archive.ErrBusy when there is
// none to be had.
func (t *Turns) Take(ctx context.Context) (end func(), err error) {
	if t.at.TryAcquire(1) {
		return func() { t.at.Release(1) }, nil
	}
	if t.waiting.Add(1) > t.queue {
		t.waiting.Add(-1)
		return nil, fmt.Errorf("%d wait already: %w", t.queue, archive.ErrBusy)
	}
	defer t.waiting.Add(-1)
	patient, cancel := context.WithTimeout(ctx, t.patient)
	defer cancel()
	if err := t.at.Acquire(patient, 1); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("no turn came in %v: %w", t.patient, archive.ErrBusy)
	}
	return func() { t.at.Release(1) }, nil
}

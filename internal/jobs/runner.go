// Package jobs does what the log asks for: it turns each event into one job for
// every line of a table, runs each job until it succeeds or has failed too
// often, and runs what is due every so often. Any number of processes may share
// one database. It knows no job by name.
package jobs

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"sync"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/tempo"
)

// Line is a line of the table: when On happens, Do is called for it, once in
// most cases and again after a crash or a failure. Do must come to the same end
// when it is repeated; the event's id tells it what it did before. The context
// ends after two minutes. A long fan-out notes its place with
// store.Jobs.Progress and finds it again as job.Cursor.
//
// A name may stand on several lines; it is what the job is called in the
// database, so it stays the same from release to release.
type Line struct {
	On   archive.EventKind
	Name string
	Do   func(ctx context.Context, e archive.Event, job archive.Job) error

	// AtOnce, where there is one, does all of it in the transaction that reads
	// the event, so that no job is needed, and reports whether it did: false,
	// before it wrote anything, when there is more to do than a few rows.
	AtOnce func(ctx context.Context, tx *store.Tx, e archive.Event) (done bool, err error)
}

// Periodic is something done every so often, by one process of all that share
// the database.
type Periodic struct {
	Name  string
	Every time.Duration // a minute or more
	// Apart: it may take long, so it runs beside the others, within hours, and
	// is broken off when the program ends.
	Apart bool
	Do    func(ctx context.Context) error
}

// pace is how long things take. Tests are in a hurry.
type pace struct {
	poll     time.Duration // between two looks at the log when nobody wakes us
	gather   time.Duration // between two looks at the log at least
	turns    time.Duration // between two looks at the schedule
	deadline time.Duration // of one run of a job
	claim    time.Duration // after which a claimed job is anybody's; longer than deadline
	lease    time.Duration // after which a dispatcher that fell silent is replaced
	hold     time.Duration // for which a worker keeps jobs it has not begun; with deadline shorter than claim
	hand     int           // jobs a worker claims at once
	workers  int
}

func usualPace() pace {
	return pace{
		poll: 500 * time.Millisecond, gather: 20 * time.Millisecond, turns: time.Minute, deadline: 2 * time.Minute,
		claim: 3 * time.Minute, lease: 15 * time.Second, hold: time.Second, hand: 16, workers: 4,
	}
}

// Runner runs the jobs of one process.
type Runner struct {
	store    *store.Store
	clock    archive.Clock
	lines    []Line
	schedule []Periodic
	log      *slog.Logger
	pace     pace
	holder   string // of leases

	wake chan struct{} // something was committed
	due  chan struct{} // a job waits for a worker

	stopping chan struct{} // closed: begin nothing more
	abandon  context.CancelFunc
	running  sync.WaitGroup
}

// New makes a runner of a table and a schedule; Start starts it.
func New(s *store.Store, clock archive.Clock, lines []Line, schedule []Periodic, log *slog.Logger) *Runner {
	return &Runner{
		store: s, clock: clock, lines: lines, schedule: schedule, log: log, pace: usualPace(), holder: rand.Text(),
		wake: make(chan struct{}, 1), due: make(chan struct{}, 1), stopping: make(chan struct{}), abandon: func() {},
	}
}

// Wake says that this process committed an event, so that nobody waits for the
// next look at the log. It never blocks.
func (r *Runner) Wake() { nudge(r.wake) }

// nudge leaves a word for whoever reads the channel, once.
func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Start begins to run jobs, and returns. The end of the context breaks off what
// is being done; Close lets it come to its end.
func (r *Runner) Start(ctx context.Context) {
	ctx, r.abandon = context.WithCancel(ctx)
	r.running.Go(func() {
		r.follow(tempo.GiveWay(ctx))
	})
	var together []Periodic
	for _, p := range r.schedule {
		if !p.Apart {
			together = append(together, p)
			continue
		}
		r.running.Go(func() { r.keepSchedule(r.untilStopped(ctx), []Periodic{p}) })
	}
	r.running.Go(func() { r.keepSchedule(ctx, together) })
	for range r.pace.workers {
		r.running.Go(func() {
			r.work(tempo.GiveWay(ctx))
		})
	}
}

// Close begins nothing more and waits for the jobs that are being run; when
// the context ends first, they are broken off, to be run again at the next
// start. It is called once, after Start.
func (r *Runner) Close(ctx context.Context) error {
	close(r.stopping)
	done := make(chan struct{})
	go func() {
		r.running.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
	r.abandon()
	<-done
	return r.dropLease(context.WithoutCancel(ctx))
}

// pause waits; false when nothing more is to begin.
func (r *Runner) pause(ctx context.Context, word <-chan struct{}, at <-chan time.Time) bool {
	select {
	case <-r.stopping:
		return false
	case <-ctx.Done():
		return false
	case <-word:
	case <-at:
	}
	return !r.stopped(ctx)
}

func (r *Runner) stopped(ctx context.Context) bool {
	select {
	case <-r.stopping:
		return true
	default:
		return ctx.Err() != nil
	}
}

// complain logs what will be tried again at the next look.
func (r *Runner) complain(ctx context.Context, doing string, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		r.log.ErrorContext(ctx, "jobs: "+doing, "error", err)
	}
}

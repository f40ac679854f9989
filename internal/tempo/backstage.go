package tempo

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"golang.org/x/sync/semaphore"
)

// idleThread is how long a thread of a Backstage waits for more to do.
const idleThread = 5 * time.Second

// Backstage does what may take a moment on few threads that go behind the
// others: where processors are short, whoever only reads is answered first.
type Backstage struct {
	threads *semaphore.Weighted
	next    chan *errand
}

// errand is something to do backstage.
type errand struct {
	do     func()
	done   chan struct{}
	thrown any // what do panicked with; nil: it did not
}

// NewBackstage uses so many threads at most.
func NewBackstage(threads int64) *Backstage {
	return &Backstage{threads: semaphore.NewWeighted(threads), next: make(chan *errand)}
}

// Do calls do behind whoever is on stage, and waits for its end; the error is
// ctx's, when that ended before do began. Where do panics, Do does.
func (b *Backstage) Do(ctx context.Context, do func()) error {
	e := &errand{do: do, done: make(chan struct{})}
	select {
	case b.next <- e: // to a thread that waits
	default:
		if b.threads.TryAcquire(1) {
			go b.work(e)
			break
		}
		select {
		case b.next <- e:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	<-e.done
	if e.thrown != nil {
		panic(e.thrown)
	}
	return nil
}

// work does one errand after the other until there is none for a while.
func (b *Backstage) work(e *errand) {
	defer b.threads.Release(1)
	GiveWay()
	idle := time.NewTimer(idleThread)
	defer idle.Stop()
	for {
		e.run()
		idle.Reset(idleThread)
		select {
		case e = <-b.next:
		case <-idle.C:
			return
		}
	}
}

func (e *errand) run() {
	defer close(e.done)
	defer func() {
		if thrown := recover(); thrown != nil {
			e.thrown = fmt.Sprintf("%v\n%s", thrown, debug.Stack())
		}
	}()
	e.do()
}

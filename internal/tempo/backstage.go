package tempo

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"
)

// idleThread is how long a thread of a Backstage waits for more to do.
const idleThread = 5 * time.Second

// Backstage does what may take a moment on few threads that go behind the
// others: where processors are short, whoever only reads is answered first.
type Backstage struct {
	threads chan struct{} // one for each that runs
	next    chan *errand
}

// errand is something to do backstage.
type errand struct {
	ctx    context.Context
	do     func(context.Context)
	done   chan struct{}
	thrown any // what do panicked with; nil: it did not
}

// NewBackstage uses so many threads at most.
func NewBackstage(threads int) *Backstage {
	return &Backstage{threads: make(chan struct{}, threads), next: make(chan *errand)}
}

// Do calls do behind whoever is on stage, under ctx as GiveWay gives it, and
// waits for its end; the error is ctx's, when that ended before do began. Where
// do panics, Do does.
func (b *Backstage) Do(ctx context.Context, do func(context.Context)) error {
	e := &errand{ctx: behind(ctx), do: do, done: make(chan struct{})}
	select {
	case b.next <- e: // to a thread that waits
	default:
		select {
		case b.next <- e:
		case b.threads <- struct{}{}:
			go b.work(e)
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
	defer func() { <-b.threads }()
	_ = GiveWay(e.ctx) // each errand brings its own
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
	e.do(e.ctx)
}

package tempo

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// idleThread is how long a thread of a Backstage waits for more to do.
const idleThread = 5 * time.Second

// mostWait is how many errands wait for a thread before more wait for a place.
const mostWait = 256

// Backstage does what may take a moment on few threads that go behind the
// others: where processors are short, whoever only reads is answered first.
type Backstage struct {
	threads  chan struct{} // one for each that runs
	next     chan *errand
	together chan *errand // those that are done in company
	company  Company
}

// Company is how errands are done together.
type Company struct {
	// Share calls what next gives, from 0 on until it is nil or as long as may
	// be, each with a context they have in common. An error says that nothing
	// they did stands. Nil: each is done by itself.
	Share func(ctx context.Context, next func(i int) func(context.Context)) error
	// Most is how many are done together at most.
	Most int
	// Gather is how long after some were begun the next are, so that more of
	// them come together. Who comes in a calm hour does not wait.
	Gather time.Duration
}

// errand is something to do backstage.
type errand struct {
	ctx    context.Context
	do     func(context.Context)
	taken  atomic.Bool // by a thread, or back by whoever waits
	done   chan struct{}
	thrown any // what do panicked with; nil: it did not
}

// NewBackstage uses so many threads at most.
func NewBackstage(threads int, company Company) *Backstage {
	return &Backstage{
		threads: make(chan struct{}, threads), next: make(chan *errand, mostWait), together: make(chan *errand, mostWait), company: company,
	}
}

// Do calls do behind whoever is on stage, under ctx as GiveWay gives it, and
// waits for its end; the error is ctx's, when that ended before do began. Where
// do panics, Do does.
func (b *Backstage) Do(ctx context.Context, do func(context.Context)) error {
	return b.have(b.next, &errand{ctx: behind(ctx), do: do, done: make(chan struct{})})
}

// DoTogether is Do for what is done in company: with others that wait to be.
// What they did together may come to nothing; then do is called once more.
func (b *Backstage) DoTogether(ctx context.Context, do func(context.Context)) error {
	return b.have(b.together, &errand{ctx: behind(ctx), do: do, done: make(chan struct{})})
}

func (b *Backstage) have(queue chan *errand, e *errand) error {
	select {
	case queue <- e:
	case <-e.ctx.Done():
		return e.ctx.Err()
	}
	b.staff()
	select {
	case <-e.done:
	case <-e.ctx.Done():
		if e.take() {
			return e.ctx.Err()
		}
		<-e.done
	}
	if e.thrown != nil {
		panic(e.thrown)
	}
	return nil
}

// staff puts a thread more to work, unless there are as many as may be.
func (b *Backstage) staff() {
	select {
	case b.threads <- struct{}{}:
		go b.work()
	default:
	}
}

// work does one errand after the other until there is none for a while.
func (b *Backstage) work() {
	defer func() {
		<-b.threads
		if len(b.next)+len(b.together) > 0 { // it came while this thread took its leave
			b.staff()
		}
	}()
	ctx := GiveWay(context.Background()) // each errand brings its own
	idle := time.NewTimer(idleThread)
	defer idle.Stop()
	for {
		select {
		case e := <-b.next:
			b.begin(e)
		case e := <-b.together:
			b.beginTogether(ctx, e)
		case <-idle.C:
			return
		}
		idle.Reset(idleThread)
	}
}

func (b *Backstage) begin(e *errand) {
	if e.take() {
		e.run(e.ctx)
		close(e.done)
	}
}

// beginTogether begins an errand in company, where there is any.
func (b *Backstage) beginTogether(ctx context.Context, e *errand) {
	switch {
	case b.company.Share == nil:
		b.begin(e)
	case e.take():
		gathered := time.NewTimer(b.company.Gather)
		b.share(ctx, e)
		<-gathered.C
	}
}

// share does an errand and those that wait to be done in company.
func (b *Backstage) share(ctx context.Context, first *errand) {
	company := []*errand{first}
	err := b.company.Share(ctx, func(i int) func(context.Context) {
		if i == len(company) {
			if i == b.company.Most {
				return nil
			}
			more := b.another()
			if more == nil {
				return nil
			}
			company = append(company, more)
		}
		return func(common context.Context) { company[i].run(along{company[i].ctx, common}) }
	})
	for _, e := range company {
		if err != nil {
			e.run(e.ctx)
		}
		close(e.done)
	}
}

// another takes an errand that waits to be done in company; nil: none does.
func (b *Backstage) another() *errand {
	for {
		select {
		case e := <-b.together:
			if e.take() {
				return e
			}
		default:
			return nil
		}
	}
}

// take takes an errand from whoever waits for it, or back; false: the other was
// before.
func (e *errand) take() bool { return e.taken.CompareAndSwap(false, true) }

// along is a context that carries what another does besides.
type along struct {
	context.Context
	other context.Context
}

// Value gives its own first.
func (a along) Value(key any) any {
	if value := a.Context.Value(key); value != nil {
		return value
	}
	return a.other.Value(key)
}

func (e *errand) run(ctx context.Context) {
	e.thrown = nil
	defer func() {
		if thrown := recover(); thrown != nil {
			e.thrown = fmt.Sprintf("%v\n%s", thrown, debug.Stack())
		}
	}()
	e.do(ctx)
}

package sqldb

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// A batch takes in what waits until it holds this many closures, or has run this long: whoever
// came first should not wait long for those who came last.
const (
	batchSize = 64
	batchTime = 250 * time.Millisecond
)

// writer passes SQLite's one writing connection from closure to closure. Those that wait for each
// other share a transaction, a savepoint each, and so one flush of the disk. Every closure runs on
// the goroutine of its caller, which ends by handing the batch to the next; the last one commits.
//
// Some of those goroutines go behind all others, and get little of the processors where others take
// much. So who goes first never waits for more than one closure of theirs: who waits longest begins
// a batch, but who goes first is let into it before those who go behind, and once one of them is in
// it no more of those are; and a closure that goes behind steps aside no more while one waits.
type writer struct {
	conns   *pool
	folding *folding // nil: SQLite does it

	mu      sync.Mutex
	waiting []*turn
	ahead   atomic.Int64 // how many of those that wait go first
	busy    bool         // a batch is under way
}

// turn is one closure's place in the queue.
type turn struct {
	granted chan *batch
	answer  chan error // after COMMIT
	stood   func()     // called before it; nil: nothing
	aside   func()     // nil: it goes first
	alone   bool
}

func (t *turn) goesFirst() bool { return t.aside == nil }

// batch is one transaction.
type batch struct {
	conn   *conn   // nil until the first closure begins, and after one has undone the transaction
	kept   []*turn // closures that ended well and wait for COMMIT
	ran    int
	alone  bool
	ahead  bool // one of those that were kept goes first
	budget <-chan time.Time
}

// errLost says that another closure took the whole transaction down, as a full disk does.
var errLost = errors.New("the transaction was lost with another's")

func (w *writer) write(ctx context.Context, aside func(), fn func(*Tx) error) error {
	err := w.attempt(ctx, &turn{aside: aside}, fn)
	if errors.Is(err, errLost) {
		err = w.attempt(ctx, &turn{aside: aside, alone: true}, fn)
	}
	return err
}

// attempt waits for its turn, runs fn, and waits for COMMIT. From the moment fn's rows stand the
// answer is waited for whatever becomes of ctx: only COMMIT knows it.
func (w *writer) attempt(ctx context.Context, t *turn, fn func(*Tx) error) error {
	t.granted, t.answer = make(chan *batch, 1), make(chan error, 1)
	b, err := w.wait(ctx, t)
	if err != nil {
		return err
	}
	if err := w.run(ctx, b, t, fn); err != nil {
		return err
	}
	return <-t.answer
}

// wait queues t, or begins a batch with it when nobody writes.
func (w *writer) wait(ctx context.Context, t *turn) (*batch, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w.mu.Lock()
	if !w.busy {
		w.busy = true
		w.mu.Unlock()
		return newBatch(t), nil
	}
	w.waiting = append(w.waiting, t)
	if t.goesFirst() {
		w.ahead.Add(1)
	}
	w.mu.Unlock()
	select {
	case b := <-t.granted:
		return b, nil
	case <-ctx.Done():
		if w.leave(t) {
			return nil, ctx.Err()
		}
		return <-t.granted, nil // it came at the same moment; run passes it on
	}
}

func newBatch(first *turn) *batch {
	return &batch{alone: first.alone, budget: time.After(batchTime)}
}

// leave takes t out of the queue, and says whether it was still there.
func (w *writer) leave(t *turn) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := slices.Index(w.waiting, t)
	if i >= 0 {
		w.take(i)
	}
	return i >= 0
}

// take takes a turn out of the queue; w.mu is held.
func (w *writer) take(i int) *turn {
	t := w.waiting[i]
	w.waiting = slices.Delete(w.waiting, i, i+1)
	if t.goesFirst() {
		w.ahead.Add(-1)
	}
	return t
}

// run runs fn in the batch and hands the batch on, even when fn panics.
func (w *writer) run(ctx context.Context, b *batch, t *turn, fn func(*Tx) error) error {
	defer w.handOn(b)
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := w.begin(ctx, b); err != nil {
		return err
	}
	stands := false
	defer func() {
		if !stands {
			w.undo(b)
		}
	}()
	tx := &Tx{conn: b.conn, engine: SQLite, translate: sqliteError, shielded: true, aside: w.unlessAwaited(t.aside)}
	if err := runWrite(tx, fn); err != nil {
		return err
	}
	t.stood = tx.stood
	if len(b.kept) > 0 {
		if err := b.conn.run("RELEASE one"); err != nil {
			return sqliteError(err)
		}
	}
	stands = true
	b.kept = append(b.kept, t)
	b.ahead = b.ahead || t.goesFirst()
	return nil
}

// unlessAwaited steps aside only while nobody who goes first waits for the turn to write: that one
// would wait for everybody who was let past.
func (w *writer) unlessAwaited(aside func()) func() {
	if aside == nil {
		return nil
	}
	return func() {
		if w.ahead.Load() == 0 {
			aside()
		}
	}
}

// begin opens the transaction, or a savepoint when others' rows already stand in it.
func (w *writer) begin(ctx context.Context, b *batch) error {
	b.ran++
	if b.conn != nil {
		return sqliteError(b.conn.run("SAVEPOINT one"))
	}
	c, err := w.conns.take(ctx)
	if err != nil {
		return err
	}
	if err := c.run("BEGIN IMMEDIATE"); err != nil {
		w.conns.put(c, c.run("ROLLBACK") != nil) // nothing to roll back is the healthy case
		return sqliteError(err)
	}
	b.conn = c
	return nil
}

// undo takes back the rows of the closure that just failed, and only those if that can be.
func (w *writer) undo(b *batch) {
	if len(b.kept) > 0 && b.conn.run("ROLLBACK TO one") == nil && b.conn.run("RELEASE one") == nil {
		return
	}
	w.end(b, "ROLLBACK", errLost)
}

// end ends the transaction and answers those who wait for it.
func (w *writer) end(b *batch, statement string, answer error) {
	err := b.conn.run(statement)
	if err != nil {
		b.conn.run("ROLLBACK")
	}
	if answer == nil && err != nil {
		answer = sqliteError(err)
		if len(b.kept) > 1 {
			answer = errLost // each tries alone and learns whose fault it was
		}
	}
	for _, t := range b.kept {
		if answer == nil && t.stood != nil {
			t.stood()
		}
		t.answer <- answer
	}
	if err == nil && statement == "COMMIT" && w.folding != nil {
		err = w.folding.committed(b.conn)
	}
	w.conns.put(b.conn, err == nil)
	b.conn, b.kept, b.ahead = nil, nil, false
}

// handOn gives the batch to the next closure that waits, or commits it and lets the next begin.
func (w *writer) handOn(b *batch) {
	if next := w.next(b); next != nil {
		next.granted <- b
		return
	}
	if b.conn != nil {
		w.end(b, "COMMIT", nil)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.waiting) == 0 {
		w.busy = false
		return
	}
	next := w.take(0)
	next.granted <- newBatch(next)
}

// next takes the closure from the queue that may join the batch.
func (w *writer) next(b *batch) *turn {
	w.mu.Lock()
	defer w.mu.Unlock()
	if b.alone || b.ran >= batchSize || len(w.waiting) == 0 {
		return nil
	}
	select {
	case <-b.budget:
		return nil
	default:
	}
	i := slices.IndexFunc(w.waiting, (*turn).goesFirst)
	if i < 0 && b.ahead {
		return nil
	}
	i = max(i, 0)
	if w.waiting[i].alone {
		return nil
	}
	return w.take(i)
}

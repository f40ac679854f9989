package sqldb

import (
	"context"
	"sync/atomic"
)

// Together calls closures one after the other on this goroutine and, on SQLite, commits once what all
// of them wrote: the Reads and Writes of a closure, under the context it gets, belong to one
// transaction, and see what those before them wrote. A Write that fails is undone to where it began
// and harms nobody. What they did stands when Together has answered, and not before.
//
// next gives the closure of a place, counted from 0, or nil when there are no more. It is not asked
// for another while somebody waits to write who goes before this context.
//
// When the transaction as a whole comes to nothing, as on a full disk, Together says why, and nothing
// of any closure stands: they may be called again, each by itself. On PostgreSQL, where transactions
// wait for rows and not for each other, it calls one closure, whose Reads and Writes are its own.
func (d *DB) Together(ctx context.Context, next func(i int) func(ctx context.Context)) error {
	e, one := d.eng.(*sqliteEngine)
	if !one {
		if do := next(0); do != nil {
			do(ctx)
		}
		return nil
	}
	defer d.writing.Add(-1)
	if d.writing.Add(1) > 1 && insideWrite() {
		return ErrNested
	}
	return e.writer.together(ctx, d.aside(ctx), next)
}

func (w *writer) together(ctx context.Context, aside func(), next func(i int) func(ctx context.Context)) error {
	return w.attempt(ctx, &turn{aside: aside}, func(tx *Tx) error {
		c := &common{tx: tx, conn: tx.conn.(*conn)}
		defer c.ended.Store(true)
		ctx := context.WithValue(ctx, inCommon{}, c)
		for i := 0; i == 0 || w.ahead.Load() == 0; i++ {
			do := next(i)
			if do == nil {
				break
			}
			if do(ctx); c.lost {
				return errLost
			}
		}
		tx.OnCommit(c.committed)
		return nil
	})
}

// common is a transaction that several closures have in common.
type common struct {
	tx    *Tx
	conn  *conn
	busy  atomic.Bool // a Read or Write of one of them is under way
	ended atomic.Bool
	stood []func() // see Tx.OnCommit
	lost  bool     // SQLite undid all of it
}

// inCommon is where a context carries it.
type inCommon struct{}

// commonOf gives the transaction to which belongs what runs under a context; nil: to none. What a
// closure left behind goes on by itself.
func commonOf(ctx context.Context) *common {
	c, _ := ctx.Value(inCommon{}).(*common)
	if c == nil || c.ended.Load() {
		return nil
	}
	return c
}

func (c *common) read(ctx context.Context, fn func(*Tx) error) error {
	return c.enter(ctx, func() error { return c.part().call(fn) })
}

func (c *common) write(ctx context.Context, fn func(*Tx) error) error {
	return c.enter(ctx, func() error {
		if err := c.conn.run("SAVEPOINT part"); err != nil {
			return sqliteError(err)
		}
		stands := false
		defer func() {
			if !stands {
				c.undo()
			}
		}()
		tx := c.part()
		if err := tx.call(fn); err != nil {
			return err
		}
		if err := c.conn.run("RELEASE part"); err != nil {
			return sqliteError(err)
		}
		stands = true
		if tx.stood != nil {
			c.stood = append(c.stood, tx.stood)
		}
		return nil
	})
}

// enter keeps one Read or Write out of another.
func (c *common) enter(ctx context.Context, do func() error) error {
	if !c.busy.CompareAndSwap(false, true) {
		return ErrNested
	}
	defer c.busy.Store(false)
	if c.lost {
		return errLost
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	err := do()
	// A full disk or memory undoes the transaction, whichever statement met it.
	c.lost = c.lost || err != nil && c.conn.raw.AutocommitEnabled()
	return err
}

// part is the transaction as one Read or Write has it.
func (c *common) part() *Tx {
	return &Tx{conn: c.conn, engine: SQLite, translate: c.tx.translate, shielded: true, aside: c.tx.aside}
}

// undo takes back the rows of the Write that just failed.
func (c *common) undo() {
	c.lost = c.conn.run("ROLLBACK TO part") != nil || c.conn.run("RELEASE part") != nil
}

func (c *common) committed() {
	for _, stood := range c.stood {
		stood()
	}
}

package sqldb

import (
	"context"
	"sync/atomic"

	"zombiezen.com/go/sqlite"
)

// maxStatements bounds the prepared statements of one connection.
const maxStatements = 512

// conn is a connection to SQLite and what is prepared on it, used by one goroutine at a time.
type conn struct {
	raw        *sqlite.Conn
	cache      bool
	statements map[string]*statement
	watched    <-chan struct{}                    // of the context whose end interrupts what runs here
	breakOff   atomic.Pointer[context.CancelFunc] // interrupts it
}

// openConn opens the file and sets the pragmas, in their order. To the library, what is in double
// quotes is no text.
func openConn(path string, cache bool, pragmas []string) (*conn, error) {
	raw, err := sqlite.OpenConn(sqliteName(path), sqlite.OpenReadWrite, sqlite.OpenCreate, sqlite.OpenURI)
	if err != nil {
		return nil, err
	}
	c := &conn{raw: raw, cache: cache, statements: map[string]*statement{}}
	c.arm()
	for _, pragma := range pragmas {
		s, err := c.prepare("PRAGMA " + pragma)
		if err == nil {
			_, err = s.exec(nil)
			s.finalize()
		}
		if err != nil {
			c.close()
			return nil, err
		}
	}
	return c, nil
}

// query runs a statement and gives its rows.
func (c *conn) query(ctx context.Context, query string, args []any) (rows, error) {
	s, err := c.prepared(query)
	if err != nil {
		return nil, err
	}
	r := &statementRows{statement: s}
	if done := ctx.Done(); done != nil && done != c.watched {
		r.unwatch = c.watch(ctx)
	}
	if err := r.begin(args); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// exec runs a statement and tells how many rows it changed.
func (c *conn) exec(ctx context.Context, query string, args []any) (int64, error) {
	s, err := c.prepared(query)
	if err != nil {
		return 0, err
	}
	defer s.put()
	if done := ctx.Done(); done != nil && done != c.watched {
		defer c.watch(ctx)()
	}
	return s.exec(args)
}

// run executes a statement of the transaction's own, which nothing may interrupt.
func (c *conn) run(statement string) error {
	_, err := c.exec(context.Background(), statement, nil)
	return err
}

// arm gives the connection something by which it can be interrupted once. The library has a
// goroutine wait for that, which is made here rather than for every context.
func (c *conn) arm() {
	armed, breakOff := context.WithCancel(context.Background())
	c.breakOff.Store(&breakOff)
	c.raw.SetInterrupt(armed.Done())
}

// watch interrupts what runs here when a context ends, until unwatch is called.
func (c *conn) watch(ctx context.Context) (unwatch func()) {
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(ended)
		(*c.breakOff.Load())()
	})
	return func() {
		if !stop() {
			<-ended
			c.arm() // or it would interrupt who comes next
		}
	}
}

// prepared finds or makes the statement. A full cache loses whichever statement comes first.
func (c *conn) prepared(query string) (*statement, error) {
	if s, ok := c.statements[query]; ok {
		return s, nil
	}
	for old, s := range c.statements {
		if len(c.statements) < maxStatements {
			break
		}
		s.finalize()
		delete(c.statements, old)
	}
	s, err := c.prepare(steady(query))
	if err == nil && c.cache {
		c.statements[query] = s
	}
	return s, err
}

// close closes the connection; a transaction that was not ended is undone.
func (c *conn) close() {
	for _, s := range c.statements {
		s.finalize()
	}
	c.raw.Close()
}

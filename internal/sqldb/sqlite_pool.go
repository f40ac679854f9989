package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"regexp"
	"sync"
)

// maxStatements bounds the prepared statements of one connection.
const maxStatements = 512

// pool is a fixed number of SQLite connections, each used by one transaction at a time. It stands
// in for database/sql's pool so that a connection can keep its prepared statements beside it, and
// transactions can be begun and ended without a goroutine watching each.
type pool struct {
	db     *sql.DB
	cache  bool
	free   chan *conn
	closed chan struct{}
	once   sync.Once
}

// conn is a connection and the statements prepared on it.
type conn struct {
	raw        *sql.Conn
	cache      bool
	statements map[string]*sql.Stmt
}

func newPool(ctx context.Context, path string, size int, o Options, pragmas ...string) (*pool, error) {
	db, err := sql.Open("sqlite", sqliteDSN(path, o.CacheKiB, pragmas...))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	p := &pool{db: db, cache: !o.NoStatementCache, free: make(chan *conn, size), closed: make(chan struct{})}
	for range size {
		p.free <- nil // opened when first taken
	}
	c, err := p.take(ctx)
	if err != nil {
		db.Close()
		return nil, err
	}
	p.put(c, true)
	return p, nil
}

// take waits for a free connection.
func (p *pool) take(ctx context.Context) (*conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case <-p.closed:
		return nil, ErrClosed
	default:
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.closed:
		return nil, ErrClosed
	case c := <-p.free:
		return p.opened(ctx, c)
	}
}

func (p *pool) opened(ctx context.Context, c *conn) (*conn, error) {
	if c != nil {
		return c, nil
	}
	raw, err := p.db.Conn(context.WithoutCancel(ctx))
	if err != nil {
		p.free <- nil
		return nil, sqliteError(err)
	}
	return &conn{raw: raw, cache: p.cache, statements: map[string]*sql.Stmt{}}, nil
}

// put gives a connection back; one that did not end its transaction is thrown away.
func (p *pool) put(c *conn, healthy bool) {
	if !healthy {
		c.discard()
		c = nil
	}
	p.free <- c
}

// close waits for every connection to come back.
func (p *pool) close() error {
	p.once.Do(func() {
		close(p.closed)
		for range cap(p.free) {
			if c := <-p.free; c != nil {
				c.forget()
				c.raw.Close()
			}
		}
	})
	return p.db.Close()
}

// QueryContext runs a query as a prepared statement.
func (c *conn) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if !c.cache {
		return c.raw.QueryContext(ctx, query, args...)
	}
	stmt, err := c.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

// ExecContext runs a statement as a prepared statement.
func (c *conn) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if !c.cache {
		return c.raw.ExecContext(ctx, query, args...)
	}
	stmt, err := c.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(ctx, args...)
}

// prepared finds or makes the statement. A full cache loses whichever statement comes first.
func (c *conn) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt, ok := c.statements[query]; ok {
		return stmt, nil
	}
	for old, stmt := range c.statements {
		if len(c.statements) < maxStatements {
			break
		}
		stmt.Close()
		delete(c.statements, old)
	}
	stmt, err := c.raw.PrepareContext(ctx, steady(query))
	if err != nil {
		return nil, err
	}
	c.statements[query] = stmt
	return stmt, nil
}

var boundLimit = regexp.MustCompile(`\b(LIMIT|OFFSET) (\$\d+)`)

// steady is a statement that stays prepared. SQLite plans by the value that is bound to a bare LIMIT,
// and so prepares the statement anew each time it runs, which takes longer than running it: a list of
// comments 200 µs instead of 13. Of a sum it knows nothing before it runs.
func steady(query string) string { return boundLimit.ReplaceAllString(query, "$1 ($2 + 0)") }

// run executes a statement of the transaction's own, which nothing may interrupt.
func (c *conn) run(statement string) error {
	_, err := c.ExecContext(context.Background(), statement)
	return err
}

// forget closes the prepared statements.
func (c *conn) forget() {
	for query, stmt := range c.statements {
		stmt.Close()
		delete(c.statements, query)
	}
}

// discard closes the connection for good, instead of giving it back to database/sql.
func (c *conn) discard() {
	c.forget()
	c.raw.Raw(func(any) error { return driver.ErrBadConn }) // which is how a connection is marked as spent
	c.raw.Close()
}

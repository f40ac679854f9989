package sqldb

import (
	"context"
	"sync"
)

// pool is a fixed number of SQLite connections, each used by one transaction at a time.
type pool struct {
	path    string
	pragmas []string
	cache   bool
	free    chan *conn
	closed  chan struct{}
	once    sync.Once
}

func newPool(ctx context.Context, path string, size int, o Options, pragmas ...string) (*pool, error) {
	p := &pool{path: path, pragmas: sqlitePragmas(o.CacheKiB, pragmas), cache: !o.NoStatementCache, free: make(chan *conn, size), closed: make(chan struct{})}
	for range size {
		p.free <- nil // opened when first taken
	}
	c, err := p.take(ctx)
	if err != nil {
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
		return p.opened(c)
	}
}

func (p *pool) opened(c *conn) (*conn, error) {
	if c != nil {
		return c, nil
	}
	c, err := openConn(p.path, p.cache, p.pragmas)
	if err != nil {
		p.free <- nil
		return nil, sqliteError(err)
	}
	return c, nil
}

// put gives a connection back; one that did not end its transaction is thrown away.
func (p *pool) put(c *conn, healthy bool) {
	if !healthy {
		c.close()
		c = nil
	}
	p.free <- c
}

// close waits for every connection to come back.
func (p *pool) close() {
	p.once.Do(func() {
		close(p.closed)
		for range cap(p.free) {
			if c := <-p.free; c != nil {
				c.close()
			}
		}
	})
}

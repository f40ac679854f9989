package sqldb

import (
	"context"
	"fmt"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// maxStatements bounds the prepared statements of one connection.
const maxStatements = 512

// conn is a connection to SQLite and what is prepared on it, used by one goroutine at a time. It
// calls the library itself: database/sql and its driver take longer around a statement than SQLite
// does for it, and lock what nobody else uses.
type conn struct {
	tls        *libc.TLS
	db         uintptr
	cache      bool
	statements map[string]*statement
	watched    <-chan struct{} // of the context whose end interrupts what runs here
}

// sqliteFault is what the library reports.
type sqliteFault struct {
	code int
	said string
}

// Error says it as the library does.
func (f *sqliteFault) Error() string { return f.said }

// Code is the extended result code.
func (f *sqliteFault) Code() int { return f.code }

// openConn opens the file and sets the pragmas, in their order.
func openConn(path string, cache bool, pragmas []string) (*conn, error) {
	c := &conn{tls: libc.NewTLS(), cache: cache, statements: map[string]*statement{}}
	if err := c.open(path, pragmas); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

func (c *conn) open(path string, pragmas []string) error {
	name, err := libc.CString(sqliteName(path))
	if err != nil {
		return err
	}
	defer libc.Xfree(c.tls, name)
	const flags = sqlite3.SQLITE_OPEN_READWRITE | sqlite3.SQLITE_OPEN_CREATE | sqlite3.SQLITE_OPEN_NOMUTEX | sqlite3.SQLITE_OPEN_URI
	var rc int32
	c.db, err = c.given(func(into uintptr) { rc = sqlite3.Xsqlite3_open_v2(c.tls, name, into, flags, 0) })
	if err != nil || rc != sqlite3.SQLITE_OK {
		return c.fault(rc, err)
	}
	sqlite3.Xsqlite3_extended_result_codes(c.tls, c.db, 1)
	for _, quirk := range []int32{sqlite3.SQLITE_DBCONFIG_DQS_DDL, sqlite3.SQLITE_DBCONFIG_DQS_DML} { // what is in double quotes is no text
		off := libc.NewVaList(int32(0), uintptr(0))
		rc := sqlite3.Xsqlite3_db_config(c.tls, c.db, quirk, off)
		libc.Xfree(c.tls, off)
		if rc != sqlite3.SQLITE_OK {
			return c.fault(rc, nil)
		}
	}
	for _, pragma := range pragmas {
		s, err := c.prepare("PRAGMA " + pragma)
		if err == nil {
			_, err = s.exec(nil)
			s.finalize()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// given is what the library puts where it is told.
func (c *conn) given(put func(into uintptr)) (uintptr, error) {
	into := libc.Xcalloc(c.tls, 1, 8)
	if into == 0 {
		return 0, &sqliteFault{sqlite3.SQLITE_NOMEM, "out of memory"}
	}
	defer libc.Xfree(c.tls, into)
	put(into)
	return libc.AtomicLoadPUintptr(into), nil
}

// fault is what went wrong with the last call; another error is given back.
func (c *conn) fault(rc int32, other error) error {
	if other != nil {
		return other
	}
	said := libc.GoString(sqlite3.Xsqlite3_errstr(c.tls, rc))
	if c.db != 0 {
		if more := libc.GoString(sqlite3.Xsqlite3_errmsg(c.tls, c.db)); more != said {
			said += ": " + more
		}
	}
	return &sqliteFault{int(rc), fmt.Sprintf("%s (%d)", said, rc)}
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
	if done := ctx.Done(); done != nil && done != c.watched {
		defer c.watch(ctx)()
	}
	defer s.put()
	return s.exec(args)
}

// run executes a statement of the transaction's own, which nothing may interrupt.
func (c *conn) run(statement string) error {
	_, err := c.exec(context.Background(), statement, nil)
	return err
}

// watch interrupts what runs here when a context ends, until unwatch is called.
func (c *conn) watch(ctx context.Context) (unwatch func()) {
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(ended)
		tls := libc.NewTLS() // the connection's own is at work
		defer tls.Close()
		sqlite3.Xsqlite3_interrupt(tls, c.db)
	})
	return func() {
		if !stop() {
			<-ended // or it would interrupt who comes next
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

// forget finalizes the prepared statements.
func (c *conn) forget() {
	for query, s := range c.statements {
		s.finalize()
		delete(c.statements, query)
	}
}

// close closes the connection; a transaction that was not ended is undone.
func (c *conn) close() {
	c.forget()
	sqlite3.Xsqlite3_close_v2(c.tls, c.db)
	c.tls.Close()
}

package sqldb

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// statement is a prepared statement. One of a connection is at work at a time.
type statement struct {
	conn    *conn
	handle  uintptr
	asked   []int // which argument each parameter is, from 0
	columns int32
	bound   []uintptr // texts in the library's memory, while it is at work
}

var boundLimit = regexp.MustCompile(`\b(LIMIT|OFFSET) (\$\d+)`)

// steady is a statement that stays prepared. SQLite plans by the value that is bound to a bare LIMIT,
// and so prepares the statement anew each time it runs, which takes longer than running it: a list of
// comments 200 µs instead of 13. Of a sum it knows nothing before it runs.
func steady(query string) string { return boundLimit.ReplaceAllString(query, "$1 ($2 + 0)") }

func (c *conn) prepare(query string) (*statement, error) {
	text, err := libc.CString(query)
	if err != nil {
		return nil, err
	}
	defer libc.Xfree(c.tls, text)
	var rc int32
	handle, err := c.given(func(into uintptr) {
		rc = sqlite3.Xsqlite3_prepare_v2(c.tls, c.db, text, int32(len(query)), into, 0)
	})
	if err != nil || rc != sqlite3.SQLITE_OK {
		return nil, c.fault(rc, err)
	}
	if handle == 0 {
		return nil, errors.New("a statement says nothing")
	}
	s := &statement{conn: c, handle: handle, columns: sqlite3.Xsqlite3_column_count(c.tls, handle)}
	s.asked = make([]int, sqlite3.Xsqlite3_bind_parameter_count(c.tls, handle))
	for i := range s.asked {
		s.asked[i] = i
		name := libc.GoString(sqlite3.Xsqlite3_bind_parameter_name(c.tls, handle, int32(i+1)))
		if number, err := strconv.Atoi(strings.TrimLeft(name, "$?")); err == nil {
			s.asked[i] = number - 1
		}
	}
	return s, nil
}

// exec runs the statement to its end and tells how many rows it changed.
func (s *statement) exec(args []any) (int64, error) {
	defer s.reset()
	if err := s.bind(args); err != nil {
		return 0, err
	}
	for {
		more, err := s.step()
		if err != nil {
			return 0, err
		}
		if !more {
			return int64(sqlite3.Xsqlite3_changes(s.conn.tls, s.conn.db)), nil
		}
	}
}

// step goes on to the next row; false at the end.
func (s *statement) step() (more bool, err error) {
	switch rc := sqlite3.Xsqlite3_step(s.conn.tls, s.handle); rc {
	case sqlite3.SQLITE_ROW:
		return true, nil
	case sqlite3.SQLITE_DONE:
		return false, nil
	default:
		return false, s.conn.fault(rc, nil)
	}
}

// bind gives the parameters their values.
func (s *statement) bind(args []any) error {
	for i, ordinal := range s.asked {
		if ordinal < 0 || ordinal >= len(args) {
			return fmt.Errorf("a statement asks for argument %d of %d", ordinal+1, len(args))
		}
		rc, err := s.bindOne(int32(i+1), args[ordinal])
		if err != nil || rc != sqlite3.SQLITE_OK {
			return s.conn.fault(rc, err)
		}
	}
	return nil
}

func (s *statement) bindOne(at int32, arg any) (rc int32, err error) {
	tls := s.conn.tls
	switch arg := arg.(type) {
	case nil:
		return sqlite3.Xsqlite3_bind_null(tls, s.handle, at), nil
	case int64:
		return sqlite3.Xsqlite3_bind_int64(tls, s.handle, at, arg), nil
	case int:
		return sqlite3.Xsqlite3_bind_int64(tls, s.handle, at, int64(arg)), nil
	case bool:
		return sqlite3.Xsqlite3_bind_int(tls, s.handle, at, libc.Bool32(arg)), nil
	case float64:
		return sqlite3.Xsqlite3_bind_double(tls, s.handle, at, arg), nil
	case string:
		text, err := libc.CString(arg)
		if err != nil {
			return 0, err
		}
		s.bound = append(s.bound, text)
		return sqlite3.Xsqlite3_bind_text(tls, s.handle, at, text, int32(len(arg)), 0), nil
	case []byte:
		if arg == nil {
			return sqlite3.Xsqlite3_bind_null(tls, s.handle, at), nil
		}
		bytes, err := libc.CString(string(arg))
		if err != nil {
			return 0, err
		}
		s.bound = append(s.bound, bytes)
		return sqlite3.Xsqlite3_bind_blob(tls, s.handle, at, bytes, int32(len(arg)), 0), nil
	}
	value, err := driver.DefaultParameterConverter.ConvertValue(arg) // a type of one of these
	if err != nil {
		return 0, err
	}
	return s.bindOne(at, value)
}

// reset makes the statement ready to run again.
func (s *statement) reset() {
	sqlite3.Xsqlite3_reset(s.conn.tls, s.handle) // what it answers was said by step
	if len(s.bound) == 0 {
		return
	}
	sqlite3.Xsqlite3_clear_bindings(s.conn.tls, s.handle)
	for _, text := range s.bound {
		libc.Xfree(s.conn.tls, text)
	}
	s.bound = s.bound[:0]
}

// put gives the statement back to its connection, which may keep it.
func (s *statement) put() {
	s.reset()
	if !s.conn.cache {
		s.finalize()
	}
}

func (s *statement) finalize() { sqlite3.Xsqlite3_finalize(s.conn.tls, s.handle) }

// statementRows are the rows of a statement at work.
type statementRows struct {
	*statement
	unwatch func() // nil: the transaction is watched
	at      bool   // at the first row, which nobody has asked for
	ended   bool
	err     error
}

func (r *statementRows) begin(args []any) error {
	err := r.bind(args)
	if err == nil {
		r.at, err = r.step()
	}
	if err == nil && !r.at {
		r.Close()
	}
	return err
}

// Next moves to the next row.
func (r *statementRows) Next() bool {
	switch {
	case r.ended:
		return false
	case r.at:
		r.at = false
		return true
	}
	more, err := r.step()
	if r.err = err; !more {
		r.Close()
	}
	return more
}

// Scan reads the row.
func (r *statementRows) Scan(dest ...any) error {
	switch {
	case r.ended || r.at:
		return errors.New("a row was read before Next or after the last")
	case len(dest) != int(r.columns):
		return fmt.Errorf("a row of %d columns is read into %d variables", r.columns, len(dest))
	}
	for i := range dest {
		if err := r.column(int32(i), dest[i]); err != nil {
			return fmt.Errorf("column %d: %w", i, err)
		}
	}
	return nil
}

// Err is what ended the rows early.
func (r *statementRows) Err() error { return r.err }

// Close ends the reading.
func (r *statementRows) Close() error {
	if r.ended {
		return nil
	}
	r.ended = true
	if r.unwatch != nil {
		r.unwatch()
	}
	r.put()
	return nil
}

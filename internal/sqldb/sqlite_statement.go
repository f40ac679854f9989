package sqldb

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"zombiezen.com/go/sqlite"

	"ficus/internal/pattern"
)

// statement is a prepared statement. One of a connection is at work at a time.
type statement struct {
	conn  *conn
	raw   *sqlite.Stmt
	asked []int // which argument each parameter is, from 0
	bound bool  // texts, which SQLite keeps until they are cleared
}

var boundLimit = pattern.New(`\b(LIMIT|OFFSET) (\$\d+)`)

// steady is a statement that stays prepared. SQLite plans by the value that is bound to a bare LIMIT,
// and so prepares the statement anew each time it runs, which takes longer than running it: a list of
// comments 200 µs instead of 13. Of a sum it knows nothing before it runs.
func steady(query string) string { return boundLimit.ReplaceAllString(query, "$1 ($2 + 0)") }

// prepare prepares a statement of which the library keeps nothing: its own cache has no bound.
func (c *conn) prepare(query string) (*statement, error) {
	raw, more, err := c.raw.PrepareTransient(query)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(query[len(query)-more:]) != "" {
		raw.Finalize()
		return nil, errors.New("a second statement stands after the first")
	}
	s := &statement{conn: c, raw: raw, asked: make([]int, raw.BindParamCount())}
	for i := range s.asked { // SQLite counts $2 as the first if it comes first
		s.asked[i] = i
		if number, err := strconv.Atoi(strings.TrimLeft(raw.BindParamName(i+1), "$?")); err == nil {
			s.asked[i] = number - 1
		}
	}
	return s, nil
}

// exec runs the statement to its end and tells how many rows it changed.
func (s *statement) exec(args []any) (int64, error) {
	if err := s.bind(args); err != nil {
		return 0, err
	}
	for {
		more, err := s.raw.Step()
		if err != nil {
			return 0, err
		}
		if !more {
			return int64(s.conn.raw.Changes()), nil
		}
	}
}

// bind gives the parameters their values. What the library has against one it says when the
// statement runs.
func (s *statement) bind(args []any) error {
	for i, ordinal := range s.asked {
		if ordinal < 0 || ordinal >= len(args) {
			return fmt.Errorf("a statement asks for argument %d of %d", ordinal+1, len(args))
		}
		if err := s.bindOne(i+1, args[ordinal]); err != nil {
			return err
		}
	}
	return nil
}

func (s *statement) bindOne(at int, arg any) error {
	switch arg := arg.(type) {
	case nil:
		s.raw.BindNull(at)
	case int64:
		s.raw.BindInt64(at, arg)
	case int:
		s.raw.BindInt64(at, int64(arg))
	case bool:
		s.raw.BindBool(at, arg)
	case float64:
		s.raw.BindFloat(at, arg)
	case string:
		s.bound = true
		s.raw.BindText(at, arg)
	case []byte:
		if arg == nil {
			s.raw.BindNull(at)
			return nil
		}
		s.bound = true
		s.raw.BindBytes(at, arg)
	case time.Time:
		return errors.New("a time is stored as a number")
	default:
		value, err := driver.DefaultParameterConverter.ConvertValue(arg) // a type of one of these
		if err != nil {
			return err
		}
		return s.bindOne(at, value)
	}
	return nil
}

// put gives the statement back to its connection, which may keep it.
func (s *statement) put() {
	if !s.conn.cache {
		s.finalize()
		return
	}
	s.raw.Reset() // what it answers was said by Step
	if s.bound {
		s.raw.ClearBindings()
		s.bound = false
	}
}

func (s *statement) finalize() { s.raw.Finalize() }

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
		r.at, err = r.raw.Step()
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
	more, err := r.raw.Step()
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
	case len(dest) != r.raw.DataCount():
		return fmt.Errorf("a row of %d columns is read into %d variables", r.raw.DataCount(), len(dest))
	}
	for i := range dest {
		if err := r.column(i, dest[i]); err != nil {
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

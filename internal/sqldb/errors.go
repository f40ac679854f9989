package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"ficus/internal/archive"
)

// What can go wrong in a database, whichever it is. The driver's own error is wrapped beside.
var (
	// ErrNotFound is a row that is not there.
	ErrNotFound = fmt.Errorf("no such row: %w", archive.ErrNotFound)
	// ErrUnique is a row that would be there twice; *UniqueError says of what.
	ErrUnique = errors.New("already there")
	// ErrForeignKey is a row whose parent is missing, or a parent whose rows still stand.
	ErrForeignKey = errors.New("refers to a row that is not there")
	// ErrCheck is a value that a CHECK or NOT NULL of the table refuses.
	ErrCheck = errors.New("a value the table refuses")
	// ErrFull is a full disk, or a file that reached Options.MaxPages.
	ErrFull = fmt.Errorf("the database: %w", archive.ErrFull)
	// ErrBusy is a lock that others held for too long, or that was lost to them.
	ErrBusy = errors.New("the database is busy")
	// ErrReadOnly is a write where only reading is allowed.
	ErrReadOnly = errors.New("the database may only be read here")
	// ErrNested is a Write inside a Write.
	ErrNested = errors.New("a write was begun within another write")
	// ErrClosed is a database that was closed.
	ErrClosed = errors.New("the database is closed")
)

// UniqueError says which uniqueness refused a row. PostgreSQL names the index and the columns;
// SQLite names the columns, or the index where that one is over expressions.
type UniqueError struct {
	Table   string
	Columns []string
	Index   string
	err     error
}

// Error names the index or the columns.
func (e *UniqueError) Error() string {
	if len(e.Columns) == 0 {
		return fmt.Sprintf("already there: %s", e.Index)
	}
	return fmt.Sprintf("already there: %s %v", e.Table, e.Columns)
}

// Is makes errors.Is(err, ErrUnique) true.
func (e *UniqueError) Is(target error) bool { return target == ErrUnique }

// Unwrap is the driver's own error.
func (e *UniqueError) Unwrap() error { return e.err }

// On says whether the uniqueness is that of the named column (perhaps among others) or index.
func (e *UniqueError) On(name string) bool {
	return e.Index == name || slices.Contains(e.Columns, name)
}

// abortedError answers statements after the one that failed.
type abortedError struct{ first error }

func (e *abortedError) Error() string {
	return "the transaction had already failed: " + e.first.Error()
}

func (e *abortedError) Unwrap() error { return e.first }

// retryError marks a transaction that was lost to others and may well succeed when run again.
type retryError struct{ err error }

func (e *retryError) Error() string { return ErrBusy.Error() + ": " + e.err.Error() }

func (e *retryError) Is(target error) bool { return target == ErrBusy }

func (e *retryError) Unwrap() error { return e.err }

// inContext makes an error that only says "it was broken off" into the context's own.
func inContext(ctx context.Context, err error) error {
	cause := ctx.Err()
	if cause == nil && timedOut(ctx, err) {
		cause = context.DeadlineExceeded
	}
	if cause == nil || errors.Is(err, cause) {
		return err
	}
	for _, known := range []error{ErrNotFound, ErrUnique, ErrForeignKey, ErrCheck, ErrFull, ErrReadOnly} {
		if errors.Is(err, known) {
			return err
		}
	}
	return fmt.Errorf("%w (%w)", cause, err)
}

// timedOut says that the network kept the context's deadline, which it may do a
// moment before the context does.
func timedOut(ctx context.Context, err error) bool {
	var timed interface{ Timeout() bool }
	_, limited := ctx.Deadline()
	return limited && errors.As(err, &timed) && timed.Timeout()
}

// anyEngine translates the errors that database/sql itself makes.
func anyEngine(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

package sqldb

import (
	"context"
	"errors"
)

// Tx is a transaction. It belongs to the closure it was given to, and to one goroutine.
type Tx struct {
	conn      queryer
	engine    Engine
	translate func(error) error

	// shielded statements are not interrupted once begun. SQLite undoes a whole transaction when
	// a write in it is interrupted, and with it the closures that share the transaction.
	shielded bool
	open     *Rows  // being read
	failed   error  // the first error of a statement; nothing more will run
	stood    func() // see OnCommit
	aside    func() // lets others go first; nil: it goes first itself
}

// queryer is what a transaction needs of an engine's connection.
type queryer interface {
	query(ctx context.Context, query string, args []any) (rows, error)
	exec(ctx context.Context, query string, args []any) (changed int64, err error)
}

// rows are the result of a query, as database/sql has them.
type rows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
	Close() error
}

// Result is what a statement did.
type Result struct {
	RowsAffected int64
}

// Scanner is a row to be read into variables: a *Row, or *Rows at one of its rows.
type Scanner interface {
	Scan(dest ...any) error
}

// OnCommit has do called when the rows stand and before their Write returns: on SQLite in the order
// of the transactions, before the next of them begins, so do does not Write.
func (t *Tx) OnCommit(do func()) { t.stood = do }

// Engine says which database the transaction runs on, for the few statements that differ.
func (t *Tx) Engine() Engine { return t.engine }

// Exec runs a statement that returns no rows.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (Result, error) {
	ctx, err := t.ready(ctx)
	if err != nil {
		return Result{}, err
	}
	n, err := t.conn.exec(ctx, query, args)
	if err != nil {
		return Result{}, t.fail(ctx, err)
	}
	return Result{RowsAffected: n}, nil
}

// Query runs a statement that returns rows. The rows are read to their end or closed before the
// transaction's next statement.
func (t *Tx) Query(ctx context.Context, query string, args ...any) (*Rows, error) {
	ctx, err := t.ready(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := t.conn.query(ctx, query, args)
	if err != nil {
		return nil, t.fail(ctx, err)
	}
	t.open = &Rows{tx: t, ctx: ctx, rows: rows}
	return t.open, nil
}

// QueryRow runs a statement that returns one row; Scan of the row reports every error, and
// ErrNotFound when there was no row.
func (t *Tx) QueryRow(ctx context.Context, query string, args ...any) *Row {
	rows, err := t.Query(ctx, query, args...)
	return &Row{rows: rows, err: err}
}

// ready says whether another statement may run, and under which context.
func (t *Tx) ready(ctx context.Context) (context.Context, error) {
	t.letOthersFirst()
	switch {
	case t.conn == nil:
		return nil, errors.New("a transaction was used after its closure had returned")
	case t.failed != nil:
		return nil, &abortedError{t.failed}
	case t.open != nil:
		return nil, errors.New("a statement was run while the rows of another were still being read")
	}
	if err := ctx.Err(); err != nil {
		t.failed = err
		return nil, err
	}
	if t.shielded {
		ctx = context.WithoutCancel(ctx)
	}
	return ctx, nil
}

func (t *Tx) letOthersFirst() {
	if t.aside != nil {
		t.aside()
	}
}

// fail translates err and ends the transaction with it.
func (t *Tx) fail(ctx context.Context, err error) error {
	err = inContext(ctx, t.translate(err))
	if t.failed == nil {
		t.failed = err
	}
	return err
}

// call runs fn over the transaction and takes the transaction away from it afterwards. A failed
// statement fails the transaction, whatever fn made of it.
func (t *Tx) call(fn func(*Tx) error) error {
	defer func() {
		if t.open != nil {
			t.open.rows.Close()
		}
		t.conn = nil
	}()
	if err := fn(t); err != nil {
		return err
	}
	t.letOthersFirst()
	return t.failed
}

// Rows is the result of a query.
type Rows struct {
	tx   *Tx
	ctx  context.Context
	rows rows
	err  error
}

// Next moves to the next row; false means the end or an error, which Err tells apart.
func (r *Rows) Next() bool {
	r.tx.letOthersFirst()
	if r.rows.Next() {
		return true
	}
	r.tx.open = nil
	if err := r.rows.Err(); err != nil {
		r.err = r.tx.fail(r.ctx, err)
	}
	return false
}

// Scan reads the row that Next moved to.
func (r *Rows) Scan(dest ...any) error {
	if err := r.rows.Scan(dest...); err != nil {
		return r.tx.fail(r.ctx, err)
	}
	return nil
}

// Err is the error that ended the rows early, if any.
func (r *Rows) Err() error { return r.err }

// Close ends the reading; it may be called twice.
func (r *Rows) Close() error {
	r.tx.open = nil
	if err := r.rows.Close(); err != nil {
		return r.tx.fail(r.ctx, err)
	}
	return nil
}

// Row is the result of a query for one row.
type Row struct {
	rows *Rows
	err  error
}

// Scan reads the row. It is called once.
func (r *Row) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return ErrNotFound
	}
	if err := r.rows.Scan(dest...); err != nil {
		return err
	}
	return r.rows.Close()
}

// One runs a query for one row and reads it with scan; ErrNotFound when there is none.
func One[T any](ctx context.Context, tx *Tx, scan func(Scanner) (T, error), query string, args ...any) (T, error) {
	return scan(tx.QueryRow(ctx, query, args...))
}

// All runs a query and reads every row with scan. No rows are no error.
func All[T any](ctx context.Context, tx *Tx, scan func(Scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// writeRetries is how often a transaction lost to another is run again.
const writeRetries = 3

// beginTries is how often a transaction is begun. Whoever breaks off a statement breaks the connection
// with it, and database/sql, to which pgx does not say so, may hand that one to whoever waits: it tries
// three times, and of those who wait beside many that break off one in ten had three such.
const beginTries = 10

// postgresEngine leaves pooling and the cache of prepared statements to database/sql and pgx.
type postgresEngine struct {
	db  *sql.DB
	log *slog.Logger
}

func openPostgres(ctx context.Context, o Options) (engine, error) {
	config, err := pgx.ParseConfig(o.PostgresURL)
	if err != nil {
		return nil, errors.New("a PostgreSQL address looks like postgres://ficus:password@127.0.0.1:5432/ficus")
	}
	if o.NoStatementCache {
		config.DefaultQueryExecMode = pgx.QueryExecModeExec
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(o.ReadConns)
	db.SetMaxIdleConns(o.ReadConns)
	db.SetConnMaxIdleTime(5 * time.Minute)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("PostgreSQL at %s:%d does not answer: %w", config.Host, config.Port, refusal(err)), db.Close())
	}
	return &postgresEngine{db: db, log: o.Logger}, nil
}

// refusal is what the server, or else the network, said; pgx tells of every way it tried.
func refusal(err error) error {
	var server *pgconn.PgError
	if errors.As(err, &server) {
		return errors.New(server.Message)
	}
	var name *net.DNSError
	if errors.As(err, &name) {
		return errors.New(name.Err)
	}
	var network *net.OpError
	if errors.As(err, &network) {
		return network.Err
	}
	return err
}

func (e *postgresEngine) read(ctx context.Context, aside func(), fn func(*Tx) error) error {
	options := sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	return e.within(ctx, options, aside, func(tx *Tx) error { return tx.call(fn) })
}

func (e *postgresEngine) write(ctx context.Context, aside func(), fn func(*Tx) error) error {
	options := sql.TxOptions{Isolation: sql.LevelReadCommitted}
	for try := 1; ; try++ {
		err := e.within(ctx, options, aside, func(tx *Tx) error { return runWrite(tx, fn) })
		var lost *retryError
		if try > writeRetries || !errors.As(err, &lost) {
			return err
		}
		e.log.InfoContext(ctx, "transaction lost to another, running it again", "try", try, "error", err)
		select {
		case <-time.After(time.Duration(try) * 10 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// within runs fn in a transaction, and undoes it unless fn ends well.
func (e *postgresEngine) within(ctx context.Context, options sql.TxOptions, aside func(), fn func(*Tx) error) error {
	raw, err := e.db.BeginTx(ctx, &options)
	for try := 1; try < beginTries && errors.Is(err, driver.ErrBadConn); try++ {
		raw, err = e.db.BeginTx(ctx, &options) // nothing has run yet
	}
	if err != nil {
		return inContext(ctx, postgresError(err))
	}
	defer raw.Rollback() // after COMMIT this does nothing
	tx := &Tx{conn: postgresTx{raw}, engine: Postgres, translate: postgresError, aside: aside}
	if err := fn(tx); err != nil {
		return err
	}
	if err := raw.Commit(); err != nil {
		return inContext(ctx, postgresError(err))
	}
	if tx.stood != nil {
		tx.stood()
	}
	return nil
}

// postgresTx runs the statements of a transaction.
type postgresTx struct{ raw *sql.Tx }

func (t postgresTx) query(ctx context.Context, query string, args []any) (rows, error) {
	found, err := t.raw.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return found, nil
}

func (t postgresTx) exec(ctx context.Context, query string, args []any) (int64, error) {
	result, err := t.raw.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (e *postgresEngine) close() error { return e.db.Close() }

// postgresError translates what the server reports, by the codes of its manual's appendix A.
func postgresError(err error) error {
	if err == nil {
		return nil
	}
	var server *pgconn.PgError
	if !errors.As(err, &server) {
		if errors.Is(err, sql.ErrConnDone) || strings.Contains(err.Error(), "sql: database is closed") {
			return ErrClosed
		}
		return anyEngine(err)
	}
	switch server.Code {
	case "23505": // unique_violation
		return &UniqueError{Table: server.TableName, Columns: keyColumns(server.Detail), Index: server.ConstraintName, err: err}
	case "23503": // foreign_key_violation
		return fmt.Errorf("%w: %w", ErrForeignKey, err)
	case "23514", "23502": // check_violation, not_null_violation
		return fmt.Errorf("%w: %w", ErrCheck, err)
	case "53100", "53200": // disk_full, out_of_memory
		return fmt.Errorf("%w: %w", ErrFull, err)
	case "40001", "40P01": // serialization_failure, deadlock_detected
		return &retryError{err}
	case "55P03", "53300": // lock_not_available, too_many_connections
		return fmt.Errorf("%w: %w", ErrBusy, err)
	case "25006": // read_only_sql_transaction
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	}
	return err
}

// keyColumns reads the columns from "Key (kind, folded)=(fandom, dune) already exists.", whose
// words are in the server's language and whose punctuation is not.
func keyColumns(detail string) []string {
	_, rest, found := strings.Cut(detail, "(")
	names, _, ends := strings.Cut(rest, ")=(")
	if !found || !ends {
		return nil
	}
	return strings.Split(names, ", ")
}

// Package sqldb opens the two databases Ficus runs on, SQLite and PostgreSQL, and knows no table.
//
// Statements are the SQL both engines understand alike, with $1, $2 for the arguments. Reads and
// writes are closures over a Tx; the closure may run more than once, so it must leave nothing
// behind but its rows. What the engines do differently is evened out here:
//
//   - The first statement that fails ends its transaction on both (PostgreSQL does so by itself);
//     "insert, and when it is there already do something else" is ON CONFLICT, not a caught error.
//   - One result is read to its end, or closed, before the next statement (SQLite would forgive it).
//   - Errors are translated once, to the errors of this package.
package sqldb

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"sync/atomic"
)

// Engine names one of the two databases.
type Engine string

// The engines. Their names are also the suffixes of engine-specific migrations.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Options says which database to open and how. Exactly one of SQLitePath and PostgresURL is given.
type Options struct {
	SQLitePath  string // path of the database file; made when missing, its folder is not
	PostgresURL string // postgres://user:password@host:port/name?…

	// ReadConns bounds the connections that read at once: 0 means 8. PostgreSQL's writers share them.
	ReadConns int
	// CacheKiB is what each connection to SQLite keeps of the file in memory: 0 means 16,000.
	CacheKiB int
	// NoStatementCache prepares nothing, for poolers that give each transaction another session.
	NoStatementCache bool
	// MaxPages bounds a SQLite file (4 KiB a page), so that a test can fill a disk; 0 is no bound.
	MaxPages int
	// Unchecked lets rows come before those they refer to, while an archive is put back; see
	// CheckReferences. Nor is a copy kept before migrating: there is a backup. Only SQLite heeds it.
	Unchecked bool
	// Aside gives, for a context whose work goes behind that of others, what lets those go first for a
	// moment; nil for any other. It is called between statements and between rows, each of which may
	// take but a few microseconds. Nil: nobody does.
	Aside func(context.Context) func()
	// Logger hears of migrations and retried transactions; nil is slog.Default.
	Logger *slog.Logger
}

const (
	defaultReadConns = 8
	defaultCacheKiB  = 16_000
)

// DB is an open database. It is safe for use by many goroutines.
type DB struct {
	eng     engine
	aside   func(context.Context) func() // see Options
	log     *slog.Logger
	writing atomic.Int64 // how many are in Write
}

// engine is what SQLite and PostgreSQL each do in their own way.
type engine interface {
	// aside is called between the statements and rows of what goes behind others; nil for all else.
	read(ctx context.Context, aside func(), fn func(*Tx) error) error
	write(ctx context.Context, aside func(), fn func(*Tx) error) error
	// version is the schema's number, 0 when the database holds no schema.
	version(ctx context.Context) (int64, error)
	migrate(ctx context.Context, files fs.FS, have, want int64) error
	close() error
}

// Open opens the database and makes sure it answers. It makes no tables: see Migrate.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.ReadConns <= 0 {
		o.ReadConns = defaultReadConns
	}
	if o.CacheKiB <= 0 {
		o.CacheKiB = defaultCacheKiB
	}
	if o.Aside == nil {
		o.Aside = func(context.Context) func() { return nil }
	}
	var eng engine
	var err error
	switch {
	case o.SQLitePath != "" && o.PostgresURL != "":
		return nil, errors.New("open database: give a SQLite path or a PostgreSQL address, not both")
	case o.SQLitePath != "":
		eng, err = openSQLite(ctx, o)
	case o.PostgresURL != "":
		eng, err = openPostgres(ctx, o)
	default:
		return nil, errors.New("open database: neither a SQLite path nor a PostgreSQL address was given")
	}
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return &DB{eng: eng, aside: o.Aside, log: o.Logger}, nil
}

// Engine says which database this is.
func (d *DB) Engine() Engine {
	if _, ok := d.eng.(*sqliteEngine); ok {
		return SQLite
	}
	return Postgres
}

// Close waits for the transactions under way and closes the database.
func (d *DB) Close() error { return d.eng.close() }

// Read runs fn in a read-only transaction, in which every statement sees the same moment.
// A statement that writes fails with ErrReadOnly.
func (d *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	if c := commonOf(ctx); c != nil {
		return c.read(ctx, fn)
	}
	return d.eng.read(ctx, d.aside(ctx), fn)
}

// Write runs fn in a transaction and answers when it is committed, or when none of it is. An error
// of fn, a panic in it, or a cancelled context before its last statement undoes its rows and only
// its rows. A Write within a Write is refused with ErrNested.
//
// On SQLite closures that wait for each other are committed together, a savepoint each, and those
// that go behind others (see Options) let the others in first; on PostgreSQL (READ COMMITTED) a transaction lost to a deadlock or a serialization failure is run
// again up to three times.
func (d *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	if c := commonOf(ctx); c != nil {
		return c.write(ctx, fn)
	}
	defer d.writing.Add(-1)
	if d.writing.Add(1) > 1 && insideWrite() {
		return ErrNested
	}
	return d.eng.write(ctx, d.aside(ctx), fn)
}

// Size is how many bytes the database takes on its disk.
func (d *DB) Size(ctx context.Context) (size int64, err error) {
	const sqliteSize, postgresSize = `SELECT page_count * page_size FROM pragma_page_count, pragma_page_size`, `SELECT pg_database_size(current_database())`
	statement := sqliteSize
	if d.Engine() == Postgres {
		statement = postgresSize
	}
	err = d.Read(ctx, func(tx *Tx) error { return tx.QueryRow(ctx, statement).Scan(&size) })
	return size, err
}

package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime/debug"
	"strings"

	_ "modernc.org/sqlite" // for database/sql
	"zombiezen.com/go/sqlite"
)

// The driver and the C library it was translated with are a pair, and this pair is the one that
// the tests ran on: other pairs have corrupted memory.
const (
	testedDriver = "v1.60.1"
	testedLibc   = "v1.77.1"
)

// busyMillis is how long a statement waits for another process's lock.
const busyMillis = 10_000

// sqliteEngine has one connection that writes and several that read, beside each other (WAL).
type sqliteEngine struct {
	options Options
	path    string
	writer  *writer
	readers *pool
}

func openSQLite(ctx context.Context, o Options) (engine, error) {
	if err := checkPair(); err != nil {
		return nil, err
	}
	path, err := filepath.Abs(o.SQLitePath)
	if err != nil {
		return nil, err
	}
	pragmas := writePragmas(o)
	if !o.Unchecked { // nobody waits while an archive is restored
		// See folding; and savepoints keep in memory what they would undo. So would
		// what makes an index, of which there is none beside readers.
		pragmas = append(pragmas, "wal_autocheckpoint(0)", "temp_store(MEMORY)")
	}
	writers, err := newPool(ctx, path, 1, o, pragmas...)
	if err != nil {
		return nil, err
	}
	readers, err := newPool(ctx, path, o.ReadConns, o, "query_only(1)")
	if err != nil {
		writers.close()
		return nil, err
	}
	e := &sqliteEngine{options: o, path: path, writer: &writer{conns: writers}, readers: readers}
	if !o.Unchecked {
		e.writer.folding = beginFolding(path, o.CacheKiB)
	}
	return e, nil
}

func writePragmas(o Options) []string {
	var pragmas []string
	if o.Unchecked {
		pragmas = append(pragmas, "foreign_keys(0)")
	}
	if o.MaxPages > 0 {
		pragmas = append(pragmas, fmt.Sprintf("max_page_count(%d)", o.MaxPages))
	}
	return pragmas
}

// sqliteName is how SQLite is told of the file.
func sqliteName(path string) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/archive becomes file:///C:/archive
	}
	return (&url.URL{Scheme: "file", Path: slashed}).String()
}

// sqlitePragmas are what every connection sets first. The order matters: without busy_timeout the
// switch to WAL fails while another process holds the file.
func sqlitePragmas(cacheKiB int, more []string) []string {
	return append([]string{
		fmt.Sprintf("busy_timeout(%d)", busyMillis),
		"journal_mode(WAL)",
		"synchronous(FULL)",
		"foreign_keys(1)",
		fmt.Sprintf("cache_size(-%d)", cacheKiB),
	}, more...)
}

// sqliteDSN is all of it for database/sql.
func sqliteDSN(path string, cacheKiB int, pragmas ...string) string {
	query := url.Values{"_pragma": sqlitePragmas(cacheKiB, pragmas), "_txlock": {"immediate"}, "_dqs": {"0"}}
	return sqliteName(path) + "?" + query.Encode()
}

func (e *sqliteEngine) read(ctx context.Context, aside func(), fn func(*Tx) error) error {
	c, err := e.readers.take(ctx)
	if err != nil {
		return err
	}
	healthy := false
	defer func() { e.readers.put(c, healthy) }()
	if err := c.run("BEGIN"); err != nil {
		return sqliteError(err)
	}
	defer func() { healthy = c.run("ROLLBACK") == nil }()
	if ctx.Done() != nil {
		c.watched = ctx.Done()
		unwatch := c.watch(ctx)
		defer func() {
			unwatch()
			c.watched = nil
		}()
	}
	return (&Tx{conn: c, engine: SQLite, translate: sqliteError, aside: aside}).call(fn)
}

func (e *sqliteEngine) write(ctx context.Context, aside func(), fn func(*Tx) error) error {
	return e.writer.write(ctx, aside, fn)
}

// close lets SQLite refresh the statistics its planner lacks, and fold the log into the file.
func (e *sqliteEngine) close() error {
	tidy := e.writer.write(context.Background(), nil, func(tx *Tx) error {
		_, err := tx.Exec(context.Background(), "PRAGMA optimize")
		return err
	})
	if errors.Is(tidy, ErrFull) || errors.Is(tidy, ErrBusy) || errors.Is(tidy, ErrClosed) {
		tidy = nil // a courtesy to the next start, no part of what was promised
	}
	if e.writer.folding != nil {
		e.writer.folding.close()
	}
	e.readers.close()
	e.writer.conns.close()
	return tidy
}

// sqliteError translates what the library reports, or the driver that migrations use.
func sqliteError(err error) error {
	code := sqlite.ErrCode(err)
	var driver interface {
		error
		Code() int
	}
	if errors.As(err, &driver) {
		code = sqlite.ResultCode(driver.Code())
	}
	switch code {
	case sqlite.ResultConstraintUnique, sqlite.ResultConstraintPrimaryKey, sqlite.ResultConstraintRowID:
		return sqliteUnique(err)
	case sqlite.ResultConstraintForeignKey:
		return fmt.Errorf("%w: %w", ErrForeignKey, err)
	case sqlite.ResultConstraintCheck, sqlite.ResultConstraintNotNull:
		return fmt.Errorf("%w: %w", ErrCheck, err)
	case sqlite.ResultIOErrWrite: // how SQLite tells of a quota, or of the greatest size a file may have
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	switch code.ToPrimary() {
	case sqlite.ResultFull:
		return fmt.Errorf("%w: %w", ErrFull, err)
	case sqlite.ResultBusy, sqlite.ResultLocked:
		return fmt.Errorf("%w: %w", ErrBusy, err)
	case sqlite.ResultReadOnly:
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	}
	return anyEngine(err)
}

// sqliteUnique reads "… UNIQUE constraint failed: tags.kind, tags.folded (2067)" or
// "… UNIQUE constraint failed: index 'tags_by_name' (2067)".
func sqliteUnique(err error) error {
	found := &UniqueError{err: err}
	_, said, _ := strings.Cut(err.Error(), "constraint failed: ")
	if _, after, again := strings.Cut(said, "constraint failed: "); again {
		said = after
	}
	said, _, _ = strings.Cut(said, " (")
	if index, ok := strings.CutPrefix(said, "index '"); ok {
		found.Index = strings.TrimSuffix(index, "'")
		return found
	}
	for part := range strings.SplitSeq(said, ", ") {
		table, column, _ := strings.Cut(part, ".")
		found.Table, found.Columns = table, append(found.Columns, column)
	}
	return found
}

// checkPair compares the libraries this program was built with to those it was tested with. A
// program built without module information, as tests are, cannot be checked.
func checkPair() error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil
	}
	tested := map[string]string{"modernc.org/sqlite": testedDriver, "modernc.org/libc": testedLibc}
	for _, m := range info.Deps {
		want, known := tested[m.Path]
		if m.Replace != nil {
			m = m.Replace
		}
		if known && m.Version != want {
			return fmt.Errorf("this program was built with %s %s, and Ficus was tested with %s: build it with the go.mod it came with",
				m.Path, m.Version, want)
		}
	}
	return nil
}

// openPlain opens the file with database/sql's own pool of one connection, for migrations.
func (e *sqliteEngine) openPlain() (*sql.DB, error) {
	db, err := sql.Open("sqlite", sqliteDSN(e.path, e.options.CacheKiB, writePragmas(e.options)...))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

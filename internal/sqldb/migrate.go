package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// versionTable is where goose notes which migrations ran.
const versionTable = "goose_db_version"

const schemaVersion = `SELECT COALESCE(MAX(version_id), 0) FROM ` + versionTable + ` WHERE is_applied`

// SchemaError says that the database and the program do not fit each other.
type SchemaError struct {
	Have, Want int64 // numbers of the newest migration: in the database, in the program
}

// Error says what to do about it.
func (e *SchemaError) Error() string {
	switch {
	case e.Have > e.Want:
		return fmt.Sprintf("this archive was opened by a newer Ficus (its schema is %d, this program knows %d): use the newer program", e.Have, e.Want)
	case e.Have == 0:
		return "there is no archive in this database yet: `ficus serve` makes one"
	}
	return fmt.Sprintf("this archive is from an older Ficus (its schema is %d, this program wants %d): start `ficus serve` once to bring it up to date", e.Have, e.Want)
}

// SchemaVersion gives the numbers of the newest migration in the database, 0 for none, and of the
// newest among files.
func (d *DB) SchemaVersion(ctx context.Context, files fs.FS) (have, want int64, err error) {
	rendered, err := renderSchema(files, d.Engine())
	if err != nil {
		return 0, 0, err
	}
	have, err = d.eng.version(ctx)
	return have, rendered.newest(), err
}

// CheckSchema answers a *SchemaError unless the database has exactly the schema of files.
func (d *DB) CheckSchema(ctx context.Context, files fs.FS) error {
	have, want, err := d.SchemaVersion(ctx, files)
	if err == nil && have != want {
		err = &SchemaError{Have: have, Want: want}
	}
	return err
}

// Migrate brings the database to the schema of files: numbered SQL files at the root,
// NNNN_name.sql for both engines or NNNN_name.sqlite.sql and NNNN_name.postgres.sql.
//
// A SQLite file that already had a schema is copied first, to NAME.schema-NNNN beside it. Several
// programs may call Migrate at once; one migrates and the others wait for it. A database newer than
// the files is left alone, with a *SchemaError.
func (d *DB) Migrate(ctx context.Context, files fs.FS) error {
	return d.MigrateTo(ctx, files, math.MaxInt64)
}

// MigrateTo does as Migrate, and leaves out the files with greater numbers than last: it makes the
// database that an older program had.
func (d *DB) MigrateTo(ctx context.Context, files fs.FS, last int64) error {
	rendered, err := renderSchema(files, d.Engine())
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	rendered.leaveOutAfter(last)
	have, err := d.eng.version(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	want := rendered.newest()
	switch {
	case have > want:
		return &SchemaError{Have: have, Want: want}
	case have == want:
		return nil
	}
	if err := d.eng.migrate(ctx, rendered, have, want); err != nil {
		return fmt.Errorf("migrate from schema %d to %d: %w", have, want, err)
	}
	d.log.InfoContext(ctx, "schema migrated", "from", have, "to", want)
	return nil
}

func (e *sqliteEngine) version(ctx context.Context) (version int64, err error) {
	err = e.read(ctx, nil, func(tx *Tx) error {
		var tables int
		const known = `SELECT COUNT(*) FROM sqlite_master WHERE name = $1`
		if err := tx.QueryRow(ctx, known, versionTable).Scan(&tables); err != nil || tables == 0 {
			return err
		}
		return tx.QueryRow(ctx, schemaVersion).Scan(&version)
	})
	return version, err
}

func (e *postgresEngine) version(ctx context.Context) (version int64, err error) {
	err = e.read(ctx, nil, func(tx *Tx) error {
		var known bool
		if err := tx.QueryRow(ctx, `SELECT to_regclass($1) IS NOT NULL`, versionTable).Scan(&known); err != nil || !known {
			return err
		}
		return tx.QueryRow(ctx, schemaVersion).Scan(&version)
	})
	return version, err
}

func (e *sqliteEngine) migrate(ctx context.Context, files fs.FS, have, _ int64) error {
	release, err := waitForLock(ctx, e.path+".migrating")
	if err != nil {
		return err
	}
	defer release()
	db, err := e.openPlain()
	if err != nil {
		return err
	}
	defer db.Close()
	if have > 0 && !e.options.Unchecked {
		if err := keepCopy(ctx, db, fmt.Sprintf("%s.schema-%04d", e.path, have)); err != nil {
			return err
		}
	}
	return sqliteError(applyAll(ctx, goose.DialectSQLite3, db, files))
}

// keepCopy writes a copy of the database, in the place of an earlier one of the same schema.
func keepCopy(ctx context.Context, db *sql.DB, path string) error {
	part := path + ".part"
	if err := os.RemoveAll(part); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, `VACUUM INTO $1`, part); err != nil {
		return fmt.Errorf("keep a copy before migrating: %w", sqliteError(err))
	}
	return os.Rename(part, path)
}

func (e *postgresEngine) migrate(ctx context.Context, files fs.FS, _, _ int64) error {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 600))
	if err != nil {
		return err
	}
	return postgresError(applyAll(ctx, goose.DialectPostgres, e.db, files, goose.WithSessionLocker(locker)))
}

// applyAll runs every migration that did not run yet, each in a transaction.
func applyAll(ctx context.Context, dialect goose.Dialect, db *sql.DB, files fs.FS, options ...goose.ProviderOption) error {
	options = append(options, goose.WithDisableGlobalRegistry(true), goose.WithTableName(versionTable))
	provider, err := goose.NewProvider(dialect, db, files, options...)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// waitForLock takes the lock at path, waiting for whoever has it.
func waitForLock(ctx context.Context, path string) (release func(), err error) {
	for {
		release, err := lockFile(path)
		if !errors.Is(err, errHeld) {
			return release, err
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return nil, fmt.Errorf("wait for %s: %w", filepath.Base(path), ctx.Err())
		}
	}
}

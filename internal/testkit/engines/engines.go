// Package engines gives each test a database of its own, on SQLite and on PostgreSQL.
//
// A schema is migrated once: into a file that SQLite tests copy, and into a template from which
// PostgreSQL makes its databases.
package engines

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"testing"

	"ficus/internal/sqldb"
)

// enginesVariable, when it is "sqlite", leaves PostgreSQL out: `make test` has run everything on
// both when it runs some of it again under the race detector.
const enginesVariable = "FICUS_TEST_ENGINES"

// Each runs test on a fresh database of each engine, with the schema of files.
func Each(t *testing.T, files fs.FS, test func(t *testing.T, db *sqldb.DB)) {
	t.Helper()
	EachWith(t, files, sqldb.Options{}, test)
}

// EachWith is Each, with databases that are opened so.
func EachWith(t *testing.T, files fs.FS, o sqldb.Options, test func(t *testing.T, db *sqldb.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t, files, o)) })
	if os.Getenv(enginesVariable) != "sqlite" {
		t.Run("postgres", func(t *testing.T) { test(t, Postgres(t, files, o)) })
	}
}

// open opens a database that is closed, and must close well, when the test ends.
func open(t testing.TB, o sqldb.Options) *sqldb.DB {
	t.Helper()
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	db, err := sqldb.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close the test database: %v", err)
		}
	})
	return db
}

// migrate makes the schema of files in a database that is opened only for that.
func migrate(o sqldb.Options, files fs.FS) error {
	ctx := context.Background()
	o.Logger = slog.New(slog.DiscardHandler)
	db, err := sqldb.Open(ctx, o)
	if err != nil {
		return err
	}
	if err := db.Migrate(ctx, files); err != nil {
		db.Close()
		return err
	}
	return db.Close()
}

// fingerprint tells one schema from another.
func fingerprint(files fs.FS) (string, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(sum, "%s %d\n%s", name, len(text), text)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:6]), nil
}

package sqldb_test

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"ficus/internal/sqldb"
	"ficus/internal/testkit/engines"
)

// second is schema with one migration more, different on each engine.
func second() fs.FS {
	files := maps.Clone(schema().(fstest.MapFS))
	files["0002_notes.sqlite.sql"] = &fstest.MapFile{Data: []byte(`CREATE TABLE notes (id {{pk}}, engine TEXT DEFAULT 'sqlite');`)}
	files["0002_notes.postgres.sql"] = &fstest.MapFile{Data: []byte(`CREATE TABLE notes (id {{pk}}, engine TEXT DEFAULT 'postgres');`)}
	return files
}

func TestMigrateTakesTheFilesOfItsEngine(t *testing.T) {
	engines.Each(t, second(), func(t *testing.T, db *sqldb.DB) {
		var engine string
		err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
			return tx.QueryRow(t.Context(), `INSERT INTO notes (id) VALUES (7) RETURNING engine`).Scan(&engine)
		})
		if err != nil || engine != string(db.Engine()) {
			t.Errorf("on %s the migration for %q ran (%v)", db.Engine(), engine, err)
		}
	})
}

func TestSchemaVersionsTellOldFromNew(t *testing.T) {
	engines.Each(t, nil, func(t *testing.T, db *sqldb.DB) {
		meets := func(files fs.FS, have, want int64) {
			t.Helper()
			gotHave, gotWant, err := db.SchemaVersion(t.Context(), files)
			if err != nil || gotHave != have || gotWant != want {
				t.Errorf("SchemaVersion is %d, %d (%v); want %d, %d", gotHave, gotWant, err, have, want)
			}
			var other *sqldb.SchemaError
			if err := db.CheckSchema(t.Context(), files); errors.As(err, &other) != (have != want) {
				t.Errorf("with schema %d of %d CheckSchema answered %v", have, want, err)
			}
		}
		migrate := func(files fs.FS) {
			t.Helper()
			if err := db.Migrate(t.Context(), files); err != nil {
				t.Fatal(err)
			}
		}
		meets(schema(), 0, 1)
		migrate(schema())
		meets(schema(), 1, 1)
		migrate(schema())
		meets(second(), 1, 2)
		migrate(second())
		meets(schema(), 2, 1)
		if err := db.Migrate(t.Context(), schema()); err == nil || !strings.Contains(err.Error(), "newer Ficus") {
			t.Errorf("an older program's Migrate answered %v", err)
		}
		meets(second(), 2, 2)
	})
}

func TestFailedMigrationLeavesTheSchemaAsItWas(t *testing.T) {
	broken := maps.Clone(schema().(fstest.MapFS))
	broken["0002_broken.sql"] = &fstest.MapFile{Data: []byte("CREATE TABLE halves (id {{pk}});\nCREATE TABLE shelves (id {{pk}});")}
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		if err := db.Migrate(t.Context(), broken); err == nil {
			t.Fatal("a migration that makes a table twice went well")
		}
		if have, _, err := db.SchemaVersion(t.Context(), broken); have != 1 || err != nil {
			t.Errorf("the schema is %d (%v), want 1", have, err)
		}
		err := db.Read(t.Context(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(), `SELECT COUNT(*) FROM halves`)
			return err
		})
		if err == nil {
			t.Error("half of the migration stayed")
		}
		shelve(t, db, "still of use")
	})
}

func TestProgramsMayMigrateAtOnce(t *testing.T) {
	engines.Each(t, nil, func(t *testing.T, db *sqldb.DB) {
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if err := db.Migrate(t.Context(), second()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		shelve(t, db, "first")
	})
}

func TestMigrateKeepsACopyOfASQLiteFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ficus.db")
	db := engines.SQLite(t, schema(), sqldb.Options{SQLitePath: path})
	shelve(t, db, "before")
	kept := path + ".schema-0001"
	for _, leftover := range []string{kept, kept + ".part"} {
		if err := os.WriteFile(leftover, []byte("from a run that was killed"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Migrate(t.Context(), second()); err != nil {
		t.Fatal(err)
	}
	shelve(t, db, "after")
	old, err := sqldb.Open(context.Background(), sqldb.Options{SQLitePath: kept})
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	wantNames(t, old, "before")
	if err := old.CheckSchema(t.Context(), schema()); err != nil {
		t.Error(err)
	}
}

func TestMigrationFilesAreChecked(t *testing.T) {
	db := engines.SQLite(t, nil, sqldb.Options{})
	text := &fstest.MapFile{Data: []byte("SELECT 1;")}
	for says, files := range map[string]fstest.MapFS{
		"name must be":        {"1_short.sql": text},
		"have one number":     {"0001_a.sql": text, "0001_b.sqlite.sql": text},
		"unknown token":       {"0001_a.sql": {Data: []byte("CREATE TABLE a (id {{uuid}});")}},
		"no migrations":       {"0001_a.postgres.sql": text},
		"are no migrations":   {},
		"near \"CRATE\": syn": {"0001_a.sql": {Data: []byte("CRATE TABLE a (id {{pk}});")}},
	} {
		if err := db.Migrate(t.Context(), files); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("Migrate answered %v, want it to say %q", err, says)
		}
	}
}

package sqldb_test

import (
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"ficus/internal/sqldb"
	"ficus/internal/testkit/engines"
)

func TestSQLiteKeepsWhatItAcknowledged(t *testing.T) {
	db := engines.SQLite(t, schema(), sqldb.Options{})
	settings := map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000"}
	check := func(tx *sqldb.Tx) error {
		for pragma, want := range settings {
			var got string
			if err := tx.QueryRow(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s is %q (%v), want %q", pragma, got, err, want)
			}
		}
		return nil
	}
	if err := errors.Join(db.Write(t.Context(), check), db.Read(t.Context(), check)); err != nil {
		t.Error(err)
	}
}

func TestSQLitePathsMayHoldAnyCharacter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "my archive? 100% #1.db")
	shelve(t, engines.SQLite(t, schema(), sqldb.Options{SQLitePath: path}), "first")
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the database is not where it was asked for: %v", err)
	}
}

func TestTwoProgramsWriteToOneSQLiteFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ficus.db")
	server := engines.SQLite(t, schema(), sqldb.Options{SQLitePath: path})
	beside := engines.SQLite(t, nil, sqldb.Options{SQLitePath: path})
	var all sync.WaitGroup
	for _, db := range []*sqldb.DB{server, beside} {
		all.Go(func() {
			for range 20 {
				err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
					_, err := tx.Exec(t.Context(), `INSERT INTO shelves (name) SELECT COUNT(*) FROM shelves`)
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	var n int
	if err := server.Read(t.Context(), func(tx *sqldb.Tx) error { return tx.QueryRow(t.Context(), countRows).Scan(&n) }); err != nil || n != 40 {
		t.Errorf("40 shelves were written, %d stand (%v)", n, err)
	}
}

// TestDeadlockedWriteIsRunAgain makes two PostgreSQL transactions each want the row that the other
// has; SQLite's one writer never comes to that.
func TestDeadlockedWriteIsRunAgain(t *testing.T) {
	db := engines.Postgres(t, schema(), sqldb.Options{Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	shelve(t, db, "left", "right")
	var met, all sync.WaitGroup
	met.Add(2)
	runs := make(chan struct{}, 8)
	rename := func(first, then string) {
		meet := sync.OnceFunc(func() { met.Done(); met.Wait() })
		err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
			runs <- struct{}{}
			const touch = `UPDATE shelves SET name = name || '!' WHERE name LIKE $1`
			if _, err := tx.Exec(t.Context(), touch, first+"%"); err != nil {
				return err
			}
			meet()
			_, err := tx.Exec(t.Context(), touch, then+"%")
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	all.Go(func() { rename("left", "right") })
	all.Go(func() { rename("right", "left") })
	all.Wait()
	if len(runs) < 3 {
		t.Errorf("%d runs: the transactions did not deadlock", len(runs))
	}
	wantNames(t, db, "left!!", "right!!")
}

// TestDriverIsThePairThatWasTested holds go.mod to the versions that Open insists on.
func TestDriverIsThePairThatWasTested(t *testing.T) {
	source, err := os.ReadFile("sqlite.go")
	if err != nil {
		t.Fatal(err)
	}
	gomod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for module, constant := range map[string]string{"modernc.org/sqlite": "testedDriver", "=> modernc.org/libc": "testedLibc"} {
		found := regexp.MustCompile(constant + `\s+= "(.+)"`).FindSubmatch(source)
		if found == nil || !strings.Contains(string(gomod), module+" "+string(found[1])) {
			t.Errorf("go.mod does not have %s at the version of %s", module, constant)
		}
	}
}

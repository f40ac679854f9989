package sqldb_test

import (
	"context"
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
	"ficus/internal/testkit/engines"
)

// schema is a table with everything the errors need, small enough to be kept in mind.
func schema() fs.FS {
	return fstest.MapFS{"0001_shelf.sql": {Data: []byte(`
CREATE TABLE shelves (id {{pk}}, name TEXT NOT NULL UNIQUE);
CREATE TABLE books (
    id       {{pk}},
    shelf_id BIGINT NOT NULL REFERENCES shelves (id),
    place    BIGINT NOT NULL CHECK (place > 0),
    title    TEXT NOT NULL,
    cover    {{blob}},
    UNIQUE (shelf_id, place)
);
CREATE UNIQUE INDEX books_by_folded_title ON books (lower(title));
`)}}
}

const (
	addShelf  = `INSERT INTO shelves (name) VALUES ($1) RETURNING id`
	addBook   = `INSERT INTO books (shelf_id, place, title) VALUES ($1, $2, $3)`
	allNames  = `SELECT name FROM shelves ORDER BY name`
	countRows = `SELECT COUNT(*) FROM shelves`
)

func name(s sqldb.Scanner) (string, error) {
	var n string
	err := s.Scan(&n)
	return n, err
}

func shelve(t *testing.T, db *sqldb.DB, names ...string) {
	t.Helper()
	for _, n := range names {
		err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
			var id int64
			return tx.QueryRow(t.Context(), addShelf, n).Scan(&id)
		})
		if err != nil {
			t.Fatalf("shelve %s: %v", n, err)
		}
	}
}

func wantNames(t *testing.T, db *sqldb.DB, want ...string) {
	t.Helper()
	var got []string
	err := db.Read(t.Context(), func(tx *sqldb.Tx) (err error) {
		got, err = sqldb.All(t.Context(), tx, name, allNames)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("shelves (-want +got):\n%s", diff)
	}
}

func TestArgumentsAreBoundByNumberNotByOrder(t *testing.T) {
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		err := db.Read(t.Context(), func(tx *sqldb.Tx) error {
			var second, first string
			const swapped = `SELECT CAST($2 AS TEXT), CAST($1 AS TEXT)`
			if err := tx.QueryRow(t.Context(), swapped, "one", "two").Scan(&second, &first); err != nil {
				return err
			}
			if first != "one" || second != "two" {
				t.Errorf("$2, $1 of one, two gave %q, %q", second, first)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestWriteKeepsAllOrNothing(t *testing.T) {
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		shelve(t, db, "first")
		sorry := errors.New("sorry")
		err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
			var id int64
			if err := tx.QueryRow(t.Context(), addShelf, "second").Scan(&id); err != nil {
				return err
			}
			return sorry
		})
		if !errors.Is(err, sorry) {
			t.Errorf("Write answered %v, not the closure's error", err)
		}
		wantNames(t, db, "first")
	})
}

func TestPanicUndoesTheWriteAndFreesTheWriter(t *testing.T) {
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			db.Write(t.Context(), func(tx *sqldb.Tx) error {
				rows, err := tx.Query(t.Context(), addShelf, "lost")
				if err != nil {
					t.Error(err)
				}
				rows.Next()
				panic("the shelf broke")
			})
		}()
		shelve(t, db, "kept")
		wantNames(t, db, "kept")
	})
}

func TestNestedWriteIsRefused(t *testing.T) {
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		var inner error
		err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
			inner = db.Write(t.Context(), func(*sqldb.Tx) error { return nil })
			return nil
		})
		if err != nil || !errors.Is(inner, sqldb.ErrNested) {
			t.Errorf("outer answered %v, inner %v; want nil and ErrNested", err, inner)
		}
	})
}

func TestReadRefusesToWrite(t *testing.T) {
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		err := db.Read(t.Context(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(), `INSERT INTO shelves (name) VALUES ('x')`)
			return err
		})
		if !errors.Is(err, sqldb.ErrReadOnly) {
			t.Errorf("a write in Read answered %v, want ErrReadOnly", err)
		}
		wantNames(t, db)
	})
}

func TestReadSeesOneMoment(t *testing.T) {
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		var before, after int
		err := db.Read(t.Context(), func(tx *sqldb.Tx) error {
			if err := tx.QueryRow(t.Context(), countRows).Scan(&before); err != nil {
				return err
			}
			shelve(t, db, "meanwhile")
			return tx.QueryRow(t.Context(), countRows).Scan(&after)
		})
		if err != nil || before != 0 || after != 0 {
			t.Errorf("within one Read the count went from %d to %d (%v)", before, after, err)
		}
	})
}

func TestFailedStatementEndsTheTransaction(t *testing.T) {
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		shelve(t, db, "first")
		var later error
		err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
			var id int64
			if err := tx.QueryRow(t.Context(), addShelf, "first").Scan(&id); err == nil {
				t.Error("a second shelf of one name was taken")
			}
			later = tx.QueryRow(t.Context(), addShelf, "second").Scan(&id)
			return nil // as if nothing had happened
		})
		if !errors.Is(err, sqldb.ErrUnique) || !errors.Is(later, sqldb.ErrUnique) {
			t.Errorf("Write answered %v and the later statement %v; want ErrUnique from both", err, later)
		}
		wantNames(t, db, "first")
	})
}

func TestRowsAreReadBeforeTheNextStatement(t *testing.T) {
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		shelve(t, db, "first", "second")
		err := db.Read(t.Context(), func(tx *sqldb.Tx) error {
			rows, err := tx.Query(t.Context(), allNames)
			if err != nil {
				return err
			}
			rows.Next()
			if err := tx.QueryRow(t.Context(), countRows).Scan(new(int)); err == nil {
				t.Error("a second statement ran while rows were open")
			}
			return rows.Close()
		})
		if err != nil {
			t.Error(err)
		}
		wantNames(t, db, "first", "second")
	})
}

func TestMissingRowIsNotFound(t *testing.T) {
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
			_, err := sqldb.One(t.Context(), tx, name, `SELECT name FROM shelves WHERE id = $1`, 7)
			if !errors.Is(err, sqldb.ErrNotFound) || !errors.Is(err, archive.ErrNotFound) {
				t.Errorf("a missing row answered %v", err)
			}
			_, err = tx.Exec(t.Context(), `INSERT INTO shelves (name) VALUES ($1)`, "still possible")
			return err
		})
		if err != nil {
			t.Errorf("a missing row ended the transaction: %v", err)
		}
	})
}

func TestExecCountsTheRowsItTouched(t *testing.T) {
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		shelve(t, db, "first", "second")
		err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
			res, err := tx.Exec(t.Context(), `UPDATE shelves SET name = name || $1`, "!")
			if res.RowsAffected != 2 {
				t.Errorf("two rows were changed, and %d reported", res.RowsAffected)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestTransactionIsOfNoUseAfterItsClosure(t *testing.T) {
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		var kept *sqldb.Tx
		if err := db.Read(t.Context(), func(tx *sqldb.Tx) error { kept = tx; return nil }); err != nil {
			t.Fatal(err)
		}
		if _, err := kept.Exec(t.Context(), countRows); err == nil {
			t.Error("a transaction still ran a statement after its closure had returned")
		}
	})
}

func TestErrorsReadAlikeOnBothEngines(t *testing.T) {
	cases := []struct {
		name  string
		query string
		want  error
		on    []string // what the uniqueness is on, by any of these names
	}{
		{"one column", `INSERT INTO shelves (name) VALUES ('first')`, sqldb.ErrUnique, []string{"name"}},
		{"two columns", `INSERT INTO books (shelf_id, place, title) VALUES (1, 1, 'other')`, sqldb.ErrUnique, []string{"shelf_id", "place"}},
		{"an expression", `INSERT INTO books (shelf_id, place, title) VALUES (1, 2, 'DUNE')`, sqldb.ErrUnique, []string{"books_by_folded_title"}},
		{"primary key", `INSERT INTO shelves (id, name) VALUES (1, 'x')`, sqldb.ErrUnique, []string{"id"}},
		{"missing parent", `INSERT INTO books (shelf_id, place, title) VALUES (99, 1, 'x')`, sqldb.ErrForeignKey, nil},
		{"standing child", `DELETE FROM shelves`, sqldb.ErrForeignKey, nil},
		{"check", `INSERT INTO books (shelf_id, place, title) VALUES (1, 0, 'x')`, sqldb.ErrCheck, nil},
		{"null", `INSERT INTO shelves (name) VALUES (NULL)`, sqldb.ErrCheck, nil},
	}
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		shelve(t, db, "first")
		err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
			_, err := tx.Exec(t.Context(), addBook, 1, 1, "Dune")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
				_, err := tx.Exec(t.Context(), c.query)
				return err
			})
			if !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", c.name, err, c.want)
			}
			var unique *sqldb.UniqueError
			if errors.As(err, &unique) != (len(c.on) > 0) {
				t.Errorf("%s: %v", c.name, err)
			}
			for _, on := range c.on {
				if !unique.On(on) {
					t.Errorf("%s: %+v is not on %s", c.name, unique, on)
				}
			}
		}
	})
}

func TestClosedDatabaseSaysSo(t *testing.T) {
	for _, o := range []sqldb.Options{
		{SQLitePath: t.TempDir() + "/ficus.db"},
		{PostgresURL: engines.PostgresURL(t, nil)},
	} {
		db, err := sqldb.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := db.Close(); err != nil {
				t.Errorf("%s: close: %v", db.Engine(), err)
			}
		}
		nothing := func(*sqldb.Tx) error { return nil }
		for _, err := range []error{db.Read(t.Context(), nothing), db.Write(t.Context(), nothing)} {
			if !errors.Is(err, sqldb.ErrClosed) {
				t.Errorf("%s: a closed database answered %v", db.Engine(), err)
			}
		}
	}
}

func TestStatementsRunUncachedToo(t *testing.T) {
	o := sqldb.Options{NoStatementCache: true}
	for _, db := range []*sqldb.DB{engines.SQLite(t, schema(), o), engines.Postgres(t, schema(), o)} {
		shelve(t, db, "first", "second")
		wantNames(t, db, "first", "second")
	}
}

func TestOpenWantsOneDatabase(t *testing.T) {
	for _, o := range []sqldb.Options{
		{},
		{SQLitePath: "x", PostgresURL: "postgres://x"},
		{PostgresURL: "postgres://nobody@127.0.0.1:1/none"},
		{SQLitePath: "/no/such/folder/ficus.db"},
	} {
		if db, err := sqldb.Open(context.Background(), o); err == nil {
			db.Close()
			t.Errorf("%+v was opened", o)
		}
	}
}

func TestWhoWaitsForACommitHearsOfItBeforeWriteReturns(t *testing.T) {
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		heard := 0
		err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
			tx.OnCommit(func() {
				heard++
				wantNames(t, db, "a")
			})
			return adding(t, "a")(tx)
		})
		if err != nil || heard != 1 {
			t.Errorf("answered %v, heard %d times", err, heard)
		}
		sorry := errors.New("sorry")
		err = db.Write(t.Context(), func(tx *sqldb.Tx) error {
			tx.OnCommit(func() { t.Error("what was undone is heard of") })
			return errors.Join(adding(t, "lost")(tx), sorry)
		})
		if !errors.Is(err, sorry) {
			t.Error(err)
		}
	})
}

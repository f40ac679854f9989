package sqldb_test

import (
	"context"
	"database/sql"
	"errors"
	"reflect"
	"strconv"
	"testing"
	"time"

	"ficus/internal/sqldb"
	"ficus/internal/testkit/engines"
)

// shelfName and shelfPlace are types that rows are read into.
type (
	shelfName  string
	shelfPlace int8
)

func TestColumnsAreReadIntoWhatFitsThem(t *testing.T) {
	text := "Ålesund \x01"
	cases := []struct {
		column string
		into   any
		want   any // nil: it does not fit
	}{
		{`CAST(7 AS BIGINT)`, new(int64), int64(7)},
		{`CAST(7 AS BIGINT)`, new(int), 7},
		{`CAST(7 AS BIGINT)`, new(shelfPlace), shelfPlace(7)},
		{`CAST(300 AS BIGINT)`, new(shelfPlace), nil},
		{`CAST(7 AS BIGINT)`, new(string), "7"},
		{`CAST(7 AS BIGINT)`, new(any), any(int64(7))},
		{`CAST(7 AS BIGINT)`, new(sql.NullInt64), sql.NullInt64{Int64: 7, Valid: true}},
		{`TRUE`, new(bool), true},
		{`1 > 2`, new(bool), false},
		{`CAST($1 AS TEXT)`, new(string), text},
		{`CAST($1 AS TEXT)`, new(shelfName), shelfName(text)},
		{`CAST($1 AS TEXT)`, new([]byte), []byte(text)},
		{`CAST($1 AS TEXT)`, new(any), any(text)},
		{`CAST($1 AS TEXT)`, new(int64), nil},
		{`CAST($1 AS TEXT)`, new(*string), &text},
		{`CAST('' AS TEXT)`, new(string), ""},
		{`CAST(NULL AS TEXT)`, new(string), nil},
		{`CAST(NULL AS TEXT)`, new(*string), (*string)(nil)},
		{`CAST(NULL AS TEXT)`, new([]byte), []byte(nil)},
		{`CAST(NULL AS TEXT)`, new(sql.NullString), sql.NullString{}},
		{`CAST(NULL AS BIGINT)`, new(int64), nil},
		{`CAST(1.5 AS DOUBLE PRECISION)`, new(float64), 1.5},
	}
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		for _, c := range cases {
			into := reflect.New(reflect.TypeOf(c.into).Elem())
			err := db.Read(t.Context(), func(tx *sqldb.Tx) error {
				return tx.QueryRow(t.Context(), `SELECT `+c.column+` WHERE CAST($1 AS TEXT) <> ''`, text).Scan(into.Interface())
			})
			got := into.Elem().Interface()
			if c.want == nil != (err != nil) || err == nil && !reflect.DeepEqual(got, c.want) {
				t.Errorf("%s into %T: %#v (%v), want %#v", c.column, c.into, got, err, c.want)
			}
		}
		err := db.Read(t.Context(), func(tx *sqldb.Tx) error {
			var one, two int64
			return tx.QueryRow(t.Context(), `SELECT 1`).Scan(&one, &two)
		})
		if err == nil {
			t.Error("one column was read into two variables")
		}
	})
}

func TestBytesAreKeptAsTheyAre(t *testing.T) {
	engines.Each(t, schema(), func(t *testing.T, db *sqldb.DB) {
		shelve(t, db, "first")
		for place, want := range [][]byte{nil, {}, {0}, []byte("a\x00b\xff")} {
			var got []byte
			err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
				const add = `INSERT INTO books (shelf_id, place, title, cover) VALUES (1, $1, $2, $3) RETURNING cover`
				return tx.QueryRow(t.Context(), add, place+1, strconv.Itoa(place), want).Scan(&got)
			})
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%#v became %#v (%v)", want, got, err)
			}
		}
	})
}

func TestSQLiteRefusesWhatItCannotBind(t *testing.T) {
	db := engines.SQLite(t, schema(), sqldb.Options{ReadConns: 1})
	for statement, args := range map[string][]any{
		`SELECT name FROM shelves WHERE id = $1`:              {time.Unix(0, 0)},
		`SELECT name FROM shelves WHERE name = $1`:            {struct{}{}},
		`SELECT name FROM shelves WHERE id = $1 OR name = $2`: {1},
		`-- nothing`:         nil,
		`SELECT no_such`:     nil,
		`SELECT "no_such"`:   nil,
		`SELECT 1; SELECT 2`: nil,
	} {
		err := db.Read(t.Context(), func(tx *sqldb.Tx) error {
			_, err := sqldb.All(t.Context(), tx, name, statement, args...)
			return err
		})
		if err == nil {
			t.Errorf("%s ran with %v", statement, args)
		}
		wantNames(t, db) // and the connection is whole
	}
}

// A statement that takes long is broken off, by the context of the transaction
// and by its own, and whoever has the connection next is not.
func TestWhatTakesLongIsBrokenOffAndNobodyElse(t *testing.T) {
	const long = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT COUNT(*) FROM n`
	db := engines.SQLite(t, schema(), sqldb.Options{ReadConns: 1})
	for range 3 {
		for name, contexts := range map[string]func(ctx context.Context) (of, its context.Context){
			"the transaction's": func(ctx context.Context) (of, its context.Context) { return ctx, ctx },
			"the statement's":   func(ctx context.Context) (of, its context.Context) { return t.Context(), ctx },
			"both":              func(ctx context.Context) (of, its context.Context) { return ctx, context.WithoutCancel(ctx) },
		} {
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
			of, its := contexts(ctx)
			began := time.Now()
			var n int64
			err := db.Read(of, func(tx *sqldb.Tx) error { return tx.QueryRow(its, long).Scan(&n) })
			cancel()
			if err == nil || name != "both" && !errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 10*time.Second {
				t.Fatalf("%s: %v after %v", name, err, time.Since(began))
			}
			err = db.Read(t.Context(), func(tx *sqldb.Tx) error { return tx.QueryRow(t.Context(), countRows).Scan(&n) })
			if err != nil || n != 0 {
				t.Errorf("%s: the next on the connection: %d, %v", name, n, err)
			}
		}
	}
}

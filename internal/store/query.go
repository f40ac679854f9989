package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"ficus/internal/sqldb"
)

// one runs a statement that gives one row; archive.ErrNotFound when it gives
// none.
func one[T any](ctx context.Context, c conn, scan func(sqldb.Scanner) (T, error), statement string, args ...any) (T, error) {
	return sqldb.One(ctx, c.tx, scan, statement, args...)
}

// all runs a statement that gives rows.
func all[T any](ctx context.Context, c conn, scan func(sqldb.Scanner) (T, error), statement string, args ...any) ([]T, error) {
	return sqldb.All(ctx, c.tx, scan, statement, args...)
}

// exec runs a statement and tells how many rows it touched.
func exec(ctx context.Context, c conn, statement string, args ...any) (int64, error) {
	result, err := c.tx.Exec(ctx, statement, args...)
	return result.RowsAffected, err
}

// do runs a statement whose count of rows nobody asks for.
func do(ctx context.Context, c conn, statement string, args ...any) error {
	_, err := exec(ctx, c, statement, args...)
	return err
}

func scanInt(row sqldb.Scanner) (n int64, err error) { return n, row.Scan(&n) }

func scanText(row sqldb.Scanner) (s string, err error) { return s, row.Scan(&s) }

// micros is an instant as it is stored: microseconds since 1970, in UTC; the
// zero time is NULL.
func micros(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// instant scans what micros stored.
type instant struct{ into *time.Time }

// Scan reads microseconds or NULL.
func (i instant) Scan(value any) error {
	switch v := value.(type) {
	case nil:
		*i.into = time.Time{}
	case int64:
		*i.into = time.UnixMicro(v).UTC()
	default:
		return fmt.Errorf("store: an instant is a whole number, not %T", value)
	}
	return nil
}

// mostNumbers are asked for in one statement: each is an argument of it.
const mostNumbers = 1000

// list expands "IN (…)" for so many values, numbered from first.
func list(first, count int) string {
	var b strings.Builder
	for i := range count {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "$%d", first+i)
	}
	return b.String()
}

// anys makes arguments of ids.
func anys(ids []int64) []any {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return args
}

// jsonList scans a list of texts that is stored as JSON.
type jsonList struct{ into *[]string }

// Scan reads the JSON.
func (l jsonList) Scan(value any) error {
	switch v := value.(type) {
	case string:
		if v == "null" { // so most are
			*l.into = nil
			return nil
		}
		return json.Unmarshal([]byte(v), l.into)
	case []byte:
		return json.Unmarshal(v, l.into)
	}
	return fmt.Errorf("store: a list is text, not %T", value)
}

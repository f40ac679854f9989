package sqldb_test

import (
	"context"
	"testing"

	"ficus/internal/sqldb"
	"ficus/internal/testkit/engines"
)

type goesBehind struct{}

// Two statements, a row of each, and the end of the transaction: there whoever
// goes behind others lets them go first.
func TestOnlyWhatGoesBehindLetsOthersGoFirst(t *testing.T) {
	stepped := 0
	aside := func(ctx context.Context) func() {
		if ctx.Value(goesBehind{}) == nil {
			return nil
		}
		return func() { stepped++ }
	}
	engines.EachWith(t, schema(), sqldb.Options{Aside: aside}, func(t *testing.T, db *sqldb.DB) {
		for ctx, want := range map[context.Context]int{t.Context(): 0, context.WithValue(t.Context(), goesBehind{}, true): 5} {
			for kind, run := range map[string]func(context.Context, func(*sqldb.Tx) error) error{"reading": db.Read, "writing": db.Write} {
				stepped = 0
				if err := run(ctx, countTwice(ctx)); err != nil {
					t.Fatal(err)
				}
				if stepped != want {
					t.Errorf("%s stepped aside %d times, not %d", kind, stepped, want)
				}
			}
		}
	})
}

// countTwice asks for two rows.
func countTwice(ctx context.Context) func(*sqldb.Tx) error {
	return func(tx *sqldb.Tx) error {
		for range 2 {
			var n int
			if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM shelves`).Scan(&n); err != nil {
				return err
			}
		}
		return nil
	}
}

package store

import (
	"strings"
	"testing"

	"ficus/internal/sqldb"
	"ficus/internal/testkit/engines"
)

// A list is read in its order, a page of it at a time: none is sorted whole to
// show its beginning.
func TestEverySortOfferedHasAnIndex(t *testing.T) {
	engines.Each(t, Schema(), func(t *testing.T, db *sqldb.DB) {
		for _, sort := range Sorts() {
			w := newWhere(0, false, 0)
			w.and(isListed)
			w.args = append(w.args, 20, 0)
			if plan := planOf(t, db, pageOf(w, Filter{Sort: sort}.order()), w.args...); strings.Contains(plan, "TEMP B-TREE") || strings.Contains(plan, "Sort") {
				t.Errorf("%s is sorted by hand:\n%s", sort, plan)
			}
		}
	})
}

// planOf is how an engine would answer a statement.
func planOf(t *testing.T, db *sqldb.DB, statement string, args ...any) string {
	t.Helper()
	explain := "EXPLAIN QUERY PLAN "
	if db.Engine() == sqldb.Postgres {
		explain = "EXPLAIN "
	}
	var plan []string
	err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
		if db.Engine() == sqldb.Postgres { // an empty table is sorted sooner than an index is read
			for _, never := range []string{"enable_sort", "enable_seqscan"} {
				if _, err := tx.Exec(t.Context(), "SET LOCAL "+never+" = off"); err != nil {
					return err
				}
			}
		}
		lines, err := sqldb.All(t.Context(), tx, func(row sqldb.Scanner) (line string, err error) {
			if db.Engine() == sqldb.Postgres {
				return line, row.Scan(&line)
			}
			var a, b, c any
			return line, row.Scan(&a, &b, &c, &line)
		}, explain+statement, args...)
		plan = lines
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(plan, "\n")
}

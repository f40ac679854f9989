package sqldb

import "testing"

func TestLimitsThatAreBoundDoNotMakeAStatementPreparedAnew(t *testing.T) {
	for query, want := range map[string]string{
		`SELECT a FROM b ORDER BY c LIMIT $6 OFFSET $7`:         `SELECT a FROM b ORDER BY c LIMIT ($6 + 0) OFFSET ($7 + 0)`,
		`DELETE FROM b WHERE id IN (SELECT id FROM b LIMIT $2)`: `DELETE FROM b WHERE id IN (SELECT id FROM b LIMIT ($2 + 0))`,
		`SELECT a FROM b LIMIT 1`:                               `SELECT a FROM b LIMIT 1`,
	} {
		if got := steady(query); got != want {
			t.Errorf("%s became %s", query, got)
		}
	}
}

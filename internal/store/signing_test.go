package store

import (
	"strings"
	"testing"

	"ficus/internal/sqldb"
	"ficus/internal/testkit/engines"
)

// A hundred thousand members are let in as fast as the first one: nothing that
// signing in asks reads a table from its beginning.
func TestSigningInIsAnIndexSearch(t *testing.T) {
	engines.Each(t, Schema(), func(t *testing.T, db *sqldb.DB) {
		for name, asked := range map[string]struct {
			statement string
			args      []any
		}{
			"an account by name":          {accountByName, []any{"mara"}},
			"an account by address":       {accountByEmail, []any{"mara@example.org"}},
			"a session by its secret":     {sessionViewer, []any{"x", 1, 1}},
			"a token by its secret":       {tokenViewer, []any{"x", 1}},
			"a proof":                     {findProof, []any{1}},
			"links sent to an address":    {countSent, []any{"mara@example.org", 1}},
			"links an account asked for":  {countAsked, []any{1, "reset", 1}},
			"the pen names of an account": {pseudsOf, []any{1}},
		} {
			plan := planOf(t, db, asked.statement, asked.args...)
			if strings.Contains(plan, "SCAN ") && db.Engine() == sqldb.SQLite || strings.Contains(plan, "Seq Scan") {
				t.Errorf("%s is looked for everywhere:\n%s", name, plan)
			}
		}
	})
}

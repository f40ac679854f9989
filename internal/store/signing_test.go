package store

import (
	"io/fs"
	"strings"
	"testing"

	"ficus/internal/archive"
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
			"an account by name":             {accountByName, []any{"mara"}},
			"an account by address":          {accountByEmail, []any{"mara@example.org"}},
			"a session by its secret":        {sessionViewer, []any{"x", 1, 1, 100}},
			"a token by its secret":          {tokenViewer, []any{"x", 1}},
			"whose a name is":                {holderOf, []any{"mara", 1}},
			"whose a name was":               {formerName, []any{"mara", 1}},
			"names an account had":           {countFormer, []any{1, 1}},
			"the works that name an account": {naming, []any{1, 0, 200}},
			"a proof":                        {findProof, []any{1}},
			"links sent to an address":       {countSent, []any{"mara@example.org", 1}},
			"links an account asked for":     {countAsked, []any{1, "reset", 1}},
			"the pen names of an account":    {pseudsOf, []any{1}},
		} {
			plan := planOf(t, db, asked.statement, asked.args...)
			plan = strings.ReplaceAll(plan, "SCAN unread", "") // a hundred at most, found by an index
			if strings.Contains(plan, "SCAN ") && db.Engine() == sqldb.SQLite || strings.Contains(plan, "Seq Scan") {
				t.Errorf("%s is looked for everywhere:\n%s", name, plan)
			}
		}
	})
}

// The schema gave names that stood before it the looks that the rule gives
// them.
func TestOldNamesHaveTheLooksOfTheRule(t *testing.T) {
	engines.Each(t, Schema(), func(t *testing.T, db *sqldb.DB) {
		text, err := fs.ReadFile(Schema(), "0005_accounts.sql")
		if err != nil {
			t.Fatal(err)
		}
		_, after, _ := strings.Cut(string(text), "SELECT lower(")
		expression, _, found := strings.Cut("lower("+after, ", id, FALSE")
		if !found {
			t.Fatal("the schema no longer says how")
		}
		for _, name := range []string{"Mara_Q", "Ian", "rn-RN-Rn", "b0b1l", "vvren", "VVren", "warn_01", "III", "iIl1"} {
			var looks string
			err := db.Read(t.Context(), func(tx *sqldb.Tx) (err error) {
				looks, err = sqldb.One(t.Context(), tx, scanText, "SELECT "+expression+" FROM (SELECT CAST($1 AS TEXT) AS name) AS old", name)
				return err
			})
			if want := archive.Skeleton(name); err != nil || looks != want {
				t.Errorf("%s became %q, want %q (%v)", name, looks, want, err)
			}
		}
	})
}

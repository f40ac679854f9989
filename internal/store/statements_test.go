package store

import (
	"context"
	"errors"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"ficus/internal/sqldb"
	"ficus/internal/testkit/engines"
)

// Every constant of the room that begins like a statement is prepared on both
// engines, so that a misspelt column fails here and not at a visitor.
func TestEveryStatementPreparesOnBothEngines(t *testing.T) {
	statements := constants(t)
	if len(statements) < 80 {
		t.Fatalf("only %d statements were found: the search is broken", len(statements))
	}
	engines.Each(t, Schema(), func(t *testing.T, db *sqldb.DB) {
		for name, statement := range statements {
			if err := compiles(db, statement); err != nil {
				t.Errorf("%s: %v\n%s", name, err, statement)
			}
		}
	})
}

// compiles has the engine read a statement without running it.
func compiles(db *sqldb.DB, statement string) error {
	ctx := context.Background()
	undo := errors.New("only looked at")
	err := db.Write(ctx, func(tx *sqldb.Tx) error {
		if db.Engine() == sqldb.Postgres {
			if _, err := tx.Exec(ctx, "PREPARE looked_at AS "+statement); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, "DEALLOCATE looked_at")
			return errors.Join(err, undo)
		}
		rows, err := tx.Query(ctx, "EXPLAIN "+statement, make([]any, arguments(statement))...)
		if err != nil {
			return err
		}
		return errors.Join(rows.Close(), undo)
	})
	if errors.Is(err, undo) {
		return nil
	}
	return err
}

var numbered = regexp.MustCompile(`\$(\d+)`)

func arguments(statement string) int {
	most := 0
	for _, found := range numbered.FindAllStringSubmatch(statement, -1) {
		if n, err := strconv.Atoi(found[1]); err == nil {
			most = max(most, n)
		}
	}
	return most
}

// What means something else on the other engine, or nothing, is not used
// (STYLE.md §6.1).
func TestNoStatementUsesWhatOnlyOneEngineKnows(t *testing.T) {
	forbidden := regexp.MustCompile(`(?i)\b(now\(|current_timestamp|ilike|greatest\(|least\(|any\s*\(|merge into|for update|strftime|datetime\(|rowid|on duplicate|insert or|json_)`)
	for name, statement := range constants(t) {
		if found := forbidden.FindString(statement); found != "" {
			t.Errorf("%s uses %q", name, found)
		}
	}
}

var beginsLikeAStatement = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s`)

// constants type-checks the room and collects its constant statements; one
// that ends in IN is the beginning of a list and is prepared with one value.
func constants(t *testing.T) map[string]string {
	t.Helper()
	files := token.NewFileSet()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var parsed []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, file)
	}
	config := types.Config{Importer: importer.ForCompiler(files, "source", nil)}
	checked, err := config.Check("ficus/internal/store", files, parsed, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, name := range checked.Scope().Names() {
		c, is := checked.Scope().Lookup(name).(*types.Const)
		if !is || c.Val().Kind() != constant.String {
			continue
		}
		text := constant.StringVal(c.Val())
		if !beginsLikeAStatement.MatchString(text) {
			continue
		}
		if strings.HasSuffix(strings.TrimSpace(text), " IN") {
			text += "($1)"
		}
		found[name] = text
	}
	return found
}

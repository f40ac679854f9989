package store

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
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
			if of := engineOf(name); of != "" && of != db.Engine() {
				continue
			}
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

// engineOf is the engine that a statement is for, if it is for one: full text
// alone differs (DESIGN.md §1.5), and its constants say so.
func engineOf(name string) sqldb.Engine {
	switch {
	case strings.HasSuffix(name, "SQLite"):
		return sqldb.SQLite
	case strings.HasSuffix(name, "Postgres"):
		return sqldb.Postgres
	}
	return ""
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
		if engineOf(name) != "" {
			continue
		}
		if found := forbidden.FindString(statement); found != "" {
			t.Errorf("%s uses %q", name, found)
		}
	}
}

var beginsLikeAStatement = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s`)

// constants reads the room's files and collects its constant statements; one
// that ends in IN is the beginning of a list and is prepared with one value.
func constants(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	expressions := map[string]ast.Expr{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range file.Decls {
			group, is := declared.(*ast.GenDecl)
			if !is || group.Tok != token.CONST {
				continue
			}
			for _, spec := range group.Specs {
				value := spec.(*ast.ValueSpec)
				for i, name := range value.Names {
					if i < len(value.Values) {
						expressions[name.Name] = value.Values[i]
					}
				}
			}
		}
	}
	found := map[string]string{}
	for name, expression := range expressions {
		text := evaluate(expression, expressions)
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

// evaluate puts together a constant made of literals and other constants;
// what is no text is empty.
func evaluate(e ast.Expr, known map[string]ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		if err != nil {
			return ""
		}
		return text
	case *ast.Ident:
		return evaluate(known[e.Name], known)
	case *ast.ParenExpr:
		return evaluate(e.X, known)
	case *ast.BinaryExpr:
		return evaluate(e.X, known) + evaluate(e.Y, known)
	}
	return ""
}

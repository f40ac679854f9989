package house

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// module is the name of the program's own imports.
const module = "ficus/"

// drivers are the imports that reach a database.
var drivers = []string{"database/sql", "modernc.org/sqlite", "zombiezen.com/go/sqlite", "github.com/jackc/pgx", "github.com/pressly/goose", "github.com/mattn/go-sqlite3"}

func (f *file) imports(r *report) {
	if _, known := rooms[f.room]; !known {
		r.add(token.NoPos, "rooms", "the room %s is not in the table", f.room)
	}
	for _, spec := range f.ast.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the compiler says so
		}
		if own, ok := strings.CutPrefix(path, module); ok {
			other := strings.TrimPrefix(own, "internal/")
			if !mayImport(f.room, other) {
				r.add(spec.Pos(), "rooms", "%s may not import %s", f.room, other)
			}
		}
		if slices.ContainsFunc(drivers, func(d string) bool { return path == d || strings.HasPrefix(path, d+"/") }) && f.room != "sqldb" && f.room != "store" {
			r.add(spec.Pos(), "database", "%s imports %s", f.room, path)
		}
		if path == "net/http" && !isDoor(f.room) && !isProgram(f.room) && f.room != "fetch" && f.room != "web/asset" {
			r.add(spec.Pos(), "http", "%s imports net/http", f.room)
		}
	}
}

// Functions of the standard library that only some rooms call.
var (
	clockCalls       = []string{"time.Now", "time.Since", "time.Until"}
	environmentCalls = []string{"os.Getenv", "os.LookupEnv", "os.Environ", "os.ExpandEnv", "os.Getwd", "os.UserHomeDir"}
	clientCalls      = []string{"http.Get", "http.Head", "http.Post", "http.PostForm", "http.Client", "http.DefaultClient", "http.DefaultTransport", "http.Transport"}
)

// calls looks at every mention of package.Name.
func (f *file) calls(r *report) {
	ast.Inspect(f.ast, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		pkg, ok := selector.X.(*ast.Ident)
		if !ok {
			return true
		}
		name := pkg.Name + "." + selector.Sel.Name
		switch {
		case slices.Contains(clockCalls, name) && !isProgram(f.room):
			r.add(n.Pos(), "clock", "%s is called", name)
		case slices.Contains(environmentCalls, name) && !isProgram(f.room):
			r.add(n.Pos(), "environment", "%s is called", name)
		case slices.Contains(clientCalls, name) && f.room != "fetch" && f.room != "bench":
			r.add(n.Pos(), "http", "%s is used", name)
		}
		return true
	})
}

package house

import (
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strings"
)

// vague are the names of rooms that would hold anything.
var vague = []string{"util", "utils", "common", "helper", "helpers", "core", "manager", "service", "services", "model", "models", "base", "misc", "shared"}

// declarations looks at what a file declares.
func (f *file) declarations(r *report) {
	for _, name := range []string{f.ast.Name.Name, path.Base(f.room)} {
		if slices.Contains(vague, name) {
			r.add(f.ast.Name.Pos(), "names", "a room is called %s", name)
		}
	}
	for _, decl := range f.ast.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Name.Name == "init" && d.Recv == nil {
				r.add(d.Pos(), "init", "there is an init function")
			}
			if d.Name.IsExported() && exportedReceiver(d) && d.Doc == nil {
				r.add(d.Pos(), "exported", "%s has no comment", d.Name.Name)
			}
		case *ast.GenDecl:
			documented(r, d)
		}
	}
}

// exportedReceiver says whether a function is none's method, or a method of an exported type.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return true
	}
	receiver := d.Recv.List[0].Type
	for {
		switch x := receiver.(type) {
		case *ast.StarExpr:
			receiver = x.X
		case *ast.IndexExpr:
			receiver = x.X
		case *ast.IndexListExpr:
			receiver = x.X
		case *ast.Ident:
			return x.IsExported()
		default:
			return true
		}
	}
}

// documented wants a comment on each exported type, and on each exported value or its group.
func documented(r *report, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && s.Doc == nil && d.Doc == nil {
				r.add(s.Pos(), "exported", "%s has no comment", s.Name.Name)
			}
		case *ast.ValueSpec:
			for _, name := range s.Names {
				if name.IsExported() && s.Doc == nil && s.Comment == nil && d.Doc == nil {
					r.add(s.Pos(), "exported", "%s has no comment", name.Name)
				}
			}
		}
	}
}

// writes notes the package variables that a file's functions assign to or delete from.
func (f *file) writes(written map[string]bool) {
	for _, decl := range f.ast.Decls {
		function, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		local := locals(function)
		ast.Inspect(function, func(n ast.Node) bool {
			for _, target := range targets(n) {
				if name := root(target); name != "" && !local[name] {
					written[name] = true
				}
			}
			return true
		})
	}
}

// targets are what a statement or an expression writes to.
func targets(n ast.Node) []ast.Expr {
	switch s := n.(type) {
	case *ast.AssignStmt:
		if s.Tok != token.DEFINE {
			return s.Lhs
		}
	case *ast.IncDecStmt:
		return []ast.Expr{s.X}
	case *ast.CallExpr:
		if name, ok := s.Fun.(*ast.Ident); ok && name.Name == "delete" {
			return s.Args[:1]
		}
	}
	return nil
}

// root is the name of the variable that an expression is in.
func root(e ast.Expr) string {
	for {
		switch x := e.(type) {
		case *ast.IndexExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// locals are the names that a function declares itself.
func locals(function *ast.FuncDecl) map[string]bool {
	local := map[string]bool{}
	add := func(names ...ast.Expr) {
		for _, e := range names {
			if name, ok := e.(*ast.Ident); ok {
				local[name.Name] = true
			}
		}
	}
	ast.Inspect(function, func(n ast.Node) bool {
		switch s := n.(type) {
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE {
				add(s.Lhs...)
			}
		case *ast.RangeStmt:
			if s.Tok == token.DEFINE {
				add(s.Key, s.Value)
			}
		case *ast.Field:
			for _, name := range s.Names {
				local[name.Name] = true
			}
		case *ast.ValueSpec:
			for _, name := range s.Names {
				local[name.Name] = true
			}
		}
		return true
	})
	return local
}

// variables looks at package variables.
func (f *file) variables(r *report, written map[string]bool) {
	for _, decl := range f.ast.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.VAR {
			continue
		}
		for _, spec := range d.Specs {
			s := spec.(*ast.ValueSpec)
			for i, name := range s.Names {
				var value ast.Expr
				if i < len(s.Values) {
					value = s.Values[i]
				}
				embedded := embeds(d, s)
				switch {
				case name.Name == "_" || embedded:
				case value == nil:
					r.add(name.Pos(), "variables", "%s has no value of its own, so something gives it one later", name.Name)
				case name.IsExported() && !isError(name, value):
					r.add(name.Pos(), "variables", "%s can be changed by anyone who imports it", name.Name)
				case written[name.Name]:
					r.add(name.Pos(), "variables", "%s is written to after the start", name.Name)
				case compiles(value) && !isTool(f.room) && f.room != "bench":
					r.add(name.Pos(), "variables", "%s is compiled at every start, whether it is asked or not; say pattern.New", name.Name)
				}
			}
		}
	}
}

// compiles says whether a value is a regular expression made ready.
func compiles(value ast.Expr) bool {
	call, ok := value.(*ast.CallExpr)
	if !ok {
		return false
	}
	called, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	room, ok := called.X.(*ast.Ident)
	return ok && room.Name == "regexp"
}

// embeds says whether a variable is filled by the compiler.
func embeds(d *ast.GenDecl, s *ast.ValueSpec) bool {
	for _, doc := range []*ast.CommentGroup{d.Doc, s.Doc} {
		if doc == nil {
			continue
		}
		for _, c := range doc.List {
			if strings.HasPrefix(c.Text, "//go:embed ") {
				return true
			}
		}
	}
	return false
}

// isError says whether an exported variable is one to compare errors with.
func isError(name *ast.Ident, value ast.Expr) bool {
	call, ok := value.(*ast.CallExpr)
	if !ok {
		return false
	}
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	pkg, ok := selector.X.(*ast.Ident)
	return ok && strings.HasPrefix(name.Name, "Err") && (pkg.Name == "errors" || pkg.Name == "fmt")
}

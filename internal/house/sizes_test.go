package house

import (
	"go/ast"
	"go/token"
)

// The limits.
const (
	maxFile       = 400 // lines
	maxFunction   = 60  // lines
	maxComplexity = 12
	maxMethods    = 5
	maxFields     = 24
)

func (f *file) sizes(r *report) {
	if f.lines > maxFile {
		r.add(token.NoPos, "file", "the file has %d lines", f.lines)
	}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.FuncDecl:
			f.functionSize(r, x)
		case *ast.InterfaceType:
			if methods := x.Methods.NumFields(); methods > maxMethods {
				r.add(x.Pos(), "interface", "an interface has %d methods", methods)
			}
		case *ast.StructType:
			if fields := x.Fields.NumFields(); fields > maxFields {
				r.add(x.Pos(), "struct", "a struct has %d fields", fields)
			}
		}
		return true
	})
}

func (f *file) functionSize(r *report, d *ast.FuncDecl) {
	if lines := f.set.Position(d.End()).Line - f.set.Position(d.Pos()).Line + 1; lines > maxFunction {
		r.add(d.Pos(), "function", "%s has %d lines", d.Name.Name, lines)
	}
	if ways := complexity(d); ways > maxComplexity {
		r.add(d.Pos(), "complexity", "%s has %d ways through it", d.Name.Name, ways)
	}
}

// complexity counts the ways through a function: one, and one more for each if, loop, switch, select,
// && and ||, those in function literals included. A switch is one way whatever its cases ask: they
// are rows of a table.
func complexity(d *ast.FuncDecl) int {
	ways := 1
	ast.Inspect(d, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			ways++
		case *ast.CaseClause:
			for _, asked := range x.List {
				ways -= operators(asked)
			}
		case *ast.BinaryExpr:
			if x.Op == token.LAND || x.Op == token.LOR {
				ways++
			}
		}
		return true
	})
	return ways
}

// operators counts && and ||.
func operators(e ast.Expr) int {
	count := 0
	ast.Inspect(e, func(n ast.Node) bool {
		if x, ok := n.(*ast.BinaryExpr); ok && (x.Op == token.LAND || x.Op == token.LOR) {
			count++
		}
		return true
	})
	return count
}

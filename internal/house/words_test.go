package house

import (
	"go/ast"
	"regexp"
	"strings"
)

// unfinished are the words by which authors leave things for others.
var unfinished = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X|HA` + `CK)\b`)

// words looks at comments, and at tests that do not run.
func (f *file) words(r *report) {
	if !f.generated {
		for _, group := range f.ast.Comments {
			for _, comment := range group.List {
				if word := unfinished.FindString(comment.Text); word != "" {
					r.add(comment.Pos(), "words", "a comment says %s", word)
				}
			}
		}
	}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if selector, ok := call.Fun.(*ast.SelectorExpr); ok && isSkip(selector) {
			r.add(call.Pos(), "tests", "a test is skipped")
		}
		return true
	})
}

// isSkip says whether a call is t.Skip, b.SkipNow or the like.
func isSkip(s *ast.SelectorExpr) bool {
	receiver, ok := s.X.(*ast.Ident)
	if !ok || len(receiver.Name) > 2 {
		return false
	}
	return strings.HasPrefix(s.Sel.Name, "Skip") && (s.Sel.Name == "Skip" || s.Sel.Name == "Skipf" || s.Sel.Name == "SkipNow")
}

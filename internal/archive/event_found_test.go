package archive

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"
)

// A new kind of event says what has to be read again to find works rightly.
func TestEveryKindOfEventSaysWhatIsReadAgain(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "event.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	kinds := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, is := n.(*ast.ValueSpec)
		if !is || len(spec.Values) != 1 {
			return true
		}
		if named, is := spec.Type.(*ast.Ident); !is || named.Name != "EventKind" {
			return true
		}
		text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		kinds++
		if _, said := rereadings[EventKind(text)]; !said {
			t.Errorf("%s says nothing", spec.Names[0])
		}
		return true
	})
	if kinds < 60 || kinds != len(rereadings) {
		t.Errorf("%d kinds of event were found, and %d say what is read again", kinds, len(rereadings))
	}
	if RereadFor("from_tomorrow") != RereadWork {
		t.Error("of a kind nobody knows, not everything is read again")
	}
}

package house

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// violation is a place that breaks a rule.
type violation struct {
	file string // from the root of the repository, with slashes
	line int
	rule string
	what string
}

// file is one Go file of the tree.
type file struct {
	path      string // from the root of the repository, with slashes
	room      string // its folder, without internal/
	ast       *ast.File
	set       *token.FileSet
	lines     int
	test      bool
	generated bool
}

// reasons say why each rule is one.
var reasons = map[string]string{
	"rooms":       "imports point down only, as table_test.go says, so that a room can be understood without what stands on it",
	"database":    "database/sql and drivers are for sqldb and store, so that there is one place where engines differ",
	"http":        "net/http is for doors and programs, its client for fetch alone, where addresses are guarded",
	"clock":       "only the clock knows the time, so that a transaction has one instant and tests have none",
	"environment": "only programs read the environment; everyone else is told",
	"init":        "nothing runs before main, so that reading main is enough",
	"variables":   "package variables are errors, patterns made when they are used, embeds and unexported tables that nobody writes: the rest is hidden state",
	"doc":         "each room says once what it is, in a comment that begins with its name",
	"names":       "a room is named for what it holds; util, common, helper, core, manager, service, model and base hold anything",
	"exported":    "an exported name is a promise, and a promise is written down",
	"file":        "a file holds one noun or one action, within 400 lines",
	"function":    "a function is read at once, within 60 lines",
	"complexity":  "a function has at most 12 ways through it, a flat switch counting as one",
	"interface":   "an interface has at most five methods: it says what its caller needs",
	"struct":      "a struct has at most 24 fields: more is several things",
	"words":       "what is left to do is an issue, or is done",
	"tests":       "every test runs and can fail: a tool that is missing is a failure that says what to install",
}

func TestTheHouseStandsAsItIsDrawn(t *testing.T) {
	files := tree(t, "../..")
	var found []violation
	for _, f := range files {
		found = append(found, f.violations()...)
	}
	found = append(found, roomViolations(files)...)
	for _, v := range excused(t, found) {
		t.Errorf("%s:%d: %s\n\t(%s: %s)", v.file, v.line, v.what, v.rule, reasons[v.rule])
	}
}

// excused takes out what exceptions allow, and fails for exceptions that allow nothing.
func excused(t *testing.T, found []violation) []violation {
	used := map[int]bool{}
	left := slices.DeleteFunc(found, func(v violation) bool {
		for i, e := range exceptions {
			if e.file == v.file && e.rule == v.rule {
				used[i] = true
				return true
			}
		}
		return false
	})
	for i, e := range exceptions {
		if !used[i] {
			t.Errorf("the exception of %s from %q is not needed any more: take it out", e.file, e.rule)
		}
	}
	return left
}

// tree parses every Go file below root that belongs to the program.
func tree(t *testing.T, root string) []*file {
	t.Helper()
	var files []*file
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if path != root && (strings.HasPrefix(name, ".") || slices.Contains([]string{"node_modules", "testdata", "data", "bin", "look"}, name)) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		f, err := parse(set, filepath.ToSlash(relative), source)
		if f != nil {
			files = append(files, f)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// parse reads one file; scripts that are run by name, and belong to no package, are nil.
func parse(set *token.FileSet, path string, source []byte) (*file, error) {
	parsed, err := parser.ParseFile(set, path, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	if strings.Contains(string(source), "//go:build ignore") {
		return nil, nil
	}
	return &file{
		path: path, ast: parsed, set: set,
		room:      strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "internal/"),
		lines:     strings.Count(string(source), "\n"),
		test:      strings.HasSuffix(path, "_test.go"),
		generated: strings.HasSuffix(path, "_templ.go") || ast.IsGenerated(parsed),
	}, nil
}

// violations are those that one file shows by itself.
func (f *file) violations() []violation {
	r := &report{file: f}
	f.words(r)
	if f.test {
		return r.found
	}
	f.imports(r)
	f.calls(r)
	if f.generated {
		return r.found
	}
	f.declarations(r)
	if !isTool(f.room) {
		f.sizes(r)
	}
	return r.found
}

// report collects a file's violations.
type report struct {
	file  *file
	found []violation
}

func (r *report) add(at token.Pos, rule, format string, args ...any) {
	line := 1
	if at.IsValid() {
		line = r.file.set.Position(at).Line
	}
	r.found = append(r.found, violation{r.file.path, line, rule, fmt.Sprintf(format, args...)})
}

// roomViolations are those that show when a room's files are put together.
func roomViolations(files []*file) []violation {
	docs := map[string][]*file{}
	first := map[string]*report{}
	written := map[string]map[string]bool{}
	for _, f := range files {
		if f.test {
			continue
		}
		if first[f.room] == nil {
			first[f.room], written[f.room] = &report{file: f}, map[string]bool{}
		}
		if f.ast.Doc != nil && !f.generated {
			docs[f.room] = append(docs[f.room], f)
		}
		f.writes(written[f.room])
	}
	var found []violation
	for _, room := range slices.Sorted(maps.Keys(first)) {
		r := first[room]
		checkDoc(r, room, docs[room])
		found = append(found, r.found...)
	}
	for _, f := range files {
		if !f.test && !f.generated {
			r := &report{file: f}
			f.variables(r, written[f.room])
			found = append(found, r.found...)
		}
	}
	return found
}

func checkDoc(r *report, room string, docs []*file) {
	pkg := r.file.ast.Name.Name
	begins := "Package " + pkg + " "
	if pkg == "main" {
		begins = "Command " + filepath.Base(room) + " "
	}
	switch {
	case len(docs) == 0:
		r.add(token.NoPos, "doc", "the room %s has no package comment", room)
	case len(docs) > 1:
		r.add(token.NoPos, "doc", "the room %s has %d package comments, one of them in %s", room, len(docs), docs[1].path)
	case !strings.HasPrefix(docs[0].ast.Doc.Text(), begins):
		r.add(token.NoPos, "doc", "the package comment in %s does not begin with %q", docs[0].path, begins)
	}
}

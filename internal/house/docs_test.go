package house

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// drawing is docs/house.md, the house on paper.
const drawing = "../../docs/house.md"

func readPaper(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// row is a line of the table of rooms: the room, what it is, what it imports.
var row = regexp.MustCompile("(?m)^\\| `([a-z0-9/]+)` \\|[^|]*\\| ?([^|]*) ?\\|$")

// TestTheHouseOnPaperIsTheHouse holds the table of rooms to the tree: every
// room under internal and no other, each with what it imports.
func TestTheHouseOnPaperIsTheHouse(t *testing.T) {
	imported := map[string]map[string]bool{}
	for _, f := range tree(t, "../..") {
		if !strings.HasPrefix(f.path, "internal/") {
			continue
		}
		if imported[f.room] == nil {
			imported[f.room] = map[string]bool{}
		}
		for _, path := range f.imported() {
			if other, own := strings.CutPrefix(path, module+"internal/"); own && !f.test {
				imported[f.room][other] = true
			}
		}
	}
	drawn := map[string]string{}
	for _, m := range row.FindAllStringSubmatch(readPaper(t, drawing), -1) {
		drawn[m[1]] = strings.TrimSpace(m[2])
	}
	for room, others := range imported {
		imports, found := drawn[room]
		real := strings.Join(slices.Sorted(maps.Keys(others)), ", ")
		switch {
		case !found:
			t.Errorf("docs/house.md does not name the room %s", room)
		case imports != real:
			t.Errorf("docs/house.md says that %s imports %q; it imports %q", room, imports, real)
		}
		delete(drawn, room)
	}
	for room := range drawn {
		t.Errorf("docs/house.md names the room %s, and there is none", room)
	}
}

// imported are the paths a file imports.
func (f *file) imported() []string {
	var paths []string
	for _, spec := range f.ast.Imports {
		paths = append(paths, strings.Trim(spec.Path.Value, "`\""))
	}
	return paths
}

var source = regexp.MustCompile("`((?:[a-z]+/)*[a-z_]+\\.(?:go|sql))`")

// TestTheWalksGoThroughRealFiles follows every file that the drawing names.
func TestTheWalksGoThroughRealFiles(t *testing.T) {
	named := source.FindAllStringSubmatch(readPaper(t, drawing), -1)
	if len(named) < 20 {
		t.Fatalf("only %d files are named", len(named))
	}
	for _, m := range named {
		if !someExists("../../internal/"+m[1], "../../"+m[1], "../../cmd/ficus/"+m[1], "../../internal/web/"+m[1], "../../internal/store/"+m[1]) {
			t.Errorf("docs/house.md names %s, which is not there", m[1])
		}
	}
}

func someExists(paths ...string) bool {
	return slices.ContainsFunc(paths, func(path string) bool {
		_, err := os.Stat(path)
		return err == nil
	})
}

var (
	decision = regexp.MustCompile(`\]\((\d{4}-[a-z0-9-]+\.md)\)`)
	moduleOf = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| \\[\\d{4}\\]\\((\\d{4}-[a-z0-9-]+\\.md)\\) \\|$")
)

// TestEveryDecisionIsInTheIndex keeps docs/decisions/README.md whole.
func TestEveryDecisionIsInTheIndex(t *testing.T) {
	index := readPaper(t, "../../docs/decisions/README.md")
	files, err := filepath.Glob("../../docs/decisions/0*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no decisions", err)
	}
	for _, path := range files {
		heading, _, _ := strings.Cut(readPaper(t, path), "\n")
		number, title, _ := strings.Cut(strings.TrimPrefix(heading, "# "), ". ")
		line := "- [" + number + "](" + filepath.Base(path) + ") " + title + "\n"
		if !strings.Contains(index, line) {
			t.Errorf("the index lacks the line %q", line)
		}
	}
	for _, m := range decision.FindAllStringSubmatch(index, -1) {
		if !someExists("../../docs/decisions/" + m[1]) {
			t.Errorf("the index names %s, which is not there", m[1])
		}
	}
}

// TestEveryModuleHasItsDecision holds the table of modules to what the code
// imports: each directly imported module once, and no other.
func TestEveryModuleHasItsDecision(t *testing.T) {
	unused := map[string]bool{}
	for _, m := range moduleOf.FindAllStringSubmatch(readPaper(t, "../../docs/decisions/README.md"), -1) {
		unused[m[1]] = true
	}
	modules := slices.Collect(maps.Keys(unused))
	missing := map[string]bool{}
	for _, f := range tree(t, "../..") {
		for _, path := range f.imported() {
			host, _, _ := strings.Cut(path, "/")
			if !strings.Contains(host, ".") {
				continue // the standard library, and the house
			}
			at := slices.IndexFunc(modules, func(m string) bool { return path == m || strings.HasPrefix(path, m+"/") })
			if at < 0 {
				missing[path] = true
				continue
			}
			delete(unused, modules[at])
		}
	}
	for _, path := range slices.Sorted(maps.Keys(missing)) {
		t.Errorf("no decision says why %s is imported: see docs/decisions/README.md", path)
	}
	for _, name := range slices.Sorted(maps.Keys(unused)) {
		t.Errorf("docs/decisions/README.md names the module %s, which nothing imports", name)
	}
}

var link = regexp.MustCompile(`\]\(([^)#\s]+)(?:#[^)]*)?\)`)

// TestLinksBetweenPapersLeadSomewhere follows every link to a file.
func TestLinksBetweenPapersLeadSomewhere(t *testing.T) {
	papers := []string{"../../README.md", "../../CONTRIBUTING.md", "../../CHANGELOG.md"}
	for _, pattern := range []string{"../../docs/*.md", "../../docs/decisions/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		papers = append(papers, found...)
	}
	for _, paper := range papers {
		for _, m := range link.FindAllStringSubmatch(readPaper(t, paper), -1) {
			if !strings.Contains(m[1], "://") && !someExists(filepath.Join(filepath.Dir(paper), m[1])) {
				t.Errorf("%s links to %s, which is not there", strings.TrimPrefix(paper, "../../"), m[1])
			}
		}
	}
}

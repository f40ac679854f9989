package page_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ficus/internal/web/page"

	"github.com/andybalholm/brotli"
)

func TestEveryPartIsInTheStylesheet(t *testing.T) {
	sheets, err := filepath.Glob("*.css")
	if err != nil {
		t.Fatal(err)
	}
	var css string
	for _, f := range page.Files() {
		if strings.HasSuffix(f.Name, ".css") {
			css = string(f.Body)
		}
	}
	if !strings.HasPrefix(css, "@supports (color: var(--ink)) {") {
		t.Error("browsers without custom properties would see the stylesheet")
	}
	if strings.Count(css, "{") != strings.Count(css, "}") {
		t.Error("the stylesheet's braces do not match")
	}
	rule := regexp.MustCompile(`(?m)^\.[a-z-]+`)
	for _, name := range sheets {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if first := rule.FindString(string(text)); first != "" && !strings.Contains(css, first) {
			t.Errorf("%s is in no stylesheet: list it in files.go", name)
		}
	}
}

func TestScriptsAreSmall(t *testing.T) {
	for _, f := range page.Files() {
		if strings.HasSuffix(f.Name, ".js") && len(f.Body) > 5<<10 {
			t.Errorf("%s has %d bytes; a script does one thing in at most 5 KB", f.Name, len(f.Body))
		}
	}
}

// A guest's first chapter costs at most 15 KB on the wire besides its text,
// stylesheet and scripts included (DESIGN.md §7).
func TestChapterPageIsLightOnTheWire(t *testing.T) {
	var chapter page.ChapterPage
	for _, s := range storybook(t) {
		if s.name == "chapter" {
			chapter = s.page.(page.ChapterPage)
		}
	}
	chapter.Chapter.Text = ""
	var html bytes.Buffer
	if err := chapter.Render(context.Background(), &html); err != nil {
		t.Fatal(err)
	}
	total := packed(t, html.Bytes())
	for _, f := range page.Files() {
		if strings.Contains(html.String(), f.Name) {
			total += packed(t, f.Body)
		}
	}
	t.Logf("a chapter page is %d bytes besides its text", total)
	if total > 15<<10 {
		t.Errorf("a chapter page is %d bytes besides its text", total)
	}
}

func packed(t *testing.T, body []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, 9)
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

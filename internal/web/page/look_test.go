package page_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ficus/internal/web/page"
)

// story is a page with sample data: the storybook needs no database.
type story struct {
	name string
	page page.Page
}

// TestEveryPageRendersWhole renders the storybook. With FICUS_LOOK=dir it also
// keeps the source of each page, for the Nu checker.
func TestEveryPageRendersWhole(t *testing.T) {
	dir := os.Getenv("FICUS_LOOK")
	for _, s := range storybook(t) {
		var b bytes.Buffer
		if err := s.page.Render(context.Background(), &b); err != nil {
			t.Errorf("%s: %v", s.name, err)
			continue
		}
		html := b.String()
		if !strings.HasPrefix(html, "<!doctype html>") || !strings.HasSuffix(html, "</html>") {
			t.Errorf("%s is not a whole document", s.name)
		}
		for _, banned := range []string{"style=", "<style", "onclick", "javascript:"} {
			if strings.Contains(html, banned) {
				t.Errorf("%s has %q, which the Content-Security-Policy forbids", s.name, banned)
			}
		}
		if n := strings.Count(html, `class="button filled`); n > 1 {
			t.Errorf("%s has %d filled buttons; a page has one", s.name, n)
		}
		if strings.Count(html, "<h1") != 1 {
			t.Errorf("%s has %d h1", s.name, strings.Count(html, "<h1"))
		}
		if dir != "" {
			keepSource(t, filepath.Join(dir, "pages"), s.name, b.Bytes())
		}
	}
}

func keepSource(t *testing.T, dir, name string, html []byte) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "storybook-"+name+".html"), html, 0o644); err != nil {
		t.Fatal(err)
	}
}

package page_test

import (
	"regexp"
	"strings"
	"testing"

	"ficus/internal/prose"
	"ficus/internal/web/page"
)

// What a writer calls a class is never what the site calls one
// (docs/decisions/0210).
func TestNoStyleOrScriptOfTheSiteNamesAWritersClass(t *testing.T) {
	for _, f := range page.Files() {
		if strings.Contains(string(f.Body), prose.WritersClass) {
			t.Errorf("%s names a class that begins with %q", f.Name, prose.WritersClass)
		}
	}
}

// Every class the site's stylesheet knows is tried in a text.
func TestNoClassOfTheSitesComesThroughAText(t *testing.T) {
	reserved := strings.Fields("place verse end-mark letter messages scene centre right thought aside small-caps footnote player")
	named := regexp.MustCompile(`\.([a-z][a-z-]+)`)
	for _, f := range page.Files() {
		if !strings.HasSuffix(f.Name, ".css") {
			continue
		}
		names := map[string]bool{}
		for _, m := range named.FindAllStringSubmatch(string(f.Body), -1) {
			names[m[1]] = true
		}
		if len(names) < 50 {
			t.Fatalf("found %d classes in the stylesheet", len(names))
		}
		for _, name := range reserved {
			delete(names, name)
		}
		for name := range names {
			d, _ := prose.ReadTyped(`<p class="` + name + `">a</p><div class="` + name + `"><p>b</p></div><span class="` + name + `">c</span>`)
			shown, _ := page.PlayedText(guest(t, "", "/").Words, d.HTML())
			if strings.Contains(shown, `"`+name+`"`) || strings.Contains(shown, " "+name+`"`) {
				t.Errorf("a text shows the class %s: %s", name, shown)
			}
		}
	}
}

package prose_test

import (
	"strings"
	"testing"

	"ficus/internal/prose"
)

// A chapter keeps the classes a work skin may style; the rest of the line
// waits for bookmarks.
func TestAcceptance20_PartChapterTextKeepsItsClasses(t *testing.T) {
	for typed, want := range map[string]string{
		`<p class="telegram">STOP</p>`:                           `<p class="telegram">STOP</p>`,
		`<p>She said <span class="ghost loud">boo</span>.</p>`:   `<p>She said <span class="ghost loud">boo</span>.</p>`,
		`<p class="1st x ok-1" id="top" style="color:red">a</p>`: `<p class="ok-1">a</p>`,
	} {
		document, _ := prose.ReadTyped(typed)
		got := strings.TrimSpace(document.HTML())
		if got != want {
			t.Errorf("%s was stored as %s, want %s", typed, got, want)
		}
		if again := strings.TrimSpace(prose.ReadStored(got).HTML()); again != want {
			t.Errorf("%s came back as %s", want, again)
		}
	}
}

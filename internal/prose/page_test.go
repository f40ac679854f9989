package prose

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPageHTMLNamesTheWritersClassesApart(t *testing.T) {
	for stored, want := range map[string]string{
		`<p>plain class="hidden" words</p>`:                                `<p>plain class="hidden" words</p>`,
		`<p class="hidden">a</p>`:                                          `<p class="writer-hidden">a</p>`,
		`<p class="verse button ghost">a</p>`:                              `<p class="verse writer-button writer-ghost">a</p>`,
		`<hr class="scene" title="class=&quot;x&quot;">`:                   `<hr class="scene" title="class=&quot;x&quot;">`,
		`<a class="sheet" href="https://e.example/">a</a>`:                 `<a rel="nofollow ugc" class="writer-sheet" href="https://e.example/">a</a>`,
		`<p>a <a href="/works/1">b</a></p>`:                                `<p>a <a href="/works/1">b</a></p>`,
		`<p><a class="player" href="https://vimeo.com/1">b</a> c</p>`:      `<p><a rel="nofollow ugc" href="https://vimeo.com/1">b</a> c</p>`,
		`<p><a class="player hidden" href="https://vimeo.com/1">b</a></p>`: `<p><a rel="nofollow ugc" class="writer-hidden" href="https://vimeo.com/1">b</a></p>`,
		`<p>1 &lt; 2</p>`: `<p>1 &lt; 2</p>`,
		"<p>a</p>\n<p class=\"x1\">b</p>\n<p class=\"centre\">c</p>":         "<p>a</p>\n<p class=\"writer-x1\">b</p>\n<p class=\"centre\">c</p>",
		`<blockquote cite="https://e.example/" class="card">` + "\n<p>a</p>": `<blockquote cite="https://e.example/" class="writer-card">` + "\n<p>a</p>",
	} {
		if got := PageHTML(stored); got != want {
			t.Errorf("%s is shown as %s, want %s", stored, got, want)
		}
	}
}

func TestPageTextGivesWhatPlaysToTheCard(t *testing.T) {
	const stored = `<p>a <a class="player" href="https://www.youtube.com/watch?v=abc"><em class="loud">The</em> lamp</a> b <a class="player" href="https://vimeo.com/1">v</a></p>`
	got := PageText(stored, func(p Played, words string) string {
		if p.Provider == "Vimeo" {
			return ""
		}
		return "[" + p.Frame + " " + words + "]"
	})
	want := `<p>a [https://www.youtube-nocookie.com/embed/abc <em class="writer-loud">The</em> lamp] b <a rel="nofollow ugc" href="https://vimeo.com/1">v</a></p>`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// What is copied from a page and brought in again has the classes its writer
// gave, and saving changes nothing.
func TestReadingAPageTakesItsClassesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, _ := soup(t)
		d, _ := ReadTyped(text)
		stored := d.HTML()
		for _, read := range []func(string) (Document, []Dropped){ReadHTML, ReadTyped} {
			if again, _ := read(PageHTML(stored)); again.HTML() != d.Unplayed().HTML() {
				t.Errorf("a page comes back as another text\nstored %q\nshown  %q\nread   %q", stored, PageHTML(stored), again.HTML())
			}
		}
		if strings.Contains(stored, WritersClass) {
			t.Errorf("%q is kept with a name for pages", stored)
		}
	})
	checkHTML(t, []reading{
		{"prefixed", `<p class="writer-hidden writer-writer-loud writer-x writer-">a</p>`, `<p class="hidden loud">a</p>`},
		{"reserved by another way", `<p class="writer-verse">a</p>`, `<p class="verse">a</p>`},
	})
}

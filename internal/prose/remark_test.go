package prose

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRemarkSaysWhatACommentMayHold(t *testing.T) {
	for typed, want := range map[string]string{
		`<h3>Head</h3>`:                            `<p><strong>Head</strong></p>`,
		`<p class="centre mine">x</p>`:             `<p>x</p>`,
		`<span class="small-caps">SOS</span>`:      `<p>SOS</p>`,
		`<hr class="scene" title="* * *">`:         `<hr>`,
		`<img src="https://e.org/a.png">`:          `<p><a href="https://e.org/a.png">https://e.org/a.png</a></p>`,
		`<div class="messages"><p>a</p></div>`:     `<p>a</p>`,
		`<a href="https://e.org/">e.org</a>`:       `<p><a href="https://e.org/">e.org</a></p>`,
		`<ul><li class="x">one</li></ul>`:          "<ul>\n<li>one</li>\n</ul>",
		`<span lang="fr" class="x">bonjour</span>`: `<p><span lang="fr">bonjour</span></p>`,
	} {
		d, _ := ReadTyped(typed)
		if got := d.Remark(true).HTML(); got != want {
			t.Errorf("%s becomes %s, want %s", typed, got, want)
		}
	}
	d, _ := ReadTyped(`<a href="https://e.org/">e.org</a> <a href="https://e.org/b">b <em>c</em></a> <img src="https://e.org/a.png" alt="d">`)
	if got, want := d.Remark(false).HTML(), `<p>e.org b <em>c</em> (https://e.org/b) d (https://e.org/a.png)</p>`; got != want {
		t.Errorf("without links it is %s, want %s", got, want)
	}
}

// Whatever is typed, a remark carries no class, no picture and no heading, is
// settled, and is itself again when saved once more.
func TestRemarkIsPlainAndSettled(t *testing.T) {
	pieces := []string{"kettle ", "<p class=\"verse\">", "</p>", "<h2>", "</h2>", "<img src=\"https://e.org/a.png\" alt=\"a\">", "<a href=\"https://e.org\">", "</a>", "<em class=\"thought\">", "</em>",
		"<span class=\"x\" lang=\"fr\">", "</span>", "<div class=\"letter\">", "</div>", "<hr class=\"scene\" title=\"*\">", "\n\n", "<ul><li>", "</li></ul>", "<table><tr><td class=\"x\">", "</td></tr></table>", "<details class=\"x\"><summary>", "</summary>", "</details>", "<script>", "</script>"}
	rapid.Check(t, func(t *rapid.T) {
		d, _ := ReadTyped(strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "pieces"), ""))
		links := rapid.Bool().Draw(t, "links")
		html := d.Remark(links).HTML()
		for _, no := range []string{"class=", "<img", "<h2", "<script"} {
			if strings.Contains(html, no) {
				t.Fatalf("%s has %s", html, no)
			}
		}
		if !links && strings.Contains(html, "<a ") {
			t.Fatalf("%s has a link", html)
		}
		if again := ReadStored(html).Remark(links).HTML(); again != html {
			t.Fatalf("%s becomes %s", html, again)
		}
	})
}

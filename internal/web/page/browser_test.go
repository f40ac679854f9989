package page_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"ficus/internal/testkit/browser"
	"ficus/internal/web/page"
)

// The Content-Security-Policy of the door, but that a page may stand in the
// frames of the contact sheet.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"

// serveStorybook serves each page at /NAME, in a theme with ?theme=, what the
// pages load, and at /sheet/NAME the page at the four widths of LOOK.md.
func serveStorybook(t *testing.T, stories []story) string {
	t.Helper()
	mux := http.NewServeMux()
	for _, f := range page.Files() {
		mux.HandleFunc("GET "+page.AssetPath+f.Name, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", f.Type)
			_, _ = w.Write(f.Body)
		})
	}
	for _, s := range stories {
		mux.HandleFunc("GET /"+s.name, func(w http.ResponseWriter, r *http.Request) {
			var b bytes.Buffer
			if err := s.page.Render(r.Context(), &b); err != nil {
				t.Errorf("%s: %v", s.name, err)
			}
			html := b.String()
			if theme := r.FormValue("theme"); theme != "" && !strings.Contains(html, " data-theme=") {
				html = strings.Replace(html, "<html ", `<html data-theme="`+theme+`" `, 1)
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", policy)
			_, _ = w.Write([]byte(html))
		})
	}
	mux.HandleFunc("GET /sheet/{name}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = fmt.Fprint(w, sheet(r.PathValue("name"), r.FormValue("theme")))
	})
	for address, drawing := range storyPictures {
		mux.HandleFunc("GET "+address, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/svg+xml")
			_, _ = w.Write([]byte(drawing))
		})
	}
	mux.HandleFunc("GET /words", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("POST /words", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"said":"1,204 words"}`)) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

var widths = []int{320, 360, 768, 1280}

// sheet is one page side by side at every width, each frame as high as what it
// holds.
func sheet(name, theme string) string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><title>Widths</title><style>body{margin:0;display:flex;gap:10px;background:#888;align-items:start;inline-size:max-content}iframe{border:0;block-size:800px}</style>`)
	// The listener stands before the frames: one that loads at once is heard too.
	b.WriteString(`<script>
document.addEventListener("load", (e) => {
	const f = e.target;
	if (f.tagName !== "IFRAME") return;
	const page = f.contentDocument.documentElement, folded = page.querySelectorAll("details:not([open])");
	folded.forEach((d) => { d.open = true; });
	f.dataset.over = page.scrollWidth - page.clientWidth;
	folded.forEach((d) => { d.open = false; });
	f.style.blockSize = Math.min(page.scrollHeight, 4000) + "px";
}, true);
</script>`)
	for _, w := range widths {
		fmt.Fprintf(&b, `<iframe title="%d" width="%d" src="/%s?theme=%s"></iframe>`, w, w, name, theme)
	}
	b.WriteString(`</html>`)
	return b.String()
}

func TestEveryPageReadsWellInABrowser(t *testing.T) {
	stories := storybook(t)
	p := browser.Start(t, serveStorybook(t, stories), browser.Settings{Phone: true})
	for _, s := range stories {
		if status := p.Open("/" + s.name); status != http.StatusOK {
			t.Fatalf("%s was answered with %d", s.name, status)
		}
		browser.Ask[bool](p, `(document.querySelectorAll("details").forEach(d => { d.open = true; }), scrollTo(0, 0), true)`)
		p.Axe()
	}
}

func TestNoPageScrollsSideways(t *testing.T) {
	stories := storybook(t)
	p := browser.Start(t, serveStorybook(t, stories), browser.Settings{})
	for _, s := range stories {
		p.Open("/sheet/" + s.name)
		for i, width := range widths {
			measured := fmt.Sprintf(`new Promise((done) => {
				const frame = document.querySelectorAll("iframe")[%d];
				const look = () => frame.dataset.over === undefined ? setTimeout(look, 20) : done(frame.dataset.over);
				look();
			})`, i)
			if over := browser.Ask[string](p, measured); over != "0" {
				t.Errorf("%s is %s wider than a window of %d", s.name, over, width)
			}
		}
		p.Look("storybook-" + s.name)
	}
	lookInThemes(p)
}

// lookInThemes keeps the pages of LOOK.md's last line in every theme.
func lookInThemes(p *browser.Page) {
	if os.Getenv("FICUS_LOOK") == "" {
		return
	}
	for _, theme := range []string{"sepia", "dark", "black", "contrast"} {
		for _, name := range []string{"home", "list", "list-empty", "chapter", "chapter-hebrew", "chapter-japanese", "chapter-edit", "review", "pile", "work-errors", "settings"} {
			p.Open("/sheet/" + name + "?theme=" + theme)
			p.Look("storybook-" + name + "-" + theme)
		}
	}
}

func TestAFootnoteOpensOverThePageAndGivesTheFocusBack(t *testing.T) {
	p := browser.Start(t, serveStorybook(t, storybook(t)), browser.Settings{Phone: true})
	p.Open("/chapter")
	p.Click(`a[role="doc-noteref"]`)
	p.Look("footnote-open")
	if words := p.Text(".note-over"); words != "By a quarter-tone, the organist said, and he should know." {
		t.Errorf("the note says %q", words)
	}
	p.Keys(kb.Escape)
	if !browser.Ask[bool](p, `document.activeElement.matches('a[role="doc-noteref"]') && !document.querySelector(".note-over:popover-open")`) {
		t.Error("Escape did not close the note and go back to its place")
	}
	if p.Path() != "/chapter" {
		t.Errorf("the address became %s", p.Path())
	}
}

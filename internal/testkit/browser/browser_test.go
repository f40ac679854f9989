package browser_test

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ficus/internal/testkit/browser"
)

const form = `<!doctype html><html lang="en"><head><title>A form</title></head><body><main><h1>A form</h1>
<p id="js">without script</p><script>document.getElementById("js").textContent = "with script"</script>
<form method="post" action="/answer" enctype="multipart/form-data">
<p><label>Title (required) <input name="title" required value="old"></label></p>
<p><label for="b">Body</label> <textarea id="b" name="body"></textarea></p>
<p><label>Rating <select name="rating"><option value="g">General</option><option value="t">Teen</option></select></label></p>
<p><label><input type="checkbox" name="agree"> I agree</label></p>
<p><label>Manuscript <input type="file" name="file"></label></p>
<p><button>Post it</button></p></form>
<p><a href="/other">The other page</a></p></main></body></html>`

func site(t *testing.T) string {
	mux := http.NewServeMux()
	page := func(path, body string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, body) })
	}
	page("/form", form)
	page("/other", `<!doctype html><html lang="en"><head><title>Other</title></head><body><main><h1>Another page</h1></main></body></html>`)
	page("/bad", `<!doctype html><html><body><img src="/favicon.ico"><script>nothing.at.all</script><img src="http://elsewhere.invalid/x.png"></body></html>`)
	page("/favicon.ico", "")
	mux.HandleFunc("GET /broken", func(w http.ResponseWriter, r *http.Request) { http.Error(w, "no", 500) })
	mux.HandleFunc("POST /answer", func(w http.ResponseWriter, r *http.Request) {
		file, header, err := r.FormFile("file")
		if err != nil {
			http.Error(w, err.Error(), 400)
			return
		}
		text, _ := io.ReadAll(file)
		fmt.Fprintf(w, `<!doctype html><html lang="en"><title>Answer</title><main><h1>Answer</h1><pre id="got">%s</pre></main></html>`,
			html.EscapeString(fmt.Sprintf("%s|%s|%s|%s|%s: %s", r.FormValue("title"), r.FormValue("body"), r.FormValue("rating"),
				r.FormValue("agree"), header.Filename, text)))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestFormsAreFilledByTheirLabels(t *testing.T) {
	story := filepath.Join(t.TempDir(), "story.txt")
	if err := os.WriteFile(story, []byte("Once."), 0o600); err != nil {
		t.Fatal(err)
	}
	base := site(t)
	for _, s := range []browser.Settings{{}, {NoScript: true}, {Phone: true, Dark: true}} {
		p := browser.Start(t, base, s)
		if status := p.Open("/form"); status != 200 {
			t.Errorf("the page was served with %d", status)
		}
		want := "with script"
		if s.NoScript {
			want = "without script"
		}
		p.Sees(want)
		p.Fill("Title", "“New” \\ title")
		p.Type("Body", "typed")
		p.Choose("Rating", "Teen")
		p.Check("I agree")
		p.Upload("Manuscript", story)
		p.Submit("Post it")
		if got, want := p.Text("#got"), "“New” \\ title|typed|t|on|story.txt: Once."; got != want {
			t.Errorf("%+v: the form sent %q, want %q", s, got, want)
		}
		p.Back()
		p.Follow("The other page")
		p.Sees("Another   page")
		p.SeesNot("A form")
		if p.Title() != "Other" || p.Path() != "/other" || p.Count("h1") != 1 {
			t.Errorf("at %s, titled %s, with %d headings", p.Path(), p.Title(), p.Count("h1"))
		}
	}
}

func TestAxeReadsThePageWithAndWithoutScript(t *testing.T) {
	for _, s := range []browser.Settings{{}, {NoScript: true}} {
		p := browser.Start(t, site(t), s)
		p.Open("/other")
		p.Axe()
	}
}

func TestAxeFindings(t *testing.T) {
	heard := &overheard{TB: t}
	p := browser.Start(heard, site(t), browser.Settings{})
	p.Open("/bad")
	p.Axe()
	p.Forgive()
	if got := strings.Join(heard.errors, "\n"); !strings.Contains(got, "image-alt") || !strings.Contains(got, "html-has-lang") {
		t.Errorf("axe missed the faults of the page, and says:\n%s", got)
	}
}

func TestTreeReadsAsAScreenReaderDoes(t *testing.T) {
	p := browser.Start(t, site(t), browser.Settings{})
	p.Open("/form")
	tree := p.Tree()
	for _, want := range []string{`heading "A form" level=1`, `textbox "Title (required)" = "old" required`, `checkbox "I agree" checked=false`, `link "The other page"`} {
		if !strings.Contains(tree, want) {
			t.Errorf("the tree lacks %s:\n%s", want, tree)
		}
	}
}

func TestWhatGoesWrongOnAPageIsSeen(t *testing.T) {
	p := browser.Start(t, site(t), browser.Settings{})
	p.Open("/bad")
	p.Open("/broken")
	wrong := strings.Join(p.Forgive(), "\n")
	for _, want := range []string{"another host for http://elsewhere.invalid", "nothing is not defined", "answered with 500"} {
		if !strings.Contains(wrong, want) {
			t.Errorf("%q was not seen among:\n%s", want, wrong)
		}
	}
	if got := p.Requests(); got[0] != "/bad" {
		t.Errorf("the requests are %q", got)
	}
}

// overheard is a test whose complaints are the point.
type overheard struct {
	testing.TB
	errors []string
}

func (o *overheard) Errorf(format string, args ...any) {
	o.errors = append(o.errors, fmt.Sprintf(format, args...))
}

func (o *overheard) Error(args ...any) { o.errors = append(o.errors, fmt.Sprint(args...)) }

func TestLookKeepsTheScreenshotAndTheSource(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "look")
	t.Setenv("FICUS_LOOK", dir)
	p := browser.Start(t, site(t), browser.Settings{})
	p.Open("/form")
	p.Sees("with script")
	p.Look("form")
	source, err := os.ReadFile(filepath.Join(dir, "pages", "form.html"))
	if err != nil || string(source) != form {
		t.Errorf("the source kept is %q (%v)", source, err)
	}
	if shot, err := os.ReadFile(filepath.Join(dir, "form.png")); err != nil || !strings.HasPrefix(string(shot), "\x89PNG") {
		t.Errorf("no screenshot was kept (%v)", err)
	}
}

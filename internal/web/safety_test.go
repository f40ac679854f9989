package web_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// poison is what nobody may bring in, around a word that must stay.
func poison(word string) string {
	return word + `<script>alert("evil")</script><SCRIPT SRC=//evil.example/x.js></SCRIPT><img src=x onerror=alert(1)><style>p{color:red}</style>` +
		`<!-- evil comment --><b onclick="alert(2)" style="color:red">bold` + word + `</b><a href="javascript:alert(3)">link` + word + `</a>` +
		`<a href=" java&#10;script:alert(4)">other` + word + `</a><svg onload=alert(5)><script>alert(6)</script></svg><math><mtext><img src=x onerror=alert(7)></mtext></math>` +
		`<iframe src="https://evil.example/"></iframe><object data="evil.swf"></object><embed src="evil.swf"><form action="https://evil.example"><input name="evil"></form>` +
		`<meta http-equiv="refresh" content="0;url=https://evil.example"><base href="https://evil.example/"><link rel="stylesheet" href="https://evil.example/x.css">` +
		`<noscript><p title="</noscript><img src=x onerror=alert(8)>"></noscript><![CDATA[<script>alert(9)</script>]]><?xml evil?><p style="background:url(https://evil.example/)">last` + word + `</p>` +
		`</div></article></main></body></html><textarea></textarea><title>evil</title><x onmouseover=alert(10)>` + "\n\n" + `end` + word
}

// line is poison for what is one line and no markup.
func line(word string) string {
	return word + `"'><script>alert(1)</script><img src=x onerror=alert(1)> onmouseover="alert(1)" </title></textarea>{{.}} <!-- evil`
}

func TestAcceptance17NothingThatRunsSurvivesInAnyField(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, guest := w.member("ada"), w.guest()
		must(t, w.accounts.AddPseud(t.Context(), ada.viewer, `Pen" onclick='alert`))
		var square bytes.Buffer
		must(t, png.Encode(&square, image.NewGray(image.Rect(0, 0, 2, 2))))
		typed := url.Values{
			"title": {line("Wtitle")}, "pseuds": {"ada", `Pen" onclick='alert`}, "fandoms": {`Wfandom" onmouseover 'alert(1)`}, "rating": {"General"}, "warnings": {"none apply"},
			"relationships": {`Wone/Wtwo" autofocus onfocus &quot;`}, "characters": {`Wcharacter'"&lt;script&gt;`}, "freeforms": {`Wfreeform javascript:alert(1)`},
			"language": {"en"}, "summary": {poison("Wsummary")}, "work_notes_before": {poison("Wbefore")}, "work_notes_after": {poison("Wafter")}, "gifts": {line("Wgift")},
			"elsewhere": {`https://good.example/"onmouseover="alert(1)`}, "planned": {"?"}, "comments": {"everyone"}, "chapter_title": {line("Wchapter")},
			"chapter_summary": {poison("Wdigest")}, "disclaimer": {poison("Wdisclaimer")}, "notes_before": {poison("Wopening")}, "notes_after": {poison("Wclosing")},
			"dedication": {line("Wdedication")}, "text": {poison("Wtext")}, "format": {"html"}, "form": {"work/new"}, "form_id": {"one"},
		}
		for _, format := range []string{"html", "markdown", "text"} {
			typed.Set("format", format)
			typed.Set("do", "preview")
			harmless(t, ada.postFiles("/works/new", typed, upload{"pictures", `x" onerror="alert(1).png`, square.String()}).expect(http.StatusOK).has("Wtitle", "Wtext"))
			typed.Set("do", "post")
			typed.Set("form_id", format)
			posted := ada.postFiles("/works/new", typed, upload{"pictures", `x" onerror="alert(1).png`, square.String()}).expect(http.StatusSeeOther)
			w.survives(t, guest, ada, posted.to())
		}
		typed.Set("title", "")
		typed.Set("form_id", "wrong")
		harmless(t, ada.post("/works/new", typed).expect(http.StatusUnprocessableEntity).has("Wtext"))
		ada.post("/autosave", typed)
		harmless(t, ada.opens("/works/new?recover=1").has("Wtext"))
		must(t, w.accounts.SignOutEverywhere(t.Context(), ada.viewer, 0))
		harmless(t, ada.post("/works/new", typed).expect(http.StatusUnauthorized).has("Wtext"))
	})
}

// survives holds every page and file of a posted work to what may stand there.
func (w *world) survives(t *testing.T, guest, writer *client, work string) {
	t.Helper()
	texts := []string{"Wsummary", "Wbefore", "Wafter", "Wdisclaimer", "Wopening", "Wclosing", "Wtext", "Wtitle", "Wgift", "Wdedication", "Wchapter", "Wfandom"}
	for _, word := range texts[:7] {
		texts = append(texts, "bold"+word, "link"+word, "last"+word, "end"+word)
	}
	for _, path := range []string{work, work + "/entire"} {
		words := harmless(t, guest.opens(path))
		for _, word := range texts {
			if !strings.Contains(words, word) {
				t.Errorf("%s has lost the word %s", path, word)
			}
		}
	}
	entire := guest.opens(work + "/entire").body
	tag := regexp.MustCompile(`/tags/\d+/wfandom[^"]*`).FindString(entire)
	for _, path := range []string{"/", "/works", "/fandoms", "/users/ada", "/search?q=Wtitle", tag, work + "/index"} {
		harmless(t, guest.opens(path))
	}
	for _, path := range []string{"/my-works", work + "/edit", work + "/chapters", work + "/delete"} {
		harmless(t, writer.opens(path).has("Wtitle"))
	}
	chapter := regexp.MustCompile(`/works/\d+/chapters/\d+`).FindString(writer.opens(work + "/chapters").body)
	for _, path := range []string{"/edit", "/delete", "/revisions", "/revisions/1"} {
		harmless(t, writer.opens(chapter+path))
	}
	harmless(t, writer.opens(chapter+"/edit").has("Wtext"))
	book := harmless(t, guest.opens(work+".html"))
	epub := w.epubHarmless(t, guest.opens(work+".epub").body)
	marked := guest.opens(work + ".md").body
	if bad := regexp.MustCompile(`(?i)(^|[^\\])<(script|img|iframe|svg|style|object|embed|form|meta|base|link|!--)`).FindString(marked); bad != "" {
		t.Errorf("the Markdown of %s has %q:\n%s", work, bad, marked)
	}
	if bad := regexp.MustCompile(`(?i)\]\(\s*<?\s*javascript`).FindString(marked); bad != "" {
		t.Errorf("the Markdown of %s has %q", work, bad)
	}
	plain := guest.opens(work + ".txt").body
	for _, word := range texts {
		for name, text := range map[string]string{"HTML": book, "EPUB": epub, "Markdown": marked, "text": plain} {
			if !strings.Contains(text, word) {
				t.Errorf("the %s of %s has lost the word %s", name, work, word)
			}
		}
	}
}

// epubHarmless holds every page of a book, and gives its words.
func (w *world) epubHarmless(t *testing.T, data string) string {
	t.Helper()
	parcel, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	must(t, err)
	var words strings.Builder
	for _, file := range parcel.File {
		if !strings.HasSuffix(file.Name, ".xhtml") {
			continue
		}
		content, err := file.Open()
		must(t, err)
		page, err := io.ReadAll(content)
		must(t, err)
		words.WriteString(harmless(t, answer{t: t, asked: file.Name, body: string(page)}))
	}
	return words.String()
}

// harmless holds a document to what may stand in ours, and gives its words:
// scripts, styles and drawings of our own, no handlers, no comments, no
// addresses that run.
func harmless(t *testing.T, a answer) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(a.body))
	must(t, err)
	var words strings.Builder
	for n := range root.Descendants() {
		switch n.Type {
		case html.TextNode:
			words.WriteString(n.Data)
		case html.CommentNode:
			if !strings.HasPrefix(n.Data, "?xml ") { // the first line of XHTML, to a reader of HTML
				t.Errorf("%s has a comment: %q", a.asked, n.Data)
			}
		case html.ElementNode:
			harmlessElement(t, a, n)
		}
	}
	return words.String()
}

func harmlessElement(t *testing.T, a answer, n *html.Node) {
	t.Helper()
	value := func(key string) string {
		i := slices.IndexFunc(n.Attr, func(at html.Attribute) bool { return at.Key == key })
		if i < 0 {
			return ""
		}
		return n.Attr[i].Val
	}
	switch n.Data {
	case "iframe", "object", "embed", "base", "math", "noscript", "x":
		t.Errorf("%s has <%s>", a.asked, n.Data)
	case "script":
		if !strings.HasPrefix(value("src"), "/assets/") || n.FirstChild != nil {
			t.Errorf("%s has a script that is not ours: %v", a.asked, n.Attr)
		}
	case "style":
		if n.Parent.Data != "head" || strings.Contains(n.FirstChild.Data, "red") {
			t.Errorf("%s has a style that is not ours", a.asked)
		}
	case "form":
		if action := value("action"); !strings.HasPrefix(action, "/") || strings.HasPrefix(action, "//") {
			t.Errorf("%s has a form to %q", a.asked, action)
		}
	case "meta":
		if value("http-equiv") == "refresh" {
			t.Errorf("%s leads away", a.asked)
		}
	}
	for _, at := range n.Attr {
		address := strings.Map(func(r rune) rune {
			if r <= ' ' {
				return -1
			}
			return r
		}, strings.ToLower(at.Val))
		runs := strings.HasPrefix(address, "javascript:") || strings.HasPrefix(address, "vbscript:")
		fetched := (at.Key == "src" || n.Data == "link" && value("rel") == "stylesheet" && at.Key == "href") && strings.Contains(address, "evil.example")
		if strings.HasPrefix(at.Key, "on") || at.Key == "style" || at.Key == "srcdoc" || fetched ||
			runs && slices.Contains([]string{"href", "src", "action", "formaction", "xlink:href", "data", "poster"}, at.Key) {
			t.Errorf("%s has <%s %s=%q>", a.asked, n.Data, at.Key, at.Val)
		}
	}
}

func TestHarmlessSeesHarm(t *testing.T) {
	for _, bad := range []string{
		"<script>alert(1)</script>", `<script src="https://evil.example/x.js"></script>`, "<img src=x onerror=alert(1)>", "<!-- c -->", `<p style="color:red">`, "<body><style>p{color:red}</style>",
		`<a href="java script:alert(1)">`, `<iframe src="/">`, `<form action="//evil.example">`, `<img src="https://evil.example/x.png">`, `<meta http-equiv=refresh content=0>`,
	} {
		heard := &testing.T{}
		if harmless(heard, answer{t: heard, body: bad}); !heard.Failed() {
			t.Errorf("%s is taken for harmless", bad)
		}
	}
}

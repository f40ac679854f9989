package web_test

import (
	"html"
	"net/http"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/testkit/ao3rules"
	"ficus/internal/testkit/browser"
	"ficus/internal/writing"
)

// wordsRows are the rows of the gate's table for what carries a text away.
func wordsRows() map[string]row {
	return map[string]row{
		"GET /works/{work}/chapters/{chapter}/copy":          {check: edits("/works/{work}/chapters/{chapter}/copy")},
		"GET /works/{work}/chapters/{chapter}/copy/{target}": {check: edits("/works/{work}/chapters/{chapter}/copy/ao3")},
	}
}

// everyKind is a chapter with every kind of block, as typed.
const everyKind = `<h2>Part one</h2>
<p class="place">0415 HRS<br>THE LOWER GALLERY</p>
<p>It was <em>raining</em>, <strong>hard</strong>. <span class="small-caps">Wren</span> read <ruby>灯<rt>ひ</rt></ruby>.</p>
<p>&nbsp;</p>
<p class="centre">A sign</p>
<p class="right">Yours</p>
<hr>
<hr class="scene" title="* * *">
<p class="verse">The sea<br>does not ask</p>
<blockquote><p>Quoted</p></blockquote>
<div class="letter"><p>Dear you</p></div>
<div class="messages"><p><strong>Wren:</strong> up?</p></div>
<ul><li>bread</li></ul>
<ol><li>first</li></ol>
<table><tr><th>Day</th><td>one</td></tr></table>
<pre>  a  b</pre>
<dl><dt>keeper</dt><dd>who keeps</dd></dl>
<details><summary>More</summary><p>Folded</p></details>
<div class="mine"><p>Within</p></div>
<p class="end-mark">The End</p>`

func (w *world) copyable(by archive.Viewer, draft bool) (path string) {
	w.t.Helper()
	f := fields("Salt in the Kettle")
	work := w.creates(by, writing.NewWork{Fields: f, Draft: draft, Chapters: []archive.ChapterFields{{
		Title: "Arrivals & rain", Dedication: "Pell", Summary: "<em>Rain.</em>", Disclaimer: "Not mine.", NotesBefore: "Sorry for the wait.", NotesAfter: "More on Friday.", Text: everyKind,
	}}})
	return chapterPath(work, w.chapters(work)[0].ID) + "/copy"
}

// boxOf gives what a box of the page holds.
func boxOf(a answer, name string) string {
	a.t.Helper()
	_, after, found := strings.Cut(a.body, `<textarea id="copy-`+name+`"`)
	_, after, _ = strings.Cut(after, ">\n")
	text, _, closed := strings.Cut(after, "</textarea>")
	if !found || !closed {
		a.t.Fatalf("%s has no box %s", a.asked, name)
	}
	return html.UnescapeString(text)
}

func TestAcceptance98AChapterOfEveryKindIsCopiedForAO3AndWhatIsLostIsNamed(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		for _, draft := range []bool{false, true} {
			a := mara.opens(w.copyable(mara.viewer, draft))
			for name, box := range map[string]ao3rules.Box{"text": ao3rules.Text, "notes_before": ao3rules.Text, "notes_after": ao3rules.Text, "disclaimer": ao3rules.Text, "summary": ao3rules.Summary} {
				if _, taken := ao3rules.Save(boxOf(a, name), box); len(taken) > 0 {
					t.Errorf("AO3 takes out %q of the %s", taken, name)
				}
			}
			saved, _ := ao3rules.Save(boxOf(a, "text"), ao3rules.Text)
			for _, kept := range []string{
				"<h2>Part one</h2>", "0415 HRS", "THE LOWER GALLERY", "<em>raining</em>", "<strong>hard</strong>", "<ruby>", `align="center"`, `align="right"`, "<hr", "<p>\u00a0</p>",
				"The sea<br/>does not ask", "<blockquote>", "Dear you", "<strong>Wren:</strong>", "<ul>", "<ol>", "<table>", "<pre>  a  b</pre>", "<dl>", "<details>", `<div class="mine">`, "The End",
			} {
				if !strings.Contains(saved, kept) {
					t.Errorf("AO3 keeps no %q:\n%s", kept, saved)
				}
			}
			a.has("1 scene heading becomes a bold line", "1 drawn scene break becomes a plain line", "1 letter becomes a quotation", "1 stanza loses its indentation and keeps its lines",
				"1 thread of messages becomes plain paragraphs", "1 stretch of small capitals becomes ordinary letters")
			need(t, "the title's box", boxOf(a, "title"), "Arrivals & rain")
			need(t, "the dedication's box", boxOf(a, "dedication"), "Pell")
			need(t, "the note's box", boxOf(a, "notes_before"), "<p>Sorry for the wait.</p>")
		}
	})
}

func TestACopyIsAFileToo(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	path := w.copyable(mara.viewer, true)
	for target, want := range map[string][]string{
		"ao3":      {"<h1 lang=\"en\">Notes at the beginning</h1>", "<p>Arrivals &amp; rain</p>", `<p class="verse">`},
		"ffn":      {"<p><strong>Part one</strong></p>", "灯(ひ)"},
		"markdown": {"# Chapter text", "**0415 HRS\\\nTHE LOWER GALLERY**"},
	} {
		a := mara.opens(path + "/" + target).has(want...)
		if got := a.header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment; filename=") || !strings.Contains(got, "Salt in the Kettle - Chapter 1 - "+target) {
			t.Errorf("the file for %s comes as %q", target, got)
		}
	}
	for _, missing := range []string{"?for=wattpad", "/wattpad"} {
		mara.get(path + missing).expect(http.StatusNotFound)
	}
	w.member("pell").get(path).expect(http.StatusNotFound)
}

func TestTheCopyButtonFillsTheClipboard(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	path := w.copyable(mara.viewer, false)
	p := w.reads(browser.Settings{Phone: true})
	signIn(p, "mara")
	for target, kinds := range map[string]string{"ao3": "text/plain", "ffn": "text/html,text/plain", "markdown": "text/plain"} {
		p.Open(path + "?for=" + target)
		p.Axe()
		p.Look("copy-" + target)
		browser.Ask[bool](p, `(document.addEventListener("copy", (e) => setTimeout(() => {}, 0)), addEventListener("copy", (e) => {
			window.filled = [...e.clipboardData.types].sort().join(); window.plain = e.clipboardData.getData("text/plain"); }), true)`)
		p.Press("Copy : Chapter text")
		p.Sees("Copied.")
		if got := browser.Ask[string](p, "window.filled"); got != kinds {
			t.Errorf("for %s the clipboard has %s, want %s", target, got, kinds)
		}
		if got := browser.Ask[string](p, "window.plain"); !strings.Contains(got, "The sea") {
			t.Errorf("for %s the clipboard says %q", target, got)
		}
	}
}

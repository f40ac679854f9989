package web_test

import (
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp/kb"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/testkit"
	"ficus/internal/testkit/browser"
	"ficus/internal/web"
	"ficus/internal/writing"
)

// bundledEditor is the editor as make assets bundles it.
var bundledEditor = sync.OnceValues(func() ([]byte, error) {
	return exec.Command("../../node_modules/.bin/esbuild", "asset/editor/editor.js", "--bundle", "--minify", "--format=esm", "--target=es2022").Output()
})

// withEditor is a build in which make assets left the editor.
func withEditor(t *testing.T) *world {
	t.Helper()
	script, err := bundledEditor()
	if err != nil {
		t.Fatalf("the editor is not bundled (make deps brings what that needs): %v", err)
	}
	return openWorld(t, testkit.NewWorld(t, testkit.SQLite(t)), func(_ *web.Site, rooms *web.Rooms) {
		rooms.Bundle = fstest.MapFS{"editor.js": {Data: script}, "editor-licences.txt": {Data: []byte("The licences.")}}
	})
}

const (
	isOpen   = `!!document.querySelector(".editor-box")`
	sentText = `new FormData(document.querySelector("form[data-autosave]")).get("text")`
)

func (w *world) drafted(by archive.Viewer, text string) (path string) {
	w.t.Helper()
	work := w.creates(by, writing.NewWork{Fields: fields("Salt in the Kettle"), Draft: true, Chapters: []archive.ChapterFields{{Text: text}}})
	return chapterPath(work, w.chapters(work)[0].ID)
}

func opened(p *browser.Page) {
	browser.Ask[bool](p, `new Promise((done) => { const look = () => `+isOpen+` ? done(true) : setTimeout(look, 20); look(); })`)
}

func TestWithoutABundleTheTextBoxStands(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	mara.opens(w.drafted(mara.viewer, "One.")+"/edit").has("<textarea").lacks("data-editor", "editor.")
}

// wholeText has what everyKind lacks.
const wholeText = everyKind + `
<p>The lamp<span class="footnote">It was <em>brass</em>.</span> and <a href="https://example.org/a">a link</a><a href="https://example.org/a">another</a>.</p>
<p dir="rtl" lang="he">שלום</p>
<p>H<sub>2</sub>O, x<sup>2</sup>, <u>under</u>, <s>gone</s>, <em class="thought">why</em>, <span class="aside">(note)</span>, <code>tea</code>, <q>said</q>, <span lang="fr">oui</span>.</p>
<figure><img alt="A harbour" src="https://example.org/h.png"><figcaption>The <em>harbour</em></figcaption></figure>
<ol start="3"><li>three<ul><li>deep</li></ul></li></ol>
<p><ruby>灯<rt>ひ</rt></ruby><ruby>火<rt>か</rt></ruby></p>
<p>One line<br>and another.</p>`

func TestTheEditorHoldsEveryBlockAndMarkUntouched(t *testing.T) {
	w := withEditor(t)
	mara := w.member("mara")
	path := w.drafted(mara.viewer, wholeText)
	p := w.reads(browser.Settings{})
	signIn(p, "mara")
	p.Open(path + "/edit")
	opened(p)
	p.Axe()
	p.Look("editor-every-kind")
	p.Forgive() // the picture elsewhere, which is brought here when the text is saved
	// Nothing is changed by opening: the text is the box's. A letter typed and
	// taken back makes the editor write it.
	browser.Ask[bool](p, `(document.querySelector(".editor-box").focus(), true)`)
	p.Keys("x" + kb.Backspace)
	read, _ := prose.ReadTyped(browser.Ask[string](p, sentText))
	want, _ := prose.ReadTyped(wholeText)
	if got, want := read.HTML(), want.HTML(); got != want {
		t.Errorf("the editor writes\n%s\nwant\n%s", got, want)
	}
	need(t, "the editor says that it wrote the text", browser.Ask[string](p, strings.Replace(sentText, `"text"`, `"editor"`, 1)), "1")
}

func TestWhatIsWrittenInTheEditorIsWhatReadersGet(t *testing.T) {
	w := withEditor(t)
	mara := w.member("mara")
	path := w.drafted(mara.viewer, "The lamp was lit at six.")
	p := w.reads(browser.Settings{})
	signIn(p, "mara")
	p.Open(path + "/edit")
	opened(p)
	browser.Ask[bool](p, `new Promise((done) => { const box = document.querySelector(".editor-box"); box.focus();
		getSelection().selectAllChildren(box.querySelector("p")); getSelection().collapseToEnd(); setTimeout(() => done(true), 200); })`)
	p.Enter()
	p.Keys("She said ")
	p.Press("Italic")
	p.Keys("never")
	p.Press("Italic")
	p.Keys(" again.")
	p.Enter()
	p.Keys("* * *")
	p.Enter()
	browser.Ask[bool](p, `{ const list = document.querySelector(".editor-bar select"); list.value = "verse"; list.dispatchEvent(new Event("change")); }; true`)
	p.Keys("A line for the living,")
	p.Enter()
	p.Keys("a light for the dead.")
	p.Enter()
	p.Enter()
	p.Keys("It was <b>brass</b>.")
	p.Press("Footnote")
	p.Fill("Words of the footnote", "Old brass.")
	p.Press("Put it in")
	p.Submit("Save as draft")
	want := "<p>The lamp was lit at six.</p>\n<p>She said <em>never</em> again.</p>\n<hr class=\"scene\" title=\"* * *\">\n" +
		"<p class=\"verse\">A line for the living,<br>a light for the dead.</p>\n<p>It was &lt;b&gt;brass&lt;/b&gt;.<span class=\"footnote\">Old brass.</span></p>"
	p.Open(path + "/edit")
	opened(p)
	read, _ := prose.ReadTyped(browser.Ask[string](p, sentText))
	if got := read.HTML(); got != want {
		t.Errorf("it is kept as\n%s\nwant\n%s", got, want)
	}
	// The box, for whoever has no script, holds it as one types it.
	mara.opens(path + "/edit").has("The lamp was lit at six.\n\nShe said &lt;em&gt;never&lt;/em&gt; again.")
}

// clipboards are what word processors put on the clipboard, by whose it is.
var clipboards = map[string]string{
	"Google Docs": `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38;margin-top:0pt;"><span style="font-size:11pt;font-family:Arial;font-style:normal;white-space:pre-wrap;">She said, </span><span style="font-style:italic;white-space:pre-wrap;">never</span><span style="white-space:pre-wrap;"> again.</span></p><br><p dir="ltr" style="text-align:center;"><span style="white-space:pre-wrap;">* * *</span></p><br><p dir="ltr"><span style="white-space:pre-wrap;">It rained.</span></p></b>`,
	"Word":        `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body><!--StartFragment--><p class=MsoNormal>She said, <i style='mso-bidi-font-style:normal'>never</i> again.<o:p></o:p></p><p class=MsoNormal align=center style='text-align:center'>* * *<o:p></o:p></p><p class=MsoNormal>It rained.<o:p></o:p></p><!--EndFragment--></body></html>`,
}

func TestWhatWordProcessorsPasteIsReadInTheEditorOnAPhone(t *testing.T) {
	w := withEditor(t)
	mara := w.member("mara")
	path := w.drafted(mara.viewer, "One.")
	p := w.reads(browser.Settings{Phone: true})
	signIn(p, "mara")
	for name, html := range clipboards {
		p.Open(path + "/edit")
		opened(p)
		p.Axe()
		p.Look("editor-phone")
		browser.Ask[bool](p, `new Promise((done) => {
			const box = document.querySelector(".editor-box"), all = new DataTransfer();
			box.focus();
			getSelection().selectAllChildren(box);
			all.setData("text/html", `+strconv.Quote(html)+`);
			box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: all, bubbles: true, cancelable: true }));
			const look = () => box.textContent.includes("rained") ? done(true) : setTimeout(look, 20);
			look();
		})`)
		read, _ := prose.ReadTyped(browser.Ask[string](p, sentText))
		want := "<p>She said, <em>never</em> again.</p>\n<hr class=\"scene\" title=\"* * *\">\n<p>It rained.</p>"
		if got := read.HTML(); got != want {
			t.Errorf("%s was pasted as\n%s\nwant\n%s", name, got, want)
		}
	}
}

func TestOneCanWriteInThePlainBoxInstead(t *testing.T) {
	w := withEditor(t)
	mara := w.member("mara")
	path := w.drafted(mara.viewer, "One *line*.\n\nTwo.")
	p := w.reads(browser.Settings{})
	signIn(p, "mara")
	p.Open(path + "/edit")
	opened(p)
	p.Press("Write in a plain text box instead")
	p.Sees("Write in the editor")
	need(t, "the box", p.Value("Text"), "One *line*.\n\nTwo.")
	p.Open(path + "/edit")
	p.Sees("Write in the editor")
	if browser.Ask[bool](p, isOpen) {
		t.Error("the editor opened although the plain box was chosen")
	}
	p.Press("Write in the editor")
	opened(p)
}

func TestTheEditorsReaderAnswersMembersOnly(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		mara.post("/editor", url.Values{"text": {"a\n\nb <script>x</script>"}, "format": {"text"}}).expect(http.StatusOK).
			has(`"typed":"a\n\nb"`)
		if body := mara.post("/editor", url.Values{"text": {"A/N: sorry for the wait!\n\nThe lamp was lit.\n\n***\n\nIt rained."}, "format": {"paste-text"}}).expect(http.StatusOK).body; !strings.Contains(body, "sorry for the wait") {
			t.Errorf("a pasted note is lost: %s", body)
		}
		if status := w.guest().post("/editor", url.Values{"text": {"a"}}).status; status == http.StatusOK {
			t.Error("a guest was answered")
		}
	})
}

func TestTheBundleOfTheEditorNamesItsLicences(t *testing.T) {
	names, err := filepath.Glob("../../node_modules/prosemirror-*/LICENSE")
	if err != nil || len(names) < 8 {
		t.Fatalf("%d parts of the editor have a licence, %v", len(names), err)
	}
	for _, name := range names {
		if text, err := os.ReadFile(name); err != nil || !strings.Contains(string(text), "Permission is hereby granted") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

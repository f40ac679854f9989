package web_test

import (
	"strings"
	"testing"

	"ficus/internal/testkit/browser"
	"ficus/internal/web/page"
)

// docsHTML is what Google Docs puts on the clipboard: everything in a bold that
// is none, an empty line between paragraphs, letters cut into runs anywhere and
// the space behind an italic word in its run.
func docsHTML(between string) string {
	const look = `font-size:11pt;font-family:Arial,sans-serif;color:#000000;background-color:transparent;font-variant:normal;text-decoration:none;vertical-align:baseline;white-space:pre;white-space:pre-wrap;`
	run := func(text, weight, style string) string {
		return `<span style="` + look + `font-weight:` + weight + `;font-style:` + style + `;">` + text + `</span>`
	}
	plain := func(text string) string { return run(text, "400", "normal") }
	slanted := func(text string) string { return run(text, "400", "italic") }
	para := func(align string, runs ...string) string {
		return `<p dir="ltr" style="line-height:1.38;` + align + `margin-top:0pt;margin-bottom:0pt;">` + strings.Join(runs, "") + `</p>`
	}
	return `<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1f0c2b1e-7fff-aaaa-bbbb-cccccccccccc">` + strings.Join([]string{
		para("", plain("The lan"), plain("tern was "), slanted("late "), plain("again, and "), run("nobody", "700", "italic"), plain(" on the pier said so.")),
		para("", plain("“You could "), slanted("swim"), plain(",” said Oda.")),
		para("text-align: center;", plain("* * *")),
		para("", plain("She swam. It took "), slanted("hours"), plain(", and the"), slanted(" sea "), plain("went on.")),
	}, between) + `</b><br class="Apple-interchange-newline">`
}

const docsPlain = "The lantern was late again, and nobody on the pier said so.\n\n“You could swim,” said Oda.\n\n* * *\n\nShe swam. It took hours, and the sea went on."

// docsShown is what readers must get of it, block by block.
const docsShown = "The lantern was <em>late</em> again, and <strong><em>nobody</em></strong> on the pier said so.\n“You could <em>swim</em>,” said Oda.\n(break)\nShe swam. It took <em>hours</em>, and the <em>sea</em> went on."

// fillsAndPosts fills in what a work needs, and posts it.
func fillsAndPosts(p *browser.Page, title string) (path string) {
	p.Fill("Title", title)
	p.Fill("Fandoms", "Harbour Lights")
	p.Enter()
	p.Check("General")
	p.Check("No warnings apply")
	p.Choose("Language", "English")
	p.Submit("Post")
	return p.Path()
}

// readsPasted holds what a guest with a phone gets at the public address.
func (w *world) readsPasted(path string) {
	w.t.Helper()
	guest := w.reads(browser.Settings{Phone: true})
	guest.Open(path)
	guest.Look("docs-paste-read")
	const blocks = `[...document.querySelectorAll("article .text > *")].map((block) => block.tagName === "P" ? block.innerHTML : block.tagName === "HR" ? "(break)" : block.outerHTML).join("\n")`
	got := browser.Ask[string](guest, blocks)
	got = strings.ReplaceAll(got, "<em><strong>nobody</strong></em>", "<strong><em>nobody</em></strong>") // either way round is both
	if got != docsShown {
		w.t.Errorf("a guest reads\n%s\nwant\n%s", got, docsShown)
	}
	if gaps := browser.Ask[[]int](guest, `[...document.querySelectorAll("article .text > p + p")].map((p) => Math.round(p.getBoundingClientRect().top - p.previousElementSibling.getBoundingClientRect().bottom))`); len(gaps) != 1 || gaps[0] > 24 {
		w.t.Errorf("the paragraphs stand %v points apart", gaps)
	}
}

func TestAcceptance64AGoogleDocsPasteOnAPhoneIsReadAsItWasWritten(t *testing.T) {
	for flavour, between := range map[string]string{"Chrome": "<br />", "Android": `<p dir="ltr"><br></p>`} {
		t.Run("through the editor, "+flavour, func(t *testing.T) {
			w := withEditor(t)
			w.member("mara")
			p := w.reads(browser.Settings{Phone: true})
			signIn(p, "mara")
			p.Open(page.PathNewWork)
			opened(p)
			p.Tap(".editor-box")
			p.Paste(docsHTML(between), docsPlain)
			p.Sees("went on.")
			p.Look("docs-paste-editor")
			w.readsPasted(fillsAndPosts(p, "By the editor"))
		})
		t.Run("through the bring page, "+flavour, func(t *testing.T) {
			w := withEditor(t)
			w.member("mara")
			p := w.reads(browser.Settings{Phone: true})
			signIn(p, "mara")
			p.Open(page.PathUpload)
			p.Tap("textarea.paste")
			p.Paste(docsHTML(between), docsPlain)
			p.Sees("The formatting came along: italics, centred lines and breaks.")
			need(t, "the words in the box", p.Value("Or paste the text"), docsPlain)
			p.Axe()
			p.Look("docs-paste-bring")
			p.Submit("Read it")
			p.Sees("on the pier said so.")
			p.Look("docs-paste-review")
			p.Follow("Go on to the tags")
			w.readsPasted(fillsAndPosts(p, "By the bring page"))
		})
	}
}

func TestAPasteThatIsChangedInTheBoxIsItsWords(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	p := w.reads(browser.Settings{Phone: true})
	signIn(p, "mara")
	p.Open(page.PathUpload)
	p.Tap("textarea.paste")
	p.Paste(docsHTML("<br>"), docsPlain)
	p.Keys(" Then it rained.")
	p.Sees("You changed the text, so its formatting does not come along.")
	p.Submit("Read it")
	p.Sees("Then it rained.")
	need(t, "how it is kept", mara.reading(p.Path()).Source.Kind, "txt")

	// Without meaning in it, and without a script, the words are all there is.
	p.Open(page.PathUpload)
	p.Tap("textarea.paste")
	p.Paste(`<div style="font-family: Consolas, monospace; white-space: pre;"><div><span style="color: #ccc;">It rained.</span></div></div>`, "It rained.")
	need(t, "what is sent with it", browser.Ask[string](p, `document.querySelector("[name=pasted]").value`), "")
	review := mara.postFiles("/works/new/upload", form("text", "", "pasted", "<p>Sent without words.</p>")).expect(422)
	review.has("<textarea")
	kept := mara.postFiles("/works/new/upload", form("text", "It rained.", "pasted", "<p>It <em>rained</em>.</p>")).expect(303).to()
	need(t, "how it is kept", mara.reading(kept).Source.Kind, "html")
	need(t, "the original", mara.opens(kept+"/original").body, "<p>It <em>rained</em>.</p>")
}

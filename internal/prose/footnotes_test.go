package prose_test

import (
	"strings"
	"testing"

	"ficus/internal/prose"
)

const noted = `<p>The lamp<span class="footnote">It was brass, and <em>old</em>.</span> went out, and so did the other<span class="footnote">Two lamps.</span>.</p>`

func TestAFootnoteStandsNumberedAtTheEndOfAPage(t *testing.T) {
	got := prose.EndNotes(noted, prose.Notes{Prefix: "c7-", Back: "Back"})
	want := `<p>The lamp<sup><a href="#c7-note-1" id="c7-place-1" role="doc-noteref">1</a></sup> went out, and so did the other<sup><a href="#c7-note-2" id="c7-place-2" role="doc-noteref">2</a></sup>.</p>
<div role="doc-endnotes">
<ol>
<li id="c7-note-1">It was brass, and <em>old</em>. <a href="#c7-place-1" role="doc-backlink">Back</a></li>
<li id="c7-note-2">Two lamps. <a href="#c7-place-2" role="doc-backlink">Back</a></li>
</ol>
</div>`
	if got != want {
		t.Errorf("the page is\n%s\nwant\n%s", got, want)
	}
}

func TestAFootnoteInALinkStaysThere(t *testing.T) {
	stored := `<p><a href="https://example.org/">a<span class="footnote">b</span></a></p>`
	if got := prose.EndNotes(stored, prose.Notes{Back: "Back"}); strings.Contains(got, "doc-noteref") {
		t.Errorf("a link stands in a link: %s", got)
	}
}

func TestAFootnoteInABookIsAnAsideOfTheSameFile(t *testing.T) {
	got := prose.ReadStored(noted).XHTML(prose.XHTMLOptions{Notes: &prose.Notes{Back: "Back"}})
	for _, part := range []string{
		`<sup><a epub:type="noteref" href="#note-1" id="place-1" role="doc-noteref">1</a></sup>`,
		`<aside epub:type="footnote" id="note-2" role="doc-footnote">`,
		`2. Two lamps. <a href="#place-2" role="doc-backlink">Back</a>`,
	} {
		if !strings.Contains(got, part) {
			t.Errorf("%s is missing from\n%s", part, got)
		}
	}
}

func TestAFootnoteInPlainTextIsANumberInBrackets(t *testing.T) {
	want := "The lamp[1] went out, and so did the other[2].\n\n[1] It was brass, and old.\n\n[2] Two lamps.\n"
	if got := prose.ReadStored(noted).Text(0); got != want {
		t.Errorf("the text is %q, want %q", got, want)
	}
}

func TestAFootnoteInMarkdownIsItsSign(t *testing.T) {
	want := "The lamp[^1] went out, and so did the other[^2].\n\n[^1]: It was brass, and *old*.\n\n[^2]: Two lamps.\n"
	got := prose.ReadStored(noted).Markdown()
	if got != want {
		t.Errorf("the Markdown is %q, want %q", got, want)
	}
	if again, _ := prose.ReadMarkdown(got); again.HTML() != noted {
		t.Errorf("it came back as %s", again.HTML())
	}
}

func TestMarkdownLosesNoNote(t *testing.T) {
	for typed, want := range map[string]string{
		"One[^a].\n\n[^a]: First.\n\n    Second.":   `<p>One<span class="footnote">First.<br>Second.</span>.</p>`,
		"One.\n\n[^a]: Nobody names it.":            "<p>One.</p>\n<p>[^a]: Nobody names it.</p>",
		"One[^a] and two[^a].\n\n[^a]: Same.":       `<p>One<span class="footnote">Same.</span> and two<sup>1</sup>.</p>`,
		"[^a]: Itself[^a].":                         `<p>[^a]: Itself<sup>1</sup>.</p>`,
		"One[^a].\n\n[^a]: See[^b].\n\n[^b]: Here.": "<p>One<span class=\"footnote\">See<sup>2</sup>.</span>.</p>\n<p>[^b]: Here.</p>",
		"One[^a].\n\n[^a]:\n\n        code <b>\n":   `<p>One<span class="footnote">code &lt;b&gt;</span>.</p>`,
		"No such[^z].":                              `<p>No such[^z].</p>`,
	} {
		document, _ := prose.ReadMarkdown(typed)
		if got := document.HTML(); got != want {
			t.Errorf("%q was read as\n%s\nwant\n%s", typed, got, want)
		}
	}
}

func TestAFootnoteIsWordsOfItsOwn(t *testing.T) {
	if got := prose.ReadStored(noted).Words(); got != 16 {
		t.Errorf("counted %d words", got)
	}
}

func TestFootnotesOfPagesStandAtTheirPlaces(t *testing.T) {
	want := `<p>The lamp<span class="footnote">It was <em>brass</em>.</span> went out.</p>`
	for name, page := range map[string]string{
		"Google Docs":     `<p><span>The lamp</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span> went out.</span></p><hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> It was <i>brass</i>.</span></p></div>`,
		"Word":            `<p>The lamp<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span>[1]</span></span></a> went out.</p><div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width="33%"><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1" title=""><span><span>[1]</span></span></a> It was <i>brass</i>.</p></div></div>`,
		"LibreOffice":     `<p>The lamp<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> went out.</p><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a> It was <i>brass</i>.</p></div>`,
		"pandoc":          `<p>The lamp<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> went out.</p><section class="footnotes" role="doc-endnotes"><hr><ol><li id="fn1"><p>It was <em>brass</em>.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>`,
		"a book":          `<p>The lamp<a epub:type="noteref" href="#n1" id="r1">*</a> went out.</p><aside epub:type="footnote" id="n1"><p>* It was <i>brass</i>. <a href="#r1">Back</a></p></aside>`,
		"our own page":    prose.EndNotes(want, prose.Notes{Prefix: "c1-", Back: "Back to the text"}),
		"items left open": `<p>The lamp<sup id=r><a href=#n>1</a></sup> went out.<ol><li id=n>It was <em>brass</em>. <a href=#r>^</a></ol>`,
	} {
		document, _ := prose.ReadHTML(page)
		if got := document.HTML(); got != want {
			t.Errorf("%s was read as\n%s\nwant\n%s", name, got, want)
		}
	}
}

func TestNoLinkOfAStoryIsAFootnote(t *testing.T) {
	for name, page := range map[string]string{
		"a table of contents": `<p><a href="#c1" id="t1">1</a> <a href="#c2" id="t2">2</a></p><div id="c1"><p>First chapter. <a href="#c2">Next</a></p></div><div id="c2"><p>Second.</p></div>`,
		"a chapter and back":  `<p><a href="#c1" id="t1">Chapter 1</a></p><div id="c1"><p>First chapter. <a href="#t1">Contents</a></p></div>`,
		"a long part":         `<p><a href="#c1" id="t1">1</a></p><div id="c1"><p>` + strings.Repeat("First chapter. ", 900) + `<a href="#t1">Contents</a></p></div>`,
	} {
		document, _ := prose.ReadHTML(page)
		if strings.Contains(document.HTML(), "footnote") || !strings.Contains(document.HTML(), "First chapter.") {
			t.Errorf("%s was read as %s", name, document.HTML())
		}
	}
}

// TestALinkLeftOpenIsNoFootnote: a note's link may have lost its end and go on
// behind the note.
func TestALinkLeftOpenIsNoFootnote(t *testing.T) {
	page := `<p>The rope was warm.<a href="#n1" id="r1">1</a></p><p><a href="#r1" id="n1">1 Bells keep heat.</p><p>And more</a>.</p>`
	if got := prose.PlaceNotes(page); got != page {
		t.Errorf("the page is now %s", got)
	}
}

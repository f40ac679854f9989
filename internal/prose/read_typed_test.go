package prose

import (
	"strings"
	"testing"
)

func checkTyped(t *testing.T, cases []reading) {
	t.Helper()
	for _, c := range cases {
		d, _ := ReadTyped(c.in)
		if got := d.HTML(); got != c.want {
			t.Errorf("%s: %q\n got %q\nwant %q", c.name, c.in, got, c.want)
		}
		checkDocument(t, d)
	}
}

func TestAcceptance18LineBreaksParagraphsAndBlankParagraph(t *testing.T) {
	const blank = "<p>\u00a0</p>"
	checkTyped(t, []reading{
		{"single", "a\nb", "<p>a<br>b</p>"},
		{"double", "a\n\nb", "<p>a</p>\n<p>b</p>"},
		{"triple", "a\n\n\nb", "<p>a</p>\n" + blank + "\n<p>b</p>"},
		{"more", "a\n\n\n\n\n\n\nb", "<p>a</p>\n" + blank + "\n<p>b</p>"},
		{"Windows line ends", "a\r\nb\r\n\r\nc", "<p>a<br>b</p>\n<p>c</p>"},
		{"spaces on the blank line", "a \n \t \n b", "<p>a</p>\n<p>b</p>"},
		{"at the edges", "\n\n\n a \n\n\n", "<p>a</p>"},
		{"breaks", "a<br>b<br><br>c<br/><br /><br>d", "<p>a<br>b</p>\n<p>c</p>\n" + blank + "\n<p>d</p>"},
		{"a break at the line's end", "a<br>\nb<br>\n\nc", "<p>a<br>b</p>\n<p>c</p>"},
		{"emphasis over paragraphs", "<em>a\n\nb</em>", "<p><em>a</em></p>\n<p><em>b</em></p>"},
		{"emphasis over lines", "<em>a\nb</em>\nc", "<p><em>a<br>b</em><br>c</p>"},
		{"space next to blocks", "a\n\n\n<blockquote>\n\nb\n\n\n</blockquote>\n\n\nc", "<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n<p>c</p>"},
		{"lines in a list", "<ul>\n<li>a\nb</li>\n\n<li>c</li>\n</ul>", "<ul>\n<li>a b</li>\n<li>c</li>\n</ul>"},
		{"lines in a paragraph", "<p>a\nb\n\nc</p>", "<p>a b c</p>"},
		{"lines in verse", "<p class=\"verse\">a\nb</p>", "<p class=\"verse\">a<br>b</p>"},
		{"lines in a letter", "<div class=\"letter\">Dear you,\n\nyours\nme</div>", "<div class=\"letter\">\n<p>Dear you,</p>\n<p>yours<br>me</p>\n</div>"},
		{"blank paragraph as a tag", "a\n\n<p>&nbsp;</p>\n\nb", "<p>a</p>\n" + blank + "\n<p>b</p>"},
		{"a pasted break between paragraphs", "<p>a</p>\n<br>\n<p>b</p>", "<p>a</p>\n<p>b</p>"},
		{"hearts", "I <3 you & me", "<p>I &lt;3 you &amp; me</p>"},
		{"what looks like a scene break stays as typed", "a\n\n***\n\n* * *\n\n---\n\n#\n\nb",
			"<p>a</p>\n<p>***</p>\n<p>* * *</p>\n<p>---</p>\n<p>#</p>\n<p>b</p>"},
		{"a rule is a scene break", "a\n<hr>\nb", "<p>a</p>\n<hr>\n<p>b</p>"},
		{"preformatted", "<pre>\na\n\n  b\n</pre>", "<pre>a\n\n  b</pre>"},
		{"nothing", " \n\n\t\n", ""},
	})
}

func TestEditableShowsLinesAsTheyWereTyped(t *testing.T) {
	for _, typed := range []string{
		"one\ntwo\n\nthree\n\n\nfour",
		"I <3 Tom & Jerry, AT&T; 3 < 4",
		"<em>a\nb</em>, <a href=\"http://a.example/\">c</a>",
		"a\n\n<hr>\n\nb",
		"“Hello,” she said — then\u00a0left.",
	} {
		d, _ := ReadTyped(typed)
		if got := d.Editable(); got != typed {
			t.Errorf("typed %q, the box shows %q", typed, got)
		}
	}
	d, _ := ReadTyped("a &amp;lt; &lt;b&gt; &copy; &amp;copy;")
	if got, want := d.Editable(), "a &amp;lt; &lt;b> © &amp;copy;"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHugeAndHostileTextsAreReadInOnePass(t *testing.T) {
	const size = 513_000
	fill := func(text string) string { return strings.Repeat(text, size/len(text)) }
	texts := map[string]string{
		"one word": fill("word "), "blank lines": strings.Repeat("\n", 100_000), "lines": fill("ab\n"), "paragraphs": fill("a\n\n"),
		"bold for ever": fill("<b>"), "wrappers re-opened": strings.Repeat("<span title="+strings.Repeat("y", 900)+">", 16) + fill("<p>x"),
		"divisions": fill("<div class=ab>"), "ends": strings.Repeat("<div class=ab>", 100) + fill("</p>"), "lists": fill("<ul><li>"),
		"tables": fill("<table><tr><td>"), "crossed": fill("<b><i><u>x</b></i>"), "ampersands": fill("&"), "less-thans": fill("<"),
		"broken ends": fill("</"), "attributes": "<p " + fill("a=b ") + ">x", "breaks": fill("<br>"), "ruby": fill("<ruby>a<rt>b"),
		"drawings": fill("<svg>"), "unknown": fill("<zz>x"), "captions": "<table>" + fill("<caption>x</caption>"),
		"NUL": fill("\x00\xff"), "Han": fill("漢"),
	}
	for name, text := range texts {
		for _, read := range []func(string) (Document, []Dropped){ReadHTML, ReadTyped} {
			d, _ := read(text)
			if stored := d.HTML(); len(stored) > 10*size {
				t.Errorf("%s: %d bytes became %d", name, len(text), len(stored))
			}
			_, _, _, _ = d.Editable(), d.Markdown(), d.Text(72), d.Words()
		}
	}
}

func TestHostileMarkdownIsReadInOnePass(t *testing.T) {
	const size = 513_000
	fill := func(text string) string { return strings.Repeat(text, size/len(text)) }
	for name, text := range map[string]string{
		"quotations": fill("> ") + "x", "lists": fill("- ") + "x", "links": fill("[a]("), "brackets": fill("["),
		"pictures": fill("![a]"), "definitions": fill("[a]: b\n") + "[a]", "stars": fill("*a "), "ticks": fill("`a``"),
	} {
		d, _ := ReadMarkdown(text)
		if d.IsEmpty() && name != "quotations" {
			t.Errorf("%s: the words are gone", name)
		}
	}
}

func TestDeepNestingIsFlattenedAndKeepsItsWords(t *testing.T) {
	for _, tag := range []string{"div class=ab", "blockquote", "em", "span class=ab", "ul><li", "table><tr><td", "details", "dl><dd"} {
		text := strings.Repeat("<"+tag+">word", 1000)
		d, dropped := ReadHTML(text)
		checkDocument(t, d)
		if got := strings.Count(d.HTML(), "word"); got != 1000 {
			t.Errorf("%s: %d of 1000 words are there", tag, got)
		}
		if depth := depthOf(d.Blocks); depth > maxDepth {
			t.Errorf("%s: %d deep", tag, depth)
		}
		if tag == "blockquote" && (len(dropped) != 1 || dropped[0].Kind != "nesting") {
			t.Errorf("%s: told %v", tag, dropped)
		}
	}
}

func depthOf(blocks []Block) int {
	deepest := 0
	for _, b := range blocks {
		deepest = max(deepest, 1+depthOf(b.Blocks))
	}
	return deepest
}

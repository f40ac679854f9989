package prose

import (
	"encoding/xml"
	"errors"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

// failer is what a property reports to, under rapid, fuzzing or a plain test.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
}

// checkDocument holds everything that must be true of a Document a reader made.
func checkDocument(t failer, d Document) {
	t.Helper()
	stored := d.HTML()
	checkSafe(t, stored)
	if again := ReadStored(stored); !reflect.DeepEqual(d, again) {
		t.Errorf("ReadStored is another document; stored %q\nwas %#v\nis  %#v", stored, d, again)
		return
	}
	if again, _ := ReadTyped(stored); again.HTML() != stored {
		t.Errorf("ReadTyped changes the stored form\n%q\n%q", stored, again.HTML())
	}
	if again, _ := ReadTyped(d.Editable()); again.HTML() != stored {
		t.Errorf("saving twice changes the text\nstored   %q\nin box   %q\nstored   %q", stored, d.Editable(), again.HTML())
	}
	if again, _ := ReadMarkdown(d.Markdown()); again.HTML() != stored {
		t.Errorf("Markdown loses something\nstored   %q\nmarkdown %q\nstored   %q", stored, d.Markdown(), again.HTML())
	}
	checkXML(t, d.XHTML(XHTMLOptions{ParagraphID: func(i int, _ Block) string { return "p" + strconv.Itoa(i) }}))
	checkXML(t, d.XHTML(XHTMLOptions{Notes: &Notes{Back: "Back"}}))
	if words := d.Words(); words < 0 || words > len(stored) {
		t.Errorf("counted %d words in %d bytes", words, len(stored))
	}
}

// checkSafe reads the stored form with the tokens of x/net/html and refuses
// everything that is not on the list, whatever our own tables say.
func checkSafe(t failer, stored string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(stored))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.CommentToken, html.DoctypeToken:
			t.Errorf("a comment or doctype is left in %q", stored)
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			if !slices.Contains(strings.Fields(safeElements), token.Data) {
				t.Errorf("element %s is left in %q", token.Data, stored)
			}
			for _, attr := range token.Attr {
				checkSafeAttribute(t, attr, stored)
			}
		}
	}
}

const (
	safeElements = `a abbr blockquote br caption cite code dd del details dfn div dl dt em figcaption figure
		h2 h3 h4 h5 h6 hr img ins kbd li ol p pre q rp rt ruby s samp small span strong sub summary sup
		table tbody td th thead time tr u ul var`
	safeAttributes = `lang dir title class href src alt width height colspan rowspan scope start reversed
		value cite datetime open`
)

func checkSafeAttribute(t failer, attr html.Attribute, stored string) {
	t.Helper()
	if !slices.Contains(strings.Fields(safeAttributes), attr.Key) {
		t.Errorf("attribute %s is left in %q", attr.Key, stored)
	}
	switch attr.Key {
	case "href", "src", "cite":
		scheme, _, found := strings.Cut(attr.Val, ":")
		if !found || strings.ContainsAny(scheme, "/?#") {
			return
		}
		switch strings.ToLower(scheme) {
		case "http", "https", "mailto":
		default:
			t.Errorf("address %q is left in %q", attr.Val, stored)
		}
	}
}

// checkXML reads the XHTML with a strict parser.
func checkXML(t failer, xhtml string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader("<body>" + xhtml + "</body>"))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("XHTML is no XML: %v in %q", err, xhtml)
			return
		}
	}
}

// soup draws markup as bad as anyone could write it, with the words in it.
func soup(t *rapid.T) (text string, words []string) {
	names := make([]string, 0, len(elements))
	for name, e := range elements {
		if e.shape != shapeRemoved && e.shape != shapeFrame {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	names = append(names, "blink", "o:p", "marquee")
	attributes := []string{"", "", "", "", ` class="place"`, ` class="verse"`, ` class="centre mine"`, ` class=letter`,
		` lang=fr`, ` align=center`, ` align=left`, ` style="font-style:italic"`, ` style="text-align:right"`, ` title="a > b"`,
		` href="http://example.org/a b"`, ` href="javascript:x"`, ` src="x.png"`, ` alt="&lt;"`, ` onclick=x`, ` start=3`,
		` value=2`, ` colspan=2`, ` open`, ` class="scene" title="* * *"`, ` class="thought"`, ` class="small-caps"`,
		` class="player mine" href="https://youtu.be/abc"`, ` class="player" href="x"`, ` class="footnote"`, ` class="footnote"`}
	gaps := []string{" ", "", "\n", "\n\n", "\n\n\n", " \n ", "\t", "&nbsp;", "<br>", "<br>\n", "\u00a0", "  ", `<iframe src="//youtu.be/abc" title="a  film"></iframe>`}
	chars := []string{"<3", "&", "*", "_", "1.", "#", "- ", "`", "[x]", "\\", "&amp;lt;", "</3", "—", "日本", "+", "=", "~~~", ">", "!", "&copy", "..", "|", "[^1]", "\n\n[^1]: ", ":", "("}
	var s strings.Builder
	for i := range rapid.IntRange(0, 25).Draw(t, "pieces") {
		switch rapid.IntRange(0, 5).Draw(t, "what") {
		case 0, 1:
			word := "w" + strconv.Itoa(i) + "w"
			words = append(words, word)
			s.WriteString(word)
		case 2:
			s.WriteString("<" + rapid.SampledFrom(names).Draw(t, "tag") + rapid.SampledFrom(attributes).Draw(t, "attribute") + ">")
		case 3:
			s.WriteString("</" + rapid.SampledFrom(names).Draw(t, "end") + ">")
		case 4:
			s.WriteString(rapid.SampledFrom(gaps).Draw(t, "gap"))
		case 5:
			s.WriteString(rapid.SampledFrom(chars).Draw(t, "char"))
		}
	}
	return s.String(), words
}

// rawText are the elements whose inside is characters, so that tags in the soup
// after them are words.
func hasRawText(text string) bool {
	return strings.Contains(text, "<textarea") || strings.Contains(text, "<title")
}

func TestEverySoupReadsSafeAndSavingTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, words := soup(t)
		for _, read := range []func(string) (Document, []Dropped){ReadHTML, ReadTyped, ReadMarkdown} {
			d, _ := read(text)
			checkDocument(t, d)
		}
		d, _ := ReadTyped(text)
		shown := d.HTML()
		for _, word := range words {
			if !hasRawText(text) && !strings.Contains(shown, word) {
				t.Errorf("%s is lost: %q became %q", word, text, shown)
			}
		}
	})
}

var seeds = []string{
	"one\ntwo\n\nthree\n\n\n\nfour <3 &amp; </3",
	"<em>a\n\nb</em>c<b><i>x</b>y</i>",
	"<p>a<div>b</div>c<table><tr><td>x<th>y</table><ul><li>a<ul><li>b</ul></ul>",
	"<script>alert(1)</script><a href='java&#115;cript:x' onclick=y>l</a><svg><a>q</svg><!-- c -->",
	"<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby><details open><summary>s</summary>t</details>",
	"<figure><img src=a.png><figcaption>c</figcaption></figure><hr class=scene title='***'><p class=verse>a<br>b",
	"<pre>\n a\n\n\tb </pre><dl><dt>t<dd>m</dl><h1>h<p>x\x00\x07\xff",
	`a <iframe src="https://www.youtube.com/embed/abc" title="f"></iframe><a class="player x" href="https://vimeo.com/12"><b>v</b>`,
	"***\n* a\n* b\n\n> q\n\n`c` _e_ **s**",
	"a[^1] b[^n]\n\n[^1]: one\n    two[^n]\n\n[^n]: three",
	"<p>a<span class=footnote>n<br>m</span>:<b>c<span class=footnote>o</span></b><span class=footnote>p</span></p>",
}

func FuzzReadHTML(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, _ := ReadHTML(text)
		checkDocument(t, d)
	})
}

func FuzzReadTyped(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, _ := ReadTyped(text)
		checkDocument(t, d)
	})
}

func FuzzReadMarkdown(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, _ := ReadMarkdown(text)
		checkDocument(t, d)
	})
}

package prose

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"ficus/internal/testkit/ao3rules"
)

const standsAt = "https://fig.example/works/1/chapters/2"

func copied(d Document, t Target) Copy { return d.CopyFor(t, CopyOptions{Address: standsAt}) }

func names(c Copy, kind string) bool {
	return slices.ContainsFunc(c.Losses, func(l Loss) bool { return l.Kind == kind })
}

// forget takes out of a document what a copy names as lost, and nothing else,
// so that what is left must be the same before and after.
func forget(d Document, c Copy) string {
	if names(c, "footnote") {
		d = d.withNumbers()
	}
	return Document{Blocks: forgetBlocks(d.Blocks, c)}.HTML()
}

func forgetBlocks(blocks []Block, c Copy) []Block {
	var out []Block
	for _, b := range blocks {
		switch b.Kind {
		case EndMark:
			b.Align = AlignStart // it stands in the middle as it is
		case SceneHeading:
			if names(c, "scene_heading") {
				b.Inlines = unbold(b.Inlines)
			}
		case Image:
			b.Src = absoluteHere(b.Src)
		}
		b.Attrs = forgetAttrs(b.Attrs, c, false)
		b.Inlines = forgetInlines(b.Inlines, c)
		b.Blocks = forgetBlocks(b.Blocks, c)
		out = append(out, b)
	}
	return out
}

func forgetInlines(runs []Inline, c Copy) []Inline {
	var out []Inline
	for _, run := range runs {
		run.Attrs = forgetAttrs(run.Attrs, c, run.Mark == Deleted || run.Mark == Inserted)
		if run.Mark == Player && names(c, "player_words") {
			run.Attrs, run.Kids = Attrs{{"href", run.Attrs.Get("href")}}, []Inline{TextRun("…")}
		}
		run.Kids = forgetInlines(run.Kids, c)
		if run.Mark == Time && names(c, "time") {
			run.Mark = Span
		}
		out = append(out, run)
	}
	return out
}

func forgetAttrs(attrs Attrs, c Copy, machine bool) Attrs {
	for _, attr := range attrs {
		switch {
		case attr.Name == "datetime" && names(c, "time"),
			attr.Name == "cite" && machine && names(c, "cite"),
			(attr.Name == "reversed" || attr.Name == "value") && names(c, "list_number"):
			attrs = attrs.without(attr.Name)
		case attr.Name == "href" || attr.Name == "cite" || attr.Name == "src":
			attrs = attrs.with(attr.Name, absoluteHere(attr.Value))
		}
	}
	return attrs
}

func absoluteHere(address string) string {
	base, err := url.Parse(standsAt)
	if err != nil {
		panic(err)
	}
	to, err := base.Parse(address)
	if err != nil || isExternal(address) {
		return address
	}
	return to.String()
}

// checkForAO3 puts a copy through AO3's rules and wants everything there that
// the copy does not name as lost.
func checkForAO3(t failer, d Document) {
	t.Helper()
	c := copied(d, ForAO3)
	saved, taken := ao3rules.Save(c.Text, ao3rules.Text)
	if len(taken) > 0 {
		t.Errorf("AO3 takes out %q of %q", taken, c.Text)
	}
	there, _ := ReadHTML(saved)
	want := ReadStored(forget(d, c)).HTML()
	if got := ReadStored(forget(there, c)).HTML(); got != want {
		t.Errorf("AO3 shows another text; the list names %v\ncopied %q\nsaved  %q\nwant   %q\nis     %q", c.Losses, c.Text, saved, want, got)
	}
	summary := d.CopyFor(ForAO3, CopyOptions{Address: standsAt, Classless: true})
	if _, taken := ao3rules.Save(summary.Text, ao3rules.Summary); len(taken) > 0 {
		t.Errorf("AO3 takes out %q of the summary %q", taken, summary.Text)
	}
}

// checkForFFN wants nothing in a copy but what FFN shows.
func checkForFFN(t failer, d Document) {
	t.Helper()
	c := copied(d, ForFFN)
	z := html.NewTokenizer(strings.NewReader(c.Text))
	for z.Next() != html.ErrorToken {
		token := z.Token()
		if token.Type != html.StartTagToken {
			continue
		}
		if !slices.Contains(strings.Fields("p br em strong u hr"), token.Data) {
			t.Errorf("%s is in %q", token.Data, c.Text)
		}
		for _, attr := range token.Attr {
			if attr != (html.Attribute{Key: "align", Val: "center"}) && attr != (html.Attribute{Key: "style", Val: "text-align: center;"}) {
				t.Errorf("%v is in %q", attr, c.Text)
			}
		}
	}
}

// classed finds a tag with a class, or one that is there only to carry it.
var classed = regexp.MustCompile(`<[a-z0-9]+[^<>]* class="|<div`)

// checkForMarkdown wants a copy that is read the same again.
func checkForMarkdown(t failer, d Document) {
	t.Helper()
	c := copied(d, ForMarkdown)
	again, dropped := ReadMarkdown(c.Text)
	if len(dropped) > 0 || again.Markdown() != c.Text {
		t.Errorf("read again, %q is %q and drops %v", c.Text, again.Markdown(), dropped)
	}
	if classed.MatchString(strings.ReplaceAll(again.HTML(), `<span class="footnote">`, "<span>")) {
		t.Errorf("classes are in %q", c.Text)
	}
}

func TestAcceptance98EveryDocumentComesToAO3Whole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, words := soup(t)
		d, _ := ReadTyped(text)
		checkForAO3(t, d)
		checkForFFN(t, d)
		checkForMarkdown(t, d)
		for _, target := range Targets() {
			c := copied(d, target)
			for _, word := range words {
				if !hasRawText(text) && strings.Contains(d.HTML(), word) && !strings.Contains(c.Text, word) {
					t.Errorf("%s is lost for %s: %q became %q", word, target, d.HTML(), c.Text)
				}
			}
		}
	})
}

// everyKind is a chapter with every kind of block and every mark.
const everyKind = `<h2>Part one</h2>
<p class="place">0415 HRS<br>THE LOWER GALLERY</p>
<p>It was <em>raining</em>, <strong>hard</strong>, <u>again</u>, <s>still</s> x<sup>2</sup> y<sub>1</sub> <small>aside</small> <code>tea</code>.</p>
<p> </p>
<p class="centre">A sign</p>
<p class="right">Yours</p>
<p>***</p>
<p lang="fr" dir="ltr" title="French" class="mine">Bonsoir</p>
<hr>
<hr class="scene" title="* * *">
<p class="verse">The sea<br>does not ask</p>
<blockquote cite="https://example.org/a">
<p>Quoted</p>
</blockquote>
<div class="letter">
<p>Dear you</p>
</div>
<div class="messages">
<p><strong>Wren:</strong> up?</p>
</div>
<ul>
<li>bread</li>
<li>salt</li>
</ul>
<ol reversed="reversed" start="3">
<li>three</li>
<li value="7">seven</li>
</ol>
<table>
<caption>Lamps</caption>
<thead>
<tr>
<th scope="col">Day</th>
<th colspan="2">Lit</th>
</tr>
</thead>
<tbody>
<tr>
<td>one</td>
<td>yes</td>
<td>no</td>
</tr>
</tbody>
</table>
<figure><img alt="A lamp" height="10" src="/works/1/pictures/2" width="20"><figcaption>The lamp</figcaption></figure>
<pre>  a  b
c</pre>
<dl>
<dt>keeper</dt>
<dd>who keeps</dd>
</dl>
<details open="open">
<summary>More</summary>
<p>Folded</p>
</details>
<div class="mine">
<p>Within</p>
</div>
<p><em class="thought">Count the steps.</em> <span class="aside">(note)</span> <span class="small-caps">Wren</span> <a href="/works/1#up">up</a> <a href="https://example.org/x">out</a>
<abbr title="Hours">HRS</abbr> <cite>The Almanac</cite> <dfn>lamp</dfn> <del cite="https://example.org/d" datetime="2026-01-02">old</del> <ins>new</ins> <kbd>Esc</kbd> <samp>ok</samp> <var>n</var> <q>hm</q>
<ruby>灯<rp>(</rp><rt>ひ</rt><rp>)</rp></ruby> <img alt="gull" src="/works/1/pictures/3"> <span lang="la">lux</span> <time datetime="2026-01-02">Friday</time></p>
<p class="end-mark">The End</p>`

func TestEveryKindHasItsPlaceInTheSample(t *testing.T) {
	kinds, marks := map[Kind]bool{}, map[Mark]bool{}
	var walk func([]Block)
	var inside func([]Inline)
	inside = func(runs []Inline) {
		for _, run := range runs {
			marks[run.Mark] = true
			inside(run.Kids)
		}
	}
	walk = func(blocks []Block) {
		for _, b := range blocks {
			kinds[b.Kind] = true
			inside(b.Inlines)
			walk(b.Blocks)
		}
	}
	walk(ReadStored(everyKind).Blocks)
	for k := Paragraph; k <= Division; k++ {
		if !kinds[k] {
			t.Errorf("kind %d is not in the sample", k)
		}
	}
	for m := Text; m <= Time; m++ {
		if !marks[m] {
			t.Errorf("mark %d is not in the sample", m)
		}
	}
}

func TestAcceptance98AChapterOfEveryBlockKindIsCopiedForAO3(t *testing.T) {
	d := ReadStored(everyKind)
	checkForAO3(t, d)
	checkForFFN(t, d)
	checkForMarkdown(t, d)
	for target, want := range map[Target]string{
		ForAO3:      "aside cite drawn_break letter list_number messages picture_here scene_heading small_caps time verse",
		ForFFN:      "aside cite class code definitions drawn_break fold heading language letter_plain link list messages picture_words preformatted quote right ruby scene_heading signs small small_caps strike table time title verse",
		ForMarkdown: "aside centre cite class drawn_break html_block html_mark html_picture html_table language letter messages picture_here right scene_heading small_caps time title verse",
	} {
		var got []string
		for _, l := range copied(d, target).Losses {
			got = append(got, l.Kind)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("for %s the list names\n%s\nwant\n%s", target, strings.Join(got, " "), want)
		}
		t.Logf("%s:\n%s", target, copied(d, target).Text)
	}
}

func TestAPlainChapterLosesNothingAnywhere(t *testing.T) {
	d, _ := ReadTyped("It was <em>raining</em>.\n\n<hr>\n\n“Again,” she <b>said</b>.")
	for _, target := range Targets() {
		if c := copied(d, target); len(c.Losses) > 0 {
			t.Errorf("for %s the list names %v of %q", target, c.Losses, c.Text)
		}
	}
}

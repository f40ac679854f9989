package prose

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestXHTMLClosesEverythingAndLeadsOnlyOutside(t *testing.T) {
	d, _ := ReadHTML(`<p lang="fr">a<br><img src=x.png></p><hr><a href="/works/1">in</a> <a href="https://b.example/?a=1&b=2">out</a>` +
		`<blockquote cite="/x">q</blockquote><ol reversed><li>l</ol><details>d</details><dl><dd>m</dl>`)
	want := `<p lang="fr" xml:lang="fr">a<br/><img alt="" src="x.png"/></p>
<hr/>
<p>in <a href="https://b.example/?a=1&amp;b=2">out</a></p>
<blockquote>
<p>q</p>
</blockquote>
<ol reversed="reversed">
<li>l</li>
</ol>
<details>
<summary>…</summary>
<p>d</p>
</details>
<div>
<div>
<p>m</p>
</div>
</div>`
	if diff := cmp.Diff(want, d.XHTML(XHTMLOptions{})); diff != "" {
		t.Error(diff)
	}
}

func TestXHTMLNamesParagraphs(t *testing.T) {
	d, _ := ReadTyped("a\n\n\nb\n<hr>\n<h2>c</h2>\n<ul><li>d</ul>")
	got := d.XHTML(XHTMLOptions{ParagraphID: func(i int, b Block) string {
		if b.Kind == Heading {
			return ""
		}
		return "p" + strconv.Itoa(i)
	}})
	want := "<p id=\"p0\">a</p>\n<p>\u00a0</p>\n<p id=\"p1\">b</p>\n<hr/>\n<h2>c</h2>\n<ul>\n<li>\n<p id=\"p3\">d</p>\n</li>\n</ul>"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMarkdownWritesWhatMarkdownCanSay(t *testing.T) {
	d, _ := ReadTyped("<h3>1. A *star*</h3>“<em>No,</em>” she said,\nand <strong>left</strong>.\n<hr><blockquote>q</blockquote>" +
		"<ul><li>a<ul><li>b</ul><li>c</ul><ol><li>d</ol><p class=place>Dock</p>x<u>y</u> 2<sup>nd</sup>\n\n---\n\n# no\n\n1. no\n\n+ no")
	want := `### 1\. A \*star\*

“*No,*” she said,\
and **left**.

---

> q

- a
  - b
- c

<ol>
<li>d</li>
</ol>

<p class="place">Dock</p>

x<u>y</u> 2<sup>nd</sup>

\---

\# no

1\. no

\+ no
`
	if diff := cmp.Diff(want, d.Markdown()); diff != "" {
		t.Error(diff)
	}
	checkDocument(t, d)
}

func TestReadMarkdownReadsCommonMarkAndAllowedHTML(t *testing.T) {
	for _, c := range []reading{
		{"emphasis", "*a* _b_ **c**", "<p><em>a</em> <em>b</em> <strong>c</strong></p>"},
		{"soft and hard breaks", "a\nb  \nc\\\nd", "<p>a b<br>c<br>d</p>"},
		{"thematic break", "a\n\n***\n\nb\n\n---\n\nc\n\n- - -", "<p>a</p>\n<hr>\n<p>b</p>\n<hr>\n<p>c</p>\n<hr>"},
		{"a long rule", "a\n\n" + strings.Repeat("-", 300) + "\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"},
		{"headings", "# a\n\n## b", "<h2>a</h2>\n<h2>b</h2>"},
		{"allowed HTML", "<p class=\"place\">Dock</p>\n\na <u>b</u><script>x</script>", "<p class=\"place\">Dock</p>\n<p>a <u>b</u></p>"},
		{"links", "[a](https://a.example) [b](javascript:x) ![c](c.png)", `<p><a href="https://a.example">a</a> b <img alt="c" src="c.png"></p>`},
		{"code", "`a b`\n\n```\nc\n  d\n```", "<p><code>a b</code></p>\n<pre>c\n  d</pre>"},
		{"lists", "1. a\n2. b\n\n- c", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n<ul>\n<li>c</li>\n</ul>"},
	} {
		d, _ := ReadMarkdown(c.in)
		if diff := cmp.Diff(c.want, d.HTML()); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		checkDocument(t, d)
	}
}

func TestTextFlowsAtTheWidth(t *testing.T) {
	d, _ := ReadTyped("The kettle had gone cold again.\nYes.\n\nSo.<hr><blockquote>one two three four</blockquote>" +
		"<ol start=9><li>nine nine nine<li>ten</ol><table><td>a<td>b<tr><td>c</table><img src=x alt=cat>")
	want := `The kettle had gone
cold again.
Yes.

So.

       * * *

    one two three
    four

9. nine nine nine
10. ten

a | b
c

[cat]
`
	if diff := cmp.Diff(want, d.Text(20)); diff != "" {
		t.Error(diff)
	}
	d, _ = ReadTyped("日本語の文章です and words\n\nx")
	if diff := cmp.Diff("日本語の文\n章です and\nwords\n\nx\n", d.Text(10)); diff != "" {
		t.Error(diff)
	}
	if got := (Document{Blocks: []Block{Para("a  b")}}).Text(0); got != "a  b\n" {
		t.Errorf("without a width the line is changed: %q", got)
	}
}

func TestMapImagesMovesPicturesOrLinksThem(t *testing.T) {
	d, _ := ReadTyped(`a<img src="1.png" alt=one>b <a href="http://a.example/"><img src="2.png" alt="two"> t</a>` +
		`<figure><img src="3.png" alt="three"><figcaption>c</figcaption></figure><img src="4.png">`)
	if diff := cmp.Diff([]string{"1.png", "2.png", "3.png", "4.png"}, d.Images()); diff != "" {
		t.Error(diff)
	}
	before := d.HTML()
	moved := d.MapImages(func(src string) (string, bool) { return "/media/" + src, src == "1.png" || src == "4.png" })
	want := `<p>a<img alt="one" src="/media/1.png">b <a href="http://a.example/">two t</a></p>
<p><a href="/media/3.png">three</a></p>
<p>c</p>
<figure><img alt="" src="/media/4.png"></figure>`
	if diff := cmp.Diff(want, moved.HTML()); diff != "" {
		t.Error(diff)
	}
	checkDocument(t, moved)
	if d.HTML() != before {
		t.Error("MapImages changed the Document it was called on")
	}
}

func TestPageHTMLMarksLinksThatLeadAway(t *testing.T) {
	d, _ := ReadHTML(`<a class="writer-xy" href="https://a.example/">a</a> <a href="/works/1">b</a> <abbr title="<a href=http">c</abbr>`)
	want := `<p><a rel="nofollow ugc" class="writer-xy" href="https://a.example/">a</a> <a href="/works/1">b</a> <abbr title="&lt;a href=http">c</abbr></p>`
	if diff := cmp.Diff(want, PageHTML(d.HTML())); diff != "" {
		t.Error(diff)
	}
}

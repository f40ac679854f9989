package prose

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// reading is one text and the stored form it must give.
type reading struct{ name, in, want string }

func checkHTML(t *testing.T, cases []reading) {
	t.Helper()
	for _, c := range cases {
		d, _ := ReadHTML(c.in)
		if got := d.HTML(); got != c.want {
			t.Errorf("%s: %q\n got %q\nwant %q", c.name, c.in, got, c.want)
		}
		checkDocument(t, d)
	}
}

func TestAcceptance17ScriptsStylesHandlersAndCommentsNeverSurvive(t *testing.T) {
	hostile := []string{
		`<script>steal()</script>`, `<SCRIPT SRC=//evil.example/x.js></SCRIPT>`, `<scr` + "\x00" + `ipt>steal()</script>`,
		`<script/x>steal()</script>`, `<script>steal()</script >`, `<svg onload=steal()>`, `<svg><script>steal()</script></svg>`,
		`<svg><style><img src=x onerror=steal()></style></svg>`, `<math><mtext><table><mglyph><style><img src=x onerror=steal()></style></table></mtext></math>`,
		`<img src=x onerror=steal()>`, `<img src="javascript:steal()">`, `<img src="data:image/svg+xml,steal()">`, `<img src=" vbscript:steal()">`,
		`<a href="javascript:steal()">w</a>`, `<a href="JaVaScRiPt:steal()">w</a>`, `<a href="java&#9;script:steal()">w</a>`,
		`<a href="java&#x0A;script:steal()">w</a>`, `<a href="&#1;javascript:steal()">w</a>`, `<a href="data:text/html,steal()">w</a>`,
		`<a href="//evil.example" onmouseover="steal()" onfocus=steal() style="background:url(steal)" id=x data-x=y>w</a>`,
		`<p style="width:expression(steal())">w</p>`, `<style>body{background:url(steal)}</style>`, `<style>@import 'steal';`,
		`<!-- steal() -->`, `<!--><script>steal()</script>-->`, `<!--[if IE]><script>steal()</script><![endif]-->`, `<?php steal() ?>`, `<![CDATA[<script>steal()</script>]]>`,
		`<iframe src="javascript:steal()">steal</iframe>`, `<iframe srcdoc="<script>steal()</script>"></iframe>`, `<object data=steal></object>`,
		`<embed src=steal>`, `<form action=steal><input onfocus=steal() autofocus></form>`, `<base href="javascript:steal()//">`,
		`<meta http-equiv=refresh content="0;url=javascript:steal()">`, `<link rel=stylesheet href=steal>`, `<noscript><p title="</noscript><img src=x onerror=steal()>"></noscript>`,
		`<template><img src=x onerror=steal()></template>`, `<xmp><script>steal()</script></xmp>`, `<noembed><script>steal()</script></noembed>`,
		`<details open ontoggle=steal()>w</details>`, `<audio src=x onerror=steal()>`, `<video><source onerror=steal()></video>`,
		`<body onload=steal()>`, `<marquee onstart=steal()>w</marquee>`, `<p/onclick=steal()>w</p>`, `<p title="x"onclick="steal()">w</p>`,
		"<a\x0chref=\"javascript:steal()\">w</a>", "<img src=x\u2028onerror=steal()>", `<table background="javascript:steal()"><td>w</table>`, `<q cite="javascript:steal()">w</q>`,
		`<title><script>steal()</script></title>`,
	}
	for _, bad := range hostile {
		text := "before " + bad + " <p>after</p>"
		for name, read := range map[string]func(string) (Document, []Dropped){"ReadHTML": ReadHTML, "ReadTyped": ReadTyped, "ReadMarkdown": ReadMarkdown} {
			d, _ := read(text)
			stored := d.HTML()
			checkDocument(t, d)
			if !strings.Contains(stored, "before") {
				t.Errorf("%s of %q lost a word: %q", name, bad, stored)
			}
			for _, left := range []string{"<script", "onerror=s", "onload", "<style", "<!--", "style="} {
				if strings.Contains(strings.ToLower(stored), left) {
					t.Errorf("%s of %q left %s: %q", name, bad, left, stored)
				}
			}
			if strings.Contains(text, "</") && !strings.Contains(bad, "@import") && !strings.Contains(stored, "after") {
				t.Errorf("%s of %q lost the words after: %q", name, bad, stored)
			}
		}
	}
}

func TestReadHTMLMapsWhatObsoleteAndStyledElementsMean(t *testing.T) {
	checkHTML(t, []reading{
		{"b and i", "<b>a</b> <i>b</i>", "<p><strong>a</strong> <em>b</em></p>"},
		{"obsolete", "<tt>a</tt> <strike>b</strike> <big>c</big> <acronym title=x>d</acronym> <font color=red>e</font>",
			`<p><code>a</code> <s>b</s> <strong>c</strong> <abbr title="x">d</abbr> e</p>`},
		{"center", "<center>***</center>", `<p class="centre">***</p>`},
		{"div align", "<div align=right><p>a</p><p align=left>b</p></div>", "<p class=\"right\">a</p>\n<p>b</p>"},
		{"text-align", `<p style="text-align: center">a</p><h2 style="text-align:justify">b</h2>`, "<p class=\"centre\">a</p>\n<h2>b</h2>"},
		{"italic span", `<span style="font-style: italic; font-weight:700">a</span>`, "<p><em><strong>a</strong></em></p>"},
		{"small caps span", `<span style="font-variant:small-caps">a</span>`, `<p><span class="small-caps">a</span></p>`},
		{"underline and strike", `<span style="text-decoration:underline line-through">a</span>`, "<p><u><s>a</s></u></p>"},
		{"raised", `x<span style="vertical-align:super">2</span>`, "<p>x<sup>2</sup></p>"},
		{"Google Docs wrapper", `<b style="font-weight:normal" id="docs-internal-guid-1"><p dir="ltr"><span style="font-style:italic">a</span></p></b>`,
			`<p dir="ltr"><em>a</em></p>`},
		{"italic paragraph", `<p style="font-style:italic">a</p><p>b</p>`, "<p><em>a</em></p>\n<p>b</p>"},
		{"first heading", "<h1>a</h1>", "<h2>a</h2>"},
		{"spans that mean nothing", `a<span id=x><span>b</span></span>c`, "<p>abc</p>"},
		{"split italics", "<em>a</em><em>b</em>", "<p><em>ab</em></p>"},
		{"doubled italics", "<em>a<i>b</i></em>", "<p><em>ab</em></p>"},
		{"no-break space", "a&nbsp;b", "<p>a\u00a0b</p>"},
		{"whole page", "<!DOCTYPE html><html><head><title>t</title><meta charset=x></head><body><p>a</body></html>", "<p>a</p>"},
		{"Word", `<p class=MsoNormal>a<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>`, "<p class=\"MsoNormal\">a</p>\n<p>\u00a0</p>"},
	})
}

func TestReadHTMLReadsReservedClasses(t *testing.T) {
	checkHTML(t, []reading{
		{"scene break", "<p>a</p><hr width=50%>", "<p>a</p>\n<hr>"},
		{"drawn scene break", `<hr class="scene" title="~ * ~">`, `<hr class="scene" title="~ * ~">`},
		{"place", `<p class="place">0415 HRS<br>Harbour</p>`, `<p class="place">0415 HRS<br>Harbour</p>`},
		{"verse", `<p class="verse mine">a<br>b</p>`, `<p class="verse mine">a<br>b</p>`},
		{"stanzas", `<p class=verse>a<br><br>b</p>`, "<p class=\"verse\">a</p>\n<p class=\"verse\">b</p>"},
		{"end mark", `<p class="centre end-mark">The End</p>`, `<p class="end-mark centre">The End</p>`},
		{"letter", `<blockquote class="letter">Dear you</blockquote>`, "<div class=\"letter\">\n<p>Dear you</p>\n</div>"},
		{"messages", `<div class=messages><p><b>ann</b> hi</p></div>`, "<div class=\"messages\">\n<p><strong>ann</strong> hi</p>\n</div>"},
		{"thought, aside, small caps", `<i class=thought>a</i> <span class=aside>b</span> <span class="small-caps x1">c</span>`,
			`<p><em class="thought">a</em> <span class="aside">b</span> <span class="small-caps x1">c</span></p>`},
	})
	d, _ := ReadHTML(`<hr class="scene" title="* * *"><p class="place">Dock</p><div class="letter"><p class="right">Yours</p></div>`)
	want := Document{Blocks: []Block{
		{Kind: SceneBreak, Glyphs: "* * *"},
		{Kind: SceneHeading, Inlines: []Inline{TextRun("Dock")}},
		{Kind: Letter, Blocks: []Block{{Kind: Paragraph, Align: AlignRight, Inlines: []Inline{TextRun("Yours")}}}},
	}}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Error(diff)
	}
}

func TestReadHTMLRepairsNesting(t *testing.T) {
	checkHTML(t, []reading{
		{"crossed", "<b>a<i>b</b>c</i>", "<p><strong>a<em>b</em></strong><em>c</em></p>"},
		{"block in inline", "<em>a<p>b</p>c</em>", "<p><em>a</em></p>\n<p><em>b</em></p>\n<p><em>c</em></p>"},
		{"block in paragraph", `<p>a <em lang="fr">b<blockquote>c</blockquote>d</em></p>`,
			"<p>a <em lang=\"fr\">b</em></p>\n<blockquote>\n<p><em lang=\"fr\">c</em></p>\n</blockquote>\n<p><em lang=\"fr\">d</em></p>"},
		{"inline over paragraphs", "<p><em>a</p><p>b</em> c</p>", "<p><em>a</em></p>\n<p><em>b</em> c</p>"},
		{"unclosed list", "<ul><li>a<li>b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"},
		{"list in item", "<ul><li>a<ol start=3><li>b</ol></ul>", "<ul>\n<li>a\n<ol start=\"3\">\n<li>b</li>\n</ol>\n</li>\n</ul>"},
		{"item without list", "<li>a", "<ul>\n<li>a</li>\n</ul>"},
		{"list without item", "<ul>a<p>b</ul>", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>"},
		{"table", "<table><caption>c</caption><thead><tr><th scope=col>h<tbody><tr><td>d</table>",
			"<table>\n<caption>c</caption>\n<thead>\n<tr>\n<th scope=\"col\">h</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>d</td>\n</tr>\n</tbody>\n</table>"},
		{"text in table", "<table>a<tr>b<td>c</table>d",
			"<table>\n<tbody>\n<tr>\n<td>a</td>\n</tr>\n<tr>\n<td>b</td>\n<td>c</td>\n</tr>\n</tbody>\n</table>\n<p>d</p>"},
		{"cell without table", "<td>a</td><td>b</td>", "<p>a</p>\n<p>b</p>"},
		{"marks stay in their cell", "<table><td><b>a<td>b</table>", "<table>\n<tbody>\n<tr>\n<td><strong>a</strong></td>\n<td>b</td>\n</tr>\n</tbody>\n</table>"},
		{"link in link", `<a href="http://a.example">a<a href="http://b.example">b</a>c</a>`,
			`<p><a href="http://a.example">a</a><a href="http://b.example">b</a>c</p>`},
		{"heading left open", "<h3>a<p>b", "<h3>a</h3>\n<p>b</p>"},
		{"block in heading", "<h3><div>a</div></h3>b", "<h3>a</h3>\n<p>b</p>"},
		{"end tags of nothing", "a</p></div></em></td>b", "<p>a</p>\n<p>b</p>"},
		{"details", "<details open><summary>s</summary>t</details>", "<details open=\"open\">\n<summary>s</summary>\n<p>t</p>\n</details>"},
		{"summary of nothing", "<summary>s</summary>t", "<p>s</p>\n<p>t</p>"},
		{"definitions", "<dl><dt>a<dd>b<dd>c</dl>", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n<dd>c</dd>\n</dl>"},
		{"unclosed drawing", "<svg><circle>gone<p>kept", "<p>kept</p>"},
		{"unfinished tag", "a <b", "<p>a &lt;b</p>"},
		{"broken heart", "I </3 him <3 her", "<p>I &lt;/3 him &lt;3 her</p>"},
	})
}

func TestReadHTMLKeepsRubyThatIsRuby(t *testing.T) {
	checkHTML(t, []reading{
		{"with parentheses", "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby>", "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby></p>"},
		{"open ends", "<ruby>漢<rt>kan</ruby>", "<p><ruby>漢<rt>kan</rt></ruby></p>"},
		{"without reading", "<ruby>漢</ruby>", "<p>漢</p>"},
		{"without base", "<ruby><rt>kan</rt></ruby>", "<p>kan</p>"},
		{"reading alone", "<rt>kan</rt>", "<p>kan</p>"},
	})
}

func TestReadHTMLKeepsTheAttributesOnTheList(t *testing.T) {
	checkHTML(t, []reading{
		{"all", `<p lang="he" dir="RTL" title=" a  b " class="ab 1x c! d-e ab" id=x data-y=z>א</p>`, `<p class="ab d-e" dir="rtl" lang="he" title="a b">א</p>`},
		{"bidirectional", "<bdo dir=rtl>abc</bdo> \u202eabc\u202c", "<p><span dir=\"rtl\">abc</span> \u202eabc\u202c</p>"},
		{"links", `<a href="/works/1">a</a> <a href="mailto:a@b.example">b</a> <a href="ftp://c.example/">c</a> <a href="//d.example/">d</a>`,
			`<p><a href="/works/1">a</a> <a href="mailto:a@b.example">b</a> c <a href="https://d.example/">d</a></p>`},
		{"forbidden characters", `<a href="http://a.example/b c|d%">e</a>`, `<p><a href="http://a.example/b%20c%7Cd%25">e</a></p>`},
		{"picture", `a<img src="/i/1.png" alt="A &quot;cat&quot;" width=10 height=2x border=0>`, `<p>a<img alt="A &quot;cat&quot;" src="/i/1.png" width="10"></p>`},
		{"picture alone", `<p align=center><img src="https://a.example/1.png"></p>`, `<figure class="centre"><img alt="" src="https://a.example/1.png"></figure>`},
		{"picture of no address", `<img src="data:x" alt="A cat">`, `<p>A cat</p>`},
		{"figure", `<figure><img src="1.png"><figcaption><p>The <i>cat</i></p></figcaption></figure>`, `<figure><img alt="" src="1.png"><figcaption>The <em>cat</em></figcaption></figure>`},
		{"lists", `<ol start=-2 reversed type=i><li value=7>a</ol><ul><li value=3>b</ul>`, "<ol reversed=\"reversed\" start=\"-2\">\n<li value=\"7\">a</li>\n</ol>\n<ul>\n<li>b</li>\n</ul>"},
		{"cells", `<table border=1 width=100%><td colspan=2 rowspan=0 width=3>a</table>`, "<table>\n<tbody>\n<tr>\n<td colspan=\"2\">a</td>\n</tr>\n</tbody>\n</table>"},
		{"quotations", `<blockquote cite="https://a.example/">a</blockquote><q cite="mailto:x@y">b</q>`, "<blockquote cite=\"https://a.example/\">\n<p>a</p>\n</blockquote>\n<p><q>b</q></p>"},
		{"times", `<time datetime="2026-11-22">a</time> <time datetime="soon">b</time>`, `<p><time datetime="2026-11-22">a</time> b</p>`},
		{"division", `<div class="ab"><div>a</div></div>`, "<div class=\"ab\">\n<p>a</p>\n</div>"},
		{"twice", `<p title=a title=b>c</p>`, `<p title="a">c</p>`},
	})
}

func TestReadHTMLKeepsTheSpacesOfPreformattedText(t *testing.T) {
	checkHTML(t, []reading{
		{"lines", "<pre>\n\n a  b\n\n\tc\n</pre>", "<pre> a  b\n\n\tc</pre>"},
		{"break and block", "<pre>a<br>b<p>c</p>d</pre>", "<pre>a\nb\nc\nd</pre>"},
		{"marks", "<pre><code>a <b> b</b></code></pre>", "<pre>a <strong> b</strong></pre>"},
	})
}

func TestReadHTMLKeepsGapsForTheManuscriptReader(t *testing.T) {
	checkHTML(t, []reading{
		{"break between paragraphs", "<p>a</p><br><p>b</p>", "<p>a</p>\n<p>\u00a0</p>\n<p>b</p>"},
		{"paragraph of a break", "<p>a</p><p><br></p><p><br></p><p>b</p>", "<p>a</p>\n<p>\u00a0</p>\n<p>\u00a0</p>\n<p>b</p>"},
		{"empty paragraph", "<p>a</p><p></p><p> </p><p>b</p>", "<p>a</p>\n<p>b</p>"},
		{"breaks in loose text", "a<br>b<br><br>c<br><br><br>d", "<p>a<br>b</p>\n<p>c</p>\n<p>\u00a0</p>\n<p>d</p>"},
		{"breaks in a paragraph", "<p>a<br><br>b<br></p>", "<p>a<br><br>b</p>"},
		{"at the edges", "<br><br><p>a</p><br><br>", "<p>a</p>"},
	})
}

func TestReadHTMLTellsWhatItDropped(t *testing.T) {
	_, dropped := ReadHTML(`<font color=red size=2>a</font><span style="color:blue;line-height:2">b</span><!-- c --><blink>d</blink>` +
		`<a href="javascript:x" onclick=y id=z>e</a><script>f</script><img src="data:x">`)
	want := []Dropped{{"comment", 1}, {"font-colour", 2}, {"font-size", 1}, {"handler", 1}, {"id", 1}, {"script", 1},
		{"style", 1}, {"unknown-element", 1}, {"unsafe-image", 1}, {"unsafe-link", 1}}
	if diff := cmp.Diff(want, dropped); diff != "" {
		t.Error(diff)
	}
}

func TestReadHTMLCleansCharacters(t *testing.T) {
	checkHTML(t, []reading{
		{"NUL and controls", "a\x00b\x07c\x7f&#1;d&#0;", "<p>abcd\ufffd</p>"},
		{"invalid UTF-8", "a\xffb\xc3", "<p>a\ufffdb\ufffd</p>"},
		{"line ends", "<pre>a\r\nb\rc\u2028d</pre>", "<pre>a\nb\nc\nd</pre>"},
		{"byte order mark", "\ufeffa", "<p>a</p>"},
		{"invisible marks", "a\u200d\u2060\u200fb\u00adc", "<p>a\u200d\u2060\u200fb\u00adc</p>"},
		{"non-characters", "a\ufffe\uffffb", "<p>ab</p>"},
	})
}

package manuscript

import (
	"strings"
	"testing"
	"time"
)

// bodyOf reads a page and gives its story as HTML.
func bodyOf(t *testing.T, page string) string {
	t.Helper()
	r, err := Read([]byte(page), Options{Kind: "html", NoGuess: true})
	if err != nil {
		t.Fatal(err)
	}
	checkInvariants(t, r)
	return r.Works[0].Chapters[0].Body.HTML()
}

func TestTheLookOfAPageBecomesItsMeaning(t *testing.T) {
	for page, want := range map[string]string{
		`<style>.a{font-style:italic}</style><p>one <span class="a">two</span> three</p>`:                            `<p>one <em>two</em> three</p>`,
		`<style>p.a span{font-style:italic}</style><p class="a">one <span>two</span></p><p><span>three</span></p>`:   "<p>one <em>two</em></p>\n<p>three</p>",
		`<style>#x{font-weight:bold} span{font-weight:normal}</style><p><span id="x">two</span></p>`:                 `<p><strong>two</strong></p>`,
		`<b style="font-weight:normal"><p>plain</p></b>`:                                                             `<p>plain</p>`,
		`<i>one <span style="font-style:normal">two</span> three</i>`:                                                `<p><em>one</em> two <em>three</em></p>`,
		`<p style="font-style:italic">one <i style="font-style:normal">two</i></p>`:                                  `<p><em>one</em> two</p>`,
		`<p><span style="font:italic bold 12px/30px Georgia">two</span></p>`:                                         `<p><strong><em>two</em></strong></p>`,
		`<p>she said<i> very </i>loudly<i>.</i></p>`:                                                                 `<p>she said <em>very</em> loudly.</p>`,
		`<p><i>one</i><i> two</i></p>`:                                                                               `<p><em>one two</em></p>`,
		`<p style="text-align:justify">one</p><p style="text-align:right">two</p>`:                                   "<p>one</p>\n<p class=\"right\">two</p>",
		`<style>p{text-align:center}</style><p>one</p>`:                                                              `<p class="centre">one</p>`,
		`<p style="text-decoration:underline line-through">one</p>`:                                                  `<p><u><s>one</s></u></p>`,
		`<p>H<span style="vertical-align:sub">2</span>O, 4<span style="vertical-align:super">th</span></p>`:          `<p>H<sub>2</sub>O, 4<sup>th</sup></p>`,
		`<p>one</p><p style="border-bottom:1px solid"><br></p><p>two</p>`:                                            "<p>one</p>\n<hr>\n<p>two</p>",
		`<p>one</p><p style="border:1px solid">boxed</p><p>two</p>`:                                                  "<p>one</p>\n<p>boxed</p>\n<p>two</p>",
		`<p>one</p><br style="page-break-before:always"><p>two</p>`:                                                  "<p>one</p>\n<hr>\n<p>two</p>",
		`<style>p{border-bottom:1px solid}</style><p>one</p><p>two</p>`:                                              "<p>one</p>\n<p>two</p>",
		`<p>one<span style="display:none">hidden</span> two</p>`:                                                     `<p>one two</p>`,
		`<div style="white-space:pre-wrap">one` + "\n" + `two</div>`:                                                 `<p>one<br>two</p>`,
		`<h2 style="font-weight:bold">one</h2><p>two</p>`:                                                            "<h2>one</h2>\n<p>two</p>",
		`<p><i>one<p>two</i></p>`:                                                                                    "<p><em>one</em></p>\n<p><em>two</em></p>",
		`<p><span style="font-style:italic">one<p>two</p>`:                                                           "<p><em>one</em></p>\n<p>two</p>",
		`<p>one&nbsp;two&nbsp;&nbsp;three 4&nbsp;km</p>`:                                                             "<p>one two three 4\u00a0km</p>",
		`<p><em class="thought">so</em> <span class="aside">(A/N: no)</span> <span class="mine">kept</span></p>`:     `<p><em class="thought">so</em> <span class="aside">(A/N: no)</span> <span class="mine">kept</span></p>`,
		`<p class="MsoNormal">one<o:p></o:p> <st1:City w:st="on">two</st1:City></p>`:                                 `<p>one two</p>`,
		`<p>one</p><table><tr><td>a</td><td>b</td></tr></table>`:                                                     "<p>one</p>\n<table>\n<tbody>\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n</tbody>\n</table>",
		`<table><tr><td><p>one</p><p>two</p></td></tr></table>`:                                                      "<p>one</p>\n<p>two</p>",
		`<p>one<a href="#n" id="r"><sup>1</sup></a>.</p><p><a href="#r" id="n">1</a> the note</p>`:                   `<p>one<span class="footnote">the note</span>.</p>`,
		`<p><a href="#top" id="a">Top</a> one <a href="https://example.org/x#frag">two</a></p>`:                      `<p><a href="#top">Top</a> one <a href="https://example.org/x#frag">two</a></p>`,
		`<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><p>one</p><xml><w:data>two</w:data></xml>`: `<p>one</p>`,
	} {
		if got := strings.ReplaceAll(bodyOf(t, "<!DOCTYPE html>"+page), "<td><p>", "<td>"); got != want {
			t.Errorf("%s\nis   %s\nwant %s", page, got, want)
		}
	}
}

// Time in proportion to the page, whatever is in it: one that is not runs into
// the limit.
func TestHostilePagesAreReadInTime(t *testing.T) {
	var rules, notes strings.Builder
	for range 5000 {
		rules.WriteString("div div div p.a{font-style:italic}")
	}
	for range 3000 {
		notes.WriteString(`<p>x<a href="#n" id="r">1</a></p><a href="#r" id="n">1</a>`)
	}
	for name, page := range map[string]string{
		"a million tags":      strings.Repeat("<div>", 200_000) + "<p>deep</p>",
		"marks never closed":  "<p>" + strings.Repeat("<i>a<b>b", 20_000),
		"marks crossed":       strings.Repeat("<i>a<b>b</i>c</b>", 20_000),
		"a long stylesheet":   "<style>" + rules.String() + "</style>" + strings.Repeat("<div>", 200) + strings.Repeat(`<p class="a">one</p>`, 20_000),
		"braces":              "<style>" + strings.Repeat("a{", 200_000) + "</style><p>one</p>",
		"footnotes of a kind": notes.String(),
		"tables in tables":    strings.Repeat("<table><tr><td>", 20_000) + "one",
		"hidden in hidden":    strings.Repeat(`<div style="display:none">`, 5_000) + "<p>one</p>" + strings.Repeat("</div>", 5_000) + "<p>two</p>",
		"comments":            strings.Repeat("<!--", 100_000) + "<p>one</p>",
	} {
		began := time.Now()
		r, err := Read([]byte("<!DOCTYPE html><p>words</p>"+page), Options{Kind: "html"})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkInvariants(t, r)
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func TestHiddenTextIsToldAndALongOneIsKept(t *testing.T) {
	hidden := `<p>one</p><p style="display:none">` + strings.Repeat("word ", 10) + `</p><div style="visibility:hidden"><p>` + strings.Repeat("story ", 100) + `</p></div>`
	r, err := Read([]byte("<!DOCTYPE html>"+hidden), Options{Kind: "html"})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "words", 101, r.Works[0].Chapters[0].Body.Words())
	same(t, "told", []Dropped{{"hidden-text", 1}, {"hidden-text-kept", 1}}, r.Dropped)
}

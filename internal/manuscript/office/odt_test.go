package office

import (
	"bytes"
	"strings"
	"testing"
)

const openNS = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:officeooo="http://openoffice.org/2009/office"`

// openFile says what a made .odt holds.
type openFile struct {
	body   string // inside office:text
	styles string // automatic styles
	named  string // styles of styles.xml
	master string
	more   []part
}

// odt makes the file, as LibreOffice lays it out.
func (f openFile) odt(t testing.TB) []byte {
	t.Helper()
	return packed(t, append([]part{
		{"mimetype", odtMime},
		{"content.xml", declared + "<office:document-content" + openNS + "><office:automatic-styles>" + openStyles + f.styles + "</office:automatic-styles><office:body><office:text>" + f.body + "</office:text></office:body></office:document-content>"},
		{"styles.xml", declared + "<office:document-styles" + openNS + "><office:styles>" + namedStyles + f.named + "</office:styles><office:master-styles>" + f.master + "</office:master-styles></office:document-styles>"},
		{"META-INF/manifest.xml", "<manifest:manifest/>"},
	}, f.more...)...)
}

// openStyle is one style.
func openStyle(family, name, attributes, properties string) string {
	return `<style:style style:family="` + family + `" style:name="` + name + `" ` + attributes + `>` + properties + `</style:style>`
}

func textProps(attributes string) string { return `<style:text-properties ` + attributes + `/>` }

func paraAttrs(attributes string) string { return `<style:paragraph-properties ` + attributes + `/>` }

var openStyles = openStyle("text", "T1", "", textProps(`fo:font-style="italic"`)) + openStyle("text", "T2", "", textProps(`fo:font-weight="bold"`)) +
	openStyle("text", "T3", "", textProps(`fo:font-style="normal"`)) + openStyle("text", "T4", "", textProps(`text:display="none"`)) +
	openStyle("text", "T5", "", textProps(`style:text-position="super 58%"`)) + openStyle("text", "T6", "", textProps(`style:text-position="-33% 58%" fo:font-variant="small-caps"`)) +
	openStyle("text", "T7", "", textProps(`style:text-underline-style="solid"`)) + openStyle("text", "T8", "", textProps(`style:text-line-through-style="solid" fo:text-transform="uppercase"`)) +
	openStyle("text", "T9", "", textProps(`fo:language="fr" fo:country="FR" fo:color="#ff0000"`)) +
	openStyle("paragraph", "P1", `style:parent-style-name="Standard"`, paraAttrs(`fo:text-align="center"`)) + openStyle("paragraph", "P2", `style:parent-style-name="Standard"`, paraAttrs(`fo:text-align="end"`)) +
	openStyle("paragraph", "P3", `style:parent-style-name="Thoughts"`, paraAttrs(`fo:text-align="justify"`)) + openStyle("paragraph", "P4", `style:parent-style-name="Standard"`, paraAttrs(`fo:break-before="page"`)) +
	openStyle("paragraph", "P5", `style:parent-style-name="Standard"`, paraAttrs(`fo:border-bottom="0.5pt solid #000000" fo:border-top="none"`)) + openStyle("paragraph", "P6", `style:parent-style-name="Standard"`, paraAttrs(`style:writing-mode="rl-tb"`)) +
	openStyle("paragraph", "P7", `style:parent-style-name="Standard"`, paraAttrs(`fo:border="0.5pt solid #000000"`)) + openStyle("section", "Sect1", "", `<style:section-properties text:display="none"/>`)

var namedStyles = `<style:default-style style:family="paragraph"><style:text-properties fo:language="en" fo:country="GB"/></style:default-style>` +
	openStyle("paragraph", "Standard", "", "") + openStyle("paragraph", "Thoughts", `style:parent-style-name="Standard"`, textProps(`fo:font-style="italic"`)) +
	openStyle("paragraph", "Title", `style:parent-style-name="Standard"`, paraAttrs(`fo:text-align="center"`)+textProps(`fo:font-weight="bold"`)) +
	openStyle("paragraph", "Heading_20_1", `style:display-name="Heading 1" style:parent-style-name="Standard" style:default-outline-level="1"`, textProps(`fo:font-weight="bold" fo:font-style="italic"`)) +
	openStyle("paragraph", "Horizontal_20_Line", `style:display-name="Horizontal Line" style:parent-style-name="Standard"`, paraAttrs(`fo:border-bottom="1.1pt double #808080"`)) +
	openStyle("paragraph", "Quotations", `style:parent-style-name="Standard"`, "") + openStyle("text", "Emphasis", "", textProps(`fo:font-style="italic"`)) +
	`<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-bullet text:level="2" text:bullet-char="•"/></text:list-style>` +
	`<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="–"/></text:list-style>` +
	`<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="I" style:num-prefix="Chapter " style:num-suffix=": "/></text:outline-style>`

func odtPara(style, text string) string {
	return `<text:p text:style-name="` + style + `">` + text + `</text:p>`
}

func span(style, text string) string {
	return `<text:span text:style-name="` + style + `">` + text + `</text:span>`
}

func TestOdtKeepsWhatSpansAndStylesMean(t *testing.T) {
	cases := map[string]struct{ body, want string }{
		"marks": {
			odtPara("Standard", "It was "+span("T1", "very "+span("T2", "late"))+", "+span("Emphasis", "so ")+"x"+span("T5", "th")+span("T6", "y")+span("T7", "u")+span("T8", "s")),
			`<p>It was <em>very <strong>late</strong></em>, <em>so</em> x<sup>th</sup><span class="small-caps"><sub>y</sub></span><u>u</u><s>S</s></p>`,
		},
		"styles are inherited, and taken back": {odtPara("P3", "in "+span("T3", "out")), "<p><em>in</em> out</p>"},
		"alignment":                            {odtPara("P1", "mid") + odtPara("P2", "end"), "<p class=\"centre\">mid</p>\n<p class=\"right\">end</p>"},
		"white space":                          {odtPara("Standard", "<text:tab/>a<text:s text:c=\"3\"/>b\n c<text:line-break/>d\u00ade"), "<p>a b\n c<br>de</p>"},
		"headings": {
			odtPara("Title", "Tides") + `<text:h text:style-name="Heading_20_1" text:outline-level="1">Fog <text:span text:style-name="T3">Argo</text:span></text:h>` + odtPara("Standard", "x"),
			"<h1 class=\"centre\">Tides</h1>\n<h2>Chapter I: Fog <em>Argo</em></h2>\n<p>x</p>",
		},
		"right to left, and another tongue": {odtPara("P6", "שלום") + odtPara("Standard", span("T9", "bonjour")), "<p dir=\"rtl\">שלום</p>\n<p><span lang=\"fr\">bonjour</span></p>"},
		"breaks": {
			odtPara("Standard", "a") + odtPara("Horizontal_20_Line", "") + odtPara("Standard", "b") + odtPara("P4", "c") + odtPara("P5", "d") + odtPara("P7", "e"),
			"<p>a</p>\n<hr>\n<p>b</p>\n<hr>\n<p>c</p>\n<p>d</p>\n<hr>\n<p>e</p>",
		},
		"quotations and gaps": {odtPara("Quotations", "one") + odtPara("Standard", "") + odtPara("Standard", "two"), "<blockquote>\n<p>one</p>\n</blockquote>\n<p>&#160;</p>\n<p>two</p>"},
		"links and fields": {
			odtPara("Standard", `<text:a xlink:href="https://a.example/?a=1&amp;b=2">there</text:a> by <text:author-name>Jane</text:author-name><text:page-number>3</text:page-number><text:bookmark text:name="x"/>!`),
			`<p><a href="https://a.example/?a=1&amp;b=2">there</a> by !</p>`,
		},
		"notes": {
			odtPara("Standard", `Rope<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>`+odtPara("Standard", "Of "+span("T1", "hemp"))+odtPara("Standard", "Second.")+`</text:note-body></text:note>, twice`+`<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body>`+odtPara("Standard", "End.")+`</text:note-body></text:note>.`),
			`<p>Rope<span class="footnote">Of <em>hemp</em><br>Second.</span>, twice<span class="footnote">End.</span>.</p>`,
		},
		"ruby": {odtPara("Standard", `<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>かん</text:ruby-text></text:ruby>`), "<p><ruby>漢<rt>かん</rt></ruby></p>"},
		"lists, speech, tables": {
			`<text:list text:style-name="L1"><text:list-item>` + odtPara("Standard", "one") + odtPara("Standard", "more") + `<text:list><text:list-item>` + odtPara("Standard", "deep") + `</text:list-item></text:list></text:list-item><text:list-item>` + odtPara("Standard", "two") + `</text:list-item></text:list>` +
				`<text:list text:style-name="L2"><text:list-item>` + odtPara("Standard", "Ah, bon ?") + `</text:list-item></text:list>` +
				`<table:table><table:table-header-rows><table:table-row><table:table-cell>` + odtPara("Standard", "h") + `</table:table-cell><table:table-cell table:number-columns-spanned="2">` + odtPara("Standard", "i") + `</table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows></table:table>` +
				`<table:table><table:table-row><table:table-cell>` + odtPara("Standard", "framed") + `</table:table-cell></table:table-row></table:table>`,
			strings.Join([]string{
				"<ol><li><p>one</p>", "<p>more</p>", "<ul><li><p>deep</p>", "</li></ul>", "</li><li><p>two</p>", "</li></ol>", "<p>– Ah, bon ?</p>",
				`<table><tr><th><p>h</p></th><th colspan="2"><p>i</p></th></tr></table>`, "<p>framed</p>",
			}, "\n"),
		},
		"text in a box": {odtPara("Standard", `beside<draw:frame><draw:text-box>`+odtPara("P1", "boxed")+`</draw:text-box></draw:frame>`), "<p>beside</p>\n<p class=\"centre\">boxed</p>"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			checkHTML(t, readMade(t, openFile{body: c.body}.odt(t), Odt), c.want)
		})
	}
}

func TestOdtLeavesOutWhatIsNoStoryAndTells(t *testing.T) {
	body := `<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>E</dc:creator></office:change-info>` + odtPara("Standard", "old") + `</text:deletion></text:changed-region><text:changed-region><text:insertion><office:change-info/></text:insertion></text:changed-region></text:tracked-changes>` +
		`<text:table-of-content><text:index-body>` + odtPara("Standard", "One....1") + `</text:index-body></text:table-of-content>` +
		odtPara("Standard", `The <text:change-start text:change-id="c"/>new<text:change-end text:change-id="c"/> tide<office:annotation><dc:creator>E</dc:creator>`+odtPara("Standard", "remark")+`</office:annotation><office:annotation-end/>`+span("T4", "unseen")+span("T9", "!")) +
		`<text:section text:style-name="Sect1">` + odtPara("Standard", "hidden") + `</text:section><text:section text:style-name="Sect2">` + odtPara("Standard", "shown") + `</text:section>`
	text := readMade(t, openFile{body: body, master: `<style:master-page><style:header>` + odtPara("Standard", "Running") + `</style:header><style:footer/></style:master-page>`}.odt(t), Odt)
	checkHTML(t, text, "<p>The new tide<span lang=\"fr\">!</span></p>\n<p>shown</p>")
	checkTold(t, text, "comment +", "contents-table +", "font-colour +", "hidden-text + +", "page-header +", "tracked-deletion +", "tracked-insertion +")
}

// tellingOdt is a file that tells all an .odt can tell.
func tellingOdt(t testing.TB) []byte {
	info := `<office:change-info><dc:creator>Beta Reader Name</dc:creator><dc:date>2020-01-01T00:00:00</dc:date></office:change-info>`
	body := `<!-- printer-of-jane vbaProject --><text:tracked-changes><text:changed-region><text:deletion>` + info + odtPara("Standard", "old") + `</text:deletion></text:changed-region><text:changed-region><text:insertion>` + info + `</text:insertion></text:changed-region></text:tracked-changes>` +
		`<text:p text:style-name="PS">The new tide.<office:annotation><dc:creator>Beta Reader Name</dc:creator><dc:date>2020-01-02</dc:date>` + odtPara("Standard", "secret remark") + `</office:annotation></text:p>` +
		odtPara("Standard", `by <text:author-name>Jane Quillfeather</text:author-name><text:sender-company>Hearthstone Ltd</text:sender-company><text:file-name>C:\Users\x.odt</text:file-name><text:a xlink:href="file:///C:/Users/x"> linked</text:a><text:a xlink:href="https://w.example/"> web</text:a>`) +
		odtPara("Standard", `<draw:frame draw:name="IMG_2031"><draw:image xlink:href="Pictures/IMG_2031.jpg" draw:mime-type="image/jpeg"/><svg:title>C:\Users\jane\IMG_2031.jpg</svg:title><svg:desc>A boat</svg:desc></draw:frame><draw:frame><draw:image xlink:href="Pictures/2.emf"/></draw:frame>`) +
		odtPara("Standard", `End.<text:note text:note-class="footnote"><text:note-body>`+odtPara("Standard", "A note.")+`</text:note-body></text:note>`)
	return openFile{
		body: body, styles: openStyle("paragraph", "PS", `style:parent-style-name="Standard"`, textProps(`officeooo:rsid="00A77B3E" officeooo:paragraph-rsid="3C2F9A11"`)),
		master: `<style:master-page><style:header>` + odtPara("Standard", "Running Head / Quillfeather") + `</style:header></style:master-page>`,
		more: []part{
			{"meta.xml", "<dc:creator>Jane Quillfeather jane@</dc:creator>ACME custom"}, {"settings.xml", "printer-of-jane C:/Users Normal.dotm"}, {"Thumbnails/thumbnail.png", "GPSDATA"},
			{"Pictures/IMG_2031.jpg", "JPEG GPSDATA"}, {"Pictures/2.emf", "EMF GPSDATA"}, {"Basic/Standard/Module1.xml", "vbaProject"}, {"Object 1/content.xml", "secret remark"},
		},
	}.odt(t)
}

func TestAScrubbedOdtTellsNothingOfItsWriter(t *testing.T) {
	text, removed := checkScrubbed(t, tellingOdt(t), Odt)
	checkHTML(t, text, "<p>The new tide.</p>\n<p>by linked <a href=\"https://w.example/\">web</a></p>\n<p><img src=\"image1.jpeg\" alt=\"A boat\"></p>\n<p>End.<span class=\"footnote\">A note.</span></p>")
	checkTold(t, text, "tracked-deletion +", "tracked-insertion +")
	told := map[string]int{}
	for _, c := range removed {
		told[c.Kind] = c.Count
	}
	for kind, least := range map[string]int{
		"comment": 1, "editor-name": 2, "properties": 2, "thumbnail": 1, "macro": 1, "page-header": 1, "picture-data": 1, "picture": 1, "file-field": 3, "revision-mark": 2, "path": 2, "embedded": 1,
	} {
		if told[kind] < least {
			t.Errorf("%d of %s told, want %d at least; all: %v", told[kind], kind, least, removed)
		}
	}
}

func TestHostileOdtIsRefusedInOneSentence(t *testing.T) {
	made := func(content string) []byte {
		return packed(t, part{"mimetype", odtMime}, part{"content.xml", content})
	}
	for name, c := range map[string]struct{ content, rule string }{
		"nested":   {"<a>" + strings.Repeat("<b>", 300), "manuscript.unsafe"},
		"entities": {`<!DOCTYPE x [<!ENTITY a "b">]><x/>`, "manuscript.unsafe"},
		"cut off":  {"<office:document-content" + openNS + "><office:body>", "manuscript.broken"},
		"a bomb":   {strings.Repeat(" ", 40<<20), "manuscript.unpacked"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, made(c.content), c.rule) })
	}
	ring := openStyle("paragraph", "A", `style:parent-style-name="B"`, textProps(`fo:font-style="italic"`)) + openStyle("paragraph", "B", `style:parent-style-name="A"`, "")
	checkHTML(t, readMade(t, openFile{body: odtPara("A", "a"), styles: ring}.odt(t), Odt), "<p><em>a</em></p>")
	wide := strings.Repeat(`<table:table-cell table:number-columns-repeated="1000000000">`+odtPara("Standard", "x")+`</table:table-cell>`, 3)
	text := readMade(t, openFile{body: odtPara("Standard", `a<text:s text:c="1000000000"/>b`) + `<table:table><table:table-row table:number-rows-repeated="1000000000">` + wide + `</table:table-row></table:table>`}.odt(t), Odt)
	if len(text.HTML) > 1000 {
		t.Errorf("%d bytes of HTML", len(text.HTML))
	}
}

// BenchmarkOdt reads a novel as LibreOffice saves it.
func BenchmarkOdt(b *testing.B) {
	one := odtPara("P3", "The keeper climbed, as he had every night for forty years, and the stair was as "+span("T1", "long")+" as ever. “It’s late,” he said, and the light went round over the water, once, twice, and again.")
	content := declared + "<office:document-content" + openNS + "><office:automatic-styles>" + openStyles + "</office:automatic-styles><office:body><office:text>" + strings.Repeat(one, 20_000) + "</office:text></office:body></office:document-content>"
	data := bytes.Clone(storedPack(b, part{"mimetype", odtMime}, part{"content.xml", content}))
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(data, Odt); err != nil {
			b.Fatal(err)
		}
	}
}

package office

import (
	"strings"
	"testing"
)

const wordStyles = `<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Thought"><w:name w:val="Thought"/><w:basedOn w:val="Normal"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Deeper"><w:name w:val="Deeper"/><w:basedOn w:val="Thought"/></w:style>
<w:style w:type="paragraph" w:styleId="SceneBreak"><w:name w:val="Scene Break"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Line"><w:name w:val="Line"/><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="4"/></w:pBdr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Emph"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style>`

func TestDocxKeepsWhatRunsAndStylesMean(t *testing.T) {
	cases := map[string]struct{ body, want string }{
		"marks of runs": {
			"<w:p>" + run("<w:i/>", "very ") + run("<w:b/><w:i/>", "late") + run("", ", she ") + run(`<w:u w:val="single"/>`, "said") + run("<w:strike/>", "no") + run(`<w:vertAlign w:val="superscript"/>`, "th") + run("<w:smallCaps/>", "noon") + "</w:p>",
			`<p><em>very <strong>late</strong></em>, she <u>said</u><s>no</s><sup>th</sup><span class="small-caps">noon</span></p>`,
		},
		"a run split at random is one": {
			"<w:p>" + run("<w:i/>", "un") + `<w:proofErr w:type="spellStart"/>` + run("<w:i/>", "believ") + run("<w:i/><w:lang w:val=\"en-US\"/>", "able") + "</w:p>",
			"<p><em>unbelievable</em></p>",
		},
		"spaces at the edges stand outside": {
			"<w:p>" + run("", "said") + run("<w:i/>", " very ") + run("", "loudly") + "</w:p>",
			"<p>said <em>very</em> loudly</p>",
		},
		"off is off": {
			"<w:p>" + run(`<w:i w:val="0"/>`, "plain ") + run(`<w:b w:val="false"/><w:u w:val="none"/>`, "too") + "</w:p>",
			"<p>plain too</p>",
		},
		"styles are inherited and toggled": {
			para(`<w:pStyle w:val="Deeper"/>`, "all of it") + "<w:p><w:pPr><w:pStyle w:val=\"Deeper\"/></w:pPr>" + run("", "in, ") + run(`<w:rStyle w:val="Emph"/>`, "out") + run(`<w:rStyle w:val="Emph"/><w:i/>`, ", in") + "</w:p>",
			"<p><em>all of it</em></p>\n<p><em>in,</em> out<em>, in</em></p>",
		},
		"a latent style": {"<w:p>" + run(`<w:rStyle w:val="Strong"/>`, "bold") + "</w:p>", "<p><strong>bold</strong></p>"},
		"alignment": {
			para(`<w:jc w:val="center"/>`, "mid") + para(`<w:jc w:val="right"/>`, "end") + para(`<w:jc w:val="both"/>`, "both"),
			"<p class=\"centre\">mid</p>\n<p class=\"right\">end</p>\n<p>both</p>",
		},
		"headings lose their own look, not that of a word": {
			"<w:p><w:pPr><w:pStyle w:val=\"berschrift1\"/></w:pPr>" + run("", "Chapter 1: ") + run(`<w:i w:val="0"/>`, "Argo") + "</w:p>",
			"<h1>Chapter 1: <em>Argo</em></h1>",
		},
		"a title stands above": {para(`<w:pStyle w:val="Title"/>`, "Tides") + para(`<w:pStyle w:val="berschrift1"/>`, "One"), "<h1>Tides</h1>\n<h2>One</h2>"},
		"tabs, hyphens, breaks, capitals": {
			"<w:p><w:r><w:tab/><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t></w:r>" + run("<w:caps/>", "f&amp;g") + "</w:p>",
			"<p>a b<br>c\u2011deF&amp;G</p>",
		},
		"symbols": {`<w:p><w:r><w:sym w:font="Wingdings" w:char="F09A"/></w:r></w:p>`, "<p>❧</p>"},
		"ruby": {
			"<w:p><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>かん</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
			"<p><ruby>漢<rt>かん</rt></ruby></p>",
		},
		"right to left and another tongue": {
			`<w:p><w:pPr><w:bidi/><w:jc w:val="left"/></w:pPr>` + run("<w:rtl/>", "שלום") + "</w:p><w:p>" + run(`<w:lang w:val="fr-FR"/>`, "bonjour") + "</w:p>",
			"<p dir=\"rtl\"><span lang=\"ar-SA\">שלום</span></p>\n<p><span lang=\"fr-FR\">bonjour</span></p>",
		},
		"quotations":                  {para(`<w:pStyle w:val="Quote"/>`, "one") + para(`<w:pStyle w:val="Quote"/>`, "two") + para("", "three"), "<blockquote>\n<p>one</p>\n<p>two</p>\n</blockquote>\n<p>three</p>"},
		"an empty paragraph is a gap": {para("", "a") + "<w:p/>" + para("", "b"), "<p>a</p>\n<p>&#160;</p>\n<p>b</p>"},
		"a drop capital is glued":     {para(`<w:framePr w:dropCap="drop" w:lines="3"/>`, "T") + para("", "he harbour"), "<p>The harbour</p>"},
		"smart tags and controls": {
			`<w:p><w:smartTag w:uri="u" w:element="place"><w:smartTagPr><w:attr w:name="x" w:val="y"/></w:smartTagPr>` + run("", "Paris") + "</w:smartTag><w:sdt><w:sdtPr/><w:sdtContent>" + run("", " is") + "</w:sdtContent></w:sdt></w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + para("", "Click here") + "</w:sdtContent></w:sdt>",
			"<p>Paris is</p>",
		},
		"text in a box is there once": {
			`<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>` + para("", "boxed") + `</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>` + para("", "boxed") + `</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>` + run("", "beside") + "</w:p>",
			"<p>beside</p>\n<p>boxed</p>",
		},
		"a formula keeps its letters": {"<w:p>" + run("", "E = ") + "<m:oMath><m:r><m:t>mc</m:t></m:r></m:oMath></w:p>", "<p>E = mc</p>"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			checkHTML(t, readMade(t, wordFile{body: c.body, styles: wordStyles}.docx(t), Docx), c.want)
		})
	}
}

func TestDocxSeesWhereScenesPart(t *testing.T) {
	border := `<w:pBdr><w:bottom w:val="single" w:sz="6"/></w:pBdr>`
	box := `<w:pBdr><w:top w:val="single"/><w:left w:val="single"/><w:bottom w:val="single"/><w:right w:val="single"/></w:pBdr>`
	cases := map[string]struct{ body, want string }{
		"a border under an empty paragraph": {para("", "a") + "<w:p><w:pPr>" + border + "</w:pPr></w:p>" + para("", "b"), "<p>a</p>\n<hr>\n<p>b</p>"},
		"a border under a text":             {para(border, "a") + para("", "b"), "<p>a</p>\n<hr>\n<p>b</p>"},
		"a border around several is one":    {para(border, "a") + para(border, "b") + para("", "c"), "<p>a</p>\n<p>b</p>\n<hr>\n<p>c</p>"},
		"a box parts nothing":               {para(box, "a") + para("", "b"), "<p>a</p>\n<p>b</p>"},
		"a style's border":                  {para("", "a") + `<w:p><w:pPr><w:pStyle w:val="Line"/></w:pPr></w:p>` + para("", "b"), "<p>a</p>\n<hr>\n<p>b</p>"},
		"a style named scene break":         {para("", "a") + para(`<w:pStyle w:val="SceneBreak"/>`, "o O o") + para("", "b"), "<p>a</p>\n<hr class=\"scene\" title=\"o O o\">\n<p>b</p>"},
		"the end of a page":                 {`<w:p>` + run("", "a") + `<w:r><w:br w:type="page"/></w:r>` + run("", "b") + "</w:p>", "<p>a</p>\n<hr>\n<p>b</p>"},
		"the end of a page alone":           {para("", "a") + `<w:p><w:r><w:br w:type="page"/></w:r></w:p>` + para("", "b"), "<p>a</p>\n<hr>\n<p>&#160;</p>\n<p>b</p>"},
		"a new section":                     {para(`<w:sectPr/>`, "a") + para("", "b"), "<p>a</p>\n<hr>\n<p>b</p>"},
		"a section on the same page":        {para(`<w:sectPr><w:type w:val="continuous"/></w:sectPr>`, "a") + para("", "b"), "<p>a</p>\n<p>b</p>"},
		"Word's own line":                   {para("", "a") + `<w:p><w:r><w:pict><v:rect o:hr="t" o:hralign="center"/></w:pict></w:r></w:p>` + para("", "b"), "<p>a</p>\n<hr>\n<p>&#160;</p>\n<p>b</p>"},
		"centred asterisks stay as typed":   {para(`<w:jc w:val="center"/>`, "* * *"), "<p class=\"centre\">* * *</p>"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			checkHTML(t, readMade(t, wordFile{body: c.body, styles: wordStyles}.docx(t), Docx), c.want)
		})
	}
}

func TestDocxTakesTrackedChangesAndTells(t *testing.T) {
	who := ` w:id="1" w:author="Jane Q. Editor" w:date="2020-01-01T00:00:00Z"`
	body := `<w:p>` + run("", "The ") + `<w:ins` + who + `>` + run("", "new ") + `</w:ins><w:del` + who + `><w:r><w:delText>old </w:delText></w:r></w:del>` + run(`<w:rPrChange`+who+`><w:rPr><w:i/></w:rPr></w:rPrChange>`, "tide") + `<w:r><w:commentReference w:id="0"/></w:r></w:p>` +
		`<w:p><w:pPr><w:rPr><w:del` + who + `/></w:rPr></w:pPr>` + run("", "One ") + `</w:p>` + para("", "line.") +
		`<w:p><w:moveFrom` + who + `>` + run("", "moved") + `</w:moveFrom></w:p><w:p><w:moveTo` + who + `>` + run("", "moved") + `</w:moveTo></w:p>` +
		`<w:p>` + run("", "seen") + run("<w:vanish/>", "unseen") + run(`<w:rStyle w:val="Ghost"/>`, "gone") + `</w:p>`
	text := readMade(t, wordFile{body: body, styles: wordStyles}.docx(t), Docx)
	checkHTML(t, text, "<p>The new tide</p>\n<p>One line.</p>\n<p>&#160;</p>\n<p>moved</p>\n<p>seen</p>")
	checkTold(t, text, "comment +", "hidden-text + +", "tracked-deletion + + +", "tracked-format +", "tracked-insertion + +")
}

func TestDocxKeepsLinksAndLeavesOutOtherFields(t *testing.T) {
	complexField := func(instr, shows string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + instr[:2] + `</w:instrText></w:r><w:r><w:instrText>` + instr[2:] + `</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run("", shows) + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	body := `<w:p><w:hyperlink r:id="rIdL">` + run(`<w:rStyle w:val="Hyperlink"/>`, "there") + `</w:hyperlink>` + run("", " or ") + complexField(`HYPERLINK "https://b.example/"`, "here") + `</w:p>` +
		`<w:p>` + run("", "by ") + complexField("AUTHOR", "Jane Realname") + `<w:fldSimple w:instr=" FILENAME \p ">` + run("", `C:\jane\x.docx`) + `</w:fldSimple></w:p>` +
		`<w:p>` + `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \o</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run("", "One....1") + `</w:p>` + para(`<w:pStyle w:val="TOC1"/>`, "Two....9") + `<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>` +
		`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + para("", "Three....12") + `</w:sdtContent></w:sdt>` + para("", "Story.")
	text := readMade(t, wordFile{body: body, styles: wordStyles, rels: `<Relationship Id="rIdL" Type="` + relTypes + `hyperlink" Target="https://a.example/?x=1&amp;y=2" TargetMode="External"/>`}.docx(t), Docx)
	checkHTML(t, text, `<p><a href="https://a.example/?x=1&amp;y=2">there</a> or <a href="https://b.example/">here</a></p>`+"\n<p>by</p>\n<p>&#160;</p>\n<p>Story.</p>")
	checkTold(t, text, "contents-table + +", "file-field + +")
}

func TestDocxMakesListsTablesAndSpeech(t *testing.T) {
	level := func(n int, format, text string) string {
		return `<w:lvl w:ilvl="` + string(rune('0'+n)) + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/></w:lvl>`
	}
	numbering := `<w:abstractNum w:abstractNumId="0">` + level(0, "decimal", "%1.") + level(1, "bullet", "•") + `</w:abstractNum><w:abstractNum w:abstractNumId="1">` + level(0, "bullet", "–") + `</w:abstractNum><w:abstractNum w:abstractNumId="2">` + level(0, "upperRoman", "Chapter %1:") + `</w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>`
	item := func(num, level, text string) string {
		return para(`<w:numPr><w:ilvl w:val="`+level+`"/><w:numId w:val="`+num+`"/></w:numPr>`, text)
	}
	body := para(`<w:pStyle w:val="berschrift1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>`, "Fog") + item("1", "0", "one") + item("1", "1", "deep") + item("1", "0", "two") + item("2", "0", "Ah, bon ?") + item("1", "0", "three") +
		`<w:tbl><w:tblPr/><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p>` + run("", "h") + `</w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl><w:tbl><w:tr><w:tc>` + para("", "framed") + `</w:tc></w:tr></w:tbl>`
	text := readMade(t, wordFile{body: body, styles: wordStyles, numbering: numbering}.docx(t), Docx)
	checkHTML(t, text, strings.Join([]string{
		"<h1>Chapter I: Fog</h1>", "<ol><li><p>one</p>", "<ul><li><p>deep</p>", "</li></ul>", "</li><li><p>two</p>", "</li></ol>", "<p>– Ah, bon ?</p>", `<ol start="3"><li><p>three</p>`, "</li></ol>",
		`<table><tr><th><p>h</p></th><th colspan="2"></th></tr></table>`, "<p>framed</p>",
	}, "\n"))
}

func TestDocxPutsNotesWhereTheyAreCalled(t *testing.T) {
	body := `<w:p>` + run("", "Rope") + `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:endnoteReference w:id="1"/></w:r>` + run("", ", twice") + `<w:r><w:footnoteReference w:id="7" w:customMarkFollows="1"/><w:t>*</w:t></w:r>` + run("", ".") + `</w:p>`
	foot := `<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r>` + run("", " Of ") + run("<w:i/>", "hemp") + `.</w:p>` + para("", "Second.") + `</w:footnote>`
	text := readMade(t, wordFile{body: body, styles: wordStyles, footnotes: foot, endnotes: `<w:endnote w:id="1">` + para("", "At the end.") + `</w:endnote>`}.docx(t), Docx)
	checkHTML(t, text, `<p>Rope<span class="footnote">At the end.</span>, twice<span class="footnote">Of <em>hemp</em><br>Second.</span>.</p>`)
}

func TestDocxNamesPicturesAndTheirWords(t *testing.T) {
	drawing := func(id, alt string) string {
		return `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="` + alt + `"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="` + id + `"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
	}
	body := drawing("p1", "A boat") + drawing("p2", `C:\Users\jane\IMG_1.jpg`) + drawing("p3", "Chart") + `<w:p><w:r><w:pict><v:shape alt="Old"><v:imagedata r:id="p1"/></v:shape></w:pict></w:r></w:p>`
	rel := func(id, target string) string {
		return `<Relationship Id="` + id + `" Type="` + relTypes + `image" Target="media/` + target + `"/>`
	}
	file := wordFile{body: body, styles: wordStyles, rels: rel("p1", "image1.png") + rel("p2", "image2.jpeg") + rel("p3", "image3.emf"), more: []part{{"word/media/image1.png", "png"}, {"word/media/image2.jpeg", "jpeg"}, {"word/media/image3.emf", "emf"}}}
	text := readMade(t, file.docx(t), Docx)
	checkHTML(t, text, "<p><img src=\"image1.png\" alt=\"A boat\"></p>\n<p><img src=\"image2.jpeg\" alt=\"\"></p>\n<p>&#160;</p>\n<p><img src=\"image1.png\" alt=\"Old\"></p>")
	checkTold(t, text, "picture-format +")
	if data, err := text.Pictures[1].Data(); err != nil || string(data) != "jpeg" {
		t.Errorf("picture %q: %q, %v", text.Pictures[1].Name, data, err)
	}
}

func TestDocxIsReadInItsStrictFormAndWithOtherPrefixes(t *testing.T) {
	for name, doc := range map[string]string{
		"strict":  `<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p><w:r><w:rPr><w:i/></w:rPr><w:t>so</w:t></w:r></w:p></w:body></w:document>`,
		"ns0":     `<ns0:document xmlns:ns0="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><ns0:body><ns0:p><ns0:r><ns0:rPr><ns0:i/></ns0:rPr><ns0:t>so</ns0:t></ns0:r></ns0:p></ns0:body></ns0:document>`,
		"default": `<document xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><body><p><r><rPr><i/></rPr><t><![CDATA[so]]></t></r></p></body></document>`,
	} {
		t.Run(name, func(t *testing.T) {
			data := packed(t, part{"[Content_Types].xml", "<Types/>"}, part{"word/document.xml", doc})
			checkHTML(t, readMade(t, data, Docx), "<p><em>so</em></p>")
		})
	}
}

package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// worstFile is a file that takes as much as its kind may.
type worstFile struct {
	name string
	make func() []byte
}

// worstFiles are those that were found to take the most.
func worstFiles() []worstFile {
	return slices.Concat(worstPacked(), worstPages(), worstTexts(), worstShapes(), worstSigns())
}

// worstPacked are those that are zips.
func worstPacked() []worstFile {
	docx := func(document func() string, more ...string) func() []byte {
		return func() []byte {
			return zipped(append([]string{"[Content_Types].xml", "<Types/>", "word/document.xml", wordDocument(document())}, more...)...)
		}
	}
	odt := func(text func() string) func() []byte {
		return func() []byte {
			return zipped("mimetype", "application/vnd.oasis.opendocument.text", "content.xml",
				`<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>`+
					text()+`</office:text></office:body></office:document-content>`)
		}
	}
	book := func(pages int, body func(page int) string) func() []byte {
		return func() []byte { return worstBook(pages, body) }
	}
	return []worstFile{
		{"paragraphs.docx", docx(func() string { return paras(78_000, 190, "<w:p><w:r><w:t>", "</w:t></w:r></w:p>") })},
		{"marks.docx", docx(func() string { return paras(49_000, 310, "<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>", "</w:t></w:r></w:p>") })},
		{"one-paragraph.docx", docx(func() string { return paras(1, 16_000_000, "<w:p><w:r><w:t>", "</w:t></w:r></w:p>") })},
		{"long.docx", docx(func() string { return paras(15_500, 1000, "<w:p><w:r><w:t>", "</w:t></w:r></w:p>") })},
		{"too-long.docx", docx(func() string { return paras(45_000, 1000, "<w:p><w:r><w:t>", "</w:t></w:r></w:p>") })},
		{"paragraphs.odt", odt(func() string { return paras(78_000, 190, "<text:p>", "</text:p>") })},
		{"paragraphs.epub", book(100, func(page int) string { return paras(780, 190, "<p>", "</p>") })},
		{"marks.epub", book(100, func(page int) string { return paras(490, 310, "<p>x<i>", "</i></p>") })},
		{"one-page.epub", book(1, func(page int) string { return paras(78_000, 190, "<p>", "</p>") })},
		{"long.epub", book(30, func(page int) string { return paras(520, 1000, "<p>", "</p>") })},
		{"packed.docx", func() []byte {
			return squeezed("[Content_Types].xml", "<Types/>", "word/document.xml", wordDocument(paras(78_000, 190, `<w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E"><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:t>`, "</w:t></w:r></w:p>")))
		}},
		{"footnotes.docx", docx(func() string {
			return paras(30_000, 250, `<w:p><w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:t>`, "</w:t></w:r></w:p>")
		}, "word/_rels/document.xml.rels", `<Relationships><Relationship Id="r1" Type="x/footnotes" Target="footnotes.xml"/></Relationships>`,
			"word/footnotes.xml", `<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">`+paras(100_000, 150, `<w:footnote w:id="1"><w:p><w:r><w:t>`, "</w:t></w:r></w:p></w:footnote>")+"</w:footnotes>")},
		{"styles.docx", docx(func() string { return paras(30_000, 250, `<w:p><w:r><w:t>`, "</w:t></w:r></w:p>") },
			"word/_rels/document.xml.rels", `<Relationships><Relationship Id="r1" Type="x/styles" Target="styles.xml"/></Relationships>`,
			"word/styles.xml", `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">`+paras(300_000, 30, `<w:style w:type="paragraph" w:styleId="`, `"><w:rPr><w:i/></w:rPr></w:style>`)+"</w:styles>")},
		{"nodes.epub", book(10, func(page int) string { return paras(49_000, 40, "<i>", "</i>") })},
	}
}

// worstPages are pages of HTML and rich text.
func worstPages() []worstFile {
	return []worstFile{
		{"marks.rtf", func() []byte {
			return []byte(`{\rtf1\ansi ` + paras(49_000, 310, `{\i `, `}\par `) + "}")
		}},
		{"paragraphs.rtf", func() []byte { return []byte(`{\rtf1\ansi ` + paras(78_000, 190, "", `\par `) + "}") }},
		{"paragraphs.html", func() []byte {
			return []byte("<!DOCTYPE html><body>" + paras(78_000, 195, "<p>", "</p>"))
		}},
		{"archive.html", func() []byte {
			return []byte(`<!DOCTYPE html><html><body><div id="preface"><p class="message">Posted at <a href="https://archiveofourown.org/works/1">http://archiveofourown.org/works/1</a>.</p><div class="meta"><dl class="tags"><dt>Rating:</dt><dd>General Audiences</dd></dl><h1>Salt</h1><div class="byline">by Wren</div></div></div><div id="chapters" class="userstuff">` + paras(60_000, 190, "<p>", "</p>\n") + "</div></body></html>")
		}},
		{"long.html", func() []byte {
			return []byte("<!DOCTYPE html><body>" + paras(16_000, 1000, "<p>", "</p>"))
		}},
		{"marks.html", func() []byte {
			return []byte("<!DOCTYPE html><body>" + paras(49_000, 310, "<p><i>", "</i></p>"))
		}},
		{"lines.html", func() []byte {
			return []byte("<!DOCTYPE html><body><p>" + paras(78_000, 195, "", "<br>"))
		}},
		{"notes.html", func() []byte {
			return []byte("<!DOCTYPE html><body>" + paras(24_500, 300, `<p>x<a href="#n1" id="r1">1</a>`, "</p>") + paras(24_500, 300, `<p id="n1"><a href="#r1">1</a>`, "</p>"))
		}},
		{"spans.html", func() []byte {
			return []byte("<!DOCTYPE html><style>.a{font-style:italic}</style><body>" + paras(32_500, 420, `<p><span class="a" style="font-weight:bold">x</span><span>`, "</span></p>"))
		}},
	}
}

// worstTexts are plain text and Markdown.
func worstTexts() []worstFile {
	return []worstFile{
		{"russian.txt", func() []byte { return russian(paras(78_000, 104, "", "\n\n")) }},
		{"wrapped.txt", func() []byte { return []byte(paras(230_000, 70, "", "\n")) }},
		{"windows.txt", func() []byte { return []byte(paras(78_000, 208, "", "\r\n\r\n")) }},
		{"wide.txt", func() []byte { return wideOf(paras(78_000, 205, "", "\n\n")) }},
		{"one-line.md", func() []byte { return []byte(paras(1, 16_500_000, "*", "*")) }},
		{"wrapped.md", func() []byte { return []byte(paras(230_000, 70, "", "\n")) }},
		{"marks.md", func() []byte { return []byte(paras(78_000, 200, "*a* ", "\n\n")) }},
		{"long.txt", func() []byte { return []byte(paras(16_500, 1000, "", "\n\n")) }},
		{"short.txt", func() []byte { return []byte(paras(78_000, 208, "", "\n\n")) }},
		{"short.md", func() []byte { return []byte(paras(78_000, 208, "", "\n\n")) }},
		{"long.md", func() []byte { return []byte(paras(16_500, 1000, "", "\n\n")) }},
	}
}

func wordDocument(body string) string {
	return `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + "</w:body></w:document>"
}

// paras makes paragraphs of so many letters, in words nobody knows, so that no
// packing makes them small.
func paras(count, letters int, before, after string) string {
	dice := rand.New(rand.NewPCG(4, 2))
	var b strings.Builder
	b.Grow(count * (letters + len(before) + len(after)))
	for range count {
		b.WriteString(before)
		for k := range letters {
			if k%7 == 6 && k+1 < letters {
				b.WriteByte(' ')
				continue
			}
			b.WriteByte(byte('a' + dice.IntN(26)))
		}
		b.WriteString(after)
	}
	return b.String()
}

// zipped packs parts, names and texts in turns, without squeezing them: that
// takes the most memory.
func zipped(parts ...string) []byte { return packed(zip.Store, parts) }

// squeezed packs parts as tightly as zips do.
func squeezed(parts ...string) []byte { return packed(zip.Deflate, parts) }

// packed packs parts; nothing, when that fails.
func packed(method uint16, parts []string) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: parts[i], Method: method})
		if err != nil {
			return nil
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			return nil
		}
	}
	if z.Close() != nil {
		return nil
	}
	return out.Bytes()
}

// russian is the text in Cyrillic letters of the table of Windows.
func russian(text string) []byte {
	letters := []byte(text)
	for i, c := range letters {
		if c >= 'a' && c <= 'z' {
			letters[i] = c - 'a' + 0xe0
		}
	}
	return letters
}

// wideOf is the text in UTF-16.
func wideOf(text string) []byte {
	wide := append(make([]byte, 0, 2*len(text)+2), 0xff, 0xfe)
	for i := range len(text) {
		wide = append(wide, text[i], 0)
	}
	return wide
}

func worstBook(pages int, body func(page int) string) []byte {
	var manifest, spine strings.Builder
	parts := []string{"mimetype", "application/epub+zip", "META-INF/container.xml",
		`<container><rootfiles><rootfile full-path="content.opf"/></rootfiles></container>`}
	for i := range pages {
		fmt.Fprintf(&manifest, `<item id="p%d" href="p%d.xhtml" media-type="application/xhtml+xml"/>`, i, i)
		fmt.Fprintf(&spine, `<itemref idref="p%d"/>`, i)
		parts = append(parts, fmt.Sprintf("p%d.xhtml", i), "<html><body>"+body(i)+"</body></html>")
	}
	return zipped(append(parts, "content.opf", "<package><metadata><title>Salt</title></metadata><manifest>"+manifest.String()+"</manifest><spine>"+spine.String()+"</spine></package>")...)
}

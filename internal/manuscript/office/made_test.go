package office

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"
)

// part is one file of a pack that a test makes.
type part struct{ name, text string }

// packed makes a zip of parts, in order.
func packed(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	wordNS   = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" mc:Ignorable="w14"`
	relTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// wordFile says what a made .docx holds beside its text.
type wordFile struct {
	body      string // inside w:body
	styles    string // inside w:styles
	numbering string
	footnotes string
	endnotes  string
	rels      string // more relations of the document
	more      []part
}

// docx makes the file, as Word lays it out.
func (f wordFile) docx(t testing.TB) []byte {
	t.Helper()
	rels := `<Relationship Id="rId1" Type="` + relTypes + `styles" Target="styles.xml"/>`
	parts := []part{
		{"[Content_Types].xml", declared + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", declared + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relTypes + `officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
		{"word/document.xml", declared + "<w:document" + wordNS + "><w:body>" + f.body + "</w:body></w:document>"},
		{"word/styles.xml", declared + "<w:styles" + wordNS + ">" + f.styles + "</w:styles>"},
	}
	for _, extra := range []struct{ kind, tag, text string }{
		{"numbering", "numbering", f.numbering}, {"footnotes", "footnotes", f.footnotes}, {"endnotes", "endnotes", f.endnotes},
	} {
		if extra.text != "" {
			rels += `<Relationship Id="rId_` + extra.kind + `" Type="` + relTypes + extra.kind + `" Target="` + extra.kind + `.xml"/>`
			parts = append(parts, part{"word/" + extra.kind + ".xml", declared + "<w:" + extra.tag + wordNS + ">" + extra.text + "</w:" + extra.tag + ">"})
		}
	}
	parts = append(parts, part{"word/_rels/document.xml.rels", declared + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + rels + f.rels + `</Relationships>`})
	return packed(t, append(parts, f.more...)...)
}

// para is one paragraph of one run; props stand in its w:pPr.
func para(props, text string) string {
	if props != "" {
		props = "<w:pPr>" + props + "</w:pPr>"
	}
	return "<w:p>" + props + run("", text) + "</w:p>"
}

func run(props, text string) string {
	if props != "" {
		props = "<w:rPr>" + props + "</w:rPr>"
	}
	return "<w:r>" + props + `<w:t xml:space="preserve">` + text + "</w:t></w:r>"
}

// readMade reads a made file of a kind.
func readMade(t testing.TB, data []byte, kind string) Text {
	t.Helper()
	got, err := KindOf(data)
	if err != nil || got != kind {
		t.Fatalf("kind %q, %v; want %q", got, err, kind)
	}
	text, err := Read(data, kind)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// tellsOf is what a text tells, as "comment 2".
func tellsOf(text Text) []string {
	var all []string
	for _, c := range text.Told {
		all = append(all, c.Kind+strings.Repeat(" +", c.Count))
	}
	return all
}

func checkHTML(t *testing.T, text Text, want string) {
	t.Helper()
	if got := strings.TrimSpace(text.HTML); got != want {
		t.Errorf("read\n%s\nwant\n%s", got, want)
	}
}

func checkTold(t *testing.T, text Text, want ...string) {
	t.Helper()
	if got := tellsOf(text); !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}

package office

import (
	"bytes"
	"strings"
	"testing"
)

// checkAnyFile holds what is true of any bytes: they are read or refused, and
// what is read can be scrubbed, reads again, and is then clean for good.
func checkAnyFile(t *testing.T, data []byte) {
	kind, err := KindOf(data)
	if err != nil || kind == "" {
		return
	}
	text, err := Read(data, kind)
	if err != nil {
		return
	}
	if _, err := ReadTaken(data, kind, Taken{Deleted: true, Original: true, Hidden: true}); err != nil && len(data) < mostHTML/200 {
		t.Fatalf("with its other words it cannot be read: %v", err)
	}
	if strings.Contains(text.HTML, "<script") || len(text.HTML) > mostHTML {
		t.Fatalf("HTML of %d bytes: %.400s", len(text.HTML), text.HTML)
	}
	clean, _, err := Scrub(data, kind, cleanMaker)
	if err != nil {
		t.Fatalf("what was read cannot be scrubbed: %v", err)
	}
	if got, err := KindOf(clean); got != kind || err != nil {
		t.Fatalf("the scrubbed file is of the kind %q, %v", got, err)
	}
	if _, err := Read(clean, kind); err != nil {
		t.Fatalf("the scrubbed file cannot be read: %v", err)
	}
	again, _, err := Scrub(clean, kind, func(data []byte) ([]byte, string, error) { return data, "image/jpeg", nil })
	if err != nil || !bytes.Equal(clean, again) {
		t.Fatalf("scrubbing again changes the file: %v", err)
	}
}

// FuzzDocx reads and scrubs any document in any styles.
func FuzzDocx(f *testing.F) {
	f.Add(para("", "a"), wordStyles, para("", "note"))
	f.Add(`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>AUTHOR</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>`, "", "")
	f.Add(`<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:ins w:author="a"><w:r><w:br w:type="page"/><w:sym w:char="F04A"/><w:footnoteReference w:id="1"/></w:r></w:ins></w:p>`, wordStyles, para("", "n"))
	f.Add(`<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>`+para("", "x")+`</w:txbxContent></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p><w:sdt><w:sdtPr><w:dataBinding w:xpath="Properties"/></w:sdtPr><w:sdtContent>`+para("", "y")+`</w:sdtContent></w:sdt>`, "", "")
	f.Add(`<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc></w:tr><w:tr><w:trPr><w:ins/></w:trPr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>`, "", "")
	f.Fuzz(func(t *testing.T, body, styles, note string) {
		if len(body)+len(styles)+len(note) > 50_000 {
			return
		}
		checkAnyFile(t, wordFile{body: body, styles: styles, footnotes: `<w:footnote w:id="1">` + note + `</w:footnote>`}.docx(t))
	})
}

// FuzzOdt reads and scrubs any text in any styles.
func FuzzOdt(f *testing.F) {
	f.Add(odtPara("P1", "a"), "", "")
	f.Add(odtPara("P3", span("T1", "x")+`<text:note><text:note-body>`+odtPara("", "n")+`</text:note-body></text:note>`)+`<text:list text:style-name="L1"><text:list-item>`+odtPara("", "i")+`</text:list-item></text:list>`, openStyles, namedStyles)
	f.Add(`<table:table><table:table-row><table:table-cell>`+odtPara("", "c")+`</table:table-cell></table:table-row></table:table><text:p><draw:frame><draw:image xlink:href="Pictures/a.jpg"/><svg:title>a.jpg</svg:title></draw:frame><text:author-name>x</text:author-name></text:p>`, "", "")
	f.Add(`<text:tracked-changes><text:changed-region text:id="d"><text:deletion>`+odtPara("", "x")+odtPara("", "y")+`</text:deletion></text:changed-region><text:changed-region text:id="i"><text:insertion/></text:changed-region></text:tracked-changes><text:p>a<text:change text:change-id="d"/><text:change-start text:change-id="i"/>b</text:p><text:p>c<text:change-end text:change-id="i"/></text:p>`, "", "")
	f.Fuzz(func(t *testing.T, body, styles, named string) {
		if len(body)+len(styles)+len(named) > 50_000 {
			return
		}
		checkAnyFile(t, openFile{body: body, styles: styles, named: named}.odt(t))
	})
}

// FuzzPack reads any bytes.
func FuzzPack(f *testing.F) {
	f.Add(wordFile{body: para("", "a"), styles: wordStyles}.docx(f))
	f.Add(openFile{body: odtPara("P1", "a")}.odt(f))
	f.Add(tellingDocx(f))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 100_000 {
			checkAnyFile(t, data)
		}
	})
}

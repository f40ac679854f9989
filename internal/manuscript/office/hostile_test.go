package office

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// refused holds that a file is refused with one sentence of the rule, fast and
// without taking much memory.
func refused(t *testing.T, data []byte, rule string) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	began := time.Now()
	kind, err := KindOf(data)
	if err == nil && kind != "" {
		_, err = Read(data, kind)
	}
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	var wrong *Error
	if !errors.As(err, &wrong) || wrong.Rule != rule || strings.Count(wrong.Sentence, ".") < 1 {
		t.Errorf("refused with %v (%q), want the rule %s", err, kind, rule)
	}
	if got := (after.TotalAlloc - before.TotalAlloc) >> 20; got > 256 {
		t.Errorf("took %d MB", got)
	}
	if took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

// wrapped is a .docx with this as its document.
func wrapped(t testing.TB, document string) []byte {
	return packed(t, part{"[Content_Types].xml", "<Types/>"}, part{"word/document.xml", document})
}

// claiming rewrites the sizes that every entry claims to unpack to.
func claiming(data []byte, size uint32) []byte {
	data = bytes.Clone(data)
	for at := 0; ; {
		i := bytes.Index(data[at:], zipEntry)
		if i < 0 {
			return data
		}
		binary.LittleEndian.PutUint32(data[at+i+24:], size)
		at += i + 4
	}
}

func TestHostilePacksAreRefusedInOneSentence(t *testing.T) {
	story := wordFile{body: para("", strings.Repeat("Rain. ", 1000)), styles: wordStyles}
	many := []part{{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<x/>"}}
	for i := range mostEntries {
		many = append(many, part{fmt.Sprintf("word/media/%d.png", i), ""})
	}
	twice := wordFile{body: "", more: []part{{"WORD/document.xml", "<x/>"}}}
	whole := story.docx(t)
	cases := map[string]struct {
		data []byte
		rule string
	}{
		"a bomb":                  {wrapped(t, "<w:document>"+strings.Repeat(" ", 40<<20)), "manuscript.unpacked"},
		"more text than is read":  {wrapped(t, strings.Repeat("<a>", 20<<20)), "manuscript.unpacked"},
		"ten gigabytes claimed":   {claiming(whole, 0xfffffffe), "manuscript.unpacked"},
		"a little more claimed":   {claiming(whole, 500_000), "manuscript.broken"},
		"less claimed than there": {claiming(whole, 10), "manuscript.broken"},
		"five thousand entries":   {packed(t, many...), "manuscript.unpacked"},
		"an entry twice":          {twice.docx(t), "manuscript.unsafe"},
		"a way out":               {packed(t, part{"[Content_Types].xml", "x"}, part{"word/document.xml", "x"}, part{"../../etc/passwd", "x"}), "manuscript.unsafe"},
		"a way out of Windows":    {packed(t, part{"[Content_Types].xml", "x"}, part{"word/document.xml", "x"}, part{`..\x`, "x"}), "manuscript.unsafe"},
		"the root":                {packed(t, part{"[Content_Types].xml", "x"}, part{"word/document.xml", "x"}, part{"/etc/passwd", "x"}), "manuscript.unsafe"},
		"cut off in the middle":   {whole[:len(whole)/2], "manuscript.broken"},
		"cut off at the end":      {whole[:len(whole)-30], "manuscript.broken"},
		"nothing in it":           {packed(t, part{"[Content_Types].xml", "<Types/>"}), "manuscript.broken"},
		"slides":                  {packed(t, part{"[Content_Types].xml", "<Types/>"}, part{"ppt/presentation.xml", "x"}), "manuscript.other_office"},
		"a spreadsheet":           {packed(t, part{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, part{"content.xml", "x"}), "manuscript.other_office"},
		"Pages":                   {packed(t, part{"Index/Document.iwa", "x"}), "manuscript.pages"},
		"a locked .docx":          {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), wide("EncryptedPackage")...), "manuscript.protected"},
		"an old Word file":        {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), wide("WordDocument")...), "manuscript.old_word"},
		"a locked .odt":           {packed(t, part{"mimetype", "application/vnd.oasis.opendocument.text"}, part{"content.xml", "x"}, part{"META-INF/manifest.xml", "<manifest:encryption-data/>"}), "manuscript.protected"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) { refused(t, c.data, c.rule) })
	}
}

func TestHostileXMLIsRefusedInOneSentence(t *testing.T) {
	open := "<w:document" + wordNS + "><w:body>"
	nested := strings.Repeat("<w:ins>", 1_000_000)
	entities := `<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>`
	for name, c := range map[string]struct{ document, rule string }{
		"a million nested tags": {open + nested, "manuscript.unsafe"},
		"entities":              {entities + open + para("", "&b;&x;") + "</w:body></w:document>", "manuscript.unsafe"},
		"cut off":               {open + para("", "a"), "manuscript.broken"},
		"crossed":               {open + "<w:p></w:body></w:p></w:document>", "manuscript.broken"},
		"a tag cut off":         {open + "<w:p", "manuscript.broken"},
		"an attribute cut off":  {open + `<w:p w:x="`, "manuscript.broken"},
		"a comment cut off":     {open + "<!-- ", "manuscript.broken"},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, storedDocx(t, c.document), c.rule)
		})
	}
}

// storedDocx packs without squeezing, so that no ratio refuses it first.
func storedDocx(t testing.TB, document string) []byte {
	t.Helper()
	return storedPack(t, part{"[Content_Types].xml", "<Types/>"}, part{"word/document.xml", document})
}

func storedPack(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Store})
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

func TestStylesBasedOnEachOtherEnd(t *testing.T) {
	ring := `<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/><w:rPr><w:i/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style><w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="C"/></w:style>`
	text := readMade(t, wordFile{body: para(`<w:pStyle w:val="A"/>`, "a") + para(`<w:pStyle w:val="C"/>`, "c"), styles: ring}.docx(t), Docx)
	checkHTML(t, text, "<p><em>a</em></p>\n<p>c</p>")
}

func TestALargeOddDocxStaysInBounds(t *testing.T) {
	runs := strings.Repeat(run(`<w:i/><w:b/><w:u w:val="single"/>`, "x")+run("", "y"), 30_000)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	text := readMade(t, storedDocx(t, "<w:document"+wordNS+"><w:body><w:p>"+runs+"</w:p></w:body></w:document>"), Docx)
	runtime.ReadMemStats(&after)
	if len(text.HTML) < 1_000_000 || (after.TotalAlloc-before.TotalAlloc)>>20 > 256 {
		t.Errorf("%d bytes of HTML in %d MB", len(text.HTML), (after.TotalAlloc-before.TotalAlloc)>>20)
	}
	refused(t, storedDocx(t, "<w:document"+wordNS+"><w:body>"+strings.Repeat(para("", "x"), mostTags)+"</w:body></w:document>"), "manuscript.too_long")
}

// BenchmarkDocx reads a novel as Word saves it, runs split by revisions.
func BenchmarkDocx(b *testing.B) {
	one := `<w:p w14:paraId="3C2F9A11" w14:textId="77777777" w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E"><w:pPr><w:spacing w:after="0" w:line="480" w:lineRule="auto"/><w:ind w:firstLine="720"/><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="24"/></w:rPr></w:pPr>`
	font := `<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="24"/><w:szCs w:val="24"/>`
	one += run(font, "The keeper climbed, as he had every night for forty years, and the stair was as ") + run(font+"<w:i/>", "long") + run(font, " as ever. “It’s late,” he said, and the light went round over the water, once, twice, and again.") + "</w:p>"
	document := declared + "<w:document" + wordNS + "><w:body>" + strings.Repeat(one, 10_000) + "</w:body></w:document>"
	data := storedDocx(b, document) // so regular a text is packed more tightly than any real one may be
	b.SetBytes(int64(len(document)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(data, Docx); err != nil {
			b.Fatal(err)
		}
	}
}

package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// secrets are what a made file holds of its writer. None may be found in what
// is kept of it.
var secrets = []string{
	"Quillfeather", "Hearthstone Ltd", "Beta Reader Name", "jane@", "C:\\Users", "C:/Users", "secret remark", "GPSDATA", "00A77B3E", "3C2F9A11",
	"Normal.dotm", "ACME custom", "Running Head", "2020-01-0", "printer-of-jane", "vbaProject", "IMG_2031",
}

// everyByte is a pack as it lies and all that is in it, packs inside too.
func everyByte(t testing.TB, data []byte) []byte {
	t.Helper()
	all := bytes.Clone(data)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		all = append(all, f.Name+"\n"+f.Comment+"\n"...)
		all = append(all, f.Extra...)
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		inside, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, inside...)
	}
	return all
}

// cleanMaker makes pictures anew as media does, in little.
func cleanMaker(picture []byte) ([]byte, string, error) {
	if !bytes.HasPrefix(picture, []byte("JPEG")) {
		return nil, "", errors.New("no picture")
	}
	return []byte("clean"), "image/jpeg", nil
}

// tellingDocx is a file that tells all a .docx can tell.
func tellingDocx(t testing.TB) []byte {
	who := ` w:id="1" w:author="Beta Reader Name" w:initials="BRN" w:date="2020-01-01T00:00:00Z"`
	field := func(instr, shows string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + instr + `</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run("", shows) + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	picture := func(rel string) string {
		return `<w:p><w:r><w:drawing><wp:inline w14:anchorId="3C2F9A11"><wp:docPr id="1" name="C:\Users\jane\IMG_2031.jpg" descr="IMG_2031.jpg"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="` + rel + `"><a:extLst><a:ext uri="{GPSDATA}"/></a:extLst></a:blip></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
	}
	body := `<!-- Quillfeather --><w:p w:rsidR="00A77B3E" w14:paraId="3C2F9A11"><w:commentRangeStart w:id="0"/>` + run("", "The ") + `<w:ins` + who + `>` + run("<w:i/>", "new ") + `</w:ins><w:del` + who + `><w:r><w:delText>old </w:delText></w:r></w:del>` + run("", "tide.") + `<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>` +
		`<w:p>` + run("", "by ") + field("AUTHOR", "Jane Quillfeather") + field(`HYPERLINK "file:///C:/Users/jane/x.docx"`, "linked") + field(`HYPERLINK "https://a.example/"`, "open") + field(`INCLUDETEXT "C:\\Users\\jane\\y"`, "there") + `<w:fldSimple w:instr="FILENAME \p">` + run("", `C:\Users\jane`) + `</w:fldSimple></w:p>` +
		`<w:sdt><w:sdtPr><w:alias w:val="Quillfeather"/><w:dataBinding w:prefixMappings="xmlns:ns0='http://schemas.openxmlformats.org/officeDocument/2006/extended-properties'" w:xpath="/ns0:Properties[1]/ns0:Company[1]"/></w:sdtPr><w:sdtContent>` + para("", "Hearthstone Ltd") + `</w:sdtContent></w:sdt>` +
		`<w:p><w:smartTag w:uri="u" w:element="PersonName"><w:smartTagPr><w:attr w:name="n" w:val="Jane Quillfeather"/></w:smartTagPr>` + run("", "Meg") + `</w:smartTag><w:hyperlink r:id="rF">` + run("", " far") + `</w:hyperlink><w:hyperlink r:id="rW">` + run("", " web") + `</w:hyperlink></w:p>` +
		picture("p1") + picture("p2") +
		`<w:p><w:pPr><w:pPrChange` + who + `><w:pPr/></w:pPrChange></w:pPr><w:permStart w:id="3" w:ed="jane@home"/>` + run(`<w:rPrChange`+who+`/>`, "End.") + `<w:r><w:footnoteReference w:id="1"/></w:r></w:p><w:sectPr w:rsidR="00A77B3E"><w:headerReference r:id="rH"/></w:sectPr>`
	rel := func(id, kind, target, mode string) string {
		return `<Relationship Id="` + id + `" Type="` + relTypes + kind + `" Target="` + target + `"` + mode + `/>`
	}
	external := ` TargetMode="External"`
	return wordFile{
		body: body, styles: wordStyles + `<w:style w:type="paragraph" w:styleId="X"><w:name w:val="X"/><w:rsid w:val="00A77B3E"/></w:style>`,
		footnotes: `<w:footnote w:id="1"><w:p w:rsidR="00A77B3E"><w:ins` + who + `>` + run("", "A note.") + `</w:ins></w:p></w:footnote>`,
		rels: rel("p1", "image", "media/IMG_2031.jpg", "") + rel("p2", "image", "media/image2.emf", "") + rel("rF", "hyperlink", "file:///C:/Users/jane/z.docx", external) + rel("rW", "hyperlink", "https://w.example/", external) +
			rel("rH", "header", "header1.xml", "") + rel("rC", "comments", "comments.xml", "") + rel("rP", "people", "people.xml", "") + rel("rS", "settings", "settings.xml", "") + rel("rT", "attachedTemplate", "file:///C:/Users/jane/Normal.dotm", external) + rel("rV", "vbaProject", "vbaProject.bin", ""),
		more: []part{
			{"docProps/core.xml", "<dc:creator>Jane Quillfeather</dc:creator><cp:lastModifiedBy>Beta Reader Name</cp:lastModifiedBy>"}, {"docProps/app.xml", "<Company>Hearthstone Ltd</Company>"},
			{"docProps/custom.xml", "ACME custom"}, {"docProps/thumbnail.jpeg", "JPEG GPSDATA"}, {"word/comments.xml", `<w:comment w:author="Beta Reader Name">secret remark</w:comment>`}, {"word/people.xml", "jane@home"},
			{"word/settings.xml", `<w:rsids><w:rsid w:val="00A77B3E"/></w:rsids>Normal.dotm`}, {"word/header1.xml", "<w:hdr" + wordNS + ">" + para("", "Running Head / Quillfeather") + "</w:hdr>"},
			{"word/media/IMG_2031.jpg", "JPEG GPSDATA jane@"}, {"word/media/image2.emf", "EMF C:\\Users"}, {"customXml/item1.xml", "ACME custom"}, {"word/vbaProject.bin", "vbaProject"}, {"word/printerSettings/p.bin", "printer-of-jane"},
		},
	}.docx(t)
}

// checkScrubbed holds that nothing of the secrets is left, and that the file is
// whole: sound XML, every part named and there, and read as before.
func checkScrubbed(t *testing.T, before []byte, kind string) (Text, []Count) {
	t.Helper()
	for _, secret := range secrets {
		if !bytes.Contains(everyByte(t, before), []byte(secret)) {
			t.Fatalf("the made file does not hold %q", secret)
		}
	}
	after, removed, err := Scrub(before, kind, cleanMaker)
	if err != nil {
		t.Fatal(err)
	}
	all := everyByte(t, after)
	for _, secret := range secrets {
		if at := bytes.Index(all, []byte(secret)); at >= 0 {
			t.Errorf("%q is still there: …%s…", secret, all[max(0, at-200):min(len(all), at+60)])
		}
	}
	checkPack(t, after)
	again, _, err := Scrub(after, kind, func(data []byte) ([]byte, string, error) { return data, "image/jpeg", nil })
	if err != nil || !bytes.Equal(again, after) {
		t.Errorf("scrubbing again changes the file: %v", err)
	}
	return readMade(t, after, kind), removed
}

// checkPack holds that every part of XML is sound and that no relation leads
// nowhere.
func checkPack(t *testing.T, data []byte) {
	t.Helper()
	p, err := openPack(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range p.order {
		if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") {
			continue
		}
		part, err := p.text(name)
		if err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(bytes.NewReader(part)); ; {
			_, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s is no XML: %v\n%s", name, err, part)
			}
		}
	}
	for _, part := range []string{"", "word/document.xml", "word/footnotes.xml"} {
		rels, err := p.relations(part)
		if err != nil {
			t.Fatal(err)
		}
		for id, r := range rels {
			if !r.external && !p.has(r.target) {
				t.Errorf("%s of %q leads to %s, which is not there", id, part, r.target)
			}
		}
	}
}

func TestAScrubbedDocxTellsNothingOfItsWriter(t *testing.T) {
	before := tellingDocx(t)
	text, removed := checkScrubbed(t, before, Docx)
	checkHTML(t, text, "<p>The <em>new</em> tide.</p>\n<p>by linked<a href=\"https://a.example/\">open</a>there</p>\n<p>&#160;</p>\n<p>Meg far <a href=\"https://w.example/\">web</a></p>\n"+
		"<p><img src=\"image0.jpeg\" alt=\"\"></p>\n<p>&#160;</p>\n<p>End.<span class=\"footnote\">A note.</span></p>")
	checkTold(t, text, "tracked-deletion +", "tracked-insertion + +")
	told := map[string]int{}
	for _, c := range removed {
		told[c.Kind] = c.Count
	}
	for kind, least := range map[string]int{
		"comment": 1, "editor-name": 4, "properties": 3, "thumbnail": 1, "custom-data": 3, "macro": 1, "page-header": 1, "picture-data": 1,
		"picture": 1, "file-field": 4, "revision-mark": 2, "path": 2, "tracked-format": 2,
	} {
		if told[kind] < least {
			t.Errorf("%d of %s told, want %d at least; all: %v", told[kind], kind, least, removed)
		}
	}
}

// What a picture shows in words is the writer's, also where the picture itself
// cannot be kept.
func TestAPictureThatIsNotKeptLeavesItsWords(t *testing.T) {
	drawing := func(words string) string {
		return `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="` + words + `"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><a:blip r:embed="p1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
	}
	fallback := `<w:r><mc:AlternateContent><mc:Choice Requires="wps">` + strings.TrimSuffix(strings.TrimPrefix(drawing("A boat"), "<w:r>"), "</w:r>") + `</mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>`
	word := func(runs string) []byte {
		return wordFile{
			body: `<w:p>` + run("", "Before. ") + runs + run("", " After.") + `</w:p>`,
			rels: `<Relationship Id="p1" Type="` + relTypes + `image" Target="media/image1.emf"/>`,
			more: []part{{"word/media/image1.emf", "EMF"}},
		}.docx(t)
	}
	open := func(words string) []byte {
		return openFile{
			body: odtPara("Standard", `Before. <draw:frame><draw:image xlink:href="Pictures/1.emf"/>`+words+`</draw:frame> After.`),
			more: []part{{"Pictures/1.emf", "EMF"}},
		}.odt(t)
	}
	for name, file := range map[string]struct {
		kind string
		data []byte
		want string
	}{
		"Word":                   {Docx, word(drawing("A boat &lt; a ship")), "<p>Before. A boat &lt; a ship After.</p>"},
		"Word, in two forms":     {Docx, word(fallback), "<p>Before. A boat After.</p>"},
		"Word, a file's name":    {Docx, word(drawing(`C:\Users\jane\IMG_1.png`)), "<p>Before. After.</p>"},
		"OpenDocument":           {Odt, open(`<svg:title>IMG_1.png</svg:title><svg:desc>A boat &lt; a ship</svg:desc>`), "<p>Before. A boat &lt; a ship After.</p>"},
		"OpenDocument, wordless": {Odt, open(``), "<p>Before. After.</p>"},
		"OpenDocument, in a box": {Odt, open(`<draw:text-box>` + odtPara("Standard", "Boxed.") + `</draw:text-box><svg:desc>A box</svg:desc>`), "<p>Before. After.</p>\n<p>Boxed.</p>"},
	} {
		kept, _, err := Scrub(file.data, file.kind, cleanMaker)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		checkPack(t, kept)
		if text := readMade(t, kept, file.kind); strings.TrimSpace(text.HTML) != file.want {
			t.Errorf("%s: is %s, want %s", name, text.HTML, file.want)
		}
	}
}

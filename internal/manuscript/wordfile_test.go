package manuscript

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ficus/internal/prose"
)

// wordText makes a .docx of the XML of its paragraphs.
func wordText(t testing.TB, body string) []byte {
	t.Helper()
	const ns = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", "<Types/>"},
		{"word/document.xml", "<w:document" + ns + "><w:body>" + body + "</w:body></w:document>"},
		{"word/_rels/document.xml.rels", `<Relationships><Relationship Id="a" Type="x/styles" Target="styles.xml"/><Relationship Id="b" Type="x/footnotes" Target="footnotes.xml"/></Relationships>`},
		{"word/styles.xml", "<w:styles" + ns + `><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style></w:styles>`},
		{"word/footnotes.xml", "<w:footnotes" + ns + `><w:footnote w:id="2"><w:p><w:r><w:t>Hemp, then.</w:t></w:r></w:p></w:footnote></w:footnotes>`},
	} {
		w, err := z.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, part[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wordLine is a paragraph; words between stars are in italics.
func wordLine(props, text string) string {
	s := "<w:p><w:pPr>" + props + "</w:pPr>"
	for i, piece := range strings.Split(text, "*") {
		italic := ""
		if i%2 > 0 {
			italic = "<w:rPr><w:i/></w:rPr>"
		}
		s += "<w:r>" + italic + `<w:t xml:space="preserve">` + piece + "</w:t></w:r>"
	}
	return s + "</w:p>"
}

const wordCentred = `<w:jc w:val="center"/>`

// wordStory is two chapters with everything around them, changes and comments.
var wordStory = wordLine("", "Title: Ropes") + wordLine("", "Rating: Teen") + wordLine("", "Disclaimer: I own none of the sea and nothing that lives in it.") +
	wordLine(`<w:pStyle w:val="H1"/>`, "Chapter 1: Fog") + wordLine("", "A/N: Thank you for your reviews, everyone!") +
	wordLine("", "The harbour was *very * wrong, and the *light* on it was worse than the water.") +
	`<w:p><w:r><w:t xml:space="preserve">Bring rope</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:ins w:author="E"><w:r><w:t xml:space="preserve">, he said</w:t></w:r></w:ins><w:del w:author="E"><w:r><w:delText>, he lied</w:delText></w:r></w:del><w:r><w:t>, and went down to the boats alone.</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>` +
	wordLine(wordCentred, "&#42; &#42; &#42;") +
	wordLine("", "Nobody came that night, and the keeper counted the ships that were not there.") +
	`<w:p><w:r><w:br w:type="page"/></w:r></w:p>` +
	wordLine(`<w:pStyle w:val="H1"/>`, "Chapter 2: Rain") + wordLine(wordCentred, "To the one who stayed") +
	wordLine("", "It rained for a week, and then for another, until the steps were green.") + wordLine(wordCentred, "The End") + wordLine("", "A/N: Please review!")

func TestAcceptance63AWordFileKeepsItalicsCentringAndBreaksAndTellsItsChanges(t *testing.T) {
	data := wordText(t, wordStory)
	r, err := Read(data, Options{Name: "story.bin"})
	if err != nil {
		t.Fatal(err)
	}
	checkInvariants(t, r)
	same(t, "kind", "docx", r.Source.Kind)
	same(t, "title", "Ropes", r.Works[0].Title)
	same(t, "rating", "Teen", r.Works[0].Fields["rating"])
	same(t, "chapters", 2, len(r.Works[0].Chapters))
	one, two := r.Works[0].Chapters[0], r.Works[0].Chapters[1]
	same(t, "title of the first", "Fog", one.Title)
	same(t, "its note", "<p>Thank you for your reviews, everyone!</p>", one.OpeningNote.HTML())
	contains(t, "the first chapter", one.Body.HTML(), texts{"was <em>very</em> wrong, and the <em>light</em> on", "Bring rope", "Hemp, then.", ", he said, and went", `title="* * *"`})
	for _, lost := range []string{"lied", "<hr>"} {
		if strings.Contains(one.Body.HTML(), lost) {
			t.Errorf("the first chapter shows %q: %s", lost, one.Body.HTML())
		}
	}
	same(t, "blocks that are breaks", 1, countKind(one.Body, prose.SceneBreak))
	contains(t, "the second chapter", two.Body.HTML(), texts{`<p class="centre">To the one who stayed</p>`, "end-mark"})
	same(t, "its closing note", "<p>Please review!</p>", two.ClosingNote.HTML())
	told := map[string]int{}
	for _, d := range r.Dropped {
		told[d.Kind] = d.Count
	}
	for _, kind := range []string{"comment", "tracked-insertion", "tracked-deletion"} {
		same(t, kind, 1, told[kind])
	}
}

func countKind(d prose.Document, kind prose.Kind) (n int) {
	for _, b := range d.Blocks {
		if b.Kind == kind {
			n++
		}
	}
	return n
}

func TestAWordFileWithoutWordsIsRefused(t *testing.T) {
	_, err := Read(wordText(t, "<w:p/>"), Options{})
	if !errors.Is(err, errEmpty) {
		t.Errorf("error is %v", err)
	}
}

func TestAllOfficeRefusalsAreOneSentence(t *testing.T) {
	for _, data := range []string{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", string(wordText(t, "<w:p>"))} {
		_, err := Read([]byte(data), Options{})
		var refused *Error
		if !errors.As(err, &refused) || !strings.HasSuffix(refused.Sentence, ".") || strings.Count(refused.Sentence, ". ") > 0 {
			t.Errorf("%v is not one sentence", err)
		}
	}
}

func TestOneTextFromTwoWordProcessorsIsOneText(t *testing.T) {
	var read [2]Reading
	for i, name := range []string{"tide-table.docx", "tide-table.odt"} {
		data, err := os.ReadFile(filepath.Join("testdata", "office", name))
		if err != nil {
			t.Fatal(err)
		}
		if read[i], err = Read(data, Options{}); err != nil {
			t.Fatal(err)
		}
		checkInvariants(t, read[i])
	}
	same(t, "the text", read[0].SourceText, read[1].SourceText)
	one, two := read[0].Works[0].Chapters[0], read[1].Works[0].Chapters[0]
	same(t, "the story", one.Body.HTML(), two.Body.HTML())
	same(t, "the note", one.OpeningNote.HTML(), two.OpeningNote.HTML())
	contains(t, "the story", one.Body.HTML(), texts{"<em>wrong</em>", "but the <em>light</em> on it", `title="~*~"`, `<p class="right">`, "Rain.<br>More rain."})
}

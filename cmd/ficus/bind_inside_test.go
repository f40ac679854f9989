package main

import (
	"archive/zip"
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// wordWithPicture is a .docx of one picture of a colour; its program noted a
// place in it.
func wordWithPicture(t *testing.T, words string, c color.Color) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 20, 20))
	for i := range 400 {
		m.Set(i%20, i/20, c)
	}
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, m); err != nil {
		t.Fatal(err)
	}
	return wordWith(t, words, drawn.String()+"PLACE-59.91N")
}

// wordWith is a .docx of one picture with these bytes.
func wordWith(t *testing.T, words, picture string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", "<Types/>"},
		{"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body><w:p><w:r><w:t>` + words + `</w:t></w:r></w:p><w:p><w:r><w:drawing><wp:docPr descr="A lamp"/><a:blip embed="p"/></w:drawing></w:r></w:p></w:body></w:document>`},
		{"word/_rels/document.xml.rels", `<Relationships><Relationship Id="p" Type="x/image" Target="media/image1.png"/></Relationships>`},
		{"word/media/image1.png", picture},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Store})
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestBindTakesThePicturesOfEachWordFileAnew(t *testing.T) {
	one := saveManuscript(t, "one.docx", wordWithPicture(t, "The lamp was lit, and nobody came to see it.", color.Black))
	two := saveManuscript(t, "two words.docx", wordWithPicture(t, "The lamp was out, and nobody came to see that.", color.White))
	out := filepath.Join(t.TempDir(), "book.epub")
	ficus(t, 0, "bind", one, two, "-o", out)
	z, err := zip.OpenReader(out)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	pictures := 0
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var data bytes.Buffer
		if _, err := data.ReadFrom(r); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data.Bytes(), []byte("PLACE")) {
			t.Errorf("%s tells the place", f.Name)
		}
		if drawn, _, err := image.Decode(&data); err == nil && drawn.Bounds().Dx() == 20 {
			pictures++
		}
	}
	if pictures != 2 {
		t.Errorf("the book has %d pictures, want those of both files", pictures)
	}
}

func TestBindKeepsTheWordsAroundAPictureThatIsTooLarge(t *testing.T) {
	story := saveManuscript(t, "story.docx", wordWith(t, "The lamp was lit, and nobody came to see it.", "\x89PNG\r\n\x1a\n"+strings.Repeat("\x00", 30<<20)))
	out := filepath.Join(t.TempDir(), "book.txt")
	ficus(t, 0, "bind", story, "-o", out)
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(text); !strings.Contains(text, "nobody came to see it.") || !strings.Contains(text, "[Picture: A lamp]") {
		t.Errorf("the book says %s", text)
	}
	said := ficus(t, 0, "bind", story, "-o", filepath.Join(t.TempDir(), "book.epub"))
	if want := "image1.png is not in the book: it is no JPEG, PNG, GIF or WebP of at most 10 MB and 40 million pixels, or breaks off.\n"; !strings.Contains(said, want) {
		t.Errorf("said %q, want %q", said, want)
	}
}

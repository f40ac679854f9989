package book

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"strings"
	"testing"
)

// poster is a picture of a size, as a JPEG.
func poster(t *testing.T, w, h int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(m, m.Rect, image.NewUniform(color.RGBA{30, 60, 90, 255}), image.Point{}, draw.Src)
	draw.Draw(m, m.Rect.Inset(min(w, h)/4), image.NewUniform(color.RGBA{230, 190, 90, 255}), image.Point{}, draw.Src)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// worn is a book that bears a picture of its writer's.
func worn(picture []byte, words string) Book {
	b := storm()
	b.Cover = Front{Picture: "the cover", Words: words}
	b.Pictures = func(src string) ([]byte, string, error) {
		if src == "the cover" && picture != nil {
			return picture, "", nil
		}
		return nil, "", errors.New("gone")
	}
	return b
}

func TestTheCoverOfAWriterSaysWhatItShows(t *testing.T) {
	for words, want := range map[string]string{
		"A lamp on a rock":              `alt="A lamp on a rock" role="doc-cover"/>`,
		"مصباح على صخرة":                `alt="مصباح على صخرة" role="doc-cover"/>`,
		"👩‍👩‍👧 🏮":                       `alt="👩‍👩‍👧 🏮" role="doc-cover"/>`,
		"\"Her\" <lamp> & his\x00\nsea": `alt="&quot;Her&quot; &lt;lamp&gt; &amp; his sea" role="doc-cover"/>`,
	} {
		o := open(t, bind(t, worn(poster(t, 400, 600), words), EPUB))
		checkBook(t, o)
		if page := o.file(t, "cover.xhtml"); !strings.Contains(page, want) {
			t.Errorf("the cover of %q lacks %s:\n%s", words, want, page)
		}
	}
	for _, b := range []Book{worn(poster(t, 400, 600), " "), worn(nil, "A lamp on a rock")} { // it says nothing, or is gone
		if page := open(t, bind(t, b, EPUB)).file(t, "cover.xhtml"); !strings.Contains(page, `alt="Cover of `) {
			t.Errorf("the cover does not say whose it is:\n%s", page)
		}
	}
}

// The words of a writer are in the language of the story; those of the house
// say which they are in.
func TestOnlyTheHousesWordsOnACoverSayTheirLanguage(t *testing.T) {
	b := worn(poster(t, 400, 600), "Une lampe")
	b.Language = "fr"
	if page := open(t, bind(t, b, EPUB)).file(t, "cover.xhtml"); !strings.Contains(page, `alt="Une lampe" role="doc-cover"/>`) {
		t.Errorf("the writer's words are said to be ours:\n%s", page)
	}
	b.Cover.Words = ""
	if page := open(t, bind(t, b, EPUB)).file(t, "cover.xhtml"); !strings.Contains(page, `role="doc-cover" xml:lang="en"`) {
		t.Errorf("our words do not say their language:\n%s", page)
	}
}

func TestCoversOfEveryShapePassTheChecker(t *testing.T) {
	for name, size := range map[string]image.Point{"a portrait": {1600, 2400}, "a landscape": {1600, 900}, "a square": {1200, 1200}, "a small one": {300, 450}} {
		b := worn(poster(t, size.X, size.Y), "مصباح 👩‍👩‍👧 & <lamp>")
		once := bind(t, b, EPUB)
		if !bytes.Equal(once, bind(t, b, EPUB)) {
			t.Errorf("the book with %s is other bytes the second time", name)
		}
		if got := open(t, once).file(t, "cover.jpg"); got != string(poster(t, size.X, size.Y)) {
			t.Errorf("the file of %s is not what was given", name)
		}
		epubcheck(t, b)
	}
}

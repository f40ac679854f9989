package book

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"runtime"
	"testing"

	"ficus/internal/prose"
)

// TestABookIsTheSameBytesHoweverManyProcessorsThereAre binds chapters with
// pictures of their own, which go into the parcel beside the press.
func TestABookIsTheSameBytesHoweverManyProcessorsThereAre(t *testing.T) {
	b := pictured(25)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var first []byte
	for _, processors := range []int{1, 2, 3, 16} {
		runtime.GOMAXPROCS(processors)
		for range 3 {
			var out bytes.Buffer
			if err := WriteEPUB(&out, b); err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = out.Bytes()
			}
			if !bytes.Equal(out.Bytes(), first) {
				t.Fatalf("on %d processors the book is another one", processors)
			}
		}
	}
}

// pictured is a book of so many chapters, each with a picture.
func pictured(chapters int) Book {
	b := Book{Title: "Harbour", Voice: Speaking("en"), Language: "en", Pictures: func(src string) ([]byte, string, error) {
		var n int
		if _, err := fmt.Sscanf(src, "https://example.org/%d.png", &n); err != nil {
			return nil, "", err
		}
		m := image.NewGray(image.Rect(0, 0, 8+n, 8))
		var out bytes.Buffer
		err := png.Encode(&out, m)
		return out.Bytes(), "image/png", err
	}}
	for i := range chapters {
		picture := prose.Block{Kind: prose.Image, Src: fmt.Sprintf("https://example.org/%d.png", i), Alt: "A lamp"}
		b.Chapters = append(b.Chapters, Chapter{Number: i + 1, Body: prose.Document{Blocks: []prose.Block{para(babble(i, 400)), picture, para(babble(i+1, 40))}}})
	}
	return b
}

// TestAPanicOnThePressComesOutWhereTheBookWasAskedFor is what keeps one page's
// failure from ending the program.
func TestAPanicOnThePressComesOutWhereTheBookWasAskedFor(t *testing.T) {
	p := newPress(func(*impression) error { return nil })
	defer p.close()
	defer func() {
		if wrong := recover(); wrong == nil {
			t.Error("nothing came out")
		}
	}()
	unknown := prose.Inline{Mark: prose.Mark(99), Kids: []prose.Inline{prose.TextRun("no mark we have")}}
	broken := chapterPage{fitted: prose.Document{Blocks: []prose.Block{{Kind: prose.Paragraph, Inlines: []prose.Inline{unknown}}}}}
	if err := p.put("chapter.xhtml", "broken.xhtml", broken); err != nil {
		t.Fatal(err)
	}
	if err := p.empty(); err != nil {
		t.Fatal(err)
	}
}

func TestThePressStopsAtTheFirstPageThatCannotBeKept(t *testing.T) {
	full := errors.New("no room")
	p := newPress(func(*impression) error { return full })
	defer p.close()
	var err error
	for i := 0; err == nil && i < 2*ahead; i++ {
		err = p.put("", "style.css", []byte("p { margin: 0 }"))
	}
	if !errors.Is(err, full) {
		t.Errorf("the press said %v", err)
	}
}

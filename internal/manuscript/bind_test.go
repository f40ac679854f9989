package manuscript

import (
	"os"
	"path/filepath"
	"testing"

	"ficus/internal/prose"
)

// checkBinding holds that each text of a reading is exactly what its HTML says:
// written and read back it is the same Document.
func checkBinding(t holder, r Reading) {
	t.Helper()
	for w := range r.Works {
		for i := range r.Works[w].Chapters {
			c := &r.Works[w].Chapters[i]
			for name, d := range map[string]prose.Document{"story": c.Body, "opening note": c.OpeningNote, "closing note": c.ClosingNote, "disclaimer": c.Disclaimer} {
				once := d.HTML()
				if r.Source.Kind == "md" {
					once = withoutBareDivs(d).HTML() // HTML in Markdown is one block whatever it holds
				}
				if again := prose.ReadStored(once).HTML(); again != once {
					t.Fatalf("the %s is written as\n%s\nand read back as\n%s", name, once, again)
				}
			}
		}
	}
}

// withoutBareDivs gives d without the divisions that carry nothing.
func withoutBareDivs(d prose.Document) prose.Document {
	var flat []prose.Block
	for _, b := range d.Blocks {
		if b.Kind == prose.Division && len(b.Attrs) == 0 {
			flat = append(flat, withoutBareDivs(prose.Document{Blocks: b.Blocks}).Blocks...)
			continue
		}
		flat = append(flat, b)
	}
	return prose.Document{Blocks: flat}
}

func TestBindingToHTMLAndReadingBackGivesTheSameDocument(t *testing.T) {
	for _, name := range sampleNames(t) {
		reading, _ := readSample(t, name)
		checkBinding(t, reading)
		for _, c := range reading.Works[0].Chapters {
			same(t, name, c.Body, prose.ReadStored(c.Body.HTML()))
		}
	}
}

func TestReadingTheOutputAgainChangesNothing(t *testing.T) {
	for _, name := range sampleNames(t) {
		reading, _ := readSample(t, name)
		for _, c := range reading.Works[0].Chapters {
			if c.Body.IsEmpty() {
				continue
			}
			again, err := Read([]byte("<!DOCTYPE html>"+c.Body.HTML()), Options{Kind: "html", NoGuess: true})
			if err != nil {
				t.Fatal(err)
			}
			same(t, name, c.Body.HTML(), again.Works[0].Chapters[0].Body.HTML())
		}
	}
}

func TestTheSamplesOfWordProcessorsAreRead(t *testing.T) {
	files, err := filepath.Glob("testdata/4?-*.html")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d pages of word processors in testdata (%v)", len(files), err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Read(data, Options{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		checkBinding(t, r)
	}
}

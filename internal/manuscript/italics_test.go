package manuscript

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ficus/internal/prose"
)

// An expectation's italics are all that a browser shows slanted in the file.
// They are compared with what the file reads as when nothing is set apart.
func TestWhatAFileShowsInItalicsIsInItalics(t *testing.T) {
	names := append(sampleNames(t), filepath.Join("office", "tide-table.html"), filepath.Join("office", "tide-table.docx"),
		filepath.Join("office", "tide-table.odt"), filepath.Join("office", "tide-table.rtf"))
	pages := 0
	for _, name := range names {
		_, want := readSample(t, name)
		page := filepath.Ext(name) != ".txt" && filepath.Ext(name) != ".md"
		if page && want.Italics == nil {
			t.Errorf("%s lists no italics; an empty list says that there are none", name)
		}
		if want.Italics == nil {
			continue
		}
		pages++
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		r, err := Read(data, Options{Name: name, NoGuess: true})
		if err != nil {
			t.Fatal(err)
		}
		marks := map[prose.Mark][]string{}
		for _, b := range r.Works[0].Chapters[0].Body.Blocks {
			collectMarks(b, marks)
		}
		got := append(marks[prose.Emphasis], marks[prose.Thought]...)
		same(t, name, strings.Join(want.Italics, "\n"), strings.Join(got, "\n"))
	}
	if pages < 29 {
		t.Errorf("%d files list their italics", pages)
	}
}

func TestOneManuscriptInFourFormsIsUnderstoodAsItsExpectationSays(t *testing.T) {
	for _, ending := range []string{".html", ".docx", ".odt", ".rtf"} {
		t.Run(ending, func(t *testing.T) {
			reading, want := readSample(t, filepath.Join("office", "tide-table"+ending))
			checkExpected(t, reading, want)
			checkInvariants(t, reading)
		})
	}
}

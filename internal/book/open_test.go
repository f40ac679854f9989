package book

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"ficus/internal/prose"
)

// A book is bound chapter by chapter: each is asked for once, in order, and
// when it is asked for no more than a few before it can be in memory.
func TestChaptersAreOpenedWhenItIsTheirTurn(t *testing.T) {
	const chapters = 40
	var asked []int
	lazy, whole := Book{Title: "Salt", Language: "en", Words: 80, Voice: Speaking("en")}, Book{Title: "Salt", Language: "en", Words: 80, Voice: Speaking("en")}
	for i := range chapters {
		c := Chapter{
			Dedication: "Pell", NotesBefore: prose.Document{Blocks: []prose.Block{prose.Para("A note.")}}, Disclaimer: prose.Document{Blocks: []prose.Block{prose.Para("Not mine.")}},
			Body: prose.Document{Blocks: []prose.Block{prose.Para(fmt.Sprint("Lamp ", i))}},
		}
		lazy.Chapters = append(lazy.Chapters, Chapter{ID: int64(i + 1), Open: func() (Chapter, error) {
			asked = append(asked, i)
			return c, nil
		}})
		c.ID = int64(i + 1)
		whole.Chapters = append(whole.Chapters, c)
	}
	for _, format := range []Format{EPUB, HTML, Markdown, Text} {
		for _, notes := range []Notes{AllNotes, NoNotes} {
			asked = nil
			lazy.Options.Notes, whole.Options.Notes = notes, notes
			var one, other bytes.Buffer
			if err := errors.Join(Write(&one, lazy, format), Write(&other, whole, format)); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(one.Bytes(), other.Bytes()) {
				t.Errorf("%s with %v notes: opened one by one it is another book", format, notes)
			}
			for i := range chapters {
				if len(asked) != chapters || asked[i] != i {
					t.Fatalf("%s asked for %v", format, asked)
				}
			}
		}
	}
}

func TestABookWhoseChapterCannotBeHadIsNone(t *testing.T) {
	gone := errors.New("gone")
	b := Book{Title: "Salt", Voice: Speaking("en"), Chapters: []Chapter{{ID: 1}, {ID: 2, Open: func() (Chapter, error) { return Chapter{}, gone }}, {ID: 3}}}
	for _, format := range []Format{EPUB, HTML, Markdown, Text} {
		if err := Write(io.Discard, b, format); !errors.Is(err, gone) {
			t.Errorf("%s says %v", format, err)
		}
	}
	err := WriteVolume(io.Discard, Volume{Title: "All", Voice: Speaking("en"), Works: 1, Work: func(int) (Book, error) { return b, nil }})
	if !errors.Is(err, gone) {
		t.Errorf("a book of several works says %v", err)
	}
}

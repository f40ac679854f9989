package manuscript

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is not linear in time here runs into the time limit of the tests.
func TestHugeOddTextsAreReadWhole(t *testing.T) {
	novel := strings.Repeat("The keeper climbed, as he had every night for forty years, and the stair was as long as ever.\n\n\"It's late,\" he said. *Very* late.\n\n", 8_000)
	cases := map[string]string{
		"a novel of 1 MB":         novel,
		"blank lines around":      "One.\n" + strings.Repeat("\n", 100_000) + "Two.\n\nThree.",
		"one line":                strings.Repeat("word ", 100_000),
		"one line of stars":       strings.Repeat("*a ", 170_000),
		"one line of slashes":     strings.Repeat("/a b/ ", 85_000),
		"one word":                strings.Repeat("x", 500_000),
		"a wall of breaks":        strings.Repeat("***\n\n", 10_000) + "End.",
		"a wall of labels":        strings.Repeat("A/N: thank you for the review\n\n", 4_000) + "Story.",
		"a wall of slugs":         strings.Repeat("0415 HRS\n\n", 5_000) + "Story.",
		"brackets never closed":   strings.Repeat("(A/N: ", 80_000),
		"Markdown without a line": "# T\n\n" + strings.Repeat("*a* [b](c) ", 40_000),
	}
	for name, text := range cases {
		t.Run(name, func(t *testing.T) {
			r, err := Read([]byte(text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			checkInvariants(t, r)
		})
	}
}

func TestFourThousandChaptersAreFourThousandChapters(t *testing.T) {
	var s strings.Builder
	for i := 1; i <= 4_000; i++ {
		fmt.Fprintf(&s, "CHAPTER %d\n\nShe went down to the %d. step.\n\n", i, i)
	}
	r, err := Read([]byte(s.String()), Options{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "chapters", 4_000, len(r.Works[0].Chapters))
	same(t, "last number", 4_000, r.Works[0].Chapters[3_999].Number)
}

// BenchmarkNovel reads a novel of 5 MB.
func BenchmarkNovel(b *testing.B) {
	novel := []byte(strings.Repeat("The keeper climbed, as he had every night for forty years, and the stair was as long as ever.\n\n\"It's late,\" he said. *Very* late.\n\n", 40_000))
	b.SetBytes(int64(len(novel)))
	for b.Loop() {
		if _, err := Read(novel, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// FuzzRead holds the invariants over any bytes in any kind, with a choice.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) == 0 {
		f.Fatal("no samples in testdata")
	}
	for i, name := range files {
		if strings.HasSuffix(name, ".json") {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, uint8(i), uint16(i*37), uint16(i*91))
	}
	f.Fuzz(func(t *testing.T, data []byte, kind uint8, start, length uint16) {
		if len(data) > 100_000 {
			return
		}
		o := Options{Kind: []string{"", "txt", "md", "html"}[kind%4], NoGuess: kind&64 > 0}
		first, err := Read(data, o)
		if err != nil {
			return
		}
		checkInvariants(t, first)
		checkBinding(t, first)
		become := []string{"story", OpeningNote, "scene_heading", "scene_break", LeftOut, ChapterHead, Title, "letter"}[kind/4%8]
		choice := Choice{int(start), int(start) + int(length), InStory, become}
		if len(first.Parts) > 0 && kind%2 == 0 {
			p := first.Parts[int(start)%len(first.Parts)]
			choice.Start, choice.End, choice.What = p.Start, p.End, p.What
		}
		o.Choices = []Choice{choice}
		second, err := Read(data, o)
		if err != nil {
			t.Fatal(err)
		}
		checkInvariants(t, second)
		if _, err := second.JSON(); err != nil {
			t.Fatal(err)
		}
	})
}

package manuscript_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"ficus/internal/manuscript"
)

// worksOf tells of each work its title and the files that are of it.
func worksOf(pile manuscript.Pile) map[string][]string {
	found := map[string][]string{}
	for _, item := range pile.Files {
		for n := range max(1, len(item.Stories)) {
			if item.Work > 0 {
				title := pile.Works[item.Work-1+n].Title
				found[title] = append(found[title], item.Name)
			}
		}
	}
	return found
}

func TestFilesOfOneFolderAreOneWork(t *testing.T) {
	labelled := func(title string, n int) string {
		return "Title: " + title + "\nAuthor: mara\nRating: PG\n\n" + chapterOf(n)
	}
	book := func(title string, n int) string {
		return labelled(title, n) + fmt.Sprintf("\n\nChapter 2\n\n%s\n\nChapter 3\n\n%s", chapterOf(n+1), chapterOf(n+2))
	}
	for name, c := range map[string]struct {
		files []manuscript.PileFile
		want  map[string][]string
	}{
		"loose files": {
			[]manuscript.PileFile{pileFile("ch1.txt", chapterOf(1), 0), pileFile("ch2.txt", chapterOf(2), 0)},
			map[string][]string{"": {"ch1.txt", "ch2.txt"}},
		},
		"one folder": {
			[]manuscript.PileFile{pileFile("Salt/ch1.txt", chapterOf(1), 0), pileFile("Salt/ch2.txt", chapterOf(2), 0)},
			map[string][]string{"Salt": {"Salt/ch1.txt", "Salt/ch2.txt"}},
		},
		"two folders, and a version": {
			[]manuscript.PileFile{pileFile("All/Salt/ch1.txt", chapterOf(1), 0), pileFile("All/Moss/ch2.txt", chapterOf(2), 0), pileFile("All/Moss/again.txt", chapterOf(2), 9)},
			map[string][]string{"Salt": {"All/Salt/ch1.txt"}, "Moss": {"All/Moss/again.txt", "All/Moss/ch2.txt"}},
		},
		"a zip of what is missing among loose files": {
			[]manuscript.PileFile{pileFile("ch1.txt", chapterOf(1), 0), pileFile("ch2.txt", chapterOf(2), 0), pileFile("more.zip", string(zipped(t, "Ch 3.md", chapterOf(3))), 0)},
			map[string][]string{"": {"ch1.txt", "ch2.txt", "more.zip/Ch 3.md"}},
		},
		"a folder beside a loose story": {
			[]manuscript.PileFile{pileFile("All/Drabble.txt", chapterOf(1), 0), pileFile("All/Salt/ch2.txt", chapterOf(2), 0)},
			map[string][]string{"All": {"All/Drabble.txt"}, "Salt": {"All/Salt/ch2.txt"}},
		},
		"two zips": {
			[]manuscript.PileFile{pileFile("Salt.zip", string(zipped(t, "1.txt", chapterOf(1), "2.txt", chapterOf(2))), 0), pileFile("Moss.ZIP", string(zipped(t, "1.txt", chapterOf(3))), 0)},
			map[string][]string{"Salt": {"Salt.zip/1.txt", "Salt.zip/2.txt"}, "Moss": {"Moss.ZIP/1.txt"}},
		},
		"single stories, each with its own title": {
			[]manuscript.PileFile{pileFile("f/moss.txt", labelled("Moss", 1), 0), pileFile("f/salt a.txt", labelled("Salt", 2), 0), pileFile("f/salt b.txt", chapterOf(3), 0)},
			map[string][]string{"Moss": {"f/moss.txt"}, "Salt": {"f/salt a.txt", "f/salt b.txt"}},
		},
		"whole works beside one another": {
			[]manuscript.PileFile{pileFile("f/moss.txt", book("Moss", 1), 0), pileFile("f/notes.txt", chapterOf(9), 0), pileFile("f/salt.txt", book("Salt", 4), 0), pileFile("f/settings.json", "{}", 0)},
			map[string][]string{"Moss": {"f/moss.txt"}, "f": {"f/notes.txt"}, "Salt": {"f/salt.txt"}},
		},
		"a work in two halves": {
			[]manuscript.PileFile{pileFile("f/part 1.txt", book("Arrivals", 1), 0), pileFile("f/part 2.txt", book("Departures", 4), 0)},
			map[string][]string{"f": {"f/part 1.txt", "f/part 2.txt"}},
		},
		"chapters that are called titles": {
			[]manuscript.PileFile{pileFile("Salt/ch1.txt", labelled("The mole", 1), 0), pileFile("Salt/ch2.txt", labelled("The lamp", 2), 0)},
			map[string][]string{"Salt": {"Salt/ch1.txt", "Salt/ch2.txt"}},
		},
		"a file of two stories": {
			[]manuscript.PileFile{pileFile("two.txt", labelled("Moss", 1)+"\n\n"+labelled("Salt", 2), 0), pileFile("one.txt", chapterOf(3), 0)},
			map[string][]string{"": {"one.txt"}, "Moss": {"two.txt"}, "Salt": {"two.txt"}},
		},
	} {
		got := worksOf(manuscript.ReadPile(c.files, manuscript.Options{}))
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestTwoFilesOfOneNameStayTwo(t *testing.T) {
	pile := manuscript.ReadPile([]manuscript.PileFile{
		pileFile("ch.txt", chapterOf(1), 0), pileFile("ch.txt", chapterOf(2), 0), pileFile("ch.txt", chapterOf(1), 5), pileFile("b\xff\x00.txt", chapterOf(3), 0),
	}, manuscript.Options{})
	var names []string
	for _, item := range pile.Files {
		names = append(names, item.Name)
	}
	if want := []string{"b\uFFFD\x00.txt", "ch (2).txt", "ch (3).txt", "ch.txt"}; !slices.Equal(names, want) {
		t.Errorf("the names are %q", names)
	}
	if pile.Files[2].Verdict != manuscript.PileVersion || pile.Files[2].Of != "ch.txt" {
		t.Errorf("the third is %+v", pile.Files[2])
	}
}

func TestATakerIsGivenEachFileThatHoldsStory(t *testing.T) {
	files := []manuscript.PileFile{pileFile("1.txt", chapterOf(1), 0), pileFile("2.txt", " ", 0), pileFile("3.txt", chapterOf(3), 0), pileFile("4.txt", chapterOf(4), 0)}
	var kept []string
	taker := manuscript.PileTaker{Files: 3, Keep: func(item manuscript.PileItem, data []byte, _ manuscript.Reading) error {
		kept = append(kept, item.Name)
		return nil
	}}
	pile, err := manuscript.TakePile(files, taker)
	if err != nil || !slices.Equal(kept, []string{"1.txt", "3.txt"}) || pile.Files[3].Rule != "pile.full" {
		t.Errorf("%v: kept are %v of %+v", err, kept, pile.Files)
	}
	broken := errors.New("the disk is full")
	taker.Keep = func(manuscript.PileItem, []byte, manuscript.Reading) error { return broken }
	if _, err := manuscript.TakePile(files, taker); !errors.Is(err, broken) {
		t.Errorf("a taker that fails gives %v", err)
	}
}

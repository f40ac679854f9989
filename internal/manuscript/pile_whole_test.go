package manuscript_test

import (
	"fmt"
	"strings"
	"testing"

	"ficus/internal/manuscript"
)

// novelAnd is a pile of a whole novel and files of some of its chapters.
func novelAnd(age int, chapters ...int) []manuscript.PileFile {
	var whole strings.Builder
	for n := 1; n <= 6; n++ {
		fmt.Fprintf(&whole, "Chapter %d\n\n%s", n, chapterOf(n))
	}
	files := []manuscript.PileFile{pileFile("salt.txt", whole.String(), 0), pileFile("other.txt", chapterOf(50), 0)}
	for _, n := range chapters {
		files = append(files, pileFile(fmt.Sprintf("salt %d.txt", n), chapterOf(n), age))
	}
	return files
}

func verdicts(files []manuscript.PileFile) string {
	var all []string
	for _, f := range manuscript.ReadPile(files, manuscript.Options{}).Files {
		all = append(all, strings.TrimSuffix(f.Name, ".txt")+": "+strings.TrimSpace(f.Verdict+" "+strings.TrimSuffix(f.Of, ".txt")))
	}
	return strings.Join(all, ", ")
}

func TestANovelAndItsChaptersAreVersionsOfEachOther(t *testing.T) {
	for name, c := range map[string]struct {
		files []manuscript.PileFile
		want  string
	}{
		"older chapters": {novelAnd(9, 1, 2, 3, 4, 5, 6), "other: chapter, salt 1: version salt, salt 2: version salt, salt 3: version salt, salt 4: version salt, salt 5: version salt, salt 6: version salt, salt: chapter"},
		"newer chapters": {novelAnd(-9, 1, 2, 3, 4, 5, 6), "other: chapter, salt 1: chapter, salt 2: chapter, salt 3: chapter, salt 4: chapter, salt 5: chapter, salt 6: chapter, salt: version salt 1"},
		"a few of them":  {novelAnd(-9, 2, 3), "other: chapter, salt 2: version salt, salt 3: version salt, salt: chapter"},
		"new ones only":  {novelAnd(-9, 7, 8), "other: chapter, salt 7: chapter, salt 8: chapter, salt: chapter"},
	} {
		if got := verdicts(c.files); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

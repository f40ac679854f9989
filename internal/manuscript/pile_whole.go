package manuscript

import (
	"cmp"
	"slices"
)

// mostWholes is how many of the longest files of a pile may be a whole work
// whose chapters lie beside it, so that comparing thousands stays quick.
const mostWholes = 20

// findWholes finds the files that hold a whole work of which other files hold
// the chapters. One side is taken: the chapters when together they have all of
// it and one of them is newer, else the whole. The other side are versions.
func findWholes(items []PileItem) {
	var texts []int
	thin := map[int]sketch{}
	for i := range items {
		if items[i].Verdict == PileChapter {
			texts = append(texts, i)
			thin[i] = items[i].sketch.thinned()
		}
	}
	longest := slices.Clone(texts)
	slices.SortStableFunc(longest, func(a, b int) int { return cmp.Compare(len(thin[b].runs), len(thin[a].runs)) })
	for _, whole := range longest[:min(len(longest), mostWholes)] {
		if items[whole].Verdict != PileChapter {
			continue
		}
		var chapters []int
		told := map[uint64]bool{}
		for _, i := range texts {
			if i != whole && items[i].Verdict == PileChapter && partOfWhole(thin[i], thin[whole], told) {
				chapters = append(chapters, i)
			}
		}
		if len(chapters) > 1 {
			takeSide(items, whole, chapters, len(told)*100 >= len(thin[whole].runs)*92)
		}
	}
}

// partOfWhole is true for a text that most of stands in a much longer one, and
// notes which runs of that it tells.
func partOfWhole(part, whole sketch, told map[uint64]bool) bool {
	if len(part.runs) == 0 || len(whole.runs)*2 < 3*len(part.runs) {
		return false
	}
	var both []uint64
	for run := range part.runs {
		if whole.runs[run] {
			both = append(both, run)
		}
	}
	if len(both)*10 < len(part.runs)*7 {
		return false
	}
	for _, run := range both {
		told[run] = true
	}
	return true
}

// takeSide takes a whole work or its chapters, and makes versions of the other.
func takeSide(items []PileItem, whole int, chapters []int, all bool) {
	newer := slices.ContainsFunc(chapters, func(i int) bool { return items[i].changed.After(items[whole].changed) })
	if all && newer {
		items[whole].Verdict, items[whole].Of = PileVersion, items[chapters[0]].Name
		return
	}
	for _, i := range chapters {
		items[i].Verdict, items[i].Of = PileVersion, items[whole].Name
	}
}

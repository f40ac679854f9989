package manuscript

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
)

// sketch is a text as far as it is compared: hashes of the runs of words in it.
// Of a long text only every eighth is kept, chosen by the hash itself, so that
// two texts keep the same ones.
type sketch struct {
	runs   map[uint64]bool
	sparse bool
}

const (
	runWords  = 4    // words a run
	fullRuns  = 4000 // a text of fewer runs keeps all
	sparseMod = 8
)

// sketchOf makes the sketch of all that the chapters tell.
func sketchOf(works []Work) sketch {
	s := sketch{runs: map[uint64]bool{}}
	var last []string
	for _, w := range works {
		for _, c := range w.Chapters {
			for word := range strings.FieldsFuncSeq(blocksText(c.Body.Blocks), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
				if last = append(last, strings.ToLower(word)); len(last) == runWords {
					s.add(strings.Join(last, " "))
					last = slices.Delete(last, 0, 1)
				}
			}
		}
	}
	if len(s.runs) == 0 {
		s.add(strings.Join(last, " "))
	}
	return s
}

func (s *sketch) add(run string) {
	h := fnv.New64a()
	h.Write([]byte(run))
	sum := h.Sum64()
	if s.sparse && sum%sparseMod != 0 {
		return
	}
	s.runs[sum] = true
	if !s.sparse && len(s.runs) > fullRuns {
		*s = s.thinned()
	}
}

// thinned is the sketch with as little as a long text keeps.
func (s sketch) thinned() sketch {
	if s.sparse {
		return s
	}
	thin := sketch{runs: map[uint64]bool{}, sparse: true}
	for run := range s.runs {
		if run%sparseMod == 0 {
			thin.runs[run] = true
		}
	}
	return thin
}

// alike is true for two texts of one chapter: most of the shorter is in the
// longer, and the longer is not many times as long.
func alike(a, b sketch) bool {
	if a.sparse != b.sparse {
		a, b = a.thinned(), b.thinned()
	}
	if len(a.runs) > len(b.runs) {
		a, b = b, a
	}
	if len(a.runs) == 0 || len(b.runs) > 3*len(a.runs) {
		return false
	}
	both := 0
	for run := range a.runs {
		if b.runs[run] {
			both++
		}
	}
	return both*2 > len(a.runs)
}

// standsFor is true for the newer of two versions. Of two of one age the one
// that keeps italics does, and then the last by name.
func (i PileItem) standsFor(other PileItem) bool {
	if !i.changed.Equal(other.changed) {
		return i.changed.After(other.changed)
	}
	return i.Kind != "txt" || other.Kind == "txt"
}

// findVersions finds the files that hold the same chapters. The newest stands
// for all.
func findVersions(items []PileItem) {
	group := groupVersions(items)
	newest := map[int]int{}
	for i := range items {
		g, is := group[i]
		if best, ok := newest[g]; is && (!ok || items[i].standsFor(items[best])) {
			newest[g] = i
		}
	}
	for i, g := range group {
		if best := newest[g]; best != i {
			items[i].Verdict, items[i].Of = PileVersion, items[best].Name
		}
	}
	findWholes(items)
}

// groupVersions gives each text the place of the first that is a version of
// it. Files that are none are in no group.
func groupVersions(items []PileItem) map[int]int {
	group := map[int]int{}
	seen := map[uint64][]int{} // run → files that hold it
	for i := range items {
		if items[i].Verdict != PileChapter {
			continue
		}
		group[i] = i
		s := items[i].sketch
		for _, other := range candidates(s, seen) {
			if items[i].sum == items[other].sum || alike(s, items[other].sketch) {
				group[i] = group[other]
				break
			}
		}
		for run := range s.runs {
			if indexed(run) || len(s.runs) < 8*indexEvery {
				seen[run] = append(seen[run], i)
			}
		}
	}
	return group
}

// indexEvery is how many runs share one line of the index, so that comparing
// thousands of files stays quick.
const indexEvery = 16

func indexed(run uint64) bool { return run/sparseMod%indexEvery == 0 }

// candidates are the files that share runs with a text, in their order.
func candidates(s sketch, seen map[uint64][]int) []int {
	found := map[int]bool{}
	for run := range s.runs {
		for _, i := range seen[run] {
			found[i] = true
		}
	}
	var list []int
	for i := range found {
		list = append(list, i)
	}
	slices.Sort(list)
	return list
}

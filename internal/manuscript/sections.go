package manuscript

import (
	"unicode/utf8"

	"ficus/internal/pattern"
	"ficus/internal/prose"
)

var sectionNumber = pattern.New(`^[*_(\[ ]{0,3}(?:\d{1,3}|[IVXL]{1,7})[.)\]*_ ]{0,3}$`)

// sectionRuns finds the lines from lo up to hi that only count: runs of 1, 2, 3
// or I, II, III, each with something behind it.
func (r *recogniser) sectionRuns(lo, hi int) (runs [][]int) {
	var run []int
	for i := lo; i < hi; i++ {
		p := &r.paras[i]
		if len(p.text) > 48 || utf8.RuneCountInString(p.text) > 12 || !sectionNumber.MatchString(p.text) || !r.isolated(i) || !r.nextStory(i+1) {
			continue
		}
		switch value, ok := bareNumber(p.text); {
		case !ok:
		case value == len(run)+1:
			run = append(run, i)
		case value == 1:
			runs, run = append(runs, run), []int{i}
		}
	}
	return append(runs, run)
}

// numberHeads takes three or more bare numbers for chapter heads when what
// stands between is as long as chapters are; shorter pieces are sections.
func (r *recogniser) numberHeads(lo, hi int) (heads []int) {
	const chapterWords = 1200
	for _, run := range r.sectionRuns(lo, hi) {
		if len(run) < 3 || r.words(run[0], run[len(run)-1]) < chapterWords*(len(run)-1) {
			continue
		}
		heads = append(heads, run...)
	}
	return heads
}

// nameNumbers makes heads of bare numbers.
func (r *recogniser) nameNumbers(run []int) {
	for _, i := range run {
		value, _ := bareNumber(r.paras[i].text)
		r.heads[i] = head{unit: 3, number: value, typed: r.paras[i].text}
	}
}

// markSections makes headings of the lines in the story that only count.
func (r *recogniser) markSections() {
	for _, run := range r.sectionRuns(0, len(r.paras)) {
		for _, i := range run {
			if len(run) > 1 && r.guess[i].what == InStory {
				r.become(i, prose.SceneHeading, "heading.number", 0.93)
			}
		}
	}
}

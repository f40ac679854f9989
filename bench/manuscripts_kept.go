package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
	"unicode"

	"ficus/internal/manuscript"
	"ficus/internal/prose"
)

// kept is what a reader kept of a file's form.
type kept struct {
	words   counts // every word
	slanted counts // those in italics, or what of them is
	upright int    // slanted by the reader and not by the file; told by judge

	breaks, notes, aligned int // breaks that stand together are one

	took    time.Duration
	problem string

	word, slant []rune // the word that is being written
	parted      bool   // a break was counted, and no word since
}

// counts say how often each word stands.
type counts map[string]int

func (c counts) sum() (n int) {
	for _, times := range c {
		n += times
	}
	return n
}

// String is one side of the comparison.
func (k kept) String() string {
	if k.problem != "" {
		return fmt.Sprintf("%-45s", k.problem)
	}
	return fmt.Sprintf("%7d  %7d  %6d  %5d  %7d %6.1f ms", k.slanted.sum(), k.upright, k.breaks, k.notes, k.aligned, float64(k.took.Microseconds())/1000)
}

// write adds a run of letters; words may go on from run to run.
func (k *kept) write(text string, slanted bool) {
	for _, r := range text {
		if !isLetter(r) {
			k.endWord()
			continue
		}
		k.word = append(k.word, r)
		if slanted {
			k.slant = append(k.slant, r)
		}
	}
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

func (k *kept) endWord() {
	if k.words == nil {
		k.words, k.slanted = counts{}, counts{}
	}
	if len(k.word) > 0 {
		k.words[string(k.word)]++
		k.parted = false
	}
	if len(k.slant) > 0 {
		k.slanted[string(k.slant)]++
	}
	k.word, k.slant = k.word[:0], k.slant[:0]
}

func (k *kept) addBreak() {
	k.endWord()
	k.breaks += boolInt(!k.parted)
	k.parted = true
}

// judge leaves only what the file shows, and says how many words it shows
// upright the reader slanted.
func (k *kept) judge(file *shown) int {
	if file.Breaks != nil {
		k.breaks = min(k.breaks, *file.Breaks)
	}
	if file.Italics == nil {
		return 0
	}
	var truth kept
	for _, text := range *file.Italics {
		truth.write(text, true)
		truth.endWord()
	}
	for word, n := range k.slanted {
		k.upright += max(0, n-truth.slanted[word])
		k.slanted[word] = min(n, truth.slanted[word])
	}
	return k.upright
}

// readHere is what Ficus kept: what its stories and notes show, and of what
// stands around them, or was set apart, what it shows when it is put back.
// Pandoc sets nothing apart; the whole file is its story.
func readHere(path string) kept {
	data, err := os.ReadFile(path)
	if err != nil {
		return kept{problem: err.Error()}
	}
	began := time.Now()
	r, err := manuscript.Read(data, manuscript.Options{Name: filepath.Base(path)})
	took := time.Since(began)
	if err != nil {
		return kept{problem: "not read"}
	}
	back, err := manuscript.Read(data, manuscript.Options{Name: filepath.Base(path), NoGuess: true})
	if err != nil {
		return kept{problem: "not read"}
	}
	var k, whole kept
	for _, d := range documentsOf(r) {
		k.document(d)
	}
	for _, d := range documentsOf(back) {
		whole.document(d)
	}
	for word, n := range whole.slanted {
		k.slanted[word] += min(n, max(0, whole.words[word]-k.words[word]))
	}
	k.apart(r, back)
	k.took = took
	return k
}

// apart adds the breaks, notes and alignments of what no document of a reading
// shows, as it reads when it is put back.
func (k *kept) apart(r, back manuscript.Reading) {
	var blocks kept
	next := 0
	for _, p := range back.Parts {
		for next < len(r.Parts) && r.Parts[next].End < p.Start {
			next++
		}
		if p.What != manuscript.InStory || next == len(r.Parts) || !isApart(r.Parts[next]) || p.Start < r.Parts[next].Start || p.End > r.Parts[next].End {
			continue
		}
		blocks.block(back.Works[p.Work].Chapters[p.Chapter].Body.Blocks[p.Block])
	}
	k.breaks, k.notes, k.aligned = k.breaks+blocks.breaks, k.notes+blocks.notes, k.aligned+blocks.aligned
}

// isApart is true for what is no part of a Document.
func isApart(p manuscript.Part) bool {
	switch p.What {
	case manuscript.Title, manuscript.Author, manuscript.Field, manuscript.ChapterHead, manuscript.LeftOut:
		return true
	}
	return false
}

func documentsOf(r manuscript.Reading) (all []prose.Document) {
	for _, w := range r.Works {
		for _, c := range w.Chapters {
			all = append(all, c.OpeningNote, c.Disclaimer, c.Body, c.ClosingNote)
		}
	}
	return all
}

func (k *kept) document(d prose.Document) {
	for _, b := range d.Blocks {
		k.block(b)
	}
	k.endWord()
}

func (k *kept) block(b prose.Block) {
	if b.Kind == prose.SceneBreak {
		k.addBreak()
	}
	k.aligned += boolInt(b.Align != prose.AlignStart)
	k.runs(b.Inlines, false)
	k.endWord()
	for _, inner := range b.Blocks {
		k.block(inner)
	}
}

func (k *kept) runs(runs []prose.Inline, slanted bool) {
	for _, run := range runs {
		switch {
		case run.Mark == prose.LineBreak:
			k.endWord()
		case isNote(run):
			k.endWord()
			k.notes++
		}
		k.write(run.Text, slanted)
		k.runs(run.Kids, slanted || run.Mark == prose.Emphasis || run.Mark == prose.Thought)
	}
}

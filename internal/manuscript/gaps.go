package manuscript

import (
	"slices"
	"strings"
	"sync/atomic"
)

// withGaps adds an empty paragraph wherever the writer left a wider gap than
// between other paragraphs, in a text that draws no breaks and heads no scenes.
func withGaps(src source) []para {
	looks, ok := looksOf(src.paras)
	if !ok {
		return src.paras
	}
	least := 0
	if src.kind == "txt" || src.kind == "md" {
		least = gapOfScenes(src.paras, looks)
	} else {
		least = blankOfScenes(src.paras, looks)
	}
	if least == 0 {
		return src.paras
	}
	paras := make([]para, 0, len(src.paras)+8)
	for i, p := range src.paras {
		if i > 0 && p.gap >= least && looks[i-1] && looks[i] {
			at := src.paras[i-1].end
			paras = append(paras, para{start: at, end: at, form: rule})
		}
		paras = append(paras, p)
	}
	return paras
}

// looksOf says of each paragraph whether it is a sentence of the story; false
// where one is drawn, and gaps say nothing.
func looksOf(paras []para) (sentences []bool, ok bool) {
	if len(paras) < 2 || !slices.ContainsFunc(paras[2:], func(p para) bool { return p.gap != paras[1].gap }) {
		return nil, false // all gaps are alike
	}
	sentences = make([]bool, len(paras))
	var anyDrawn atomic.Bool
	inParts(len(paras), func(i int) {
		if !anyDrawn.Load() {
			if drawn(&paras[i]) {
				anyDrawn.Store(true)
			}
			sentences[i] = sentence(&paras[i])
		}
	})
	return sentences, !anyDrawn.Load()
}

// gapOfScenes is how many blank lines part scenes; 0: gaps say nothing. Either
// paragraphs follow each other without a gap and a few do not, or nearly all
// have one blank line between and a few have three or more.
func gapOfScenes(paras []para, sentences []bool) int {
	none, one, wide, all := 0, 0, 0, 0
	for i := 1; i < len(paras); i++ {
		if !sentences[i-1] || !sentences[i] {
			continue
		}
		b := &paras[i]
		all++
		none += boolInt(b.gap == 0)
		one += boolInt(b.gap == 1)
		wide += boolInt(b.gap > 2)
	}
	switch {
	case all < 4:
		return 0
	case none < all && none*10 >= all*7:
		return 1
	case none == 0 && wide > 0 && one+wide == all && wide*7 <= all:
		return 3
	}
	return 0
}

// blankOfScenes is how many blank paragraphs part scenes in a text that has
// paragraphs by itself: two, when most have one between them, which is then how
// this writer parts paragraphs; one, when most have none. 0: they say nothing.
func blankOfScenes(paras []para, sentences []bool) int {
	one, more, all := 0, 0, 0
	for i := 1; i < len(paras); i++ {
		if !sentences[i-1] || !sentences[i] {
			continue
		}
		b := &paras[i]
		all++
		one += boolInt(b.gap == 1)
		more += boolInt(b.gap > 1)
	}
	switch {
	case all < 4:
		return 0
	case one*10 >= all*6 && more*3 <= all:
		return 2
	case (one+more)*10 < all*4:
		return 1
	}
	return 0
}

// drawn is true for a paragraph that parts or heads scenes by itself.
func drawn(p *para) bool {
	if p.form == rule {
		return true
	}
	if p.form != plain || !p.short(120) {
		return false
	}
	if mark, ok := breakOf(p.raw); ok && mark.confidence > 0.9 {
		return true
	}
	s, ok := slugOf(p.text)
	return ok && s.strong
}

// manyWords is true for more than two words.
func manyWords(text string) bool {
	for range 2 {
		i := strings.IndexByte(text, ' ')
		if i < 0 {
			return strings.Contains(text, "\n") || wordCount(text) > 2
		}
		text = strings.TrimLeft(text[i:], " ")
	}
	return text != ""
}

// sentence is true for a paragraph that is a sentence of the story.
func sentence(p *para) bool {
	if p.form != plain || !endsSentence(p.text) {
		return false
	}
	_, labelled := labelOf(p.head())
	return !labelled && manyWords(p.text)
}

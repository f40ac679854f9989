package prose

import (
	"strings"
	"time"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Side says which of two texts has a stretch.
type Side int8

// The sides of a comparison.
const (
	InBoth Side = iota
	InFirst
	InSecond
)

// Change is a stretch of two compared texts.
type Change struct {
	Side Side
	Text string
}

// diffTime bounds how long two texts are compared for the smallest
// difference; then a larger one is given.
const diffTime = 2 * time.Second

// Compare says where two texts differ, in whole words: the stretches of either
// side, in order, make up that text again.
func Compare(first, second string) []Change {
	words := &wordTable{index: map[string]rune{}}
	a, b := words.encode(first), words.encode(second)
	differ := diffmatchpatch.New()
	differ.DiffTimeout = diffTime
	diffs := differ.DiffCleanupSemantic(differ.DiffMainRunes(a, b, false))
	changes := make([]Change, 0, len(diffs))
	for _, d := range diffs {
		change := Change{Text: words.decode(d.Text)}
		switch d.Type {
		case diffmatchpatch.DiffDelete:
			change.Side = InFirst
		case diffmatchpatch.DiffInsert:
			change.Side = InSecond
		}
		changes = append(changes, change)
	}
	return changes
}

// wordTable gives each different word one character, so that a comparison of
// characters is one of words.
type wordTable struct {
	index map[string]rune
	words []string
}

// The characters that stand for words begin in the private use area and leave
// out the surrogates, which are no characters.
const (
	firstWord      = 0xE000
	lastBeforeGap  = 0xFFFD
	firstAfterGap  = 0x10000
	differentWords = 0x10FFFF - firstAfterGap + lastBeforeGap - firstWord + 1
)

func (t *wordTable) encode(text string) []rune {
	var encoded []rune
	for _, word := range splitWords(text) {
		r, known := t.index[word]
		if !known {
			if len(t.words) >= differentWords {
				return encoded
			}
			r = wordRune(len(t.words))
			t.index[word] = r
			t.words = append(t.words, word)
		}
		encoded = append(encoded, r)
	}
	return encoded
}

func (t *wordTable) decode(encoded string) string {
	var text strings.Builder
	for _, r := range encoded {
		text.WriteString(t.words[wordNumber(r)])
	}
	return text.String()
}

func wordRune(n int) rune {
	if n <= lastBeforeGap-firstWord {
		return rune(firstWord + n)
	}
	return rune(firstAfterGap + n - (lastBeforeGap - firstWord + 1))
}

func wordNumber(r rune) int {
	if r <= lastBeforeGap {
		return int(r) - firstWord
	}
	return int(r) - firstAfterGap + lastBeforeGap - firstWord + 1
}

// splitWords cuts a text into words and the spaces between them; nothing is
// left out.
func splitWords(text string) []string {
	var words []string
	start, space := 0, false
	for i, r := range text {
		now := unicode.IsSpace(r)
		if i > start && (now != space || r == '\n') {
			words = append(words, text[start:i])
			start = i
		}
		space = now
	}
	if start < len(text) {
		words = append(words, text[start:])
	}
	return words
}

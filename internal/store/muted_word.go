package store

import (
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"ficus/internal/archive"
	"ficus/internal/pattern"
	"ficus/internal/prose/words"
)

// MutedWord is a word, or a few of them one after the other, that a member does
// not want to meet in titles and summaries, as what is sought is taken apart.
type MutedWord []string

// The bounds of a muted word. One letter stands in everything.
const (
	mutedWordLeast = 2  // letters
	mutedWordMost  = 60 // letters
)

// ReadMutedWord reads what a member typed.
func ReadMutedWord(typed string) (MutedWord, archive.Problems) {
	word := MutedWord(words.Of(typed))
	switch {
	case utf8.RuneCountInString(word.folded()) < mutedWordLeast:
		return nil, archive.Problems{{Field: "word", Rule: "muted_word_short", Args: map[string]any{"Least": mutedWordLeast}}}
	case utf8.RuneCountInString(strings.TrimSpace(typed)) > mutedWordMost:
		return nil, archive.Problems{{Field: "word", Rule: "muted_word_long", Args: map[string]any{"Limit": mutedWordMost}}}
	}
	return word, nil
}

// folded is how a muted word is kept: its words, with a space between.
func (m MutedWord) folded() string { return strings.Join(m, " ") }

// mutedWordOf is a muted word as it was kept.
func mutedWordOf(folded string) MutedWord { return strings.Split(folded, " ") }

// head is its first word, by which it is found.
func (m MutedWord) head() string { return m[0] }

// standsIn reports whether it stands in one of some texts, as HTML.
func (m MutedWord) standsIn(texts ...string) bool {
	return slices.ContainsFunc(texts, func(text string) bool {
		said := words.Of(withoutMarkup(text))
		for i := range len(said) - len(m) + 1 {
			if slices.Equal(said[i:i+len(m)], m) {
				return true
			}
		}
		return false
	})
}

// mutedHeads are the words of texts, as HTML, each once: what a muted word that
// stands in them may begin with.
func mutedHeads(texts ...string) []string {
	var heads []string
	for _, text := range texts {
		heads = append(heads, words.Of(withoutMarkup(text))...)
	}
	slices.Sort(heads)
	return slices.Compact(heads)
}

var (
	markup = pattern.New(`<[^>]*>`)
	// within words stand only these: what is bold in the middle of one does not
	// end it.
	withinWords = pattern.New(`</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|rp|rt|ruby|s|samp|small|span|strong|sub|sup|u|var)(?:\s[^>]*)?>`)
)

// withoutMarkup is HTML of ours without its elements.
func withoutMarkup(text string) string {
	return html.UnescapeString(markup.ReplaceAllString(withinWords.ReplaceAllString(text, ""), " "))
}

package words

import "strings"

// A text is kept to be found in passages: PostgreSQL counts 16,383 places in
// each, and 256 of one word. One begins with the last words of the one before,
// so that a phrase across the seam is found.
const (
	longestPassage = 8_000 // its pairs need as many places again
	mostOfOne      = 250
	overlap        = LongestPhrase
)

// LongestPhrase is how many words of a phrase are sought.
const LongestPhrase = 32

// Passages cuts the words of a text.
func Passages(all []string) [][]string {
	var passages [][]string
	counted := map[string]int{}
	from := 0
	for at, word := range all {
		if counted[word] == mostOfOne || at-from == longestPassage {
			passages = append(passages, all[from:at])
			from = at - min(overlap, at-from-1)
			clear(counted)
			for _, again := range all[from:at] {
				counted[again]++
			}
		}
		counted[word]++
	}
	return append(passages, all[from:])
}

// Phrase is what is sought: words that follow each other.
type Phrase struct {
	Words  []string
	Begins bool // the last is the beginning of a word
}

// Sought reads what was typed: with a star at its end, by the beginning of its
// last word. One letter of a script without spaces is the beginning of every
// pair it stands first in.
func Sought(typed string) Phrase {
	stem := strings.TrimRight(typed, "*")
	p := Phrase{Words: Of(stem), Begins: len(stem) < len(typed)}
	if len(p.Words) > LongestPhrase {
		p.Words, p.Begins = p.Words[:LongestPhrase], false
	}
	if len(p.Words) == 1 {
		letter := []rune(p.Words[0])
		p.Begins = p.Begins || standsAlone(letter[0]) && letterEnd(p.Words[0], 0) == len(p.Words[0])
	}
	return p
}

// In tells where a phrase begins and ends among the words of a text, by their
// places; false when it is not there.
func (p Phrase) In(all []Word) (first, last int, found bool) {
	if len(p.Words) == 0 {
		return 0, 0, false
	}
	for at := 0; at+len(p.Words) <= len(all); at++ {
		if p.at(all[at:]) {
			return at, at + len(p.Words) - 1, true
		}
	}
	return 0, 0, false
}

func (p Phrase) at(all []Word) bool {
	end := len(p.Words) - 1
	for i, word := range p.Words {
		if i == end && p.Begins {
			return strings.HasPrefix(all[i].Text, word)
		}
		if all[i].Text != word {
			return false
		}
	}
	return true
}

// Package words takes a text apart into words as they are sought: folded, with
// the scripts that know no spaces in pairs of letters. What is kept to be found
// and what is looked for are taken apart here, so that both databases agree. It
// is pure.
package words

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Word is a word of a text as it is sought, and where it stands there.
type Word struct {
	Text     string
	From, To int // bytes
}

// longest is as much of a word as counts, in letters; nobody writes longer ones
// but in a scream.
const longest = 60

// Of gives the words of a text in order.
func Of(text string) []string {
	var all []string
	for w := range Each(text) {
		all = append(all, w.Text)
	}
	return all
}

// Each gives the words of a text in order. Letters, digits and the marks on
// them are words; an apostrophe within one joins it, all else parts. Of a run
// of letters in a script without spaces each pair is one, so that whatever is
// sought there is found; of one letter, that letter.
func Each(text string) iter.Seq[Word] {
	return func(yield func(Word) bool) {
		for at := 0; at < len(text); {
			r, size := utf8.DecodeRuneInString(text[at:])
			switch {
			case standsAlone(r):
				end, more := eachPair(text, at, yield)
				if !more {
					return
				}
				at = end
			case isOfWord(r):
				end := wordEnd(text, at)
				if folded := fold(text[at:end]); folded != "" && !yield(Word{folded, at, end}) {
					return
				}
				at = end
			default:
				at += size
			}
		}
	}
}

// wordEnd is where the word ends that begins at a place.
func wordEnd(text string, at int) int {
	end := at
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		at += size
		switch {
		case standsAlone(r):
			return end
		case isOfWord(r):
			end = at
		case isApostrophe(r) || unicode.Is(unicode.Cf, r): // within a word, if a letter follows
		default:
			return end
		}
		if end < at && !followedByLetter(text[at:]) {
			return end
		}
	}
	return end
}

func followedByLetter(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return text != "" && (isOfWord(r) && !standsAlone(r) || unicode.Is(unicode.Cf, r))
}

// eachPair gives the pairs of a run of letters that know no spaces, and where
// the run ends.
func eachPair(text string, at int, yield func(Word) bool) (end int, more bool) {
	before, beforeAt := "", at
	pairs := 0
	for at < len(text) {
		r, _ := utf8.DecodeRuneInString(text[at:])
		if !standsAlone(r) {
			break
		}
		next := letterEnd(text, at)
		letter := text[at:next]
		if r >= 0xFF00 || len(letter) > utf8.RuneLen(r) { // halves of a width, or with marks
			letter = norm.NFKC.String(letter)
		}
		if before != "" {
			pairs++
			if !yield(Word{before + letter, beforeAt, next}) {
				return next, false
			}
		}
		before, beforeAt, at = letter, at, next
	}
	if pairs == 0 {
		return at, yield(Word{before, beforeAt, at})
	}
	return at, true
}

// letterEnd is where a letter ends with the marks on it; more than a few are no
// letter of any language.
func letterEnd(text string, at int) int {
	_, size := utf8.DecodeRuneInString(text[at:])
	end := at + size
	for range 4 {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !unicode.IsMark(r) {
			break
		}
		end += size
	}
	return end
}

// isOfWord reports whether a letter belongs to a word.
func isOfWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)) && !isApostrophe(r)
}

// standsAlone reports whether a letter is of a script that is written without
// spaces.
func standsAlone(r rune) bool {
	if r < 0x0E00 {
		return false
	}
	if r == 'ー' || r == 'ｰ' || r == '々' {
		return true
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) &&
		unicode.IsLetter(r)
}

func isApostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '＇'
}

// fold is a word as it is compared: in small letters, without accents where the
// letter is Latin or Greek, without what joins it.
func fold(word string) string {
	if small, is := foldPlain(word); is {
		return small
	}
	var b strings.Builder
	var base rune
	letters := 0
	for _, r := range norm.NFD.String(cases.Fold().String(norm.NFKC.String(word))) {
		if !isOfWord(r) {
			continue
		}
		if !unicode.Is(unicode.Mn, r) {
			base = r
		} else if unicode.Is(unicode.Latin, base) || unicode.Is(unicode.Greek, base) {
			continue
		}
		if letters++; letters > longest {
			break
		}
		b.WriteRune(plainLetter(r))
	}
	return norm.NFC.String(b.String())
}

// plainLetter is the letter a crossed one is sought by.
func plainLetter(r rune) rune {
	switch r {
	case 'ł':
		return 'l'
	case 'ø':
		return 'o'
	case 'đ':
		return 'd'
	}
	return r
}

// foldPlain folds a word of plain letters alone, as most are.
func foldPlain(word string) (string, bool) {
	capitals := false
	for i := range len(word) {
		c := word[i]
		if c >= utf8.RuneSelf || !isOfWord(rune(c)) {
			return "", false
		}
		capitals = capitals || 'A' <= c && c <= 'Z'
	}
	word = word[:min(len(word), longest)]
	if capitals {
		word = strings.ToLower(word)
	}
	return word, true
}

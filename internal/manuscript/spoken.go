package manuscript

import (
	"strings"
)

// Every paragraph near the edge of a chapter is asked whether somebody speaks,
// acts or turns to the readers in it. Three patterns ask so often that what
// they say is written out here; each has its pattern beside it, which decides
// where letters are that patterns take for others (decision 0242).

// wordBytes are the characters a word is made of to a pattern's \b.
var wordBytes = func() (is [256]bool) {
	for c := range is {
		is[c] = c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
	}
	return is
}()

// hasOdd is true for a text with a letter that stands for another where case
// does not matter: the long s, and the sign of kelvins.
func hasOdd(text string) bool {
	return strings.Contains(text, "ſ") || strings.Contains(text, "\u212a")
}

// vocabulary is a pattern that looks for whole words, whatever their case.
type vocabulary struct {
	guarded
	words map[string]bool
	long  int // of the longest
}

// anyWord is the pattern with the words it looks for.
func anyWord(pattern, words string) vocabulary {
	v := vocabulary{guarded: guard(pattern), words: map[string]bool{}}
	for word := range strings.FieldsSeq(words) {
		v.words[word] = true
		v.long = max(v.long, len(word))
	}
	return v
}

// MatchString is true when one of the words stands in the text.
func (v vocabulary) MatchString(text string) bool {
	if hasOdd(text) {
		return v.guarded.MatchString(text)
	}
	for i := 0; i < len(text); i++ {
		if !wordBytes[text[i]] {
			continue
		}
		from := i
		for i < len(text) && wordBytes[text[i]] {
			i++
		}
		if i-from <= v.long && v.words[small(text[from:i])] {
			return true
		}
	}
	return false
}

// small is a word in small letters; most are already.
func small(word string) string {
	for i := range len(word) {
		if word[i] >= 'A' && word[i] <= 'Z' {
			return strings.ToLower(word)
		}
	}
	return word
}

// deed is a pattern that looks for who did something: one of a few words, a
// space, and what is done in a story.
type deed struct {
	guarded
	who  map[string]bool
	fold bool // whatever their case
}

func deedOf(pattern, who string, fold bool) deed {
	d := deed{guarded: guard(pattern), who: map[string]bool{}, fold: fold}
	for word := range strings.FieldsSeq(who) {
		d.who[word] = true
	}
	return d
}

// longestWho is how long the words are that may say who did it.
const longestWho = 4

// MatchString is true when somebody did something in the text.
func (d deed) MatchString(text string) bool {
	if hasOdd(text) {
		return d.guarded.MatchString(text)
	}
	for at := 0; ; at++ {
		next := strings.IndexByte(text[at:], ' ')
		if next < 0 {
			return false
		}
		at += next
		from := at
		for from > 0 && at-from <= longestWho && wordBytes[text[from-1]] {
			from--
		}
		if at-from > longestWho || !d.who[d.folded(text[from:at])] {
			continue
		}
		to := at + 1
		for to < len(text) && wordBytes[text[to]] {
			to++
		}
		if isPast(d.folded(text[at+1 : to])) {
			return true
		}
	}
}

func (d deed) folded(word string) string {
	if d.fold {
		return small(word)
	}
	return word
}

// isPast is true for what somebody did in a story: one of the words of
// pastWords, or four letters or more that end in "ed".
func isPast(word string) bool {
	stem, regular := strings.CutSuffix(word, "ed")
	if !regular || len(stem) < 2 {
		return irregular[word]
	}
	for i := range len(stem) {
		if stem[i] < 'a' || stem[i] > 'z' {
			return false
		}
	}
	return true
}

// irregular are the words of pastWords.
var irregular = func() map[string]bool {
	words := map[string]bool{}
	for word := range strings.SplitSeq(pastWords, "|") {
		words[word] = true
	}
	return words
}()

// spoken is the pattern that looks for speech: a mark that closes it behind the
// end of a sentence, or one that opens it at the start.
type spoken struct{ guarded }

// MatchString is true when somebody speaks in the text.
func (spoken) MatchString(text string) bool {
	for _, opens := range []string{`"`, "“", "‘", "«", "„"} {
		if strings.HasPrefix(text, opens) {
			return true
		}
	}
	for i := 1; i < len(text); i++ {
		if c := text[i]; (c == '"' || c >= 0xc2 && (strings.HasPrefix(text[i:], "”") || strings.HasPrefix(text[i:], "’") || strings.HasPrefix(text[i:], "»"))) && endsSaid(text[:i]) {
			return true
		}
	}
	return false
}

// endsSaid is true when what is said may end there.
func endsSaid(text string) bool {
	switch text[len(text)-1] {
	case ',', '.', '!', '?', '-':
		return true
	}
	return strings.HasSuffix(text, "…") || strings.HasSuffix(text, "—")
}

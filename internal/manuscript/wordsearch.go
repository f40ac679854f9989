package manuscript

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// anyOf looks for many short words in a text at once, in one pass.
type anyOf struct {
	words  []string    // sorted, at most mostWords
	from   [257]uint8  // where those begin that begin with a byte
	second [256]uint32 // of those that begin with a byte: which second bytes may be, by their last five bits
}

// mostWords is how many words are looked for at once at most.
const mostWords = 255

// lookFor makes ready to look for words.
func lookFor(words []string) *anyOf {
	a := &anyOf{words: slices.Compact(slices.Sorted(slices.Values(words)))}
	for _, word := range a.words {
		for k := int(word[0]) + 1; k < len(a.from); k++ {
			a.from[k]++
		}
		if len(word) == 1 {
			a.second[word[0]] = ^uint32(0)
		} else {
			a.second[word[0]] |= 1 << (word[1] & 31)
		}
	}
	return a
}

// in is true when one of the words stands in the text.
func (a *anyOf) in(text string) bool {
	for i := 0; i < len(text); i++ {
		seconds := a.second[text[i]]
		if seconds == 0 || i+1 < len(text) && seconds&(1<<(text[i+1]&31)) == 0 {
			continue
		}
		for _, word := range a.words[a.from[text[i]]:a.from[int(text[i])+1]] {
			if strings.HasPrefix(text[i:], word) {
				return true
			}
		}
	}
	return false
}

// inAnyCase is in for a text in capitals and small letters. The words are in
// small ones.
func (a *anyOf) inAnyCase(text string) bool {
	for i := 0; i < len(text); i++ {
		c := smallByte[text[i]]
		if c >= utf8.RuneSelf {
			return a.in(strings.ToLower(text))
		}
		seconds := a.second[c]
		if seconds == 0 || i+1 < len(text) && text[i+1] < utf8.RuneSelf && seconds&(1<<(smallByte[text[i+1]]&31)) == 0 {
			continue
		}
		for _, word := range a.words[a.from[c]:a.from[int(c)+1]] {
			if len(text) >= i+len(word) && strings.EqualFold(text[i:i+len(word)], word) {
				return true
			}
		}
	}
	return false
}

// smallByte are the bytes, those of capitals as those of small letters.
var smallByte = func() (small [256]byte) {
	for c := range small {
		small[c] = byte(c)
		if c >= 'A' && c <= 'Z' {
			small[c] |= 0x20
		}
	}
	return small
}()

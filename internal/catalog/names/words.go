package names

import (
	"unicode"
	"unicode/utf8"
)

// isInWord reports whether a letter belongs to a word: letters, digits and the
// marks upon them.
func isInWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// Words are the words of a text, in order.
func Words(text string) []string {
	var words []string
	for at := range starts(text) {
		words = append(words, wordAt(text[at:]))
	}
	return words
}

// starts calls with where each word of a name begins.
func starts(name string) func(yield func(at int) bool) {
	return func(yield func(at int) bool) {
		isIn := false
		for at, r := range name {
			if is := isInWord(r); is != isIn {
				if isIn = is; is && !yield(at) {
					return
				}
			}
		}
	}
}

// wordAt is the word a text begins with.
func wordAt[T string | []byte](text T) T {
	for at := 0; at < len(text); {
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(string(text[at:min(len(text), at+utf8.UTFMax)]))
		}
		if !isInWord(r) {
			return text[:at]
		}
		at += size
	}
	return text
}

// isBeginning reports whether a word begins at a place of a name at which a
// letter of a word stands.
func isBeginning(name []byte, at int) bool {
	before, _ := utf8.DecodeLastRune(name[:at])
	return at == 0 || !isInWord(before)
}

package names

import (
	"strings"
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

// isOfSigns reports whether a name has no letter and no number: its words are
// what stands between its spaces, such as an emoji.
func isOfSigns(name string) bool {
	return strings.IndexFunc(name, func(r rune) bool { return isInWord(r) && !unicode.IsMark(r) }) < 0
}

// starts calls with where each word of a name begins.
func starts(name string) func(yield func(at int) bool) {
	return func(yield func(at int) bool) {
		isIn, isPart := false, isInWord
		if isOfSigns(name) {
			isPart = isNoSpace
		}
		for at, r := range name {
			if is := isPart(r); is != isIn {
				if isIn = is; is && !yield(at) {
					return
				}
			}
		}
	}
}

// isNoSpace: names end with a zero where they are kept.
func isNoSpace(r rune) bool { return r != 0 && !unicode.IsSpace(r) }

// wordAt is the word a text begins with, or the signs.
func wordAt[T string | []byte](text T) T {
	isPart := isInWord
	for at := 0; at < len(text); {
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(string(text[at:min(len(text), at+utf8.UTFMax)]))
		}
		if at == 0 && !isInWord(r) {
			isPart = isNoSpace
		}
		if !isPart(r) {
			return text[:at]
		}
		at += size
	}
	return text
}

// isBeginning reports whether a word begins at a place of a name at which a
// letter of a word stands, or a sign.
func isBeginning(name []byte, at int) bool {
	before, _ := utf8.DecodeLastRune(name[:at])
	if first, _ := utf8.DecodeRune(name[at:]); !isInWord(first) {
		return isOfSigns(string(name)) && (at == 0 || !isNoSpace(before))
	}
	return at == 0 || !isInWord(before)
}

package book

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"ficus/internal/prose"
)

// anchors gives the paragraphs of one chapter ids that stay while the words of
// the paragraph stay, whatever is written before or after it. A line that
// comes back gets a number from its second time on.
type anchors map[string]int

// id is the id of the next block.
func (a anchors) id(b prose.Block) string {
	id := "p-" + strconv.FormatUint(addWords(fnvBasis, b)>>12, 36)
	a[id]++
	if n := a[id]; n > 1 {
		return id + "-" + strconv.Itoa(n)
	}
	return id
}

// The numbers of FNV-1a, which hash/fnv does not give out; its writer would
// have every text copied.
const (
	fnvBasis = 14695981039346656037
	fnvPrime = 1099511628211
)

// addWords adds the letters and digits of a block and its children to a hash:
// however they are spaced, and whether or not their marks are set as a printer
// would.
func addWords(hash uint64, b prose.Block) uint64 {
	text := prose.PlainText(b.Inlines)
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' {
				hash = (hash ^ uint64(c)) * fnvPrime
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.In(r, unicode.L, unicode.M, unicode.N) {
			for _, c := range []byte(text[i : i+size]) {
				hash = (hash ^ uint64(c)) * fnvPrime
			}
		}
		i += size
	}
	for _, kid := range b.Blocks {
		hash = addWords(hash, kid)
	}
	return hash
}

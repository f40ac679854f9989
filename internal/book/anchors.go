package book

import (
	"hash/fnv"
	"strconv"
	"strings"
	"unicode"

	"ficus/internal/prose"
)

// anchors gives the paragraphs of one chapter ids that stay while the words of
// the paragraph stay, whatever is written before or after it. A line that
// comes back gets a number from its second time on.
type anchors map[string]int

// id is the id of the next block.
func (a anchors) id(b prose.Block) string {
	h := fnv.New64a()
	addWords(h.Write, b)
	id := "p-" + strconv.FormatUint(h.Sum64()>>12, 36)
	a[id]++
	if n := a[id]; n > 1 {
		return id + "-" + strconv.Itoa(n)
	}
	return id
}

// addWords feeds the letters and digits of a block and its children to add:
// however they are spaced, and whether or not their marks are set as a printer
// would.
func addWords(add func([]byte) (int, error), b prose.Block) {
	add([]byte(strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.L, unicode.M, unicode.N) {
			return r
		}
		return -1
	}, prose.PlainText(b.Inlines))))
	for _, kid := range b.Blocks {
		addWords(add, kid)
	}
}

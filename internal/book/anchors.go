package book

import (
	"hash/fnv"
	"strconv"
	"strings"

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

// addWords feeds the words of a block and its children, however they are
// spaced, to add.
func addWords(add func([]byte) (int, error), b prose.Block) {
	for _, word := range strings.Fields(prose.PlainText(b.Inlines)) {
		add([]byte(word + " "))
	}
	for _, kid := range b.Blocks {
		addWords(add, kid)
	}
}

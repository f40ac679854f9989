package book

import (
	"strings"

	"ficus/internal/prose"
)

// typedIndent is the space writers of Japanese and Chinese begin paragraphs
// with.
const typedIndent = "\u3000"

// indented is a paragraph without the indent its writer typed, in languages in
// which books indent every paragraph: the book's own would stand beside it.
func (s setting) indented(b prose.Block) prose.Block {
	switch primary(s.language) {
	case "ja", "zh", "yue":
	default:
		return b
	}
	if b.Kind != prose.Paragraph || len(b.Inlines) == 0 || b.Inlines[0].Mark != prose.Text {
		return b
	}
	b.Inlines[0].Text = strings.TrimLeft(b.Inlines[0].Text, typedIndent) // they were copied by whoever fitted them
	return b
}

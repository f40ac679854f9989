package prose

import (
	"strings"
	"unicode/utf8"
)

// blankText is what a blank paragraph holds: one no-break space, so that no
// reader of HTML takes the paragraph for nothing and drops it.
const blankText = "\u00a0"

// TextRun makes an inline run of plain characters.
func TextRun(text string) Inline { return Inline{Mark: Text, Text: text} }

// Para makes a paragraph of plain characters. Of an empty text it makes a
// paragraph without runs.
func Para(text string) Block {
	if text == "" {
		return Block{Kind: Paragraph}
	}
	return Block{Kind: Paragraph, Inlines: []Inline{TextRun(text)}}
}

// Blank makes the blank paragraph: the gap a writer left between two
// paragraphs.
func Blank() Block { return Para(blankText) }

// IsBlank tells whether b is a blank paragraph: nothing but white space in it.
func (b Block) IsBlank() bool {
	if b.Kind != Paragraph {
		return false
	}
	return !anyInline(b.Inlines, visible)
}

// IsEmpty tells whether d shows no character and no picture. A text of scene
// breaks and blank paragraphs alone is empty.
func (d Document) IsEmpty() bool {
	return !anyBlock(d.Blocks, func(b Block) bool {
		return (b.Kind == Image && b.Src != "") || anyInline(b.Inlines, visible)
	})
}

// Settled gives d in the one form every reader makes: spaces collapsed,
// neighbours joined, empty blocks gone. A Document built by hand is settled
// once before it is stored, so that saving it again changes nothing.
func (d Document) Settled() Document { return ReadStored(d.HTML()) }

// Characters counts d as the limits of PRODUCT.md do: the code points of its
// stored HTML.
func (d Document) Characters() int { return utf8.RuneCountInString(d.HTML()) }

// PlainText gives the characters of a run without its marks. A LineBreak is a
// line end; the parentheses around ruby stay, a footnote stands in brackets, a
// picture gives nothing.
func PlainText(runs []Inline) string {
	if len(runs) == 1 && runs[0].Mark == Text {
		return runs[0].Text
	}
	var s strings.Builder
	s.Grow(plainSize(runs))
	writePlain(&s, runs)
	return s.String()
}

// plainSize is about how long the plain text of runs is.
func plainSize(runs []Inline) int {
	size := 0
	for i := range runs {
		size += len(runs[i].Text) + plainSize(runs[i].Kids) + 1
	}
	return size
}

func writePlain(s *strings.Builder, runs []Inline) {
	for _, run := range runs {
		switch run.Mark {
		case Text:
			s.WriteString(run.Text)
		case LineBreak:
			s.WriteByte('\n')
		case Footnote:
			s.WriteString(" [")
			writePlain(s, run.Kids)
			s.WriteByte(']')
		default:
			writePlain(s, run.Kids)
		}
	}
}

// visible tells whether a run of its own, without its kids, shows anything.
func visible(run Inline) bool {
	switch run.Mark {
	case Text:
		return strings.Trim(run.Text, " \t\n"+blankText) != ""
	case Picture:
		return true
	}
	return false
}

// anyInline tells whether yes holds for one of the runs or their kids.
func anyInline(runs []Inline, yes func(Inline) bool) bool {
	for _, run := range runs {
		if yes(run) || anyInline(run.Kids, yes) {
			return true
		}
	}
	return false
}

// anyBlock tells whether yes holds for one of the blocks or their children.
func anyBlock(blocks []Block, yes func(Block) bool) bool {
	for _, b := range blocks {
		if yes(b) || anyBlock(b.Blocks, yes) {
			return true
		}
	}
	return false
}

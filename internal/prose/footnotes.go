package prose

import (
	"slices"
	"strconv"
	"strings"
)

// Notes say how the footnotes of a text are set at its end: numbered, each
// place linked with its note and the note with its place.
type Notes struct {
	Prefix string // of the ids, so that several texts can stand on one page
	Back   string // what the link back to the place says
}

// WithNotes gives d as a page shows it, its footnotes set at its end. It is no
// stored form: it has ids. A footnote inside a link stays where it is, since no
// link can hold another.
func (d Document) WithNotes(n Notes) Document {
	taker := noteTaker{at: n.reference}
	blocks := taker.blocks(d.Blocks)
	if len(taker.notes) == 0 {
		return d
	}
	list := Block{Kind: List, Ordered: true}
	for i, note := range taker.notes {
		list.Blocks = append(list.Blocks, Block{
			Kind:   Item,
			Attrs:  Attrs{{"id", n.id("note", i)}},
			Blocks: []Block{n.withBack(note, i, nil)},
		})
	}
	return Document{Blocks: append(blocks, Block{
		Kind:   Division,
		Attrs:  Attrs{{"role", "doc-endnotes"}},
		Blocks: []Block{list},
	})}
}

// EndNotes gives a stored text with its footnotes at its end, for PageText.
func EndNotes(stored string, n Notes) string {
	if !strings.Contains(stored, `<span class="footnote`) {
		return stored
	}
	return ReadStored(stored).WithNotes(n).HTML()
}

// withAsides gives d for a book: each note is an aside that e-readers show over
// the text (reference/readers.md §1).
func (d Document) withAsides(n Notes) Document {
	if !anyNote(d.Blocks) {
		return d
	}
	taker := noteTaker{at: func(i int) Inline {
		reference := n.reference(i)
		reference.Kids[0].Attrs = reference.Kids[0].Attrs.with("epub:type", "noteref")
		return reference
	}}
	blocks := taker.blocks(d.Blocks)
	for i, note := range taker.notes {
		number := []Inline{TextRun(strconv.Itoa(i+1) + ". ")}
		blocks = append(blocks, Block{
			Kind:   noteBody,
			Attrs:  Attrs{{"epub:type", "footnote"}, {"id", n.id("note", i)}, {"role", "doc-footnote"}},
			Blocks: []Block{n.withBack(note, i, number)},
		})
	}
	return Document{Blocks: blocks}
}

// anyNote is true when a note would be taken out of the blocks.
func anyNote(blocks []Block) bool {
	return slices.ContainsFunc(blocks, func(b Block) bool { return anyNoteIn(b.Inlines) || anyNote(b.Blocks) })
}

func anyNoteIn(runs []Inline) bool {
	return slices.ContainsFunc(runs, func(run Inline) bool {
		switch run.Mark {
		case Footnote:
			return true
		case Link, Ruby, Player:
			return false
		}
		return anyNoteIn(run.Kids)
	})
}

// withNumbers gives d for a place without links: each footnote is a number in
// brackets, and its words stand after the text.
func (d Document) withNumbers() Document {
	number := func(i int) Inline { return TextRun("[" + strconv.Itoa(i+1) + "]") }
	taker := noteTaker{at: number}
	blocks := taker.blocks(d.Blocks)
	for i, note := range taker.notes {
		blocks = append(blocks, Block{Kind: Paragraph, Inlines: append([]Inline{number(i), TextRun(" ")}, note...)})
	}
	return Document{Blocks: blocks}
}

func (n Notes) id(of string, i int) string { return n.Prefix + of + "-" + strconv.Itoa(i+1) }

// reference is what stands in the text for a note: its number, raised.
func (n Notes) reference(i int) Inline {
	return Inline{Mark: Superscript, Kids: []Inline{{
		Mark:  noteMark,
		Attrs: Attrs{{"href", "#" + n.id("note", i)}, {"id", n.id("place", i)}, {"role", "doc-noteref"}},
		Kids:  []Inline{TextRun(strconv.Itoa(i + 1))},
	}}}
}

// withBack gives the paragraph of a note: what stands before it, its words, and
// the link back.
func (n Notes) withBack(note []Inline, i int, before []Inline) Block {
	runs := append(before, note...)
	runs = append(runs, TextRun(" "), Inline{
		Mark:  noteMark,
		Attrs: Attrs{{"href", "#" + n.id("place", i)}, {"role", "doc-backlink"}},
		Kids:  []Inline{TextRun(n.Back)},
	})
	return Block{Kind: Paragraph, Inlines: runs}
}

// noteTaker takes the footnotes out of the lines of a text and puts something
// else at their places.
type noteTaker struct {
	at    func(i int) Inline
	notes [][]Inline
}

func (t *noteTaker) blocks(blocks []Block) []Block {
	if blocks == nil {
		return nil
	}
	out := make([]Block, len(blocks))
	for i, b := range blocks {
		b.Inlines, b.Blocks = t.inlines(b.Inlines), t.blocks(b.Blocks)
		out[i] = b
	}
	return out
}

func (t *noteTaker) inlines(runs []Inline) []Inline {
	if runs == nil {
		return nil
	}
	out := make([]Inline, len(runs))
	for i, run := range runs {
		switch run.Mark {
		case Footnote:
			t.notes = append(t.notes, run.Kids)
			run = t.at(len(t.notes) - 1)
		case Link, Ruby, Player:
		default:
			run.Kids = t.inlines(run.Kids)
		}
		out[i] = run
	}
	return out
}

// footnotes counts the notes that can be set at the end.
func (d Document) footnotes() int {
	taker := noteTaker{at: func(int) Inline { return Inline{} }}
	taker.blocks(d.Blocks)
	return len(taker.notes)
}

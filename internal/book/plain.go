package book

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"ficus/internal/prose"
)

// measure is the width of the plain text binding in columns, and shortRule the
// length of a rule where there is none.
const (
	measure   = 72
	shortRule = 24
)

// WriteText binds the book as plain text, UTF-8, set in 72 columns; or, as the
// reader wishes, each paragraph as one line for a program that sets it.
func WriteText(w io.Writer, b Book) error {
	if b.Options.Flowing {
		return writePlain(w, b, plainText{})
	}
	return writePlain(w, b, plainText{width: measure})
}

// WriteMarkdown binds the book as Markdown (CommonMark): the title as the one
// heading of the first level, each chapter as one of the second.
func WriteMarkdown(w io.Writer, b Book) error {
	return writePlain(w, b, markdown{})
}

// hand writes the parts of a book in a form without pages. There are two:
// plain text and Markdown.
type hand interface {
	heading(level int, words string) string
	line(words string) string
	details(list []detail) string
	body(d prose.Document) string
	rule() string
}

// writePlain writes the book with a hand, chapter by chapter.
func writePlain(w io.Writer, b Book, h hand) error {
	b, err := b.prepared()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	// The empty shelf turns every picture into a link to where it lies.
	p := plainBinder{out: out, hand: h, voice: b.Voice, fitter: fitter{
		origin: b.Identity.Origin, shelf: newShelf(nil, nil), deeper: 1, voice: b.Voice,
	}}
	p.front(b)
	for i := range b.Chapters {
		c, err := b.opened(i)
		if err != nil {
			return err
		}
		p.chapter(b, c, i)
	}
	p.back(b)
	if err := out.Flush(); err != nil {
		return fmt.Errorf("bind: %w", err)
	}
	return nil
}

// plainBinder writes blocks with an empty line between them. A failing writer
// is told by the last Flush.
type plainBinder struct {
	out     *bufio.Writer
	hand    hand
	voice   Voice
	fitter  fitter
	started bool
}

func (p *plainBinder) block(words string) {
	words = strings.Trim(words, "\n")
	if words == "" {
		return
	}
	if p.started {
		p.out.WriteString("\n")
	}
	p.started = true
	p.out.WriteString(words)
	p.out.WriteString("\n")
}

func (p *plainBinder) text(d prose.Document, under int) {
	p.block(p.hand.body(p.fitter.document(d, under)))
}

func (p *plainBinder) note(key string, level int, d prose.Document) {
	if d.IsEmpty() {
		return
	}
	p.block(p.hand.heading(level, p.voice.T(key)))
	p.text(d, level)
}

func (p *plainBinder) front(b Book) {
	p.block(p.hand.heading(1, titleOf(b)))
	if byline := bylineOf(b); byline != "" {
		p.block(p.hand.line(p.voice.T("book.by", "Names", byline)))
	}
	if gifts := nameList(p.voice, b.Gifts); gifts != "" {
		p.block(p.hand.line(p.voice.T("book.for", "Names", gifts)))
	}
	p.block(p.hand.details(detailsOf(b)))
	p.note("book.summary", 3, b.Summary)
	p.note("book.notes", 3, b.NotesBefore)
	p.contents(b)
}

// contents lists the chapters where there are several. Readers of Markdown and
// of text have no common way to lead to a heading, so the names stand alone.
func (p *plainBinder) contents(b Book) {
	if len(b.Chapters) < 2 {
		return
	}
	list := prose.Block{Kind: prose.List}
	for i := range b.Chapters {
		list.Blocks = append(list.Blocks, prose.Block{Kind: prose.Item, Blocks: []prose.Block{prose.Para(namesOf(b, i).label)}})
	}
	p.block(p.hand.heading(3, p.voice.T("book.contents")))
	p.block(p.hand.body(prose.Document{Blocks: []prose.Block{list}}))
}

func (p *plainBinder) chapter(b Book, c Chapter, i int) {
	names := namesOf(b, i)
	heading := names.heading
	if names.ordinal != "" {
		heading = names.ordinal + ": " + heading
	}
	p.block(p.hand.heading(2, heading))
	if !c.Posted.IsZero() {
		p.block(p.hand.line(date(p.voice, c.Posted)))
	}
	if to := oneLine(c.Dedication); to != "" {
		p.block(p.hand.line(p.voice.T("book.for", "Names", to)))
	}
	p.note("book.summary", 3, c.Summary)
	p.note("book.disclaimer", 3, c.Disclaimer)
	p.note("book.notes", 3, c.NotesBefore)
	if !(c.Disclaimer.IsEmpty() && c.NotesBefore.IsEmpty() && c.Summary.IsEmpty()) {
		p.block(p.hand.rule())
	}
	p.text(c.Body, 2)
	p.note("book.notes", 3, c.NotesAfter)
}

func (p *plainBinder) back(b Book) {
	p.note("book.notes", 2, b.NotesAfter)
	p.block(p.hand.rule())
	p.block(p.hand.line(closingOf(b)))
	a := answersOf(b)
	for _, n := range a.Next {
		p.block(p.hand.line(string(n.Place) + ": " + string(n.Words) + ", " + string(n.Link)))
	}
	if a.Kudos != "" {
		p.block(p.hand.line(p.voice.T("book.kudos") + ": " + string(a.Kudos)))
		p.block(p.hand.line(p.voice.T("book.comment") + ": " + string(a.Comments)))
	}
}

// plainText is the hand of a typewriter; with width 0 its lines have no end.
type plainText struct{ width int }

func (p plainText) heading(level int, words string) string {
	words = strings.TrimRight(p.line(words), "\n")
	if level > 2 {
		return words
	}
	sign, longest := "=", 0
	if level == 2 {
		sign, words = "-", "\n"+words
	}
	for row := range strings.Lines(words) {
		longest = max(longest, utf8.RuneCountInString(strings.TrimRight(row, "\n")))
	}
	return words + "\n" + strings.Repeat(sign, min(longest, measure))
}

func (p plainText) line(words string) string {
	return prose.Document{Blocks: []prose.Block{prose.Para(words)}}.Text(p.width)
}

func (p plainText) details(list []detail) string {
	var out strings.Builder
	for _, d := range list {
		out.WriteString(strings.TrimRight(p.line(d.Name+": "+d.words()), "\n") + "\n")
	}
	return out.String()
}

func (p plainText) body(d prose.Document) string { return d.Text(p.width) }

func (p plainText) rule() string { return strings.Repeat("-", cmp.Or(p.width, shortRule)) }

// markdown is the hand of CommonMark.
type markdown struct{}

func (m markdown) heading(level int, words string) string {
	return strings.Repeat("#", level) + " " + m.line(words)
}

func (markdown) line(words string) string {
	return prose.Document{Blocks: []prose.Block{prose.Para(words)}}.Markdown()
}

func (m markdown) details(list []detail) string {
	var items []prose.Block
	for _, d := range list {
		items = append(items, prose.Block{Kind: prose.Item, Blocks: []prose.Block{{Inlines: []prose.Inline{
			{Mark: prose.Strong, Kids: []prose.Inline{prose.TextRun(d.Name + ":")}},
			prose.TextRun(" " + d.words()),
		}}}})
	}
	return prose.Document{Blocks: []prose.Block{{Kind: prose.List, Blocks: items}}}.Markdown()
}

func (markdown) body(d prose.Document) string { return d.Markdown() }

func (markdown) rule() string { return "* * *" }

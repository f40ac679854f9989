package book

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"ficus/internal/prose"
)

// ErrNoneChosen is the answer when Options leave no chapter of a book: nothing
// is new since then, or what was chosen is gone.
var ErrNoneChosen = errors.New("no chapter of the work is among those asked for")

// Options is what a reader wishes of their copy. The zero Options is the whole
// book, set as a printer would.
type Options struct {
	Notes    Notes
	NoSkin   bool      // without the style the work brings along
	AsTyped  bool      // quotation marks, dashes and spaces stay as the writer typed them
	Chapters []int64   // only these, by their permanent ids; empty is all
	Numbers  []Run     // only these, as readers count them; empty is all
	Since    time.Time // only what readers got after this; zero is all
	Flowing  bool      // plain text has one line a paragraph, not 72 columns; other bindings have no columns
}

// Run is the chapters from one number to another, both among them.
type Run struct{ From, To int }

// Notes says which of the writer's notes a copy holds. Summaries and footnotes
// are no such notes: they stay.
type Notes uint8

// What a copy may hold of the writer's notes. Their words are those of String.
const (
	AllNotes     Notes = iota // "all"
	ChapterNotes              // "chapter": those of chapters, not of the work
	NoNotes                   // "none"
)

var notesWords = [...]string{"all", "chapter", "none"}

// String is the word for it in an address or on a command line.
func (n Notes) String() string {
	if int(n) < len(notesWords) {
		return notesWords[n]
	}
	return notesWords[AllNotes]
}

// ParseNotes reads the word; the empty word is "all".
func ParseNotes(word string) (n Notes, ok bool) {
	if word == "" {
		return AllNotes, true
	}
	i := slices.Index(notesWords[:], word)
	return Notes(max(i, 0)), i >= 0
}

// Key is the Options as one line: equal wishes have equal keys, the zero
// Options the empty one. Copies are kept under it.
func (o Options) Key() string {
	var parts []string
	if o.Notes != AllNotes {
		parts = append(parts, "notes="+o.Notes.String())
	}
	if o.NoSkin {
		parts = append(parts, "skin=no")
	}
	if o.AsTyped {
		parts = append(parts, "typed=yes")
	}
	if o.Flowing {
		parts = append(parts, "lines=flowing")
	}
	if len(o.Chapters) > 0 {
		parts = append(parts, "chapters="+idList(o.Chapters))
	}
	if len(o.Numbers) > 0 {
		parts = append(parts, fmt.Sprint("numbers=", o.Numbers))
	}
	if !o.Since.IsZero() {
		parts = append(parts, "since="+o.Since.UTC().Format(time.RFC3339))
	}
	return strings.Join(parts, "&")
}

// idList writes ids in order, each once.
func idList(ids []int64) string {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	var words []string
	for _, id := range slices.Compact(ids) {
		words = append(words, strconv.FormatInt(id, 10))
	}
	return strings.Join(words, ",")
}

// wants says whether the reader asked for the chapter.
func (o Options) wants(c Chapter) bool {
	arrived := c.Arrived
	if arrived.IsZero() {
		arrived = c.Posted
	}
	return (len(o.Chapters) == 0 || slices.Contains(o.Chapters, c.ID)) &&
		(len(o.Numbers) == 0 || slices.ContainsFunc(o.Numbers, func(r Run) bool { return r.From <= c.Number && c.Number <= r.To })) &&
		(o.Since.IsZero() || arrived.After(o.Since))
}

// setting is how the texts of the book are set to begin with.
func (b Book) setting() setting {
	if b.Options.AsTyped {
		return setting{}
	}
	return setting{language: languageOf(b)}
}

// prepared is the book as the reader wishes it, or why it cannot be bound.
func (b Book) prepared() (Book, error) {
	if err := b.check(); err != nil {
		return b, err
	}
	b, err := b.chosen()
	if err != nil {
		return b, err
	}
	if b.Options.Notes != AllNotes {
		b.NotesBefore, b.NotesAfter = prose.Document{}, prose.Document{}
	}
	if b.Options.NoSkin {
		b.Skin = ""
	}
	return b, nil
}

// opened is the chapter at place i with its texts, as the reader wishes them.
func (b Book) opened(i int) (Chapter, error) {
	c := b.Chapters[i]
	if c.Open != nil {
		texts, err := c.Open()
		if err != nil {
			return c, err
		}
		c.Dedication, c.Summary, c.Disclaimer = texts.Dedication, texts.Summary, texts.Disclaimer
		c.NotesBefore, c.NotesAfter, c.Body = texts.NotesBefore, texts.NotesAfter, texts.Body
	}
	if b.Options.Notes == NoNotes {
		c.Disclaimer, c.NotesBefore, c.NotesAfter = prose.Document{}, prose.Document{}, prose.Document{}
	}
	return c, nil
}

// chosen is the book with the chapters asked for alone. They keep their
// numbers, and the book knows how many there are in all.
func (b Book) chosen() (Book, error) {
	if b.whole > 0 {
		return b, nil
	}
	all := b.Chapters
	b.whole, b.Chapters = len(all), nil
	for i, c := range all {
		if c.Number == 0 {
			c.Number = i + 1
		}
		if b.Options.wants(c) {
			b.Chapters = append(b.Chapters, c)
		}
	}
	switch len(b.Chapters) {
	case 0:
		return b, ErrNoneChosen
	case len(all):
		b.Chapters = all
	default:
		b.Words = 0 // those of this copy are counted
	}
	return b, nil
}

// isPart says whether the copy lacks chapters the work has.
func (b Book) isPart() bool { return b.whole > len(b.Chapters) }

// partOf names what a copy holds of a work when that is not all of it:
// "chapter 7", "chapters 1, 4 and 7–9".
func partOf(b Book) string {
	if !b.isPart() {
		return ""
	}
	var runs []string
	for i := 0; i < len(b.Chapters); i++ {
		first := b.Chapters[i].Number
		last := first
		for i+1 < len(b.Chapters) && b.Chapters[i+1].Number == last+1 {
			i, last = i+1, last+1
		}
		switch {
		case last == first:
			runs = append(runs, strconv.Itoa(first))
		case last == first+1:
			runs = append(runs, strconv.Itoa(first), strconv.Itoa(last))
		default:
			runs = append(runs, strconv.Itoa(first)+"–"+strconv.Itoa(last))
		}
	}
	if len(b.Chapters) == 1 {
		return b.Voice.T("book.part", "Chapter", runs[0])
	}
	return b.Voice.T("book.parts", "Chapters", nameList(b.Voice, runs))
}

package book

import (
	"cmp"
	"embed"
	"strconv"
	"strings"
	"sync"
	"text/template"
	"time"

	"ficus/internal/prose"
)

//go:embed pages
var pageFiles embed.FS

//go:embed pages/style.css
var epubStyle []byte

//go:embed pages/page.css
var pageStyle string

// epubPages are the pages of an EPUB. Values of type text are escaped as they
// are printed.
var epubPages = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(pageFiles, "pages/epub.xhtml"))
})

const xhtmlType = "application/xhtml+xml"

// imprint is what every page of one book says.
type imprint struct {
	Title, Byline       text
	By, For             markup // who signs it, and whom it is for, in a line each
	FullTitle           text   // with the chapters a copy of some holds
	Language, Direction text
	Identifier          text
	CoverWords          text
	CoverOurs           speech // of those, where they are the voice's
	CoverFile           text
	Content             text // what the book holds, in a word
	Voice               Voice
	Ours                speech // of words that are the voice's, not the writer's
	cover               cover
}

func newImprint(b Book) *imprint {
	c := coverOf(b)
	i := &imprint{
		Title:      text(titleOf(b)),
		FullTitle:  text(titleOf(b)),
		Byline:     text(bylineOf(b)),
		Language:   text(languageOf(b)),
		Direction:  text(directionOf(b)),
		Identifier: text(b.Identifier()),
		CoverWords: text(c.words),
		CoverFile:  "cover.jpg",
		Content:    text(strings.ReplaceAll(cmp.Or(oneLine(b.Content), modified(b)), "--", "-")), // it stands in a comment
		Voice:      b.Voice,
		Ours:       speechOf(b.Voice, languageOf(b)),
		cover:      c,
	}
	i.CoverOurs = i.Ours
	if i.Byline != "" {
		i.By = set(b.Voice, "book.by", "Names", setNames(b.Voice, b.Creators))
	}
	if len(cleanLines(b.Gifts)) > 0 {
		i.For = set(b.Voice, "book.for", "Names", setNames(b.Voice, b.Gifts))
	}
	if part := partOf(b); part != "" {
		i.FullTitle += text(", " + part)
	}
	return i
}

// Say says a message of the voice; pages call it.
func (i *imprint) Say(key string, args ...any) text {
	for n, value := range args {
		if words, ok := value.(text); ok {
			args[n] = string(words)
		}
	}
	return text(i.Voice.T(key, args...))
}

// page is the frame of every page.
type page struct {
	Book    *imprint
	Title   text
	Ours    speech // of the title, where that is the voice's
	Dressed bool   // in the work's own style too
}

// titled is the frame of a page with a title that is the voice's.
func (i *imprint) titled(key string) page {
	return page{Book: i, Title: i.Say(key), Ours: i.Ours}
}

// titlePage is all that is known about the work, its summary and its notes.
type titlePage struct {
	page
	Summary markup
	Details []detailLine
	Notes   []note
}

// detailLine is one line of the title page.
type detailLine struct {
	Class  string
	Name   text
	Values []textLink
}

// textLink are words on a page, the address they lead to, if any, and what the
// archive calls what they say, where that is another word.
type textLink struct{ Words, Link, Word text }

// chapterPage is one chapter with what stands around its text.
type chapterPage struct {
	page
	Ordinal    text
	Day        *day
	Dedication markup
	Before     []note
	Body       markup
	fitted     prose.Document // what an EPUB's Body is made of, on the press
	After      []note
}

// day is a date for people and for machines.
type day struct {
	Words, Machine text
}

// note is something the writer says beside the story.
type note struct {
	Type, Role, Class, ID string
	Level                 int // of its heading, on the single page
	Heading               text
	Ours                  speech
	Words                 markup
}

// lastPage is what stands after the last chapter.
type lastPage struct {
	page
	Notes   []note
	Closing markup
	Answers answers
}

func (e *epub) titlePage() titlePage {
	p := titlePage{page: page{Book: e.imprint, Title: e.imprint.Title}, Summary: e.xhtml(e.book.Summary, 1)}
	p.Notes = e.note(nil, "before", "book.notes", e.book.NotesBefore)
	p.Details = detailLines(e.book)
	return p
}

// detailLines sets the details, the values of each on one line.
func detailLines(b Book) []detailLine {
	var lines []detailLine
	for _, d := range detailsOf(b) {
		line := detailLine{Class: d.Class, Name: text(d.Name)}
		for _, v := range d.Values {
			line.Values = append(line.Values, linked(v))
		}
		lines = append(lines, line)
	}
	return lines
}

// linked sets words with their address, when that is one.
func linked(n named) textLink {
	l := textLink{Words: text(n.Words), Word: text(n.Word)}
	if address, ok := (&fitter{}).address(n.Link); ok {
		l.Link = text(address)
	}
	return l
}

// newChapterPage is the head of a chapter; notes and text come in the way of
// each binding.
func newChapterPage(b Book, i *imprint, c Chapter, place int) chapterPage {
	names := namesOf(b, place)
	p := chapterPage{
		page:    page{Book: i, Title: text(names.heading), Dressed: b.Skin != ""},
		Ordinal: text(names.ordinal),
		Day:     dayOf(b.Voice, c.Posted),
	}
	if to := oneLine(c.Dedication); to != "" {
		p.Dedication = set(b.Voice, "book.for", "Names", isolated(to))
	}
	if names.numbered {
		p.Ours = i.Ours
	}
	return p
}

func (e *epub) chapterPage(c Chapter, i int) chapterPage {
	p := newChapterPage(e.book, e.imprint, c, i)
	p.Before = e.note(p.Before, "summary", "book.summary", c.Summary)
	p.Before = e.note(p.Before, "disclaimer", "book.disclaimer", c.Disclaimer)
	p.Before = e.note(p.Before, "before", "book.notes", c.NotesBefore)
	p.fitted = e.fitter.document(c.Body, 1)
	p.After = e.note(p.After, "after", "book.notes", c.NotesAfter)
	return p
}

func (e *epub) lastPage() lastPage {
	p := lastPage{page: e.imprint.titled("book.after"), Answers: answersOf(e.book)}
	p.Notes = e.note(nil, "after", "book.notes", e.book.NotesAfter)
	p.Closing = closing(e.book)
	return p
}

// note adds a note to the list when it says something.
func (e *epub) note(list []note, class, key string, d prose.Document) []note {
	if d.IsEmpty() {
		return list
	}
	n := note{Type: "notice", Role: "doc-notice", Class: "note " + class, ID: class, Heading: e.imprint.Say(key), Ours: e.imprint.Ours}
	if class == "after" {
		n.Type, n.Role = "afterword", "doc-afterword"
	}
	n.Words = e.xhtml(d, 2)
	return append(list, n)
}

func dayOf(v Voice, t time.Time) *day {
	if t.IsZero() {
		return nil
	}
	return &day{Words: text(date(v, t)), Machine: text(t.UTC().Format(time.DateOnly))}
}

// chapterFile names the file of the chapter at place i.
func chapterFile(b Book, i int) string {
	return chapterID(b, i) + ".xhtml"
}

// chapterID names the chapter at place i: by its permanent id, or by its place
// when it has none.
func chapterID(b Book, i int) string {
	if id := b.Chapters[i].ID; id != 0 {
		return "c-" + strconv.FormatInt(id, 10)
	}
	return "c-n" + strconv.Itoa(i+1)
}

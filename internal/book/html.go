package book

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"text/template"

	"ficus/internal/prose"
)

// htmlPage is the single page, in three parts so that it can be streamed.
var htmlPage = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(pageFiles, "pages/page.html"))
})

// single is what the head and the foot of the page say.
type single struct {
	titlePage
	Style    markup
	Signed   text // title and byline
	Contents []entry
	After    []note
	Closing  markup
	Answers  answers
}

// htmlChapter is a chapter of the single page.
type htmlChapter struct {
	chapterPage
	ID string
}

// WriteHTML binds the book as one HTML page that needs nothing else: its style
// and its pictures are in it, and it loads nothing from anywhere.
func WriteHTML(w io.Writer, b Book) error {
	b, err := b.prepared()
	if err != nil {
		return err
	}
	h := htmlBinder{book: b, imprint: newImprint(b)}
	h.fitter = fitter{origin: b.Identity.Origin, bare: true, deeper: 1, setting: b.setting(), voice: b.Voice, spoken: h.imprint.Ours}
	h.fitter.shelf = newShelf(b.Pictures, func(p picture) (string, error) { return p.dataURI(), nil })

	s := h.single()
	if err := h.write(w, "head", s); err != nil {
		return err
	}
	for i := range b.Chapters {
		c, err := b.opened(i)
		if err != nil {
			return err
		}
		if err := h.write(w, "chapter", h.chapter(c, i)); err != nil {
			return err
		}
	}
	return h.write(w, "foot", s)
}

// skinInPage is the work's own style as it may stand in a page's: it cannot
// end the element it stands in.
func skinInPage(skin string) string {
	return strings.ReplaceAll(skin, "</", `<\/`)
}

// htmlBinder is a page being written.
type htmlBinder struct {
	book    Book
	imprint *imprint
	fitter  fitter
}

func (h *htmlBinder) write(w io.Writer, part string, value any) error {
	if err := htmlPage().ExecuteTemplate(w, part, value); err != nil {
		return fmt.Errorf("bind %s of the page: %w", part, err)
	}
	return nil
}

func (h *htmlBinder) single() single {
	b := h.book
	s := single{Signed: text(signedTitle(b, titleOf(b))), Style: markup(pageStyle + skinInPage(b.Skin)), Closing: closing(b), Answers: answersOf(b)}
	s.page = page{Book: h.imprint, Title: h.imprint.Title}
	s.Details = detailLines(b)
	s.Summary = h.html(b.Summary, 1)
	s.Notes = h.note(nil, "", "before", "book.notes", b.NotesBefore)
	s.After = h.note(nil, "", "after", "book.notes", b.NotesAfter)
	if len(b.Chapters) > 1 {
		for i := range b.Chapters {
			names := namesOf(b, i)
			line := entry{Label: text(names.label), Href: "#" + chapterID(b, i)}
			if names.numbered {
				line.Ours = h.imprint.Ours
			}
			s.Contents = append(s.Contents, line)
		}
	}
	return s
}

func (h *htmlBinder) chapter(c Chapter, i int) htmlChapter {
	id := chapterID(h.book, i)
	p := htmlChapter{ID: id, chapterPage: newChapterPage(h.book, h.imprint, c, i)}
	p.Before = h.note(p.Before, id, "summary", "book.summary", c.Summary)
	p.Before = h.note(p.Before, id, "disclaimer", "book.disclaimer", c.Disclaimer)
	p.Before = h.note(p.Before, id, "before", "book.notes", c.NotesBefore)
	p.Body = markup(h.fitter.document(c.Body, 2).WithNotes(prose.Notes{Prefix: id + "-", Back: backArrow}).HTML())
	p.After = h.note(p.After, id, "after", "book.notes", c.NotesAfter)
	return p
}

// note adds a note under the id of its chapter when it says something.
func (h *htmlBinder) note(list []note, chapter, class, key string, d prose.Document) []note {
	level := 2

	if d.IsEmpty() {
		return list
	}
	id := class
	if chapter != "" {
		id, level = chapter+"-"+class, 3
	}
	n := note{Class: "note " + class, ID: id, Level: level, Heading: h.imprint.Say(key), Ours: h.imprint.Ours}
	n.Words = h.html(d, level)
	return append(list, n)
}

func (h *htmlBinder) html(d prose.Document, under int) markup {
	return markup(h.fitter.document(d, under).HTML())
}

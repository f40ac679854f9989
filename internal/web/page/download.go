package page

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"
)

// PathBooks is where a member's books of several works are.
const PathBooks = "/books"

// DownloadPage is where a reader says how they would like a work as a file. Its
// form is sent by GET: format, notes ("all", "chapter", "none"), typed ("yes"),
// lines ("flowing"), which ("all", "new", "some"), from and to. The button that forgets posts do
// ("forget").
type DownloadPage struct {
	Shell
	Errors   Errors
	Story    Story // its title and language
	Action   string
	Back     string
	Formats  []string // as addresses say them, the first is offered first
	Choice   BookChoice
	Which    string
	From, To string
	Chapters int       // that can be read; the choice is between two or more
	Last     time.Time // when the member last took it with them; zero: never
	New      int       // chapters since
	Cover    Cover     // of the writer's own
	CoverURL string    // where a creator changes it
}

// BookChoice is what was chosen of how a book is bound.
type BookChoice struct {
	Format string
	Notes  string // "all", "chapter" or "none"
	Typed  bool   // quotation marks and dashes as the writer typed them
	Left   bool   // which the writer wants anyhow

	Flowing bool // plain text has one line a paragraph
}

// Render writes the page.
func (p DownloadPage) Render(ctx context.Context, w io.Writer) error {
	return downloadPage(p).Render(ctx, w)
}

func (p DownloadPage) formats() ticks {
	t := radios("format", p.T("download.format"))
	for _, f := range p.Formats {
		words := formatWords[f]
		t.options = append(t.options, tick{value: f, label: p.T(words[0]), help: p.T(words[1]), on: f == p.Choice.Format})
	}
	return t
}

// formatWords are what a format is called, and what it is good for.
var formatWords = map[string][2]string{
	"epub": {"download.format_epub", "download.format_epub_help"}, "html": {"download.format_html", "download.format_html_help"},
	"md": {"download.format_md", "download.format_md_help"}, "txt": {"download.format_txt", "download.format_txt_help"},
}

func (p DownloadPage) which() ticks {
	t := radios("which", p.T("download.which"))
	t.options = append(t.options, tick{value: "all", label: p.N("download.which_all", p.Chapters), on: p.Which == "all"})
	if p.New > 0 && p.New < p.Chapters {
		t.options = append(t.options, tick{value: "new", label: p.N("download.which_new", p.New), on: p.Which == "new"})
	}
	t.options = append(t.options, tick{value: "some", label: p.T("download.which_some"), on: p.Which == "some"})
	return t
}

// place is one end of the chapters that are wanted.
func (p DownloadPage) place(name, label, value string) field {
	return field{name: name, label: label, value: value, kind: "number", class: "short", errors: p.Errors}
}

func radios(name, label string) ticks {
	return ticks{field: field{name: name, label: label, kind: "radio", class: "one"}}
}

// notes asks which notes a book holds.
func (c BookChoice) notes(s Shell) ticks {
	t := radios("notes", s.T("download.notes"))
	for _, n := range [][2]string{{"all", "download.notes_all"}, {"chapter", "download.notes_chapter"}, {"none", "download.notes_none"}} {
		t.options = append(t.options, tick{value: n[0], label: s.T(n[1]), on: n[0] == c.Notes})
	}
	return t
}

// typography asks whether the text is set or stays as it was typed.
func (c BookChoice) typography(s Shell) ticks {
	t := ticks{field: field{name: "typed", label: s.T("download.typography"), kind: "checkbox", class: "one"}}
	t.options = []tick{{value: "yes", label: s.T("download.typed"), on: c.Typed}}
	return t
}

// lines asks whether plain text has long lines.
func (c BookChoice) lines(s Shell) ticks {
	t := ticks{field: field{name: "lines", label: s.T("download.lines"), kind: "checkbox", class: "one"}}
	t.options = []tick{{value: "flowing", label: s.T("download.flowing"), help: s.T("download.flowing_help"), on: c.Flowing}}
	return t
}

// typographyTicks asks a writer whether books keep what they typed.
func (p WorkFormPage) typographyTicks() ticks {
	t := ticks{field: p.field("as_typed", p.T("download.typography"), p.T("work_form.typography_help"), "")}
	t.kind, t.class = "checkbox", "one"
	t.options = []tick{{value: "yes", label: p.T("work_form.as_typed"), on: p.Work.AsTyped}}
	return t
}

// BooksPage lists the books of several works a member asked for, the newest
// first.
type BooksPage struct {
	Shell
	Books []Volume
	Under bool // one of them is under way
}

// Volume is a book of several works.
type Volume struct {
	Action  string // where it is given up
	Title   string
	Works   int
	Bound   int // of those, while it is under way
	URL     string
	Bytes   int64
	Reason  string // why there is none: "empty" or "broken"
	AskedAt time.Time
	Until   time.Time
}

// Render writes the page.
func (p BooksPage) Render(ctx context.Context, w io.Writer) error {
	return booksPage(p).Render(ctx, w)
}

func (v Volume) says(s Shell) string {
	switch {
	case v.Reason == "empty":
		return s.T("books.reason_empty")
	case v.Reason != "":
		return s.T("books.reason_broken")
	case v.underWay():
		return s.N("books.bound", v.Works, "Bound", v.Bound)
	}
	return s.T("books.until", "Time", s.Words.DateTime(v.Until))
}

// underWay tells a book that is being bound.
func (v Volume) underWay() bool { return v.URL == "" && v.Reason == "" }

// mega is a size for people.
func (v Volume) mega() string {
	return strconv.FormatFloat(float64(v.Bytes)/(1<<20), 'f', 1, 64) + " MB"
}

// NewBookPage asks how several works are bound as one book. Its form posts the
// hidden fields, notes, typed and new ("yes").
type NewBookPage struct {
	Shell
	Errors  Errors
	Title   string
	Back    string
	Works   int
	Words   int
	Left    int  // works of the list that are too many
	Adult   bool // some are for adults
	Taken   int  // works that were taken along before
	Carried []Typed
	Choice  BookChoice
	New     bool
}

// Render writes the page.
func (p NewBookPage) Render(ctx context.Context, w io.Writer) error {
	return newBookPage(p).Render(ctx, w)
}

func (p NewBookPage) since() ticks {
	t := ticks{field: field{name: "new", label: p.T("download.which"), kind: "checkbox", class: "one"}}
	t.options = []tick{{value: "yes", label: p.T("books.new"), help: p.N("books.taken", p.Taken), on: p.New}}
	return t
}

// isFile tells a file from the page where one chooses what is in it.
func isFile(url string) bool { return !strings.HasSuffix(url, "/download") }

// cover is the writer's own, which says at least whose it is.
func (p DownloadPage) cover() Cover {
	c := p.Cover
	if c.Alt == "" {
		c.Alt = p.T("cover.of", "Title", p.Story.Title)
	}
	return c
}

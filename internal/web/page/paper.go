package page

import (
	"context"
	"io"
	"strconv"
	"time"

	"ficus/internal/archive"
	"ficus/internal/locale"
)

// The addresses of the archive's news and pages, and where staff write them.
const (
	PathNews      = "/news"
	PathPages     = "/pages/" // with the name of a page behind it
	PathDeskNews  = "/desk/news"
	PathDeskPages = "/desk/pages"
)

// PaperLink leads to one of the archive's pages, whose title has a language of
// its own.
type PaperLink struct{ Text, URL, Lang string }

// NewsItem is a piece of news where others are, or on the first page.
type NewsItem struct {
	Title   string
	Lang    string
	URL     string
	At      time.Time
	Opening string // its first words
	Close   string // posting here takes it from the first page; empty: it stays
}

// NewsPage lists the archive's news, the newest first.
type NewsPage struct {
	Shell
	Items []NewsItem
	Pager Pager
}

// Render writes the page.
func (p NewsPage) Render(ctx context.Context, w io.Writer) error { return newsPage(p).Render(ctx, w) }

// PaperPage is one piece of news, or one of the archive's pages.
type PaperPage struct {
	Shell
	News    bool
	Lang    string
	HTML    string // safe
	Posted  time.Time
	Changed time.Time
	Edit    string // where staff change it; empty for everybody else
}

// Render writes the page.
func (p PaperPage) Render(ctx context.Context, w io.Writer) error { return paperPage(p).Render(ctx, w) }

// dates says when it was posted, and since when it stands as it does.
func (p PaperPage) dates() []string {
	if !p.News {
		return []string{p.T("papers.changed_on", "Date", p.Words.Date(p.Changed))}
	}
	dates := []string{p.Words.Date(p.Posted)}
	if p.Words.Date(p.Changed) != dates[0] {
		dates = append(dates, p.T("papers.changed_on", "Date", p.Words.Date(p.Changed)))
	}
	return dates
}

// DeskPapersPage is the news, or the pages, as staff see them. Pages are moved
// by posting page and to, the place one should have, to PathDeskPages/move.
type DeskPapersPage struct {
	Shell
	Kind   archive.PaperKind
	New    string // the form of a new one
	Offers []Link // beginnings that are offered
	Papers []DeskPaper
	Pager  Pager
}

// DeskPaper is one of them.
type DeskPaper struct {
	ID      int64
	Title   string
	Lang    string
	Edit    string
	URL     string // where everyone reads it; empty: a draft
	Slug    string
	Place   int // in the foot; 0: not there
	Draft   bool
	Changed time.Time
}

// Render writes the page.
func (p DeskPapersPage) Render(ctx context.Context, w io.Writer) error {
	return deskPapersPage(p).Render(ctx, w)
}

// inFooter is how many pages stand in the foot.
func (p DeskPapersPage) inFooter() int {
	n := 0
	for _, one := range p.Papers {
		if one.Place > 0 {
			n++
		}
	}
	return n
}

// place is where among those in the foot one stands, from 1: places may have
// gaps where a page left.
func (p DeskPapersPage) place(of DeskPaper) int {
	at := 1
	for _, one := range p.Papers {
		if one.Place > 0 && one.Place < of.Place {
			at++
		}
	}
	return at
}

func (p DeskPaper) id() string { return strconv.FormatInt(p.ID, 10) }

// PaperTyped is news or a page exactly as typed, under the names title,
// language, slug, text and in_footer.
type PaperTyped archive.PaperFields

// PaperFormPage writes news or a page. Its form posts to Action, with do:
// "draft", "preview" or "post".
type PaperFormPage struct {
	Shell
	Head     FormHead
	Kind     archive.PaperKind
	New      bool
	Posted   bool
	Typed    PaperTyped
	Action   string
	Cancel   string
	Versions string // every save of it; empty for a new one
	URL      string // where everyone reads it; empty: a draft
}

// Render writes the page.
func (p PaperFormPage) Render(ctx context.Context, w io.Writer) error {
	return paperFormPage(p).Render(ctx, w)
}

func (p PaperFormPage) field(name, label, help, value string) field {
	return field{name: name, label: label, help: help, value: value, errors: p.Head.Errors, complete: "off"}
}

func (p PaperFormPage) title() field {
	f := p.field("title", p.T("papers.title"), "", p.Typed.Title)
	f.required = true
	return f
}

func (p PaperFormPage) slug() field {
	f := p.field("slug", p.T("papers.slug"), p.T("papers.slug_help"), p.Typed.Slug)
	f.required = true
	return f
}

func (p PaperFormPage) text() field {
	f := p.field("text", p.T("papers.text"), p.T("papers.text_help"), p.Typed.Text)
	f.class, f.lang = "editor", p.Typed.Language
	return f
}

func (p PaperFormPage) footerTick() ticks {
	t := ticks{field: p.field("in_footer", p.T("papers.foot"), "", "")}
	t.kind, t.class = "checkbox", "one"
	t.options = []tick{{value: "yes", label: p.T("papers.in_footer"), on: p.Typed.InFooter}}
	return t
}

// languages are the choices of the language; one that is not among them is
// kept.
func (p PaperFormPage) languages() []pick {
	known := p.Typed.Language == ""
	var list []pick
	for _, l := range locale.Languages() {
		known = known || l.Tag == p.Typed.Language
		list = append(list, pick{l.Tag, l.Name, l.Tag == p.Typed.Language})
	}
	if !known {
		list = append(list, pick{p.Typed.Language, locale.LanguageName(p.Typed.Language), true})
	}
	return list
}

// PaperPreviewPage shows news or a page before it is saved. Its form posts
// Hidden to Action, with do: "edit", "draft" or "post".
type PaperPreviewPage struct {
	Shell
	Action     string
	Hidden     []Typed
	Posted     bool
	PaperTitle string
	Lang       string
	HTML       string // safe
}

// Render writes the page.
func (p PaperPreviewPage) Render(ctx context.Context, w io.Writer) error {
	return paperPreviewPage(p).Render(ctx, w)
}

// PaperVersionsPage lists every save of news or a page, the newest first.
type PaperVersionsPage struct {
	Shell
	Back     Link // the form
	Lang     string
	Versions []PaperVersion
}

// Render writes the page.
func (p PaperVersionsPage) Render(ctx context.Context, w io.Writer) error {
	return paperVersionsPage(p).Render(ctx, w)
}

// PaperVersion is one save.
type PaperVersion struct {
	Number  int64
	URL     string
	At      time.Time
	By      string // who saved it; empty: no longer a member
	Current bool
}

// PaperVersionPage is one save as it was.
type PaperVersionPage struct {
	Shell
	Version PaperVersion
	Lang    string
	HTML    string // safe
	Back    Link   // the list
	Again   string // the form with these words in it
}

// Render writes the page.
func (p PaperVersionPage) Render(ctx context.Context, w io.Writer) error {
	return paperVersionPage(p).Render(ctx, w)
}

package book

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

// entry is a line of the contents or a landmark; the navigation document, the
// NCX and the guide are all made of the same entries.
type entry struct {
	ID    string
	Order int
	Label text
	Href  string
	Type  string // of EPUB 3
	Guide string // of EPUB 2
	Ours  speech // of a label in another language than the book's
	house bool   // the label is the voice's, not the writer's
}

// item is a file of the book.
type item struct {
	ID, Href, MediaType, Properties string
	Aside                           bool // in the spine, outside the reading order
}

// directory is everything that lists the rest of the book.
type directory struct {
	page
	Contents  []entry
	Landmarks []entry
	Manifest  []item
	Spine     []item

	Source, Publisher, Description, FileAs text
	Modified, Published                    string
	Creators, Helpers                      []creator
	Rights                                 text
	NoMining                               bool
	Subjects                               []subject
	Groups                                 []group
	Shelf                                  *group // the series calibre shows: the first
	Facts                                  []fact
	Tongues                                []text // languages besides the book's own
	Places                                 text   // what the landmarks are called
}

type creator struct {
	ID    string
	Order int
	Name  text
	Role  Role
}

// subject is a tag; authority and term name it in its site's own words.
type subject struct {
	ID                    string
	Name, Authority, Term text
}

type fact struct {
	Property string
	Value    text
	Ours     speech
}

// maxSubjects keeps the shelves of a reader readable (E11).
const maxSubjects = 60

func (e *epub) directory() directory {
	b := e.book
	d := directory{
		page:        e.imprint.titled("book.contents"),
		Contents:    e.allContents(),
		Source:      text(b.Identity.Address),
		Publisher:   text(oneLine(b.Identity.Site)),
		Description: text(oneLine(b.Summary.Text(0))),
		FileAs:      text(fileAs(titleOf(b), languageOf(b))),
		Modified:    modified(b),
		Rights:      text(oneLine(b.Rights)),
		NoMining:    b.NoMining,
		Subjects:    subjectsOf(b),
		Groups:      groupsOf(b),
		Facts:       append(workFacts(b), accessibilityFacts(b, e.imprint, e.fitter.notes)...),
	}
	if len(d.Groups) > 0 && d.Groups[0].Kind == "series" {
		d.Shelf = &d.Groups[0]
	}
	if !b.Published.IsZero() {
		d.Published = b.Published.UTC().Format(time.DateOnly) + "T12:00:00Z"
	}
	for i, name := range cleanLines(b.Creators) {
		d.Creators = append(d.Creators, creator{"creator-" + strconv.Itoa(i+1), i + 1, text(name), "aut"})
	}
	for _, h := range b.Helpers {
		if name := oneLine(h.Name); name != "" {
			n := len(d.Helpers) + 1
			d.Helpers = append(d.Helpers, creator{"helper-" + strconv.Itoa(n), n, text(name), h.Role})
		}
	}
	d.Places = e.imprint.Say("book.landmarks")
	d.Landmarks = []entry{
		e.imprint.landmark("cover", "cover", "cover.xhtml", "book.cover"),
		e.imprint.landmark("titlepage", "title-page", "title.xhtml", "book.title_page"),
		e.imprint.landmark("toc", "toc", "nav.xhtml", "book.contents"),
		e.imprint.landmark("bodymatter", "text", chapterFile(b, 0), "book.start"),
	}
	e.list(&d)
	return d
}

// landmark is a place of every book, in the words of the voice.
func (i *imprint) landmark(kind, guide, href, key string) entry {
	return entry{Type: kind, Guide: guide, Href: href, Label: i.Say(key), Ours: i.Ours}
}

// allContents is the chapters between the title page and the last page.
func (e *epub) allContents() []entry {
	all := []entry{{Label: e.imprint.Title, Href: "title.xhtml"}}
	if len(e.book.Chapters) == 1 {
		all[0].Label, all[0].Ours = e.imprint.Say("book.about"), e.imprint.Ours
	}
	all = append(all, e.contents...)
	all = append(all, entry{Label: e.imprint.Say("book.after"), Href: "end.xhtml", Ours: e.imprint.Ours})
	for i := range all {
		all[i].ID, all[i].Order = "point-"+strconv.Itoa(i+1), i+1
	}
	return all
}

// list fills manifest and spine. New chapters come last in the manifest.
func (e *epub) list(d *directory) {
	cover := item{ID: "cover", Href: "cover.xhtml", MediaType: xhtmlType}
	title := item{ID: "title-page", Href: "title.xhtml", MediaType: xhtmlType}
	last := item{ID: "end", Href: "end.xhtml", MediaType: xhtmlType}
	nav := item{ID: "nav", Href: "nav.xhtml", MediaType: xhtmlType, Properties: "nav", Aside: true}
	d.Manifest = append([]item{
		{ID: "ncx", Href: "toc.ncx", MediaType: "application/x-dtbncx+xml"},
		{ID: "style", Href: "style.css", MediaType: "text/css"},
		{ID: "cover-image", Href: string(e.imprint.CoverFile), MediaType: e.coverType, Properties: "cover-image"},
		nav, cover, title, last,
	}, e.files...)
	if e.book.Skin != "" {
		d.Manifest = append(d.Manifest, item{ID: "skin", Href: "skin.css", MediaType: "text/css"})
	}
	d.Spine = []item{cover, title}
	for _, f := range e.files {
		if f.MediaType == xhtmlType {
			d.Spine = append(d.Spine, f)
		}
	}
	d.Spine = append(d.Spine, last, nav)
}

// modified is when the book last became another, as EPUB wants it.
func modified(b Book) string {
	return stamp(b.Revised, b.Published, time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC))
}

// stamp is the first instant that is known, as EPUB wants it.
func stamp(times ...time.Time) string {
	for _, t := range times {
		if !t.IsZero() {
			return t.UTC().Format("2006-01-02T15:04:05Z")
		}
	}
	return ""
}

// subjectsOf lists the tags: fandoms, relationships, characters, freeforms.
func subjectsOf(b Book) []subject {
	var all []subject
	for _, kind := range []struct {
		name string
		tags []string
	}{
		{"fandom", b.Tags.Fandoms},
		{"relationship", b.Tags.Relationships},
		{"character", b.Tags.Characters},
		{"freeform", b.Tags.Freeforms},
	} {
		for _, tag := range cleanLines(kind.tags) {
			s := subject{ID: "subject-" + strconv.Itoa(len(all)+1), Name: text(tag)}
			if b.Identity.Origin != "" {
				s.Authority = text(b.Identity.Origin + "/tags/" + kind.name)
				s.Term = text(url.PathEscape(strings.ToLower(tag)))
			}
			all = append(all, s)
		}
	}
	return all[:min(len(all), maxSubjects)]
}

// workFacts say what libraries of fan fiction want to know.
func workFacts(b Book) []fact {
	facts := []fact{{Property: "schema:wordCount", Value: text(strconv.Itoa(b.words()))}}
	if status := statusOf(b); status != "" {
		facts = append(facts, fact{Property: "schema:creativeWorkStatus", Value: text(status)})
	}
	if rating := oneLine(b.Tags.Rating); rating != "" {
		facts = append(facts, fact{Property: "schema:contentRating", Value: text(rating)})
	}
	return facts
}

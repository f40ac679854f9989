package page

import (
	"context"
	"io"
	"strconv"
	"time"
)

// MyWorksPage is a writer's own works: drafts of any age, what is posted, and
// what was deleted and can still be brought back.
type MyWorksPage struct {
	Shell
	Drafts  []OwnWork
	Posted  []OwnWork
	Deleted []DeletedWork

	Orphaned []OrphanedWork
	Held     int // comments that wait for the writer
}

// Render writes the page.
func (p MyWorksPage) Render(ctx context.Context, w io.Writer) error {
	return myWorksPage(p).Render(ctx, w)
}

// OwnWork is a work in its writer's list.
type OwnWork struct {
	URL        string
	Title      string
	Lang       string
	State      string // "draft", "scheduled", "hidden" or "posted"
	Restricted bool
	Posted     int // chapters
	Chapters   int // chapters, drafts too
	Planned    int // 0: "?"
	Words      int
	Begun      time.Time
	Changed    time.Time
	PostAction string // posting here makes a draft public
	Links      []Link // edit, add a chapter, chapters, delete
}

// DeletedWork is a work that can be brought back until a day.
type DeletedWork struct {
	Title  string
	Lang   string
	Until  time.Time
	Action string // posting here brings it back
	Book   string // the work as EPUB
}

// ManagePage orders the chapters of a work. Its forms post chapter and to, the
// place it should have, to Action.
type ManagePage struct {
	Shell
	Work     Link
	Lang     string
	Action   string
	AddURL   string // the form of a new chapter; ?position=3 puts it there
	Chapters []ManagedChapter
}

// Render writes the page.
func (p ManagePage) Render(ctx context.Context, w io.Writer) error {
	return managePage(p).Render(ctx, w)
}

// ManagedChapter is a chapter with what may be done to it.
type ManagedChapter struct {
	ID        int64
	Position  int
	Title     string
	Draft     bool
	Words     int
	Published time.Time
	URL       string
	EditURL   string
	DeleteURL string
	Revisions string // address of the earlier versions, empty when there are none
	CopyURL   string // the page that gives it for other places
}

// Tick is a box to tick in a form; the zero value is none.
type Tick struct {
	Name, Label string
	On          bool
}

// ConfirmPage asks before something is done. Its form posts Hidden to Action.
type ConfirmPage struct {
	Shell
	Heading   string
	Sentences []string
	Action    string
	Hidden    []Typed
	Tick      Tick   // a wish that goes with it
	Yes       string // on the button
	No        Link   // the way back
}

// Render writes the page.
func (p ConfirmPage) Render(ctx context.Context, w io.Writer) error {
	return confirmPage(p).Render(ctx, w)
}

// RevisionsPage lists the published saves of a chapter, the newest first.
type RevisionsPage struct {
	Shell
	Work      Link
	Chapter   Link
	Lang      string
	Revisions []RevisionEntry
}

// Render writes the page.
func (p RevisionsPage) Render(ctx context.Context, w io.Writer) error {
	return revisionsPage(p).Render(ctx, w)
}

// RevisionEntry is one published save.
type RevisionEntry struct {
	Number  int
	URL     string
	At      time.Time
	Words   int
	Current bool // what readers get now
}

// RevisionPage is one published save as it was.
type RevisionPage struct {
	Shell
	Work    Link
	Chapter Link
	Lang    string
	Number  int
	At      time.Time
	Length  int    // in words
	Text    string // safe HTML
	All     string // address of the list
}

// Render writes the page.
func (p RevisionPage) Render(ctx context.Context, w io.Writer) error {
	return revisionPage(p).Render(ctx, w)
}

func (c ManagedChapter) id() string { return strconv.FormatInt(c.ID, 10) }

func (c ManagedChapter) name(s Shell) string {
	if c.Title == "" {
		return s.T("chapter.number", "Number", c.Position)
	}
	return c.Title
}

// links are what may be done with a chapter.
func (p ManagePage) links(c ManagedChapter) []Link {
	list := []Link{{p.T("manage.edit"), c.EditURL}, {p.T("manage.insert"), p.insertAfter(c.Position)}}
	if c.CopyURL != "" {
		list = append(list, Link{p.T("own.copy_chapter"), c.CopyURL})
	}
	if c.Revisions != "" {
		list = append(list, Link{p.T("manage.revisions"), c.Revisions})
	}
	return append(list, Link{p.T("manage.delete"), c.DeleteURL})
}

// insertAfter is the form of a new chapter behind the one at a place.
func (p ManagePage) insertAfter(position int) string {
	return p.AddURL + "?position=" + strconv.Itoa(position+1)
}

// chaptersWord says how far a work is: "12 of 20, in progress"; of a draft how
// many chapters are written.
func (w OwnWork) chaptersWord(s Shell) string {
	if w.State == "draft" {
		return s.N("mine.chapters", w.Chapters)
	}
	return Signs{Posted: w.Posted, Planned: w.Planned}.progress(s).word
}

// daysLeft is the whole days until a deleted work goes for good, today's rest
// counted as one.
func (d DeletedWork) daysLeft(now time.Time) int {
	return max(1, int((d.Until.Sub(now)+24*time.Hour-1)/(24*time.Hour)))
}

package page

import (
	"context"
	"io"
	"strings"
	"time"

	"ficus/internal/locale"
)

// Story is what stands at the head of every page of one work.
type Story struct {
	URL        string
	Title      string
	Lang       string // of the story, BCP 47: sets direction and hyphenation
	Restricted bool
	State      string // "draft", "scheduled" or "hidden" for its own writer
	Byline     []Person
	Gifts      []Person
	Signs
	Fandoms       []Tag
	Relationships []Tag
	Characters    []Tag
	Freeforms     []Tag
	Summary       string // safe HTML
	Words         int
	Figures
	Published    time.Time
	Updated      time.Time
	Elsewhere    []string // addresses where the work also stands
	IndexURL     string   // all chapters; empty for a work of one
	EntireURL    string   // the whole work on one page; empty for a work of one
	ByChapterURL string   // the first chapter alone
	PostAction   string   // posting here makes a draft public; for its writer
	Own          []Link   // what its writer may do here: edit, add a chapter …
	Files        []Link   // EPUB first
}

// Chapter is one instalment as read.
type Chapter struct {
	Number      int // as shown: 1 for the first posted
	Title       string
	Anchor      string // on the page of the entire work
	Published   time.Time
	Words       int
	Draft       bool
	Summary     string // safe HTML, as are the notes and the text
	Disclaimer  Note
	Dedication  string // plain text: to whom
	NotesBefore []Note // of the work first, then of the chapter
	Text        string
	Plays       []string // the hosts of what may play in the text, with their scheme
	NotesAfter  []Note
}

// Note is something said beside the text.
type Note struct {
	HTML  string // safe HTML; empty for no note
	Words int
	Warns bool // a content warning stands in it: it is never folded
}

// ChapterLink leads to another chapter.
type ChapterLink struct {
	Number int
	Title  string
	URL    string // empty when there is no such chapter
}

// storyScripts are what enhances a page with these chapters.
func storyScripts(chapters ...Chapter) []string {
	scripts := []string{"settings.js", "kudos.js", "counter.js"}
	for _, c := range chapters {
		if strings.Contains(c.Text, `role="doc-noteref"`) {
			return append(scripts, "footnote.js")
		}
	}
	return scripts
}

// ChapterPage is one chapter; for a work of one chapter it is the work.
type ChapterPage struct {
	Shell
	Story    Story
	Chapter  Chapter
	Previous ChapterLink
	Next     ChapterLink
	Thanks   Kudos
	Answers  Answers // zero: a draft
	Follow   Follow
	Report   string // where it is reported; empty: not by this viewer
	Mute     string // where it is muted; empty: not by this viewer
}

// Render writes the page.
func (p ChapterPage) Render(ctx context.Context, w io.Writer) error {
	return chapterPage(p).Render(ctx, w)
}

// EntirePage is a whole work on one page.
type EntirePage struct {
	Shell
	Story    Story
	Chapters []Chapter
	Thanks   Kudos
	Answers  Answers // of the last chapter; zero: a draft
	Follow   Follow
	Report   string // where it is reported; empty: not by this viewer
	Mute     string // where it is muted; empty: not by this viewer
}

// Render writes the page.
func (p EntirePage) Render(ctx context.Context, w io.Writer) error {
	return entirePage(p).Render(ctx, w)
}

// IndexPage lists the chapters of a work with their dates.
type IndexPage struct {
	Shell
	Story    Story
	Chapters []IndexEntry
}

// Render writes the page.
func (p IndexPage) Render(ctx context.Context, w io.Writer) error { return indexPage(p).Render(ctx, w) }

// IndexEntry is a chapter in the index.
type IndexEntry struct {
	ChapterLink
	Published time.Time
	Words     int
	Draft     bool
}

// GatePage asks, once a session, before a work that may be for adults. It
// shows no word of the story.
type GatePage struct {
	Shell
	Rating string // as in Signs
	Action string // where the answer is posted
	To     string // the address asked for
}

// Render writes the page.
func (p GatePage) Render(ctx context.Context, w io.Writer) error { return gatePage(p).Render(ctx, w) }

// alone tells whether the chapter is the whole work, as far as anyone knows.
func (s Story) alone() bool { return s.Planned == 1 && s.Posted <= 1 }

func (s Story) dir() string { return locale.Direction(s.Lang) }

// chapterOf is the line over a chapter's title.
func chapterOf(s Shell, story Story, number int) string {
	if number > story.Planned { // not planned, or a draft beyond the plan
		return s.T("chapter.number", "Number", number)
	}
	return s.T("chapter.of", "Number", number, "Planned", story.Planned)
}

// numbered says where a link between chapters leads: in the words of plain, or
// of titled when a title follows.
func (l ChapterLink) numbered(s Shell, plain, titled string) string {
	if l.Title == "" {
		return s.T(plain, "Number", l.Number)
	}
	return s.T(titled, "Number", l.Number)
}

// The length up to which a note stands open when the reader has said nothing.
const openNote = 60

// shows says how a note stands: hidden, folded or open.
func (n Note) shows(look Look) (hidden, open bool) {
	switch {
	case n.Warns:
		return false, true
	case look.Notes == "hidden":
		return true, false
	case look.Notes == "shown":
		return false, true
	case look.Notes == "folded":
		return false, false
	}
	return false, n.Words <= openNote
}

func ratingWord(s Shell, rating string) string { return ratingSign(s, rating).word }

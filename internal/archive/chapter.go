package archive

import (
	"time"
	"unicode/utf8"
)

// The formats in which a text may be typed or sent.
const (
	FormatText     = "text"     // plain lines with allowed HTML
	FormatMarkdown = "markdown" // CommonMark
	FormatHTML     = "html"
)

// Chapter is one instalment of a work. Its text stands apart (ChapterText), so
// that lists never read it.
type Chapter struct {
	ID        int64
	Work      int64
	Position  int // 1…n within the work, drafts too; shown numbers count posted ones
	Title     string
	Words     int
	PostedAt  time.Time // zero: a draft
	Published time.Time // the date shown; the writer may set it back
	UpdatedAt time.Time
	Revision  int64 // number of saves; the base of a form
}

// IsDraft reports whether the chapter was never posted.
func (c Chapter) IsDraft() bool { return c.PostedAt.IsZero() }

// ChapterText is what a chapter says: safe HTML, and the body as it was typed.
type ChapterText struct {
	Summary     string
	Disclaimer  string
	NotesBefore string // before the text
	NotesAfter  string // after it
	Dedication  string // plain text: to whom
	Body        string
	Source      string // the body as it came
	Format      string // of Source
	Manuscript  int64  // the manuscript it was read from; 0: typed
}

// Characters are how much readers load with it: all its texts, without the
// source.
func (t ChapterText) Characters() (n int) {
	for _, part := range []string{t.Summary, t.Disclaimer, t.NotesBefore, t.NotesAfter, t.Dedication, t.Body} {
		n += utf8.RuneCountInString(part)
	}
	return n
}

// ChapterFields is what a writer sends for a chapter. Texts are as typed; the
// verb makes them safe.
type ChapterFields struct {
	Title       string
	Summary     string
	Disclaimer  string
	NotesBefore string
	NotesAfter  string
	Dedication  string
	Text        string
	Format      string // FormatText when empty
	Manuscript  int64
	PublishedOn time.Time
}

// Clean tidies one-line fields and sets the defaults.
func (f *ChapterFields) Clean() {
	f.Title = CleanLine(f.Title)
	f.Dedication = CleanLine(f.Dedication)
	if f.Format == "" {
		f.Format = FormatText
	}
}

// Check notes what is wrong with the fields that need no reading of HTML.
func (f ChapterFields) Check(l Limits, now time.Time) Problems {
	var p Problems
	checkLength("chapter_title", f.Title, l.Title, &p)
	checkLength("dedication", f.Dedication, l.Title, &p)
	if f.Format != FormatText && f.Format != FormatMarkdown && f.Format != FormatHTML {
		p.Add("format", "unknown", "Value", f.Format)
	}
	if f.PublishedOn.After(now.Add(24 * time.Hour)) {
		p.Add("chapter_published_on", "future")
	}
	return p
}

// Gift is a work given to a reader, who may be a member here or only a name.
type Gift struct {
	ID        int64
	Work      int64
	Recipient string
	Account   int64 // 0: nobody here goes by that name
}

// Revision is one published save of a chapter, kept for ever.
type Revision struct {
	ID      int64
	Chapter int64
	Number  int64
	Account int64
	At      time.Time
	Words   int
}

// Autosave is what a form held when it was last looked at: neither a draft nor
// a revision. There is one for each account and form.
type Autosave struct {
	Account int64
	Form    string // "work/new", "work/7", "chapter/7/new", "chapter/7/9"
	Base    int64  // the revision the form was opened on
	Fields  map[string][]string
	At      time.Time
}

// Manuscript is a text as it came, kept untouched for the account that brought
// it, with what was read from it and the writer's choices.
type Manuscript struct {
	ID        int64
	Account   int64
	Name      string // the file's name; empty: pasted
	Kind      string // "txt", "md", "html", "docx", "odt"
	SHA256    string
	Bytes     int64
	Key       string // where the original lies in the bucket
	Choices   string // JSON of the writer's choices
	Habits    string // JSON of what was known of its writer when it was brought
	Removed   string // JSON of what was taken out of the original before it was kept
	CreatedAt time.Time
}

// Picture is an uploaded image, re-encoded and served under its work's address.
type Picture struct {
	ID        int64
	Work      int64
	SHA256    string
	Key       string
	MediaType string
	Width     int
	Height    int
	Bytes     int64
	Origin    string // what the writer's text calls it: a file's name, or the https address it was fetched from
}

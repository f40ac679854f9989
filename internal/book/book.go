// Package book binds a work into a file that is carried away: an EPUB 3.3, a
// single HTML page, Markdown or plain text, all from the same prose Documents.
// It is pure: it reads what it is given and writes to an io.Writer; the same
// Book gives the same bytes.
package book

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"time"

	"ficus/internal/prose"
)

// ErrNoChapters is the answer to a Book without a single chapter.
var ErrNoChapters = errors.New("a book needs at least one chapter")

// Book is a work made ready to be bound: what stands on its title page and the
// chapters in reading order. Whoever fills it has already asked the gate: a
// book says everything it holds, so the creators of an anonymous work must not
// be in it.
type Book struct {
	Identity    Identity
	Title       string   // one line; empty is bound as one without a title
	Creators    []string // pseuds in the order of the byline
	Language    string   // BCP 47, of the text; empty when not known
	Direction   string   // "ltr", "rtl"; empty takes it from the language
	Tags        Tags
	Summary     prose.Document
	NotesBefore prose.Document // of the work, not of a chapter
	NotesAfter  prose.Document
	Published   time.Time // first publication; zero when never published
	Revised     time.Time // last change of the content, never the time of download
	Planned     int       // chapters there will be; 0 is "?"
	Complete    bool
	Words       int // of all chapters; 0 lets the book count them
	Chapters    []Chapter
	Series      []Series     // all the work stands in
	Collections []Collection // likewise
	Cover       Front        // the writer's own picture for it; none, or no such picture, draws one
	Skin        string       // the work's own style, made safe already; it only adds to the book's
	Options     Options      // what the reader wishes of this copy
	Voice       Voice        // says what the writer did not
	Colophon

	// Pictures fetches a picture by the address a Document names. It may be
	// nil. A picture that cannot be had is bound as a link to where it was.
	Pictures func(src string) (data []byte, mediaType string, err error)

	whole int // chapters of the work, when the reader's have been chosen
}

// Colophon is what else a book says of how it was made.
type Colophon struct {
	Gifts    []string // whom the work is for
	Helpers  []Helper // who made it with its creators
	Rights   string   // what its writer allows, in their words; empty when they said nothing
	NoMining bool     // its writer reserves text and data mining, the training of programs among it

	// Content names what the book holds: where it is another, so is this. It
	// stands near the beginning of a file, by whose first bytes e-readers tell
	// one from another; empty takes Revised.
	Content string
}

// Front is a picture for the front of a book.
type Front struct {
	Picture string // its address, as Pictures knows it
	Words   string // what it shows; empty says whose cover it is
}

// Helper is somebody who made a work with its creators, and how.
type Helper struct {
	Name string
	Role Role
}

// Role is what a helper did, as libraries write it (MARC relators).
type Role string

// What helpers do.
const (
	Translator Role = "trl"
	Artist     Role = "ill"
	Editor     Role = "edt"
	Narrator   Role = "nrt"
)

// Series is a series the work stands in, and where.
type Series struct {
	Name    string
	Address string // of its page; may be empty
	Place   int    // of the work; 0 when not known
	Next    Work   // what follows the work; zero when nothing does
}

// Work names another work.
type Work struct {
	Title, Address string
}

// Collection is a collection the work is in.
type Collection struct {
	Name    string
	Address string // of its page; may be empty
}

// Identity is what makes two bindings the same book to a library: it must not
// change while the work lives.
type Identity struct {
	WorkID  int64  // 0 for a book bound from files
	Origin  string // address of the site, "https://example.org"; may be empty
	Address string // canonical address of the work's page; may be empty
	Site    string // name of the site; may be empty

	Kudos, Comments string // addresses where readers answer; empty takes Address
}

// Tags are the words a work is found by, each list in the writer's order.
type Tags struct {
	Rating        string
	Warnings      []string
	Categories    []string
	Fandoms       []string
	Relationships []string
	Characters    []string
	Freeforms     []string

	// Say gives a rating, warning or category as the Voice says it; nil leaves
	// them as they are.
	Say func(word string) string
}

// Chapter is one chapter with what stands around its text.
type Chapter struct {
	ID          int64     // permanent; names its file. 0 names it by its place
	Number      int       // as readers count; 0 takes its place
	Title       string    // may be empty
	Posted      time.Time // the day it bears
	Arrived     time.Time // when readers got it; zero takes Posted
	Dedication  string    // "Pell", said as "For Pell"
	Summary     prose.Document
	Disclaimer  prose.Document
	NotesBefore prose.Document
	NotesAfter  prose.Document
	Body        prose.Document // may be empty
	Words       int            // of Body; 0 counts them

	// Open gives the texts, from Dedication on, when it is the chapter's turn,
	// so that no book is in memory whole; nil: they are here.
	Open func() (Chapter, error)
}

// Format is one of the bindings, named as its file's extension.
type Format string

// The bindings that are offered.
const (
	EPUB     Format = "epub"
	HTML     Format = "html"
	Markdown Format = "md"
	Text     Format = "txt"
)

// MediaType is the media type a binding is served under.
func (f Format) MediaType() string {
	switch f {
	case EPUB:
		return "application/epub+zip"
	case HTML:
		return "text/html; charset=utf-8"
	case Markdown:
		return "text/markdown; charset=utf-8"
	case Text:
		return "text/plain; charset=utf-8"
	}
	return "application/octet-stream"
}

// Write binds the book in the format. After an error what was written so far
// is no book: callers write to a file or a buffer first.
func Write(w io.Writer, b Book, f Format) error {
	switch f {
	case EPUB:
		return WriteEPUB(w, b)
	case HTML:
		return WriteHTML(w, b)
	case Markdown:
		return WriteMarkdown(w, b)
	case Text:
		return WriteText(w, b)
	}
	return fmt.Errorf("there is no binding %q; a book can be epub, html, md or txt", string(f))
}

// Prepare makes ready what every EPUB needs and no other binding: its pages and
// the faces of its cover. It is done once, by whoever comes first; who knows
// that they will bind calls it while they do something else.
func Prepare() {
	epubPages()
	_, _ = openFaces() // who draws a cover is told what is wrong with them
}

// check says why a book cannot be bound, or nil.
func (b Book) check() error {
	if len(b.Chapters) == 0 {
		return ErrNoChapters
	}
	if b.Voice == nil {
		return ErrNoVoice
	}
	seen := make(map[int64]bool, len(b.Chapters))
	for _, c := range b.Chapters {
		if c.ID != 0 && seen[c.ID] {
			return fmt.Errorf("two chapters have the id %d; each needs its own", c.ID)
		}
		seen[c.ID] = true
	}
	return nil
}

// words counts the words of all chapters, without notes.
func (b Book) words() int {
	if b.Words > 0 {
		return b.Words
	}
	n := 0
	for _, c := range b.Chapters {
		n += cmp.Or(c.Words, c.Body.Words())
	}
	return n
}

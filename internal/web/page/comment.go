package page

import (
	"context"
	"io"
	"strconv"
	"time"

	"ficus/internal/archive"
)

// The levels of answers that are set in, and those that are on a phone; what
// is deeper follows flat and says whom it answers.
const (
	deskDepth  = 5
	phoneDepth = 3
)

// Comment is one comment as its reader meets it.
type Comment struct {
	ID        int64
	URL       string // its own page
	By        Person // the name is empty for who has left
	Guest     bool
	Author    bool // said by a creator of the work
	Anonymous bool // …which nobody may name
	About     Link // the chapter it is said of; no address when it is deleted since
	Work      Link // its work, in lists over several
	At        time.Time
	Edited    time.Time
	HTML      string // safe HTML; empty where only its place stands
	Place     string // why: "deleted", "hidden", "muted" or "held"
	Held      bool   // only who said it, and who may approve it, read it
	Hidden    bool   // by staff, who read it still, as does who said it
	Frozen    bool   // its thread takes no answers
	Pinned    bool
	To        string // whom it answers
	Answer    string // where it is answered; empty: not by this viewer
	Edit      string
	Delete    string
	Acts      []CommentAct // what its writer or staff may do to it, and a reader about who said it
	Answers   []Comment
	More      int // answers that are not on this page
	Level     int // 1: it begins what is shown
}

// CommentAct is a button: Do is sent to the comment's own address. With a URL
// it is a link instead.
type CommentAct struct{ Do, Text, URL string }

// anchor is where a comment stands on its page.
func (c Comment) anchor() string { return "comment-" + strconv.FormatInt(c.ID, 10) }

// number is the comment as forms name it.
func (c Comment) number() string { return strconv.FormatInt(c.ID, 10) }

// buttons are the acts that are sent, and links those that lead on.
func (c Comment) buttons() (list []CommentAct) {
	for _, act := range c.Acts {
		if act.URL == "" {
			list = append(list, act)
		}
	}
	return list
}

func (c Comment) links() (list []CommentAct) {
	for _, act := range c.Acts {
		if act.URL != "" {
			list = append(list, act)
		}
	}
	return list
}

// who names who said it, in words alone.
func (c Comment) who(s Shell) string {
	switch {
	case c.Anonymous:
		return s.T("comment.anonymous")
	case c.By.Name == "":
		return s.T("comment.left")
	}
	return c.By.Name
}

// placed says why a place has no words.
func (c Comment) placed(s Shell) string {
	switch c.Place {
	case "hidden":
		return s.T("comment.place_hidden")
	case "muted":
		return s.T("comment.place_muted")
	case "held":
		return s.T("comment.place_held")
	}
	return s.T("comment.place_deleted")
}

// flat tells on which screens the comment stands no deeper than the one it
// answers, and so says whom it answers: "", "phone" or "desk".
func (c Comment) flat() string {
	switch {
	case c.Level > deskDepth:
		return "desk"
	case c.Level > phoneDepth:
		return "phone"
	}
	return ""
}

// Answers is what stands where a chapter ends: the box, and what others said.
type Answers struct {
	Open     bool        // the viewer may comment
	Closed   string      // otherwise why not, when that is said
	SignIn   bool        // …and who signs in may
	Form     CommentForm // when it does
	Comments []Comment   // the first few
	Count    int         // of the chapter, shown to everyone
	All      string      // the address of all comments of the chapter
	Whole    Link        // the comments of the whole work, when it has more chapters
	Held     Link        // what waits for the work's own writer
}

// says tells whether there is anything to show.
func (a Answers) says() bool {
	return a.Open || a.Closed != "" || a.Count > 0 || len(a.Comments) > 0 || a.Whole.URL != "" || a.Held.URL != ""
}

// CommentForm is the box one comments in. It posts comment, chapter, parent,
// form_id, and guest_name or pseud.
type CommentForm struct {
	Action  string
	Chapter int64
	Parent  int64 // 0: it begins a thread
	FormID  string
	Text    string
	Guest   bool   // who is asked for a name
	Name    string // that the guest gave
	Pseuds  []string
	Pseud   string // that is chosen
	Waits   string // what happens to the comment first, or empty
	Limits  archive.Limits
	Errors  Errors
	Filled  bool // its button is the one of the page
	Editing bool
}

func (f CommentForm) box(s Shell) field {
	return field{name: "comment", label: s.T("comment.yours"), help: s.T("comment.enough"), value: f.Text, errors: f.Errors, limit: f.Limits.Comment, class: "remark"}
}

func (f CommentForm) guestName(s Shell) field {
	return field{name: "guest_name", label: s.T("comment.guest_name"), help: s.T("comment.guest_help"), value: f.Name, errors: f.Errors, complete: "nickname"}
}

func (f CommentForm) chapter() string { return strconv.FormatInt(f.Chapter, 10) }

func (f CommentForm) parent() string { return strconv.FormatInt(f.Parent, 10) }

func (f CommentForm) button(s Shell) string {
	if f.Editing {
		return s.T("comment.save")
	}
	return s.T("comment.say")
}

// CommentsPage is the comments of a work or of one chapter, a page of threads
// at a time.
type CommentsPage struct {
	Shell
	Work    Link
	Lang    string
	Heading string
	Chapter Link // the chapter they are of; empty: all
	Whole   Link // the comments of the whole work, from those of a chapter
	Count   int  // shown to everyone
	Sorts   []Choice
	Answers Answers
	Pager   Pager
}

// Render writes the page.
func (p CommentsPage) Render(ctx context.Context, w io.Writer) error {
	return commentsPage(p).Render(ctx, w)
}

// ThreadPage is a comment with what follows from it.
type ThreadPage struct {
	Shell
	Work    Link
	Lang    string
	Heading string
	Up      Link // what it answers
	Whole   Link // the thread it stands in
	Back    Link // the chapter
	On      Link // the next chapter
	Comment Comment
	Pager   Pager
}

// Render writes the page.
func (p ThreadPage) Render(ctx context.Context, w io.Writer) error {
	return threadPage(p).Render(ctx, w)
}

// CommentFormPage is a box on a page of its own: for an answer, an edit, or a
// comment that was sent with something wrong.
type CommentFormPage struct {
	Shell
	Work    Link
	Lang    string
	Heading string
	To      []Comment // what is answered: one, or none
	Form    CommentForm
	Back    Link
}

// Render writes the page.
func (p CommentFormPage) Render(ctx context.Context, w io.Writer) error {
	return commentFormPage(p).Render(ctx, w)
}

// HeldPage is the comments that wait for a writer, on all their works, or for
// staff. Its form posts comment (any number) and do to its own address; on the
// desk also all, with listed for each that is shown.
type HeldPage struct {
	Shell
	Total    int
	Comments []Comment
	Pager    Pager
	Paused   time.Time // until when nobody may comment; zero: they may
	Desk     bool      // those that wait for staff, on all works
}

// PathDeskComments is where staff judge the comments that wait for them.
const PathDeskComments = "/desk/comments"

func (p HeldPage) action() string {
	if p.Desk {
		return PathDeskComments
	}
	return PathHeld
}

func (p HeldPage) count() string {
	if p.Desk {
		return p.N("desk_held.count", p.Total)
	}
	return p.N("held.count", p.Total)
}

// Render writes the page.
func (p HeldPage) Render(ctx context.Context, w io.Writer) error { return heldPage(p).Render(ctx, w) }

// heldWords lead a writer from her works to the comments on them.
func (p MyWorksPage) heldWords() string {
	if p.Held == 0 {
		return p.T("mine.comments")
	}
	return p.N("comments.wait_for_you", p.Held)
}

package archive

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Comment is what someone said of a chapter, or in answer to another comment.
type Comment struct {
	ID       int64
	Work     int64
	Chapter  int64  // its permanent number; the chapter may be deleted since
	Thread   int64  // the comment its thread began with; 0: it begins one
	Parent   int64  // the comment it answers; 0: it begins a thread
	Account  int64  // 0: a guest, or someone who has left
	Pseud    int64  // the pen name it is signed with; 0: none any more
	Guest    string // the name a guest gave
	Body     string // safe HTML without classes
	State    CommentState
	Sum      string // of its words: the same said twice is one
	Mark     string // of a guest's browser, while the comment is held
	Answers  int    // answers that stand right under it
	PostedAt time.Time
	EditedAt time.Time // zero: as it was first said
	HiddenAt time.Time // by staff; zero: not hidden
	FrozenAt time.Time // of a whole thread, on the comment that began it
	PinnedAt time.Time // zero: not pinned
}

// CommentState is where a comment stands.
type CommentState string

// The states of a comment.
const (
	CommentShown    CommentState = "shown"
	CommentWaiting  CommentState = "waiting"   // for the writer
	CommentSuspect  CommentState = "suspect"   // looks like spam: for the writer, or staff
	CommentForStaff CommentState = "for_staff" // new members' comments wait for staff
	CommentSpam     CommentState = "spam"      // marked so
	CommentDeleted  CommentState = "deleted"   // a place that its answers need
)

// IsHeld reports whether someone has still to look at the comment.
func (s CommentState) IsHeld() bool {
	return s == CommentWaiting || s == CommentSuspect || s == CommentForStaff
}

// ThreadID is the comment its thread began with.
func (c Comment) ThreadID() int64 {
	if c.Thread == 0 {
		return c.ID
	}
	return c.Thread
}

// IsPublic reports whether everyone reads it.
func (c Comment) IsPublic() bool { return c.State == CommentShown && c.HiddenAt.IsZero() }

// Stands reports whether it has a place on pages: to be read, or to hold its
// answers.
func (c Comment) Stands() bool { return c.IsPublic() || c.Answers > 0 }

// IsBy reports whether the viewer said it: the member, or the guest's browser
// with this mark.
func (c Comment) IsBy(v Viewer, mark string) bool {
	if v.IsMember() {
		return c.Account == v.Account
	}
	return mark != "" && c.Mark == mark
}

// SeenBy reports whether a viewer reads the words of a comment; one of the
// work's creators when creator is set. Its SQL stands in store/comments.go, and
// a test holds the two equal.
func (c Comment) SeenBy(v Viewer, creator bool, mark string) bool {
	own := c.IsBy(v, mark)
	switch c.State {
	case CommentShown:
		return c.HiddenAt.IsZero() || own || v.Staff
	case CommentWaiting:
		return own || creator
	case CommentSuspect:
		return own || creator || v.Staff
	case CommentForStaff, CommentSpam:
		return own || v.Staff
	}
	return false
}

// Commenting says whether a viewer may comment on a work, and if not, why.
type Commenting string

// The answers of CommentingOn.
const (
	CommentingOpen    Commenting = "open"
	CommentingSignIn  Commenting = "sign_in" // members may
	CommentingNobody  Commenting = "nobody"
	CommentingPaused  Commenting = "paused" // for a day
	CommentingUnasked Commenting = ""       // not by this viewer, and nothing is said of it
)

// CommentingOn decides whether a viewer may comment on a work. A pause of its
// writers never shows on an anonymous work: it would tell who wrote it, and
// every comment is held there anyway.
func CommentingOn(w Work, g Gate, t Tie, v Viewer, site Site, paused bool) Commenting {
	switch {
	case !g.Answer || v.Suspended:
		return CommentingUnasked
	case w.Comments == CommentsNobody:
		return CommentingNobody
	case paused && !t.Creator && !w.Anonymous:
		return CommentingPaused
	case !v.IsMember() && (w.Comments == CommentsMembers || !site.GuestComments):
		return CommentingSignIn
	}
	return CommentingOpen
}

// CommentStateFor is how a new comment begins: shown, or held for the writer or
// for staff. Suspect is what the spam score says.
func CommentStateFor(w Work, t Tie, v Viewer, site Site, suspect bool, now time.Time) CommentState {
	switch {
	case t.Creator:
		return CommentShown
	case v.IsMember() && site.NewPaused && v.IsNew(now, site.NewFor):
		return CommentForStaff
	case suspect:
		return CommentSuspect
	case !v.IsMember() || w.HoldsComments():
		return CommentWaiting
	}
	return CommentShown
}

// HoldsComments reports whether all comments of others wait for the writer.
func (w Work) HoldsComments() bool { return w.Moderated || w.Anonymous || w.Unrevealed }

// bigEdit is how many characters of an approved comment may change before it
// waits again.
const bigEdit = 10

// EditedState is where a comment stands after its words changed from one plain
// text to another: a big edit of what the writer approved waits again, and so
// does a new address by someone new.
func (c Comment) EditedState(w Work, t Tie, isNew bool, before, after string) CommentState {
	switch {
	case c.State != CommentShown || t.Creator:
		return c.State
	case w.HoldsComments() && DiffersBy(before, after, bigEdit):
		return CommentWaiting
	case isNew && addsAddress(before, after):
		return CommentWaiting
	}
	return c.State
}

// DiffersBy reports whether more than most characters must be put in, taken out
// or changed to make one text of another.
func DiffersBy(a, b string, most int) bool {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > most || len(y)-len(x) > most {
		return true
	}
	// Only cells within most of the diagonal can come to no more than most.
	far := most + 1
	before, row := make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range before {
		before[j] = min(j, far)
	}
	for i := 1; i <= len(x); i++ {
		from, to := max(1, i-most), min(len(y), i+most)
		least := far
		row[from-1] = far
		if from == 1 {
			row[0] = min(i, far)
			least = row[0]
		}
		for j := from; j <= to; j++ {
			cost := before[j-1]
			if x[i-1] != y[j-1] {
				cost = min(cost, before[j], row[j-1]) + 1
			}
			row[j] = min(cost, far)
			least = min(least, row[j])
		}
		if to < len(y) {
			row[to+1] = far
		}
		if least == far {
			return true
		}
		before, row = row, before
	}
	return before[len(y)] > most
}

// CheckGuestName notes what is wrong with the name a guest gives: 1–40
// characters that one can see. It is always shown with the word "guest".
func CheckGuestName(name string, most int, p *Problems) {
	switch n := utf8.RuneCountInString(name); {
	case n == 0 || !strings.ContainsFunc(name, unicode.IsGraphic):
		p.Add("guest_name", "required")
	case n > most:
		p.Add("guest_name", "too_long", "Limit", most, "Count", n)
	}
}

// CleanText takes out of a text what nobody sees: control, invisible and
// bidirectional characters. Line ends and tabs stay, as do the joiners that
// spell words in Persian and Indic scripts and emoji.
func CleanText(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\u200C' || r == '\u200D':
			return r
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

package archive

import "time"

// Viewer is who looks or acts: a guest (the zero Viewer), a member or staff.
type Viewer struct {
	Account int64  // 0: a guest
	Name    string // the account's name
	Staff   bool
}

// IsMember reports whether the viewer has an account here.
func (v Viewer) IsMember() bool { return v.Account != 0 }

// Standing is everything about a work that decides who may see it.
type Standing struct {
	PostedAt   time.Time // zero: a draft; later than now: scheduled
	HiddenAt   time.Time // zero: not hidden by staff
	DeletedAt  time.Time // zero: not deleted
	PurgeAt    time.Time // when a deleted work goes for good
	Restricted bool      // members only
}

// Opening is what a viewer meets at a work's address.
type Opening uint8

// The three answers of the gate at an address. A work one may not know of and
// a number never used are the same Missing.
const (
	Missing Opening = iota
	SignIn          // members only, said without naming anything
	Opens
)

// Gate is what one viewer may do with one work. It is the rule of DESIGN.md
// §1.4; its SQL stands in store/visible.go and a test holds the two equal.
type Gate struct {
	Open Opening // at its own address
	List bool    // in lists, counts, feeds, search and suggestions
	Name bool    // may know its creators
	Edit bool    // may change it
}

// GateFor decides for a viewer, who is or is not one of the work's creators.
func GateFor(v Viewer, creator bool, s Standing, now time.Time) Gate {
	listed := s.shownTo(v, now) && (!s.Restricted || v.IsMember())
	switch {
	case creator && v.IsMember() && s.isKept(now):
		return Gate{Open: Opens, List: listed, Name: true, Edit: s.DeletedAt.IsZero()}
	case listed:
		return Gate{Open: Opens, List: true, Name: true}
	case s.shownTo(v, now):
		return Gate{Open: SignIn}
	}
	return Gate{}
}

// shownTo: posted, not deleted, and not hidden from this viewer.
func (s Standing) shownTo(v Viewer, now time.Time) bool {
	posted := !s.PostedAt.IsZero() && !s.PostedAt.After(now)
	return posted && s.DeletedAt.IsZero() && (s.HiddenAt.IsZero() || v.Staff)
}

// isKept: not deleted, or deleted and still to be brought back.
func (s Standing) isKept(now time.Time) bool { return s.DeletedAt.IsZero() || s.PurgeAt.After(now) }

// State names the standing for the writer's own list: "draft", "scheduled",
// "posted", "hidden" or "deleted".
func (s Standing) State(now time.Time) string {
	switch {
	case !s.DeletedAt.IsZero():
		return "deleted"
	case s.PostedAt.IsZero():
		return "draft"
	case s.PostedAt.After(now):
		return "scheduled"
	case !s.HiddenAt.IsZero():
		return "hidden"
	}
	return "posted"
}

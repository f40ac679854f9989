package archive

import "time"

// Viewer is who looks or acts: a guest (the zero Viewer), a member or staff.
type Viewer struct {
	Account   int64  // 0: a guest
	Name      string // the account's name
	Staff     bool
	Wrangler  bool      // a member who sorts tags
	Suspended bool      // by staff: reads, and writes nothing
	Since     time.Time // when they joined; zero: a guest, or not asked
}

// IsMember reports whether the viewer has an account here.
func (v Viewer) IsMember() bool { return v.Account != 0 }

// MayWrangle reports whether the viewer may sort tags.
func (v Viewer) MayWrangle() bool { return (v.Staff || v.Wrangler) && !v.Suspended }

// IsNew reports whether the viewer is a guest or joined less than so long ago:
// what they write is looked at more closely.
func (v Viewer) IsNew(now time.Time, within time.Duration) bool {
	return !v.IsMember() || (!v.Staff && now.Sub(v.Since) < within)
}

// Standing is everything about a work that decides who may see it.
type Standing struct {
	PostedAt   time.Time // zero: a draft; later than now: scheduled
	WaitingAt  time.Time // since when it waits for staff to approve it; zero: it does not
	HiddenAt   time.Time // zero: not hidden by staff
	DeletedAt  time.Time // zero: not deleted
	PurgeAt    time.Time // when a deleted work goes for good
	Restricted bool      // members only
	Unrevealed bool      // nobody but its creators knows of it yet
	Anonymous  bool      // nobody but its creators knows who signs it
}

// Tie is what stands between a viewer and the creators of a work.
type Tie struct {
	Creator   bool // is one of them
	Muted     bool // does not want to meet the work of one of them
	MutedWork bool // does not want to meet this work, whoever wrote it
	Blocked   bool // may not answer one of them
	Peeking   bool // staff who gave a reason to look at what is private
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
	Open   Opening // at its own address
	List   bool    // in lists, counts, feeds, search and suggestions
	Name   bool    // may know its creators
	Answer bool    // may comment, leave kudos, bookmark
	Edit   bool    // may change it
}

// GateFor decides for a viewer with some tie to the work's creators. Blocks
// and mutes of persons never show on an anonymous work: they would tell who
// wrote it.
func GateFor(v Viewer, t Tie, s Standing, now time.Time) Gate {
	shown := s.shownTo(v, now)
	within := shown && (!s.Restricted || v.IsMember())
	g := Gate{Open: Opens, List: within && !t.MutedWork && (!t.Muted || s.Anonymous), Name: true}
	switch {
	case t.Creator && v.IsMember() && s.isKept(now):
		g.Answer, g.Edit = within && s.isOut(), s.DeletedAt.IsZero()
	case t.Peeking && v.Staff && s.DeletedAt.IsZero():
	case within:
		g.Name = !s.Anonymous
		g.Answer = s.isOut() && !v.Suspended && (!t.Blocked || s.Anonymous)
	case shown:
		return Gate{Open: SignIn}
	default:
		return Gate{}
	}
	return g
}

// shownTo: posted, revealed, not deleted, and neither hidden from this viewer
// nor waiting for approval.
func (s Standing) shownTo(v Viewer, now time.Time) bool {
	posted := !s.PostedAt.IsZero() && !s.PostedAt.After(now)
	return posted && !s.Unrevealed && s.DeletedAt.IsZero() && (s.isOut() || v.Staff)
}

// isOut: staff neither hid the work nor have still to approve it.
func (s Standing) isOut() bool { return s.HiddenAt.IsZero() && s.WaitingAt.IsZero() }

// isKept: not deleted, or deleted and still to be brought back.
func (s Standing) isKept(now time.Time) bool { return s.DeletedAt.IsZero() || s.PurgeAt.After(now) }

// State names the standing for the writer's own list: "draft", "scheduled",
// "waiting", "posted", "unrevealed", "hidden" or "deleted".
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
	case !s.WaitingAt.IsZero():
		return "waiting"
	case s.Unrevealed:
		return "unrevealed"
	}
	return "posted"
}

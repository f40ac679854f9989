package page

import (
	"context"
	"io"
	"time"
)

// PathFollowing is what a member follows.
const PathFollowing = "/account/following"

// Follow is the button by which a work or a person is followed, or, for whom it
// is about, how many do. The zero Follow is nothing. Its form posts do
// ("follow", "stop") and to.
type Follow struct {
	URL    string // where it is asked and done; empty: there is no button
	To     string // the page to come back to
	On     bool   // this member follows it
	Count  int    // how many do; only for whom it is about
	Person bool   // it is a person, not a work
}

// do is what the button sends.
func (f Follow) do() string {
	if f.On {
		return "stop"
	}
	return "follow"
}

// says is what the button is called.
func (f Follow) says(s Shell) string {
	if f.On {
		return s.T("follow.stop")
	}
	return s.T("follow.button")
}

// counted is how many follow it, in words.
func (f Follow) counted(s Shell) string {
	if f.Person {
		return s.N("follow.count_person", f.Count)
	}
	return s.N("follow.count_work", f.Count)
}

// FollowPage asks whether a work or a person shall be followed, and says what
// that does.
type FollowPage struct {
	Shell
	Errors Errors // of follow
	Follow Follow
	Back   string
}

// Render writes the page.
func (p FollowPage) Render(ctx context.Context, w io.Writer) error {
	return followPage(p).Render(ctx, w)
}

func (p FollowPage) does() string {
	if p.Follow.Person {
		return p.T("follow.does_person")
	}
	return p.T("follow.does_work")
}

// FollowingPage lists what a member follows. Its forms post work or person, and
// page.
type FollowingPage struct {
	Shell
	Items []FollowedItem
	Total int
	Pager Pager
}

// Render writes the page.
func (p FollowingPage) Render(ctx context.Context, w io.Writer) error {
	return followingPage(p).Render(ctx, w)
}

// FollowedItem is a work or a person that is followed.
type FollowedItem struct {
	Field string // "work" or "person"
	ID    string
	Name  string // or title; empty: it is not theirs to see
	URL   string
	Lang  string // of the title
	Muted bool
	Since time.Time
}

func (i FollowedItem) isPerson() bool { return i.Field == "person" }

// called is its name, or what stands in its place.
func (i FollowedItem) called(s Shell) string {
	switch {
	case i.Name != "":
		return i.Name
	case i.isPerson():
		return s.T("follow.person_gone")
	}
	return s.T("follow.work_gone")
}

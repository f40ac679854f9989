package page

import (
	"context"
	"io"
	"time"
)

// HomePage is the first page.
type HomePage struct {
	Shell
	About   string      // what this place is, in the owner's words; empty says it in ours
	CanJoin bool        // anyone may sign up
	News    []InboxItem // a member's newest unread notices
	Posted  NewsItem    // the archive's newest news, unless its reader has closed it
	Latest  []Blurb
	Fandoms []CountedLink // the largest
	KeptOut KeptOut

	Favourites []CountedLink // tags, of a member
}

// Render writes the page.
func (p HomePage) Render(ctx context.Context, w io.Writer) error { return homePage(p).Render(ctx, w) }

// CountedLink is a place and how many works stand there.
type CountedLink struct {
	Name  string
	URL   string
	Count int
}

// FandomsPage lists the fandoms by medium.
type FandomsPage struct {
	Shell
	Media   []Medium
	Muted   int // works
	KeptOut KeptOut
}

// Render writes the page.
func (p FandomsPage) Render(ctx context.Context, w io.Writer) error {
	return fandomsPage(p).Render(ctx, w)
}

// Medium is a kind of source ("books", "television") and its fandoms.
type Medium struct {
	Name    string // empty: not sorted yet
	Fandoms []CountedLink
}

// ProfilePage shows a member to others.
type ProfilePage struct {
	Shell
	Name    string
	Own     bool     // the viewer's own
	Staff   bool     // of those who run the archive
	URL     string   // of the account
	Pseuds  []Person // those of the account, when there are more than one
	Joined  time.Time
	Total   int
	Blurbs  []Blurb
	Pager   Pager
	Empty   string // what to say when there are none of those asked for
	Muted   int    // works the viewer's mutes keep out
	KeptOut KeptOut
	Follow  Follow

	Filters Filters // without an address where there is nothing to narrow

	Together Link // to all of them as one book, for members
	Orphans  bool // the account of works their writers gave up
}

// Render writes the page.
func (p ProfilePage) Render(ctx context.Context, w io.Writer) error {
	return profilePage(p).Render(ctx, w)
}

// MenuPage holds the ways through the site; the header's drawer is its menu.
type MenuPage struct{ Shell }

// Render writes the page.
func (p MenuPage) Render(ctx context.Context, w io.Writer) error { return menuPage(p).Render(ctx, w) }

// mediumWord names a medium; an archive's own media are shown as they are.
func mediumWord(s Shell, name string) string {
	switch name {
	case "":
		return s.T("medium.unsorted")
	case "books":
		return s.T("medium.books")
	case "television":
		return s.T("medium.television")
	case "films":
		return s.T("medium.films")
	case "games":
		return s.T("medium.games")
	case "comics":
		return s.T("medium.comics")
	case "theatre":
		return s.T("medium.theatre")
	case "music":
		return s.T("medium.music")
	case "radio":
		return s.T("medium.radio")
	case "myths":
		return s.T("medium.myths")
	}
	return name
}

package page

import (
	"context"
	"io"
)

// ListPage is a list of works: all of them, or those of a tag.
type ListPage struct {
	Shell
	Kind       string // of the tag the list is of: "fandom", "rating" …; empty for all works
	Heading    string // the tag's name, or what the list is
	About      string // one sentence under the heading, or empty
	Total      int
	Filters    Filters
	Blurbs     []Blurb
	Pager      Pager
	Empty      string // what to say when there are none
	Useful     Link   // the one useful link then
	Mute       Link   // of a tag, for members
	Favour     Favour // alike
	Unanswered bool   // finding them took too long, as Empty says
	Muted      int    // works the viewer's mutes keep out
	KeptOut    KeptOut
	Together   Link // to all of them as one book, for members
}

// Render writes the page.
func (p ListPage) Render(ctx context.Context, w io.Writer) error { return listPage(p).Render(ctx, w) }

// Choice is one of several ways to see the same thing.
type Choice struct {
	Text   string
	URL    string
	Value  string // of the field of a form that offers the same
	Chosen bool
}

// Pager leads through the pages of a list.
type Pager struct {
	Previous string // addresses, empty where there is none
	Next     string
	Numbers  []PageNumber

	Since     int    // works that are new or have been updated since the reader began
	SinceMany bool   // so many that they were not counted
	Now       string // the address of the list as it stands
	Beyond    int    // how many pages there are, where one after the last was asked for
}

// PageNumber is a page one may go to. Gap says that pages are left out before
// it.
type PageNumber struct {
	Number  int
	URL     string
	Current bool
	Gap     bool
}

// NewPager makes the pager of page current of last, both from 1: the first and
// last page and two on either side of the current one. href gives the address
// of a page. A list of one page has no pager.
func NewPager(current, last int, href func(page int) string) Pager {
	var p Pager
	if last <= 1 {
		return p
	}
	if current > 1 {
		p.Previous = href(current - 1)
	}
	if current < last {
		p.Next = href(current + 1)
	}
	shown := 0
	for n := 1; n <= last; n++ {
		if n != 1 && n != last && (n < current-2 || n > current+2) {
			continue
		}
		p.Numbers = append(p.Numbers, PageNumber{Number: n, URL: href(n), Current: n == current, Gap: n > shown+1})
		shown = n
	}
	return p
}

// kindWord says what kind of tag a list is of.
func kindWord(s Shell, kind string) string {
	switch kind {
	case "fandom":
		return s.T("kind.fandom")
	case "relationship":
		return s.T("kind.relationship")
	case "character":
		return s.T("kind.character")
	case "freeform":
		return s.T("kind.freeform")
	case "rating":
		return s.T("kind.rating")
	case "warning":
		return s.T("kind.warning")
	case "category":
		return s.T("kind.category")
	}
	return ""
}

// stateWord says a state other than posted, for the writer alone.
func stateWord(s Shell, state string) string {
	switch state {
	case "anonymous":
		return s.T("state.anonymous")
	case "draft":
		return s.T("state.draft")
	case "scheduled":
		return s.T("state.scheduled")
	case "hidden":
		return s.T("state.hidden")
	case "waiting":
		return s.T("state.waiting")
	case "unrevealed":
		return s.T("state.unrevealed")
	}
	return state
}

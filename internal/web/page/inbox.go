package page

import (
	"context"
	"io"
	"strconv"
	"time"

	"ficus/internal/archive"
)

// PathNotices is where notices are marked and deleted.
const PathNotices = "/notices"

// InboxPage is the notices of the site to one member. Its form posts id or all,
// do ("read", "unread", "delete") and the filter.
type InboxPage struct {
	Shell
	Filter InboxFilter
	Items  []InboxItem
	Total  int
	Pager  Pager
}

// Render writes the page.
func (p InboxPage) Render(ctx context.Context, w io.Writer) error { return inboxPage(p).Render(ctx, w) }

// InboxFilter says which notices are shown.
type InboxFilter struct {
	Show   string // "unread", "read" or both
	Topic  string // empty: all
	Oldest bool   // first
}

// InboxItem is one notice: a sentence, what it is about, and when.
type InboxItem struct {
	ID      string
	Text    string
	Link    Link
	At      time.Time
	Unread  bool
	Said    string // a comment in safe HTML, or empty
	Lang    string // of the work it is of
	Comment string // its number
	Held    bool   // it waits for the member
	Answer  string // where an answer to it is posted; empty: it takes none
	Chapter string
}

// pick is one choice of a drop-down.
type pick struct {
	value, label string
	chosen       bool
}

func (p InboxPage) shows() []pick {
	f := p.Filter
	return []pick{
		{"", p.T("inbox.show_all"), f.Show == ""}, {"unread", p.T("inbox.show_unread"), f.Show == "unread"}, {"read", p.T("inbox.show_read"), f.Show == "read"},
	}
}

func (p InboxPage) topics() []pick {
	list := []pick{{"", p.T("topic.all"), p.Filter.Topic == ""}}
	for _, t := range archive.Topics() {
		list = append(list, pick{string(t), p.T(topicWords[string(t)]), p.Filter.Topic == string(t)})
	}
	return list
}

func (p InboxPage) orders() []pick {
	return []pick{{"", p.T("inbox.newest"), !p.Filter.Oldest}, {"oldest", p.T("inbox.oldest"), p.Filter.Oldest}}
}

// current is the number of the page that is shown.
func (p Pager) current() string {
	for _, n := range p.Numbers {
		if n.Current {
			return strconv.Itoa(n.Number)
		}
	}
	return "1"
}

func (f InboxFilter) order() string {
	if f.Oldest {
		return "oldest"
	}
	return ""
}

package page

import (
	"context"
	"io"
	"strings"
	"time"
)

// Where a member's saved filters are, and where shared ones open.
const (
	PathFilters = "/account/filters"
	PathShared  = "/filters"
	PathFeeds   = "/feeds" // the feeds of single ones, for whoever has their secret
)

// What is done with a saved filter.
const (
	ActSave      = "save"
	ActOver      = "over"
	ActRename    = "rename"
	ActShare     = "share"
	ActKeep      = "keep"
	ActSubscribe = "subscribe"
	ActStop      = "stop"
	ActDrop      = "drop"
	ActFeed      = "feed"
	ActEndFeed   = "end-feed"
)

// SaveFilterPage asks under which name a filter is saved, or over which other.
// Its forms post what was asked, do, and filter_name or over.
type SaveFilterPage struct {
	Shell
	FormID string
	Asks   Asks
	Asked  []Typed // the filter itself
	Name   string
	Others []Choice
	Limit  int    // characters of a name
	Errors Errors // of filter_name, over and the filter
	Wrong  bool   // the filter cannot be saved
}

// Asks is what a filter asks, in words.
type Asks struct {
	Of    string   // whose works it narrows; empty: everybody's
	Parts []string // each by itself
	Order string
}

// Render writes the page.
func (p SaveFilterPage) Render(ctx context.Context, w io.Writer) error {
	return saveFilterPage(p).Render(ctx, w)
}

func filterName(s Shell, typed string, limit int, errors Errors) field {
	return field{name: "filter_name", label: s.T("saved.name"), value: typed, errors: errors, limit: limit, required: true}
}

// SavedFilter is one of a member's.
type SavedFilter struct {
	Name       string
	URL        string // its page
	List       string // the list it narrows; empty when it is there no more
	Asks       Asks
	Shared     string // the address whoever has it opens it by; empty: it is private
	Subscribed bool
	Fed        time.Time // when its own feed was given an address; zero: it has none
}

// SavedFiltersPage lists them.
type SavedFiltersPage struct {
	Shell
	Filters []SavedFilter
}

// Render writes the page.
func (p SavedFiltersPage) Render(ctx context.Context, w io.Writer) error {
	return savedFiltersPage(p).Render(ctx, w)
}

// SavedFilterPage is what can be done with one. Its forms post do, and
// filter_name.
type SavedFilterPage struct {
	Shell
	SavedFilter
	Typed string
	Limit int // characters of a name

	FreshFeed string // the address of its own feed, shown this once
	Errors    Errors // of filter_name
}

// Render writes the page.
func (p SavedFilterPage) Render(ctx context.Context, w io.Writer) error {
	return savedFilterPage(p).Render(ctx, w)
}

// state says in one line what became of a filter.
func (f SavedFilter) state(s Shell) string {
	var said []string
	if f.List == "" {
		said = append(said, s.T("saved.gone_short"))
	}
	if f.Shared == "" {
		said = append(said, s.T("saved.private_short"))
	} else {
		said = append(said, s.T("saved.shared_short"))
	}
	if f.Subscribed {
		said = append(said, s.T("saved.told_short"))
	}
	return strings.Join(said, " · ")
}

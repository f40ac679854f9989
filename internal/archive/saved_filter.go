package archive

import (
	"time"
	"unicode/utf8"
)

// SavedFilter is a filter that a member keeps under a name.
type SavedFilter struct {
	ID           int64
	Account      int64 // whose it is
	Name         string
	Query        string // what it asks, as an address says it
	Person       int64  // whose works it narrows; 0: everybody's
	Pseud        int64  // the pen name of theirs; 0: all they sign
	Token        string // with it whoever has it opens it; empty: it is private
	At           time.Time
	SubscribedAt time.Time // zero: its member is not told of works
	FeedAt       time.Time // when the feed of its own was given its address; zero: it has none
}

// IsSubscribed reports whether its member is told of works.
func (f SavedFilter) IsSubscribed() bool { return !f.SubscribedAt.IsZero() }

// CheckFilterName notes what is wrong with the name of a filter.
func CheckFilterName(name string, limits Limits, problems *Problems) {
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		problems.Add("filter_name", "required")
	case n > limits.FilterName:
		problems.Add("filter_name", "too_long", "Limit", limits.FilterName, "Count", n)
	}
}

package page

import (
	"context"
	"io"
)

// SearchPage is one field and, once something was asked, what it found.
type SearchPage struct {
	Shell
	Query  string // as typed; empty before anything was asked
	Total  int
	Tags   []CountedLink // tags whose names match
	Blurbs []Blurb
	Pager  Pager
}

// Render writes the page.
func (p SearchPage) Render(ctx context.Context, w io.Writer) error {
	return searchPage(p).Render(ctx, w)
}

// The tags a search shows before the rest folds.
const tagsFound = 5

func (p SearchPage) foundTags() (first, rest []CountedLink) {
	n := min(tagsFound, len(p.Tags))
	return p.Tags[:n], p.Tags[n:]
}

// MissingPage answers an address that leads nowhere, or nowhere this viewer
// may know of: the two are alike.
type MissingPage struct {
	Shell
	Rescued string // what was sent there and goes nowhere
}

// Render writes the page.
func (p MissingPage) Render(ctx context.Context, w io.Writer) error {
	return missingPage(p).Render(ctx, w)
}

// MessagePage says one thing: something done, something refused, something
// that broke.
type MessagePage struct {
	Shell
	Heading   string
	Sentences []string // a paragraph each
	Next      Link     // the one filled button, or empty
	RequestID string   // for something that broke: what to tell the owner
	Rescued   string   // what was sent and was not saved
}

// Render writes the page.
func (p MessagePage) Render(ctx context.Context, w io.Writer) error {
	return messagePage(p).Render(ctx, w)
}

// NewErrorPage is the page of a failure of ours: a safe sentence and the
// number under which the log has the rest.
func NewErrorPage(s Shell, requestID string) MessagePage {
	s.Title, s.NoIndex = s.T("error.title"), true
	return MessagePage{
		Shell: s, Heading: s.Title, Sentences: []string{s.T("error.sentence")}, RequestID: requestID,
		Next: Link{s.T("error.home"), PathHome},
	}
}

// NewMissingPage is the page of an address that leads nowhere.
func NewMissingPage(s Shell) MissingPage {
	s.Title, s.NoIndex = s.T("missing.title"), true
	return MissingPage{Shell: s}
}

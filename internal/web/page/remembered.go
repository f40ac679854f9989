package page

import (
	"context"
	"io"
)

// PathExclusions is what a member leaves out of every list.
const PathExclusions = "/account/exclusions"

// KeptOut is what a member's usual exclusions keep out of a list, or would.
type KeptOut struct {
	Works int
	Names []string // of the tags
	Shown bool     // the rest is shown
	URL   string   // of the same list the other way
}

// namesKept is how many tags a sentence names before it only counts them.
const namesKept = 8

// says is that in one sentence.
func (k KeptOut) says(s Shell) string {
	names := k.Names[:min(len(k.Names), namesKept)]
	if more := len(k.Names) - len(names); more > 0 {
		names = append(names[:len(names):len(names)], s.N("kept.more", more))
	}
	key := "kept.here"
	if k.Shown {
		key = "kept.shown"
	}
	return s.N(key, k.Works, "Names", s.Words.List(names))
}

// LeaveOut is a button that makes what a list leaves out the usual of its
// reader; without Tags there is none.
type LeaveOut struct {
	Tags []string // as an address names them
	To   string   // the list without them
}

// PathFavourites is the tags on a member's first page.
const PathFavourites = "/account/favourites"

// Favour is a button that puts a tag on its reader's first page, or takes it
// off; without ID there is none.
type Favour struct {
	ID string
	On bool
	To string // the tag's page
}

// FavouritesPage lists a member's favourite tags. Its forms post drop, or add
// and to.
type FavouritesPage struct {
	Shell
	Tags   []RememberedTag
	Errors Errors // of favourite
}

// Render writes the page.
func (p FavouritesPage) Render(ctx context.Context, w io.Writer) error {
	return favouritesPage(p).Render(ctx, w)
}

// ExclusionsPage lists the tags a member leaves out of every list. Its forms
// post tags, or exclude and to, or drop.
type ExclusionsPage struct {
	Shell
	Tags   []RememberedTag
	Typed  string
	Errors Errors // of tags
}

// RememberedTag is a tag a member leaves out, or has on their first page.
type RememberedTag struct {
	ID, Kind, Name, URL string
}

// Render writes the page.
func (p ExclusionsPage) Render(ctx context.Context, w io.Writer) error {
	return exclusionsPage(p).Render(ctx, w)
}

func (p ExclusionsPage) field() field {
	return field{name: "tags", label: p.T("exclusions.field"), help: p.T("exclusions.help"), value: p.Typed, errors: p.Errors}
}

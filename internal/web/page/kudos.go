package page

import (
	"context"
	"io"
)

// Kudos is what stands under a story of the thanks it had, and how to add to
// them. Its form posts as ("name" or "reader") and to.
type Kudos struct {
	Action string // where they are left, and where all who left them are listed
	To     string // the page to come back to
	Said   string // what has just happened, or empty
	May    bool   // this reader may leave them
	Left   bool   // this member did
	Named  bool   // by name
	Usual  bool   // the member's name stands beside them unless they say otherwise
	Veiled bool   // no names are shown: nobody knows who signs the work
	Member bool
	Count  int
	Names  []Person // the latest who left them by name
	More   int      // how many others did by name
}

// empty tells whether there is nothing to show.
func (k Kudos) empty() bool { return !k.May && !k.Left && k.Said == "" && k.Count == 0 }

// readers is how many left them without a name.
func (k Kudos) readers() int { return max(0, k.Count-len(k.Names)-k.More) }

// usual and other are what the two buttons send.
func (k Kudos) usual() string { return as(!k.Member || k.Usual) }

func (k Kudos) other() string { return as(k.Member && !k.Usual) }

func as(named bool) string {
	if named {
		return "name"
	}
	return "reader"
}

// KudosPart is the part alone, for a page that is open already.
type KudosPart struct {
	Shell
	Kudos Kudos
}

// Render writes the part.
func (p KudosPart) Render(ctx context.Context, w io.Writer) error {
	return kudosPart(p.Shell, p.Kudos).Render(ctx, w)
}

// KudosPage lists everyone who left kudos by name.
type KudosPage struct {
	Shell
	Story Link
	Lang  string // of the story
	Kudos Kudos  // Names are those of this page
	Pager Pager
}

// Render writes the page.
func (p KudosPage) Render(ctx context.Context, w io.Writer) error { return kudosPage(p).Render(ctx, w) }

// Figures are what a work's pages count beside its words.
type Figures struct {
	Hits        int
	Kudos       int
	Comments    int    // shown to everyone
	CommentsURL string // all of them
}

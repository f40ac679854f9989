package page

import (
	"context"
	"io"
)

// LaterPage asks to wait a while. What was sent waits in it: Action is where it
// goes when it is sent again, and Kept what was typed; both empty for a page
// that was only asked for.
type LaterPage struct {
	Shell
	Minutes int
	Action  string
	Kept    []Typed
}

// Render writes the page.
func (p LaterPage) Render(ctx context.Context, w io.Writer) error { return laterPage(p).Render(ctx, w) }

// Package page is what people see: one value a page, filled by the handlers
// and complete before it is rendered, with the template, style and script of
// each part lying beside it. LOOK.md binds it; look_test.go shows it.
package page

import (
	"context"
	"io"
)

// Page is a page with all its data.
type Page interface {
	// Render writes the whole document. It fails only when w does or ctx ends.
	Render(ctx context.Context, w io.Writer) error
}

// Link is some words that lead somewhere.
type Link struct {
	Text string
	URL  string
}

// Person is a pseud as shown: in a byline, a gift, a list.
type Person struct {
	Name string
	URL  string // empty when the name leads nowhere
}

// Tag is a tag in its writer's words.
type Tag struct {
	Name    string
	URL     string
	Main    bool // one of the work's main relationships
	Matched bool // the list being shown asks for it
}

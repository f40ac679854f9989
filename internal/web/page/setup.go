package page

import (
	"context"
	"io"
)

// PathSetUp is the owner's first page; only the link that the program prints
// opens it.
const PathSetUp = "/setup"

// SetUpPage makes the first staff account and the archive its owner's. Its form
// posts token, name, email, password and the first of the settings.
type SetUpPage struct {
	Shell
	Errors    Errors
	Token     string
	Name      string
	Email     string
	Typed     SiteTyped
	Languages []string
}

// Render writes the page.
func (p SetUpPage) Render(ctx context.Context, w io.Writer) error { return setUpPage(p).Render(ctx, w) }

func (p SetUpPage) form() siteForm {
	return siteForm{Shell: p.Shell, typed: p.Typed, errors: p.Errors, languages: p.Languages}
}

func (p SetUpPage) fields() []field {
	return SignUpPage{Shell: p.Shell, Errors: p.Errors, Name: p.Name, Email: p.Email}.fields()
}

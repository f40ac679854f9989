package page

import (
	"context"
	"io"
	"time"
)

// The addresses of an account's names.
const (
	PathName        = "/account/name"
	PathAddPseud    = "/account/pseuds"
	PathOnePseud    = "/account/pseuds/" // and the number of a pen name
	PathUsualPseud  = "/usual"           // after that
	PathPseudRemove = "/delete"
)

// NamePage asks for another name of the account. Its form posts name to
// /account/name.
type NamePage struct {
	Shell
	Errors Errors // of name
	Name   string
	Typed  string
	Until  time.Time // how long the name until now is kept, if it is changed today
}

// Render writes the page.
func (p NamePage) Render(ctx context.Context, w io.Writer) error { return namePage(p).Render(ctx, w) }

func (p NamePage) field() field {
	return field{name: "name", label: p.T("name.new"), help: p.T("name.new_help"), value: p.Typed, errors: p.Errors, complete: "username", required: true}
}

// PseudPage is one pen name of a member. Its forms post pseud to its address,
// and nothing to …/usual.
type PseudPage struct {
	Shell
	Errors Errors // of pseud
	Person        // as readers meet it
	Typed  string
	Own    bool // the account's own name: it changes with the account
	Usual  bool // signed with unless the writer says otherwise
	Works  int
	Action string
}

// Render writes the page.
func (p PseudPage) Render(ctx context.Context, w io.Writer) error { return pseudPage(p).Render(ctx, w) }

func (p PseudPage) field() field {
	return field{name: "pseud", label: p.T("account.pseud"), help: p.T("pseud.help"), value: p.Typed, errors: p.Errors, complete: "off", required: true}
}

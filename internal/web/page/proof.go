package page

import (
	"context"
	"io"
	"time"

	"ficus/internal/archive"
)

// The addresses of an account's mail and of links that came by it.
const (
	PathEmail      = "/account/email"
	PathEmailAgain = "/account/email/again"
	PathForgotten  = "/forgotten"
)

// EmailPage is a member's address: what it is, whether it was proved, and
// another one. Its forms post email to /account/email, and nothing to
// /account/email/again.
type EmailPage struct {
	Shell
	Errors  Errors // of email
	Email   string // empty: none
	Proved  bool
	Waiting string // a new address whose link was not followed yet
	Until   time.Time
	Typed   string // an address that was refused
}

// Render writes the page.
func (p EmailPage) Render(ctx context.Context, w io.Writer) error { return emailPage(p).Render(ctx, w) }

func (p EmailPage) field() field {
	f := field{name: "email", label: p.T("email.new"), value: p.Typed, errors: p.Errors, kind: "email", complete: "email", required: true}
	switch {
	case p.Proved:
		f.help = p.T("email.new_help")
	case p.Email == "":
		f.label = p.T("account.email")
	}
	return f
}

// ForgottenPage asks whose password is to be set anew, and after that says
// the same whoever was named.
type ForgottenPage struct {
	Shell
	Errors Errors // of name
	Name   string
	Sent   bool
}

// Render writes the page.
func (p ForgottenPage) Render(ctx context.Context, w io.Writer) error {
	return forgottenPage(p).Render(ctx, w)
}

func (p ForgottenPage) field() field {
	return field{name: "name", label: p.T("account.name_or_email"), value: p.Name, errors: p.Errors, complete: "username", required: true}
}

// ProofPage is what a link sent by mail opens: a question with one button,
// since programs that look at mail open links too. A reset asks for password.
type ProofPage struct {
	Shell
	Errors  Errors // of password
	Purpose archive.ProofPurpose
	Name    string // of the account
	Address string // the mail address it is about
	Action  string
	Key     string
}

// Render writes the page.
func (p ProofPage) Render(ctx context.Context, w io.Writer) error { return proofPage(p).Render(ctx, w) }

// words are the heading, the sentence and the button of a purpose.
func (p ProofPage) words() (heading, sentence, button string) {
	said := []any{"Name", p.Name, "Address", p.Address, "Site", p.Site}
	switch p.Purpose {
	case archive.ProofForReset:
		return p.T("proof.reset.title"), p.T("proof.reset.sentence", said...), p.T("proof.reset.button")
	case archive.ProofToStop:
		return p.T("proof.stop.title"), p.T("proof.stop.sentence", said...), p.T("proof.stop.button")
	case archive.ProofOfChange:
		return p.T("proof.mail.title"), p.T("proof.change.sentence", said...), p.T("proof.mail.button")
	}
	return p.T("proof.mail.title"), p.T("proof.mail.sentence", said...), p.T("proof.mail.button")
}

// Heading is what the page is called.
func (p ProofPage) Heading() string {
	heading, _, _ := p.words()
	return heading
}

func (p ProofPage) asksPassword() bool { return p.Purpose == archive.ProofForReset }

func (p ProofPage) password() field {
	return field{name: "password", label: p.T("account.new_password"), help: p.N("account.password_help", minPasswordShown), errors: p.Errors, kind: "password", complete: "new-password", required: true}
}

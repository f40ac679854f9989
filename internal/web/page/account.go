package page

import (
	"context"
	"io"
	"time"
)

// SignUpPage is the form of a new account.
type SignUpPage struct {
	Shell
	FormID string
	Errors Errors // of name, email, password
	Name   string
	Email  string
	To     string // where to go afterwards
	Closed bool   // nobody may sign up now

	Invitation string // the token one came with; the form carries it
	Invited    bool   // only who is invited may sign up
	Gone       bool   // the invitation that was shown does not work
	Queue      bool   // one may ask for an invitation
	Unopened   bool   // nobody runs the archive yet

	Rules PaperLink // the page of the rules; empty: none

	TakesGifts bool // ticked: others may give works to them
	MailGifts  bool // ticked: and be told by mail
}

// Render writes the page.
func (p SignUpPage) Render(ctx context.Context, w io.Writer) error {
	return signUpPage(p).Render(ctx, w)
}

// SignInPage asks who one is. Reason is said above it when another page sent
// the reader here.
type SignInPage struct {
	Shell
	Errors  Errors // of password: the pair of name and password is wrong
	Name    string
	To      string
	Reason  string
	CanJoin bool

	Passkeys bool // a device may answer instead

	// A form that was sent after its session ended stands behind the question:
	// Action is where it goes and Kept what was typed in it. Then the fields
	// are named again_name and again_password.
	Action string
	Kept   []Typed
}

// Render writes the page.
func (p SignInPage) Render(ctx context.Context, w io.Writer) error {
	return signInPage(p).Render(ctx, w)
}

// SignOutPage asks whether to sign out; a link cannot do it.
type SignOutPage struct{ Shell }

// Render writes the page.
func (p SignOutPage) Render(ctx context.Context, w io.Writer) error {
	return signOutPage(p).Render(ctx, w)
}

// AccountPage is a member's own account: pseuds, password, devices and
// preferences. Its forms post pseud to /account/pseuds, old_password and
// password to /account/password, id to /account/devices/sign-out, nothing to
// /account/devices/sign-out-all, and adult_shown, entire_work,
// takes_gifts and kudos_unnamed to /account/preferences.
type AccountPage struct {
	Shell
	Name    string
	Email   string
	Proved  bool   // the address
	Errors  Errors // of pseud, old_password, password
	Typed   string // a pseud that was refused
	Pseuds  []OwnPseud
	Devices []Device
	Adult   bool // no adult gate
	Entire  bool // works open whole

	TakesGifts bool // others may give works to them

	KudosUnnamed bool // their kudos are a reader's
	DeviceNews   bool // a notice and a mail when a new device signs in
	Invites      bool // members may invite
}

// Render writes the page.
func (p AccountPage) Render(ctx context.Context, w io.Writer) error {
	return accountPage(p).Render(ctx, w)
}

// OwnPseud is one of a member's pen names.
type OwnPseud struct {
	Person
	Change  string // where it is changed
	Default bool
	Works   int
}

// Device is a browser that is signed in.
type Device struct {
	ID    string
	Agent string // what it calls itself
	Since time.Time
	Seen  time.Time
	This  bool // the one being used
}

// The addresses the forms of the account page post to.
const (
	PathPassword     = "/account/password"
	PathDeviceOut    = "/account/devices/sign-out"
	PathEverywhere   = "/account/devices/sign-out-all"
	PathPreferences  = "/account/preferences"
	PathNoticesRead  = "/notices/read"
	minPasswordShown = 8
)

func (p SignUpPage) fields() []field {
	return []field{
		{name: "name", label: p.T("account.name"), help: p.T("account.name_help"), value: p.Name, errors: p.Errors, complete: "username", required: true},
		{name: "email", label: p.T("account.email"), help: p.T("account.email_help"), value: p.Email, errors: p.Errors, kind: "email", complete: "email", optional: p.T("form.optional")},
		{name: "password", label: p.T("account.password"), help: p.N("account.password_help", minPasswordShown), errors: p.Errors, kind: "password", complete: "new-password", required: true},
	}
}

// giftTicks asks once what is off until one opts in.
func (p SignUpPage) giftTicks() ticks {
	t := ticks{field: field{name: "gifts", label: p.T("account.gifts"), kind: "checkbox", errors: p.Errors}}
	t.options = []tick{
		{value: "takes", label: p.T("account.takes_gifts"), on: p.TakesGifts},
		{value: "mail", label: p.T("account.mail_gifts"), on: p.MailGifts},
	}
	return t
}

func (p SignInPage) fields() []field {
	if p.Action != "" {
		return []field{
			{name: "again_name", label: p.T("account.name_or_email"), value: p.Name, complete: "username", required: true},
			{name: "again_password", label: p.T("account.password"), errors: p.Errors, kind: "password", complete: "current-password", required: true},
		}
	}
	return []field{
		{name: "name", label: p.T("account.name_or_email"), value: p.Name, errors: p.Errors, complete: "username", required: true},
		{name: "password", label: p.T("account.password"), errors: p.Errors, kind: "password", complete: "current-password", required: true},
	}
}

// action is where the form goes.
func (p SignInPage) action() string {
	if p.Action != "" {
		return p.Action
	}
	return PathSignIn
}

func (p AccountPage) passwordFields() []field {
	return []field{
		{name: "old_password", label: p.T("account.old_password"), errors: p.Errors, kind: "password", complete: "current-password", required: true},
		{name: "password", label: p.T("account.new_password"), help: p.N("account.password_help", minPasswordShown), errors: p.Errors, kind: "password", complete: "new-password", required: true},
	}
}

package page

import (
	"context"
	"io"
	"time"

	"ficus/internal/archive"
)

// The addresses of the staff's desk.
const (
	PathCases     = "/desk/cases"
	PathWaiting   = "/desk/waiting"
	PathActs      = "/desk/acts"
	PathFromStaff = "/account/from-staff"
)

// OversightPage is what staff can do about a work. It posts do and, for all but
// approving, reason to Action. A work that staff may not open has no title
// here.
type OversightPage struct {
	Shell
	Number  int64
	Title   string
	URL     string
	State   string
	Private bool // its writer's name is a secret, so looking wants a reason too
	Action  string
	Errors  Errors
	Did     string // the form that was refused
	Typed   string
	Acts    []ActLine
}

// Render writes the page.
func (p OversightPage) Render(ctx context.Context, w io.Writer) error {
	return oversightPage(p).Render(ctx, w)
}

// oversight is one form of the page.
type oversight struct {
	do, title, help, button string
	field                   field
}

func (p OversightPage) forms() []oversight {
	one := func(do, title, help, button string) oversight {
		f := letters(p.Shell, "reason", p.T("oversight.reason"), p.T("oversight.reason_help"), "", nil)
		f.place = do
		if p.Did == do {
			f.value, f.errors = p.Typed, p.Errors
		}
		return oversight{do: do, title: title, help: help, button: button, field: f}
	}
	var forms []oversight
	switch {
	case p.Title == "":
	case p.State == "waiting":
		approve := one("approve", p.T("oversight.approve"), p.T("oversight.approve_help"), p.T("oversight.approve"))
		approve.field = field{}
		forms = append(forms, approve, one("return", p.T("oversight.return"), p.T("oversight.return_help"), p.T("oversight.return")))
	case p.State == "hidden":
		forms = append(forms, one("show", p.T("oversight.show"), p.T("oversight.show_help"), p.T("oversight.show")))
	default:
		forms = append(forms, one("hide", p.T("oversight.hide"), p.T("oversight.hide_help"), p.T("oversight.hide")))
	}
	if p.Title == "" || p.Private {
		forms = append(forms, one("peek", p.T("oversight.peek"), p.T("oversight.peek_help"), p.T("oversight.peek")))
	}
	return forms
}

// MeasuresPage is what staff can do about a member. It posts measure, days and
// reason to Action.
type MeasuresPage struct {
	Shell
	Name   string
	In     archive.Measures
	Action string
	Errors Errors
	Did    string
	Days   string
	Typed  string
	Acts   []ActLine
}

// Render writes the page.
func (p MeasuresPage) Render(ctx context.Context, w io.Writer) error {
	return measuresPage(p).Render(ctx, w)
}

// standing says what is in force.
func (p MeasuresPage) standing() string {
	switch {
	case !p.In.Banned.IsZero():
		return p.T("measures.is_banned", "Date", p.Words.Date(p.In.Banned))
	case p.In.Suspended.After(p.Now):
		return p.T("measures.is_suspended", "Date", p.Words.Date(p.In.Suspended))
	}
	return p.T("measures.is_free", "Date", p.Words.Date(p.In.Joined))
}

func (p MeasuresPage) kinds() ticks {
	t := ticks{field: field{name: "measure", label: p.T("measures.measure"), errors: p.Errors}}
	t.kind, t.class = "radio", "one"
	add := func(kind archive.ActKind, label, help string) {
		t.options = append(t.options, tick{value: string(kind), label: label, help: help, on: p.Did == string(kind)})
	}
	add(archive.ActWarn, p.T("measures.warn"), p.T("measures.warn_help"))
	add(archive.ActSuspend, p.T("measures.suspend"), p.T("measures.suspend_help"))
	add(archive.ActBan, p.T("measures.ban"), p.T("measures.ban_help"))
	if !p.In.Banned.IsZero() || p.In.Suspended.After(p.Now) {
		add(archive.ActLift, p.T("measures.lift"), "")
	}
	if p.In.Trusted.IsZero() {
		add(archive.ActTrust, p.T("measures.trust"), p.T("measures.trust_help"))
	}
	return t
}

// ActsPage is what staff did, the newest first. Its form asks for kind and by.
type ActsPage struct {
	Shell
	Acts   []ActLine
	Older  string          // the address of those before; empty: none
	Newest string          // the address of the first of them; empty: this is it
	Kind   archive.ActKind // that is shown; empty: all
	By     string          // whose are shown; empty: everybody's
	Doers  []string        // who may be asked for
}

// Render writes the page.
func (p ActsPage) Render(ctx context.Context, w io.Writer) error { return actsPage(p).Render(ctx, w) }

// FromStaffPage is what staff did that concerns the member who reads it.
type FromStaffPage struct {
	Shell
	Acts []ActLine
}

// Render writes the page.
func (p FromStaffPage) Render(ctx context.Context, w io.Writer) error {
	return fromStaffPage(p).Render(ctx, w)
}

// ActLine is one act, said in words.
type ActLine struct {
	Text   string
	Link   Link
	Reason string
	By     string // empty where the staff are not named
	At     time.Time
}

// WaitingPage is the works that wait for approval.
type WaitingPage struct {
	Shell
	Works []WaitingWork
	Pager Pager
}

// Render writes the page.
func (p WaitingPage) Render(ctx context.Context, w io.Writer) error {
	return waitingPage(p).Render(ctx, w)
}

// WaitingWork is one of them, with where it is decided.
type WaitingWork struct {
	Blurb Blurb
	Desk  string
}

package page

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"
)

// The addresses of the staff desk.
const (
	PathDesk            = "/desk"
	PathDeskSettings    = "/desk/settings"
	PathDeskMembers     = "/desk/members"
	PathDeskInvitations = "/desk/invitations"
	PathDeskQueue       = "/desk/queue"
)

// DeskPage is where staff begin: what there is to do, with how many wait.
type DeskPage struct {
	Shell
	Lines []DeskLine
}

// DeskLine is a page of the desk.
type DeskLine struct {
	Link
	Said  string // how many, in words; empty: nothing to count
	Waits bool   // somebody should look
}

// Render writes the page.
func (p DeskPage) Render(ctx context.Context, w io.Writer) error { return deskPage(p).Render(ctx, w) }

// SiteSettingsPage is what the owner decides about the archive.
type SiteSettingsPage struct {
	Shell
	Errors    Errors
	Base      int64 // the revision of the settings it was opened on
	Typed     SiteTyped
	Languages []string
	Saved     bool
	TextsRead string // how many chapters can be searched, in words; empty: none are to be
}

// Render writes the page.
func (p SiteSettingsPage) Render(ctx context.Context, w io.Writer) error {
	return siteSettingsPage(p).Render(ctx, w)
}

func (p SiteSettingsPage) form() siteForm {
	return siteForm{Shell: p.Shell, typed: p.Typed, errors: p.Errors, languages: p.Languages}
}

func (p SiteSettingsPage) base() string { return strconv.FormatInt(p.Base, 10) }

// MembersPage finds members by name, address or number.
type MembersPage struct {
	Shell
	Asked string
	Total int
	Found []MemberLine
	Pager Pager
}

// MemberLine is a member in a list of staff.
type MemberLine struct {
	Name   string
	URL    string
	Email  string
	Joined time.Time
	Works  int
	State  string // in words; empty: nothing to say
}

// Render writes the page.
func (p MembersPage) Render(ctx context.Context, w io.Writer) error {
	return membersPage(p).Render(ctx, w)
}

func (p MembersPage) finder() field {
	return field{name: "q", label: p.T("members.find"), help: p.T("members.find_help"), value: p.Asked, complete: "off"}
}

// MemberPage is one member as staff see them. Its form posts staff to its own
// address with /staff.
type MemberPage struct {
	Shell
	Errors   Errors // of staff
	ID       string
	Member   MemberLine
	Profile  string
	Measures string // where staff warn, suspend or ban them
	Pseuds   []Person
	Invited  string // by whom, or how; empty: without an invitation
	Staff    bool
	Wrangler bool
	Fandoms  string // typed: those whose tags they sort; empty: all
	Own      bool   // the viewer's own account
	Acts     []ActLine
}

// Render writes the page.
func (p MemberPage) Render(ctx context.Context, w io.Writer) error {
	return memberPage(p).Render(ctx, w)
}

func (p MemberPage) fandoms() field {
	return field{name: "wrangler_fandoms", label: p.T("wrangler.fandoms"), help: p.T("wrangler.fandoms_help"), value: p.Fandoms, errors: p.Errors, optional: p.T("form.optional")}
}

// InvitationsPage lists invitations: staff's on the desk, or a member's own.
// Its forms post count, note, email and invite_days to Action, and id to
// Action/withdraw.
type InvitationsPage struct {
	Shell
	Errors  Errors
	Desk    bool
	Action  string
	Left    int // how many a member may still make
	Typed   InvitingTyped
	Made    []InvitationLine
	NextURL string // older ones
}

// InvitingTyped is what staff typed.
type InvitingTyped struct{ Count, Note, Address, Days string }

// InvitationLine is an invitation as its maker sees it.
type InvitationLine struct {
	ID      string
	URL     string // its link, while it can be used and is handed on
	Address string // where the link was sent
	Note    string
	Maker   string
	User    Person // who joined by it
	Queued  bool
	State   string // open, used, withdrawn or expired
	Made    time.Time
	Expires time.Time
}

// Render writes the page.
func (p InvitationsPage) Render(ctx context.Context, w io.Writer) error {
	return invitationsPage(p).Render(ctx, w)
}

func (p InvitationsPage) field(name, label, help, value string) field {
	return field{name: name, label: label, help: help, value: value, errors: p.Errors, complete: "off"}
}

func (p InvitationsPage) fields() []field {
	count, days := p.field("count", p.T("invitations.count"), "", p.Typed.Count), p.field("invite_days", p.T("invitations.days"), "", p.Typed.Days)
	count.class, days.class = "short", "short"
	address := p.field("email", p.T("invitations.address"), p.T("invitations.address_help"), p.Typed.Address)
	address.kind, address.optional = "email", p.T("form.optional")
	note := p.field("note", p.T("invitations.note"), p.T("invitations.note_help"), p.Typed.Note)
	note.optional = p.T("form.optional")
	return []field{count, days, address, note}
}

// said is what there is to say of one beside its link.
func (p InvitationsPage) said(i InvitationLine) string {
	var parts []string
	switch i.State {
	case "used":
		parts = append(parts, p.T("invitations.used"))
	case "withdrawn":
		parts = append(parts, p.T("invitations.withdrawn"))
	case "expired":
		parts = append(parts, p.T("invitations.expired"))
	default:
		parts = append(parts, p.T("invitations.until", "Date", p.Words.Date(i.Expires)))
	}
	if i.Queued {
		parts = append(parts, p.T("invitations.from_queue"))
	}
	if p.Desk && i.Maker != "" {
		parts = append(parts, p.T("invitations.by", "Name", i.Maker))
	}
	return strings.Join(append(parts, p.T("invitations.made", "Date", p.Words.Date(i.Made))), " · ")
}

// DeskQueuePage is who waits for an invitation. Its forms post count to
// /desk/queue, and id to /desk/queue/remove.
type DeskQueuePage struct {
	Shell
	Errors  Errors
	Typed   string
	Total   int
	Daily   int
	Waiting []WaitingLine // the first of them
}

// WaitingLine is an address in the queue.
type WaitingLine struct {
	ID      string
	Address string
	Since   time.Time
}

// Render writes the page.
func (p DeskQueuePage) Render(ctx context.Context, w io.Writer) error {
	return deskQueuePage(p).Render(ctx, w)
}

func (p DeskQueuePage) count() field {
	return field{name: "count", label: p.T("queue.count"), value: p.Typed, errors: p.Errors, class: "short", complete: "off"}
}

package page

import (
	"context"
	"io"
)

// PathQueue is where one asks for an invitation.
const PathQueue = "/queue"

// PathInvitations is a member's own invitations.
const PathInvitations = "/account/invitations"

// QueuePage asks for an invitation, or tells a place in the queue. It posts
// email to /queue, and nothing to Leave.
type QueuePage struct {
	Shell
	Errors Errors // of email
	Typed  string
	Place  int // 0: nobody asked yet
	Of     int
	Daily  int    // how many are invited a day; 0: as staff find time
	Leave  string // gives the place up
	Gone   bool   // the place has come up, or was given up
}

// Render writes the page.
func (p QueuePage) Render(ctx context.Context, w io.Writer) error { return queuePage(p).Render(ctx, w) }

func (p QueuePage) email() field {
	return field{name: "email", label: p.T("account.email"), help: p.T("queue.email_help"), value: p.Typed, errors: p.Errors, kind: "email", complete: "email", required: true}
}

package page

import (
	"context"
	"io"
)

// PathConfirm is where a member proves once more who they are.
const PathConfirm = "/confirm"

// AgainPage asks a member for their password before something that would
// hurt in other hands. What was sent waits behind it: Action is where it goes
// and Kept what was typed in it; the answer is again_password.
type AgainPage struct {
	Shell
	Errors Errors // of again_password
	Name   string
	Action string
	Kept   []Typed
}

// Render writes the page.
func (p AgainPage) Render(ctx context.Context, w io.Writer) error {
	return againPage(p).Render(ctx, w)
}

func (p AgainPage) password() field {
	return field{name: "again_password", label: p.T("account.password"), errors: p.Errors, kind: "password", complete: "current-password", required: true}
}

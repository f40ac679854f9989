package page

import (
	"context"
	"io"
)

// Where a member proves once more who they are, and where the script asks what
// to ask their device.
const (
	PathConfirm        = "/confirm"
	PathConfirmPasskey = "/confirm/passkey"
)

// AgainPage asks a member who they are before something that would hurt in
// other hands. What was sent waits behind it: Action is where it goes and Kept
// what was typed in it; the answer is again_password, or again_code, or what a
// device said in again_secret and again_answer.
type AgainPage struct {
	Shell
	Errors Errors // of again_password
	Name   string
	Action string
	Kept   []Typed

	Code    bool // a code of their app will do
	Passkey bool // so will a passkey
}

// Render writes the page.
func (p AgainPage) Render(ctx context.Context, w io.Writer) error {
	return againPage(p).Render(ctx, w)
}

func (p AgainPage) password() field {
	return field{name: "again_password", label: p.T("account.password"), errors: p.Errors, kind: "password", complete: "current-password", required: !p.Code}
}

func (p AgainPage) code() field {
	return field{name: "again_code", label: p.T("confirm.code"), help: p.T("confirm.code_help"), errors: p.Errors, complete: "one-time-code", class: "short"}
}

func (p AgainPage) scripts() []string {
	if p.Passkey {
		return []string{"passkey.js"}
	}
	return nil
}

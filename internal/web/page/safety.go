package page

import (
	"context"
	"io"
	"time"

	"ficus/internal/archive"
)

// The addresses of what keeps an account safe, and of leaving.
const (
	PathPasskeys       = "/account/passkeys"
	PathPasskeyBegin   = "/account/passkeys/begin"
	PathPasskeyRename  = "/account/passkeys/rename"
	PathPasskeyRemove  = "/account/passkeys/remove"
	PathPasskeySignIn  = "/sign-in/passkey"
	PathPasskeyAsk     = "/sign-in/passkey/begin"
	PathSecondStep     = "/account/second-step"
	PathSecondBegin    = "/account/second-step/begin"
	PathSecondOn       = "/account/second-step/on"
	PathSecondOff      = "/account/second-step/off"
	PathSecondPicture  = "/account/second-step/picture"
	PathRecovery       = "/account/second-step/codes"
	PathRecoveryFile   = "/account/second-step/codes/file"
	PathSignInCode     = "/sign-in/code"
	PathSignInReturn   = "/sign-in/return"
	PathAccountDelete  = "/account/delete"
	pictureSide        = "240"
	codeBoxes          = "16" // characters a code field shows
	mostPasskeyLetters = archive.PasskeyName
)

// PasskeysPage is a member's passkeys. A new one is made by script and posted
// as name, secret and answer to PathPasskeys; id and name go to
// PathPasskeyRename, id to PathPasskeyRemove.
type PasskeysPage struct {
	Shell
	Errors Errors // of passkey
	Keys   []Passkey
	Here   bool // this address takes passkeys
}

// Render writes the page.
func (p PasskeysPage) Render(ctx context.Context, w io.Writer) error {
	return passkeysPage(p).Render(ctx, w)
}

// Passkey is one in the list.
type Passkey struct {
	ID     string
	Name   string // empty: not named
	Made   time.Time
	Used   time.Time // zero: never
	Copied bool      // it lets nobody in: it has a copy
}

// called is what the list calls it.
func (k Passkey) called(s Shell) string {
	if k.Name != "" {
		return k.Name
	}
	return s.T("passkeys.unnamed", "Date", s.Words.Date(k.Made))
}

func (k Passkey) fieldID() string { return "name-" + k.ID }

// SecondStepPage turns the second step of signing in on and off. While it is
// off its form goes to PathSecondBegin; then, with Secret set, code goes to
// PathSecondOn; once it is on, forms go to PathSecondOff and PathRecovery.
// Codes are shown once, and go to PathRecoveryFile as codes.
type SecondStepPage struct {
	Shell
	Errors  Errors // of code
	On      bool
	Since   time.Time
	Left    int
	Secret  string   // while it waits for its first code
	Picture string   // the address of the picture of it
	Codes   []string // fresh recovery codes
}

// Render writes the page.
func (p SecondStepPage) Render(ctx context.Context, w io.Writer) error {
	return secondStepPage(p).Render(ctx, w)
}

func (p SecondStepPage) code() field {
	return field{name: "code", label: p.T("second_step.code"), help: p.T("second_step.code_help"), errors: p.Errors, complete: "one-time-code", class: "short", required: true}
}

// spaced is the secret in groups of four, as it is easier typed.
func (p SecondStepPage) spaced() string {
	var spaced []byte
	for i := range len(p.Secret) {
		if i > 0 && i%4 == 0 {
			spaced = append(spaced, ' ')
		}
		spaced = append(spaced, p.Secret[i])
	}
	return string(spaced)
}

// scripts are what the sign-in page needs.
func (p SignInPage) scripts() []string {
	if p.Passkeys {
		return []string{"passkey.js"}
	}
	return nil
}

// SignInCodePage asks for the second step. A form that waits behind signing in
// stands in Kept, as in SignInPage, and the field is named again_code.
type SignInCodePage struct {
	Shell
	Errors Errors // of code
	Name   string
	To     string
	Action string // empty: PathSignInCode
	Kept   []Typed
}

// Render writes the page.
func (p SignInCodePage) Render(ctx context.Context, w io.Writer) error {
	return signInCodePage(p).Render(ctx, w)
}

func (p SignInCodePage) code() field {
	f := field{name: "code", label: p.T("second_step.code"), help: p.T("signin_code.help"), errors: p.Errors, complete: "one-time-code", class: "code", required: true}
	if p.Action != "" {
		f.name = "again_code"
	}
	return f
}

func (p SignInCodePage) action() string {
	if p.Action != "" {
		return p.Action
	}
	return PathSignInCode
}

// ReturnPage asks somebody who deleted their account whether it shall come
// back. Its form posts to to PathSignInReturn.
type ReturnPage struct {
	Shell
	Name    string
	Deleted time.Time
	Until   time.Time
	To      string
}

// Render writes the page.
func (p ReturnPage) Render(ctx context.Context, w io.Writer) error {
	return returnPage(p).Render(ctx, w)
}

// DeleteAccountPage asks what is to become of what hangs on an account. Its
// form posts sole, shared and answers to PathAccountDelete.
type DeleteAccountPage struct {
	Shell
	Errors Errors // of sole, shared, answers
	Name   string
	Until  time.Time
	Sole   int // works signed alone
	Shared int // works signed with others
	Drafts int
	Typed  archive.Deletion // what was chosen, when something was wrong
}

// Render writes the page.
func (p DeleteAccountPage) Render(ctx context.Context, w io.Writer) error {
	return deleteAccountPage(p).Render(ctx, w)
}

func (p DeleteAccountPage) soleTicks() ticks {
	t := ticks{field: field{name: "sole", class: "one", label: p.N("leave.sole", p.Sole), kind: "radio", errors: p.Errors}}
	for _, o := range []tick{
		{value: string(archive.FateKeepName), label: p.T("leave.keep_name"), help: p.T("leave.keep_name_help")},
		{value: string(archive.FateNoName), label: p.T("leave.no_name"), help: p.T("leave.no_name_help")},
		{value: string(archive.FateDelete), label: p.T("leave.delete"), help: p.T("leave.delete_help")},
	} {
		o.on = o.value == string(p.Typed.Sole)
		t.options = append(t.options, o)
	}
	return t
}

func (p DeleteAccountPage) sharedTicks() ticks {
	t := ticks{field: field{name: "shared", class: "one", label: p.N("leave.shared", p.Shared), kind: "radio", errors: p.Errors}}
	for _, o := range []tick{
		{value: string(archive.FateRemove), label: p.T("leave.remove"), help: p.T("leave.remove_help")},
		{value: string(archive.FateKeepName), label: p.T("leave.keep_name"), help: p.T("leave.shared_name_help")},
		{value: string(archive.FateNoName), label: p.T("leave.no_name"), help: p.T("leave.shared_no_name_help")},
	} {
		o.on = o.value == string(p.Typed.Shared)
		t.options = append(t.options, o)
	}
	return t
}

func (p DeleteAccountPage) answerTicks() ticks {
	t := ticks{field: field{name: "answers", class: "one", label: p.T("leave.answers"), kind: "radio", errors: p.Errors}}
	for _, o := range []tick{
		{value: archive.AnswersKeep, label: p.T("leave.answers_keep"), help: p.T("leave.answers_keep_help")},
		{value: archive.AnswersDrop, label: p.T("leave.answers_drop"), help: p.T("leave.answers_drop_help")},
	} {
		o.on = o.value == p.Typed.Answers
		t.options = append(t.options, o)
	}
	return t
}

// OrphanPage asks how a work is given up. Its form posts fate to Action. A
// draft is not given up: then there is no form.
type OrphanPage struct {
	Shell
	Errors Errors // of fate
	Work   Link
	Lang   string
	Action string
	Until  time.Time
	Shared bool
	Draft  bool
	Chosen string
}

// Render writes the page.
func (p OrphanPage) Render(ctx context.Context, w io.Writer) error {
	return orphanPage(p).Render(ctx, w)
}

func (p OrphanPage) fates() ticks {
	t := ticks{field: field{name: "fate", class: "one", label: p.T("orphan.how"), kind: "radio", errors: p.Errors}}
	options := []tick{
		{value: string(archive.FateKeepName), label: p.T("leave.keep_name"), help: p.T("orphan.keep_name_help")},
		{value: string(archive.FateNoName), label: p.T("leave.no_name"), help: p.T("orphan.no_name_help")},
	}
	if p.Shared {
		options = append([]tick{{value: string(archive.FateRemove), label: p.T("leave.remove"), help: p.T("leave.remove_help")}}, options...)
	}
	for _, o := range options {
		o.on = o.value == p.Chosen
		t.options = append(t.options, o)
	}
	return t
}

// OrphanedWork is a work its writer gave up and can take back until a day.
type OrphanedWork struct {
	URL    string
	Title  string
	Lang   string
	Until  time.Time
	Action string
}

func (w OrphanedWork) daysLeft(now time.Time) int {
	return DeletedWork{Until: w.Until}.daysLeft(now)
}

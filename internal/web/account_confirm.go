package web

import (
	"net/http"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

// fieldUsername tells password managers whose password is asked for; nobody
// reads it here.
const fieldUsername = "username"

// The fields in which a device answers for a form that waits.
const (
	fieldAgainSecret = "again_secret"
	fieldAgainAnswer = "again_answer"
)

// againFields are those in which somebody proves once more who they are.
var againFields = []string{fieldAgainPassword, fieldAgainCode, fieldAgainSecret, fieldAgainAnswer}

// askAgain asks a member who they are before a dangerous act, unless they
// proved it a short while ago. A page asked for is come back to; a form that
// was sent stands behind the question with everything typed, and is sent on
// with the answer.
func (w *Web) askAgain(r *Request) (Response, error) {
	answered := slices.ContainsFunc(againFields, func(name string) bool { return r.PostForm.Has(name) })
	switch {
	case r.Confirmed:
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		return goTo(page.PathConfirm + "?to=" + escapeQuery(r.Asked))
	case !answered:
		p, err := w.againPage(r, r.Asked)
		return Response{Status: http.StatusUnauthorized, Page: p}, err
	default:
		if err := w.confirmAs(r); err != nil {
			return w.notConfirmed(r, r.Asked, err)
		}
	}
	for _, name := range againFields { // the form goes on as it was typed
		delete(r.PostForm, name)
	}
	delete(r.PostForm, fieldUsername)
	return Response{}, nil
}

// againPage asks who they are before a form goes on to where it was sent, in
// the ways the account has.
func (w *Web) againPage(r *Request, action string) (page.AgainPage, error) {
	ways, err := w.Accounts.WaysOf(r.Context(), r.Viewer)
	return page.AgainPage{
		Shell: w.private(r, r.Words.T("confirm.title")), Name: r.Viewer.Name, Action: action,
		Code: ways.Code, Passkey: ways.Passkey && w.place(r).TakesPasskeys(),
		Kept: hidden(r.PostForm, append([]string{fieldUsername, "old_password", "password"}, againFields...)...), // no page shows a password
	}, err
}

// confirmAs tries what was given as the answer, so often and no oftener.
func (w *Web) confirmAs(r *Request) error {
	if !w.guesses.Begin(r.Now, r.Client, r.Viewer.Name) {
		return archive.Problems{{Field: fieldAgainPassword, Rule: guessedTooOften}}
	}
	if err := w.prove(r); err != nil {
		return err
	}
	w.guesses.End(r.Client, r.Viewer.Name)
	r.Confirmed = true
	return nil
}

// prove tries the answer: a passkey, else a code when no password was typed,
// else the password.
func (w *Web) prove(r *Request) error {
	ctx := r.Context()
	if answer := r.PostFormValue(fieldAgainAnswer); answer != "" {
		if len(answer) > longestAnswer {
			answer = ""
		}
		return w.Accounts.ConfirmByPasskey(ctx, r.Viewer, r.Session, w.place(r), r.PostFormValue(fieldAgainSecret), []byte(answer))
	}
	password, code := r.PostFormValue(fieldAgainPassword), r.PostFormValue(fieldAgainCode)
	if password == "" && code != "" {
		return w.Accounts.ConfirmByCode(ctx, r.Viewer, r.Session, code)
	}
	return w.Accounts.Confirm(ctx, r.Viewer, r.Session, password)
}

// notConfirmed asks once more before a form goes on, and says what was wrong
// with the answer.
func (w *Web) notConfirmed(r *Request, action string, err error) (Response, error) {
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	if rule := problems[0].Rule; rule == guessedTooOften || rule == "codes_too_often" {
		status = http.StatusTooManyRequests
	}
	p, err := w.againPage(r, action)
	p.Errors = page.ErrorsOf(p.Shell, problems)
	return Response{Status: status, Page: p}, err
}

// askPasskeyAgain gives the script what to ask the member's device.
func (w *Web) askPasskeyAgain(r *Request) (Response, error) {
	if !w.sought.Begin(r.Now, r.Client, r.ID) {
		return Response{}, archive.ErrTooMany
	}
	question, secret, err := w.Accounts.BeginPasskeyConfirm(r.Context(), r.Viewer, w.place(r))
	return Response{JSON: asked{question, secret}}, err
}

// askToConfirm asks a member who they are and goes on to the page they wanted.
func (w *Web) askToConfirm(r *Request) (Response, error) {
	to := cleanReturn(r.FormValue("to"))
	if r.Confirmed {
		return goTo(to)
	}
	p, err := w.againPage(r, page.PathConfirm)
	p.Kept = []page.Typed{{Name: "to", Value: to}}
	return Response{Page: p}, err
}

// confirm hears who they are.
func (w *Web) confirm(r *Request) (Response, error) {
	if err := w.confirmAs(r); err != nil {
		return w.notConfirmed(r, page.PathConfirm, err)
	}
	return goTo(cleanReturn(r.PostFormValue("to")))
}

package web

import (
	"errors"
	"net/http"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/web/page"
)

// cookieEntry holds who is between two steps of signing in.
const cookieEntry = "ficus_entry"

func (w *Web) entryName() string {
	if w.secure {
		return "__Host-" + cookieEntry
	}
	return cookieEntry
}

// entrySecret is what the browser between two steps holds.
func (w *Web) entrySecret(r *Request) string { return cookieValue(r.Request, w.entryName()) }

func (w *Web) entryCookie(p *accounts.Pending) *http.Cookie {
	return w.cookie(w.entryName(), p.Secret, archive.EntryLife)
}

// letIn signs a browser in that came through every step.
func (w *Web) letIn(r *Request, secret, to string) (Response, error) {
	cookies, err := w.signedIn(r, secret)
	if err != nil {
		return Response{}, err
	}
	if w.entrySecret(r) != "" {
		cookies = append(cookies, w.cookie(w.entryName(), "", -time.Second))
	}
	return Response{To: to, Cookies: cookies}, nil
}

// askMore sends a browser on to what is still asked for, if that is what the
// error says; otherwise it is given back.
func (w *Web) askMore(err error, to string) (Response, error) {
	var pending *accounts.Pending
	if !errors.As(err, &pending) {
		return Response{}, err
	}
	path := page.PathSignInCode
	if pending.Wants == archive.WantReturn {
		path = page.PathSignInReturn
	}
	return Response{To: path + "?to=" + escapeQuery(to), Cookies: []*http.Cookie{w.entryCookie(pending)}}, nil
}

// between gives who this browser is half signed in as, if the next step is the
// wanted one.
func (w *Web) between(r *Request, want archive.Want) (archive.Entry, archive.Viewer, error) {
	entry, viewer, err := w.Accounts.Between(r.Context(), w.entrySecret(r))
	if err == nil && entry.Wants != want {
		err = archive.ErrNotFound
	}
	return entry, viewer, err
}

// beginAgain asks for the password again, when the time between two steps is
// over.
func (w *Web) beginAgain(r *Request, to string) Response {
	p := w.signInPage(r, to)
	p.Reason = r.Words.T("signin_code.late")
	return Response{Status: http.StatusUnprocessableEntity, Page: p, Cookies: []*http.Cookie{w.cookie(w.entryName(), "", -time.Second)}}
}

func (w *Web) codePage(r *Request, viewer archive.Viewer, to string) page.SignInCodePage {
	return page.SignInCodePage{Shell: w.private(r, r.Words.T("signin_code.title")), Name: viewer.Name, To: to}
}

// askForCode asks for the second step.
func (w *Web) askForCode(r *Request) (Response, error) {
	to := cleanReturn(r.FormValue("to"))
	_, viewer, err := w.between(r, archive.WantCode)
	if errors.Is(err, archive.ErrNotFound) {
		return goTo(page.PathSignIn + "?from=" + escapeQuery(to))
	}
	return Response{Page: w.codePage(r, viewer, to)}, err
}

// enterCode hears the second step and signs this browser in.
func (w *Web) enterCode(r *Request) (Response, error) {
	to := cleanReturn(r.PostFormValue("to"))
	secret, viewer, err := w.Accounts.EnterCode(r.Context(), w.entrySecret(r), r.PostFormValue("code"), r.UserAgent())
	var problems archive.Problems
	switch {
	case err == nil:
		return w.letIn(r, secret, to)
	case errors.Is(err, archive.ErrNotFound):
		return w.beginAgain(r, to), nil
	case errors.As(err, &problems):
		return w.wrongCode(r, w.codePage(r, viewer, to), w.signInPage(r, to), problems), nil
	}
	return w.askMore(err, to)
}

// wrongCode asks for the code again, or for the password when too many were
// wrong.
func (w *Web) wrongCode(r *Request, p page.SignInCodePage, begin page.SignInPage, problems archive.Problems) Response {
	switch problems[0].Rule {
	case "codes_spent":
		begin.Name, begin.Errors = p.Name, page.ErrorsOf(p.Shell, problems)
		begin.Errors.LeadTo("#f-password", "code")
		return Response{Status: http.StatusTooManyRequests, Page: begin}
	case "codes_too_often":
		p.Errors = page.ErrorsOf(p.Shell, problems)
		return Response{Status: http.StatusTooManyRequests, Page: p}
	}
	if p.Action != "" {
		problems = archive.Problems{{Field: fieldAgainCode, Rule: problems[0].Rule}}
	}
	p.Errors = page.ErrorsOf(p.Shell, problems)
	return Response{Status: http.StatusUnprocessableEntity, Page: p}
}

// fieldAgainCode is the field in which a form that waited carries the second
// step.
const fieldAgainCode = "again_code"

// codeAgain hears the second step with the form that waited, and goes on with
// it.
func (w *Web) codeAgain(r *Request, p page.SignInPage) (Response, error) {
	secret, viewer, err := w.Accounts.EnterCode(r.Context(), w.entrySecret(r), r.PostFormValue(fieldAgainCode), r.UserAgent())
	var problems archive.Problems
	switch {
	case err == nil:
		return w.goesOn(r, secret)
	case errors.Is(err, archive.ErrNotFound):
		p.Reason = r.Words.T("signin_code.late")
		return Response{Status: http.StatusUnauthorized, Page: p}, nil
	case errors.As(err, &problems):
		return w.wrongCode(r, w.codeOf(r, p, viewer), p, problems), nil
	}
	return w.askMore(err, page.PathHome)
}

// codeOf asks for the second step before a form that waits.
func (w *Web) codeOf(r *Request, p page.SignInPage, viewer archive.Viewer) page.SignInCodePage {
	code := w.codePage(r, viewer, "")
	code.Action, code.Kept = p.Action, p.Kept
	return code
}

// moreAgain asks for the second step before a form that waits, if that is what
// the error says; otherwise it is given back.
func (w *Web) moreAgain(r *Request, p page.SignInPage, err error) (Response, error) {
	var pending *accounts.Pending
	if !errors.As(err, &pending) || pending.Wants != archive.WantCode {
		return w.askMore(err, page.PathHome)
	}
	_, viewer, err := w.Accounts.Between(r.Context(), pending.Secret)
	return Response{Status: http.StatusUnauthorized, Page: w.codeOf(r, p, viewer), Cookies: []*http.Cookie{w.entryCookie(pending)}}, err
}

// goesOn lets a form that waited go on, sent by a member again: by all that is
// known of them, as if they had come signed in.
func (w *Web) goesOn(r *Request, secret string) (Response, error) {
	seen, _, err := w.Accounts.Who(r.Context(), secret)
	if err != nil {
		return Response{}, err
	}
	w.greet(r, seen)
	if r.Fresh, err = w.signedIn(r, secret); err != nil {
		return Response{}, err
	}
	for _, field := range []string{fieldAgainName, fieldAgainPassword, fieldAgainCode} {
		delete(r.PostForm, field) // the form goes on as it was typed
	}
	return Response{}, nil
}

// askToReturn asks somebody who deleted their account whether it shall come
// back.
func (w *Web) askToReturn(r *Request) (Response, error) {
	to := cleanReturn(r.FormValue("to"))
	entry, viewer, err := w.between(r, archive.WantReturn)
	if errors.Is(err, archive.ErrNotFound) {
		return goTo(page.PathSignIn)
	}
	if err != nil {
		return Response{}, err
	}
	deletion, err := w.Accounts.DeletionOf(r.Context(), entry.Account)
	return Response{Page: page.ReturnPage{
		Shell: w.private(r, r.Words.T("return.title")), Name: viewer.Name, Deleted: deletion.DeletedAt, Until: deletion.PurgeAt, To: to,
	}}, err
}

// returnAccount brings it back and signs this browser in.
func (w *Web) returnAccount(r *Request) (Response, error) {
	to := cleanReturn(r.PostFormValue("to"))
	secret, _, err := w.Accounts.RestoreAccount(r.Context(), w.entrySecret(r), r.UserAgent())
	if errors.Is(err, archive.ErrNotFound) {
		return w.beginAgain(r, to), nil
	}
	if err != nil {
		return Response{}, err
	}
	return w.letIn(r, secret, to)
}

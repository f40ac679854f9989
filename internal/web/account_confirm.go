package web

import (
	"net/http"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

// fieldUsername tells password managers whose password is asked for; nobody
// reads it here.
const fieldUsername = "username"

// askAgain asks a member who they are before a dangerous act, unless they
// proved it a short while ago. A page asked for is come back to; a form that
// was sent stands behind the question with everything typed, and is sent on
// with the answer.
func (w *Web) askAgain(r *Request) (Response, error) {
	_, answered := r.PostForm[fieldAgainPassword]
	switch {
	case r.Confirmed:
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		return goTo(page.PathConfirm + "?to=" + escapeQuery(r.Asked))
	case !answered:
		return Response{Status: http.StatusUnauthorized, Page: w.againPage(r, r.Asked)}, nil
	default:
		if err := w.confirmAs(r); err != nil {
			return w.notConfirmed(r, w.againPage(r, r.Asked), err)
		}
	}
	delete(r.PostForm, fieldAgainPassword) // the form goes on as it was typed
	delete(r.PostForm, fieldUsername)
	return Response{}, nil
}

// againPage asks for the password before a form goes on to where it was sent.
func (w *Web) againPage(r *Request, action string) page.AgainPage {
	return page.AgainPage{
		Shell: w.private(r, r.Words.T("confirm.title")), Name: r.Viewer.Name, Action: action,
		Kept: hidden(r.PostForm, fieldAgainPassword, fieldUsername, "old_password", "password"), // no page shows a password
	}
}

// confirmAs tries the password that was given as the answer, so often and no
// oftener. Ways beside the password have their place here.
func (w *Web) confirmAs(r *Request) error {
	if !w.guesses.begin(r.Now, r.Client, r.Viewer.Name) {
		return archive.Problems{{Field: fieldAgainPassword, Rule: guessedTooOften}}
	}
	if err := w.Accounts.Confirm(r.Context(), r.Viewer, r.Session, r.PostFormValue(fieldAgainPassword)); err != nil {
		return err
	}
	w.guesses.end(r.Client, r.Viewer.Name)
	r.Confirmed = true
	return nil
}

// notConfirmed asks once more, and says what was wrong with the answer.
func (w *Web) notConfirmed(r *Request, p page.AgainPage, err error) (Response, error) {
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	if problems[0].Rule == guessedTooOften {
		status = http.StatusTooManyRequests
	}
	p.Errors = page.ErrorsOf(p.Shell, problems)
	return Response{Status: status, Page: p}, nil
}

// askToConfirm asks a member who they are and goes on to the page they wanted.
func (w *Web) askToConfirm(r *Request) (Response, error) {
	to := cleanReturn(r.FormValue("to"))
	if r.Confirmed {
		return goTo(to)
	}
	p := w.againPage(r, page.PathConfirm)
	p.Kept = []page.Typed{{Name: "to", Value: to}}
	return show(p)
}

// confirm hears who they are.
func (w *Web) confirm(r *Request) (Response, error) {
	if err := w.confirmAs(r); err != nil {
		return w.notConfirmed(r, w.againPage(r, page.PathConfirm), err)
	}
	return goTo(cleanReturn(r.PostFormValue("to")))
}

package web

import (
	"cmp"
	"errors"
	"net/http"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// askToJoin answers with the form of a new account.
func (w *Web) askToJoin(r *Request) (Response, error) {
	to := cleanReturn(r.FormValue("to"))
	if r.Viewer.IsMember() {
		return goTo(to)
	}
	p := w.signUpPage(r, to)
	unopened, err := w.Accounts.IsUnopened(r.Context())
	if err != nil || unopened {
		p.Unopened = true
		return Response{Page: p}, err
	}
	if p.Invitation = r.FormValue("invitation"); p.Invitation != "" {
		err := w.Accounts.CheckInvitation(r.Context(), p.Invitation)
		if errors.Is(err, archive.ErrNotFound) && !p.Closed {
			p.Gone = p.Invited
			p.Invitation = ""
			return Response{Status: statusWhen(p.Gone, http.StatusGone), Page: p}, nil
		}
		return Response{Page: p}, ignoreMissing(err)
	}
	return show(p)
}

// statusWhen is a status when something holds, and the usual one otherwise.
func statusWhen(holds bool, status int) int {
	if holds {
		return status
	}
	return http.StatusOK
}

// signUpPage is the form of a new account, or why there is none.
func (w *Web) signUpPage(r *Request, to string) page.SignUpPage {
	site := w.Catalog.Site()
	p := page.SignUpPage{
		Shell: w.private(r, r.Words.T("signup.title", "Site", site.Name)), To: to,
		Closed: site.Join == archive.JoinClosed, Invited: site.Join == archive.JoinInvited, Queue: site.Join == archive.JoinInvited && site.Queue,
	}
	if rules := w.Catalog.Front().Rules; rules.ID != 0 {
		p.Rules = page.PaperLink{Text: rules.Title, URL: pageAddress(rules.Slug), Lang: rules.Language}
	}
	return p
}

// join makes an account and signs this browser in to it.
func (w *Web) join(r *Request) (Response, error) {
	to := cleanReturn(r.PostFormValue("to"))
	p := w.signUpPage(r, to)
	unopened, err := w.Accounts.IsUnopened(r.Context())
	if err != nil || unopened {
		p.Unopened = true
		return Response{Status: http.StatusForbidden, Page: p}, err
	}
	p.Invitation = r.PostFormValue("invitation")
	if p.Closed || p.Invited && p.Invitation == "" {
		return Response{}, archive.ErrForbidden
	}
	viewer, err := w.tryToJoin(r, p.Invitation, accounts.Joining{
		Name: r.PostFormValue("name"), Email: r.PostFormValue("email"), Password: r.PostFormValue("password"),
		TakesGifts: contains(r.PostForm["gifts"], "takes"), MailGifts: contains(r.PostForm["gifts"], "mail"), Agent: r.UserAgent(),
	})
	var problems archive.Problems
	if errors.As(err, &problems) {
		p.Name, p.Email = r.PostFormValue("name"), r.PostFormValue("email")
		p.TakesGifts, p.MailGifts = contains(r.PostForm["gifts"], "takes"), contains(r.PostForm["gifts"], "mail")
		p.Errors = page.ErrorsOf(p.Shell, problems)
		return Response{Status: statusOf(problems), Page: p}, nil
	}
	if errors.Is(err, archive.ErrNotFound) {
		p.Gone = true
		return Response{Status: http.StatusGone, Page: p}, nil
	}
	if err != nil {
		return Response{}, err
	}
	return w.enter(r, viewer, to)
}

// tryToJoin makes an account, unless too many were made or tried from there.
func (w *Web) tryToJoin(r *Request, invitation string, j accounts.Joining) (archive.Viewer, error) {
	if !w.joins.Begin(r.Now, r.Client, "join") {
		return archive.Viewer{}, archive.Problems{{Field: "name", Rule: "asked_too_often"}}
	}
	if invitation != "" {
		return w.Accounts.JoinInvited(r.Context(), invitation, j)
	}
	return w.Accounts.Join(r.Context(), j)
}

// enter signs a browser in for someone who has just proved who they are.
func (w *Web) enter(r *Request, v archive.Viewer, to string) (Response, error) {
	secret, err := w.Accounts.SignInAs(r.Context(), v, r.UserAgent())
	if err != nil {
		return Response{}, err
	}
	cookies, err := w.signedIn(r, secret)
	return Response{To: to, Cookies: cookies}, err
}

// askToSignIn answers with the sign-in form, and tells who was sent there why.
func (w *Web) askToSignIn(r *Request) (Response, error) {
	sent := r.FormValue("to")
	to := cleanReturn(cmp.Or(sent, r.FormValue("from")))
	if r.Viewer.IsMember() {
		return goTo(to)
	}
	p := w.signInPage(r, to)
	if sent != "" {
		p.Reason = r.Words.T("sign_in.first")
	}
	return show(p)
}

func (w *Web) signInPage(r *Request, to string) page.SignInPage {
	return page.SignInPage{Shell: w.private(r, r.Words.T("shell.sign_in")), To: to, CanJoin: w.Catalog.Site().Join == archive.JoinOpen, Passkeys: w.place(r).TakesPasskeys()}
}

// askWho asks who someone is before what they wanted. A page asked for is come
// back to; a form that was sent stands behind the question with everything
// typed, and is sent on once its writer has signed in again.
func (w *Web) askWho(r *Request) (Response, error) {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return goTo(page.PathSignIn + "?to=" + escapeQuery(r.Asked))
	}
	p := w.signInPage(r, "")
	p.Reason = r.Words.T("sign_in.form_waits")
	p.Action, p.Kept = r.Asked, hidden(r.PostForm, fieldAgainName, fieldAgainPassword, fieldAgainCode, "old_password", "password") // no page shows a password
	if name := r.PostFormValue(fieldAgainName); name != "" {
		return w.signInAgain(r, p, name)
	}
	if _, answered := r.PostForm[fieldAgainCode]; answered {
		return w.codeAgain(r, p)
	}
	return Response{Status: http.StatusUnauthorized, Page: p}, nil
}

// The fields in which a form that waited carries who signs in again.
const (
	fieldAgainName     = "again_name"
	fieldAgainPassword = "again_password"
)

// signsIn reports whether a form that waited says who sends it.
func signsIn(r *Request) bool {
	_, code := r.PostForm[fieldAgainCode]
	return r.Method == http.MethodPost && (code || r.PostForm.Get(fieldAgainName) != "")
}

// signInAgain signs in with the form that waited, and goes on with it.
func (w *Web) signInAgain(r *Request, p page.SignInPage, name string) (Response, error) {
	secret, _, err := w.tryPassword(r, name, r.PostFormValue(fieldAgainPassword))
	var problems archive.Problems
	if errors.As(err, &problems) {
		return notLetIn(p, name, problems, http.StatusUnauthorized), nil
	}
	if err != nil {
		return w.moreAgain(r, p, err)
	}
	return w.goesOn(r, secret)
}

// signIn checks a password and signs this browser in.
func (w *Web) signIn(r *Request) (Response, error) {
	to := cleanReturn(r.PostFormValue("to"))
	name := r.PostFormValue("name")
	secret, _, err := w.tryPassword(r, name, r.PostFormValue("password"))
	var problems archive.Problems
	if errors.As(err, &problems) {
		return notLetIn(w.signInPage(r, to), name, problems, http.StatusUnprocessableEntity), nil
	}
	if err != nil {
		return w.askMore(err, to)
	}
	return w.letIn(r, secret, to)
}

// askToSignOut asks; a link alone signs nobody out.
func (w *Web) askToSignOut(r *Request) (Response, error) {
	return show(page.SignOutPage{Shell: w.private(r, r.Words.T("sign_out.title"))})
}

// signOut ends this browser's session.
func (w *Web) signOut(r *Request) (Response, error) {
	if err := w.Accounts.SignOut(r.Context(), r.Viewer, r.Session); err != nil {
		return Response{}, err
	}
	return Response{To: page.PathHome, Cookies: []*http.Cookie{w.cookie(w.sessionName(), "", -time.Second)}}, nil
}

// sessionsSince is how far back a device counts as signed in.
func (w *Web) sessionsSince(tx *store.Tx) time.Time { return tx.Now.Add(-w.Limits.Session) }

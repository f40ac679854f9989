package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

// askForReset asks whose password is to be set anew.
func (w *Web) askForReset(r *Request) (Response, error) {
	return show(w.forgottenPage(r))
}

func (w *Web) forgottenPage(r *Request) page.ForgottenPage {
	p := page.ForgottenPage{Shell: w.private(r, r.Words.T("forgotten.title"))}
	p.Path = page.PathForgotten
	return p
}

// sendReset sends the link for a new password, and answers the same whether
// the name or address is known or not.
func (w *Web) sendReset(r *Request) (Response, error) {
	p := w.forgottenPage(r)
	p.Name = r.PostFormValue("name")
	var problems archive.Problems
	switch {
	case archive.CleanLine(p.Name) == "":
		problems.Add("name", "required")
	case !w.links.Begin(r.Now, r.Client, p.Name):
		problems.Add("name", "asked_too_often")
	}
	if problems != nil {
		p.Errors = page.ErrorsOf(p.Shell, problems)
		return Response{Status: statusOf(problems), Page: p}, nil
	}
	p.Sent = true
	return Response{Page: p}, w.Accounts.AskForReset(r.Context(), p.Name, r.UserAgent())
}

// statusOf is that of a form that was refused.
func statusOf(problems archive.Problems) int {
	if problems[0].Rule == "asked_too_often" || problems[0].Rule == mailedTooOften {
		return http.StatusTooManyRequests
	}
	return http.StatusUnprocessableEntity
}

// showProof answers a link that came by mail with what it would do. Nothing is
// done by opening it: programs that look at mail open links as well.
func (w *Web) showProof(r *Request) (Response, error) {
	p, err := w.proofPage(r, r.FormValue("key"))
	if errors.Is(err, archive.ErrNotFound) {
		return w.deadLink(r), nil
	}
	return Response{Page: p}, err
}

func (w *Web) proofPage(r *Request, key string) (page.ProofPage, error) {
	id, err := r.number("proof")
	if err != nil {
		return page.ProofPage{}, err
	}
	shown, err := w.Accounts.OpenProof(r.Context(), id, key)
	if err != nil {
		return page.ProofPage{}, err
	}
	p := page.ProofPage{Shell: w.private(r, ""), Purpose: shown.Purpose, Name: shown.Owner.Name, Address: shown.Address, Action: proofPath(id), Key: key}
	p.Path = page.PathHome // the link is nobody else's to carry about
	p.Title = p.Heading()
	return p, nil
}

// useProof does what the link is for.
func (w *Web) useProof(r *Request) (Response, error) {
	key := r.PostFormValue("key")
	p, err := w.proofPage(r, key)
	if err == nil {
		var answer Response
		if answer, err = w.follow(r, p, key); err == nil {
			return answer, nil
		}
	}
	if errors.Is(err, archive.ErrNotFound) {
		return w.deadLink(r), nil
	}
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	p.Errors = page.ErrorsOf(p.Shell, problems)
	return Response{Status: status, Page: p}, nil
}

// follow does what a link is for, and says what was done.
func (w *Web) follow(r *Request, p page.ProofPage, key string) (Response, error) {
	id, err := r.number("proof")
	if err != nil {
		return Response{}, err
	}
	switch p.Purpose {
	case archive.ProofForReset:
		if err := w.Accounts.Reset(r.Context(), id, key, r.PostFormValue("password")); err != nil {
			return Response{}, err
		}
		in := w.signInPage(r, page.PathHome)
		in.Shell, in.Name, in.Reason = w.asGuest(r, r.Words.T("shell.sign_in")), p.Name, r.Words.T("proof.reset.done")
		return Response{Page: in}, nil
	case archive.ProofToStop:
		reset, secret, err := w.Accounts.StopChange(r.Context(), id, key)
		if err != nil {
			return Response{}, err
		}
		return goTo(proofPath(reset.ID) + "?" + url.Values{"key": {secret}}.Encode())
	}
	if _, err := w.Accounts.ProveMail(r.Context(), id, key); err != nil {
		return Response{}, err
	}
	done := w.message(r, http.StatusOK, "proof.mail.done_title", "proof.mail.done", "Address", p.Address, "Name", p.Name)
	said := done.Page.(page.MessagePage)
	said.Next = page.Link{Text: r.Words.T("proof.mail.next"), URL: page.PathAccount}
	done.Page = said
	return done, nil
}

// deadLink says that a link does nothing any more: it was used, is too old, or
// is none of ours, and which of them nobody is told.
func (w *Web) deadLink(r *Request) Response {
	answer := w.message(r, http.StatusNotFound, "proof.dead.title", "proof.dead.sentence")
	said := answer.Page.(page.MessagePage)
	said.Path = page.PathHome
	said.Next = page.Link{Text: r.Words.T("proof.dead.next"), URL: page.PathForgotten}
	if r.Viewer.IsMember() {
		said.Next = page.Link{Text: r.Words.T("email.title"), URL: page.PathEmail}
	}
	answer.Page = said
	return answer
}

func proofPath(id int64) string { return "/proofs/" + strconv.FormatInt(id, 10) }

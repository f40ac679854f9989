package web

import (
	"context"
	"net/http"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// showMail answers with a member's address.
func (w *Web) showMail(r *Request) (Response, error) {
	p, err := w.mailPage(r)
	return Response{Page: p}, err
}

func (w *Web) mailPage(r *Request) (page.EmailPage, error) {
	p := page.EmailPage{Shell: w.private(r, r.Words.T("email.title"))}
	p.Path = page.PathEmail
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		account, err := tx.Accounts.Find(ctx, r.Viewer.Account)
		if err != nil {
			return err
		}
		p.Email, p.Proved = account.Email, account.Mail() != ""
		purpose := archive.ProofOfChange
		if !p.Proved {
			purpose = archive.ProofOfMail
		}
		waiting, err := tx.Proofs.Waiting(ctx, account.ID, purpose)
		p.Waiting, p.Until = waiting.Address, waiting.ExpiresAt
		return ignoreMissing(err)
	})
	return p, err
}

// changeMail gives the account another address, once that is proved.
func (w *Web) changeMail(r *Request) (Response, error) {
	typed := r.PostFormValue("email")
	return w.mailed(r, typed, w.Accounts.ChangeMail(r.Context(), r.Viewer, typed, r.UserAgent()))
}

// sendProof sends the link that proves the address once more.
func (w *Web) sendProof(r *Request) (Response, error) {
	return w.mailed(r, "", w.Accounts.AskForProof(r.Context(), r.Viewer, r.UserAgent()))
}

// mailed shows the address again: what is under way, or what was wrong.
func (w *Web) mailed(r *Request, typed string, err error) (Response, error) {
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	if problems == nil {
		return goTo(page.PathEmail)
	}
	if problems[0].Rule == mailedTooOften {
		status = http.StatusTooManyRequests
	}
	p, err := w.mailPage(r)
	p.Typed, p.Errors = typed, page.ErrorsOf(p.Shell, problems)
	return Response{Status: status, Page: p}, err
}

// mailedTooOften is the rule that says that enough links were sent.
const mailedTooOften = "mailed_too_often"

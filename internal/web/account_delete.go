package web

import (
	"context"
	"net/http"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// askToDeleteAccount asks what is to become of what hangs on the account.
func (w *Web) askToDeleteAccount(r *Request) (Response, error) {
	p, err := w.deleteAccountPage(r)
	return Response{Page: p}, err
}

func (w *Web) deleteAccountPage(r *Request) (page.DeleteAccountPage, error) {
	p := page.DeleteAccountPage{Shell: w.private(r, r.Words.T("leave.title")), Name: r.Viewer.Name, Until: r.Now.Add(w.Limits.Trash)}
	p.Path = page.PathAccountDelete
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		signed, err := tx.Deletions.Signed(ctx, r.Viewer.Account)
		p.Sole, p.Shared, p.Drafts = signed.Sole, signed.Shared, signed.Drafts
		return err
	})
	return p, err
}

// deleteAccount deletes it, and signs every device out.
func (w *Web) deleteAccount(r *Request) (Response, error) {
	choice := archive.Deletion{
		Sole: archive.Fate(r.PostFormValue("sole")), Shared: archive.Fate(r.PostFormValue("shared")), Answers: r.PostFormValue("answers"),
	}
	problems, status, err := w.mendable(r, w.Accounts.DeleteAccount(r.Context(), r.Viewer, choice))
	if err != nil {
		return Response{}, err
	}
	if problems != nil {
		p, err := w.deleteAccountPage(r)
		p.Typed, p.Errors = choice, page.ErrorsOf(p.Shell, problems)
		return Response{Status: status, Page: p}, err
	}
	r.Viewer = archive.Viewer{}
	gone := w.message(r, http.StatusOK, "leave.done_title", "leave.done", "Date", r.Words.Date(r.Now.Add(w.Limits.Trash)))
	gone.Cookies = []*http.Cookie{w.cookie(w.sessionName(), "", -time.Second)}
	return gone, nil
}

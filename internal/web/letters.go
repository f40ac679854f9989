package web

import (
	"context"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// showLetters answers with what the member wishes to hear by mail.
func (w *Web) showLetters(r *Request) (Response, error) {
	p := page.LettersPage{Shell: w.private(r, r.Words.T("letters.title")), Wishes: r.Preferences}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		account, err := tx.Accounts.Find(ctx, r.Viewer.Account)
		p.Proved = account.Mail() != ""
		return err
	})
	return Response{Page: p}, err
}

// saveLetters keeps what the member wishes to hear by mail.
func (w *Web) saveLetters(r *Request) (Response, error) {
	err := w.Accounts.Prefer(r.Context(), r.Viewer, func(p *archive.Preferences) {
		for _, t := range archive.MailTopics() {
			p.Wish(t, archive.MailWish(r.PostForm.Get(string(t))))
		}
		p.BookOnDeletion = r.PostForm.Get(bookWished) != ""
	})
	if err != nil {
		return Response{}, err
	}
	return goTo(page.PathLetters)
}

// stopAsked is the page that stops the mails of a topic; it is the same for
// every token.
func (w *Web) stopAsked(r *Request, state string) (page.StopPage, error) {
	t := archive.Topic(r.PathValue("topic"))
	if !accounts.CanStop(t) {
		return page.StopPage{}, archive.ErrNotFound
	}
	return page.StopPage{Shell: w.private(r, r.Words.T("stop.title")), Action: r.URL.Path, Topic: string(t), State: state}, nil
}

// askToStop asks whether mails shall stop: a page that is only looked at, by a
// mail program or its guard, stops nothing.
func (w *Web) askToStop(r *Request) (Response, error) {
	p, err := w.stopAsked(r, "ask")
	return Response{Page: p}, err
}

// stopMails stops them, or takes that back; mail programs send a form of their
// own (RFC 8058).
func (w *Web) stopMails(r *Request) (Response, error) {
	p, err := w.stopAsked(r, "stopped")
	if err != nil {
		return Response{}, err
	}
	t, token := archive.Topic(p.Topic), r.PathValue("token")
	if r.PostForm.Get("do") == "undo" {
		p.State = "undone"
		err = w.Accounts.TakeStopBack(r.Context(), t, token, r.PostForm.Get("was"))
	} else {
		p.Was, err = w.Accounts.StopMails(r.Context(), t, token)
	}
	return Response{Page: p}, err
}

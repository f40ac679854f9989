package web

import (
	"context"
	"net/http"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// showKeys answers with a member's keys to the API.
func (w *Web) showKeys(r *Request) (Response, error) {
	p, err := w.keysPage(r)
	return Response{Page: p}, err
}

func (w *Web) keysPage(r *Request) (page.KeysPage, error) {
	p := page.KeysPage{Shell: w.private(r, r.Words.T("keys.title"))}
	p.Path = page.PathKeys
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		keys, err := tx.Sessions.Tokens(ctx, r.Viewer.Account)
		for _, k := range keys {
			p.Keys = append(p.Keys, page.Key{ID: strconv.FormatInt(k.ID, 10), Name: k.Name, Made: k.CreatedAt})
		}
		return err
	})
	return p, err
}

// addKey makes a key and shows it, this once.
func (w *Web) addKey(r *Request) (Response, error) {
	typed := r.PostFormValue("key")
	secret, err := w.Accounts.AddToken(r.Context(), r.Viewer, typed)
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	p, err := w.keysPage(r)
	p.Fresh = secret
	if problems != nil {
		p.Fresh, p.Typed, p.Errors = "", typed, page.ErrorsOf(p.Shell, problems)
	}
	return Response{Status: status, Page: p}, err
}

// endKey ends a key.
func (w *Web) endKey(r *Request) (Response, error) {
	id, err := strconv.ParseInt(r.PostFormValue("id"), 10, 64)
	if err != nil {
		return Response{}, archive.ErrNotFound
	}
	if err := w.Accounts.EndToken(r.Context(), r.Viewer, id); err != nil {
		return Response{}, err
	}
	return Response{To: page.PathKeys, Status: http.StatusSeeOther}, nil
}

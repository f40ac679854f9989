package web

import (
	"context"
	"net/http"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// tellSuspended says until when a member writes nothing, and why.
func (w *Web) tellSuspended(r *Request) (Response, error) {
	var s archive.Suspension
	err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		s, err = tx.Members.Suspension(ctx, r.Viewer.Account)
		return err
	})
	if err != nil {
		return Response{}, err
	}
	var sentence string
	switch {
	case s.Banned && s.Reason == "":
		sentence = "suspended.for_good"
	case s.Banned:
		sentence = "suspended.for_good_because"
	case s.Reason == "":
		sentence = "suspended.until"
	default:
		sentence = "suspended.until_because"
	}
	return w.message(r, http.StatusForbidden, "suspended.title", sentence, "Time", r.Words.DateTime(s.Until), "Reason", s.Reason), nil
}

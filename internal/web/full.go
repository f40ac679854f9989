package web

import (
	"errors"
	"net/http"

	"ficus/internal/archive"
)

// mendable gives what a form is shown once more with: the problems its writer
// can mend, or that there is no room left, and the status that says so. Any
// other error is given back.
func (w *Web) mendable(r *Request, err error) (archive.Problems, int, error) {
	var problems archive.Problems
	switch {
	case err == nil:
		return nil, http.StatusOK, nil
	case errors.As(err, &problems):
		return problems, http.StatusUnprocessableEntity, nil
	case errors.Is(err, archive.ErrFull):
		w.logFull(r, err)
		return archive.Problems{{Field: "form", Rule: "full"}}, http.StatusInsufficientStorage, nil
	}
	return nil, 0, err
}

func (w *Web) logFull(r *Request, err error) {
	w.Log.Error("there is no room left on the disk", "request", r.ID, "path", loggable(r.URL.Path), "error", err)
}

// full says that there is no room left, in one sentence: nothing was stored,
// and what was typed is still in the browser.
func (w *Web) full(r *Request, err error) (Response, bool) {
	if !errors.Is(err, archive.ErrFull) {
		return Response{}, false
	}
	w.logFull(r, err)
	return w.message(r, http.StatusInsufficientStorage, "full.title", "full.sentence"), true
}

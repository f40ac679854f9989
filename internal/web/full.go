package web

import (
	"errors"
	"net/http"

	"ficus/internal/archive"
)

// full says that there is no room left, in one sentence: nothing was stored,
// and what was typed is still in the browser.
func (w *Web) full(r *Request, err error) (Response, bool) {
	if !errors.Is(err, archive.ErrFull) {
		return Response{}, false
	}
	w.Log.Error("there is no room left on the disk", "request", r.ID, "path", r.URL.Path, "error", err)
	return w.message(r, http.StatusInsufficientStorage, "full.title", "full.sentence"), true
}

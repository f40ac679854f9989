package web

import (
	"net/http"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// missing answers every address that leads nowhere.
func (w *Web) missing(*Request) (Response, error) { return Response{}, archive.ErrNotFound }

// health says whether this node can serve: the database answers.
func (w *Web) health(to http.ResponseWriter, r *http.Request) {
	err := w.Store.Read(r.Context(), func(tx *store.Tx) error {
		_, err := tx.Log.Head(r.Context())
		return err
	})
	to.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if err != nil {
		w.Log.Error("not healthy", "error", err)
		to.WriteHeader(http.StatusServiceUnavailable)
		_, _ = to.Write([]byte("the database does not answer\n")) // who asked has gone: nobody is left to tell
		return
	}
	_, _ = to.Write([]byte("ok\n")) // likewise
}

// showRobots asks crawlers for courtesy: no forms, no lists by sort, no
// answers that take work.
func (w *Web) showRobots(r *Request) (Response, error) {
	return Response{Text: "User-agent: *\nDisallow: /search\nDisallow: /settings\nDisallow: /sign-in\nDisallow: /sign-up\n" +
		"Disallow: /account\nDisallow: /works/new\nDisallow: /autosave\nDisallow: /api/\nDisallow: /*?sort=\nCrawl-delay: 2\n"}, nil
}

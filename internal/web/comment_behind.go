package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
)

// saidAtOnce is how many comments are said at once: as many as share a commit
// well, and few enough that readers hardly wait for a processor behind them.
const saidAtOnce = 8

// readBefore is how much of what was sent is read before its turn comes: more
// than the longest comment takes in any script.
const readBefore = 256 << 10

// isComment reports whether a request says something of a work.
func isComment(r *http.Request) bool {
	return r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/works/") && strings.HasSuffix(r.URL.Path, "/comments")
}

// sayBehind answers who comments when their turn comes, behind those who read.
// What was sent is read before, so that a slow line keeps nobody waiting.
func (w *Web) sayBehind(to http.ResponseWriter, r *http.Request) {
	var sent bytes.Buffer
	_, err := io.CopyN(&sent, r.Body, readBefore)
	r.Body = body{io.MultiReader(&sent, r.Body), r.Body}
	if err != nil && !errors.Is(err, io.EOF) {
		w.answer(to, r) // that it broke off: no more can be done
		return
	}
	if err := w.saying.Do(r.Context(), func(ctx context.Context) { w.answer(to, r.WithContext(ctx)) }); err != nil {
		panic(http.ErrAbortHandler) // who asked is gone, and nothing was said
	}
}

// body is a request's, of which a part was read before.
type body struct {
	io.Reader
	io.Closer
}

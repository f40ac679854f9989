package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ficus/internal/store"
	"ficus/internal/tempo"
)

// saidAtOnce is how many comments are said at once by themselves: few enough that
// readers hardly wait for a processor behind them.
const saidAtOnce = 8

// Where every write waits for every other, comments that come within so long
// are said together, by one thread and with one commit (decision 0324).
const (
	saidTogether = 32
	saidWithin   = 10 * time.Millisecond
)

// newSaying is where comments are said, by themselves and together.
func newSaying(s *store.Store) (alone, together *tempo.Backstage) {
	alone = tempo.NewBackstage(saidAtOnce, tempo.Company{})
	if !s.WritesWait() {
		return alone, alone
	}
	return alone, tempo.NewBackstage(1, tempo.Company{Share: s.Together, Most: saidTogether, Gather: saidWithin})
}

// readBefore is how much of what was sent is read before its turn comes: more
// than the longest comment takes in any script.
const readBefore = 256 << 10

// shortForm is how much may be sent for a comment that is said with others,
// while whoever else writes waits: a thousand words and more.
const shortForm = 8 << 10

// isComment reports whether a request says something of a work. What only looks
// like it is answered as any other address is.
func isComment(r *http.Request) bool {
	work, sure := strings.CutPrefix(r.URL.Path, "/works/")
	work, ends := strings.CutSuffix(work, "/comments")
	_, err := strconv.ParseInt(work, 10, 64)
	return r.Method == http.MethodPost && sure && ends && err == nil
}

// sayBehind answers who comments when their turn comes, behind those who read.
// No thread there waits for a line: what was sent is read before, and the answer
// is sent afterwards.
func (w *Web) sayBehind(to http.ResponseWriter, r *http.Request) {
	var sent bytes.Buffer
	if _, err := io.CopyN(&sent, r.Body, readBefore); !errors.Is(err, io.EOF) {
		r.Body = body{io.MultiReader(&sent, r.Body), r.Body}
		w.answer(to, r) // it is no comment: too long, or broken off
		return
	}
	var said held
	answer := func(r *http.Request) {
		said = held{header: http.Header{}}
		w.answer(&said, r)
	}
	form, err := quickForm(r, sent.Bytes()), error(nil)
	if form != nil {
		err = w.shared.DoTogether(r.Context(), func(ctx context.Context) {
			asked := r.WithContext(ctx)
			asked.Body, asked.PostForm = http.NoBody, maps.Clone(form)
			answer(asked)
		})
	} else {
		r.Body = body{&sent, r.Body}
		err = w.saying.Do(r.Context(), func(ctx context.Context) { answer(r.WithContext(ctx)) })
	}
	if err != nil {
		panic(http.ErrAbortHandler) // who asked is gone, and nothing was said
	}
	said.send(to)
}

// quickForm reads a form that is answered soon, with which nobody signs in; nil
// when it is none of those.
func quickForm(r *http.Request, sent []byte) url.Values {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" || len(sent) > shortForm {
		return nil
	}
	form, err := url.ParseQuery(string(sent))
	if err != nil || form.Has(fieldAgainName) || form.Has(fieldAgainCode) {
		return nil
	}
	return form
}

// held is an answer that is sent when what it says has happened.
type held struct {
	header         http.Header
	status         int
	body           bytes.Buffer
	route, request string
}

// Header is http.ResponseWriter's.
func (h *held) Header() http.Header { return h.header }

// WriteHeader is http.ResponseWriter's.
func (h *held) WriteHeader(status int) {
	if h.status == 0 {
		h.status = status
	}
}

// Write is http.ResponseWriter's.
func (h *held) Write(part []byte) (int, error) {
	h.WriteHeader(http.StatusOK)
	return h.body.Write(part)
}

// Named says of which route it is.
func (h *held) Named(route, request string) { h.route, h.request = route, request }

func (h *held) send(to http.ResponseWriter) {
	name(to, h.route, h.request)
	maps.Copy(to.Header(), h.header)
	to.WriteHeader(statusOr(h.status, http.StatusOK))
	_, _ = to.Write(h.body.Bytes()) // who is gone misses the answer, and what was said stands
}

// body is a request's, of which a part was read before.
type body struct {
	io.Reader
	io.Closer
}

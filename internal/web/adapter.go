package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

// handler answers one request with a value or an error; the adapter alone
// touches the connection.
type handler func(*Request) (Response, error)

// adapt makes a handler of the standard library's kind: permission, answer,
// errors in words, bytes.
func (w *Web) adapt(route route) http.HandlerFunc {
	return func(to http.ResponseWriter, std *http.Request) {
		r := std.Context().Value(requestKey{}).(*Request)
		r.Request = std
		answer, err := w.allowed(r, route)
		if passes, wait := w.paced(route.pattern, r); err == nil && !passes {
			answer = w.tooFast(r, wait)
		}
		if err == nil && answer.To == "" && answer.Page == nil {
			answer, err = route.do(r)
		}
		if err != nil {
			answer = w.refuse(r, err)
		}
		answer = rescue(r, answer)
		if err := w.write(to, r, answer); err != nil {
			w.Log.Error("an answer could not be written", "request", r.ID, "path", loggable(r.URL.Path), "error", err)
		}
	}
}

// allowed holds a route to who may use it. Who signs in again with the form
// they send is held to the same as who was signed in before.
func (w *Web) allowed(r *Request, route route) (Response, error) {
	if !r.Viewer.IsMember() && (route.who.asksWho() || signsIn(r)) {
		answer, err := w.askWho(r)
		if err != nil || !r.Viewer.IsMember() {
			return answer, err
		}
	}
	switch {
	case (route.who == writers || route.who == answerers) && r.Viewer.Suspended:
		return w.tellSuspended(r)
	case (route.who == staff || route.who == confirmedStaff) && (!r.Viewer.Staff || r.Viewer.Suspended),
		route.who == wranglers && !r.Viewer.MayWrangle():
		return Response{}, archive.ErrNotFound
	case route.who == confirmed || route.who == confirmedStaff:
		return w.askAgain(r)
	}
	return Response{}, nil
}

// write sends an answer.
func (w *Web) write(to http.ResponseWriter, r *Request, a Response) error {
	for _, c := range a.Cookies {
		http.SetCookie(to, c)
	}
	for _, c := range r.Fresh {
		http.SetCookie(to, c)
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead && r.Viewer.IsMember() {
		http.SetCookie(to, w.cookie(cookieWrote, strconv.FormatInt(w.Catalog.Position(), 10), w.Limits.Session))
	}
	if a.Work != 0 && isNavigation(r.Request) {
		w.Tally.Opened(r.Viewer, a.Work, r.Client, r.UserAgent())
	}
	if a.Again > 0 {
		to.Header().Set("Retry-After", strconv.Itoa(int(a.Again/time.Second)))
	}
	switch {
	case a.To != "":
		http.Redirect(to, r.Request, a.To, statusOr(a.Status, http.StatusSeeOther))
		return nil
	case a.Page != nil:
		return w.writePage(to, r, a)
	case a.File != nil:
		return writeFile(to, r, a.File)
	case a.Feed != nil:
		return w.writeFeed(to, r, a.Feed)
	case a.JSON != nil:
		to.Header().Set("Content-Type", "application/json; charset=utf-8")
		to.Header().Set("Cache-Control", "private, no-store")
		to.WriteHeader(statusOr(a.Status, http.StatusOK))
		return json.NewEncoder(to).Encode(a.JSON)
	}
	to.Header().Set("Content-Type", "text/plain; charset=utf-8")
	to.WriteHeader(statusOr(a.Status, http.StatusOK))
	_, err := to.Write([]byte(a.Text))
	return err
}

// writePage draws a page to memory, keeps it when it is a guest's that may be
// kept, and sends it.
func (w *Web) writePage(to http.ResponseWriter, r *Request, a Response) error {
	var body bytes.Buffer
	if err := a.Page.Render(r.Context(), &body); err != nil {
		return fmt.Errorf("draw a page: %w", err)
	}
	drawn, err := w.press.draw(body.Bytes())
	if err != nil {
		return err
	}
	drawn.status, drawn.policy = statusOr(a.Status, http.StatusOK), policyOf(a.Page)
	if r.keepable() && a.Keep.may && drawn.status == http.StatusOK && len(a.Cookies) == 0 {
		drawn.agree, drawn.visit, drawn.route = a.Keep, a.Work, r.Pattern
		w.keep(r, drawn.small())
	}
	drawn.send(to, r.Request)
	return nil
}

// writeFeed sends a feed, unless who asks has it as it is. When it last changed
// is said to those who like to know and is asked of nobody: a work that was
// hidden changes a feed and leaves no date behind.
func (w *Web) writeFeed(to http.ResponseWriter, r *Request, f *Document) error {
	drawn, err := w.press.draw(f.Body)
	if err != nil {
		return err
	}
	drawn.status, drawn.media = http.StatusOK, []string{f.MediaType}
	to.Header().Set("X-Robots-Tag", "noindex")
	if !f.Changed.IsZero() {
		to.Header().Set("Last-Modified", f.Changed.UTC().Format(http.TimeFormat))
	}
	drawn.send(to, r.Request)
	return nil
}

func matches(header, etag string) bool {
	return header != "" && strings.Contains(header, strings.Trim(etag, `W/`))
}

func writeFile(to http.ResponseWriter, r *Request, f *File) error {
	h := to.Header()
	h.Set("Content-Type", f.MediaType)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("X-Content-Type-Options", "nosniff")
	if f.Name != "" {
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	}
	if f.ETag != "" {
		h.Set("Etag", f.ETag)
		if f.Served == nil && matches(r.Header.Get("If-None-Match"), f.ETag) {
			to.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	if f.Served != nil {
		f.Served(to, r.Request)
		return nil
	}
	if r.Method == http.MethodHead {
		return nil
	}
	return f.Write(to)
}

func statusOr(status, otherwise int) int {
	if status == 0 {
		return otherwise
	}
	return status
}

// refuse says an error in words. Hidden and missing are one answer; what broke
// is in the log, under the number the page shows.
func (w *Web) refuse(r *Request, err error) Response {
	var problems archive.Problems
	var tooLarge *http.MaxBytesError
	var deleted deletedWork
	shell := w.shell(r, "")
	switch {
	case errors.Is(err, archive.ErrNotFound):
		return Response{Status: http.StatusNotFound, Page: page.NewMissingPage(shell)}
	case errors.Is(err, archive.ErrSignIn):
		answer, err := w.askWho(r)
		if err == nil {
			return answer
		}
	case errors.As(err, &deleted):
		return w.tellDeleted(r, deleted.Opened)
	case errors.Is(err, archive.ErrForbidden):
		return w.message(r, http.StatusForbidden, "forbidden.title", "forbidden.sentence")
	case errors.Is(err, archive.ErrConflict):
		return w.message(r, http.StatusConflict, "changed.title", "changed.sentence")
	case errors.Is(err, archive.ErrTooMany):
		return w.message(r, http.StatusTooManyRequests, "too_many.title", "too_many.sentence")
	case errors.Is(err, archive.ErrBusy):
		busy := w.message(r, http.StatusServiceUnavailable, "busy.title", "busy.sentence")
		busy.Again = comeAgain
		return busy
	case errors.As(err, &tooLarge):
		return w.message(r, http.StatusRequestEntityTooLarge, "too_large.title", "too_large.sentence", "Limit", megabytes(tooLarge.Limit))
	case errors.As(err, &problems):
		said := page.ErrorsOf(shell, problems)
		answer := w.message(r, http.StatusUnprocessableEntity, "not_done.title", "")
		message := answer.Page.(page.MessagePage)
		message.Sentences = nil
		for _, one := range said {
			message.Sentences = append(message.Sentences, one.Text)
		}
		answer.Page = message
		return answer
	}
	if said, full := w.full(r, err); full {
		return said
	}
	if r.Context().Err() != nil {
		return Response{Status: 499} // the reader has gone
	}
	w.Log.Error("a request failed", "request", r.ID, "method", r.Method, "path", loggable(r.URL.Path), "error", err)
	return Response{Status: http.StatusInternalServerError, Page: page.NewErrorPage(shell, r.ID)}
}

// comeAgain is when who found the archive busy may try again.
const comeAgain = 30 * time.Second

// message is a page that says one thing.
func (w *Web) message(r *Request, status int, title, sentence string, args ...any) Response {
	shell := w.shell(r, r.Words.T(title))
	shell.NoIndex = true
	p := page.MessagePage{Shell: shell, Heading: shell.Title}
	if sentence != "" {
		p.Sentences = []string{r.Words.T(sentence, args...)}
	}
	return Response{Status: status, Page: p}
}

func megabytes(n int64) string { return strconv.FormatInt(n>>20, 10) + " MB" }

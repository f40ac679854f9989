package web

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	"ficus/internal/archive"
)

// bounded holds a route to its body's limit and reads its form, so that
// handlers find the fields ready.
func (w *Web) bounded(route route) http.HandlerFunc {
	serve := w.adapt(route)
	return func(to http.ResponseWriter, std *http.Request) {
		if std.Method == http.MethodGet || std.Method == http.MethodHead {
			std.Body = http.NoBody // reading a query looks for a form there too, of any size
			serve(to, std)
			return
		}
		defer w.forgetFiles(std)
		body := std.Body
		std.Body = http.MaxBytesReader(to, body, route.limit)
		if err := readForm(std, w.Limits.FormBytes); err != nil {
			drain(body)
			r := std.Context().Value(requestKey{}).(*Request)
			r.Request = std
			w.fail(to, r, w.tooMuch(err, route))
			return
		}
		serve(to, std)
	}
}

// tooMuch says of a form whose parts were not all read why: it has more fields
// than forms have, or more files.
func (w *Web) tooMuch(err error, route route) error {
	switch {
	case !errors.Is(err, multipart.ErrMessageTooLarge):
		return err
	case route.limit == w.Limits.PileBytes:
		return tooManyParts()
	}
	return &http.MaxBytesError{Limit: w.Limits.FormBytes}
}

// forgetFiles deletes what a form had to put on the disk. The server does so
// for its own request only, and ours is a copy of that.
func (w *Web) forgetFiles(std *http.Request) {
	if std.MultipartForm == nil {
		return
	}
	if err := std.MultipartForm.RemoveAll(); err != nil {
		w.Log.Warn("files of a form stayed behind", "error", err)
	}
}

// mostDrained is how much of a body that is too large is read to its end all
// the same: a browser whose sending is cut off never shows the answer.
const mostDrained = 64 << 20

func drain(body io.Reader) {
	_, _ = io.CopyN(io.Discard, body, mostDrained) // a line that breaks has nobody to answer
}

// readForm reads a form, whichever way it was sent; its fields (its files not
// counted) stay within a limit.
func readForm(r *http.Request, fields int64) error {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	var err error
	if kind == "multipart/form-data" {
		err = r.ParseMultipartForm(1 << 20)
	} else {
		err = r.ParseForm()
	}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge), errors.Is(err, multipart.ErrMessageTooLarge):
		return err
	case err != nil:
		var problems archive.Problems
		problems.Add("form", "cut_off")
		return problems
	}
	if r.MultipartForm != nil {
		r.PostForm = r.MultipartForm.Value
	}
	size := int64(0)
	for _, values := range r.PostForm {
		for i, value := range values {
			size += int64(len(value))
			values[i] = typed(value)
		}
	}
	if size > fields {
		return &http.MaxBytesError{Limit: fields}
	}
	return nil
}

// typed is what was typed in a field: line ends as mail has them, which
// browsers send, to single ones, and nothing that is no text.
func typed(value string) string {
	value = strings.ReplaceAll(value, "\r\n", "\n")
	return strings.ReplaceAll(strings.ToValidUTF8(value, "\uFFFD"), "\x00", "")
}

package web

import (
	"crypto/rand"
	"errors"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/web/page"
)

func manuscriptAddress(id int64) string { return "/manuscripts/" + strconv.FormatInt(id, 10) }

// askForManuscript answers with the place to paste a text or send a file.
func (w *Web) askForManuscript(r *Request) (Response, error) {
	piles, err := w.piles(r)
	if err != nil {
		return Response{}, err
	}
	return show(page.UploadPage{Shell: w.private(r, r.Words.T("upload.title")), FormID: rand.Text(), Piles: piles})
}

// bringManuscript takes in what was pasted or sent, and goes on to what was
// understood of it. Several files, or a zip of them, are a pile.
func (w *Web) bringManuscript(r *Request) (Response, error) {
	pile, err := w.pileSent(r)
	if err != nil {
		return w.uploadAgain(r, err)
	}
	if pile != nil {
		return w.bringPile(r, pile)
	}
	name, data, err := w.sentManuscript(r)
	if err != nil {
		return w.uploadAgain(r, err)
	}
	ms, reading, err := w.Writing.BringRead(r.Context(), r.Viewer, name, data)
	if err != nil {
		return w.uploadAgain(r, err)
	}
	if reading.Familiar() {
		return goTo(manuscriptAddress(ms.ID) + "/preview")
	}
	return goTo(manuscriptAddress(ms.ID))
}

// sentManuscript is the file that was sent, or else the text that was pasted.
func (w *Web) sentManuscript(r *Request) (name string, data []byte, err error) {
	for _, header := range filesSent(r) {
		data, err := readUpload(header)
		return header.Filename, data, err
	}
	name, data = pastedText(r)
	return name, data, nil
}

// uploadAgain shows the page once more, with the text that was pasted and one
// sentence that says what is wrong.
func (w *Web) uploadAgain(r *Request, err error) (Response, error) {
	var unread *manuscript.Error
	if errors.As(err, &unread) {
		field := "file"
		if r.MultipartForm == nil || len(r.MultipartForm.File["file"]) == 0 {
			field = "text"
		}
		err = archive.Problems{{Field: field, Rule: unread.Rule}}
	}
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	piles, err := w.piles(r)
	if err != nil {
		return Response{}, err
	}
	p := page.UploadPage{Shell: w.private(r, r.Words.T("upload.title")), FormID: rand.Text(), Text: r.PostForm.Get("text"), Piles: piles}
	p.Pasted = r.PostForm.Get("pasted")
	p.Errors = page.ErrorsOf(p.Shell, problems)
	return Response{Status: status, Page: p}, nil
}

// pastedText is what was pasted: as the clipboard had it with its formatting,
// where a script kept that, else the words in the box.
func pastedText(r *Request) (name string, data []byte) {
	if html := r.PostForm.Get("pasted"); html != "" && r.PostForm.Get("text") != "" {
		return "pasted.html", []byte(html)
	}
	return "", []byte(r.PostForm.Get("text"))
}

// downloadOriginal answers with the text as it came, to the account that
// brought it.
func (w *Web) downloadOriginal(r *Request) (Response, error) {
	id, err := r.number("manuscript")
	if err != nil {
		return Response{}, err
	}
	ms, data, err := w.Writing.Original(r.Context(), r.Viewer, id)
	if err != nil {
		return Response{}, err
	}
	name := ms.Name
	if name == "" {
		name = "manuscript." + ms.Kind
	}
	return Response{File: &File{Name: strings.ReplaceAll(name, "/", "-"), MediaType: "application/octet-stream", Write: writeAll(data)}}, nil
}

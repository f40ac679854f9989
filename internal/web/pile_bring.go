package web

import (
	"context"
	"mime"
	"mime/multipart"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/store"
	"ficus/internal/tempo"
	"ficus/internal/web/page"
)

func pileAddress(id int64) string { return page.PathPiles + strconv.FormatInt(id, 10) }

// bringPile takes many files in, and goes on to what was found in them.
func (w *Web) bringPile(r *Request, files []manuscript.PileFile) (Response, error) {
	if passes, wait := w.Tempo.Allows(tempo.Piling, tempo.Sender{Viewer: r.Viewer, From: r.Client}, r.Now); !passes {
		return w.tooFast(r, wait), nil
	}
	id, err := w.Writing.BringPile(r.Context(), r.Viewer, files)
	if err != nil {
		return w.uploadAgain(r, err)
	}
	return goTo(pileAddress(id))
}

// pileSent is the files of a form as a pile: several, or a zip of them; nil for
// one file or none. Each is opened when its turn comes.
func (w *Web) pileSent(r *Request) ([]manuscript.PileFile, error) {
	headers := filesSent(r)
	if len(headers) == 0 {
		return nil, nil
	}
	if len(headers) == 1 {
		packed, err := w.isPile(headers[0])
		if err != nil || !packed {
			return nil, err
		}
	}
	times := strings.Fields(r.PostForm.Get("times"))
	files := make([]manuscript.PileFile, len(headers))
	for i, header := range headers {
		files[i] = manuscript.PileFile{Name: nameSent(header), Size: header.Size, Open: func() ([]byte, error) {
			if header.Size > w.Limits.ManuscriptBytes {
				return nil, &manuscript.Error{Rule: "manuscript.too_large"}
			}
			return readUpload(header)
		}}
		if len(times) != len(headers) {
			continue
		}
		if millis, err := strconv.ParseInt(times[i], 10, 64); err == nil && millis > 0 {
			files[i].Changed = time.UnixMilli(millis)
		}
	}
	return files, nil
}

// filesSent are the files of a form; a field in which none was chosen sends an
// empty one without a name.
func filesSent(r *Request) []*multipart.FileHeader {
	var headers []*multipart.FileHeader
	if r.MultipartForm == nil {
		return nil
	}
	for _, header := range r.MultipartForm.File["file"] {
		if header.Filename != "" {
			headers = append(headers, header)
		}
	}
	return headers
}

// isPile is true of one file that is a zip of others.
func (w *Web) isPile(header *multipart.FileHeader) (bool, error) {
	if header.Size > w.Limits.ManuscriptBytes {
		return false, &http.MaxBytesError{Limit: w.Limits.ManuscriptBytes}
	}
	data, err := readUpload(header)
	return err == nil && manuscript.IsPile(data), err
}

// nameSent is a file's name with the folder it was chosen in, if the browser
// tells.
func nameSent(header *multipart.FileHeader) string {
	_, params, err := mime.ParseMediaType(header.Header.Get("Content-Disposition"))
	name := strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(params["filename"], `\`, "/")), "/")
	if err != nil || name == "" {
		return header.Filename
	}
	return name
}

// piles lists the piles that were brought before.
func (w *Web) piles(r *Request) (list []page.BroughtPile, err error) {
	const most = 20
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		piles, err := tx.Piles.Of(ctx, r.Viewer.Account, most)
		for _, p := range piles {
			list = append(list, page.BroughtPile{URL: pileAddress(p.ID), At: p.CreatedAt, Files: p.Files})
		}
		return err
	})
	return list, err
}

// pileOf is where the pile is that a manuscript came with; empty when it came
// alone.
func (w *Web) pileOf(r *Request, manuscript int64) (address string, err error) {
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		id, err := tx.Piles.Holding(ctx, r.Viewer.Account, manuscript)
		if err == nil {
			address = pileAddress(id)
		}
		return ignoreMissing(err)
	})
	return address, err
}

// tooManyParts is what a form is answered that has more files than are taken at
// once: they are not even counted.
func tooManyParts() archive.Problems {
	return archive.Problems{{Field: "file", Rule: "pile_parts", Args: map[string]any{"Limit": mostParts}}}
}

// mostParts is how many files a form may have: the library reads a thousand
// parts, and a few of them are fields.
const mostParts = 990

package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"ficus/internal/archive"
	"ficus/internal/book"
	"ficus/internal/store"
)

func coverAddress(work int64) string        { return workAddress(work) + "/cover" }
func coverPictureAddress(work int64) string { return coverAddress(work) + "/picture" }
func coverDrawnAddress(work int64) string   { return coverAddress(work) + "/drawn" }

// showCover answers with the picture a writer gave the books of a work, to whom
// the work opens.
func (w *Web) showCover(r *Request) (Response, error) {
	work, err := r.number("work")
	if err != nil {
		return Response{}, err
	}
	var cover archive.Cover
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Works.Open(ctx, r.Viewer, work); err != nil {
			return err
		}
		cover, err = tx.Covers.Of(ctx, work)
		return err
	})
	switch {
	case err != nil:
		return Response{}, err
	case !cover.IsOwn():
		return Response{}, archive.ErrNotFound
	}
	return w.sendPicture(r, cover.Picture)
}

// sendPicture answers with a picture that may be seen.
func (w *Web) sendPicture(r *Request, picture archive.Picture) (Response, error) {
	file, err := w.Bucket.Get(r.Context(), picture.Key)
	if err != nil {
		return Response{}, err
	}
	answer := &File{MediaType: picture.MediaType, ETag: `"` + picture.SHA256[:24] + `"`}
	answer.Served = func(to http.ResponseWriter, r *http.Request) {
		defer file.Close()
		http.ServeContent(to, r, "", time.Time{}, file)
	}
	return Response{File: answer}, nil
}

// drawCover answers one of a work's creators with the cover that is drawn for
// its books while they have no picture.
func (w *Web) drawCover(r *Request) (Response, error) {
	var o opened
	err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		if o, err = w.openWork(ctx, tx, r); err != nil {
			return err
		}
		_, err = forEdit(ctx, tx, r, o.ID)
		return err
	})
	if err != nil {
		return Response{}, err
	}
	data, err := book.DrawCover(w.bookOf(w.address(r.Request), o, w.told(r.Context())))
	if err != nil {
		return Response{}, err
	}
	sum := sha256.Sum256(data)
	return Response{File: &File{MediaType: "image/jpeg", ETag: `"` + hex.EncodeToString(sum[:12]) + `"`, Write: writeAll(data)}}, nil
}

// coverName is the cover's name among the pictures of a book; no text can name
// it.
const coverName = "cover\x00"

// openForBook loads a work by its number, through the gate, with the cover that
// its book bears where books of the kind have one.
func (w *Web) openForBook(ctx context.Context, tx *store.Tx, r *Request, work int64, how recipe) (opened, error) {
	o, err := w.openNumber(ctx, tx, r, work)
	if err == nil && how.format == book.EPUB {
		o.cover, err = tx.Covers.Of(ctx, work)
	}
	return o, err
}

// wears gives a book the picture of its writer's, if there is one.
func (w *Web) wears(ctx context.Context, b *book.Book, cover archive.Cover, pictures *bookPictures) {
	if !cover.IsOwn() {
		return
	}
	b.Cover = book.Front{Picture: coverName, Words: cover.Alt}
	if cover.At.After(b.Revised) {
		b.Revised = cover.At
	}
	inText := pictures.fetch
	pictures.fetch = func(src string) ([]byte, string, error) {
		if src != coverName {
			return inText(src)
		}
		data, err := w.allOf(ctx, cover.Key)
		if err != nil && !errors.Is(err, archive.ErrNotFound) {
			pictures.trouble = fmt.Errorf("the cover cannot be had now (%v): %w", err, archive.ErrBusy)
		}
		return data, cover.MediaType, err
	}
}

// allOf reads a file of the bucket.
func (w *Web) allOf(ctx context.Context, key string) ([]byte, error) {
	file, err := w.Bucket.Get(ctx, key)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
	"ficus/internal/writing"
)

// ownCover loads the cover of a work for one of its creators.
func (w *Web) ownCover(r *Request) (o store.Opened, cover archive.Cover, err error) {
	id, err := r.number("work")
	if err != nil {
		return o, cover, err
	}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		if o, err = forEdit(ctx, tx, r, id); err != nil {
			return err
		}
		cover, err = tx.Covers.Of(ctx, id)
		return err
	})
	return o, cover, err
}

// editCover answers with the cover of a work as it stands, and how it is given
// another.
func (w *Web) editCover(r *Request) (Response, error) {
	o, cover, err := w.ownCover(r)
	if err != nil {
		return Response{}, err
	}
	p := w.coverPage(r, o, cover)
	p.FormID, p.Alt = rand.Text(), cover.Alt
	return show(p)
}

func (w *Web) coverPage(r *Request, o store.Opened, cover archive.Cover) page.CoverPage {
	p := page.CoverPage{
		Shell: w.private(r, r.Words.T("cover.title")), Work: page.Link{Text: o.Title, URL: workAddress(o.ID)}, Lang: o.Language, Action: coverAddress(o.ID),
		Own: cover.IsOwn(), Shown: coverDrawnAddress(o.ID), Base: cover.Base(), Limits: w.Limits,
	}
	if p.Own {
		p.Shown, p.Says = coverPictureAddress(o.ID), cover.Alt
		p.Width, p.Height = cover.Width, cover.Height
	}
	return p
}

// saveCover gives the books of a work a picture, says anew what it shows, or
// takes it away.
func (w *Web) saveCover(r *Request) (Response, error) {
	o, cover, err := w.ownCover(r)
	if err != nil {
		return Response{}, err
	}
	var problems archive.Problems
	if err := w.keepCover(r, &problems); err != nil {
		return w.coverAgain(r, o, cover, err)
	}
	f := writing.CoverForm{Work: o.ID, Base: baseOf(r), Kept: r.PostForm.Get("kept_picture"), Alt: r.PostForm.Get("cover_alt"), Once: onceOf(r)}
	switch {
	case r.PostForm.Get("do") == "remove":
		err = w.Writing.TakeCoverAway(r.Context(), r.Viewer, f)
	case len(problems) > 0:
		err = problems
	default:
		err = w.Writing.SetCover(r.Context(), r.Viewer, f)
	}
	if err != nil {
		return w.coverAgain(r, o, cover, err)
	}
	return goTo(coverAddress(o.ID))
}

// keepCover keeps the picture that came with the form, so that no mistake in
// another field loses it: from here on the form carries it.
func (w *Web) keepCover(r *Request, problems *archive.Problems) error {
	if r.MultipartForm == nil || len(r.MultipartForm.File["cover"]) == 0 {
		return nil
	}
	r.PostForm.Del("kept_picture") // the newer one takes its place, though it be refused
	header := r.MultipartForm.File["cover"][0]
	if header.Size > w.Limits.ImageBytes {
		problems.Add("cover", "picture_too_large", "Limit", w.Limits.ImageBytes>>20)
		return nil
	}
	data, err := readUpload(header)
	if err != nil {
		return err
	}
	kept, err := w.Writing.KeepCover(r.Context(), data)
	if err := collect(problems, err); err != nil {
		return err
	}
	if kept != "" {
		r.PostForm.Set("kept_picture", kept)
	}
	return nil
}

// coverAgain shows the page with everything typed and what is wrong. When the
// cover was changed in the meantime it shows the newer one, and sending the form
// again takes its place.
func (w *Web) coverAgain(r *Request, o store.Opened, cover archive.Cover, wrong error) (Response, error) {
	changed := errors.Is(wrong, archive.ErrConflict)
	switch {
	case changed:
		wrong = archive.Problems{{Field: "cover", Rule: "cover_changed"}}
	case errors.Is(wrong, archive.ErrNotFound) && r.PostForm.Get("kept_picture") != "":
		wrong = archive.Problems{{Field: "cover", Rule: "choose_picture"}} // it waited too long
		r.PostForm.Del("kept_picture")
	}
	problems, status, err := w.mendable(r, wrong)
	if err != nil {
		return Response{}, err
	}
	base := baseOf(r)
	if changed {
		if o, cover, err = w.ownCover(r); err != nil {
			return Response{}, err
		}
		base, status = cover.Base(), http.StatusConflict
		r.PostForm.Set("form_id", rand.Text())
	}
	p := w.coverPage(r, o, cover)
	p.FormID, p.Base, p.Alt, p.Errors = r.PostForm.Get("form_id"), base, r.PostForm.Get("cover_alt"), page.ErrorsOf(p.Shell, problems)
	if kept := r.PostForm.Get("kept_picture"); kept != "" {
		p.Kept, p.Waiting = kept, writing.KeptAddress(kept)
	}
	return Response{Status: status, Page: p}, nil
}

// coverOf is the cover of a work as the page of its files shows it; the zero
// Cover where one is drawn.
func coverOf(o opened) page.Cover {
	if !o.cover.IsOwn() {
		return page.Cover{}
	}
	return page.Cover{URL: coverPictureAddress(o.ID), Alt: o.cover.Alt, Width: o.cover.Width, Height: o.cover.Height}
}

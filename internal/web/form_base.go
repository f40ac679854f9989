package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"net/url"
	"slices"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

func contains(list []string, one string) bool { return slices.Contains(list, one) }

// sortTyped orders carried fields by name, those of one name as they came.
func sortTyped(fields []page.Typed) {
	slices.SortStableFunc(fields, func(a, b page.Typed) int { return cmp.Compare(a.Name, b.Name) })
}

// formHead is what a form of works or chapters has before any field. A text
// that was autosaved and never saved is offered.
func (w *Web) formHead(r *Request, autosave string, base int64) (page.FormHead, error) {
	head := page.FormHead{ID: rand.Text(), Autosave: autosave, Base: base, Limits: w.Limits}
	save, err := w.autosaved(r, autosave)
	if err == nil {
		head.Recovery = page.Recovery{At: save.At, URL: r.URL.Path + "?" + url.Values{"recover": {"1"}}.Encode()}
	}
	return head, ignoreMissing(err)
}

// autosaved gives what was autosaved of a form.
func (w *Web) autosaved(r *Request, form string) (save archive.Autosave, err error) {
	err = w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		save, err = tx.Autosaves.Find(ctx, r.Viewer.Account, form)
		return err
	})
	return save, err
}

// recovered gives the autosaved fields of a form when the writer asked for
// them.
func (w *Web) recovered(r *Request, form string) (url.Values, error) {
	if r.FormValue("recover") == "" {
		return nil, nil
	}
	save, err := w.autosaved(r, form)
	if err != nil {
		return nil, ignoreMissing(err)
	}
	return save.Fields, nil
}

// headAgain is the head of a form that is shown once more with what was wrong.
func (w *Web) headAgain(r *Request, problems archive.Problems) page.FormHead {
	base, err := strconv.ParseInt(r.PostForm.Get("base"), 10, 64)
	if err != nil {
		base = 0 // a form without a base conflicts with any saved text, and loses nothing
	}
	return page.FormHead{
		ID: r.PostForm.Get("form_id"), Autosave: r.PostForm.Get("form"), Base: base, Limits: w.Limits,
		Errors: page.ErrorsOf(w.shell(r, ""), problems),
	}
}

func ignoreMissing(err error) error {
	if errors.Is(err, archive.ErrNotFound) {
		return nil
	}
	return err
}

package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
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
// them. Its base stays the revision they were typed over, so that they never
// overwrite what was saved since.
func (w *Web) recovered(r *Request, form string) (url.Values, error) {
	if r.FormValue("recover") == "" {
		return nil, nil
	}
	save, err := w.autosaved(r, form)
	if err != nil {
		return nil, ignoreMissing(err)
	}
	fields := url.Values(save.Fields)
	fields.Set("base", strconv.FormatInt(save.Base, 10))
	return fields, nil
}

// recoveredHead is the head of a form that holds what was autosaved.
func (w *Web) recoveredHead(autosave string, typed url.Values) page.FormHead {
	return page.FormHead{ID: rand.Text(), Autosave: autosave, Base: baseIn(typed), Limits: w.Limits}
}

// chapterProblems are the fields of a chapter that may be wrong.
var chapterProblems = []string{
	"chapter_title", "chapter_summary", "chapter_published_on", "dedication", "disclaimer", "notes_before", "notes_after", "text", "format", "pictures",
}

// headAgain is the head of a form that is shown once more with what was wrong.
func (w *Web) headAgain(r *Request, problems archive.Problems) page.FormHead {
	return page.FormHead{
		ID: r.PostForm.Get("form_id"), Autosave: r.PostForm.Get("form"), Base: baseOf(r), Limits: w.Limits,
		Errors: page.ErrorsOf(w.shell(r, ""), problems),
	}
}

// baseOf is the revision a form was opened on; a form without one conflicts
// with any saved text, and loses nothing.
func baseOf(r *Request) int64 { return baseIn(r.PostForm) }

func baseIn(fields url.Values) int64 {
	base, err := strconv.ParseInt(fields.Get("base"), 10, 64)
	if err != nil {
		return 0
	}
	return base
}

// longestFormID is more than ours have; a longer one is none of ours, and no key
// for a table.
const longestFormID = 100

// onceOf makes a form act once: the same form, with the same in it.
func onceOf(r *Request) archive.Once {
	id := r.PostForm.Get("form_id")
	if id == "" || len(id) > longestFormID {
		return archive.Once{}
	}
	sum := sha256.New()
	for _, field := range hidden(r.PostForm, append([]string{fieldAgainName}, againFields...)...) {
		fmt.Fprintf(sum, "%q %q\n", field.Name, field.Value)
	}
	return archive.Once{Deed: id, Sum: base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:12])}
}

// sentBefore says that a form was sent and saved before, with something else in
// it. It goes on as a new form: sending it again makes a second thing.
func sentBefore(r *Request, field string) archive.Problems {
	r.PostForm.Set("form_id", rand.Text())
	return archive.Problems{{Field: field, Rule: "sent_before"}}
}

// fieldWanted is what a form that met another text was sent for: to post, or to
// keep a draft.
const fieldWanted = "wanted"

// wanted is what a form is sent for, though another page came between.
func wanted(r *Request) string {
	do := r.PostForm.Get("do")
	if do == "mine" || do == "both" {
		return r.PostForm.Get(fieldWanted)
	}
	return do
}

// conflicted makes the form that was sent ready to be sent again over the
// newest revision, once its writer has chosen.
func conflicted(r *Request, newest int64) {
	r.PostForm.Set(fieldWanted, wanted(r))
	r.PostForm.Set("base", strconv.FormatInt(newest, 10))
	r.PostForm.Set("form_id", rand.Text())
}

// collect notes what is the writer's to mend; any other error is given back.
func collect(problems *archive.Problems, err error) error {
	var wrong archive.Problems
	if errors.As(err, &wrong) {
		*problems = append(*problems, wrong...)
		return nil
	}
	return err
}

func ignoreMissing(err error) error {
	if errors.Is(err, archive.ErrNotFound) {
		return nil
	}
	return err
}

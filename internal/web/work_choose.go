package web

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"ficus/internal/archive"
	"ficus/internal/book"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// chooseDownload asks how a reader would like a work as a file; with an answer
// in its address it leads to the file.
func (w *Web) chooseDownload(r *Request) (Response, error) {
	var o opened
	var last time.Time
	err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		if o, err = w.openWork(ctx, tx, r); err != nil {
			return err
		}
		if o.cover, err = tx.Covers.Of(ctx, o.ID); err != nil || !r.Viewer.IsMember() {
			return err
		}
		if last, err = tx.Downloads.Last(ctx, r.Viewer, o.ID); errors.Is(err, archive.ErrNotFound) {
			return nil
		}
		return err
	})
	switch {
	case err != nil:
		return Response{}, err
	case !o.DeletedAt.IsZero():
		return w.showDeleted(r, o)
	case w.asks(r, o):
		return w.showGate(r, o)
	case len(o.bookChapters()) == 0:
		return Response{}, archive.ErrNotFound
	}
	if r.FormValue("format") == "" {
		return show(w.downloadPage(r, o, last))
	}
	return w.leadToFile(r, o, last)
}

func (w *Web) downloadPage(r *Request, o opened, last time.Time) page.DownloadPage {
	all := o.bookChapters()
	p := page.DownloadPage{
		Shell: w.private(r, r.Words.T("download.title")), Story: page.Story{Title: o.Title, Lang: o.Language},
		Action: downloadAddress(o.ID), Back: workAddress(o.ID), Chapters: len(all), Last: last,
		Choice: recipe{format: book.EPUB}.chosenAs(), Which: "all", From: "1", To: strconv.Itoa(len(all)),
	}
	p.Choice.Left, p.Cover = o.AsTyped, coverOf(o)
	if o.Gate.Edit {
		p.CoverURL = coverAddress(o.ID)
	}
	for _, f := range formats {
		p.Formats = append(p.Formats, string(f.format))
	}
	for _, c := range all {
		if !last.IsZero() && arrived(c).After(last) {
			p.New++
		}
	}
	if p.New > 0 && p.New < len(all) {
		p.Which = "new"
	}
	return p
}

// leadToFile goes on to the file that was chosen, at an address that means the
// same whoever opens it and however often.
func (w *Web) leadToFile(r *Request, o opened, last time.Time) (Response, error) {
	how, err := readRecipe(r.FormValue("format"), r.Form)
	if err != nil {
		return Response{}, err
	}
	how.options.Chapters, how.options.Since = nil, time.Time{}
	switch r.FormValue("which") {
	case "new":
		how.options.Since = last
	case "some":
		all := o.bookChapters()
		from, to := place(r.FormValue("from"), 1), place(r.FormValue("to"), len(all))
		if from < 1 || to > len(all) || from > to {
			p := w.downloadPage(r, o, last)
			p.Choice, p.Which, p.From, p.To = how.chosenAs(), "some", r.FormValue("from"), r.FormValue("to")
			p.Choice.Left = o.AsTyped
			var problems archive.Problems
			problems.Add("from", "from_to", "Limit", len(all))
			p.Errors = page.ErrorsOf(p.Shell, problems)
			return Response{Status: 422, Page: p}, nil
		}
		for _, c := range all[from-1 : to] {
			how.options.Chapters = append(how.options.Chapters, c.ID)
		}
	}
	if chosen, err := how.of(o); err == nil {
		how.options.Chapters = chosen.options.Chapters
		if how.options.Since.IsZero() || len(chosen.options.Chapters) == 0 {
			how = chosen
		}
	}
	if !how.options.Since.IsZero() {
		how.options.Chapters = nil // the day says it in fewer words
	}
	return goTo(how.address(o.ID))
}

// place is a chapter's number as it was typed; 0 when it is none.
func place(typed string, otherwise int) int {
	if typed == "" {
		return otherwise
	}
	n, err := strconv.Atoi(typed)
	if err != nil {
		return 0
	}
	return n
}

// forgetDownload forgets when a member took a work with them.
func (w *Web) forgetDownload(r *Request) (Response, error) {
	var o opened
	err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		o, err = w.openWork(ctx, tx, r)
		return err
	})
	if err != nil {
		return Response{}, err
	}
	if err := w.Tally.ForgetTaken(r.Context(), r.Viewer, o.ID); err != nil {
		return Response{}, err
	}
	return goTo(downloadAddress(o.ID))
}

// took notes that a member takes a work with them as far as it goes: not a few
// chapters of it, and not a look whether it is still the same.
func (w *Web) took(r *Request, o opened, how recipe) {
	newest := o.bookChapters()
	if !r.Viewer.IsMember() || r.Method != "GET" || r.Header.Get("Range") != "" || o.forCreatorsAlone() || len(newest) == 0 {
		return
	}
	if chapters := how.options.Chapters; len(chapters) == 0 || slices.Contains(chapters, newest[len(newest)-1].ID) {
		w.Tally.Took(r.Viewer, o.ID, r.Now)
	}
}

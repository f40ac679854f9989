package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// actsShown is how many acts stand beside what they concern.
const actsShown = 50

func oversightAddress(work int64) string { return fmt.Sprintf("/desk/works/%d", work) }

// showOversight answers with what staff can do about a work.
func (w *Web) showOversight(r *Request) (Response, error) {
	p, err := w.oversightPage(r)
	return Response{Page: p}, err
}

// oversightPage is one page for every number staff may not open: private, or
// never used.
func (w *Web) oversightPage(r *Request) (page.OversightPage, error) {
	id, err := r.number("work")
	if err != nil {
		return page.OversightPage{}, err
	}
	p := page.OversightPage{Shell: w.private(r, r.Words.T("oversight.title")), Number: id, Action: oversightAddress(id)}
	p.Did, p.Typed = r.PostFormValue("do"), r.PostFormValue("reason")
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		o, err := tx.Works.Open(ctx, r.Viewer, id)
		if errors.Is(err, archive.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		p.Title, p.URL, p.Private = o.Title, workAddress(id), !o.Gate.Name
		if state := o.State(r.Now); state != "posted" {
			p.State = state
		}
		acts, err := tx.Acts.OnWork(ctx, id, actsShown)
		p.Acts = actLines(r, acts)
		return err
	})
	return p, err
}

// oversee does what staff decided about a work.
func (w *Web) oversee(r *Request) (Response, error) {
	id, err := r.number("work")
	if err != nil {
		return Response{}, err
	}
	reason := r.PostFormValue("reason")
	to := oversightAddress(id)
	switch r.PostFormValue("do") {
	case "hide":
		err = w.Moderation.Hide(r.Context(), r.Viewer, id, reason)
	case "show":
		err = w.Moderation.Show(r.Context(), r.Viewer, id, reason)
	case "approve":
		to = page.PathWaiting
		err = w.Moderation.Approve(r.Context(), r.Viewer, id)
	case "return":
		to = page.PathWaiting
		err = w.Moderation.Return(r.Context(), r.Viewer, id, reason)
	case "peek":
		to = workAddress(id)
		err = w.Moderation.Peek(r.Context(), r.Viewer, id, reason)
	default:
		err = archive.ErrNotFound
	}
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	if len(problems) > 0 {
		p, err := w.oversightPage(r)
		p.Errors = page.ErrorsOf(p.Shell, problems)
		p.Errors.LeadTo("#f-reason-"+p.Did, "reason")
		return Response{Status: status, Page: p}, err
	}
	return Response{To: to, Status: http.StatusSeeOther}, nil
}

// listWaiting answers with the works that wait for approval.
func (w *Web) listWaiting(r *Request) (Response, error) {
	p := page.WaitingPage{Shell: w.private(r, r.Words.T("waiting.title"))}
	f := store.Filter{Waiting: true, Page: r.pageNumber(), PerPage: worksOnList}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		listed, err := tx.Lists.Page(ctx, r.Viewer, f)
		for _, b := range listed.Blurbs {
			p.Works = append(p.Works, page.WaitingWork{Blurb: blurb(b), Desk: oversightAddress(b.ID)})
		}
		p.Pager = pager(f, listed.Total, page.PathWaiting, nil)
		return err
	})
	return Response{Page: p}, err
}

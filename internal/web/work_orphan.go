package web

import (
	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// askToOrphan asks how a work is given up.
func (w *Web) askToOrphan(r *Request) (Response, error) {
	p, err := w.orphanPage(r)
	return Response{Page: p}, err
}

func (w *Web) orphanPage(r *Request) (page.OrphanPage, error) {
	o, _, err := w.ownWork(r)
	if err != nil {
		return page.OrphanPage{}, err
	}
	p := page.OrphanPage{
		Shell: w.private(r, r.Words.T("orphan.title")), Work: page.Link{Text: o.Title, URL: workAddress(o.ID)}, Lang: o.Language,
		Action: workAddress(o.ID) + "/orphan", Until: r.Now.Add(w.Limits.Trash), Draft: isDraft(r, o.Work),
	}
	for _, creator := range o.Creators {
		p.Shared = p.Shared || creator.Account != r.Viewer.Account
	}
	return p, nil
}

func isDraft(r *Request, work archive.Work) bool {
	return work.PostedAt.IsZero() || work.PostedAt.After(r.Now)
}

// orphanWork gives it up.
func (w *Web) orphanWork(r *Request) (Response, error) {
	id, err := r.number("work")
	if err != nil {
		return Response{}, err
	}
	fate := r.PostFormValue("fate")
	problems, status, err := w.mendable(r, w.Writing.OrphanWork(r.Context(), r.Viewer, id, archive.Fate(fate)))
	if err != nil {
		return Response{}, err
	}
	if problems == nil {
		return goTo(page.PathMyWorks)
	}
	p, err := w.orphanPage(r)
	if err != nil {
		return Response{}, err
	}
	p.Chosen, p.Errors = fate, page.ErrorsOf(p.Shell, problems)
	return Response{Status: status, Page: p}, nil
}

// takeBackWork makes an orphaned work its writer's again.
func (w *Web) takeBackWork(r *Request) (Response, error) {
	id, err := r.number("work")
	if err != nil {
		return Response{}, err
	}
	if err := w.Writing.TakeBackWork(r.Context(), r.Viewer, id); err != nil {
		return Response{}, err
	}
	return goTo(workAddress(id))
}

// orphanedEntries are the works a member can still take back.
func orphanedEntries(list []store.Orphaned) []page.OrphanedWork {
	var entries []page.OrphanedWork
	for _, o := range list {
		entries = append(entries, page.OrphanedWork{
			URL: workAddress(o.Work), Title: o.Title, Lang: o.Language, Until: o.Until, Action: workAddress(o.Work) + "/take-back",
		})
	}
	return entries
}

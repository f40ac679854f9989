package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// casesOnPage is how many cases one page of them holds.
const casesOnPage = 30

// listCases answers with the open cases, or with the closed ones.
func (w *Web) listCases(r *Request) (Response, error) {
	p := page.CasesPage{Shell: w.private(r, r.Words.T("cases.title")), Open: r.FormValue("closed") == ""}
	f := store.Filter{Page: r.pageNumber(), PerPage: casesOnPage}
	var total int64
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		cases, err := tx.Cases.List(ctx, p.Open, f.PerPage, (f.Page-1)*f.PerPage)
		if err != nil {
			return err
		}
		for _, c := range cases {
			p.Cases = append(p.Cases, caseLine(c))
		}
		total, err = tx.Cases.Count(ctx, p.Open)
		return err
	})
	query := url.Values{}
	if !p.Open {
		query.Set("closed", "yes")
	}
	p.Pager = pager(f, int(total), page.PathCases, query)
	return Response{Page: p}, err
}

func caseAddress(id int64) string { return fmt.Sprintf("%s/%d", page.PathCases, id) }

func caseLine(c archive.Case) page.CaseLine {
	l := page.CaseLine{URL: caseAddress(c.ID), Kind: c.Kind, Title: c.Title, Reports: c.Reports, At: c.OpenedAt, Outcome: c.Outcome}
	if !c.ClosedAt.IsZero() {
		l.At = c.ClosedAt
	}
	return l
}

// showCase answers with one case.
func (w *Web) showCase(r *Request) (Response, error) {
	p, err := w.casePage(r)
	return Response{Page: p}, err
}

func (w *Web) casePage(r *Request) (page.CasePage, error) {
	id, err := r.number("case")
	if err != nil {
		return page.CasePage{}, err
	}
	p := page.CasePage{Action: caseAddress(id), Typed: r.PostFormValue("reason")}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		c, reports, err := tx.Cases.Find(ctx, id)
		if err != nil {
			return err
		}
		p.Shell = w.private(r, c.Title)
		p.Line, p.Closed, p.Said = caseLine(c), c.ClosedAt, c.Words
		for _, report := range reports {
			p.Reports = append(p.Reports, reported(report))
		}
		owner, err := tx.Accounts.Find(ctx, c.Account)
		p.Subject, p.Actions = w.caseLinks(r, c, owner.Name)
		return ignoreMissing(err)
	})
	return p, err
}

// caseLinks lead to the thing as it is now, and to what can be done.
func (w *Web) caseLinks(r *Request, c archive.Case, owner string) (subject page.Link, actions []page.Link) {
	switch c.Kind {
	case archive.SubjectWork:
		subject = page.Link{Text: r.Words.T("case.look"), URL: workAddress(c.Work)}
	case archive.SubjectComment:
		subject = page.Link{Text: r.Words.T("case.look"), URL: fmt.Sprintf("/comments/%d", c.Subject)}
	case archive.SubjectAccount:
		subject = page.Link{Text: r.Words.T("case.look"), URL: userAddress(c.Title)}
	}
	if c.Kind == archive.SubjectWork {
		actions = append(actions, page.Link{Text: r.Words.T("case.do_work"), URL: oversightAddress(c.Work)})
	}
	if owner != "" {
		actions = append(actions, page.Link{Text: r.Words.T("case.do_member", "Name", owner), URL: measuresAddress(c.Account)})
	}
	return subject, actions
}

func reported(r archive.Report) page.Reported {
	said := page.Reported{At: r.At, Reason: r.Reason, Words: r.Words}
	if r.By != "" {
		said.By = page.Person{Name: r.By, URL: userAddress(r.By)}
	}
	for _, e := range r.AsReported {
		said.Exhibits = append(said.Exhibits, page.Exhibit{What: e.What, Text: e.Text, HTML: prose.PageHTML(e.HTML)})
	}
	return said
}

// closeCase ends a case.
func (w *Web) closeCase(r *Request) (Response, error) {
	id, err := r.number("case")
	if err != nil {
		return Response{}, err
	}
	err = w.Moderation.Close(r.Context(), r.Viewer, id, archive.Outcome(r.PostFormValue("outcome")), r.PostFormValue("reason"))
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	if len(problems) > 0 {
		p, err := w.casePage(r)
		p.Errors = page.ErrorsOf(p.Shell, problems)
		return Response{Status: status, Page: p}, err
	}
	return Response{To: caseAddress(id), Status: http.StatusSeeOther}, nil
}

package web

import (
	"context"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/feedback"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// listHeldForStaff answers with the comments that wait for staff.
func (w *Web) listHeldForStaff(r *Request) (Response, error) {
	p := page.HeldPage{Shell: w.private(r, r.Words.T("desk_held.title")), Desk: true}
	f := store.Filter{Page: r.pageNumber(), PerPage: heldOnPage}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		held, total, err := tx.Threads.HeldForStaff(ctx, r.Viewer, f.PerPage, (f.Page-1)*f.PerPage)
		p.Total = total
		d := dresser{r: r}
		for _, s := range held {
			s.Muted = false // who is to be judged is shown
			c := d.comment(s, true)
			c.Work, c.About = page.Link{Text: s.Title, URL: workAddress(s.Work)}, page.Link{}
			c.Place = "for_staff"
			if s.State == archive.CommentSuspect {
				c.Place = "suspect"
			}
			p.Comments = append(p.Comments, c)
		}
		return err
	})
	if last := lastPage(f, p.Total); err == nil && f.Page > last {
		return goTo(listAddress(page.PathDeskComments, f.Sort, last, nil))
	}
	p.Pager = pager(f, p.Total, page.PathDeskComments, nil)
	return Response{Page: p}, err
}

// judgeForStaff does one thing with all chosen comments. One that was judged or
// taken away meanwhile keeps the others from nothing.
func (w *Web) judgeForStaff(r *Request) (Response, error) {
	chosen := r.PostForm["comment"]
	if r.PostForm.Get("all") != "" {
		chosen = r.PostForm["listed"]
	}
	if len(chosen) > heldOnPage {
		return Response{}, archive.Problems{{Field: "comment", Rule: "too_many", Args: map[string]any{"Limit": heldOnPage, "Count": len(chosen)}}}
	}
	j := feedback.Judgement(r.PostForm.Get("do"))
	if j != feedback.Approve && j != feedback.Spam && j != feedback.Remove {
		return Response{}, archive.ErrNotFound
	}
	for _, value := range chosen {
		id, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return Response{}, archive.ErrNotFound
		}
		if err := ignoreMissing(w.Feedback.Judge(r.Context(), r.Viewer, j, id)); err != nil {
			return Response{}, err
		}
	}
	return goTo(page.PathDeskComments)
}

package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/feedback"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// editComment answers with one's own comment in its box.
func (w *Web) editComment(r *Request) (Response, error) {
	p, err := w.editCommentPage(r)
	return Response{Page: p}, err
}

func (w *Web) editCommentPage(r *Request) (p page.CommentFormPage, err error) {
	id, err := r.number("comment")
	if err != nil {
		return p, err
	}
	p = page.CommentFormPage{Shell: w.private(r, r.Words.T("comment.edit_title")), Heading: r.Words.T("comment.edit_title")}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		o, m, err := w.Feedback.Editable(ctx, tx, r.Viewer, id)
		p.Work, p.Lang = page.Link{Text: o.Title, URL: workAddress(o.ID)}, o.Language
		p.Form = page.CommentForm{Action: commentAddress(id) + "/edit", Text: m.Body, Limits: w.Limits, Filled: true, Editing: true}
		return err
	})
	p.Back = page.Link{Text: r.Words.T("comment.back_to_thread"), URL: commentAddress(id)}
	return p, err
}

// saveComment changes one's own comment.
func (w *Web) saveComment(r *Request) (Response, error) {
	id, err := r.number("comment")
	if err != nil {
		return Response{}, err
	}
	err = w.Feedback.EditComment(r.Context(), r.Viewer, id, r.PostForm.Get("comment"))
	var problems archive.Problems
	if errors.As(err, &problems) {
		p, err := w.editCommentPage(r)
		p.Form.Text, p.Form.Errors = r.PostForm.Get("comment"), page.ErrorsOf(p.Shell, problems)
		return Response{Status: http.StatusUnprocessableEntity, Page: p}, err
	}
	if err != nil {
		return Response{}, err
	}
	return goTo(commentAddress(id))
}

// commentAt is the comment at an address, for a member who reads it.
func (w *Web) commentAt(r *Request) (o opened, said store.Said, err error) {
	err = w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		o, said, err = w.openThread(ctx, tx, r)
		if err == nil && !said.Seen {
			err = archive.ErrNotFound
		}
		return err
	})
	return o, said, err
}

// askToDeleteComment asks before a comment is taken away.
func (w *Web) askToDeleteComment(r *Request) (Response, error) {
	_, said, err := w.commentAt(r)
	if err != nil {
		return Response{}, err
	}
	sentence := r.Words.T("comment.delete_gone")
	if said.Answers > 0 {
		sentence = r.Words.T("comment.delete_place")
	}
	return show(page.ConfirmPage{
		Shell: w.private(r, r.Words.T("comment.delete_title")), Heading: r.Words.T("comment.delete_title"), Sentences: []string{sentence},
		Action: commentAddress(said.ID) + "/delete", Yes: r.Words.T("comment.delete"), No: page.Link{Text: r.Words.T("delete.no"), URL: commentAddress(said.ID)},
	})
}

// deleteComment takes a comment away.
func (w *Web) deleteComment(r *Request) (Response, error) {
	o, said, err := w.commentAt(r)
	if err != nil {
		return Response{}, err
	}
	if err := w.Feedback.DeleteComment(r.Context(), r.Viewer, said.ID); err != nil {
		return Response{}, err
	}
	return goTo(w.commentsOf(o, said))
}

// commentsOf is the page of comments where one stands, or stood.
func (w *Web) commentsOf(o opened, said store.Said) string {
	if slices.ContainsFunc(o.chapters, func(c archive.Chapter) bool { return c.ID == said.Chapter }) && o.Counts.Chapters > 1 {
		return commentsAddress(o.ID, said.Chapter)
	}
	return commentsAddress(o.ID, 0)
}

// judgeComment does what a button under a comment says.
func (w *Web) judgeComment(r *Request) (Response, error) {
	o, said, err := w.commentAt(r)
	if err != nil {
		return Response{}, err
	}
	to := commentAddress(said.ID)
	switch do := r.PostForm.Get("do"); do {
	case "approve":
		err = w.Feedback.Judge(r.Context(), r.Viewer, feedback.Approve, said.ID)
	case "spam":
		err = w.Feedback.Judge(r.Context(), r.Viewer, feedback.Spam, said.ID)
		to = w.commentsOf(o, said)
	case "freeze", "thaw":
		err = w.Feedback.Freeze(r.Context(), r.Viewer, said.ID, do == "freeze")
	case "pin", "unpin":
		err = w.Feedback.Pin(r.Context(), r.Viewer, said.ID, do == "pin")
	default:
		err = archive.ErrNotFound
	}
	if err != nil {
		return Response{}, err
	}
	return goTo(to)
}

// heldOnPage is how many held comments one page of them has.
const heldOnPage = 50

// listHeld answers with the comments that wait for a writer.
func (w *Web) listHeld(r *Request) (Response, error) {
	p := page.HeldPage{Shell: w.private(r, r.Words.T("held.title"))}
	f := store.Filter{Page: r.pageNumber(), PerPage: heldOnPage}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		held, total, err := tx.Threads.Held(ctx, r.Viewer.Account, f.PerPage, (f.Page-1)*f.PerPage)
		if err != nil {
			return err
		}
		p.Total = total
		d := dresser{r: r}
		for _, s := range held {
			c := d.comment(s, true)
			if c.HTML == "" { // of someone the writer mutes: who is to be judged is shown
				s.Muted = false
				c = d.comment(s, true)
			}
			c.Work, c.About = page.Link{Text: s.Title, URL: workAddress(s.Work)}, page.Link{}
			if s.State == archive.CommentSuspect {
				c.Place = "suspect"
			}
			p.Comments = append(p.Comments, c)
		}
		p.Paused, err = tx.Threads.PausedBy(ctx, r.Viewer.Account)
		return err
	})
	if last := lastPage(f, p.Total); err == nil && f.Page > last {
		return goTo(listAddress(page.PathHeld, f.Sort, last, nil))
	}
	p.Pager = pager(f, p.Total, page.PathHeld, nil)
	return Response{Page: p}, err
}

// judgeHeld does one thing with all chosen comments.
func (w *Web) judgeHeld(r *Request) (Response, error) {
	var ids []int64
	for _, value := range r.PostForm["comment"] {
		id, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return Response{}, archive.ErrNotFound
		}
		ids = append(ids, id)
	}
	j := feedback.Judgement(r.PostForm.Get("do"))
	if err := w.Feedback.Judge(r.Context(), r.Viewer, j, ids...); err != nil {
		return Response{}, err
	}
	return goTo(page.PathHeld)
}

// pauseComments begins or ends a day without comments.
func (w *Web) pauseComments(r *Request) (Response, error) {
	if err := w.Feedback.Pause(r.Context(), r.Viewer, r.PostForm.Get("on") != ""); err != nil {
		return Response{}, err
	}
	return goTo(page.PathHeld)
}

package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strconv"
	"time"

	"ficus/internal/archive"
	"ficus/internal/feedback"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// saidFor is how long a guest's browser knows its own held comments.
const saidFor = 30 * 24 * time.Hour

// addComment says what was typed in a box, and goes on to it. What cannot be
// said comes back with everything typed.
func (w *Web) addComment(r *Request) (Response, error) {
	work, err := r.number("work")
	if err != nil {
		return Response{}, err
	}
	n := feedback.NewComment{
		Work: work, Chapter: numberIn(r, "chapter"), Parent: numberIn(r, "parent"), Pseud: r.PostForm.Get("pseud"), Guest: r.PostForm.Get("guest_name"),
		Text: r.PostForm.Get("comment"), Once: onceOf(r),
	}
	var cookies []*http.Cookie
	if !r.Viewer.IsMember() {
		if n.Mark = cookieValue(r.Request, cookieSaid); n.Mark == "" {
			n.Mark = rand.Text()
		}
		cookies = append(cookies, w.cookie(cookieSaid, n.Mark, saidFor))
	}
	id, err := w.Feedback.Comment(r.Context(), r.Viewer, n)
	if err != nil {
		return w.commentAgain(r, work, err)
	}
	to := commentAddress(id)
	if len(cookies) > 0 {
		to += "?said=1" // an address that is not kept for everyone
	}
	return Response{To: to, Cookies: cookies}, nil
}

// numberIn is a number in a form; 0 when there is none.
func numberIn(r *Request, field string) int64 {
	n, err := strconv.ParseInt(r.PostForm.Get(field), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// commentAgain shows what was typed once more with what was wrong. Whose work
// does not open to the viewer is told nothing else.
func (w *Web) commentAgain(r *Request, work int64, err error) (Response, error) {
	problems, status := whyNot(err)
	if problems == nil {
		return Response{}, err
	}
	if errors.Is(err, archive.ErrConflict) {
		problems = sentBefore(r, "comment")
	}
	var p page.CommentFormPage
	parent := numberIn(r, "parent")
	if errors.Is(err, archive.ErrNotFound) {
		parent = 0
	}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		o, err := w.openNumber(ctx, tx, r, work)
		if err != nil {
			return err
		}
		chapter, err := chapterOfForm(o, numberIn(r, "chapter"))
		if err != nil {
			return err
		}
		p, err = w.commentFormPage(ctx, tx, r, o, chapter, parent)
		return err
	})
	if err != nil {
		return Response{}, err
	}
	f := &p.Form
	f.Text, f.Name, f.Pseud, f.Errors = r.PostForm.Get("comment"), r.PostForm.Get("guest_name"), r.PostForm.Get("pseud"), page.ErrorsOf(p.Shell, problems)
	return Response{Status: status, Page: p}, nil
}

// whyNot is what the box says when a comment could not be said; nothing when
// another page must say it.
func whyNot(err error) (archive.Problems, int) {
	var problems archive.Problems
	switch {
	case errors.As(err, &problems):
		return problems, http.StatusUnprocessableEntity
	case errors.Is(err, archive.ErrForbidden):
		return archive.Problems{{Field: "comment", Rule: "closed"}}, http.StatusForbidden
	case errors.Is(err, archive.ErrNotFound):
		return archive.Problems{{Field: "comment", Rule: "answered_gone"}}, http.StatusNotFound
	case errors.Is(err, archive.ErrConflict):
		return archive.Problems{{Field: "comment", Rule: "sent_before"}}, http.StatusConflict
	case errors.Is(err, archive.ErrTooMany):
		return archive.Problems{{Field: "comment", Rule: "too_fast"}}, http.StatusTooManyRequests
	}
	return nil, 0
}

// chapterOfForm is the posted chapter a form names; a forged one is missing.
// That of an answer may be deleted since: then it is the last.
func chapterOfForm(o opened, id int64) (int64, error) {
	for _, c := range o.chapters {
		if c.ID == id && !c.IsDraft() {
			return id, nil
		}
	}
	if last := o.lastPosted(); id == 0 && last.ID != 0 {
		return last.ID, nil
	}
	return 0, archive.ErrNotFound
}

// answerComment answers with a box under the comment that is answered.
func (w *Web) answerComment(r *Request) (Response, error) {
	var p page.CommentFormPage
	var o opened
	err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		var said store.Said
		if o, said, err = w.openThread(ctx, tx, r); err != nil || !o.DeletedAt.IsZero() || w.asks(r, o) {
			return err
		}
		if !said.IsPublic() {
			return archive.ErrNotFound
		}
		p, err = w.commentFormPage(ctx, tx, r, o, 0, said.ID)
		return err
	})
	switch {
	case err != nil:
		return Response{}, err
	case !o.DeletedAt.IsZero():
		return w.showDeleted(r, o)
	case w.asks(r, o):
		return w.showGate(r, o)
	}
	return Response{Page: p}, nil
}

// commentFormPage is a box on a page of its own, for a chapter or under a
// comment. Who may not comment is archive.ErrForbidden, or asked to sign in.
func (w *Web) commentFormPage(ctx context.Context, tx *store.Tx, r *Request, o opened, chapter, parent int64) (p page.CommentFormPage, err error) {
	paused, err := tx.Threads.PausedOn(ctx, o.ID)
	if err != nil {
		return p, err
	}
	open := archive.CommentingOn(o.Work, o.Gate, o.Tie, r.Viewer, w.Catalog.Site(), !paused.IsZero())
	switch {
	case open == archive.CommentingSignIn:
		return p, archive.ErrSignIn
	case open != archive.CommentingOpen && r.Method == http.MethodGet:
		return p, archive.ErrForbidden
	}
	p = page.CommentFormPage{Shell: w.private(r, r.Words.T("comments.say")), Work: page.Link{Text: o.Title, URL: workAddress(o.ID)}, Lang: o.Language}
	p.Path = workAddress(o.ID)
	p.Heading, p.Back = p.Title, page.Link{Text: r.Words.T("comment.back"), URL: workAddress(o.ID)}
	if p.Form, err = w.commentForm(ctx, tx, r, o, chapter); err != nil {
		return p, err
	}
	p.Form.Filled = true
	if !p.Form.Guest {
		p.Form.FormID = rand.Text()
	}
	if parent == 0 {
		return p, nil
	}
	said, err := tx.Threads.Find(ctx, r.reader(o.Opened), parent)
	if err != nil || said.Work != o.ID {
		return p, errors.Join(err, missingUnless(said.Work == o.ID))
	}
	d := w.dresserFor(r, o, archive.CommentingUnasked)
	to := d.comment(said, true)
	to.Acts, to.Delete = nil, ""
	name := d.name(said, to)
	if name == "" {
		name = r.Words.T("comment.left")
	}
	p.To, p.Form.Parent, p.Form.Chapter = []page.Comment{to}, parent, said.Chapter
	p.Heading, p.Back = r.Words.T("comment.answer_to", "Name", name), page.Link{Text: r.Words.T("comment.back_to_thread"), URL: commentAddress(said.ID)}
	p.Title = p.Heading
	return p, nil
}

func missingUnless(there bool) error {
	if there {
		return nil
	}
	return archive.ErrNotFound
}

package web

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"ficus/internal/archive"
	"ficus/internal/feedback"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// How much of what was said stands on which page.
const (
	threadsAtEnd = 5 // where a chapter ends
	answersAtEnd = 5 // of each of them
	threadsOn    = 25
	answersOn    = 30   // of each of those
	answersAlone = 300  // of a thread on its own page
	mostRead     = 3000 // answers that are read to make a page
)

// answers is what stands where a chapter ends, and until when that is true.
type answers struct {
	page.Answers
	until time.Time
}

// reader is who reads the comments of a work. A guest's mark counts only at
// addresses with a query: plain ones are kept, for everyone.
func (r *Request) reader(o store.Opened) store.Reader {
	reader := store.Reader{Viewer: r.Viewer, Creator: o.Tie.Creator}
	if !r.Viewer.IsMember() && !isPlainLook(r.Request) {
		reader.Mark = feedback.Mark(cookieValue(r.Request, cookieSaid))
	}
	return reader
}

// lastPosted is the chapter a comment on the whole work is of.
func (o opened) lastPosted() archive.Chapter {
	for i := len(o.chapters) - 1; i >= 0; i-- {
		if !o.chapters[i].IsDraft() {
			return o.chapters[i]
		}
	}
	return archive.Chapter{}
}

// answersOf is the box of a chapter and the first of what was said of it.
func (w *Web) answersOf(ctx context.Context, tx *store.Tx, r *Request, o opened, c archive.Chapter) (answers, error) {
	if c.IsDraft() || o.PostedAt.IsZero() {
		return answers{}, nil
	}
	a, open, err := w.box(ctx, tx, r, o, c)
	if err != nil {
		return a, err
	}
	count, err := tx.Comments.OfChapter(ctx, c.ID)
	if err != nil {
		return a, err
	}
	a.Count, a.All = int(count), commentsAddress(o.ID, c.ID)
	if o.Counts.Chapters > 1 && o.Counts.Comments > 0 {
		a.Whole = page.Link{Text: r.Words.N("comments.all_of_work", o.Counts.Comments), URL: commentsAddress(o.ID, 0)}
	}
	if o.Tie.Creator {
		held, err := tx.Threads.CountHeld(ctx, r.Viewer.Account)
		if err != nil {
			return a, err
		}
		if held > 0 {
			a.Held = page.Link{Text: r.Words.N("comments.wait_for_you", held), URL: page.PathHeld}
		}
	}
	first, _, err := tx.Threads.Page(ctx, r.reader(o.Opened), store.Asked{Work: o.ID, Chapter: c.ID, Page: 1, PerPage: threadsAtEnd})
	if err != nil {
		return a, err
	}
	d := w.dresserFor(r, o, open)
	d.chapter = true
	a.Comments, err = w.threads(ctx, tx, d, first, answersAtEnd)
	return a, err
}

// threads dresses threads with their answers, at most so many each.
func (w *Web) threads(ctx context.Context, tx *store.Tx, d dresser, first []store.Said, most int) ([]page.Comment, error) {
	var ids []int64
	for _, s := range first {
		ids = append(ids, s.ID)
	}
	answers, err := tx.Threads.Answers(ctx, d.r.reader(d.o.Opened), mostRead, ids...)
	return d.tree(first, answers, most), err
}

// box is the box of a chapter, or why there is none for this viewer.
func (w *Web) box(ctx context.Context, tx *store.Tx, r *Request, o opened, c archive.Chapter) (a answers, open archive.Commenting, err error) {
	paused, err := tx.Threads.PausedOn(ctx, o.ID)
	if err != nil {
		return a, open, err
	}
	site := w.Catalog.Site()
	open = archive.CommentingOn(o.Work, o.Gate, o.Tie, r.Viewer, site, !paused.IsZero())
	switch open {
	case archive.CommentingOpen:
		a.Open = true
		a.Form, err = w.commentForm(ctx, tx, r, o, c.ID)
	case archive.CommentingSignIn:
		a.Closed, a.SignIn = r.Words.T("comments.members"), true
	case archive.CommentingNobody:
		a.Closed = r.Words.T("comments.nobody")
	case archive.CommentingPaused:
		a.Closed, a.until = r.Words.T("comments.paused", "Date", r.Words.DateTime(paused)), paused
	}
	return a, open, err
}

// commentForm is an empty box for a chapter. It has no id of its own: the page it
// stands on is kept, by us for guests and by every browser; the same words said
// twice are one all the same.
func (w *Web) commentForm(ctx context.Context, tx *store.Tx, r *Request, o opened, chapter int64) (page.CommentForm, error) {
	f := page.CommentForm{Action: commentsAddress(o.ID, 0), Chapter: chapter, Guest: !r.Viewer.IsMember(), Limits: w.Limits}
	site := w.Catalog.Site()
	switch archive.CommentStateFor(o.Work, o.Tie, r.Viewer, site, false, r.Now) {
	case archive.CommentForStaff:
		f.Waits = r.Words.T("comment.waits_for_staff")
	case archive.CommentWaiting:
		f.Waits = r.Words.T("comment.waits")
		if f.Guest && !o.HoldsComments() {
			f.Waits = r.Words.T("comment.guests_wait")
		}
	}
	if f.Guest {
		return f, nil
	}
	own, err := tx.Accounts.Pseuds(ctx, r.Viewer.Account)
	for _, p := range own {
		f.Pseuds = append(f.Pseuds, p.Name)
	}
	return f, err
}

// listComments answers with the comments of a work, or of one chapter.
func (w *Web) listComments(r *Request) (Response, error) {
	a := store.Asked{Oldest: r.FormValue("sort") == "oldest", Page: r.pageNumber(), PerPage: threadsOn}
	var o opened
	var said answers
	var c archive.Chapter
	total := 0
	err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		if o, err = w.openWork(ctx, tx, r); err != nil || !o.DeletedAt.IsZero() || w.asks(r, o) {
			return err
		}
		a.Work = o.ID
		if c, err = o.chapterAsked(r); err != nil {
			return err
		}
		a.Chapter = c.ID
		box := c
		if box.ID == 0 {
			box = o.lastPosted()
		}
		var open archive.Commenting
		if said, open, err = w.box(ctx, tx, r, o, box); err != nil {
			return err
		}
		first, all, err := tx.Threads.Page(ctx, r.reader(o.Opened), a)
		if err != nil {
			return err
		}
		total = all
		if said.Count = o.Counts.Comments; c.ID != 0 {
			n, err := tx.Comments.OfChapter(ctx, c.ID)
			if err != nil {
				return err
			}
			said.Count = int(n)
		}
		d := w.dresserFor(r, o, open)
		d.chapter = c.ID != 0
		said.Comments, err = w.threads(ctx, tx, d, first, answersOn)
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
	if last := max(1, (total+threadsOn-1)/threadsOn); a.Page > last {
		return goTo(commentsPageAddress(a, last))
	}
	return Response{Page: w.commentsPage(r, o, c, a, said, total), Keep: o.keepUntil(said.until)}, nil
}

// chapterAsked is the chapter whose comments are asked for; zero: all.
func (o opened) chapterAsked(r *Request) (archive.Chapter, error) {
	asked := r.FormValue("chapter")
	if asked == "" {
		return archive.Chapter{}, nil
	}
	for _, c := range o.chapters {
		if strconv.FormatInt(c.ID, 10) == asked && !c.IsDraft() {
			return c, nil
		}
	}
	return archive.Chapter{}, archive.ErrNotFound
}

func (w *Web) commentsPage(r *Request, o opened, c archive.Chapter, a store.Asked, said answers, total int) page.CommentsPage {
	p := page.CommentsPage{
		Shell: w.public(r, r.Words.T("comments.page_title", "Title", o.Title), commentsPageAddress(a, a.Page)),
		Work:  page.Link{Text: o.Title, URL: workAddress(o.ID)}, Lang: o.Language, Heading: r.Words.T("comments.title"),
		Count: said.Count, Answers: said.Answers,
		Pager: page.NewPager(a.Page, max(1, (total+threadsOn-1)/threadsOn), func(n int) string { return commentsPageAddress(a, n) }),
	}
	p.NoIndex = true
	if c.ID != 0 && o.Counts.Chapters > 1 {
		p.Heading = r.Words.T("comments.of_chapter", "Number", o.number(c))
		p.Chapter = page.Link{Text: r.Words.T("comments.back_to_chapter", "Number", o.number(c)), URL: chapterAddress(o.ID, c.ID)}
		p.Whole = page.Link{Text: r.Words.N("comments.all_of_work", o.Counts.Comments), URL: commentsAddress(o.ID, 0)}
	}
	if total > 1 {
		for _, oldest := range []bool{false, true} {
			other, key := a, "comments.newest"
			if other.Oldest = oldest; oldest {
				key = "comments.oldest"
			}
			p.Sorts = append(p.Sorts, page.Choice{Text: r.Words.T(key), URL: commentsPageAddress(other, 1), Chosen: oldest == a.Oldest})
		}
	}
	return p
}

// commentsPageAddress is the address of a page of comments; what is usual is
// left out.
func commentsPageAddress(a store.Asked, number int) string {
	address, join := commentsAddress(a.Work, a.Chapter), "?"
	if a.Chapter != 0 {
		join = "&"
	}
	if a.Oldest {
		address, join = address+join+"sort=oldest", "&"
	}
	if number > 1 {
		address += fmt.Sprintf("%spage=%d", join, number)
	}
	return address
}

// openThread loads a comment with its work, through the gate.
func (w *Web) openThread(ctx context.Context, tx *store.Tx, r *Request) (opened, store.Said, error) {
	id, err := r.number("comment")
	if err != nil {
		return opened{}, store.Said{}, err
	}
	m, err := tx.Comments.Find(ctx, id)
	if err != nil {
		return opened{}, store.Said{}, err
	}
	o, err := w.openNumber(ctx, tx, r, m.Work)
	if err != nil || !o.DeletedAt.IsZero() {
		return o, store.Said{}, err
	}
	said, err := tx.Threads.Find(ctx, r.reader(o.Opened), id)
	return o, said, err
}

// showComment answers with a comment and what follows from it.
func (w *Web) showComment(r *Request) (Response, error) {
	var p page.ThreadPage
	var o opened
	var until time.Time
	err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		var said store.Said
		if o, said, err = w.openThread(ctx, tx, r); err != nil || !o.DeletedAt.IsZero() || w.asks(r, o) {
			return err
		}
		p, until, err = w.threadPage(ctx, tx, r, o, said)
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
	return Response{Page: p, Keep: o.keepUntil(until)}, nil
}

func (w *Web) threadPage(ctx context.Context, tx *store.Tx, r *Request, o opened, said store.Said) (p page.ThreadPage, until time.Time, err error) {
	paused, err := tx.Threads.PausedOn(ctx, o.ID)
	if err != nil {
		return p, until, err
	}
	open := archive.CommentingOn(o.Work, o.Gate, o.Tie, r.Viewer, w.Catalog.Site(), !paused.IsZero())
	if open == archive.CommentingPaused {
		until = paused
	}
	thread := said
	if said.Thread != 0 {
		if thread, err = tx.Threads.Find(ctx, r.reader(o.Opened), said.Thread); err != nil && err != archive.ErrNotFound {
			return p, until, err
		}
	}
	answers, err := tx.Threads.Answers(ctx, r.reader(o.Opened), mostRead, said.ThreadID())
	if err != nil {
		return p, until, err
	}
	d := w.dresserFor(r, o, open)
	p.Comment = d.subtree(said, answers, !thread.FrozenAt.IsZero(), r.pageNumber())
	p.Shell = w.public(r, r.Words.T("comment.page_title", "Title", o.Title), commentAddress(said.ID))
	p.NoIndex = true
	p.Work, p.Lang = page.Link{Text: o.Title, URL: workAddress(o.ID)}, o.Language
	p.Heading = r.Words.T("comment.heading")
	if said.Parent != 0 {
		p.Up = page.Link{Text: r.Words.T("comment.up"), URL: commentAddress(said.Parent)}
		p.Whole = page.Link{Text: r.Words.T("comment.whole"), URL: commentAddress(said.Thread) + fmt.Sprintf("#comment-%d", said.ID)}
	}
	follows := p.Comment.More
	p.Comment.More = 0
	p.Pager = page.NewPager(r.pageNumber(), max(1, (follows+answersAlone-1)/answersAlone), func(n int) string {
		return fmt.Sprintf("%s?page=%d", commentAddress(said.ID), n)
	})
	p.Back, p.On = w.waysOn(r, o, said.Chapter)
	return p, until, nil
}

// waysOn lead from a comment back to its chapter, and on to the next.
func (w *Web) waysOn(r *Request, o opened, chapter int64) (back, on page.Link) {
	back = page.Link{Text: r.Words.T("comment.back"), URL: workAddress(o.ID)}
	for _, c := range o.chapters {
		if c.ID != chapter || o.Counts.Chapters == 1 {
			continue
		}
		back = page.Link{Text: r.Words.T("comments.back_to_chapter", "Number", o.number(c)), URL: chapterAddress(o.ID, c.ID)}
		if _, next := neighbours(o, c); next.URL != "" {
			on = page.Link{Text: r.Words.T("story.next", "Number", next.Number), URL: next.URL}
		}
	}
	return back, on
}

// subtree is a comment with what follows from it, a page at a time; later pages
// are flat. More counts everything that follows.
func (d dresser) subtree(said store.Said, answers []store.Said, frozen bool, number int) page.Comment {
	under := map[int64][]store.Said{}
	for _, s := range answers {
		under[s.Parent] = append(under[s.Parent], s)
	}
	left := answersAlone
	c := d.branch(said, frozen, "", 1, under, &left)
	follows := answersAlone - left
	if number > 1 {
		var all []page.Comment
		left = len(answers) + 1
		flatten(d.branch(said, frozen, "", 1, under, &left).Answers, &all)
		from := min((number-1)*answersAlone, len(all))
		c.Answers = all[from:min(from+answersAlone, len(all))]
	}
	c.More = follows
	return c
}

// flatten lists comments with their answers one after the other.
func flatten(list []page.Comment, all *[]page.Comment) {
	for _, c := range list {
		deeper := c.Answers
		c.Answers, c.Level = nil, 99
		*all = append(*all, c)
		flatten(deeper, all)
	}
}

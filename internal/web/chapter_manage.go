package web

import (
	"context"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/pattern"
	"ficus/internal/prose"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// manageChapters answers with the chapters of one's work and what may be done
// with each.
func (w *Web) manageChapters(r *Request) (Response, error) {
	e, err := w.openEditing(r)
	if err != nil {
		return Response{}, err
	}
	p := page.ManagePage{
		Shell: w.private(r, r.Words.T("manage.title")), Work: page.Link{Text: e.Title, URL: workAddress(e.ID)}, Lang: e.Language,
		Action: workAddress(e.ID) + "/chapters/move", AddURL: workAddress(e.ID) + "/chapters/new",
	}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		chapters, err := tx.Chapters.Of(ctx, e.ID, true)
		for _, c := range chapters {
			address := chapterAddress(e.ID, c.ID)
			entry := page.ManagedChapter{
				ID: c.ID, Position: c.Position, Title: c.Title, Draft: c.IsDraft(), Words: c.Words, Published: c.Published,
				URL: address, EditURL: address + "/edit", DeleteURL: address + "/delete", CopyURL: copyAddress(e.ID, c.ID),
			}
			if !c.IsDraft() {
				entry.Revisions = address + "/revisions"
			}
			p.Chapters = append(p.Chapters, entry)
		}
		return err
	})
	return Response{Page: p}, err
}

// moveChapter puts a chapter in another place.
func (w *Web) moveChapter(r *Request) (Response, error) {
	work, err := r.number("work")
	if err != nil {
		return Response{}, err
	}
	chapter, chapterErr := strconv.ParseInt(r.PostForm.Get("chapter"), 10, 64)
	to, toErr := strconv.Atoi(r.PostForm.Get("to"))
	if chapterErr != nil {
		return Response{}, archive.ErrNotFound
	}
	if toErr != nil {
		return Response{}, archive.Problems{{Field: "to", Rule: "range", Args: map[string]any{"Min": 1, "Max": w.Limits.Chapters}}}
	}
	if err := w.Writing.MoveChapter(r.Context(), r.Viewer, work, chapter, to); err != nil {
		return Response{}, err
	}
	return goTo(workAddress(work) + "/chapters")
}

// askToDeleteChapter asks before a chapter is deleted.
func (w *Web) askToDeleteChapter(r *Request) (Response, error) {
	e, err := w.openEditing(r)
	if err != nil {
		return Response{}, err
	}
	name := chapterName(r, e.chapter, e.chapter.Title)
	return show(page.ConfirmPage{
		Shell: w.private(r, r.Words.T("delete_chapter.title")), Heading: r.Words.T("delete_chapter.heading", "Title", name),
		Sentences: []string{r.Words.T("delete_chapter.sentence")}, Action: chapterAddress(e.ID, e.chapter.ID) + "/delete",
		Yes: r.Words.T("delete_chapter.yes"), No: page.Link{Text: r.Words.T("delete.no"), URL: workAddress(e.ID) + "/chapters"},
	})
}

// chapterName is a chapter's title, or its number when it has none.
func chapterName(r *Request, c archive.Chapter, title string) string {
	if title == "" {
		return r.Words.T("chapter.number", "Number", c.Position)
	}
	return title
}

// deleteChapter takes a chapter out of its work.
func (w *Web) deleteChapter(r *Request) (Response, error) {
	work, err := r.number("work")
	if err != nil {
		return Response{}, err
	}
	chapter, err := r.number("chapter")
	if err != nil {
		return Response{}, err
	}
	if err := w.Writing.DeleteChapter(r.Context(), r.Viewer, work, chapter); err != nil {
		return Response{}, err
	}
	return goTo(workAddress(work) + "/chapters")
}

// listRevisions answers with the published saves of one's chapter.
func (w *Web) listRevisions(r *Request) (Response, error) {
	e, err := w.openEditing(r)
	if err != nil {
		return Response{}, err
	}
	address := chapterAddress(e.ID, e.chapter.ID)
	p := page.RevisionsPage{
		Shell: w.private(r, r.Words.T("revisions.title")), Work: page.Link{Text: e.Title, URL: workAddress(e.ID)},
		Chapter: page.Link{Text: chapterName(r, e.chapter, e.chapter.Title), URL: address}, Lang: e.Language,
	}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		revisions, err := tx.Revisions.Of(ctx, e.chapter.ID)
		for i, v := range revisions {
			p.Revisions = append(p.Revisions, page.RevisionEntry{
				Number: int(v.Number), URL: address + "/revisions/" + strconv.FormatInt(v.Number, 10), At: v.At, Words: v.Words, Current: i == 0,
			})
		}
		return err
	})
	return Response{Page: p}, err
}

// showRevision answers with one published save as it was.
func (w *Web) showRevision(r *Request) (Response, error) {
	e, err := w.openEditing(r)
	if err != nil {
		return Response{}, err
	}
	number, err := r.number("number")
	if err != nil {
		return Response{}, err
	}
	address := chapterAddress(e.ID, e.chapter.ID)
	p := page.RevisionPage{
		Shell: w.private(r, r.Words.T("revision.title", "Number", int(number))), Work: page.Link{Text: e.Title, URL: workAddress(e.ID)},
		Lang: e.Language, Number: int(number), All: address + "/revisions",
	}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		kept, err := tx.Revisions.Find(ctx, e.chapter.ID, number)
		if err != nil {
			return err
		}
		p.Chapter, p.Text = page.Link{Text: chapterName(r, e.chapter, kept.Title), URL: address}, prose.PageHTML(kept.Text.Body)
		revisions, err := tx.Revisions.Of(ctx, e.chapter.ID)
		for _, v := range revisions {
			if v.Number == number {
				p.At, p.Length = v.At, v.Words
			}
		}
		return err
	})
	return Response{Page: p}, err
}

// askToDelete asks before a work is deleted.
func (w *Web) askToDelete(r *Request) (Response, error) {
	o, _, err := w.ownWork(r)
	if err != nil {
		return Response{}, err
	}
	until := r.Words.Date(r.Now.Add(w.Limits.Trash))
	var mailed bool
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		account, err := tx.Accounts.Find(ctx, r.Viewer.Account)
		mailed = account.Mail() != ""
		return err
	})
	if err != nil {
		return Response{}, err
	}
	p := page.ConfirmPage{
		Shell: w.private(r, r.Words.T("delete_work.title")), Heading: r.Words.T("delete_work.heading", "Title", o.Title),
		Sentences: []string{r.Words.T("delete_work.sentence", "Date", until)}, Action: workAddress(o.ID) + "/delete",
		Yes: r.Words.T("delete_work.yes"), No: page.Link{Text: r.Words.T("delete.no"), URL: workAddress(o.ID)},
	}
	if mailed {
		p.Hidden = []page.Typed{{Name: bookAsked, Value: "yes"}}
		p.Tick = page.Tick{Name: bookWished, Label: r.Words.T("delete_work.book"), On: r.Preferences.BookOnDeletion}
	}
	return show(p)
}

// The fields of a wish to get deleted works as a book by mail: that it was
// asked for, and the answer.
const (
	bookAsked  = "book_asked"
	bookWished = "book_on_deletion"
)

// wishBook keeps whether a member wants deleted works of theirs as a book, if
// the form asked.
func (w *Web) wishBook(r *Request) error {
	wish := r.PostFormValue(bookWished) != ""
	if r.PostFormValue(bookAsked) == "" || wish == r.Preferences.BookOnDeletion {
		return nil
	}
	return w.Accounts.Prefer(r.Context(), r.Viewer, func(p *archive.Preferences) { p.BookOnDeletion = wish })
}

// deleteWork puts a work away for thirty days.
func (w *Web) deleteWork(r *Request) (Response, error) {
	id, err := r.number("work")
	if err != nil {
		return Response{}, err
	}
	if err := w.wishBook(r); err != nil {
		return Response{}, err
	}
	if err := w.Writing.DeleteWork(r.Context(), r.Viewer, id); err != nil {
		return Response{}, err
	}
	return goTo(page.PathMyWorks)
}

// restoreWork brings it back.
func (w *Web) restoreWork(r *Request) (Response, error) {
	id, err := r.number("work")
	if err != nil {
		return Response{}, err
	}
	if err := w.Writing.RestoreWork(r.Context(), r.Viewer, id); err != nil {
		return Response{}, err
	}
	return goTo(workAddress(id))
}

// listOwnWorks answers with everything the member wrote, whatever its state.
func (w *Web) listOwnWorks(r *Request) (Response, error) {
	p := page.MyWorksPage{Shell: w.private(r, r.Words.T("mine.title"))}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		own, err := tx.Lists.Own(ctx, r.Viewer)
		for _, b := range own {
			switch state := b.State(r.Now); state {
			case "deleted":
				p.Deleted = append(p.Deleted, page.DeletedWork{Title: b.Title, Lang: b.Language, Until: b.PurgeAt, Action: workAddress(b.ID) + "/restore", Book: workAddress(b.ID) + ".epub"})
			case "draft":
				p.Drafts = append(p.Drafts, ownEntry(r, b, state))
			default:
				p.Posted = append(p.Posted, ownEntry(r, b, state))
			}
		}
		if err != nil {
			return err
		}
		if p.Held, err = tx.Threads.CountHeld(ctx, r.Viewer.Account); err != nil {
			return err
		}
		orphaned, err := tx.Orphans.By(ctx, r.Viewer.Account)
		p.Orphaned = orphanedEntries(orphaned)
		return err
	})
	return Response{Page: p}, err
}

func ownEntry(r *Request, b store.Blurb, state string) page.OwnWork {
	return page.OwnWork{
		URL: workAddress(b.ID), Title: b.Title, Lang: b.Language, State: state, Restricted: b.Restricted, Posted: b.Counts.Posted, Chapters: b.Counts.Chapters,
		Planned: b.Planned, Words: b.Counts.Words, Begun: b.Dates.Created, Changed: b.Dates.Revised,
		Links: ownLinks(r, store.Opened{Work: b.Work}), PostAction: postAction(b.Work),
	}
}

// autosavedForm is what the forms that are autosaved are called.
var autosavedForm = pattern.New(`^(work/(new|[0-9]{1,18})|chapter/[0-9]{1,18}/(new|[0-9]{1,18})|paper/(news|page|[0-9]{1,18}))$`)

// autosave keeps what a form holds; its script sends it while one types.
func (w *Web) autosave(r *Request) (Response, error) {
	form := r.PostForm.Get("form")
	if !autosavedForm.MatchString(form) {
		return Response{}, archive.ErrNotFound
	}
	base, err := strconv.ParseInt(r.PostForm.Get("base"), 10, 64)
	if err != nil {
		base = 0 // a new thing has no base
	}
	if err := w.Writing.Autosave(r.Context(), r.Viewer, form, base, r.PostForm); err != nil {
		return Response{}, err
	}
	return Response{JSON: map[string]any{"saved": true}}, nil
}

// throwAway drops what was autosaved, at its writer's word.
func (w *Web) throwAway(r *Request) (Response, error) {
	if err := w.Writing.ThrowAway(r.Context(), r.Viewer, r.PostForm.Get("form")); err != nil {
		return Response{}, err
	}
	to := cleanReturn(r.PostForm.Get("to"))
	if to == page.PathHome {
		to = page.PathMyWorks
	}
	return goTo(to)
}

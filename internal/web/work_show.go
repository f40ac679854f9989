package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// opened is a work with what every page of it shows.
type opened struct {
	store.Opened
	tags     []archive.WorkTag
	gifts    []archive.Gift
	chapters []archive.Chapter // drafts too for its creators
	revs     catalog.Revs      // as they were before it was read
	hidden   string            // why staff hid it, to its creators and staff
	cover    archive.Cover     // only where a book is made or chosen
}

// openWork loads a work through the gate.
func (w *Web) openWork(ctx context.Context, tx *store.Tx, r *Request) (opened, error) {
	id, err := r.number("work")
	if err != nil {
		return opened{}, err
	}
	return w.openNumber(ctx, tx, r, id)
}

// openNumber loads a work by its number, through the gate.
func (w *Web) openNumber(ctx context.Context, tx *store.Tx, r *Request, id int64) (o opened, err error) {
	o.revs = w.Catalog.Revs()
	if o.Opened, err = tx.Works.Open(ctx, r.Viewer, id); err != nil {
		return o, err
	}
	tags, err := tx.Tags.On(ctx, id)
	if err != nil {
		return o, err
	}
	gifts, err := tx.Gifts.On(ctx, id)
	if err != nil {
		return o, err
	}
	o.tags, o.gifts = tags[id], gifts[id]
	if !o.HiddenAt.IsZero() {
		if o.hidden, err = whyHidden(ctx, tx, id); err != nil {
			return o, err
		}
	}
	o.chapters, err = tx.Chapters.Of(ctx, id, o.SeesDrafts())
	return o, err
}

// whyHidden is the reason staff gave when they last hid a work.
func whyHidden(ctx context.Context, tx *store.Tx, work int64) (string, error) {
	acts, err := tx.Acts.OnWork(ctx, work, actsShown)
	for _, act := range acts {
		if act.Kind == archive.ActHide {
			return act.Reason, err
		}
	}
	return "", err
}

// told is what stands over a work that not everyone sees.
func (o opened) told(r *Request) []page.Notice {
	switch {
	case !o.HiddenAt.IsZero() && o.hidden != "":
		return []page.Notice{{Kind: "warn", Text: r.Words.T("story.hidden_notice", "Reason", o.hidden)}}
	case !o.HiddenAt.IsZero():
		return []page.Notice{{Kind: "warn", Text: r.Words.T("story.hidden_bare")}}
	case !o.WaitingAt.IsZero():
		return []page.Notice{{Kind: "warn", Text: r.Words.T("story.waiting_notice")}}
	}
	return nil
}

// reportAddress is where a reader tells staff of a work; its creator does not.
func (o opened) reportAddress(chapter int64) string {
	if o.Tie.Creator {
		return ""
	}
	return fmt.Sprintf("%s/report?chapter=%d", workAddress(o.ID), chapter)
}

// muteAddress is where a member keeps a work out of their lists.
func (o opened) muteAddress(r *Request) string {
	if o.Tie.Creator || !r.Viewer.IsMember() {
		return ""
	}
	return workAddress(o.ID) + "/mute"
}

// asks reports whether the reader is asked first (the adult gate).
func (w *Web) asks(r *Request, o opened) bool {
	return !r.AdultShown && !o.Gate.Edit && w.Catalog.Site().AsksFirst(dressTags(o.tags).rating)
}

// number is the shown number of a chapter: its place among the posted ones, or
// for a draft the number it would get.
func (o opened) number(c archive.Chapter) int {
	n := 1
	for _, other := range o.chapters {
		if other.ID == c.ID {
			break
		}
		if !other.IsDraft() {
			n++
		}
	}
	return n
}

// showWork answers with a work as its reader likes it: whole, or its first
// chapter.
func (w *Web) showWork(r *Request) (Response, error) {
	if r.Preferences.EntireWork && r.FormValue("view") != "chapters" {
		return w.showEntire(r)
	}
	return w.readChapter(r, func(o opened) (archive.Chapter, error) {
		if len(o.chapters) == 0 {
			return archive.Chapter{}, archive.ErrNotFound
		}
		return o.chapters[0], nil
	})
}

// showChapter answers with one chapter by its permanent id.
func (w *Web) showChapter(r *Request) (Response, error) {
	id, err := r.number("chapter")
	if err != nil {
		return Response{}, err
	}
	answer, err := w.readChapter(r, func(o opened) (archive.Chapter, error) {
		for _, c := range o.chapters {
			if c.ID == id {
				return c, nil
			}
		}
		return archive.Chapter{}, archive.ErrNotFound
	})
	if err == archive.ErrNotFound {
		return w.formerChapter(r, id)
	}
	return answer, err
}

// readChapter answers with the chapter that choose picks, behind the adult
// gate.
func (w *Web) readChapter(r *Request, choose func(opened) (archive.Chapter, error)) (Response, error) {
	var o opened
	var c archive.Chapter
	var text archive.ChapterText
	var thanks page.Kudos
	var follow page.Follow
	var said answers
	err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		if o, err = w.openWork(ctx, tx, r); err != nil {
			return err
		}
		if !o.DeletedAt.IsZero() {
			return nil
		}
		if c, err = choose(o); err != nil {
			return err
		}
		if text, err = tx.Chapters.Text(ctx, c.ID); err != nil {
			return err
		}
		if thanks, err = kudosUnder(ctx, tx, r, o.Opened); err != nil {
			return err
		}
		if follow, err = followWork(ctx, tx, r, o.Opened); err != nil {
			return err
		}
		said, err = w.answersOf(ctx, tx, r, o, c)
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
	p := page.ChapterPage{Shell: w.chapterShell(r, o, c), Story: w.story(r, o.Opened, o.tags, o.gifts), Thanks: thanks}
	p.Chapter = chapter(r, c, o.number(c), text)
	w.addWorkNotes(&p.Chapter, o, c)
	p.Previous, p.Next = neighbours(o, c)
	p.Answers, p.Follow = said.Answers, follow
	p.Notices, p.Report, p.Mute = o.told(r), o.reportAddress(c.ID), o.muteAddress(r)
	if o.Gate.Edit {
		p.Story.Own = append([]page.Link{
			{Text: r.Words.T("own.edit_chapter"), URL: chapterAddress(o.ID, c.ID) + "/edit"},
			{Text: r.Words.T("own.copy_chapter"), URL: copyAddress(o.ID, c.ID)},
		}, p.Story.Own...)
	}
	return Response{Page: p, Keep: o.keepUntil(said.until), Work: o.ID}, nil
}

func (w *Web) chapterShell(r *Request, o opened, c archive.Chapter) page.Shell {
	title, address := o.Title, workAddress(o.ID)
	if o.Counts.Chapters > 1 {
		address = chapterAddress(o.ID, c.ID)
		title = r.Words.T("chapter.page_title", "Number", o.number(c), "Title", o.Title)
	}
	return w.public(r, title, address)
}

// addWorkNotes puts the work's own notes with its first and last chapter.
func (w *Web) addWorkNotes(p *page.Chapter, o opened, c archive.Chapter) {
	if c.ID == o.chapters[0].ID {
		p.NotesBefore = append(notes(o.NotesBefore), p.NotesBefore...)
	}
	if c.ID == o.chapters[len(o.chapters)-1].ID {
		p.NotesAfter = append(p.NotesAfter, notes(o.NotesAfter)...)
	}
}

func neighbours(o opened, c archive.Chapter) (previous, next page.ChapterLink) {
	for i, other := range o.chapters {
		if other.ID != c.ID {
			continue
		}
		if i > 0 {
			previous = chapterLink(o, o.chapters[i-1])
		}
		if i+1 < len(o.chapters) {
			next = chapterLink(o, o.chapters[i+1])
		}
	}
	return previous, next
}

func chapterLink(o opened, c archive.Chapter) page.ChapterLink {
	return page.ChapterLink{Number: o.number(c), Title: c.Title, URL: chapterAddress(o.ID, c.ID)}
}

func chapterAnchor(id int64) string { return "chapter-" + strconv.FormatInt(id, 10) }

// showEntire answers with a whole work on one page.
func (w *Web) showEntire(r *Request) (Response, error) {
	var o opened
	var texts map[int64]archive.ChapterText
	var thanks page.Kudos
	var follow page.Follow
	var said answers
	err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		if o, err = w.openWork(ctx, tx, r); err != nil || !o.DeletedAt.IsZero() {
			return err
		}
		if texts, err = tx.Chapters.Texts(ctx, o.ID, o.SeesDrafts()); err != nil {
			return err
		}
		if thanks, err = kudosUnder(ctx, tx, r, o.Opened); err != nil {
			return err
		}
		if follow, err = followWork(ctx, tx, r, o.Opened); err != nil {
			return err
		}
		said, err = w.answersOf(ctx, tx, r, o, o.lastPosted())
		return err
	})
	switch {
	case err != nil:
		return Response{}, err
	case !o.DeletedAt.IsZero():
		return w.showDeleted(r, o)
	case w.asks(r, o):
		return w.showGate(r, o)
	case len(o.chapters) == 0:
		return Response{}, archive.ErrNotFound
	}
	p := page.EntirePage{Shell: w.public(r, o.Title, entireAddress(o.ID)), Story: w.story(r, o.Opened, o.tags, o.gifts), Thanks: thanks}
	p.Notices, p.Report, p.Mute = o.told(r), o.reportAddress(o.chapters[0].ID), o.muteAddress(r)
	for _, c := range o.chapters {
		shown := chapter(r, c, o.number(c), texts[c.ID])
		w.addWorkNotes(&shown, o, c)
		p.Chapters = append(p.Chapters, shown)
	}
	p.Answers, p.Follow = said.Answers, follow
	return Response{Page: p, Keep: o.keepUntil(said.until), Work: o.ID}, nil
}

// showIndex answers with the chapters of a work and their dates.
func (w *Web) showIndex(r *Request) (Response, error) {
	var o opened
	err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		o, err = w.openWork(ctx, tx, r)
		return err
	})
	if err != nil {
		return Response{}, err
	}
	switch {
	case !o.DeletedAt.IsZero():
		return w.showDeleted(r, o)
	case w.asks(r, o):
		return w.showGate(r, o)
	}
	p := page.IndexPage{Shell: w.public(r, r.Words.T("index.title", "Title", o.Title), indexAddress(o.ID)), Story: w.story(r, o.Opened, o.tags, o.gifts)}
	for _, c := range o.chapters {
		p.Chapters = append(p.Chapters, page.IndexEntry{ChapterLink: chapterLink(o, c), Published: c.Published, Words: c.Words, Draft: c.IsDraft()})
	}
	return Response{Page: p, Keep: o.keep()}, nil
}

// formerChapter tells what became of a chapter that was deleted, and leads to
// the work; a number never used is missing.
func (w *Web) formerChapter(r *Request, id int64) (Response, error) {
	var o opened
	err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		if o, err = w.openWork(ctx, tx, r); err != nil {
			return err
		}
		_, err = tx.Chapters.Former(ctx, o.ID, id)
		return err
	})
	if err != nil {
		return Response{}, err
	}
	answer := w.message(r, http.StatusGone, "former_chapter.title", "former_chapter.sentence")
	p := answer.Page.(page.MessagePage)
	p.Next = page.Link{Text: r.Words.T("former_chapter.work"), URL: workAddress(o.ID)}
	answer.Page = p
	return answer, nil
}

// showDeleted tells a creator that their work is deleted, until when it can be
// brought back, and how.
func (w *Web) showDeleted(r *Request, o opened) (Response, error) {
	return w.tellDeleted(r, o.Opened), nil
}

func (w *Web) tellDeleted(r *Request, o store.Opened) Response {
	answer := w.message(r, http.StatusGone, "deleted_work.title", "deleted_work.sentence", "Date", r.Words.Date(o.PurgeAt))
	p := answer.Page.(page.MessagePage)
	p.Next = page.Link{Text: r.Words.T("deleted_work.back"), URL: page.PathMyWorks}
	answer.Page = p
	return answer
}

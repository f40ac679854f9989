package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
	"ficus/internal/writing"
)

// chapterForm is the name under which a chapter's form is autosaved; 0 is a
// new chapter.
func chapterForm(work, chapter int64) string {
	if chapter == 0 {
		return fmt.Sprintf("chapter/%d/new", work)
	}
	return fmt.Sprintf("chapter/%d/%d", work, chapter)
}

// editing is what a chapter's form is about.
type editing struct {
	store.Opened
	chapter archive.Chapter // zero: a new one
	text    archive.ChapterText
}

// openEditing loads a work for its creator, with the chapter of the address
// when there is one.
func (w *Web) openEditing(r *Request) (editing, error) {
	var e editing
	work, err := r.number("work")
	if err != nil {
		return e, err
	}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		if e.Opened, err = forEdit(ctx, tx, r, work); err != nil || r.PathValue("chapter") == "" {
			return err
		}
		id, err := r.number("chapter")
		if err != nil {
			return err
		}
		if e.chapter, err = tx.Chapters.Find(ctx, work, id, true); err != nil {
			return err
		}
		e.text, err = tx.Chapters.Text(ctx, id)
		return err
	})
	return e, err
}

// newChapter answers with the form of a new chapter.
func (w *Web) newChapter(r *Request) (Response, error) { return w.editChapter(r) }

// editChapter answers with the form of a chapter.
func (w *Web) editChapter(r *Request) (Response, error) {
	e, err := w.openEditing(r)
	if err != nil {
		return Response{}, err
	}
	p := page.ChapterFormPage{Position: e.chapter.Position}
	if e.chapter.ID != 0 {
		p.Chapter = typedChapterOf(e.chapter, e.text)
	} else {
		p.Position, _ = strconv.Atoi(r.FormValue("position"))
		if err := w.beginChapter(r, e.Title, &p); err != nil {
			return Response{}, err
		}
	}
	form := chapterForm(e.ID, e.chapter.ID)
	typed, err := w.recovered(r, form)
	if err != nil {
		return Response{}, err
	}
	if typed != nil {
		p.Chapter, p.Head = typedChapter(typed), w.recoveredHead(form, typed)
		if err := w.keepBrought(r, &p, typed); err != nil {
			return Response{}, err
		}
		if at, err := strconv.Atoi(typed.Get("position")); err == nil {
			p.Position = at
		}
	} else if p.Head, err = w.formHead(r, form, e.chapter.Revision); err != nil {
		return Response{}, err
	}
	return w.showChapterForm(r, e, p, http.StatusOK)
}

// typedChapterOf is a chapter's fields as they would have been typed: its text
// as it came, so that saving it unchanged changes nothing.
func typedChapterOf(c archive.Chapter, t archive.ChapterText) page.ChapterTyped {
	return page.ChapterTyped{
		Title: c.Title, Text: t.Source, Format: t.Format, Summary: editable(t.Summary), Disclaimer: editable(t.Disclaimer), Dedication: t.Dedication,
		NotesBefore: editable(t.NotesBefore), NotesAfter: editable(t.NotesAfter), PublishedOn: dayOf(writing.OwnDate(c)),
	}
}

func (w *Web) showChapterForm(r *Request, e editing, p page.ChapterFormPage, status int) (Response, error) {
	p.Work, p.Lang = page.Link{Text: e.Title, URL: workAddress(e.ID)}, e.Language
	p.Positions, p.Cancel, p.WorkDraft = e.Counts.Chapters, workAddress(e.ID)+"/chapters", e.PostedAt.IsZero()
	if e.chapter.ID == 0 {
		p.New, p.Positions, p.Action = true, e.Counts.Chapters+1, workAddress(e.ID)+"/chapters/new"
		if p.Position < 1 || p.Position > p.Positions {
			p.Position = p.Positions
		}
		p.Shell = w.private(r, r.Words.T("chapter_form.new"))
		return Response{Status: status, Page: p}, nil
	}
	p.Posted, p.Action = !e.chapter.IsDraft(), chapterAddress(e.ID, e.chapter.ID)+"/edit"
	p.Cancel, p.Revisions = chapterAddress(e.ID, e.chapter.ID), chapterAddress(e.ID, e.chapter.ID)+"/revisions"
	p.Shell = w.private(r, r.Words.T("chapter_form.edit", "Number", e.chapter.Position))
	return Response{Status: status, Page: p}, nil
}

// saveChapter previews a chapter, saves it as a draft or posts it.
func (w *Web) saveChapter(r *Request) (Response, error) {
	e, err := w.openEditing(r)
	if errors.Is(err, archive.ErrNotFound) && e.Opened.ID != 0 {
		return w.chapterGone(r, e)
	}
	if err != nil {
		return Response{}, err
	}
	var problems archive.Problems
	f := writing.ChapterForm{
		Work: e.ID, Chapter: e.chapter.ID, Fields: chapterFields(typedChapter(r.PostForm), &problems), Autosave: chapterForm(e.ID, e.chapter.ID),
		Once: onceOf(r),
	}
	f.Fields.Manuscript = e.text.Manuscript
	if err := w.fromManuscript(r, &f); err != nil {
		return w.chapterFormAgain(r, e, err)
	}
	f.Base = baseOf(r)
	f.Position, _ = strconv.Atoi(r.PostForm.Get("position"))
	if f.Uploads, err = w.keepUploads(r, &problems); err != nil {
		return w.chapterFormAgain(r, e, err)
	}
	f.Post = wanted(r) != "draft"
	switch do := r.PostForm.Get("do"); {
	case do == "edit":
		return w.chapterFormAgain(r, e, nil)
	case do == "theirs":
		return w.keepTheirs(r, e)
	case do == "preview" || len(problems) > 0:
		return w.previewChapter(r, e, f, problems)
	case do == "mine":
		f.Fields.Text = r.PostForm.Get("mine")
	}
	id, err := w.Writing.SaveChapter(r.Context(), r.Viewer, f)
	switch {
	case errors.Is(err, archive.ErrConflict) && f.Chapter == 0:
		err = sentBefore(r, "chapter_title")
	case errors.Is(err, archive.ErrConflict):
		return w.chapterConflict(r, e)
	}
	if err != nil {
		return w.chapterFormAgain(r, e, err)
	}
	return goTo(chapterAddress(e.ID, id))
}

// chapterGone shows what was typed for a chapter that was deleted meanwhile, as
// a new one.
func (w *Web) chapterGone(r *Request, e editing) (Response, error) {
	e.chapter = archive.Chapter{}
	r.PostForm.Set("form_id", rand.Text())
	r.PostForm.Set("base", "0")
	return w.chapterFormAgain(r, e, archive.Problems{{Field: "text", Rule: "chapter_gone"}})
}

// keepTheirs keeps the text that was saved elsewhere, and drops this one's
// autosave at its writer's word.
func (w *Web) keepTheirs(r *Request, e editing) (Response, error) {
	if err := w.Writing.ThrowAway(r.Context(), r.Viewer, chapterForm(e.ID, e.chapter.ID)); err != nil {
		return Response{}, err
	}
	return goTo(chapterAddress(e.ID, e.chapter.ID))
}

func (w *Web) chapterFormAgain(r *Request, e editing, err error) (Response, error) {
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	p := page.ChapterFormPage{Chapter: typedChapter(r.PostForm), Head: w.headAgain(r, problems), Position: e.chapter.Position}
	p.Head.Autosave = chapterForm(e.ID, e.chapter.ID)
	if e.chapter.ID == 0 {
		p.Position, _ = strconv.Atoi(r.PostForm.Get("position"))
		if err := w.keepBrought(r, &p, r.PostForm); err != nil {
			return Response{}, err
		}
	}
	return w.showChapterForm(r, e, p, status)
}

// previewChapter shows the chapter as readers would get it, and saves nothing.
// When something is wrong it says everything that is.
func (w *Web) previewChapter(r *Request, e editing, f writing.ChapterForm, problems archive.Problems) (Response, error) {
	set, err := w.Writing.Preview(r.Context(), e.ID, f.Fields, f.Uploads, !f.Post)
	if err := collect(&problems, err); err != nil {
		return Response{}, err
	}
	if len(problems) > 0 {
		return w.chapterFormAgain(r, e, problems)
	}
	var o opened
	err = w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		o, err = w.openWork(ctx, tx, r)
		return err
	})
	if err != nil {
		return Response{}, err
	}
	if e.chapter.ID == 0 { // the work as it will be with this chapter
		o.Counts.Posted++
		if o.Planned > 0 {
			o.Planned = max(o.Planned, o.Counts.Posted)
		}
	}
	number := o.Counts.Posted
	if f.Position > 0 {
		number = min(f.Position, number)
	}
	shown := archive.Chapter{Title: set.Title, Words: set.Words, Published: r.Now}
	p := page.PreviewPage{Shell: w.private(r, r.Words.T("preview.title")), Action: workAddress(e.ID) + "/chapters/new", Story: w.story(r, o.Opened, o.tags, o.gifts)}
	if e.chapter.ID != 0 {
		number, shown.Published = o.number(e.chapter), e.chapter.Published
		p.Action, p.Posted = chapterAddress(e.ID, e.chapter.ID)+"/edit", !e.chapter.IsDraft()
	}
	p.Chapter = chapter(r, shown, number, set.Text)
	p.Draft = o.PostedAt.IsZero()
	return w.finishPreview(r, p, set)
}

// chapterConflict shows the text typed here and the one saved meanwhile, with
// what differs marked; neither is lost.
func (w *Web) chapterConflict(r *Request, e editing) (Response, error) {
	mine, theirs := typedChapter(r.PostForm), typedChapterOf(e.chapter, e.text)
	conflicted(r, e.chapter.Revision)
	p := page.ConflictPage{
		Shell: w.private(r, r.Words.T("conflict.title")), Action: chapterAddress(e.ID, e.chapter.ID) + "/edit", SavedAt: e.chapter.UpdatedAt, Mine: mine.Text,
	}
	here, there := "", "" // the fields that differ, over the texts
	for _, field := range []struct{ word, mine, theirs string }{
		{"chapter_form.title", mine.Title, theirs.Title}, {"chapter_form.summary", mine.Summary, theirs.Summary},
		{"chapter_form.disclaimer", mine.Disclaimer, theirs.Disclaimer}, {"chapter_form.notes_before", mine.NotesBefore, theirs.NotesBefore},
		{"chapter_form.notes_after", mine.NotesAfter, theirs.NotesAfter}, {"chapter_form.dedication", mine.Dedication, theirs.Dedication},
	} {
		if field.mine == field.theirs {
			continue
		}
		label := r.Words.T(field.word)
		p.Changed = append(p.Changed, label)
		here, there = here+label+":\n"+field.mine+"\n\n", there+label+":\n"+field.theirs+"\n\n"
	}
	p.Parts = differences(here+mine.Text, there+theirs.Text)
	p.Hidden = append(hidden(r.PostForm, "do", "text", "mine"), page.Typed{Name: "mine", Value: mine.Text}) // the box below holds the text
	return Response{Status: http.StatusConflict, Page: p}, nil
}

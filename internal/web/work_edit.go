package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/store"
	"ficus/internal/web/page"
	"ficus/internal/writing"
)

func workForm(id int64) string { return "work/" + strconv.FormatInt(id, 10) }

// ownWork loads a work for one of its creators, with its fields.
func (w *Web) ownWork(r *Request) (o store.Opened, f archive.WorkFields, err error) {
	id, err := r.number("work")
	if err != nil {
		return o, f, err
	}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		if o, err = forEdit(ctx, tx, r, id); err != nil {
			return err
		}
		f, err = writing.FieldsOf(ctx, tx, o)
		return err
	})
	return o, f, err
}

// deletedWork is met by a creator who would change what they have deleted.
type deletedWork struct{ store.Opened }

// Error says it for a log.
func (deletedWork) Error() string { return "the work is deleted" }

// forEdit gives a work to one of its creators, who is told when it is deleted.
func forEdit(ctx context.Context, tx *store.Tx, r *Request, id int64) (store.Opened, error) {
	o, err := tx.Works.Open(ctx, r.Viewer, id)
	switch {
	case err != nil:
		return o, err
	case !o.DeletedAt.IsZero():
		return o, deletedWork{o}
	case !o.Gate.Edit:
		return o, archive.ErrForbidden
	}
	return o, nil
}

// editWork answers with the form of a work.
func (w *Web) editWork(r *Request) (Response, error) {
	o, f, err := w.ownWork(r)
	if err != nil {
		return Response{}, err
	}
	p := page.WorkFormPage{Work: typedOf(f)}
	typed, err := w.recovered(r, workForm(o.ID))
	if err != nil {
		return Response{}, err
	}
	if typed != nil {
		p.Work, p.Head = typedWork(typed), w.recoveredHead(workForm(o.ID), typed)
	} else if p.Head, err = w.formHead(r, workForm(o.ID), o.Revision); err != nil {
		return Response{}, err
	}
	return w.showEditForm(r, o, p, http.StatusOK)
}

func (w *Web) showEditForm(r *Request, o store.Opened, p page.WorkFormPage, status int) (Response, error) {
	p.Action, p.Cancel, p.Draft = workAddress(o.ID)+"/edit", workAddress(o.ID), o.PostedAt.IsZero()
	p.Cover = coverAddress(o.ID)
	p.Shell = w.private(r, r.Words.T("work_form.edit", "Title", o.Title))
	p.Head.Errors.LeadTo(workAddress(o.ID)+"/chapters", chapterProblems...)
	_, had, err := w.ownWork(r)
	if err != nil {
		return Response{}, err
	}
	p.Offers = w.offers(had)
	p.Own, err = w.ownPseuds(r)
	return Response{Status: status, Page: p}, err
}

// typedOf is a work's fields as they would have been typed.
func typedOf(f archive.WorkFields) page.WorkTyped {
	planned := "?"
	if f.Planned > 0 {
		planned = strconv.Itoa(f.Planned)
	}
	return page.WorkTyped{
		Title: f.Title, Pseuds: f.Pseuds, Fandoms: joinTags(f.Fandoms), Rating: f.Rating, Warnings: f.Warnings, Categories: f.Categories,
		Relationships: joinTags(f.Relationships), MainTags: joinTags(f.MainTags), Characters: joinTags(f.Characters), Freeforms: joinTags(f.Freeforms),
		Language: f.Language, Summary: editable(f.Summary), NotesBefore: editable(f.NotesBefore), NotesAfter: editable(f.NotesAfter),
		Gifts: joinTags(f.Gifts), Elsewhere: strings.Join(f.Elsewhere, "\n"), Planned: planned, PublishedOn: dayOf(f.PublishedOn),
		Restricted: f.Restricted, Anonymous: f.Anonymous, Comments: f.Comments, Moderated: f.Moderated, AsTyped: f.AsTyped,
	}
}

func joinTags(names []string) string { return strings.Join(names, ", ") }

// editable is a stored text as the edit box shows it; typing nothing changes
// nothing.
func editable(html string) string { return prose.ReadStored(html).Editable() }

// saveWork stores the fields of a work, or shows what is wrong, or the two
// versions when it was changed meanwhile.
func (w *Web) saveWork(r *Request) (Response, error) {
	o, now, err := w.ownWork(r)
	if err != nil {
		return Response{}, err
	}
	var problems archive.Problems
	f := writing.WorkForm{
		Work: o.ID, Base: baseOf(r), Fields: workFields(typedWork(r.PostForm), &problems), Post: wanted(r) == "post", Autosave: workForm(o.ID), Once: onceOf(r),
	}
	switch do := r.PostForm.Get("do"); {
	case do == "theirs":
		if err := w.Writing.ThrowAway(r.Context(), r.Viewer, workForm(o.ID)); err != nil {
			return Response{}, err
		}
		return goTo(workAddress(o.ID))
	case do == "edit":
		return w.editFormAgain(r, o, nil)
	case do == "preview" || len(problems) > 0:
		return w.previewEdit(r, o, now, f.Fields, problems)
	}
	err = w.Writing.EditWork(r.Context(), r.Viewer, f)
	if errors.Is(err, archive.ErrConflict) {
		return w.workConflict(r, o, now)
	}
	if err != nil {
		return w.editFormAgain(r, o, err)
	}
	return goTo(workAddress(o.ID))
}

// editFormAgain shows the form with everything typed and what is wrong.
func (w *Web) editFormAgain(r *Request, o store.Opened, err error) (Response, error) {
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	p := page.WorkFormPage{Work: typedWork(r.PostForm), Head: w.headAgain(r, problems)}
	p.Head.Autosave = workForm(o.ID)
	return w.showEditForm(r, o, p, status)
}

// previewEdit shows the work under its new head, and saves nothing. When
// something is wrong it says everything that is.
func (w *Web) previewEdit(r *Request, o store.Opened, had, f archive.WorkFields, problems archive.Problems) (Response, error) {
	work, more := w.Writing.SetWork(&f, had, o.PostedAt.IsZero())
	if problems = append(problems, more...); len(problems) > 0 {
		return w.editFormAgain(r, o, problems)
	}
	var first archive.Chapter
	var text archive.ChapterText
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		chapters, err := tx.Chapters.Of(ctx, o.ID, true)
		if err != nil || len(chapters) == 0 {
			return err
		}
		first = chapters[0]
		text, err = tx.Chapters.Text(ctx, first.ID)
		return err
	})
	if err != nil {
		return Response{}, err
	}
	shown := o
	shown.Work = work
	shown.ID, shown.Counts, shown.Standing, shown.Dates = o.ID, o.Counts, o.Standing, o.Dates
	shown.Restricted, shown.Anonymous = f.Restricted, f.Anonymous
	var gifts []archive.Gift
	for _, name := range f.Gifts {
		gifts = append(gifts, archive.Gift{Recipient: name})
	}
	shown.Creators = w.signing(r, f.Pseuds)
	p := page.PreviewPage{Shell: w.private(r, r.Words.T("preview.title")), Action: workAddress(o.ID) + "/edit", Posted: !o.PostedAt.IsZero()}
	p.Story, p.Chapter = w.story(r, shown, f.Tags(), gifts), chapter(r, first, 1, text)
	p.Chapter.NotesBefore = append(notes(work.NotesBefore), p.Chapter.NotesBefore...)
	p.Hidden, p.Story.Own, p.Story.Files, p.Story.PostAction = hidden(r.PostForm, "do"), nil, nil, ""
	return show(p)
}

// workConflict shows that the work was changed since the form was opened, with
// both versions of what differs.
func (w *Web) workConflict(r *Request, o store.Opened, now archive.WorkFields) (Response, error) {
	mine, theirs := typedWork(r.PostForm), typedOf(now)
	conflicted(r, o.Revision)
	p := page.ConflictPage{
		Shell: w.private(r, r.Words.T("conflict.title")), Action: workAddress(o.ID) + "/edit", SavedAt: o.Dates.Revised,
		Parts: differences(workAsText(r, mine), workAsText(r, theirs)), Hidden: hidden(r.PostForm, "do"),
	}
	return Response{Status: http.StatusConflict, Page: p}, nil
}

// workAsText is a work's fields one a line, to be compared.
func workAsText(r *Request, t page.WorkTyped) string {
	lines := []string{t.Title, t.Fandoms, t.Rating, joinTags(t.Warnings), joinTags(t.Categories), t.Relationships, t.Characters, t.Freeforms, t.Gifts, t.Summary, t.NotesBefore, t.NotesAfter, t.Planned, t.Elsewhere}
	var said []string
	for _, line := range lines {
		if line != "" {
			said = append(said, line)
		}
	}
	return strings.Join(said, "\n\n")
}

func differences(mine, theirs string) []page.Difference {
	sides := map[prose.Side]string{prose.InFirst: "mine", prose.InSecond: "theirs"}
	var parts []page.Difference
	for _, change := range prose.Compare(mine, theirs) {
		parts = append(parts, page.Difference{Text: change.Text, Only: sides[change.Side]})
	}
	return parts
}

// postWork publishes a draft from the writer's own list or its page.
func (w *Web) postWork(r *Request) (Response, error) {
	id, err := r.number("work")
	if err != nil {
		return Response{}, err
	}
	err = w.Writing.PostWork(r.Context(), r.Viewer, id)
	var problems archive.Problems
	if errors.As(err, &problems) {
		return w.draftLacks(r, problems)
	}
	if err != nil {
		return Response{}, err
	}
	return goTo(workAddress(id))
}

// draftLacks shows a draft's form with what posting needs.
func (w *Web) draftLacks(r *Request, problems archive.Problems) (Response, error) {
	o, f, err := w.ownWork(r)
	if err != nil {
		return Response{}, err
	}
	p := page.WorkFormPage{Work: typedOf(f)}
	if p.Head, err = w.formHead(r, workForm(o.ID), o.Revision); err != nil {
		return Response{}, err
	}
	p.Head.Errors = page.ErrorsOf(w.shell(r, ""), problems)
	return w.showEditForm(r, o, p, http.StatusUnprocessableEntity)
}

package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/store"
	"ficus/internal/web/page"
	"ficus/internal/writing"
)

// newWorkForm is the name under which the form of a new work is autosaved.
const newWorkForm = "work/new"

// newWork answers with the form of a new work, empty, recovered, or begun from
// a manuscript.
func (w *Web) newWork(r *Request) (Response, error) {
	p := page.WorkFormPage{Work: page.WorkTyped{Planned: "1", Language: r.Words.Tag()}, Chapter: &page.ChapterTyped{}}
	typed, err := w.recovered(r, newWorkForm)
	if err != nil {
		return Response{}, err
	}
	id, _ := strconv.ParseInt(r.FormValue("manuscript"), 10, 64)
	if typed != nil {
		chapter := typedChapter(typed)
		p.Work, p.Chapter = typedWork(typed), &chapter
		id, _ = strconv.ParseInt(typed.Get("manuscript"), 10, 64)
	}
	if err := w.setBrought(r, &p, id, typed == nil); err != nil {
		return Response{}, err
	}
	if p.Head, err = w.formHead(r, newWorkForm, 0); err != nil {
		return Response{}, err
	}
	if typed != nil {
		p.Head.Recovery = page.Recovery{}
	}
	return w.showWorkForm(r, p, http.StatusOK)
}

// showWorkForm answers with a form of a new work, whole.
func (w *Web) showWorkForm(r *Request, p page.WorkFormPage, status int) (Response, error) {
	p.New, p.Action, p.Cancel = true, page.PathNewWork, page.PathMyWorks
	p.Shell = w.private(r, r.Words.T("work_form.new"))
	var err error
	p.Own, err = w.ownPseuds(r)
	return Response{Status: status, Page: p}, err
}

func (w *Web) ownPseuds(r *Request) (names []string, err error) {
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		pseuds, err := tx.Accounts.Pseuds(ctx, r.Viewer.Account)
		for _, p := range pseuds {
			names = append(names, p.Name)
		}
		return err
	})
	return names, err
}

// setBrought begins the form from a manuscript: its chapters stand in for the
// text box, and what its head says fills the fields that are still empty.
func (w *Web) setBrought(r *Request, p *page.WorkFormPage, id int64, fill bool) error {
	if id == 0 {
		return nil
	}
	ms, reading, err := w.Writing.Manuscript(r.Context(), r.Viewer, id)
	if err != nil {
		return err
	}
	p.Chapter = nil
	p.Brought = &page.Brought{ID: ms.ID, Said: saidOf(r, reading), ReviewURL: manuscriptAddress(ms.ID)}
	first := reading.Works[0]
	for i, c := range first.Chapters {
		title := c.Title
		if title == "" {
			title = r.Words.T("chapter.number", "Number", i+1)
		}
		p.Brought.Chapters = append(p.Brought.Chapters, title)
		p.Brought.Words += c.Body.Words()
	}
	if fill {
		fillFromManuscript(&p.Work, first)
	}
	return nil
}

// fillFromManuscript proposes what the manuscript says of itself; the writer
// sees it in the fields and can change all of it.
func fillFromManuscript(t *page.WorkTyped, from manuscript.Work) {
	t.Title = from.Title
	t.Fandoms, t.Relationships, t.Characters = from.Fields["fandom"], from.Fields["pairing"], from.Fields["characters"]
	t.Summary = from.Fields["summary"]
	t.Rating = ratingOf(from.Fields["rating"])
	t.Planned = strconv.Itoa(len(from.Chapters))
	if len(from.Chapters) > 0 {
		t.Gifts = from.Chapters[0].Dedication
	}
}

// ratingOf reads the ratings of other archives and of films; what is not known
// is left to the writer.
func ratingOf(said string) string {
	switch archive.FoldName(archive.CleanLine(said)) {
	case "g", "k", "general", "general audiences", "all ages":
		return archive.RatingGeneral
	case "k+", "pg", "t", "pg-13", "pg13", "teen", "teen and up", "teen and up audiences":
		return archive.RatingTeen
	case "r", "m", "mature":
		return archive.RatingMature
	case "nc-17", "nc17", "x", "ma", "explicit":
		return archive.RatingExplicit
	}
	return ""
}

// createWork previews a new work, saves it as a draft or posts it. The same
// form sent twice makes one work.
func (w *Web) createWork(r *Request) (Response, error) {
	sent, err := w.readNewWork(r)
	if err != nil {
		return w.workFormAgain(r, err)
	}
	switch r.PostForm.Get("do") {
	case "edit":
		return w.workFormAgain(r, nil)
	case "preview":
		return w.previewWork(r, sent)
	}
	sent.Draft = r.PostForm.Get("do") == "draft"
	id, err := w.Writing.Create(r.Context(), r.Viewer, sent)
	if errors.Is(err, archive.ErrConflict) {
		err = sentBefore(r)
	}
	if err != nil {
		return w.workFormAgain(r, err)
	}
	return goTo(workAddress(id))
}

// readNewWork reads the form; a manuscript it was begun from gives the
// chapters.
func (w *Web) readNewWork(r *Request) (writing.NewWork, error) {
	var problems archive.Problems
	sent := writing.NewWork{Fields: workFields(typedWork(r.PostForm), &problems), Autosave: newWorkForm, Once: onceOf(r)}
	if id, err := strconv.ParseInt(r.PostForm.Get("manuscript"), 10, 64); err == nil && id > 0 {
		_, reading, err := w.Writing.Manuscript(r.Context(), r.Viewer, id)
		if err != nil {
			return sent, err
		}
		sent.Chapters = writing.ChaptersOf(reading, id)
		return sent, problems.Err()
	}
	sent.Chapters = []archive.ChapterFields{chapterFields(typedChapter(r.PostForm), &problems)}
	var err error
	if sent.Uploads, err = uploads(r, w.Limits.ImageBytes); err != nil {
		return sent, err
	}
	return sent, problems.Err()
}

// workFormAgain shows the form once more with everything typed and, when an
// error is the writer's to mend, with each problem at its field.
func (w *Web) workFormAgain(r *Request, err error) (Response, error) {
	var problems archive.Problems
	if err != nil && !errors.As(err, &problems) {
		return Response{}, err
	}
	chapter := typedChapter(r.PostForm)
	p := page.WorkFormPage{Work: typedWork(r.PostForm), Chapter: &chapter, Head: w.headAgain(r, problems)}
	p.Head.Autosave = newWorkForm
	id, _ := strconv.ParseInt(r.PostForm.Get("manuscript"), 10, 64)
	if err := w.setBrought(r, &p, id, false); err != nil {
		return Response{}, err
	}
	status := http.StatusOK
	if len(problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return w.showWorkForm(r, p, status)
}

// previewWork shows the work as readers would get it, and saves nothing.
func (w *Web) previewWork(r *Request, sent writing.NewWork) (Response, error) {
	sent.Fields.Clean()
	work, problems := w.Writing.SetWork(sent.Fields, false)
	if len(sent.Chapters) == 0 {
		problems.Add("text", "required")
		return w.workFormAgain(r, problems)
	}
	sets, err := w.previewChapters(r, sent, &problems)
	if err != nil {
		return Response{}, err
	}
	if len(problems) > 0 {
		return w.workFormAgain(r, problems)
	}
	set, words := sets[0], 0
	for _, other := range sets {
		words += other.Words
	}
	work.Counts = archive.Counts{Posted: len(sent.Chapters), Chapters: len(sent.Chapters), Words: words}
	o := store.Opened{Work: work, Creators: w.signing(r, sent.Fields.Pseuds)}
	var gifts []archive.Gift
	for _, name := range sent.Fields.Gifts {
		gifts = append(gifts, archive.Gift{Recipient: name})
	}
	p := page.PreviewPage{Shell: w.private(r, r.Words.T("preview.title")), Action: page.PathNewWork, Story: w.story(r, o, sent.Fields.Tags(), gifts)}
	p.Chapter = chapter(archive.Chapter{Title: set.Title, Words: set.Words, Published: r.Now}, 1, set.Text)
	p.Chapter.NotesBefore = append(notes(work.NotesBefore), p.Chapter.NotesBefore...)
	p.Chapter.NotesAfter = append(p.Chapter.NotesAfter, notes(work.NotesAfter)...)
	return w.finishPreview(r, p, set, sent.Uploads)
}

// previewChapters makes every chapter of a new work safe and notes what is
// wrong with any of them.
func (w *Web) previewChapters(r *Request, sent writing.NewWork, problems *archive.Problems) ([]writing.Set, error) {
	sets := make([]writing.Set, len(sent.Chapters))
	for i, fields := range sent.Chapters {
		var uploads []writing.Upload
		if i == 0 {
			uploads = sent.Uploads
		}
		set, err := w.Writing.Preview(r.Context(), 0, fields, uploads)
		var wrong archive.Problems
		if errors.As(err, &wrong) {
			*problems = append(*problems, wrong...)
		} else if err != nil {
			return nil, err
		}
		sets[i] = set
	}
	return sets, nil
}

// finishPreview adds what was left out, and carries everything typed along.
func (w *Web) finishPreview(r *Request, p page.PreviewPage, set writing.Set, sent []writing.Upload) (Response, error) {
	p.Dropped = droppedWords(r, set.Dropped)
	kept, err := w.Writing.KeepUploads(r.Context(), sent)
	if err != nil {
		return Response{}, err
	}
	carried := url.Values{}
	for name, values := range r.PostForm {
		carried[name] = values
	}
	carried.Del("kept_picture")
	for _, upload := range kept {
		carried.Add("kept_picture", upload.Kept+" "+upload.Name)
	}
	p.Hidden = hidden(carried, "do")
	p.Story.Own, p.Story.Files = nil, nil
	return show(p)
}

// signing is the pen names a work would be signed with.
func (w *Web) signing(r *Request, names []string) []archive.Pseud {
	if len(names) == 0 {
		names = []string{r.Viewer.Name}
	}
	pseuds := make([]archive.Pseud, len(names))
	for i, name := range names {
		pseuds[i] = archive.Pseud{Name: name, Owner: r.Viewer.Name}
	}
	return pseuds
}

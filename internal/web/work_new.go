package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/prose"
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
	if typed != nil {
		chapter := typedChapter(typed)
		p.Work, p.Chapter = typedWork(typed), &chapter
		err = w.setBrought(r, &p, typed)
	} else {
		err = w.beginFrom(r, &p)
	}
	if err != nil {
		return Response{}, err
	}
	if typed != nil {
		p.Head = w.recoveredHead(newWorkForm, typed)
	} else if p.Head, err = w.formHead(r, newWorkForm, 0); err != nil {
		return Response{}, err
	}
	return w.showWorkForm(r, p, http.StatusOK)
}

// showWorkForm answers with a form of a new work, whole.
func (w *Web) showWorkForm(r *Request, p page.WorkFormPage, status int) (Response, error) {
	p.New, p.Action, p.Cancel = true, page.PathNewWork, page.PathMyWorks
	p.Shell, p.Offers = w.private(r, r.Words.T("work_form.new")), w.offers(archive.WorkFields{})
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

// broughtStory is a story of a manuscript that a form names.
type broughtStory struct {
	id    int64
	story int
	from  manuscript.Work
	whole manuscript.Reading
	said  string
}

// accepted is what is learnt when its writer makes something of the story.
func (b *broughtStory) accepted() writing.Accepted {
	if b == nil {
		return writing.Accepted{}
	}
	return writing.Accepted{Manuscript: b.id, Lessons: b.whole.Lessons}
}

// pictures are those that the story's chapters show.
func (b *broughtStory) pictures() ([]writing.Upload, error) {
	texts := make([]prose.Document, len(b.from.Chapters))
	for i, c := range b.from.Chapters {
		texts[i] = c.Body
	}
	return writing.BroughtPictures(b.whole, texts...)
}

// findBrought reads the manuscript that a form or an address names; nil when it
// names none.
func (w *Web) findBrought(r *Request, named url.Values) (*broughtStory, error) {
	id, err := strconv.ParseInt(named.Get("manuscript"), 10, 64)
	if err != nil || id < 1 {
		return nil, nil
	}
	ms, reading, err := w.Writing.Manuscript(r.Context(), r.Viewer, id)
	if err != nil {
		return nil, err
	}
	story, err := strconv.Atoi(named.Get("story"))
	if err != nil || story < 0 || story >= len(reading.Works) {
		story = 0
	}
	return &broughtStory{id: ms.ID, story: story, from: reading.Works[story], whole: reading, said: saidOf(r, reading)}, nil
}

// setBrought says from which manuscript the form was begun. The one chapter of
// a story stands in the form; several are listed in its place.
func (w *Web) setBrought(r *Request, p *page.WorkFormPage, named url.Values) error {
	b, err := w.findBrought(r, named)
	if err != nil || b == nil {
		return err
	}
	p.Brought = &page.Brought{ID: b.id, Story: b.story, Said: b.said, ReviewURL: manuscriptAddress(b.id)}
	if len(b.from.Chapters) == 1 {
		return nil
	}
	p.Chapter = nil
	for i, c := range b.from.Chapters {
		title := c.Title
		if title == "" {
			title = r.Words.T("chapter.number", "Number", i+1)
		}
		p.Brought.Chapters = append(p.Brought.Chapters, title)
		p.Brought.Words += c.Body.Words()
	}
	return nil
}

// beginFrom begins the form from the manuscript that the address names. What
// its writer typed before they went to look at the reading again stands; else
// what the manuscript says of itself fills the fields.
func (w *Web) beginFrom(r *Request, p *page.WorkFormPage) error {
	named := r.URL.Query()
	b, err := w.findBrought(r, named)
	if err != nil || b == nil {
		return err
	}
	chapter := typedOfFields(writing.ChaptersOf(b.from, b.id)[0])
	p.Chapter = &chapter
	pictures, err := b.pictures()
	if err != nil {
		return err
	}
	for _, upload := range pictures[:min(len(pictures), writing.MostPictures)] {
		chapter.Pictures = append(chapter.Pictures, page.KeptPicture{Name: upload.Name, Value: upload.Kept + " " + upload.Name})
	}
	save, err := w.autosaved(r, newWorkForm)
	if err := ignoreMissing(err); err != nil {
		return err
	}
	before := url.Values(save.Fields)
	if before.Get("manuscript") == named.Get("manuscript") && before.Get("story") == strconv.Itoa(b.story) {
		p.Work = typedWork(before)
	} else {
		fillFromManuscript(&p.Work, b.from)
	}
	return w.setBrought(r, p, named)
}

// fillFromManuscript proposes what the manuscript says of itself; the writer
// sees it in the fields and can change all of it.
func fillFromManuscript(t *page.WorkTyped, from manuscript.Work) {
	t.Title = from.Title
	t.Fandoms, t.Relationships, t.Characters = from.Fields["fandom"], from.Fields["pairing"], from.Fields["characters"]
	t.Summary = from.Fields["summary"]
	t.Rating = writing.RatingOf(from.Fields["rating"])
	t.Planned = strconv.Itoa(len(from.Chapters))
	if len(from.Chapters) > 0 {
		t.Gifts = from.Chapters[0].Dedication
	}
}

// offers is what the archive lets a writer choose, beside what the work has.
func (w *Web) offers(had archive.WorkFields) page.Offers {
	site := w.Catalog.Site()
	o := page.Offers{Fandom: site.Fandom}
	if site.Fandom != "" && len(had.Fandoms) > 0 {
		o.Fandom = joinTags(had.Fandoms)
	}
	for _, rating := range site.Takes(had.Rating) {
		o.Ratings = append(o.Ratings, page.OfferedRating{Name: rating, Asks: site.AsksFirst(rating)})
	}
	return o
}

// createWork previews a new work, saves it as a draft or posts it. The same
// form sent twice makes one work.
func (w *Web) createWork(r *Request) (Response, error) {
	do := r.PostForm.Get("do")
	var problems archive.Problems
	sent, err := w.readNewWork(r, &problems)
	switch {
	case err != nil:
		return w.workFormAgain(r, err)
	case do == "edit":
		return w.workFormAgain(r, nil)
	case do == "preview" || len(problems) > 0:
		return w.previewWork(r, sent, problems)
	}
	id, err := w.Writing.Create(r.Context(), r.Viewer, sent)
	if errors.Is(err, archive.ErrConflict) {
		err = sentBefore(r, "title")
	}
	if err != nil {
		return w.workFormAgain(r, err)
	}
	return goTo(workAddress(id))
}

// readNewWork reads the form; a manuscript it was begun from gives the
// chapters that are not in it.
func (w *Web) readNewWork(r *Request, problems *archive.Problems) (writing.NewWork, error) {
	sent := writing.NewWork{
		Fields: workFields(typedWork(r.PostForm), problems), Draft: r.PostForm.Get("do") == "draft", Autosave: newWorkForm, Once: onceOf(r),
	}
	b, err := w.findBrought(r, r.PostForm)
	if err != nil {
		return sent, err
	}
	sent.Accepted = b.accepted()
	if b != nil && !r.PostForm.Has("text") {
		sent.Chapters = writing.ChaptersOf(b.from, b.id)
		sent.Uploads, err = b.pictures()
		return sent, err
	}
	first := chapterFields(typedChapter(r.PostForm), problems)
	if b != nil {
		first.Manuscript = b.id
	}
	sent.Chapters = []archive.ChapterFields{first}
	sent.Uploads, err = w.keepUploads(r, problems)
	return sent, err
}

// workFormAgain shows the form once more with everything typed and, when an
// error is the writer's to mend, with each problem at its field.
func (w *Web) workFormAgain(r *Request, err error) (Response, error) {
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	chapter := typedChapter(r.PostForm)
	p := page.WorkFormPage{Work: typedWork(r.PostForm), Chapter: &chapter, Head: w.headAgain(r, problems)}
	p.Head.Autosave = newWorkForm
	if err := w.setBrought(r, &p, r.PostForm); err != nil {
		return Response{}, err
	}
	if p.Chapter == nil { // what is wrong with chapters that are not in the form is mended where they are read
		p.Head.Errors.LeadTo(p.Brought.ReviewURL, chapterProblems...)
	}
	return w.showWorkForm(r, p, status)
}

// previewWork shows the work as readers would get it, and saves nothing. When
// something is wrong it says everything that is.
func (w *Web) previewWork(r *Request, sent writing.NewWork, problems archive.Problems) (Response, error) {
	work, more := w.Writing.SetWork(&sent.Fields, archive.WorkFields{}, sent.Draft)
	problems = append(problems, more...)
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
	p.Chapter = chapter(r, archive.Chapter{Title: set.Title, Words: set.Words, Published: r.Now}, 1, set.Text)
	p.Chapter.NotesBefore = append(notes(work.NotesBefore), p.Chapter.NotesBefore...)
	p.Chapter.NotesAfter = append(p.Chapter.NotesAfter, notes(work.NotesAfter)...)
	return w.finishPreview(r, p, set)
}

// previewChapters makes every chapter of a new work safe and notes what is
// wrong with any of them.
func (w *Web) previewChapters(r *Request, sent writing.NewWork, problems *archive.Problems) ([]writing.Set, error) {
	sets := make([]writing.Set, len(sent.Chapters))
	for i, fields := range sent.Chapters {
		set, err := w.Writing.Preview(r.Context(), 0, fields, sent.UploadsOf(i), sent.Draft)
		var wrong archive.Problems
		if err := collect(&wrong, err); err != nil {
			return nil, err
		}
		*problems = append(*problems, writing.OfChapter(wrong, i+1, len(sets))...)
		sets[i] = set
	}
	return sets, nil
}

// finishPreview adds what was left out, and carries everything typed along.
func (w *Web) finishPreview(r *Request, p page.PreviewPage, set writing.Set) (Response, error) {
	p.Dropped = droppedWords(r, set.Dropped)
	p.Hidden = hidden(r.PostForm, "do")
	p.Story.Own, p.Story.Files, p.Story.PostAction = nil, nil, ""
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

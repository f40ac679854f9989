package web

import (
	"context"
	"net/url"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/store"
	"ficus/internal/web/page"
	"ficus/internal/writing"
)

// worksToChoose is how many of a writer's works a manuscript's chapter is
// offered for: those changed last.
const worksToChoose = 100

// chapterOf offers a manuscript of one chapter as a chapter of the writer's
// works.
func (w *Web) chapterOf(r *Request, id int64, reading manuscript.Reading) (page.ChapterOf, error) {
	offer := page.ChapterOf{Action: manuscriptAddress(id) + "/chapter"}
	if len(reading.Works) != 1 || len(reading.Works[0].Chapters) != 1 {
		return offer, nil
	}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		own, err := tx.Lists.ToAddTo(ctx, r.Viewer.Account, worksToChoose)
		for _, b := range own {
			offer.Works = append(offer.Works, page.WorkChoice{ID: b.ID, Title: b.Title, Lang: b.Language})
		}
		return err
	})
	return offer, err
}

// chapterFromManuscript leads on to the form of a new chapter of the work that
// was chosen.
func (w *Web) chapterFromManuscript(r *Request) (Response, error) {
	id, err := r.number("manuscript")
	if err != nil {
		return Response{}, err
	}
	work, err := strconv.ParseInt(r.FormValue("work"), 10, 64)
	if err != nil || work < 1 {
		return Response{}, archive.ErrNotFound
	}
	return goTo(workAddress(work) + "/chapters/new?manuscript=" + strconv.FormatInt(id, 10))
}

// beginChapter begins the form of a new chapter of a work from the manuscript
// that the address names.
func (w *Web) beginChapter(r *Request, work string, p *page.ChapterFormPage) error {
	b, err := w.findBrought(r, r.URL.Query())
	if err != nil || b == nil {
		return err
	}
	p.Chapter = typedOfFields(writing.HeadedBy(writing.ChaptersOf(b.from, b.id)[0], b.from.Title, work))
	pictures, err := b.pictures()
	if err != nil {
		return err
	}
	for _, upload := range pictures[:min(len(pictures), writing.MostPictures)] {
		p.Chapter.Pictures = append(p.Chapter.Pictures, page.KeptPicture{Name: upload.Name, Value: upload.Kept + " " + upload.Name})
	}
	p.Brought = b.told()
	return nil
}

// told says from which manuscript a form was begun.
func (b *broughtStory) told() *page.Brought {
	return &page.Brought{ID: b.id, Story: b.story, Said: b.said, ReviewURL: manuscriptAddress(b.id)}
}

// keepBrought says it again when the form is shown once more.
func (w *Web) keepBrought(r *Request, p *page.ChapterFormPage, typed url.Values) error {
	if b, err := w.findBrought(r, typed); err != nil || b == nil {
		return ignoreMissing(err)
	} else {
		p.Brought = b.told()
	}
	return nil
}

// fromManuscript notes from which manuscript a new chapter comes.
func (w *Web) fromManuscript(r *Request, f *writing.ChapterForm) error {
	if f.Chapter != 0 {
		return nil
	}
	b, err := w.findBrought(r, r.PostForm)
	if err != nil || b == nil {
		return ignoreMissing(err)
	}
	f.Fields.Manuscript, f.Accepted = b.id, b.accepted()
	return nil
}

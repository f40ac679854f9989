package writing

import (
	"context"
	"strconv"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// ChapterForm is a chapter as its form sends it.
type ChapterForm struct {
	Work     int64
	Chapter  int64 // 0: a new one
	Base     int64 // the revision the form was opened on; 0 with a new one
	Position int   // of a new one; 0 or past the end: last
	Fields   archive.ChapterFields
	Uploads  []Upload
	Accepted Accepted
	Post     bool   // make it public; a posted chapter stays posted
	Autosave string // the form whose autosave this replaces; empty: none
	Once     archive.Once
	Asked    *Asked // shared by the chapters of one text; nil: it is the only one
}

// SaveChapter adds a chapter to a work or saves one, and gives its id:
// archive.ErrConflict when it was changed since the form was opened,
// archive.Problems when something is wrong with the fields.
func (w *Writing) SaveChapter(ctx context.Context, v archive.Viewer, f ChapterForm) (int64, error) {
	if f.Asked == nil {
		f.Asked = &Asked{}
	}
	set, err := w.setChapter(ctx, f.Work, f.Fields, f.Uploads, !f.Post, f.Asked)
	if err != nil {
		return 0, err
	}
	return w.once(ctx, v, f.Once, func(tx *store.Tx) (int64, error) {
		work, err := tx.Works.Hold(ctx, v, f.Work)
		if err != nil {
			return 0, err
		}
		if err := w.fits(ctx, tx, f, set); err != nil {
			return 0, err
		}
		id := f.Chapter
		if id == 0 {
			id, err = w.addChapter(ctx, tx, v, work, f, set)
		} else {
			err = w.editChapter(ctx, tx, v, work, f, set)
		}
		if err != nil {
			return 0, err
		}
		if err := learn(ctx, tx, v, f.Accepted); err != nil {
			return 0, err
		}
		if err := forgetTyped(ctx, tx, v, f.Autosave); err != nil {
			return 0, err
		}
		return id, tx.Works.Recount(ctx, f.Work)
	})
}

// fits refuses what would make a work larger than works may be. One that is so
// already can be made smaller.
func (w *Writing) fits(ctx context.Context, tx *store.Tx, f ChapterForm, set Set) error {
	others, had, err := tx.Chapters.Characters(ctx, f.Work, f.Chapter)
	now := int64(set.Text.Characters())
	if err != nil || now <= had || others+now <= int64(w.limits.Work) {
		return err
	}
	return archive.Problems{{Field: "text", Rule: "work_too_long", Args: map[string]any{"Limit": w.limits.Work, "Count": others + now}}}
}

func (w *Writing) addChapter(ctx context.Context, tx *store.Tx, v archive.Viewer, work store.Opened, f ChapterForm, set Set) (int64, error) {
	if work.Counts.Chapters >= w.limits.Chapters {
		var problems archive.Problems
		problems.Add("chapters", "too_many", "Limit", w.limits.Chapters, "Count", work.Counts.Chapters+1)
		return 0, problems
	}
	chapter := archive.Chapter{Work: f.Work, Position: f.Position, Published: publishedOn(f.Fields.PublishedOn, tx.Now)}
	if chapter.Position < 1 || chapter.Position > work.Counts.Chapters {
		chapter.Position = work.Counts.Chapters + 1
	}
	post := f.Post && !work.PostedAt.IsZero() // the chapters of a draft work are posted with it
	id, err := w.addSet(ctx, tx, v, chapter, set, post)
	if err != nil {
		return 0, err
	}
	event := archive.Event{Kind: archive.ChapterDrafted, Actor: v.Account, Work: f.Work, Chapter: id}
	if post {
		event.Kind, event.Data = archive.ChapterPosted, stood(work)
		if err := tx.Works.Revise(ctx, f.Work, chapter.Published); err != nil {
			return 0, err
		}
	}
	tx.Log.Record(event)
	return id, nil
}

// stood is what the event of a posted chapter says of where its work stood in
// lists: readers who page through one go on finding it there.
func stood(work store.Opened) map[string]string {
	return map[string]string{"was": strconv.FormatInt(work.Dates.Revised.UnixMicro(), 10)}
}

// addSet stores a chapter that was set, posted or as a draft.
func (w *Writing) addSet(ctx context.Context, tx *store.Tx, v archive.Viewer, chapter archive.Chapter, set Set, post bool) (int64, error) {
	chapter.Title, chapter.Words, chapter.Revision = set.Title, set.Words, 1
	id, err := tx.Chapters.Add(ctx, chapter)
	if err != nil {
		return 0, err
	}
	chapter.ID = id
	if err := setText(ctx, tx, chapter, "", &set); err != nil || !post {
		return id, err
	}
	if err := tx.Chapters.Post(ctx, id, chapter.Published); err != nil {
		return 0, err
	}
	return id, tx.Revisions.Add(ctx, chapter, v.Account, set.Text)
}

// setText stores the text of a chapter, which replaces a standing one, with its
// pictures in their places.
func setText(ctx context.Context, tx *store.Tx, chapter archive.Chapter, standing string, set *Set) error {
	if err := placePictures(ctx, tx, chapter.Work, standing, set); err != nil {
		return err
	}
	if err := tx.Chapters.SetText(ctx, chapter.ID, set.Text); err != nil {
		return err
	}
	return tx.Pictures.ShowIn(ctx, chapter.ID, set.shown(chapter.Work))
}

func (w *Writing) editChapter(ctx context.Context, tx *store.Tx, v archive.Viewer, work store.Opened, f ChapterForm, set Set) error {
	chapter, err := tx.Chapters.Find(ctx, f.Work, f.Chapter, true)
	if err != nil {
		return err
	}
	chapter.Title, chapter.Words, chapter.Revision = set.Title, set.Words, f.Base
	switch {
	case chapter.IsDraft():
		chapter.Published = publishedOn(f.Fields.PublishedOn, tx.Now)
	case !f.Fields.PublishedOn.IsZero():
		chapter.Published = keepHour(chapter.Published, publishedOn(f.Fields.PublishedOn, tx.Now))
	}
	if err := tx.Chapters.Save(ctx, chapter); err != nil {
		return err
	}
	chapter.Revision++
	standing, err := tx.Chapters.Text(ctx, chapter.ID)
	if err != nil {
		return err
	}
	if err := setText(ctx, tx, chapter, standing.Body, &set); err != nil {
		return err
	}
	return w.recordEdit(ctx, tx, v, work, chapter, set, f.Post)
}

// recordEdit posts the chapter when that was asked for, keeps a revision of a
// posted one, and records what happened.
func (w *Writing) recordEdit(ctx context.Context, tx *store.Tx, v archive.Viewer, work store.Opened, chapter archive.Chapter, set Set, post bool) error {
	event := archive.Event{Kind: archive.ChapterEdited, Actor: v.Account, Work: chapter.Work, Chapter: chapter.ID}
	switch {
	case chapter.IsDraft() && post && !work.PostedAt.IsZero():
		event.Kind, event.Data = archive.ChapterPosted, stood(work)
		if err := tx.Chapters.Post(ctx, chapter.ID, chapter.Published); err != nil {
			return err
		}
		if err := tx.Works.Revise(ctx, chapter.Work, chapter.Published); err != nil {
			return err
		}
	case chapter.IsDraft():
		event.Kind = archive.ChapterDrafted
		tx.Log.Record(event)
		return nil
	}
	tx.Log.Record(event)
	return tx.Revisions.Add(ctx, chapter, v.Account, set.Text)
}

// postChapter posts a draft chapter together with its work: under its own date,
// or that of the work.
func postChapter(ctx context.Context, tx *store.Tx, v archive.Viewer, chapter archive.Chapter, published time.Time) error {
	if !chapter.IsDraft() {
		return nil
	}
	if own := OwnDate(chapter); !own.IsZero() {
		published = publishedOn(own, tx.Now)
	}
	text, err := tx.Chapters.Text(ctx, chapter.ID)
	if err != nil {
		return err
	}
	if err := tx.Chapters.Post(ctx, chapter.ID, published); err != nil {
		return err
	}
	return tx.Revisions.Add(ctx, chapter, v.Account, text)
}

// OwnDate is the date a chapter was given by its writer: zero for a draft that
// only bears the day it was last saved.
func OwnDate(c archive.Chapter) time.Time {
	if c.IsDraft() {
		return ownDate(c.Published, c.UpdatedAt)
	}
	return c.Published
}

// keepHour keeps the standing instant when the writer's date is its day.
func keepHour(standing, given time.Time) time.Time {
	if archive.Day(standing) == archive.Day(given) {
		return standing
	}
	return given
}

package writing

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/store"
)

// WorkForm is what is said of a work as its form sends it.
type WorkForm struct {
	Work     int64
	Base     int64 // the revision the form was opened on
	Fields   archive.WorkFields
	Post     bool   // make a draft public; a posted work stays posted
	Autosave string // the form whose autosave this replaces; empty: none
	Once     archive.Once
}

// EditWork stores what a writer says of a work, and posts a draft when that is
// asked for: archive.ErrConflict when it was changed since the form was opened,
// archive.Problems when something is wrong; nothing is stored then. The edit of
// a posted work never moves its date of revision.
func (w *Writing) EditWork(ctx context.Context, v archive.Viewer, f WorkForm) error {
	_, err := w.once(ctx, v, f.Once, func(tx *store.Tx) (int64, error) {
		standing, err := tx.Works.Hold(ctx, v, f.Work)
		if err != nil {
			return 0, err
		}
		if err := w.editWork(ctx, tx, v, standing, f); err != nil {
			return 0, err
		}
		if f.Post && standing.PostedAt.IsZero() {
			if err := w.publish(ctx, tx, v, f.Work); err != nil {
				return 0, err
			}
		}
		if err := forgetTyped(ctx, tx, v, f.Autosave); err != nil {
			return 0, err
		}
		return f.Work, tx.Works.Recount(ctx, f.Work)
	})
	return err
}

func (w *Writing) editWork(ctx context.Context, tx *store.Tx, v archive.Viewer, standing store.Opened, f WorkForm) error {
	draft := standing.PostedAt.IsZero()
	work, err := w.setEdited(ctx, tx, standing, &f)
	if err != nil {
		return err
	}
	work.ID, work.Revision = f.Work, f.Base
	work.Dates.Published = keptDate(standing, f.Fields.PublishedOn, work.Dates.Published)
	if err := tx.Works.Save(ctx, work); err != nil {
		return err
	}
	if err := tx.Works.Veil(ctx, f.Work, standing.Unrevealed, work.Anonymous); err != nil {
		return err
	}
	if err := setCreators(ctx, tx, v, f.Work, f.Fields.Pseuds); err != nil {
		return err
	}
	if err := tx.Tags.SetOn(ctx, f.Work, f.Fields.Tags()); err != nil {
		return err
	}
	given, err := setGifts(ctx, tx, f.Work, f.Fields.Gifts)
	if err != nil {
		return err
	}
	event := archive.Event{Kind: archive.WorkEdited, Actor: v.Account, Work: f.Work}
	if !draft {
		event.Data = given
	}
	tx.Log.Record(event)
	return nil
}

// setEdited makes what is said of a work safe, or answers everything that is
// wrong with it.
func (w *Writing) setEdited(ctx context.Context, tx *store.Tx, standing store.Opened, f *WorkForm) (archive.Work, error) {
	draft := standing.PostedAt.IsZero()
	had, err := FieldsOf(ctx, tx, standing)
	if err != nil {
		return archive.Work{}, err
	}
	work, problems := w.SetWork(&f.Fields, had, draft && !f.Post)
	if draft && f.Post {
		if err := lacksText(ctx, tx, f.Work, &problems); err != nil {
			return work, err
		}
	}
	return work, problems.Err()
}

// keptDate is the date of an edited work: the standing instant when the form
// gives none or its day. A draft without a date bears the day it was begun.
func keptDate(standing store.Opened, given, set time.Time) time.Time {
	switch {
	case given.IsZero() && standing.PostedAt.IsZero():
		return standing.Dates.Created
	case given.IsZero() || archive.Day(given) == archive.Day(standing.Dates.Published):
		return standing.Dates.Published
	}
	return set
}

// PostWork publishes a draft work with all its chapters. What posting needs
// and the draft lacks is answered as archive.Problems.
func (w *Writing) PostWork(ctx context.Context, v archive.Viewer, id int64) error {
	return w.store.Write(ctx, func(tx *store.Tx) error {
		work, err := tx.Works.Hold(ctx, v, id)
		if err != nil || !work.PostedAt.IsZero() {
			return err
		}
		fields, err := FieldsOf(ctx, tx, work)
		if err != nil {
			return err
		}
		problems := fields.Check(w.limits, false, tx.Now)
		w.Site().CheckWork(fields, archive.WorkFields{}, &problems)
		if err := lacksText(ctx, tx, id, &problems); err != nil {
			return err
		}
		if err := problems.Err(); err != nil {
			return err
		}
		return w.publish(ctx, tx, v, id)
	})
}

// lacksText notes the chapters that have nothing to read yet.
func lacksText(ctx context.Context, tx *store.Tx, id int64, problems *archive.Problems) error {
	chapters, err := tx.Chapters.Of(ctx, id, true)
	if err != nil {
		return err
	}
	if len(chapters) == 0 {
		problems.Add("text", "required")
	}
	for _, chapter := range chapters {
		if chapter.Words > 0 {
			continue
		}
		text, err := tx.Chapters.Text(ctx, chapter.ID)
		if err != nil {
			return err
		}
		if prose.ReadStored(text.Body).IsEmpty() {
			problems.Add("text", "empty_chapter", "Number", chapter.Position)
		}
	}
	return nil
}

// publish makes a draft work public with all its chapters, and tells those it
// is given to. What posting needs was looked at before.
func (w *Writing) publish(ctx context.Context, tx *store.Tx, v archive.Viewer, id int64) error {
	work, err := tx.Works.ForEdit(ctx, v, id)
	if err != nil {
		return err
	}
	published := publishedOn(ownDate(work.Dates.Published, work.Dates.Created), tx.Now)
	chapters, err := tx.Chapters.Of(ctx, id, true)
	if err != nil {
		return err
	}
	for _, chapter := range chapters {
		if err := postChapter(ctx, tx, v, chapter, published); err != nil {
			return err
		}
	}
	if err := tx.Works.Post(ctx, id, published); err != nil {
		return err
	}
	given, err := giveNow(ctx, tx, id)
	if err != nil {
		return err
	}
	waits, err := holdBack(ctx, tx, v, id)
	if err != nil {
		return err
	}
	tx.Log.Record(posted(v, id, waits, given))
	if err := tx.Works.RaiseRevision(ctx, id); err != nil {
		return err
	}
	return tx.Works.Recount(ctx, id)
}

// giveNow gives a draft to its readers anew, now that it is posted: they are
// told then, never before.
func giveNow(ctx context.Context, tx *store.Tx, id int64) (map[string]string, error) {
	gifts, err := tx.Gifts.On(ctx, id)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, gift := range gifts[id] {
		names = append(names, gift.Recipient)
	}
	if err := tx.Gifts.SetOn(ctx, id, nil); err != nil {
		return nil, err
	}
	return setGifts(ctx, tx, id, names)
}

package writing

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// EditWork stores what a writer says of a work over the revision their form
// was opened on: archive.ErrConflict when it was changed meanwhile. It never
// moves the date of revision.
func (w *Writing) EditWork(ctx context.Context, v archive.Viewer, id, base int64, f archive.WorkFields, autosave string) error {
	f.Clean()
	return w.store.Write(ctx, func(tx *store.Tx) error {
		standing, err := tx.Works.ForEdit(ctx, v, id)
		if err != nil {
			return err
		}
		draft := standing.PostedAt.IsZero()
		work, problems := w.SetWork(f, draft)
		if err := problems.Err(); err != nil {
			return err
		}
		work.ID, work.Revision = id, base
		if f.PublishedOn.IsZero() || archive.Day(f.PublishedOn) == archive.Day(standing.Dates.Published) {
			work.Dates.Published = standing.Dates.Published
		}
		if err := tx.Works.Save(ctx, work); err != nil {
			return err
		}
		if err := setCreators(ctx, tx, v, id, f.Pseuds); err != nil {
			return err
		}
		if err := tx.Tags.SetOn(ctx, id, f.Tags()); err != nil {
			return err
		}
		given, err := setGifts(ctx, tx, id, f.Gifts)
		if err != nil {
			return err
		}
		event := archive.Event{Kind: archive.WorkEdited, Actor: v.Account, Work: id}
		if !draft {
			event.Data = given
		}
		tx.Log.Record(event)
		if autosave != "" {
			if err := tx.Autosaves.Drop(ctx, v.Account, autosave); err != nil {
				return err
			}
		}
		return tx.Works.Recount(ctx, id)
	})
}

// PostWork publishes a draft work with all its chapters. What posting needs
// and the draft lacks is answered as archive.Problems.
func (w *Writing) PostWork(ctx context.Context, v archive.Viewer, id int64) error {
	return w.store.Write(ctx, func(tx *store.Tx) error {
		work, err := tx.Works.ForEdit(ctx, v, id)
		if err != nil {
			return err
		}
		if !work.PostedAt.IsZero() {
			return nil
		}
		fields, err := FieldsOf(ctx, tx, work)
		if err != nil {
			return err
		}
		problems := fields.Check(w.limits, false, tx.Now)
		chapters, err := tx.Chapters.Of(ctx, id, true)
		if err != nil {
			return err
		}
		if len(chapters) == 0 || allEmpty(chapters) {
			problems.Add("text", "required")
		}
		if err := problems.Err(); err != nil {
			return err
		}
		for _, chapter := range chapters {
			if err := w.postChapter(ctx, tx, v, chapter); err != nil {
				return err
			}
		}
		if err := tx.Works.Post(ctx, id, publishedOn(work.Dates.Published, tx.Now)); err != nil {
			return err
		}
		given, err := giftsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.WorkPosted, Actor: v.Account, Work: id, Data: given})
		if err := tx.Works.RaiseRevision(ctx, id); err != nil {
			return err
		}
		return tx.Works.Recount(ctx, id)
	})
}

func allEmpty(chapters []archive.Chapter) bool {
	for _, chapter := range chapters {
		if chapter.Words > 0 {
			return false
		}
	}
	return true
}

// giftsOf names the accounts a draft was given to: they are told when it is
// posted, never before.
func giftsOf(ctx context.Context, tx *store.Tx, id int64) (map[string]string, error) {
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

// FieldsOf gives a work's fields as its form shows them; the HTML fields are
// the stored ones.
func FieldsOf(ctx context.Context, tx *store.Tx, work store.Opened) (archive.WorkFields, error) {
	f := archive.WorkFields{
		Title: work.Title, Language: work.Language, Summary: work.Summary, NotesBefore: work.NotesBefore, NotesAfter: work.NotesAfter,
		Elsewhere: work.Elsewhere, Restricted: work.Restricted, Comments: work.Comments, Moderated: work.Moderated, Planned: work.Planned,
		PublishedOn: work.Dates.Published,
	}
	for _, p := range work.Creators {
		f.Pseuds = append(f.Pseuds, p.Name)
	}
	tags, err := tx.Tags.On(ctx, work.ID)
	if err != nil {
		return f, err
	}
	for _, tag := range tags[work.ID] {
		addTag(&f, tag)
	}
	gifts, err := tx.Gifts.On(ctx, work.ID)
	for _, gift := range gifts[work.ID] {
		f.Gifts = append(f.Gifts, gift.Recipient)
	}
	return f, err
}

func addTag(f *archive.WorkFields, tag archive.WorkTag) {
	switch tag.Kind {
	case archive.KindRating:
		f.Rating = tag.Wording
	case archive.KindWarning:
		f.Warnings = append(f.Warnings, tag.Wording)
	case archive.KindCategory:
		f.Categories = append(f.Categories, tag.Wording)
	case archive.KindFandom:
		f.Fandoms = append(f.Fandoms, tag.Wording)
	case archive.KindRelationship:
		f.Relationships = append(f.Relationships, tag.Wording)
		if tag.Main {
			f.MainTags = append(f.MainTags, tag.Wording)
		}
	case archive.KindCharacter:
		f.Characters = append(f.Characters, tag.Wording)
	case archive.KindFreeform:
		f.Freeforms = append(f.Freeforms, tag.Wording)
	}
}

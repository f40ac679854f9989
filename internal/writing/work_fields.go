package writing

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// FieldsOf gives a work's fields as its form shows them; the HTML fields are
// the stored ones.
func FieldsOf(ctx context.Context, tx *store.Tx, work store.Opened) (archive.WorkFields, error) {
	f := archive.WorkFields{
		Title: work.Title, Language: work.Language, Summary: work.Summary, NotesBefore: work.NotesBefore, NotesAfter: work.NotesAfter,
		Elsewhere: work.Elsewhere, Restricted: work.Restricted, Anonymous: work.Anonymous, Comments: work.Comments, Moderated: work.Moderated, AsTyped: work.AsTyped, Planned: work.Planned,
		PublishedOn: work.Dates.Published,
	}
	if work.PostedAt.IsZero() {
		f.PublishedOn = ownDate(work.Dates.Published, work.Dates.Created)
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

package wrangling

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Rename calls a canonical something else. Everything that hangs on it stays
// where it is, works keep their writers' words, and the old name becomes a
// synonym. A name that another tag has is refused with tag_taken, unless that
// tag is a synonym of this one or stands nowhere.
func (w *Wrangling) Rename(ctx context.Context, v archive.Viewer, seen Tag, name string) error {
	name = archive.CleanLine(name)
	return w.act(ctx, v, seen, func(tx *store.Tx, tag archive.SortedTag) (done archive.TagAct, err error) {
		if err := tag.CheckName(name); err != nil || name == tag.Name {
			return done, err
		}
		before := was{Name: tag.Name, Named: name}
		var other archive.SortedTag
		if store.FoldTag(name) == store.FoldTag(tag.Name) {
			err = tx.Sorting.Name(ctx, tag.ID, name)
		} else {
			if other, err = freeName(ctx, tx, tag, name); err != nil {
				return done, err
			}
			before.Standing, before.Canonical, before.Spelt = other.Standing, other.Canonical, other.Name
			other.Name = name
			if err = tx.Sorting.Swap(ctx, tag, other); err == nil {
				err = tx.Sorting.Stand(ctx, other.ID, archive.TagSynonym, tag.ID)
			}
		}
		if err != nil {
			return done, err
		}
		kept, err := json.Marshal(before)
		return archive.TagAct{Kind: archive.TagRenamed, Other: other.ID, Was: string(kept)}, err
	})
}

// freeName gives the tag that takes the old name of another: a synonym of that
// other, one that stands nowhere, or a new one.
func freeName(ctx context.Context, tx *store.Tx, tag archive.SortedTag, name string) (archive.SortedTag, error) {
	other, err := tx.Sorting.Named(ctx, tag.Kind, name)
	if errors.Is(err, archive.ErrNotFound) {
		if _, err = tx.Tags.Ensure(ctx, tag.Kind, name); err == nil {
			other, err = tx.Sorting.Named(ctx, tag.Kind, name)
		}
	}
	if err != nil || other.Standing == archive.TagSynonym && other.Canonical == tag.ID {
		return other, err
	}
	works, err := tx.Sorting.Works(ctx, other.ID)
	if err == nil && (works > 0 || other.Standing != archive.TagUnsorted) {
		err = archive.Problems{{Field: "renamed", Rule: "tag_taken", Args: map[string]any{"Value": other.Name}}}
	}
	return other, err
}

// nameAgain gives a tag its old name back. Where works were tagged meanwhile by
// either name, the other stays a synonym: they are found as before.
func nameAgain(ctx context.Context, tx *store.Tx, tag archive.SortedTag, done archive.TagAct) (stood bool, err error) {
	var before was
	if err := json.Unmarshal([]byte(done.Was), &before); err != nil {
		return false, err
	}
	if tag.Name != before.Named {
		return false, nil
	}
	if done.Other == 0 {
		return true, tx.Sorting.Name(ctx, tag.ID, before.Name)
	}
	other, err := tx.Sorting.Find(ctx, done.Other)
	if err != nil || other.Name != before.Name || other.Canonical != tag.ID {
		return false, err
	}
	if err := tx.Sorting.Swap(ctx, tag, other); err != nil {
		return false, err
	}
	if err := tx.Sorting.Name(ctx, other.ID, before.Spelt); err != nil {
		return false, err
	}
	tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: other.ID})
	works, err := tx.Sorting.Works(ctx, other.ID)
	if err != nil {
		return false, err
	}
	named, err := tx.Sorting.Bears(ctx, tag.ID, before.Named)
	if err != nil || works+named > 0 {
		return err == nil, err
	}
	return true, tx.Sorting.Stand(ctx, other.ID, before.Standing, before.Canonical)
}

// Split makes a synonym of a tag a canonical of its own, and other synonyms
// those of the new one. archive.ErrConflict when one of them is none of the
// tag's.
func (w *Wrangling) Split(ctx context.Context, v archive.Viewer, seen Tag, head int64, along []int64) error {
	return w.act(ctx, v, seen, func(tx *store.Tx, tag archive.SortedTag) (done archive.TagAct, err error) {
		synonyms, err := tx.Sorting.Synonyms(ctx, tag.ID)
		if err != nil {
			return done, err
		}
		if !slices.Contains(synonyms, head) {
			return done, archive.ErrConflict
		}
		if err := tx.Sorting.Stand(ctx, head, archive.TagCanonical, 0); err != nil {
			return done, err
		}
		for _, synonym := range along {
			if moved, err := tx.Sorting.MoveSynonym(ctx, synonym, tag.ID, head); err != nil || !moved {
				return done, errors.Join(err, archive.ErrConflict)
			}
		}
		tx.Log.Record(archive.Event{Kind: archive.TagSorted, Actor: v.Account, Subject: head})
		kept, err := json.Marshal(was{Moved: along})
		return archive.TagAct{Kind: archive.TagSplit, Other: head, Was: string(kept)}, err
	})
}

// joinAgain makes what was split from a tag its synonyms again; false when
// something was done with them since.
func joinAgain(ctx context.Context, tx *store.Tx, tag archive.SortedTag, done archive.TagAct) (stood bool, err error) {
	var before was
	if err := json.Unmarshal([]byte(done.Was), &before); err != nil {
		return false, err
	}
	later, err := tx.TagActs.LastStanding(ctx, done.Other)
	if err != nil || later > done.ID || tag.Standing != archive.TagCanonical {
		return false, err
	}
	gained, err := tx.Sorting.Synonyms(ctx, done.Other)
	if err != nil || slices.ContainsFunc(gained, func(id int64) bool { return !slices.Contains(before.Moved, id) }) {
		return false, err
	}
	if err := moveAll(ctx, tx, before.Moved, done.Other, tag.ID); err != nil {
		return false, err
	}
	tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: done.Other})
	return true, tx.Sorting.Stand(ctx, done.Other, archive.TagSynonym, tag.ID)
}

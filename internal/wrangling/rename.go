package wrangling

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Rename calls a canonical something else: the tag of that name takes its place,
// with everything that hangs on it, and the old name becomes a synonym that keeps
// its works (decision 0311). A name that another tag has is refused with
// tag_taken, unless that tag is a synonym of this one or stands nowhere.
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
			err = handOver(ctx, tx, tag, other, &before)
		}
		if err != nil {
			return done, err
		}
		kept, err := json.Marshal(before)
		return archive.TagAct{Kind: archive.TagRenamed, Other: other.ID, Was: string(kept)}, err
	})
}

// handOver has a tag take the place of a canonical.
func handOver(ctx context.Context, tx *store.Tx, tag, other archive.SortedTag, before *was) error {
	if other.Name != before.Named {
		if err := tx.Sorting.Name(ctx, other.ID, before.Named); err != nil {
			return err
		}
	}
	tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: other.ID})
	had, err := tx.Sorting.Hand(ctx, tag, other)
	before.Handed = &had
	return err
}

// freeName gives the tag that takes the place of another: a synonym of that
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

// nameAgain has a tag called as it was before; false when something was done
// since with it or with the old name. Where works were tagged by the newer name
// meanwhile, or members chose it, it stays a synonym: they find as before.
func nameAgain(ctx context.Context, tx *store.Tx, tag archive.SortedTag, done archive.TagAct) (stood bool, err error) {
	before, err := wasBefore(done)
	if err != nil {
		return false, err
	}
	if done.Other == 0 {
		if tag.Name != before.Named || store.FoldTag(before.Name) != store.FoldTag(tag.Name) {
			return false, nil
		}
		return true, tx.Sorting.Name(ctx, tag.ID, before.Name)
	}
	if before.Handed == nil || tag.Canonical != done.Other {
		return false, nil
	}
	other, err := tx.Sorting.Find(ctx, done.Other)
	if err != nil {
		return false, err
	}
	return true, handBack(ctx, tx, tag, other, before)
}

// handBack undoes handOver.
func handBack(ctx context.Context, tx *store.Tx, tag, other archive.SortedTag, before was) error {
	if other.Name != before.Spelt {
		if err := tx.Sorting.Name(ctx, other.ID, before.Spelt); err != nil {
			return err
		}
	}
	tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: other.ID})
	if err := tx.Sorting.HandBack(ctx, tag, other, *before.Handed); err != nil || before.Standing == archive.TagSynonym {
		return err
	}
	works, err := tx.Sorting.Works(ctx, other.ID)
	if err != nil || works > 0 {
		return err
	}
	chosen, err := tx.Sorting.IsChosen(ctx, other.ID)
	if err != nil || chosen {
		return err
	}
	return tx.Sorting.Stand(ctx, other.ID, before.Standing, before.Canonical)
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
	before, err := wasBefore(done)
	if err != nil || tag.Standing != archive.TagCanonical {
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

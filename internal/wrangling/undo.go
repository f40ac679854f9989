package wrangling

import (
	"context"
	"encoding/json"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Undo makes an act as if it had not been: archive.ErrConflict when it was
// undone already, or something later stands on it that has to be undone first.
func (w *Wrangling) Undo(ctx context.Context, v archive.Viewer, act int64) error {
	if !v.MayWrangle() {
		return archive.ErrNotFound
	}
	return w.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Log.Hold(ctx); err != nil {
			return err
		}
		done, err := tx.TagActs.Find(ctx, act)
		if err != nil {
			return err
		}
		if err := asCalledNow(ctx, tx, &done); err != nil {
			return err
		}
		tag, err := tx.Sorting.Find(ctx, done.Tag)
		if err != nil {
			return err
		}
		if err := theirs(ctx, tx, v, tag); err != nil {
			return err
		}
		first, err := tx.TagActs.Undo(ctx, act, v.Account)
		if err != nil {
			return err
		}
		if !first {
			return archive.ErrConflict
		}
		stood, err := takeBack(ctx, tx, tag, done)
		if err != nil {
			return err
		}
		if !stood {
			return archive.ErrConflict
		}
		return ends(ctx, tx, v, tag)
	})
}

// asCalledNow has an act be about the tags that took the place of its own, where
// these were renamed since.
func asCalledNow(ctx context.Context, tx *store.Tx, done *archive.TagAct) error {
	if done.Kind == archive.TagRenamed && done.Other != 0 {
		return nil
	}
	for _, tag := range []*int64{&done.Tag, &done.Other} {
		now, err := tx.TagActs.CalledNow(ctx, *tag, done.ID)
		if err != nil {
			return err
		}
		*tag = now
	}
	return nil
}

// takeBack does the contrary of an act; false when what it did no longer
// stands.
func takeBack(ctx context.Context, tx *store.Tx, tag archive.SortedTag, done archive.TagAct) (stood bool, err error) {
	switch done.Kind {
	case archive.TagFiled:
		return tx.Sorting.Unfile(ctx, tag.ID, done.Other)
	case archive.TagUnfiled:
		return tx.Sorting.File(ctx, tag.ID, done.Other)
	case archive.TagPutUnder:
		return tx.Sorting.DropMetatag(ctx, tag.ID, done.Other)
	case archive.TagTakenOut:
		return tx.Sorting.AddMetatag(ctx, tag.ID, done.Other)
	case archive.TagBanned:
		return tag.Banned, tx.Sorting.Ban(ctx, tag.ID, false)
	case archive.TagRenamed:
		return nameAgain(ctx, tx, tag, done)
	case archive.TagSplit:
		return joinAgain(ctx, tx, tag, done)
	case archive.TagUnbanned:
		return !tag.Banned, tx.Sorting.Ban(ctx, tag.ID, true)
	}
	return standAgain(ctx, tx, tag, done)
}

// standAgain gives a tag the standing it had before an act, and back the
// synonyms the act took along, but for those that somebody sorted since.
func standAgain(ctx context.Context, tx *store.Tx, tag archive.SortedTag, done archive.TagAct) (bool, error) {
	later, err := tx.TagActs.LastStanding(ctx, tag.ID)
	if err != nil || later > done.ID || tag.Canonical != done.Other {
		return false, err
	}
	var before was
	if err := json.Unmarshal([]byte(done.Was), &before); err != nil {
		return false, err
	}
	gained, err := tx.Sorting.Synonyms(ctx, tag.ID)
	if err != nil || before.Standing != archive.TagCanonical && len(gained) > 0 {
		return false, err
	}
	if isThere, err := meansStill(ctx, tx, &before); err != nil || !isThere {
		return false, err
	}
	if err := tx.Sorting.Stand(ctx, tag.ID, before.Standing, before.Canonical); err != nil {
		return false, err
	}
	return true, moveAll(ctx, tx, before.Moved, done.Other, tag.ID)
}

// meansStill has what a tag meant be what that means by now; false when that is no
// canonical any more.
func meansStill(ctx context.Context, tx *store.Tx, before *was) (bool, error) {
	if before.Canonical == 0 {
		return true, nil
	}
	meant, err := tx.Sorting.Find(ctx, before.Canonical)
	before.Canonical = meant.Means()
	return meant.Standing == archive.TagCanonical || meant.Standing == archive.TagSynonym, err
}

// moveAll has synonyms of one canonical mean another, those that are such still.
func moveAll(ctx context.Context, tx *store.Tx, synonyms []int64, from, to int64) error {
	for _, synonym := range synonyms {
		if _, err := tx.Sorting.MoveSynonym(ctx, synonym, from, to); err != nil {
			return err
		}
	}
	return nil
}

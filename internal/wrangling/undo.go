package wrangling

import (
	"cmp"
	"context"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Undo makes an act as if it had not been: archive.ErrConflict when it was
// undone already, and Waits when something later stands on it.
func (w *Wrangling) Undo(ctx context.Context, v archive.Viewer, act int64) error {
	if !v.MayWrangle() {
		return archive.ErrNotFound
	}
	return w.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Log.Hold(ctx); err != nil {
			return err
		}
		done, since, err := asDone(ctx, tx, act)
		if err != nil {
			return err
		}
		now := since.calledNow(done)
		tag, err := tx.Sorting.Find(ctx, now.Tag)
		if err != nil {
			return err
		}
		if err := theirs(ctx, tx, v, tag); err != nil {
			return err
		}
		if err := since.free(done); err != nil {
			return err
		}
		if isFirst, err := tx.TagActs.Undo(ctx, act, v.Account); err != nil || !isFirst {
			return cmp.Or(err, archive.ErrConflict)
		}
		if stood, err := takeBack(ctx, tx, tag, now); err != nil || !stood {
			return cmp.Or(err, archive.ErrConflict)
		}
		return ends(ctx, tx, v, tag)
	})
}

// asDone is an act and what may stand on it.
func asDone(ctx context.Context, tx *store.Tx, act int64) (archive.TagAct, later, error) {
	done, err := tx.TagActs.Find(ctx, act)
	if err != nil {
		return done, later{}, err
	}
	since, err := laterThan(ctx, tx, store.NamedAct{TagAct: done})
	return done, since, err
}

// free refuses the undoing of an act on which a later one stands.
func (l later) free(done archive.TagAct) error {
	first, isThere, err := l.first(done)
	if err == nil && isThere && done.UndoneAt.IsZero() {
		err = Waits{first}
	}
	return err
}

// calledNow is an act about the tags that took the place of its own, where these
// were renamed since.
func (l later) calledNow(done archive.TagAct) archive.TagAct {
	if done.Kind != archive.TagRenamed || done.Other == 0 {
		done.Tag, done.Other = l.now(done.Tag, done.ID), l.now(done.Other, done.ID)
	}
	return done
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
	before, err := wasBefore(done)
	if err != nil || tag.Canonical != done.Other {
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

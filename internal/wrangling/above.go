package wrangling

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// File files a character or a relationship under a fandom.
func (w *Wrangling) File(ctx context.Context, v archive.Viewer, seen Tag, parent int64) error {
	return w.beside(ctx, v, seen, parent, archive.TagFiled, func(tx *store.Tx, tag, other archive.SortedTag) (bool, error) {
		if err := tag.CheckParent(other); err != nil {
			return false, err
		}
		return tx.Sorting.File(ctx, tag.ID, parent)
	})
}

// FileNew is File for a tag that may not be a canonical yet: it is made one, by
// an act of its own.
func (w *Wrangling) FileNew(ctx context.Context, v archive.Viewer, seen Tag, parent int64) error {
	return w.act(ctx, v, seen, func(tx *store.Tx, tag archive.SortedTag) (done archive.TagAct, err error) {
		fandom, err := tx.Sorting.Find(ctx, parent)
		if err != nil {
			return done, err
		}
		if tag.Standing == archive.TagUnsorted || tag.Standing == archive.TagAsIs {
			made, err := stands(ctx, tx, archive.TagMadeCanonical, tag, archive.TagCanonical, 0)
			if err != nil {
				return done, err
			}
			made.Wrangler, made.Tag = v.Account, tag.ID
			if _, err := tx.TagActs.Add(ctx, made); err != nil {
				return done, err
			}
			tag.Standing = archive.TagCanonical
		}
		if err := tag.CheckParent(fandom); err != nil {
			return done, err
		}
		changed, err := tx.Sorting.File(ctx, tag.ID, parent)
		if err != nil || !changed {
			return done, err
		}
		return archive.TagAct{Kind: archive.TagFiled, Other: parent}, nil
	})
}

// Unfile takes a tag from under a fandom.
func (w *Wrangling) Unfile(ctx context.Context, v archive.Viewer, seen Tag, parent int64) error {
	return w.beside(ctx, v, seen, parent, archive.TagUnfiled, func(tx *store.Tx, tag, _ archive.SortedTag) (bool, error) {
		return tx.Sorting.Unfile(ctx, tag.ID, parent)
	})
}

// AddMetatag puts a tag under a metatag: who looks for that finds its works too.
func (w *Wrangling) AddMetatag(ctx context.Context, v archive.Viewer, seen Tag, metatag int64) error {
	return w.beside(ctx, v, seen, metatag, archive.TagPutUnder, func(tx *store.Tx, tag, other archive.SortedTag) (bool, error) {
		set, err := tx.Sorting.Metatags(ctx)
		if err != nil {
			return false, err
		}
		if err := set.CheckMetatag(tag, other); err != nil {
			return false, err
		}
		return tx.Sorting.AddMetatag(ctx, tag.ID, metatag)
	})
}

// RemoveMetatag takes a tag from under a metatag.
func (w *Wrangling) RemoveMetatag(ctx context.Context, v archive.Viewer, seen Tag, metatag int64) error {
	return w.beside(ctx, v, seen, metatag, archive.TagTakenOut, func(tx *store.Tx, tag, _ archive.SortedTag) (bool, error) {
		return tx.Sorting.DropMetatag(ctx, tag.ID, metatag)
	})
}

// Ban has a tag offered nowhere. Works keep it.
func (w *Wrangling) Ban(ctx context.Context, v archive.Viewer, seen Tag) error {
	return w.ban(ctx, v, seen, archive.TagBanned)
}

// Unban has a tag offered again.
func (w *Wrangling) Unban(ctx context.Context, v archive.Viewer, seen Tag) error {
	return w.ban(ctx, v, seen, archive.TagUnbanned)
}

func (w *Wrangling) ban(ctx context.Context, v archive.Viewer, seen Tag, kind archive.TagActKind) error {
	return w.act(ctx, v, seen, func(tx *store.Tx, tag archive.SortedTag) (done archive.TagAct, err error) {
		if tag.Banned == (kind == archive.TagBanned) {
			return done, nil
		}
		return archive.TagAct{Kind: kind}, tx.Sorting.Ban(ctx, tag.ID, kind == archive.TagBanned)
	})
}

// beside runs a verb about two tags; an act is kept when it changed something.
func (w *Wrangling) beside(ctx context.Context, v archive.Viewer, seen Tag, other int64, kind archive.TagActKind,
	do func(tx *store.Tx, tag, other archive.SortedTag) (changed bool, err error),
) error {
	return w.act(ctx, v, seen, func(tx *store.Tx, tag archive.SortedTag) (done archive.TagAct, err error) {
		beside, err := tx.Sorting.Find(ctx, other)
		if err != nil {
			return done, err
		}
		changed, err := do(tx, tag, beside)
		if err != nil || !changed {
			return done, err
		}
		return archive.TagAct{Kind: kind, Other: other}, nil
	})
}

package reading

import (
	"context"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Favour puts a tag, or what it means, on the viewer's first page;
// archive.ErrNotFound when they may not know of it.
func (m *Memory) Favour(ctx context.Context, v archive.Viewer, tag int64) error {
	if !v.IsMember() {
		return archive.ErrSignIn
	}
	return m.store.Write(ctx, func(tx *store.Tx) error {
		canonical, err := tx.Tags.Find(ctx, v, tag)
		if err != nil {
			return err
		}
		had, err := tx.Favourites.Of(ctx, v.Account)
		if err != nil || slices.ContainsFunc(had, func(t archive.Tag) bool { return t.ID == canonical.ID }) {
			return err
		}
		if len(had) >= m.limits.Favourites {
			return archive.Problems{{Field: "favourite", Rule: "too_many_favourites", Args: map[string]any{"Limit": m.limits.Favourites}}}
		}
		tx.Log.Record(archive.Event{Kind: archive.FavouriteChanged, Actor: v.Account, Subject: canonical.ID})
		_, err = tx.Favourites.Add(ctx, v.Account, canonical.ID)
		return err
	})
}

// Unfavour takes a tag off the viewer's first page, with whatever means it.
func (m *Memory) Unfavour(ctx context.Context, v archive.Viewer, tag int64) error {
	if !v.IsMember() {
		return archive.ErrSignIn
	}
	return m.store.Write(ctx, func(tx *store.Tx) error {
		dropped, err := tx.Favourites.Drop(ctx, v.Account, tag)
		if err == nil && dropped {
			tx.Log.Record(archive.Event{Kind: archive.FavouriteChanged, Actor: v.Account, Subject: tag})
		}
		return err
	})
}

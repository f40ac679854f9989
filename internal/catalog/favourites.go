package catalog

import (
	"context"
	"errors"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Favourites lists a member's favourite tags by name, with as many works as
// their lists hold. One of which no work is theirs to find is not among them.
func (c *Catalog) Favourites(ctx context.Context, v archive.Viewer, rest Rest) (counted []store.CountedTag, err error) {
	if !v.IsMember() {
		return nil, nil
	}
	var tags []archive.Tag
	err = c.store.Read(ctx, func(tx *store.Tx) error {
		favourites, err := tx.Favourites.Of(ctx, v.Account)
		for _, t := range favourites {
			if err == nil {
				_, err = tx.Tags.Find(ctx, v, t.ID)
			}
			switch {
			case err == nil:
				tags = append(tags, t)
			case errors.Is(err, archive.ErrNotFound):
				err = nil
			}
		}
		return err
	})
	for _, t := range tags {
		if err != nil {
			break
		}
		var l Listed
		l, err = c.List(ctx, v, Filter{Of: Of{Tag: t.ID}, Rest: rest, Page: 1})
		counted = append(counted, store.CountedTag{Tag: t, Works: l.Total})
	}
	return counted, err
}

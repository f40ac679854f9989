package catalog

import (
	"cmp"
	"context"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
	"ficus/internal/store"
)

// Fandoms lists the fandoms by name, with the works a viewer finds in each: as
// many as stand on its page. One they usually leave out is not among them. They
// are counted in memory, or in the tables until the works have been read.
func (c *Catalog) Fandoms(ctx context.Context, v archive.Viewer, rest Rest) (fandoms []store.CountedTag, err error) {
	if !c.found.filled.Load() {
		err = c.store.Read(ctx, func(tx *store.Tx) error {
			fandoms, err = tx.Tags.Fandoms(ctx, v, bool(rest))
			return err
		})
		return fandoms, err
	}
	totals, err := c.fandomTotals(ctx, v, rest)
	if err != nil {
		return nil, err
	}
	works := make(map[int64]int, len(totals))
	for _, one := range totals {
		works[one.Tag] = one.Works
	}
	err = c.store.Read(ctx, func(tx *store.Tx) error {
		tags, err := tx.Tags.FandomsByName(ctx)
		for _, t := range tags {
			if n := works[t.ID]; n > 0 {
				fandoms = append(fandoms, store.CountedTag{Tag: t, Works: n})
			}
		}
		return err
	})
	return fandoms, err
}

// LargestFandoms gives the fandoms with most works, of equal ones the oldest
// first.
func (c *Catalog) LargestFandoms(ctx context.Context, v archive.Viewer, rest Rest, most int) (largest []store.CountedTag, err error) {
	if !c.found.filled.Load() {
		largest, err = c.Fandoms(ctx, v, rest)
		slices.SortFunc(largest, func(a, b store.CountedTag) int {
			return cmp.Or(cmp.Compare(b.Works, a.Works), cmp.Compare(a.ID, b.ID))
		})
		return largest[:min(len(largest), most)], err
	}
	totals, err := c.fandomTotals(ctx, v, rest)
	if err != nil {
		return nil, err
	}
	totals = totals[:min(len(totals), most)]
	ids := make([]int64, len(totals))
	for i, one := range totals {
		ids[i] = one.Tag
	}
	err = c.store.Read(ctx, func(tx *store.Tx) error {
		tags, err := tx.Tags.Some(ctx, ids...)
		for _, one := range totals {
			if t, known := tags[one.Tag]; known {
				largest = append(largest, store.CountedTag{Tag: t, Works: one.Works})
			}
		}
		return err
	})
	return largest, err
}

// fandomTotals counts the fandoms in memory.
func (c *Catalog) fandomTotals(ctx context.Context, v archive.Viewer, rest Rest) ([]index.Counted, error) {
	if err := c.catchUpNow(ctx); err != nil {
		return nil, err
	}
	var viewer index.Viewer
	err := c.store.Read(ctx, func(tx *store.Tx) (err error) {
		if viewer, err = viewerOf(ctx, tx, v); err != nil || rest == Shown {
			return err
		}
		left, err := UsuallyLeftOut(ctx, tx, v)
		viewer.MutedTags = append(viewer.MutedTags, left...)
		return err
	})
	if err != nil {
		return nil, err
	}
	return c.found.index.Totals(viewer, archive.KindFandom), nil
}

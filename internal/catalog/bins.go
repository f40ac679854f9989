package catalog

import (
	"cmp"
	"context"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
	"ficus/internal/store"
)

// Bin gives the tags of a bin that a wrangler sorts, those on most works first,
// and tells how many there are: from memory, or from the tables until the works
// have been read.
func (c *Catalog) Bin(ctx context.Context, v archive.Viewer, of store.Bin) (tags []store.CountedTag, total int, err error) {
	if !c.found.filled.Load() {
		err = c.store.Read(ctx, func(tx *store.Tx) (err error) {
			tags, total, err = tx.Bins.In(ctx, v, of)
			return err
		})
		return tags, total, err
	}
	if err := c.catchUpNow(ctx); err != nil {
		return nil, 0, err
	}
	asks := index.Bin{Kind: of.Kind, Fandom: of.Fandom, Stray: of.Stray, Among: c.beginning(of.Typed), Skip: of.Skip, Take: of.Most}
	found := c.found.index.Bin(v, asks)
	err = c.store.Read(ctx, func(tx *store.Tx) error {
		ids := make([]int64, len(found.Values))
		for i, one := range found.Values {
			ids[i] = one.Tag
		}
		named, err := tx.Tags.Some(ctx, ids...)
		for _, one := range found.Values {
			if tag, known := named[one.Tag]; known {
				tags = append(tags, store.CountedTag{Tag: tag, Works: one.Works})
			}
		}
		return err
	})
	return tags, found.Total, err
}

// CountedBins are how many tags wait in each bin.
type CountedBins struct {
	OfFandoms    []store.BinCount // the fandoms in order of their names
	Every, Stray map[archive.TagKind]int
}

// Bins counts what waits for wranglers: in memory, or in the tables until the
// works have been read.
func (c *Catalog) Bins(ctx context.Context, v archive.Viewer) (counted CountedBins, err error) {
	if !c.found.filled.Load() {
		err = c.store.Read(ctx, func(tx *store.Tx) (err error) {
			if counted.OfFandoms, err = tx.Bins.Counts(ctx, v); err != nil {
				return err
			}
			counted.Every, counted.Stray, err = tx.Bins.Totals(ctx, v)
			return err
		})
		return counted, err
	}
	if err := c.catchUpNow(ctx); err != nil {
		return counted, err
	}
	counted.Every, counted.Stray = map[archive.TagKind]int{}, map[archive.TagKind]int{}
	for _, kind := range binKinds() {
		if n := c.found.index.Bin(v, index.Bin{Kind: kind}).Total; n > 0 {
			counted.Every[kind] = n
		}
		if kind == archive.KindFandom {
			continue
		}
		if n := c.found.index.Bin(v, index.Bin{Kind: kind, Stray: true}).Total; n > 0 {
			counted.Stray[kind] = n
		}
	}
	counted.OfFandoms, err = c.nameBins(ctx, c.found.index.Bins(v))
	return counted, err
}

// nameBins gives bins the names of their fandoms.
func (c *Catalog) nameBins(ctx context.Context, bins []index.Binned) (counts []store.BinCount, err error) {
	ids := make([]int64, len(bins))
	for i, b := range bins {
		ids[i] = b.Fandom
	}
	err = c.store.Read(ctx, func(tx *store.Tx) error {
		named, err := tx.Tags.Some(ctx, ids...)
		for _, b := range bins {
			fandom, known := named[b.Fandom]
			for kind, tags := range b.Tags {
				if known {
					counts = append(counts, store.BinCount{Fandom: archive.Tag{ID: fandom.ID, Name: fandom.Name}, Kind: kind, Tags: tags})
				}
			}
		}
		return err
	})
	slices.SortFunc(counts, func(a, b store.BinCount) int {
		return cmp.Or(cmp.Compare(store.FoldSought(a.Fandom.Name), store.FoldSought(b.Fandom.Name)), cmp.Compare(a.Fandom.ID, b.Fandom.ID), cmp.Compare(a.Kind, b.Kind))
	})
	return counts, err
}

// binKinds are the kinds of tag that wranglers sort.
func binKinds() []archive.TagKind {
	return []archive.TagKind{archive.KindFandom, archive.KindRelationship, archive.KindCharacter, archive.KindFreeform}
}

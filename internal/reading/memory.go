package reading

import (
	"context"
	"errors"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
)

// Memory is what members have remembered of how they look for works.
type Memory struct {
	store  *store.Store
	known  *catalog.Catalog
	limits archive.Limits
}

// NewMemory makes a Memory.
func NewMemory(s *store.Store, known *catalog.Catalog, limits archive.Limits) *Memory {
	return &Memory{store: s, known: known, limits: limits}
}

// Exclude leaves works of some tags out of every list of the viewer. Names that
// no tag has whose works they may find are told, and then nothing is changed;
// what is so already stays so.
func (m *Memory) Exclude(ctx context.Context, v archive.Viewer, names []catalog.TagName) error {
	if !v.IsMember() {
		return archive.ErrSignIn
	}
	return m.store.Write(ctx, func(tx *store.Tx) error {
		had, err := tx.Excluded.Of(ctx, v.Account)
		if err != nil {
			return err
		}
		tags, err := tagsNamed(ctx, tx, v, names)
		if err != nil {
			return err
		}
		room := m.limits.Excluded - len(had)
		for _, tag := range tags {
			added, err := tx.Excluded.Add(ctx, v.Account, tag)
			if err != nil {
				return err
			}
			if !added {
				continue
			}
			if room--; room < 0 {
				return archive.Problems{{Field: "tags", Rule: "too_many_excluded", Args: map[string]any{"Limit": m.limits.Excluded}}}
			}
			tx.Log.Record(archive.Event{Kind: archive.ExclusionChanged, Actor: v.Account, Subject: tag})
		}
		return nil
	})
}

// tagsNamed are the tags of names, or all that is wrong with those.
func tagsNamed(ctx context.Context, tx *store.Tx, v archive.Viewer, names []catalog.TagName) (tags []int64, err error) {
	var all archive.Problems
	for _, name := range names {
		tag, err := tagNamed(ctx, tx, v, name)
		var problems archive.Problems
		if errors.As(err, &problems) {
			all = append(all, problems...)
			continue
		}
		if err != nil {
			return nil, err
		}
		tags = append(tags, tag)
	}
	return tags, all.Err()
}

// tagNamed is the tag of a name, if the viewer may know of it.
func tagNamed(ctx context.Context, tx *store.Tx, v archive.Viewer, name catalog.TagName) (int64, error) {
	tag, err := tx.Tags.Named(ctx, name.Kind, name.Name)
	if err == nil {
		_, err = tx.Tags.Find(ctx, v, tag.ID)
	}
	if errors.Is(err, archive.ErrNotFound) {
		return 0, archive.Problems{{Field: "tags", Rule: "no_such_tag", Args: map[string]any{"Value": name.Name}}}
	}
	return tag.ID, err
}

// Readmit shows works of a tag in the viewer's lists again.
func (m *Memory) Readmit(ctx context.Context, v archive.Viewer, tag int64) error {
	if !v.IsMember() {
		return archive.ErrSignIn
	}
	return m.store.Write(ctx, func(tx *store.Tx) error {
		dropped, err := tx.Excluded.Drop(ctx, v.Account, tag)
		if err == nil && dropped {
			tx.Log.Record(archive.Event{Kind: archive.ExclusionChanged, Actor: v.Account, Subject: tag})
		}
		return err
	})
}

package catalog

import (
	"context"
	"errors"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// means is what a tag that was named is found by; 0: no tag is called so.
func means(ctx context.Context, tx *store.Tx, t TagName) (int64, error) {
	kinds := []archive.TagKind{t.Kind}
	if t.Kind == anyKind {
		kinds = KindsByName()
	}
	for _, kind := range kinds {
		tag, err := tx.Sorting.Named(ctx, kind, t.Name)
		if err == nil {
			return tag.Means(), nil
		}
		if !errors.Is(err, archive.ErrNotFound) {
			return 0, err
		}
	}
	return 0, nil
}

// meanTags looks up the tags among what is sought.
func meanTags(ctx context.Context, tx *store.Tx, s *store.Sought) (err error) {
	s.Each(func(one *store.Sought) {
		if one.In == store.InTag && err == nil {
			one.Tag, err = means(ctx, tx, TagName{Kind: one.Kind, Name: one.Words})
		}
	})
	return err
}

// copied is what is sought, to be changed.
func copied(s store.Sought) store.Sought {
	if s.Of != nil {
		of := make([]store.Sought, len(s.Of))
		for i, part := range s.Of {
			of[i] = copied(part)
		}
		s.Of = of
	}
	return s
}

// when are days, and how long ago, as one span in microseconds; nil: ever.
func when(days *Days, ago Ago, now time.Time) *store.Span {
	if days == nil && ago.IsZero() {
		return nil
	}
	s := ago.span(now)
	if days != nil && !days.From.IsZero() {
		s.Least = max(s.Least, days.From.UnixMicro())
	}
	if days != nil && !days.To.IsZero() {
		s.Most = min(s.Most, days.To.Add(24*time.Hour).UnixMicro()-1)
	}
	return &s
}

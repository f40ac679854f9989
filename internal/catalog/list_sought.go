package catalog

import (
	"context"
	"errors"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// mostAlike is how many tags are looked at that are called alike but for
// accents.
const mostAlike = 20

// means is what a tag that was named is found by; 0: no tag is called so.
func means(ctx context.Context, tx *store.Tx, v archive.Viewer, t TagName) (int64, error) {
	for _, kind := range t.kinds() {
		tag, err := tx.Sorting.Named(ctx, kind, t.Name)
		if err == nil {
			return tag.Means(), nil
		}
		if !errors.Is(err, archive.ErrNotFound) {
			return 0, err
		}
	}
	tag, err := Alike(ctx, tx, v, t)
	if errors.Is(err, archive.ErrNotFound) {
		return 0, nil
	}
	return tag.Means(), err
}

// Alike is the tag that a name means which no tag has: the one that is called so
// but for accents and that the viewer may know of; of several the canonical one,
// else the one that was there first (decision 0313). archive.ErrNotFound when
// there is none.
func Alike(ctx context.Context, tx *store.Tx, v archive.Viewer, t TagName) (archive.SortedTag, error) {
	for _, kind := range t.kinds() {
		alike, err := tx.Sorting.Like(ctx, kind, t.Name, mostAlike)
		if err != nil {
			return archive.SortedTag{}, err
		}
		for _, tag := range alike {
			if _, err := tx.Tags.Find(ctx, v, tag.ID); !errors.Is(err, archive.ErrNotFound) {
				return tag, err
			}
		}
	}
	return archive.SortedTag{}, archive.ErrNotFound
}

// kinds are those the tag may be of.
func (t TagName) kinds() []archive.TagKind {
	if t.Kind == anyKind {
		return KindsByName()
	}
	return []archive.TagKind{t.Kind}
}

// meanTags looks up the tags among what is sought.
func meanTags(ctx context.Context, tx *store.Tx, v archive.Viewer, s *store.Sought) (err error) {
	s.Each(func(one *store.Sought) {
		if one.In == store.InTag && err == nil {
			one.Tag, err = means(ctx, tx, v, TagName{Kind: one.Kind, Name: one.Words})
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

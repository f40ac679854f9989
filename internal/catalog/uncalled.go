package catalog

import (
	"context"
	"errors"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// What is said of names no tag has.
const (
	mostUncalled = 5
	mostNearby   = 3
)

// Uncalled is a name that a filter asks for, and no tag the viewer may know of
// has, with tags that are called nearly so.
type Uncalled struct {
	TagName
	Near []store.CountedTag
}

// IsOfAnyKind reports whether only a name was asked for.
func (t TagName) IsOfAnyKind() bool { return t.Kind == anyKind }

// Uncalled lists names that a filter which found nothing asks works to bear, and
// no tag has: for who looks, one that only hidden works bear is none.
func (c *Catalog) Uncalled(ctx context.Context, v archive.Viewer, f Filter) (all []Uncalled, err error) {
	names := slices.Concat(f.Include, f.Main, namesIn(f.Sought))
	err = c.store.Read(ctx, func(tx *store.Tx) error {
		for _, name := range names {
			if len(all) == mostUncalled {
				return nil
			}
			tag, err := means(ctx, tx, v, name)
			if err == nil && tag != 0 {
				_, err = tx.Tags.Find(ctx, v, tag)
			}
			if err == nil && tag == 0 || errors.Is(err, archive.ErrNotFound) {
				all, err = append(all, Uncalled{TagName: name}), nil
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	for i := range all {
		if err != nil {
			return nil, err
		}
		typed := Typed{Text: all[i].Name, Kind: all[i].Kind}
		if all[i].IsOfAnyKind() {
			typed.Kind = ""
		}
		all[i].Near, err = c.Suggest(ctx, v, typed)
		all[i].Near = all[i].Near[:min(len(all[i].Near), mostNearby)]
	}
	return all, err
}

// namesIn are the tags among what is sought of which works may have one.
func namesIn(s store.Sought) (names []TagName) {
	switch {
	case s.Join == store.Not:
		return nil
	case s.Join == store.One && s.In == store.InTag:
		return []TagName{{Kind: s.Kind, Name: s.Words}}
	}
	for _, part := range s.Of {
		names = append(names, namesIn(part)...)
	}
	return names
}

// Renamed is a filter that asks for another tag wherever it asks works to bear one.
func (f Filter) Renamed(from, to TagName) Filter {
	f.Include, f.Main = slices.Clone(f.Include), slices.Clone(f.Main)
	for _, tags := range [][]TagName{f.Include, f.Main} {
		for i, name := range tags {
			if name == from {
				tags[i] = to
			}
		}
	}
	f.Sought = copied(f.Sought)
	rename(&f.Sought, from, to)
	return f
}

func rename(s *store.Sought, from, to TagName) {
	switch {
	case s.Join == store.Not:
		return
	case s.Join == store.One && s.In == store.InTag && s.Kind == from.Kind && s.Words == from.Name:
		s.Kind, s.Words = to.Kind, to.Name
	}
	for i := range s.Of {
		rename(&s.Of[i], from, to)
	}
}

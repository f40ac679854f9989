package catalog

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// ReadSaved reads what a saved filter asks.
func ReadSaved(saved archive.SavedFilter) (Filter, error) {
	asked, err := url.ParseQuery(saved.Query)
	if err != nil {
		return Filter{}, fmt.Errorf("read saved filter %d: %w", saved.ID, err)
	}
	f, _ := ReadFilter(asked) // what was saved was right
	f.Of.Account, f.Of.Pseud = saved.Person, saved.Pseud
	return f, nil
}

// Meaning writes what a saved filter asks by what its tags mean by now: of two
// that ask the same it is the same, by whichever names each asks.
func Meaning(ctx context.Context, tx *store.Tx, saved archive.SavedFilter) (string, error) {
	f, err := ReadSaved(saved)
	if err != nil {
		return "", err
	}
	f.Sort, f.Turned, f.Page = "", false, 1
	for _, tags := range [][]TagName{f.Include, f.Main, f.Exclude} {
		for i, t := range tags {
			tag, err := means(ctx, tx, archive.Viewer{Account: saved.Account}, t)
			if err != nil {
				return "", err
			}
			if tag != 0 {
				tags[i] = TagName{Name: strconv.FormatInt(tag, 10)}
			}
		}
		slices.SortFunc(tags, func(a, b TagName) int { return cmp.Compare(a.String(), b.String()) })
	}
	f.Include, f.Main, f.Exclude = slices.Compact(f.Include), slices.Compact(f.Main), slices.Compact(f.Exclude)
	return fmt.Sprint(f.Of, f.Values().Encode()), nil
}

// All gives the numbers of all works in the list of a filter.
func (c *Catalog) All(ctx context.Context, v archive.Viewer, f Filter) (works []int64, err error) {
	f.Page, f.PerPage, f.Facets = 1, math.MaxInt32, 0
	a := asked{inMemory: c.found.filled.Load()}
	if _, err := c.seek(ctx, ctx, v, &f, &a, 0); err != nil {
		return nil, err
	}
	if err := c.ask(ctx, v, f, &a); err != nil || a.nothing {
		return nil, err
	}
	if !a.inMemory {
		err = c.store.Read(ctx, func(tx *store.Tx) error {
			works, err = tx.Lists.Matching(ctx, v, a.table)
			return err
		})
		return works, err
	}
	if err := c.catchUpNow(ctx); err != nil {
		return nil, err
	}
	return c.found.index.Find(a.query).Works, nil
}

// Holds reports whether a work stands in the list of a filter, however long it
// takes to find out: nobody waits for it.
func (c *Catalog) Holds(ctx context.Context, v archive.Viewer, f Filter, work int64) (bool, error) {
	f.Of.Work, f.Page, f.PerPage, f.Facets = work, 1, 0, 0
	l, err := c.listWithin(ctx, v, f, Patience{})
	return l.Total > 0, err
}

// Features are what most filters ask of a work, looked up once for all of them.
type Features struct {
	names    map[TagName]bool // folded
	language string
}

// FeaturesOf looks up the features of a work; archive.ErrNotFound when there is
// none such.
func FeaturesOf(ctx context.Context, tx *store.Tx, work int64) (Features, error) {
	names, language, err := tx.Filters.NamesOf(ctx, work)
	features := Features{names: make(map[TagName]bool, len(names)), language: language}
	for _, t := range names {
		features.names[TagName{Kind: t.Kind, Name: t.Name}] = true
	}
	return features, err
}

// MayAnswer reports whether a work may answer to a filter; where it may not it
// does not, whoever asks.
func (w Features) MayAnswer(f Filter) bool {
	has := func(t TagName) bool { return w.names[TagName{Kind: t.Kind, Name: store.FoldTag(t.Name)}] }
	for _, t := range slices.Concat(f.Include, f.Main) {
		if t.Kind != anyKind && !has(t) {
			return false
		}
	}
	for _, t := range f.Exclude {
		if has(t) {
			return false
		}
	}
	spoken := len(f.Languages) == 0
	for _, language := range f.Languages {
		spoken = spoken || language == w.language
	}
	return spoken
}

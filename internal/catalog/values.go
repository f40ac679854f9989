package catalog

import (
	"context"
	"math"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
	"ficus/internal/catalog/names"
	"ficus/internal/store"
)

// ValuesOf asks for a page of the values of one kind by which a list may be
// narrowed.
type ValuesOf struct {
	Kind   archive.TagKind
	Begins string // each of these words begins a word of its name, or of a synonym's; empty: all
	Page   int    // from 1
}

// ListedValues is a page of the values of one kind, MostFacets of them.
type ListedValues struct {
	Facets    []Facet
	Total     int // values
	Works     int // in the list
	Page      int // the last, where a page behind it was asked for
	IsCounted bool
	TooLong   bool // finding the works took too long
}

// LastPage is the number of the last page.
func (l ListedValues) LastPage() int { return max(1, (l.Total+MostFacets-1)/MostFacets) }

// Values counts the values of one kind in the list that a filter is, for a
// viewer: all there are, a page at a time.
func (c *Catalog) Values(ctx context.Context, v archive.Viewer, f Filter, of ValuesOf) (l ListedValues, err error) {
	l.Page = max(of.Page, 1)
	if !c.found.filled.Load() {
		return l, nil
	}
	l.IsCounted = true
	a, hurried, end := asked{inMemory: true}, ctx, func() {}
	if !f.Sought.IsZero() {
		hurried, end = within(ctx, c.Patience.Whole)
	}
	defer end()
	texts, err := c.seek(ctx, hurried, v, &f, &a, c.Patience.Texts)
	if l.TooLong = texts.Nothing; err != nil || l.TooLong {
		return l, err
	}
	if err := c.ask(ctx, v, f, &a); err != nil || a.nothing {
		return l, err
	}
	if err := c.catchUpNow(ctx); err != nil {
		return l, err
	}
	asks := index.Values{Kind: of.Kind, Among: c.beginning(of.Begins), Skip: (l.Page - 1) * MostFacets, Take: MostFacets}
	found := c.found.index.Values(a.query, asks)
	l.Total, l.Works = found.Total, found.Works
	if last := l.LastPage(); l.Page > last {
		l.Page = last
		asks.Skip = (last - 1) * MostFacets
		found = c.found.index.Values(a.query, asks)
	}
	err = c.store.Read(ctx, func(tx *store.Tx) error {
		named := Listed{}
		err := named.name(ctx, tx, map[archive.TagKind][]index.Counted{of.Kind: found.Values})
		l.Facets = named.Facets[of.Kind]
		return err
	})
	return l, err
}

// beginning are the tags in whose names words begin with those that were typed;
// nil where none were.
func (c *Catalog) beginning(typed string) *[]int64 {
	words := names.Words(store.FoldSought(archive.CleanLine(typed)))
	if len(words) == 0 {
		return nil
	}
	found, _ := c.found.names.Find(names.Query{Typed: words, Most: math.MaxInt})
	ids := make([]int64, len(found))
	for i, one := range found {
		ids[i] = one.ID
	}
	return &ids
}

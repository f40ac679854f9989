package catalog

import (
	"context"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
	"ficus/internal/store"
)

// inIndex fills the query of the index.
func (c *Catalog) inIndex(ctx context.Context, tx *store.Tx, v archive.Viewer, f Filter, a *asked) error {
	if !a.inMemory {
		return nil
	}
	viewer, err := viewerOf(ctx, tx, v)
	if err != nil {
		return err
	}
	t := a.table
	if t.Tag != 0 {
		t.Include = append(slices.Clone(t.Include), t.Tag)
	}
	a.query = index.Query{
		Viewer: viewer, Include: t.Include, Main: t.Main, Exclude: t.Exclude, Languages: t.Languages, Sort: sortOf(t.Sort, t.Turned),
		Since: since(t.Since), Skip: (t.Page - 1) * t.PerPage, Take: t.PerPage, Facets: index.Facets{Values: f.Facets},
	}
	a.query.Creators = t.Accounts
	for _, r := range []struct {
		figure index.Figure
		span   *store.Span
	}{{index.Words, t.Words}, {index.Chapters, t.Chapters}, {index.Updated, t.Revised}, {index.Posted, t.Posted}} {
		if r.span != nil {
			a.query.Ranges = append(a.query.Ranges, index.Range{Figure: r.figure, Least: r.span.Least, Most: r.span.Most})
		}
	}
	for by, span := range t.Figures {
		a.query.Ranges = append(a.query.Ranges, index.Range{Figure: figureOf[by], Least: span.Least, Most: span.Most})
	}
	if t.Fandoms != nil {
		a.query.Fandoms = (*index.Span)(t.Fandoms)
	}
	a.query.Completion, a.query.Crossovers = choiceOf(t.Complete), choiceOf(t.Crossover)
	return a.within(ctx, tx, v)
}

// within adds which works the index is to look among: it knows no words and no
// pen names. Of one work the tables say whether it is as asked.
func (a *asked) within(ctx context.Context, tx *store.Tx, v archive.Viewer) (err error) {
	t := a.table
	var works []int64
	switch {
	case t.Work != 0:
		works, err = tx.Lists.Matching(ctx, v, store.Filter{Work: t.Work, Sought: t.Sought, Pseud: t.Pseud})
	case t.Pseud != 0:
		works, err = tx.Lists.SignedAs(ctx, v, t.Pseud)
	}
	if t.Work != 0 || t.Pseud != 0 {
		a.query.Within = &works
	}
	if t.Work == 0 {
		a.query.Sought = a.held
	}
	return err
}

// choiceOf is a choice in the words of the index.
func choiceOf(is *bool) index.Choice {
	switch {
	case is == nil:
		return index.Either
	case *is:
		return index.Only
	}
	return index.Without
}

// sortOf is an order in the words of the index. Figures are offered largest
// first, titles and bylines from their beginning.
func sortOf(s store.Sort, turned bool) index.Sort {
	if s == store.SortTitle {
		return index.Sort{Title: true, Descending: turned}
	}
	if s == store.SortAuthor {
		return index.Sort{Author: true, Descending: turned}
	}
	if s == store.SortBest {
		return index.Sort{Best: true, By: index.Updated, Descending: true}
	}
	by, known := figureOf[s]
	if !known {
		by = index.Updated
	}
	return index.Sort{By: by, Descending: !turned}
}

// figureOf is what each order goes by.
var figureOf = map[store.Sort]index.Figure{
	store.SortRevised: index.Updated, store.SortPublished: index.Posted, store.SortWords: index.Words, store.SortChapters: index.Chapters,
	store.SortHits: index.Hits, store.SortKudos: index.Kudos, store.SortComments: index.Comments,
}

package main

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
	"ficus/internal/generate"
)

// indexed is the index of the catalogue.
type indexed struct{ *index.Index }

func openIndex(a *generate.Archive) indexed {
	x := index.New()
	x.Load(func(yield func(index.Tag) bool) {
		for t := range a.Tags() {
			if !yield(index.Tag{ID: t.ID, Kind: t.Kind, Standing: index.Canonical}) { // the others know of nothing else
				return
			}
		}
	}, func(func(index.Pseud) bool) {}, func(yield func(index.Work) bool) { // nobody asks who wrote them
		for w := range a.All() {
			work := index.Work{ID: w.ID, Language: w.Language, Words: w.Words, Kudos: w.Kudos}
			if w.Restricted {
				work.State = index.Restricted
			}
			for _, t := range w.Tags {
				work.Tags = append(work.Tags, int64(t.ID))
			}
			if !yield(work) {
				return
			}
		}
	})
	return indexed{x}
}

func (x indexed) find(_ context.Context, q asked) (answer, error) {
	found := x.Find(index.Query{
		Include: q.include[:], Exclude: []int64{q.exclude}, Ranges: []index.Range{{Figure: index.Words, Least: q.least, Most: q.most}},
		Sort: index.Sort{By: index.Kudos, Descending: true}, Take: pageOf, Facets: index.Facets{Values: values},
	})
	a := answer{Total: found.Total, Works: found.Works}
	for kind, name := range archive.TagKinds() {
		for _, v := range found.Facets[name] {
			a.Facets[kind] = append(a.Facets[kind], counted{v.Tag, v.Works})
		}
	}
	return a, nil
}

func (x indexed) close() error { return nil }

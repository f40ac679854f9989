package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	"ficus/internal/archive"
	"ficus/internal/generate"
)

// library is a side that Bleve answers: a document a work, a field for each
// kind of tag, numbers as of terms, so that they sort as they are.
type library struct {
	bleve.Index
	kinds func(tag int64) string
}

// batchOf is how many documents Bleve takes at once.
const batchOf = 2000

func openBleve(a *generate.Archive, folder string) (*library, error) {
	kind := map[int64]string{}
	for t := range a.Tags() {
		kind[t.ID] = string(t.Kind)
	}
	l := &library{kinds: func(tag int64) string { return kind[tag] }}
	path, whole := filepath.Join(folder, "browse.bleve"), filepath.Join(folder, "browse.bleve.whole")
	if _, err := os.Stat(whole); err == nil {
		l.Index, err = bleve.Open(path)
		return l, err
	}
	if err := os.RemoveAll(path); err != nil {
		return nil, err
	}
	var err error
	if l.Index, err = bleve.New(path, fields()); err != nil {
		return nil, err
	}
	if err := l.fill(a); err != nil {
		return nil, err
	}
	return l, os.WriteFile(whole, nil, 0o600)
}

// fields say what there is of a work: what is looked for and counted, and no
// more.
func fields() *mapping.IndexMappingImpl {
	works := bleve.NewDocumentStaticMapping()
	for _, name := range archive.TagKinds() {
		field := bleve.NewTextFieldMapping()
		field.Analyzer, field.Store, field.IncludeTermVectors, field.IncludeInAll = keyword.Name, false, false, false
		works.AddFieldMappingsAt(string(name), field)
	}
	for _, name := range []string{"words", "kudos"} {
		field := bleve.NewNumericFieldMapping()
		field.Store, field.IncludeInAll = false, false
		works.AddFieldMappingsAt(name, field)
	}
	field := bleve.NewBooleanFieldMapping()
	field.Store, field.IncludeInAll = false, false
	works.AddFieldMappingsAt("restricted", field)
	all := bleve.NewIndexMapping()
	all.DefaultMapping = works
	return all
}

// fill puts every work in.
func (l *library) fill(a *generate.Archive) error {
	batch := l.NewBatch()
	for w := range a.All() {
		document := map[string]any{"words": float64(w.Words), "kudos": float64(w.Kudos), "restricted": w.Restricted}
		byKind := map[string][]string{}
		for _, t := range w.Tags {
			byKind[string(t.Kind)] = append(byKind[string(t.Kind)], term(int64(t.ID)))
		}
		for kind, terms := range byKind {
			document[kind] = terms
		}
		if err := batch.Index(fmt.Sprintf("%08d", w.ID), document); err != nil {
			return err
		}
		if batch.Size() == batchOf || w.ID == int64(a.Works) {
			if err := l.Batch(batch); err != nil {
				return err
			}
			batch.Reset()
		}
	}
	return nil
}

func term(tag int64) string { return fmt.Sprintf("%08d", tag) }

func (l *library) find(ctx context.Context, q asked) (a answer, err error) {
	wanted := query.NewBooleanQuery(nil, nil, nil)
	bears := func(tag int64) query.Query {
		one := bleve.NewTermQuery(term(tag))
		one.SetField(l.kinds(tag))
		return one
	}
	least, most, yes := float64(q.least), float64(q.most), true
	long := bleve.NewNumericRangeInclusiveQuery(&least, &most, &yes, &yes)
	long.SetField("words")
	closed := bleve.NewBoolFieldQuery(true)
	closed.SetField("restricted")
	wanted.AddMust(bears(q.include[0]), bears(q.include[1]), long)
	wanted.AddMustNot(bears(q.exclude), closed)
	request := bleve.NewSearchRequestOptions(wanted, pageOf, 0, false)
	request.SortBy([]string{"-kudos", "-_id"})
	request.Score = "none"
	for _, kind := range archive.TagKinds() {
		request.AddFacet(string(kind), bleve.NewFacetRequest(string(kind), values))
	}
	found, err := l.SearchInContext(ctx, request)
	if err != nil {
		return a, err
	}
	a.Total = int(found.Total)
	for _, hit := range found.Hits {
		id, err := strconv.ParseInt(hit.ID, 10, 64)
		if err != nil {
			return a, err
		}
		a.Works = append(a.Works, id)
	}
	for kind, name := range archive.TagKinds() {
		for _, v := range found.Facets[string(name)].Terms.Terms() {
			tag, err := strconv.ParseInt(v.Term, 10, 64)
			if err != nil {
				return a, err
			}
			a.Facets[kind] = append(a.Facets[kind], counted{tag, v.Count})
		}
	}
	return a, nil
}

func (l *library) close() error { return l.Close() }

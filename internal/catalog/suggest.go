package catalog

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
	"ficus/internal/catalog/names"
	"ficus/internal/store"
)

const (
	// mostOffered is how many tags are offered to who types one.
	mostOffered = 12
	// fewFound: where fewer begin so, words that are mistyped are found too.
	fewFound = 10
	// mostLooked is how many words of names are looked at; where more begin as
	// was typed, the most used tags are looked at, so many of them.
	mostLooked = 4_000
	mostWalked = 20_000
	// mostWeighed is how many are asked whether works of the chosen fandoms bear
	// them.
	mostWeighed = 200
	// mostChosen is how many of the chosen fandoms are looked at.
	mostChosen = 20
)

// Typed is the beginning of a tag that somebody types.
type Typed struct {
	Text    string
	Kind    archive.TagKind // empty: any
	Fandoms []string        // that were chosen already
}

// Suggest offers tags to who types one: a word of their name, or of a synonym's,
// begins with each word that was typed. Canonicals of the chosen fandoms come
// first, then other canonicals, then what nobody has sorted; of each those that
// works of the chosen fandoms bear, and then by how many works the viewer finds;
// what nobody may find is not offered. What the viewer usually leaves out is
// offered, for who writes wants it, and is counted as its list counts it. Where
// few begin so, mistyped words are understood too (decision 0288).
func (c *Catalog) Suggest(ctx context.Context, v archive.Viewer, typed Typed) ([]store.CountedTag, error) {
	if !c.found.filled.Load() {
		return c.suggestFromTables(ctx, v, typed)
	}
	if err := c.catchUpNow(ctx); err != nil {
		return nil, err
	}
	words := names.Words(store.FoldSought(archive.CleanLine(typed.Text)))
	if len(words) == 0 {
		return nil, nil
	}
	var offered []store.CountedTag
	err := c.store.Read(ctx, func(tx *store.Tx) error {
		viewer, err := viewerOf(ctx, tx, v)
		if err != nil {
			return err
		}
		fandoms, err := chosen(ctx, tx, typed.Fandoms)
		if err != nil {
			return err
		}
		o := offering{found: &c.found, viewer: viewer, kind: typed.Kind, words: words, by: map[int64]*candidate{}}
		o.gather(fandoms)
		if offered, err = o.best(ctx, tx, fandoms); err != nil {
			return err
		}
		return c.countAsListed(ctx, tx, v, offered)
	})
	return offered, err
}

// suggestFromTables is Suggest until the works have been read.
func (c *Catalog) suggestFromTables(ctx context.Context, v archive.Viewer, typed Typed) (tags []store.CountedTag, err error) {
	err = c.store.Read(ctx, func(tx *store.Tx) error {
		if typed.Kind == "" {
			tags, err = tx.Tags.Search(ctx, v, typed.Text)
		} else {
			tags, err = tx.Tags.Suggest(ctx, v, typed.Kind, typed.Text)
		}
		if err != nil {
			return err
		}
		return c.countAsListed(ctx, tx, v, tags)
	})
	return tags, err
}

// chosen gives the fandoms that some names mean.
func chosen(ctx context.Context, tx *store.Tx, fandoms []string) ([]int64, error) {
	var ids []int64
	for _, name := range fandoms[:min(len(fandoms), mostChosen)] {
		tag, err := tx.Sorting.Named(ctx, archive.KindFandom, name)
		if err != nil && !errors.Is(err, archive.ErrNotFound) {
			return nil, err
		}
		if err == nil {
			ids = append(ids, tag.Means())
		}
	}
	return ids, nil
}

// candidate is a tag that may be offered.
type candidate struct {
	index.Counted
	isBeside bool // it is filed under a chosen fandom
	isUsed   bool // it stands on works of a chosen fandom
	isSorted bool
	isNear   bool // only if what was typed is mistyped
}

// offering gathers what may be offered.
type offering struct {
	found  *finder
	viewer index.Viewer
	kind   archive.TagKind
	words  []string
	by     map[int64]*candidate
}

// gather finds all that may be offered.
func (o *offering) gather(fandoms []int64) {
	if len(fandoms) > 0 {
		beside, _ := o.found.names.Find(names.Query{Typed: o.words, Under: fandoms, Most: mostLooked})
		o.take(beside, candidate{isBeside: true})
	}
	exactly, isWhole := o.found.names.Find(names.Query{Typed: o.words, Most: mostLooked})
	o.take(exactly, candidate{})
	if !isWhole {
		o.walk()
	}
	if len(o.by) < fewFound {
		near, _ := o.found.names.Find(names.Query{Typed: o.words, Near: true, Most: mostLooked})
		o.take(near, candidate{isNear: true})
	}
}

// take notes what was found as what it is counted as.
func (o *offering) take(found []names.Found, as candidate) {
	ids := make([]int64, len(found))
	for i, f := range found {
		ids[i] = f.ID
	}
	o.found.index.Meant(o.viewer, o.kind, ids, func(i int, canonical index.Counted) {
		if canonical.Works == 0 || o.by[canonical.Tag] != nil {
			return
		}
		may := as
		may.Counted, may.isSorted = canonical, found[i].IsSorted
		o.by[canonical.Tag] = &may
	})
}

// walk looks at the most used tags, where very many begin as was typed.
func (o *offering) walk() {
	kinds := archive.TagKinds()
	if o.kind != "" {
		kinds = []archive.TagKind{o.kind}
	}
	for _, kind := range kinds {
		looked, taken := 0, 0
		o.found.index.EachLargest(o.viewer, kind, func(tag index.Counted) bool {
			if looked++; tag.Works > 0 && o.by[tag.Tag] == nil && o.found.names.IsMeant(tag.Tag, o.words) {
				known, _ := o.found.names.Get(tag.Tag)
				o.by[tag.Tag] = &candidate{Counted: tag, isSorted: known.IsSorted}
				taken++
			}
			return looked < mostWalked && taken < 2*mostOffered
		})
	}
}

// best gives what is offered.
func (o *offering) best(ctx context.Context, tx *store.Tx, fandoms []int64) ([]store.CountedTag, error) {
	all := slices.SortedFunc(maps.Values(o.by), compareOffers)
	if len(fandoms) > 0 {
		all = o.used(all[:min(len(all), mostWeighed)], fandoms)
	}
	var kept []*candidate
	for _, may := range all {
		if _, isKnown := o.found.names.Get(may.Tag); isKnown && o.isFound(may) { // a banned one has no name here
			if kept = append(kept, may); len(kept) == mostOffered {
				break
			}
		}
	}
	ids := make([]int64, len(kept))
	for i, may := range kept {
		ids[i] = may.Tag
	}
	tags, err := tx.Tags.Some(ctx, ids...)
	offered := make([]store.CountedTag, 0, len(kept))
	for _, may := range kept {
		if tag, known := tags[may.Tag]; known {
			offered = append(offered, store.CountedTag{Tag: tag, Works: may.Works})
		}
	}
	return offered, err
}

// used puts those first, among equals, that stand on works of the fandoms.
func (o *offering) used(all []*candidate, fandoms []int64) []*candidate {
	ids := make([]int64, len(all))
	for i, may := range all {
		ids[i] = may.Tag
	}
	for i, isUsed := range o.found.index.Beside(o.viewer, fandoms, ids) {
		all[i].isUsed = isUsed
	}
	slices.SortFunc(all, compareOffers)
	return all
}

// compareOffers orders what may be offered.
func compareOffers(a, b *candidate) int {
	return cmp.Or(first(b.isNear, a.isNear), first(a.isBeside, b.isBeside), first(a.isSorted, b.isSorted), first(a.isUsed, b.isUsed),
		cmp.Compare(b.Works, a.Works), cmp.Compare(a.Tag, b.Tag))
}

// isFound counts exactly for who mutes somebody, or looks behind a cover.
func (o *offering) isFound(may *candidate) bool {
	if o.viewer.IsParticular() {
		may.Works = o.found.index.Find(index.Query{Viewer: o.viewer, Include: []int64{may.Tag}}).Total
	}
	return may.Works > 0
}

// first orders what is so before what is not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

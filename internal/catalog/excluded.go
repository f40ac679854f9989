package catalog

import (
	"context"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
	"ficus/internal/store"
)

// Rest says whether a list shows what its reader usually leaves out.
type Rest bool

// A list leaves it out unless the rest is asked for.
const (
	LeftOut Rest = false
	Shown   Rest = true
)

// KeptOut is what the usual exclusions of a reader keep out of a list, or would
// if the rest were not shown.
type KeptOut struct {
	Works int
	Tags  []archive.Tag // for which; while works have not been read, all that are in force
}

// usual is what a reader leaves out of a list unless they ask for the rest.
type usual struct {
	rest     Rest
	asked    int // how many tags the list itself leaves out
	tags     []archive.Tag
	excluded []int64 // what those mean
	named    []int64 // what the tags mean that the list asks works to bear
}

// leaveOut adds the reader's usual exclusions to what a list leaves out. What a
// list asks for by name it shows, and what stands below an excluded tag it is
// asked for as well; of what they sign themselves nothing is left out.
func leaveOut(ctx context.Context, tx *store.Tx, v archive.Viewer, f Filter, a *asked) error {
	a.usual.rest, a.usual.asked = f.Rest, len(a.table.Exclude)
	a.usual.named = append(slices.Clone(a.table.Include), tagsIn(a.table.Sought)...)
	if a.table.Tag != 0 {
		tag, err := tx.Sorting.Find(ctx, a.table.Tag)
		if err != nil {
			return err
		}
		a.usual.named = append(a.usual.named, tag.Means())
	}
	if !v.IsMember() || slices.Contains(a.table.Accounts, v.Account) {
		return nil
	}
	tags, err := usualOf(ctx, tx, v, a.usual.named)
	if err != nil {
		return err
	}
	for _, t := range tags {
		if !slices.Contains(a.table.Exclude, t.Means) && !slices.Contains(a.usual.excluded, t.Means) {
			a.usual.tags, a.usual.excluded = append(a.usual.tags, t.Tag), append(a.usual.excluded, t.Means)
		}
	}
	if f.Rest == LeftOut {
		a.table.Exclude = append(a.table.Exclude, a.usual.excluded...)
	}
	return nil
}

// usualOf are the exclusions of a member that are in force where some tags are
// asked for by name.
func usualOf(ctx context.Context, tx *store.Tx, v archive.Viewer, named []int64) ([]store.ExcludedTag, error) {
	if !v.IsMember() {
		return nil, nil
	}
	tags, err := tx.Excluded.Of(ctx, v.Account)
	if err != nil || len(tags) == 0 {
		return nil, err
	}
	above, err := tx.Excluded.Above(ctx, named...)
	return inForce(tags, above, named...), err
}

// inForce are those of some exclusions that neither are asked for by name nor
// stand above what is.
func inForce(tags []store.ExcludedTag, above map[int64][]int64, named ...int64) (left []store.ExcludedTag) {
	for _, t := range tags {
		lifts := func(tag int64) bool { return tag == t.Means || slices.Contains(above[tag], t.Means) }
		if !slices.ContainsFunc(named, lifts) {
			left = append(left, t)
		}
	}
	return left
}

func meanings(tags []store.ExcludedTag) []int64 {
	means := make([]int64, len(tags))
	for i, t := range tags {
		means[i] = t.Means
	}
	return means
}

// UsuallyLeftOut are the tags that the list of a tag, or of no tag, leaves out
// for a viewer.
func UsuallyLeftOut(ctx context.Context, tx *store.Tx, v archive.Viewer, of ...int64) ([]int64, error) {
	tags, err := usualOf(ctx, tx, v, of)
	return meanings(tags), err
}

// tagsIn are the tags that are asked for among what is sought, not those of
// which works must have none.
func tagsIn(s store.Sought) (tags []int64) {
	switch {
	case s.Join == store.Not:
		return nil
	case s.Join == store.One && s.In == store.InTag && s.Tag != 0:
		return []int64{s.Tag}
	}
	for _, part := range s.Of {
		tags = append(tags, tagsIn(part)...)
	}
	return tags
}

// keptOut counts in memory what usual exclusions keep out of a list.
func (c *Catalog) keptOut(a asked) KeptOut {
	if len(a.usual.excluded) == 0 {
		return KeptOut{}
	}
	q := a.query
	q.Exclude = a.table.Exclude[:a.usual.asked]
	works, each := c.found.index.Bearing(q, a.usual.excluded)
	kept := KeptOut{Works: works}
	for i, n := range each {
		if n > 0 {
			kept.Tags = append(kept.Tags, a.usual.tags[i])
		}
	}
	return kept
}

// keptOutOfTables counts in the tables what usual exclusions keep out of a list
// of so many works.
func keptOutOfTables(ctx context.Context, tx *store.Tx, v archive.Viewer, a asked, total int) (KeptOut, error) {
	if len(a.usual.excluded) == 0 {
		return KeptOut{}, nil
	}
	other := a.table
	other.Page, other.PerPage = 1, 0
	other.Exclude = a.table.Exclude[:a.usual.asked]
	if a.usual.rest == Shown {
		other.Exclude = append(slices.Clone(other.Exclude), a.usual.excluded...)
	}
	listed, err := tx.Lists.Page(ctx, v, other)
	kept := KeptOut{Works: max(listed.Total-total, total-listed.Total)}
	if kept.Works > 0 {
		kept.Tags = a.usual.tags
	}
	return kept, err
}

// KeptOut tells what the usual exclusions of a viewer keep out of all works, or
// would, and how many their mutes do.
func (c *Catalog) KeptOut(ctx context.Context, v archive.Viewer, rest Rest) (kept KeptOut, muted int, err error) {
	l, err := c.List(ctx, v, Filter{Rest: rest, Page: MostPage}) // of works nobody reads
	return l.KeptOut, l.Muted, err
}

// countAsListed gives tags that are offered as many works as their lists hold,
// which leave the viewer's usual exclusions out.
func (c *Catalog) countAsListed(ctx context.Context, tx *store.Tx, v archive.Viewer, offered []store.CountedTag) error {
	if !v.IsMember() || len(offered) == 0 {
		return nil
	}
	left, err := tx.Excluded.Of(ctx, v.Account)
	if err != nil || len(left) == 0 {
		return err
	}
	viewer, err := viewerOf(ctx, tx, v)
	if err != nil {
		return err
	}
	ids := make([]int64, len(offered))
	for i, t := range offered {
		ids[i] = t.ID
	}
	above, err := tx.Excluded.Above(ctx, ids...)
	if err != nil {
		return err
	}
	for i, t := range offered {
		out := meanings(inForce(left, above, t.ID))
		if !c.found.filled.Load() {
			listed, err := tx.Lists.Page(ctx, v, store.Filter{Tag: t.ID, Narrowed: store.Narrowed{Exclude: out}, Page: 1})
			if err != nil {
				return err
			}
			offered[i].Works = listed.Total
			continue
		}
		offered[i].Works = c.found.index.Find(index.Query{Viewer: viewer, Include: []int64{t.ID}, Exclude: out}).Total
	}
	return nil
}

package catalog

import (
	"context"
	"errors"
	"slices"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog/index"
	"ficus/internal/store"
)

// Listed is a page of a list, as one viewer may see it.
type Listed struct {
	store.Listed
	Means     map[int64]archive.Tag // by the tags of its works: what works are counted under; none: not counted
	Asked     []int64               // what the tags mean that it asks works to bear
	Facets    map[archive.TagKind][]Facet
	Muted     int // works the viewer's mutes keep out of it; 0 too while they are not counted
	KeptOut   KeptOut
	IsCounted bool // facets are counted; not while the process has just begun
	InTexts   InTexts
	AsOf      time.Time // what its reader began with: when the newest that had happened did
	SinceMany bool      // so much has happened since that it was not looked through

	sought      store.Sought // as it was sought in texts
	first, last store.ListPlace
}

// Facet is a tag and how many works of a list bear it.
type Facet struct {
	archive.Tag
	Works int
}

// List answers a filter for a viewer: from memory, or from the tables and
// without facets until the works have been read.
func (c *Catalog) List(ctx context.Context, v archive.Viewer, f Filter) (Listed, error) {
	return c.listWithin(ctx, v, f, c.Patience)
}

func (c *Catalog) listWithin(ctx context.Context, v archive.Viewer, f Filter, p Patience) (l Listed, err error) {
	a := asked{inMemory: c.found.filled.Load(), asOf: c.upTo()}
	if f.Then.AsOf.After(a.asOf) && f.Then.AsOf.After(c.clock.Now()) {
		f.Then = Then{}
	}
	hurried, end := ctx, func() {}
	if !f.Sought.IsZero() {
		hurried, end = within(ctx, p.Whole)
	}
	defer end()
	texts, err := c.seek(ctx, hurried, v, &f, &a, p.Texts)
	if err == nil && !texts.Nothing {
		l, err = c.list(ctx, hurried, v, f, &a)
	}
	if isLate(ctx, hurried, err) {
		texts.Nothing, err = true, nil
	}
	if texts.Nothing {
		l = Listed{IsCounted: a.inMemory}
	}
	if !f.Then.AsOf.IsZero() {
		a.asOf = f.Then.AsOf
	}
	l.InTexts, l.sought, l.Asked, l.AsOf, l.SinceMany = texts, f.Sought, a.usual.named, a.asOf, a.table.Since.Unknown
	return l, err
}

func (c *Catalog) list(ctx, hurried context.Context, v archive.Viewer, f Filter, a *asked) (Listed, error) {
	if err := c.ask(ctx, v, f, a); err != nil || a.nothing {
		return Listed{IsCounted: a.inMemory}, err
	}
	if !a.inMemory {
		return c.listFromTables(hurried, v, a)
	}
	if err := c.lookNow(ctx); err != nil {
		return Listed{}, err
	}
	a.asOf = c.upTo() // before the index is asked: what happens between is said to have happened since
	if err := c.catchUp(ctx); err != nil {
		return Listed{}, err
	}
	answer := c.found.index.Find(a.query)
	l := Listed{Listed: store.Listed{Total: answer.Total, Passed: answer.Passed, Since: answer.Since}, Muted: c.muted(a.query, answer.Total), KeptOut: c.keptOut(*a), IsCounted: true}
	l.first, l.last = store.ListPlace(answer.First), store.ListPlace(answer.Last)
	err := c.store.Read(ctx, func(tx *store.Tx) (err error) {
		if l.Blurbs, err = tx.Lists.These(ctx, v, answer.Works); err != nil {
			return err
		}
		if err := l.explain(ctx, tx); err != nil {
			return err
		}
		return l.name(ctx, tx, answer.Facets)
	})
	return l, err
}

// listFromTables is List until the works have been read.
func (c *Catalog) listFromTables(ctx context.Context, v archive.Viewer, a *asked) (l Listed, err error) {
	err = c.store.Read(ctx, func(tx *store.Tx) (err error) {
		newest, err := tx.Log.NewestAt(ctx)
		if err != nil {
			return err
		}
		a.asOf = c.orNow(newest)
		if l.Listed, err = tx.Lists.Page(ctx, v, a.table); err != nil {
			return err
		}
		l.first, l.last = endsOf(l.Listed, a.table)
		if l.KeptOut, err = keptOutOfTables(ctx, tx, v, *a, l.Total); err != nil {
			return err
		}
		return l.explain(ctx, tx)
	})
	return l, err
}

// Languages lists those of the works a viewer is shown; false while the works have
// not been read.
func (c *Catalog) Languages(ctx context.Context, v archive.Viewer) (spoken []string, known bool, err error) {
	viewer := index.Viewer{Viewer: v}
	if v.IsMember() {
		err = c.store.Read(ctx, func(tx *store.Tx) (err error) {
			viewer, err = viewerOf(ctx, tx, v)
			return err
		})
	}
	return c.found.index.Languages(viewer), c.found.filled.Load(), err
}

// muted counts the works that mutes keep out of what a query finds.
func (c *Catalog) muted(q index.Query, found int) int {
	v := q.Viewer
	if len(v.MutedAccounts)+len(v.MutedTags)+len(v.MutedWorks)+len(v.MutedWords) == 0 && !v.HidesAnonymous {
		return 0
	}
	q.Viewer = index.Viewer{Viewer: v.Viewer, Peeked: v.Peeked}
	q.Take, q.Facets = 0, index.Facets{}
	return c.found.index.Find(q).Total - found
}

// asked is a filter in the words of the tables and of the index.
type asked struct {
	table    store.Filter
	query    index.Query
	usual    usual
	held     *index.Sought // what is sought, looked up; nil: it is asked of the tables
	asOf     time.Time     // when the newest happened that the answer knows of
	inMemory bool          // the query is to be asked
	nothing  bool          // no work can be so
}

// ask looks up what a filter names and whom the viewer mutes.
func (c *Catalog) ask(ctx context.Context, v archive.Viewer, f Filter, a *asked) error {
	a.table = f.inTables(c.clock.Now())
	return c.store.Read(ctx, func(tx *store.Tx) error {
		if err := a.name(ctx, tx, v, f); err != nil || a.nothing {
			return err
		}
		if err := meanTags(ctx, tx, v, &a.table.Sought); err != nil {
			return err
		}
		if f.User != "" {
			account, err := tx.Accounts.FindPresent(ctx, f.User)
			if errors.Is(err, archive.ErrNotFound) {
				a.nothing = true // nobody signs nothing
				return nil
			}
			if err != nil {
				return err
			}
			a.table.Accounts = append(a.table.Accounts, account.ID)
		}
		if err := leaveOut(ctx, tx, v, f, a); err != nil {
			return err
		}
		if err := a.then(ctx, tx, f); err != nil {
			return err
		}
		return c.inIndex(ctx, tx, v, f, a)
	})
}

// name looks up the tags a filter names.
func (a *asked) name(ctx context.Context, tx *store.Tx, v archive.Viewer, f Filter) error {
	for i, t := range slices.Concat(f.Include, f.Main) {
		tag, err := means(ctx, tx, v, t)
		if err != nil {
			return err
		}
		if tag == 0 {
			a.nothing = true
			return nil
		}
		a.table.Include = append(a.table.Include, tag)
		if i >= len(f.Include) {
			a.table.Main = append(a.table.Main, tag)
		}
	}
	for _, t := range f.Exclude {
		tag, err := means(ctx, tx, v, t)
		if err != nil {
			return err
		}
		if tag != 0 {
			a.table.Exclude = append(a.table.Exclude, tag)
		}
	}
	return nil
}

// viewerOf is a viewer with what they do not want to meet.
func viewerOf(ctx context.Context, tx *store.Tx, v archive.Viewer) (index.Viewer, error) {
	viewer := index.Viewer{Viewer: v}
	if !v.IsMember() {
		return viewer, nil
	}
	muted, err := tx.Ties.Muted(ctx, v.Account)
	if err != nil {
		return viewer, err
	}
	for _, who := range muted {
		viewer.MutedAccounts = append(viewer.MutedAccounts, who.Account)
	}
	things, err := tx.Muted.Of(ctx, v)
	if err != nil {
		return viewer, err
	}
	for _, thing := range things {
		switch {
		case thing.Muted.Tag > 0:
			viewer.MutedTags = append(viewer.MutedTags, thing.Muted.Tag)
		case thing.Work > 0:
			viewer.MutedWorks = append(viewer.MutedWorks, thing.Work)
		case thing.Word > 0:
			viewer.MutedWords = append(viewer.MutedWords, thing.Word)
		default:
			viewer.HidesAnonymous = true
		}
	}
	if v.Staff {
		viewer.Peeked, err = tx.Ties.Peeked(ctx, v.Account)
	}
	return viewer, err
}

// inTables is a filter in the words of the tables, but for what it names.
func (f Filter) inTables(now time.Time) store.Filter {
	t := store.Filter{
		Work: f.Of.Work, Tag: f.Of.Tag, Pseud: f.Of.Pseud, Sought: copied(f.Sought), Sort: f.Sort, Turned: f.Turned, Page: max(f.Page, 1), PerPage: f.PerPage,
		Narrowed: store.Narrowed{
			Words: f.Words, Chapters: f.Chapters, Complete: f.Complete, Fandoms: f.Fandoms, Crossover: f.Crossover, Languages: f.Languages, Figures: f.Figures,
			Revised: when(f.Updated, f.UpdatedAgo, now), Posted: when(f.Posted, f.PostedAgo, now),
		},
	}
	if !f.Until.IsZero() {
		until := store.Span{Least: dawn, Most: f.Until.UnixMicro()}
		if t.Revised != nil {
			until = store.Span{Least: t.Revised.Least, Most: min(t.Revised.Most, until.Most)}
		}
		t.Revised = &until
	}
	if f.Of.Account != 0 {
		t.Accounts = []int64{f.Of.Account}
	}
	return t
}

// explain reads what the tags of the works of a page are counted as.
func (l *Listed) explain(ctx context.Context, tx *store.Tx) error {
	borne := map[int64]bool{}
	for _, b := range l.Blurbs {
		for _, t := range b.Tags {
			borne[t.Tag] = true
		}
	}
	tags, err := tagsOf(ctx, tx, borne)
	if err != nil {
		return err
	}
	var canonicals []int64
	for _, t := range tags {
		canonicals = append(canonicals, t.Means())
	}
	slices.Sort(canonicals)
	named, err := tx.Tags.Some(ctx, slices.Compact(canonicals)...)
	if err != nil {
		return err
	}
	l.Means = map[int64]archive.Tag{}
	for _, t := range tags {
		if t.Standing != archive.TagAsIs {
			l.Means[t.ID] = named[t.Means()]
		}
	}
	return nil
}

// name gives facets the names of their tags.
func (l *Listed) name(ctx context.Context, tx *store.Tx, counted map[archive.TagKind][]index.Counted) error {
	var ids []int64
	for _, values := range counted {
		for _, one := range values {
			ids = append(ids, one.Tag)
		}
	}
	tags, err := tx.Tags.Some(ctx, ids...)
	if err != nil {
		return err
	}
	l.Facets = make(map[archive.TagKind][]Facet, len(counted))
	for kind, values := range counted {
		for _, one := range values {
			l.Facets[kind] = append(l.Facets[kind], Facet{Tag: tags[one.Tag], Works: one.Works})
		}
	}
	return nil
}

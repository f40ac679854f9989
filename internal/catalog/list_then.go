package catalog

import (
	"context"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ficus/internal/catalog/index"
	"ficus/internal/store"
)

// Then is when a reader began to page through a list, and where the page they
// are led to begins. It is nothing the list is asked for: only the links of a
// pager carry it (decision 0315). The zero Then shows the list as it stands.
type Then struct {
	AsOf   time.Time
	After  *store.ListPlace // the page begins behind that place
	Before *store.ListPlace // it ends before it
}

// The names of an address that lead through the pages of a list.
const (
	fieldAsOf   = "as_of"
	fieldAfter  = "after"
	fieldBefore = "before"
)

// ThenFields are the names of an address by which readers page through a list
// as it stood when they began.
func ThenFields() []string { return []string{fieldAsOf, fieldAfter, fieldBefore} }

const instantFormat = "2006-01-02T15:04:05.000000Z"

// then reads when a reader began. Without that, no place is read: feeds have
// places of their own.
func (r *filterReader) then() (t Then) {
	said := r.one(fieldAsOf)
	if said == "" {
		return Then{}
	}
	at, err := time.Parse(time.RFC3339Nano, said)
	if err != nil || at.Year() < 1 || at.Year() > 9999 {
		r.wrong(fieldAsOf, "as_of", "Value", short(said))
		return Then{}
	}
	t.AsOf = at.UTC().Truncate(time.Microsecond)
	t.After, t.Before = r.place(fieldAfter), r.place(fieldBefore)
	return t
}

func (r *filterReader) place(field string) *store.ListPlace {
	said := r.one(field)
	if said == "" {
		return nil
	}
	var place store.ListPlace
	at := strings.LastIndex(said, "-")
	figure, err := strconv.ParseInt(said[:max(at, 0)], 10, 64)
	if place.Work, _ = strconv.ParseInt(said[at+1:], 10, 64); err != nil || place.Work < 1 {
		r.wrong(field, "as_of", "Value", short(said))
		return nil
	}
	place.Figure = figure
	return &place
}

func writePlace(p store.ListPlace) string {
	return strconv.FormatInt(p.Figure, 10) + "-" + strconv.FormatInt(p.Work, 10)
}

// LastPage is the number of the last page, of so many works each, where this is
// one of them; an empty list has one.
func (l Listed) LastPage(page, perPage int) int {
	left, from := l.Total-l.Passed-len(l.Blurbs), page
	if len(l.Blurbs) == 0 {
		left, from = l.Total, 0
	}
	return max(1, from+(max(left, 0)+perPage-1)/perPage)
}

// Began is when the reader of a list began, as an address says it.
func (l Listed) Began() string { return l.AsOf.Format(instantFormat) }

// Leads is what the address of another page carries besides what is asked: so
// many pages on from this one, or back.
func (l Listed) Leads(from, to int) url.Values {
	then := url.Values{fieldAsOf: {l.Began()}}
	switch {
	case to == 1:
	case to == from+1 && l.last.Work != 0:
		then.Set(fieldAfter, writePlace(l.last))
	case to == from-1 && l.first.Work != 0:
		then.Set(fieldBefore, writePlace(l.first))
	}
	return then
}

// upTo is when the newest that the catalogue knows of happened.
func (c *Catalog) upTo() time.Time { return c.orNow(time.UnixMicro(c.newest.Load())) }

// orNow is an instant of the log, or now where the log is empty.
func (c *Catalog) orNow(newest time.Time) time.Time {
	if newest.UnixMicro() <= 0 {
		newest = c.clock.Now()
	}
	return newest.UTC().Truncate(time.Microsecond)
}

// then reads what has happened since the reader began. In an order by dates of
// update, what has moved stands where it stood; where too much has happened to
// know, it is left out.
func (a *asked) then(ctx context.Context, tx *store.Tx, f Filter) (err error) {
	if f.Then.AsOf.IsZero() {
		return nil
	}
	s, err := tx.Log.ListsSince(ctx, f.Then.AsOf)
	if err != nil {
		return err
	}
	isByUpdate := !f.Sort.IsOfNames() && sortOf(f.Sort, f.Turned).By == index.Updated
	if s.Unknown && isByUpdate {
		until := store.Span{Least: math.MinInt64, Most: f.Then.AsOf.UnixMicro()}
		if r := a.table.Revised; r != nil {
			until = store.Span{Least: r.Least, Most: min(r.Most, until.Most)}
		}
		a.table.Revised = &until
	}
	if !f.Sort.IsOfNames() && f.Sort != store.SortBest {
		s.After, s.Before = f.Then.After, f.Then.Before
	}
	a.table.Since = s
	return nil
}

// since is what has happened in the words of the index.
func since(s store.Since) index.Since {
	place := func(p *store.ListPlace) *index.Place {
		if p == nil {
			return nil
		}
		return &index.Place{Figure: p.Figure, Work: p.Work}
	}
	return index.Since{Came: s.Came, Moved: s.Moved, After: place(s.After), Before: place(s.Before)}
}

// endsOf are where the first and the last work of a page from the tables stand.
func endsOf(l store.Listed, t store.Filter) (first, last store.ListPlace) {
	if len(l.Blurbs) == 0 || t.Sort.IsOfNames() || t.Sort == store.SortBest {
		return first, last
	}
	at := func(b store.Blurb) store.ListPlace {
		figure := map[index.Figure]int64{
			index.Updated: b.Dates.Revised.UnixMicro(), index.Posted: b.Dates.Published.UnixMicro(), index.Words: int64(b.Counts.Words),
			index.Chapters: int64(b.Counts.Posted), index.Hits: b.Counts.Hits, index.Kudos: b.Counts.Kudos, index.Comments: int64(b.Counts.Comments),
		}[sortOf(t.Sort, t.Turned).By]
		if was, moved := t.Since.Moved[b.ID]; moved && sortOf(t.Sort, t.Turned).By == index.Updated {
			figure = was
		}
		return store.ListPlace{Figure: figure, Work: b.ID}
	}
	return at(l.Blurbs[0]), at(l.Blurbs[len(l.Blurbs)-1])
}

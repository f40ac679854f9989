package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Since is what has happened to the works of a list since its reader began; the
// zero Since is nothing.
type Since struct {
	Came    []int64         // works that were posted
	Moved   map[int64]int64 // by work of which chapters were: when it had been revised, in microseconds
	Unknown bool            // so much has happened that it was not looked through

	After, Before *ListPlace // in an order by a figure: where a page begins or ends; nil: where its number says
}

// ListPlace is where a work stands in an order by a figure.
type ListPlace struct{ Figure, Work int64 }

// How much of the log is looked through for what has happened to lists, and how
// much of that may have.
const (
	sinceEvents = 20_000
	sinceWorks  = 500
	sinceSlack  = 10 * time.Second // by which instants of the log may stand otherwise than its numbers
)

const (
	listEvents = `SELECT work, kind, data FROM events WHERE id > $1 AND at > $2 AND kind IN ('work_posted', 'chapter_posted') ORDER BY id LIMIT $3`
	firstAfter = `SELECT at FROM events WHERE id = (SELECT MIN(id) FROM events WHERE id > $1)`
	newestAt   = `SELECT MAX(at) FROM (SELECT at FROM events ORDER BY id DESC LIMIT 100) newest`
)

// NewestAt is the latest instant of the newest events: what happens after it has
// a later one. The zero time where the log is empty.
func (l Log) NewestAt(ctx context.Context) (at time.Time, err error) {
	return one(ctx, l.conn, func(row sqldb.Scanner) (at time.Time, err error) { return at, row.Scan(instant{&at}) }, newestAt)
}

// ListsSince tells what has happened to lists since an instant.
func (l Log) ListsSince(ctx context.Context, then time.Time) (s Since, err error) {
	head, err := l.Head(ctx)
	if err != nil {
		return s, err
	}
	from, is, err := l.before(ctx, head, then)
	if err != nil || !is {
		return Since{Unknown: true}, err
	}
	s.Moved = map[int64]int64{}
	events, err := all(ctx, l.conn, scanListEvent, listEvents, from, then.UnixMicro(), sinceWorks+1)
	if err != nil || len(events) > sinceWorks {
		return Since{Unknown: true}, err
	}
	for _, e := range events {
		was, err := strconv.ParseInt(e.Data["was"], 10, 64)
		_, moved := s.Moved[e.Work]
		switch {
		case e.Kind == archive.WorkPosted:
			s.Came = append(s.Came, e.Work)
		case err == nil && !moved && !slices.Contains(s.Came, e.Work):
			s.Moved[e.Work] = was // the first of them says where it stood
		}
	}
	for _, work := range s.Came { // a work that waited had chapters before it came
		delete(s.Moved, work)
	}
	return s, nil
}

// before is an event after which all stand that happened after an instant; false
// where that is too long ago. Most readers began a moment ago, so a few events
// are tried first, and only as many are looked through.
func (l Log) before(ctx context.Context, head int64, then time.Time) (from int64, is bool, err error) {
	for _, events := range []int64{200, 2_000, sinceEvents} {
		if from = head - events; from <= 0 {
			return 0, true, nil
		}
		first, err := all(ctx, l.conn, scanInt, firstAfter, from)
		if err != nil || len(first) == 0 || first[0] <= then.Add(-sinceSlack).UnixMicro() {
			return from, err == nil, err
		}
	}
	return 0, false, nil
}

func scanListEvent(row sqldb.Scanner) (archive.Event, error) {
	var e archive.Event
	var data string
	if err := row.Scan(&e.Work, &e.Kind, &data); err != nil {
		return e, err
	}
	return e, unpackData(data, &e)
}

// works are all works something has happened to.
func (s Since) works() []int64 {
	works := slices.Clone(s.Came)
	for work := range s.Moved {
		works = append(works, work)
	}
	return works
}

// leaveOut leaves out what was not there.
func (s Since) leaveOut(w *where) {
	if len(s.Came) > 0 {
		w.and(`w.id NOT IN (`+questions(len(s.Came))+`)`, anys(s.Came)...)
	}
}

// questions are so many question marks.
func questions(count int) string { return strings.TrimSuffix(strings.Repeat(`?,`, count), `,`) }

// placed is the order of a list as it stood, and leaves what stands beside the
// place where its page begins or ends, if it does; back is that it is to be
// turned round.
func (f Filter) placed(w *where) (order string, back, isPlaced bool) {
	column, isFigure := f.figureColumn()
	s := f.Since
	if column == "" || len(s.Moved) == 0 && s.After == nil && s.Before == nil {
		return f.order(), false, false
	}
	if column == figureColumns[SortRevised] && len(s.Moved) > 0 {
		column = s.stood(w)
	}
	descends := !f.Turned
	if place := cmp.Or(s.Before, s.After); isFigure && place != nil {
		isPlaced, back = true, s.Before != nil
		descends = descends != back
		than := `>`
		if descends {
			than = `<`
		}
		w.and(`(`+column+`, w.id) `+than+` (?, ?)`, place.Figure, place.Work)
	}
	if descends {
		return column + ` DESC, w.id DESC`, back, isPlaced
	}
	return column + `, w.id`, back, isPlaced
}

// figureColumn is the column of the order of a list, and whether works have
// places by it; empty in an order by names.
func (f Filter) figureColumn() (column string, isFigure bool) {
	if f.Sort == SortBest || f.Sort == "" {
		return figureColumns[SortRevised], f.Sort == ""
	}
	column, isFigure = figureColumns[f.Sort]
	return column, isFigure
}

// stood is when works had been revised, in SQL.
func (s Since) stood(w *where) string {
	var b strings.Builder
	b.WriteString(`CASE w.id`)
	for work, was := range s.Moved {
		b.WriteString(w.number(` WHEN ? THEN CAST(? AS BIGINT)`, work, was))
	}
	return b.String() + ` ELSE w.revised_at END`
}

// figureColumns are the columns of orders by figures.
var figureColumns = map[Sort]string{
	SortRevised: `w.revised_at`, SortPublished: `w.published_at`, SortWords: `w.words`, SortChapters: `w.posted`,
	SortHits: `w.hits`, SortKudos: `w.kudos`, SortComments: `w.comments_shown`,
}

// since counts the works of a list that are new or have moved.
func (l Lists) since(ctx context.Context, v archive.Viewer, f Filter) (int, error) {
	works := f.Since.works()
	if len(works) == 0 {
		return 0, nil
	}
	f.Since = Since{}
	where := l.listed(v)
	f.conditions(where)
	where.and(`w.id IN (`+questions(len(works))+`)`, anys(works)...)
	n, err := one(ctx, l.conn, scanInt, `SELECT COUNT(*) FROM works w WHERE `+where.String(), where.args...)
	if err != nil {
		return 0, fmt.Errorf("count what is new on a list: %w", err)
	}
	return int(n), nil
}

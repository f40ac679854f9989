package store

import (
	"context"
	"errors"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Numbered is passages by their numbers, for who knows by heart of which work
// each is. No number is given twice, and what is read later has greater ones.
type Numbered struct{ conn }

// NumberedPassage is a passage by its number.
type NumberedPassage struct {
	ID, Work  int64
	IsSummary bool
}

// Doubt is which passages may no longer hold: those of works to which something
// happened that nobody heeded yet, and of works that are not read yet, or not
// again. Every other holds, since what was read is written before it is noted as
// heeded.
type Doubt struct {
	All   bool // nobody knows what happened
	Works map[int64]bool
	After int64 // and all works after this one
}

// Of reports whether passages of a work may no longer hold.
func (d Doubt) Of(work int64) bool { return work > d.After || d.Works[work] }

// mostUnheeded is how many events are looked at for doubts. Texts are read soon
// after them; where they are not, everything is in doubt.
const mostUnheeded = 1000

const (
	passagesAfter    = `SELECT id, work, chapter FROM passages WHERE id > $1 ORDER BY id LIMIT $2`
	matchingSQLite   = `SELECT rowid FROM passage_words WHERE passage_words MATCH $1`
	matchingPostgres = `SELECT passage FROM passage_words WHERE words @@ CAST($1 AS tsquery)`
	holdingChapters  = `SELECT p.id, p.work, p.chapter FROM passages p JOIN chapters c ON c.id = p.chapter WHERE ` + holdsChapter + ` AND p.id IN `
	holdingSummaries = `SELECT p.id, p.work, p.chapter FROM passages p JOIN works s ON s.id = p.work WHERE ` + holdsSummary + ` AND p.id IN `
)

// After gives the passages after a number, in their order.
func (n Numbered) After(ctx context.Context, number int64, most int) ([]NumberedPassage, error) {
	return all(ctx, n.conn, scanNumbered, passagesAfter, number, most)
}

func scanNumbered(row sqldb.Scanner) (p NumberedPassage, err error) {
	var chapter int64
	err = row.Scan(&p.ID, &p.Work, &chapter)
	p.IsSummary = chapter == 0
	return p, err
}

// Matching gives the numbers of all passages in which a match stands, whether
// they hold or not.
func (n Numbered) Matching(ctx context.Context, match string) ([]int64, error) {
	if Passages(n).isPostgres() {
		return all(ctx, n.conn, scanInt, matchingPostgres, match)
	}
	return all(ctx, n.conn, scanInt, matchingSQLite, match)
}

// Holding gives those of some passages that hold.
func (n Numbered) Holding(ctx context.Context, numbers []int64) (holding []NumberedPassage, err error) {
	for some := range slices.Chunk(numbers, mostNumbers) {
		for _, statement := range []string{holdingChapters, holdingSummaries} {
			held, err := all(ctx, n.conn, scanNumbered, statement+`(`+list(1, len(some))+`)`, anys(some)...)
			if err != nil {
				return nil, err
			}
			holding = append(holding, held...)
		}
	}
	return holding, nil
}

// Doubt tells which passages may no longer hold.
func (n Numbered) Doubt(ctx context.Context) (Doubt, error) {
	read, err := Passages(n).Read(ctx)
	if errors.Is(err, archive.ErrNotFound) {
		return Doubt{All: true}, nil
	}
	if err != nil {
		return Doubt{}, err
	}
	log := Log{conn: n.conn}
	d := Doubt{Works: map[int64]bool{}, After: read.Work}
	head, err := log.Head(ctx)
	if err != nil || head == read.Event {
		return d, err
	}
	events, err := log.After(ctx, read.Event, mostUnheeded+1)
	if len(events) == 0 || events[0].ID != read.Event+1 || len(events) > mostUnheeded { // the log was trimmed, or texts are read by nobody
		return Doubt{All: true}, err
	}
	for _, e := range events {
		if archive.RereadFor(e.Kind) == archive.RereadWork {
			d.Works[e.Work] = true
		}
	}
	return d, err
}

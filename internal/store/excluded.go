package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Excluded are the tags members leave out of every list. The gate knows nothing
// of them: whoever asks for a list asks here first.
type Excluded struct{ conn }

const (
	addExcluded  = `INSERT INTO excluded (account, tag, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`
	dropExcluded = `DELETE FROM excluded WHERE account = $1 AND tag = $2`
	excludedOf   = `SELECT t.id, t.kind, t.name, t.canonical FROM excluded e JOIN tags t ON t.id = e.tag WHERE e.account = $1 ORDER BY t.search, t.id`
	aboveTags    = `SELECT tag, above FROM tags_above WHERE tag IN `
	// isExcluded: what one of its tags means, or what stands above that, is left
	// out by the viewer.
	isExcluded = `EXISTS (SELECT 1 FROM excluded e JOIN tags mt ON mt.id = e.tag JOIN work_tags xt ON xt.work = w.id JOIN tags t ON t.id = xt.tag
		WHERE e.account = $1 AND (` + mutedEnd + ` = ` + borneEnd + ` OR EXISTS (SELECT 1 FROM tags_above ta WHERE ta.tag = ` + borneEnd + ` AND ta.above = ` + mutedEnd + `)))`
)

// ExcludedTag is one of them.
type ExcludedTag struct {
	archive.Tag
	Means int64 // what works are found by
}

// Add has an account leave a tag out; false when it did already.
func (e Excluded) Add(ctx context.Context, account, tag int64) (bool, error) {
	n, err := exec(ctx, e.conn, addExcluded, account, tag, micros(e.now))
	return n == 1, err
}

// Drop ends an Add; false when there was none.
func (e Excluded) Drop(ctx context.Context, account, tag int64) (bool, error) {
	n, err := exec(ctx, e.conn, dropExcluded, account, tag)
	return n == 1, err
}

// Of lists what an account leaves out, by name.
func (e Excluded) Of(ctx context.Context, account int64) ([]ExcludedTag, error) {
	return all(ctx, e.conn, func(row sqldb.Scanner) (t ExcludedTag, err error) {
		if err = row.Scan(&t.ID, &t.Kind, &t.Name, &t.Means); t.Means == 0 {
			t.Means = t.ID
		}
		return t, err
	}, excludedOf, account)
}

// Above gives what stands above each of some tags.
func (e Excluded) Above(ctx context.Context, tags ...int64) (map[int64][]int64, error) {
	above := map[int64][]int64{}
	if len(tags) == 0 {
		return above, nil
	}
	_, err := all(ctx, e.conn, func(row sqldb.Scanner) (int64, error) {
		var tag, higher int64
		err := row.Scan(&tag, &higher)
		above[tag] = append(above[tag], higher)
		return tag, err
	}, aboveTags+`(`+list(1, len(tags))+`)`, anys(tags)...)
	return above, err
}

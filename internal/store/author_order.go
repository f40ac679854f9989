package store

import (
	"context"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

const (
	keyName     = `UPDATE pseuds SET name_key = $2 WHERE id = $1`
	namesToSort = `SELECT id, name FROM pseuds WHERE name_key = '' ORDER BY id LIMIT $1`

	// sortsBy is the byline of a work as it sorts, for whoever asks: where its
	// creators are a secret, its place tells nothing of who they are. No index has
	// it: while the catalogue is not there yet, works are sorted for each page.
	sortsBy = `(CASE WHEN w.anonymous THEN '` + archive.SortsAnonymous + `' ELSE COALESCE((SELECT string_agg(p.name_key, '` + archive.BetweenCreators + `' ORDER BY wc.position)
		FROM work_creators wc JOIN pseuds p ON p.id = wc.pseud WHERE wc.work = w.id), '') END)`
)

// nameKey is what a pen name sorts by on both databases, as bytes: case and the
// accents of Latin and Greek folded, as titles are.
func nameKey(name string) string {
	for _, key := range []string{FoldSought(name), name} {
		if key = strings.TrimSpace(key); key != "" {
			return cutAt(key, longestKey)
		}
	}
	return "?" // no name is empty
}

// PlaceNames gives up to limit pen names their place among the others that have
// none yet, as after an older program or backup, and gives how many.
func (a Accounts) PlaceNames(ctx context.Context, limit int) (int64, error) {
	unplaced, err := all(ctx, a.conn, func(row sqldb.Scanner) (p archive.Pseud, err error) { return p, row.Scan(&p.ID, &p.Name) }, namesToSort, limit)
	if err != nil {
		return 0, err
	}
	for _, p := range unplaced {
		if err := do(ctx, a.conn, keyName, p.ID, nameKey(p.Name)); err != nil {
			return 0, err
		}
	}
	return int64(len(unplaced)), nil
}

package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Favourites are the tags that stand on members' first pages, each as what it
// means now. The tag that was chosen is kept: a merge that is undone gives it
// back.
type Favourites struct{ conn }

const (
	addFavourite  = `INSERT INTO favourites (account, tag, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`
	dropFavourite = `DELETE FROM favourites WHERE account = $1 AND tag IN (SELECT t.id FROM tags t WHERE t.id = $2 OR (t.canonical = $2 AND t.canonical > 0))`
	favouritesOf  = `SELECT m.id, m.kind, m.name, m.medium FROM tags m WHERE m.id IN (SELECT ` + borneEnd + ` FROM favourites f JOIN tags t ON t.id = f.tag WHERE f.account = $1)
		ORDER BY m.search, m.id`
)

// Add puts a tag on the first page of an account; false when it stands there.
func (f Favourites) Add(ctx context.Context, account, tag int64) (bool, error) {
	n, err := exec(ctx, f.conn, addFavourite, account, tag, micros(f.now))
	return n == 1, err
}

// Drop takes all away that means a tag; false when there was nothing.
func (f Favourites) Drop(ctx context.Context, account, tag int64) (bool, error) {
	n, err := exec(ctx, f.conn, dropFavourite, account, tag)
	return n > 0, err
}

// Of lists the tags on the first page of an account, by name.
func (f Favourites) Of(ctx context.Context, account int64) ([]archive.Tag, error) {
	return all(ctx, f.conn, func(row sqldb.Scanner) (archive.Tag, error) { return scanTag(row) }, favouritesOf, account)
}

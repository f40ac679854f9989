package store

import (
	"context"
	"errors"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Filters are those that members saved under a name.
type Filters struct{ conn }

const (
	filterColumns = `f.id, f.account, f.name, f.query, COALESCE(f.person, 0), COALESCE(f.pseud, 0), COALESCE(f.token, ''), f.at, f.subscribed_at, f.feed_at`
	addFilter     = `INSERT INTO filters (account, name, folded, query, person, pseud, at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`
	findFilter    = `SELECT ` + filterColumns + ` FROM filters f WHERE f.account = $1 AND f.id = $2`
	filtersOf     = `SELECT ` + filterColumns + ` FROM filters f WHERE f.account = $1 ORDER BY f.folded, f.id`
	sharedFilter  = `SELECT ` + filterColumns + ` FROM filters f JOIN accounts a ON a.id = f.account WHERE f.token = $1 AND ` + isThere
	countFilters  = `SELECT COUNT(*) FROM filters WHERE account = $1`
	isFilterNamed = `SELECT COUNT(*) FROM filters WHERE account = $1 AND folded = $2 AND id <> $3`
	nameFilter    = `UPDATE filters SET name = $3, folded = $4 WHERE account = $1 AND id = $2`
	changeFilter  = `UPDATE filters SET query = $3, person = $4, pseud = $5 WHERE account = $1 AND id = $2`
	shareFilter   = `UPDATE filters SET token = $3 WHERE account = $1 AND id = $2`
	feedFilter    = `UPDATE filters SET feed = $3, feed_at = $4 WHERE account = $1 AND id = $2`
	unfeedFilter  = `UPDATE filters SET feed = NULL, feed_at = NULL WHERE account = $1 AND id = $2`
	fedFilter     = `SELECT ` + filterColumns + ` FROM filters f JOIN accounts a ON a.id = f.account WHERE f.feed = $1
		AND a.banned_at IS NULL AND COALESCE(a.suspended_until, 0) <= $2 AND ` + isThere
	dropFilter = `DELETE FROM filters WHERE account = $1 AND id = $2`
)

// Add saves a filter and gives its number; archive.ErrConflict when another of
// the account has the name.
func (f Filters) Add(ctx context.Context, n archive.SavedFilter) (int64, error) {
	id, err := one(ctx, f.conn, scanInt, addFilter, n.Account, n.Name, FoldTag(n.Name), n.Query, number(n.Person), number(n.Pseud), micros(f.now))
	return id, namedOnce(err)
}

// namedOnce is the error of a filter whose name was taken at the same moment.
func namedOnce(err error) error {
	if errors.Is(err, sqldb.ErrUnique) {
		return archive.ErrConflict
	}
	return err
}

// Find gives a filter of an account; archive.ErrNotFound when it has none such.
func (f Filters) Find(ctx context.Context, account, id int64) (archive.SavedFilter, error) {
	return one(ctx, f.conn, scanFilter, findFilter, account, id)
}

// Shared gives the filter that a token opens; archive.ErrNotFound when none does.
func (f Filters) Shared(ctx context.Context, token string) (archive.SavedFilter, error) {
	return one(ctx, f.conn, scanFilter, sharedFilter, token)
}

// Of lists the filters of an account, by name.
func (f Filters) Of(ctx context.Context, account int64) ([]archive.SavedFilter, error) {
	return all(ctx, f.conn, scanFilter, filtersOf, account)
}

// Count is how many an account has.
func (f Filters) Count(ctx context.Context, account int64) (int64, error) {
	return one(ctx, f.conn, scanInt, countFilters, account)
}

// IsNamed reports whether another filter of the account has a name.
func (f Filters) IsNamed(ctx context.Context, account int64, name string, but int64) (bool, error) {
	n, err := one(ctx, f.conn, scanInt, isFilterNamed, account, FoldTag(name), but)
	return n > 0, err
}

// Rename calls a filter otherwise; archive.ErrConflict when another of the
// account has the name.
func (f Filters) Rename(ctx context.Context, account, id int64, name string) error {
	return namedOnce(do(ctx, f.conn, nameFilter, account, id, name, FoldTag(name)))
}

// Change has a filter ask something else.
func (f Filters) Change(ctx context.Context, n archive.SavedFilter) error {
	return do(ctx, f.conn, changeFilter, n.Account, n.ID, n.Query, number(n.Person), number(n.Pseud))
}

// Share lets whoever has a token open a filter; without one nobody.
func (f Filters) Share(ctx context.Context, account, id int64, token string) error {
	var stored any
	if token != "" {
		stored = token
	}
	return do(ctx, f.conn, shareFilter, account, id, stored)
}

// Feed gives a filter a feed that a secret opens, by its fingerprint.
func (f Filters) Feed(ctx context.Context, account, id int64, fingerprint string) error {
	return do(ctx, f.conn, feedFilter, account, id, fingerprint, micros(f.now))
}

// EndFeed ends that.
func (f Filters) EndFeed(ctx context.Context, account, id int64) error {
	return do(ctx, f.conn, unfeedFilter, account, id)
}

// Fed gives the filter whose feed a secret opens, by its fingerprint, of a
// member who is there and not suspended; archive.ErrNotFound when there is none.
func (f Filters) Fed(ctx context.Context, fingerprint string) (archive.SavedFilter, error) {
	return one(ctx, f.conn, scanFilter, fedFilter, fingerprint, micros(f.now))
}

// Drop deletes a filter.
func (f Filters) Drop(ctx context.Context, account, id int64) error {
	return do(ctx, f.conn, dropFilter, account, id)
}

func scanFilter(row sqldb.Scanner) (archive.SavedFilter, error) {
	var f archive.SavedFilter
	return f, row.Scan(&f.ID, &f.Account, &f.Name, &f.Query, &f.Person, &f.Pseud, &f.Token, instant{&f.At}, instant{&f.SubscribedAt}, instant{&f.FeedAt})
}

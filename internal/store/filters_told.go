package store

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

const (
	subscribeFilter   = `UPDATE filters SET subscribed_at = $3, known = $4 WHERE account = $1 AND id = $2`
	unsubscribeFilter = `UPDATE filters SET subscribed_at = NULL, known = NULL WHERE account = $1 AND id = $2`
	// What a filter has not told of a work, the next by number.
	subscribedFilters = `SELECT ` + filterColumns + ` FROM filters f JOIN accounts a ON a.id = f.account WHERE f.subscribed_at IS NOT NULL AND f.id > $1
		AND NOT EXISTS (SELECT 1 FROM filters_told d WHERE d.filter = f.id AND d.work = $2) AND ` + isThere + ` ORDER BY f.id LIMIT $3`
	knownToFilter = `SELECT known FROM filters WHERE id = $1 AND subscribed_at IS NOT NULL`
	// Nothing is told by a filter whose member has just ended that.
	tellOfWork = `INSERT INTO filters_told (filter, work, event) SELECT f.id, w.id, CAST($3 AS BIGINT) FROM filters f JOIN works w ON w.id = $2
		WHERE f.id = $1 AND f.subscribed_at IS NOT NULL ON CONFLICT (filter, work) DO NOTHING`
	// The other filters of a filter's member that have told of a work; of what one
	// event tells there is one notice anyway.
	alsoTold = `SELECT ` + filterColumns + ` FROM filters f WHERE f.account = $1 AND f.id <> $2
		AND (SELECT d.event FROM filters_told d WHERE d.filter = f.id AND d.work = $3) <> $4 ORDER BY f.id`
	isNoticed   = `SELECT COUNT(*) FROM notices WHERE event = $1 AND account = $2`
	heedsFilter = `SELECT a.preferences, a.email_proved_at IS NOT NULL FROM accounts a WHERE a.id = $1 AND ` + isThere
	isSigner    = `SELECT COUNT(*) FROM work_creators WHERE work = $1 AND account = $2`
	languageOf  = `SELECT language FROM works WHERE id = $1`
	// Every name by which a work is found: of what its tags mean, of what stands
	// above that, and of the synonyms of both.
	namesOfWork = `SELECT DISTINCT n.kind, n.folded FROM tags n WHERE (CASE WHEN n.canonical > 0 THEN n.canonical ELSE n.id END) IN (
			SELECT ` + borneEnd + ` FROM work_tags wt JOIN tags t ON t.id = wt.tag WHERE wt.work = $1
			UNION SELECT ta.above FROM work_tags wt JOIN tags t ON t.id = wt.tag JOIN tags_above ta ON ta.tag = ` + borneEnd + ` WHERE wt.work = $1)`
)

// Subscribe has a filter tell its member of works that come into its list,
// besides those that stand there.
func (f Filters) Subscribe(ctx context.Context, account, id int64, known []int64) error {
	return do(ctx, f.conn, subscribeFilter, account, id, micros(f.now), f.pack.pack(string(packNumbers(known))))
}

// Unsubscribe ends that.
func (f Filters) Unsubscribe(ctx context.Context, account, id int64) error {
	return do(ctx, f.conn, unsubscribeFilter, account, id)
}

// Subscribed lists filters that tell their members of works and have not told of
// this one, after one and at most so many.
func (f Filters) Subscribed(ctx context.Context, work, after int64, most int) ([]archive.SavedFilter, error) {
	return all(ctx, f.conn, scanFilter, subscribedFilters, after, work, most)
}

// Knows reports whether a work stood in the list of a filter when its member
// began to be told, or whether they are told of nothing.
func (f Filters) Knows(ctx context.Context, id, work int64) (bool, error) {
	var known string
	_, err := one(ctx, f.conn, func(row sqldb.Scanner) (bool, error) {
		return true, row.Scan(packed{f.pack, &known})
	}, knownToFilter, id)
	if errors.Is(err, archive.ErrNotFound) {
		return true, nil
	}
	return hasNumber([]byte(known), work), err
}

// Tell notes that a filter tells of a work through an event; false when it did
// before, or tells no more.
func (f Filters) Tell(ctx context.Context, id, work, event int64) (bool, error) {
	n, err := exec(ctx, f.conn, tellOfWork, id, work, event)
	return n == 1, err
}

// AlsoTold lists the other filters of a filter's member that have told of a work
// through another event; none where they have a notice of this one.
func (f Filters) AlsoTold(ctx context.Context, filter archive.SavedFilter, work, event int64) ([]archive.SavedFilter, error) {
	n, err := one(ctx, f.conn, scanInt, isNoticed, event, filter.Account)
	if err != nil || n > 0 {
		return nil, err
	}
	return all(ctx, f.conn, scanFilter, alsoTold, filter.Account, filter.ID, work, event)
}

// Hearer gives the member of a filter as one to be told of a work;
// archive.ErrNotFound when they have left.
func (f Filters) Hearer(ctx context.Context, account, work int64) (Hearer, error) {
	h, err := one(ctx, f.conn, func(row sqldb.Scanner) (Hearer, error) {
		h := Hearer{Account: account}
		return h, row.Scan(liking{f.liked, &h.Wishes}, &h.Reachable)
	}, heedsFilter, account)
	if err != nil {
		return h, err
	}
	n, err := one(ctx, f.conn, scanInt, isSigner, work, account)
	h.Tie.Creator = n > 0
	return h, err
}

// NamesOf lists every name by which a work is found, folded, and its language;
// archive.ErrNotFound when there is no such work.
func (f Filters) NamesOf(ctx context.Context, work int64) (names []archive.Tag, language string, err error) {
	language, err = one(ctx, f.conn, func(row sqldb.Scanner) (language string, err error) { return language, row.Scan(&language) }, languageOf, work)
	if err != nil {
		return nil, "", err
	}
	names, err = all(ctx, f.conn, func(row sqldb.Scanner) (t archive.Tag, err error) { return t, row.Scan(&t.Kind, &t.Name) }, namesOfWork, work)
	return names, language, err
}

// packNumbers writes numbers in little room: each as how far it is from the one
// before.
func packNumbers(numbers []int64) []byte {
	var into []byte
	before := int64(0)
	for _, n := range slices.Sorted(slices.Values(numbers)) {
		into = binary.AppendUvarint(into, uint64(n-before)) //nolint:gosec // in order
		before = n
	}
	return into
}

// hasNumber reports whether a number is among those that packNumbers wrote.
func hasNumber(written []byte, number int64) bool {
	at := int64(0)
	for len(written) > 0 && at < number {
		step, size := binary.Uvarint(written)
		if size <= 0 {
			return false
		}
		at, written = at+int64(step), written[size:] //nolint:gosec // as written
		if at == number {
			return true
		}
	}
	return false
}

package store

import (
	"cmp"
	"context"
	"slices"

	"ficus/internal/archive"
)

// Hits count readers: one a work, visitor and day. A visitor is a hash under
// the day's key, which is thrown away with the day.
type Hits struct {
	conn
	counted *[]int64 // works that were counted for
}

const (
	addVisit = `INSERT INTO visits (day, work, visitor) SELECT CAST($1 AS BIGINT), w.id, CAST($3 AS TEXT) FROM works w
		WHERE w.id = $2 AND NOT EXISTS (SELECT 1 FROM work_creators wc WHERE wc.work = w.id AND wc.account = $4)
		ON CONFLICT (day, work, visitor) DO NOTHING`
	addHit       = `UPDATE works SET hits = hits + 1 WHERE id = $1`
	forgetVisits = `DELETE FROM visits WHERE (day, work, visitor) IN (SELECT day, work, visitor FROM visits WHERE day < $1 LIMIT $2)`
	forgetKeys   = `DELETE FROM day_keys WHERE day < $1`
	addDayKey    = `INSERT INTO day_keys (day, secret) VALUES ($1, $2) ON CONFLICT (day) DO NOTHING`
	findDayKey   = `SELECT secret FROM day_keys WHERE day = $1`
)

// Visit is one visitor who opened a work.
type Visit struct {
	Work    int64
	Visitor string
	Account int64 // 0: a guest
}

// Add counts visits of today: each visitor of a work once, its creators never.
// They are written in one order everywhere, so that two nodes that count the
// same works do not wait for each other in a circle.
func (h Hits) Add(ctx context.Context, visits []Visit) error {
	day := archive.Day(h.now)
	for _, v := range slices.SortedFunc(slices.Values(visits), inOrder) {
		n, err := exec(ctx, h.conn, addVisit, day, v.Work, v.Visitor, v.Account)
		if err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		if err := do(ctx, h.conn, addHit, v.Work); err != nil {
			return err
		}
		*h.counted = append(*h.counted, v.Work)
	}
	return nil
}

func inOrder(a, b Visit) int {
	return cmp.Or(cmp.Compare(a.Work, b.Work), cmp.Compare(a.Visitor, b.Visitor))
}

// DayKey gives today's key for hashing visitors, making it from fresh when
// today has none.
func (h Hits) DayKey(ctx context.Context, fresh string) (string, error) {
	day := archive.Day(h.now)
	if err := do(ctx, h.conn, addDayKey, day, fresh); err != nil {
		return "", err
	}
	return one(ctx, h.conn, scanText, findDayKey, day)
}

// ForgetBefore throws away the keys of days before one, and of their visits at
// most so many; it tells how many went.
func (h Hits) ForgetBefore(ctx context.Context, day int64, most int) (int64, error) {
	if err := do(ctx, h.conn, forgetKeys, day); err != nil {
		return 0, err
	}
	return exec(ctx, h.conn, forgetVisits, day, most)
}

package store

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Downloads are when each member last took a work with them, for them alone.
type Downloads struct{ conn }

const (
	noteDownload = `INSERT INTO downloads (account, work, at) SELECT a.id, w.id, CAST($3 AS BIGINT) FROM accounts a, works w WHERE a.id = $1 AND w.id = $2
		ON CONFLICT (account, work) DO UPDATE SET at = excluded.at`
	lastDownload    = `SELECT at FROM downloads WHERE account = $1 AND work = $2`
	lastDownloads   = `SELECT work, at FROM downloads WHERE account = $1 AND work IN `
	forgetDownload  = `DELETE FROM downloads WHERE account = $1 AND work = $2`
	forgetDownloads = `DELETE FROM downloads WHERE account = $1`
)

// Note says that a member takes works with them as they stood at an instant.
func (d Downloads) Note(ctx context.Context, account int64, at time.Time, works ...int64) error {
	for _, work := range works {
		if err := do(ctx, d.conn, noteDownload, account, work, micros(at)); err != nil {
			return err
		}
	}
	return nil
}

// Last is when a member last took a work with them; archive.ErrNotFound when
// they never did.
func (d Downloads) Last(ctx context.Context, v archive.Viewer, work int64) (time.Time, error) {
	return one(ctx, d.conn, scanInstant, lastDownload, v.Account, work)
}

// LastOf is when a member last took each of these works with them, if they did.
func (d Downloads) LastOf(ctx context.Context, account int64, works []int64) (map[int64]time.Time, error) {
	last := map[int64]time.Time{}
	if len(works) == 0 {
		return last, nil
	}
	_, err := all(ctx, d.conn, func(row sqldb.Scanner) (work int64, err error) {
		var at time.Time
		err = row.Scan(&work, instant{&at})
		last[work] = at
		return work, err
	}, lastDownloads+`(`+list(2, len(works))+`)`, append([]any{account}, anys(works)...)...)
	return last, err
}

// Forget forgets that a member ever took a work with them.
func (d Downloads) Forget(ctx context.Context, account, work int64) error {
	return do(ctx, d.conn, forgetDownload, account, work)
}

// ForgetAll forgets everything a member took with them.
func (d Downloads) ForgetAll(ctx context.Context, account int64) error {
	return do(ctx, d.conn, forgetDownloads, account)
}

func scanInstant(row sqldb.Scanner) (at time.Time, err error) { return at, row.Scan(instant{&at}) }

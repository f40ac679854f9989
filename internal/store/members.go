package store

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Members are accounts as staff see them.
type Members struct{ conn }

const (
	suspensionOf = `SELECT COALESCE(suspended_until, 0), banned_at IS NOT NULL, suspended_for FROM accounts WHERE id = $1`
	setSuspended = `UPDATE accounts SET suspended_until = $2, banned_at = $3, suspended_for = $4 WHERE id = $1`
)

// Suspension is what staff decided about who may write.
func (m Members) Suspension(ctx context.Context, account int64) (archive.Suspension, error) {
	return one(ctx, m.conn, func(row sqldb.Scanner) (s archive.Suspension, err error) {
		until := int64(0)
		if err = row.Scan(&until, &s.Banned, &s.Reason); err == nil && until > 0 {
			s.Until = time.UnixMicro(until).UTC()
		}
		return s, err
	}, suspensionOf, account)
}

// Suspend has an account write nothing until an instant, or for good; the zero
// Suspension lets it write again.
func (m Members) Suspend(ctx context.Context, account int64, s archive.Suspension) error {
	banned := time.Time{}
	if s.Banned {
		banned = m.now
	}
	return do(ctx, m.conn, setSuspended, account, micros(s.Until), micros(banned), s.Reason)
}

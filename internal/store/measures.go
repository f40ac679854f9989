package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Measures are what staff decided about members.
type Measures struct{ conn }

const (
	measuresOf  = `SELECT suspended_until, banned_at, trusted_at, created_at, staff FROM accounts WHERE id = $1`
	setMeasures = `UPDATE accounts SET suspended_until = $2, banned_at = $3, trusted_at = $4 WHERE id = $1`
)

// Of gives what was decided about a member.
func (m Measures) Of(ctx context.Context, account int64) (archive.Measures, error) {
	return one(ctx, m.conn, scanMeasures, measuresOf, account)
}

// Set stores what was decided; Joined and Staff stay as they are.
func (m Measures) Set(ctx context.Context, account int64, to archive.Measures) error {
	return do(ctx, m.conn, setMeasures, account, micros(to.Suspended), micros(to.Banned), micros(to.Trusted))
}

func scanMeasures(row sqldb.Scanner) (archive.Measures, error) {
	var m archive.Measures
	return m, row.Scan(instant{&m.Suspended}, instant{&m.Banned}, instant{&m.Trusted}, instant{&m.Joined}, &m.Staff)
}

package store

import (
	"context"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Members are accounts as staff see them.
type Members struct{ conn }

const (
	memberColumns = `a.id, a.name, a.email, a.staff, a.created_at, COALESCE(a.suspended_until, 0), a.banned_at IS NOT NULL,
		(SELECT COUNT(DISTINCT w.id) FROM work_creators c JOIN works w ON w.id = c.work WHERE c.account = a.id AND w.posted_at IS NOT NULL AND w.deleted_at IS NULL AND NOT w.anonymous AND NOT w.unrevealed)`
	memberByID = `SELECT ` + memberColumns + ` FROM accounts a WHERE a.id = $1`
	// A name, an address or a part of either; $1 is folded, with % around it.
	membersLike  = `SELECT ` + memberColumns + ` FROM accounts a WHERE a.folded LIKE $1 ESCAPE '!' OR lower(a.email) LIKE $1 ESCAPE '!' ORDER BY a.id DESC LIMIT $2 OFFSET $3`
	countMembers = `SELECT COUNT(*) FROM accounts a WHERE a.folded LIKE $1 ESCAPE '!' OR lower(a.email) LIKE $1 ESCAPE '!'`
	suspensionOf = `SELECT COALESCE(suspended_until, 0), banned_at IS NOT NULL, COALESCE((SELECT c.reason FROM acts c WHERE c.account = accounts.id AND c.kind IN ('suspend', 'ban') ORDER BY c.id DESC LIMIT 1), '') FROM accounts WHERE id = $1`
	countStaff   = `SELECT COUNT(*) FROM accounts WHERE staff = TRUE`
	setStaff     = `UPDATE accounts SET staff = $2 WHERE id = $1 AND staff <> $2`
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

// Member is an account as staff see it.
type Member struct {
	archive.Account
	Suspension archive.Suspension
	Works      int // posted
}

// Find gives a member by id.
func (m Members) Find(ctx context.Context, id int64) (Member, error) {
	return one(ctx, m.conn, scanMember, memberByID, id)
}

// Like lists the members whose name or address has these letters in it, the
// newest first; all of them for none. It tells how many there are.
func (m Members) Like(ctx context.Context, letters string, most, skip int) ([]Member, int64, error) {
	pattern := "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(archive.FoldName(letters)) + "%"
	total, err := one(ctx, m.conn, scanInt, countMembers, pattern)
	if err != nil {
		return nil, 0, err
	}
	found, err := all(ctx, m.conn, scanMember, membersLike, pattern, most, skip)
	return found, total, err
}

// Staff is how many run the archive.
func (m Members) Staff(ctx context.Context) (int64, error) {
	return one(ctx, m.conn, scanInt, countStaff)
}

// SetStaff makes an account staff, or no longer; it tells whether that changed
// anything.
func (m Members) SetStaff(ctx context.Context, account int64, staff bool) (bool, error) {
	n, err := exec(ctx, m.conn, setStaff, account, staff)
	return n > 0, err
}

func scanMember(row sqldb.Scanner) (Member, error) {
	var m Member
	until := int64(0)
	err := row.Scan(&m.ID, &m.Name, &m.Email, &m.Staff, instant{&m.CreatedAt}, &until, &m.Suspension.Banned, &m.Works)
	if until > 0 {
		m.Suspension.Until = time.UnixMicro(until).UTC()
	}
	return m, err
}

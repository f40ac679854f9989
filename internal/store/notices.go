package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Notices are what members are told on the site: exactly one for each event
// and recipient, however often a job is run.
type Notices struct{ conn }

const (
	addNotice = `INSERT INTO notices (account, event, kind, work, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (event, account) DO NOTHING`
	noticesOf = `SELECT n.id, n.account, n.event, n.kind, n.work, n.at, n.read_at, CASE WHEN ` + isOpen + ` THEN w.title ELSE '' END, w.purge_at FROM notices n
		LEFT JOIN works w ON w.id = n.work WHERE n.account = $1 ORDER BY n.id DESC LIMIT $4 OFFSET $5`
	countNotices = `SELECT COUNT(*) FROM notices WHERE account = $1`
	countUnread  = `SELECT COUNT(*) FROM notices WHERE account = $1 AND read_at IS NULL`
	markRead     = `UPDATE notices SET read_at = $2 WHERE account = $1 AND read_at IS NULL`
)

// Told is a notice with the title of its work as it stands now; the title is
// empty when the work is gone or no longer theirs to see.
type Told struct {
	archive.Notice
	Standing archive.Standing
	Title    string
}

// Add tells an account of an event, once.
func (n Notices) Add(ctx context.Context, notice archive.Notice) error {
	return do(ctx, n.conn, addNotice, notice.Account, notice.Event, string(notice.Kind), notice.Work, micros(n.now))
}

// Of lists a member's notices, the latest first.
func (n Notices) Of(ctx context.Context, v archive.Viewer, limit, offset int) ([]Told, error) {
	return all(ctx, n.conn, func(row sqldb.Scanner) (Told, error) {
		var t Told
		return t, row.Scan(&t.ID, &t.Account, &t.Event, &t.Kind, &t.Work, instant{&t.At}, instant{&t.ReadAt}, &t.Title, instant{&t.Standing.PurgeAt})
	}, noticesOf, v.Account, v.Staff, micros(n.now), limit, offset)
}

// Count is how many notices an account has in all.
func (n Notices) Count(ctx context.Context, account int64) (int64, error) {
	return one(ctx, n.conn, scanInt, countNotices, account)
}

// Unread is how many notices an account has not seen.
func (n Notices) Unread(ctx context.Context, account int64) (int64, error) {
	return one(ctx, n.conn, scanInt, countUnread, account)
}

// MarkRead marks all notices of an account as seen.
func (n Notices) MarkRead(ctx context.Context, account int64) error {
	return do(ctx, n.conn, markRead, account, micros(n.now))
}

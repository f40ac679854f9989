package store

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Ties are what people decided about other people: whom they block, whom they
// mute; and what staff opened that is private. The gate in visible.go reads
// them.
type Ties struct{ conn }

const (
	addBlock   = `INSERT INTO blocks (account, blocked, at) VALUES ($1, $2, $3) ON CONFLICT (account, blocked) DO NOTHING`
	dropBlock  = `DELETE FROM blocks WHERE account = $1 AND blocked = $2`
	blocksOf   = `SELECT a.id, a.name, b.at FROM blocks b JOIN accounts a ON a.id = b.blocked WHERE b.account = $1 ORDER BY a.folded`
	hasBlocked = `SELECT COUNT(*) FROM blocks WHERE account = $1 AND blocked = $2`
	addMute    = `INSERT INTO mutes (account, muted, at) VALUES ($1, $2, $3) ON CONFLICT (account, muted) DO NOTHING`
	dropMute   = `DELETE FROM mutes WHERE account = $1 AND muted = $2`
	mutesOf    = `SELECT a.id, a.name, m.at FROM mutes m JOIN accounts a ON a.id = m.muted WHERE m.account = $1 ORDER BY a.folded`
	peeksOf    = `SELECT DISTINCT work FROM peeks WHERE staff = $1 AND until > $2 ORDER BY work`
	addPeek    = `INSERT INTO peeks (staff, work, reason, at, until) VALUES ($1, $2, $3, $4, $5) RETURNING id`
)

// TiedTo is a person another blocks or mutes.
type TiedTo struct {
	Account int64
	Name    string
	At      time.Time
}

// Block keeps a person, with all their pen names, from answering an account;
// false when it did already.
func (t Ties) Block(ctx context.Context, account, blocked int64) (bool, error) {
	n, err := exec(ctx, t.conn, addBlock, account, blocked, micros(t.now))
	return n == 1, err
}

// Unblock ends a Block; false when there was none.
func (t Ties) Unblock(ctx context.Context, account, blocked int64) (bool, error) {
	n, err := exec(ctx, t.conn, dropBlock, account, blocked)
	return n == 1, err
}

// Blocked lists whom an account blocks, by name.
func (t Ties) Blocked(ctx context.Context, account int64) ([]TiedTo, error) {
	return all(ctx, t.conn, scanTied, blocksOf, account)
}

// HasBlocked reports whether an account blocks a person.
func (t Ties) HasBlocked(ctx context.Context, account, person int64) (bool, error) {
	n, err := one(ctx, t.conn, scanInt, hasBlocked, account, person)
	return n > 0, err
}

// Mute keeps a person's signed works and comments out of an account's sight;
// false when it did already.
func (t Ties) Mute(ctx context.Context, account, muted int64) (bool, error) {
	n, err := exec(ctx, t.conn, addMute, account, muted, micros(t.now))
	return n == 1, err
}

// Unmute ends a Mute; false when there was none.
func (t Ties) Unmute(ctx context.Context, account, muted int64) (bool, error) {
	n, err := exec(ctx, t.conn, dropMute, account, muted)
	return n == 1, err
}

// Muted lists whom an account mutes, by name.
func (t Ties) Muted(ctx context.Context, account int64) ([]TiedTo, error) {
	return all(ctx, t.conn, scanTied, mutesOf, account)
}

// Peeked lists the works that one of the staff looks into now.
func (t Ties) Peeked(ctx context.Context, staff int64) ([]int64, error) {
	return all(ctx, t.conn, scanInt, peeksOf, staff, micros(t.now))
}

// Peek opens what is private of a work to one of the staff until an instant.
func (t Ties) Peek(ctx context.Context, staff archive.Viewer, work int64, reason string, until time.Time) (int64, error) {
	return one(ctx, t.conn, scanInt, addPeek, staff.Account, work, reason, micros(t.now), micros(until))
}

func scanTied(row sqldb.Scanner) (TiedTo, error) {
	var t TiedTo
	return t, row.Scan(&t.Account, &t.Name, instant{&t.At})
}

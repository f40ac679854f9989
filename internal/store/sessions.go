package store

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Sessions are the devices signed in, and the tokens for the API. Both are
// found by a hash of their secret, which is all that is kept of it.
type Sessions struct{ conn }

const (
	addSession    = `INSERT INTO sessions (account, secret, created_at, seen_at, confirmed_at, agent) VALUES ($1, $2, $3, $3, $3, $4) RETURNING id`
	sessionViewer = `SELECT s.id, s.account, s.created_at, s.seen_at, s.confirmed_at, s.agent, a.name, a.staff, a.wrangler, a.created_at, ` + isSuspended + `, a.preferences,
		(SELECT COUNT(*) FROM (SELECT 1 FROM notices n WHERE n.account = a.id AND n.read_at IS NULL AND n.deleted_at IS NULL LIMIT $4) AS unread) FROM sessions s
		JOIN accounts a ON a.id = s.account WHERE s.secret = $1 AND s.seen_at > $2 AND ` + isThere
	// isSuspended: the account reads and writes nothing; $3 is now.
	isSuspended    = `(a.banned_at IS NOT NULL OR COALESCE(a.suspended_until, 0) > $3)`
	touchSession   = `UPDATE sessions SET seen_at = $2 WHERE id = $1`
	confirmSession = `UPDATE sessions SET confirmed_at = $3 WHERE account = $1 AND id = $2`
	sessionsOf     = `SELECT id, account, created_at, seen_at, confirmed_at, agent FROM sessions WHERE account = $1 AND seen_at > $2 ORDER BY seen_at DESC, id DESC`
	endSession     = `DELETE FROM sessions WHERE account = $1 AND id = $2`
	endSessions    = `DELETE FROM sessions WHERE account = $1 AND id <> $2`
	forgetUnseen   = `DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE seen_at <= $1 LIMIT $2)`
	addToken       = `INSERT INTO tokens (account, secret, name, created_at) VALUES ($1, $2, $3, $4)`
	tokensOf       = `SELECT id, account, name, created_at FROM tokens WHERE account = $1 ORDER BY id DESC`
	endToken       = `DELETE FROM tokens WHERE account = $1 AND id = $2`
	tokenViewer    = `SELECT a.id, a.name, a.staff, a.created_at, (a.banned_at IS NOT NULL OR COALESCE(a.suspended_until, 0) > $2)
		FROM tokens t JOIN accounts a ON a.id = t.account WHERE t.secret = $1 AND ` + isThere
	endTokensOf = `DELETE FROM tokens WHERE account = $1`
)

// Add signs a device in, by someone who has just proved who they are.
func (s Sessions) Add(ctx context.Context, account int64, secretHash, agent string) (int64, error) {
	return one(ctx, s.conn, scanInt, addSession, account, secretHash, micros(s.now), agent)
}

// CountedUnread is how many notices of a member are counted for the corner of
// each of their pages; a loved writer may have thousands (decision 0318).
const CountedUnread = 100

// Seen is a session with whose it is and what every page of theirs needs.
type Seen struct {
	archive.Session
	Viewer      archive.Viewer
	Preferences archive.Preferences
	Unread      int // notices not looked at, as far as CountedUnread
}

// Find gives the session with a secret that was seen since an instant.
func (s Sessions) Find(ctx context.Context, secretHash string, since time.Time) (Seen, error) {
	scan := func(row sqldb.Scanner) (found Seen, err error) {
		err = row.Scan(&found.ID, &found.Account, instant{&found.CreatedAt}, instant{&found.SeenAt}, instant{&found.ConfirmedAt}, &found.Agent,
			&found.Viewer.Name, &found.Viewer.Staff, &found.Viewer.Wrangler, instant{&found.Viewer.Since}, &found.Viewer.Suspended, liking{s.liked, &found.Preferences}, &found.Unread)
		found.Viewer.Account = found.Account
		return found, err
	}
	return one(ctx, s.conn, scan, sessionViewer, secretHash, micros(since), micros(s.now), CountedUnread)
}

// Touch notes that a session is in use.
func (s Sessions) Touch(ctx context.Context, id int64) error {
	return do(ctx, s.conn, touchSession, id, micros(s.now))
}

// Confirm notes that whoever holds a session of an account has just proved who
// they are.
func (s Sessions) Confirm(ctx context.Context, account, id int64) error {
	return do(ctx, s.conn, confirmSession, account, id, micros(s.now))
}

// Of lists the devices an account is signed in on, the latest first.
func (s Sessions) Of(ctx context.Context, account int64, since time.Time) ([]archive.Session, error) {
	return all(ctx, s.conn, scanSession, sessionsOf, account, micros(since))
}

// End signs one device of an account out.
func (s Sessions) End(ctx context.Context, account, id int64) error {
	return do(ctx, s.conn, endSession, account, id)
}

// EndOthers signs an account out everywhere but on one device (0: everywhere).
func (s Sessions) EndOthers(ctx context.Context, account, but int64) error {
	return do(ctx, s.conn, endSessions, account, but)
}

// ForgetUnseen drops sessions not seen since an instant, at most so many, and
// tells how many went.
func (s Sessions) ForgetUnseen(ctx context.Context, since time.Time, most int) (int64, error) {
	return exec(ctx, s.conn, forgetUnseen, micros(since), most)
}

// AddToken makes a key to the API.
func (s Sessions) AddToken(ctx context.Context, account int64, secretHash, name string) error {
	return do(ctx, s.conn, addToken, account, secretHash, name, micros(s.now))
}

// FindToken gives whose key a token is.
func (s Sessions) FindToken(ctx context.Context, secretHash string) (archive.Viewer, error) {
	return one(ctx, s.conn, scanViewer, tokenViewer, secretHash, micros(s.now))
}

// Tokens lists the keys of an account, the latest first.
func (s Sessions) Tokens(ctx context.Context, account int64) ([]archive.Token, error) {
	return all(ctx, s.conn, func(row sqldb.Scanner) (t archive.Token, err error) {
		return t, row.Scan(&t.ID, &t.Account, &t.Name, instant{&t.CreatedAt})
	}, tokensOf, account)
}

// EndToken takes one key from an account.
func (s Sessions) EndToken(ctx context.Context, account, id int64) error {
	return do(ctx, s.conn, endToken, account, id)
}

// EndTokens takes all keys to the API from an account.
func (s Sessions) EndTokens(ctx context.Context, account int64) error {
	return do(ctx, s.conn, endTokensOf, account)
}

func scanSession(row sqldb.Scanner) (archive.Session, error) {
	var s archive.Session
	err := row.Scan(&s.ID, &s.Account, instant{&s.CreatedAt}, instant{&s.SeenAt}, instant{&s.ConfirmedAt}, &s.Agent)
	return s, err
}

func scanViewer(row sqldb.Scanner) (archive.Viewer, error) {
	var v archive.Viewer
	err := row.Scan(&v.Account, &v.Name, &v.Staff, instant{&v.Since}, &v.Suspended)
	return v, err
}

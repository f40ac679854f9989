package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Acts are what staff did, kept for good.
type Acts struct{ conn }

const (
	addAct     = `INSERT INTO acts (at, staff, kind, account, work, subject, about, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`
	actColumns = `c.id, c.at, c.staff, COALESCE(a.name, ''), c.kind, c.account, c.work, c.subject, c.about, c.reason, COALESCE(w.title, '')`
	actsBefore = `SELECT ` + actColumns + actTables + ` WHERE c.id < $1 ORDER BY c.id DESC LIMIT $2`
	actDoers   = `SELECT a.name FROM accounts a WHERE EXISTS (SELECT 1 FROM acts c WHERE c.staff = a.id) ORDER BY a.name`
	countActs  = `SELECT COUNT(*) FROM acts`
	actByID    = `SELECT ` + actColumns + actTables + ` WHERE c.id = $1`
	actsOnWork = `SELECT ` + actColumns + actTables + ` WHERE c.work = $1 ORDER BY c.id DESC LIMIT $2`
	actsAbout  = `SELECT ` + actColumns + actTables + ` WHERE c.account = $1 ORDER BY c.id DESC LIMIT $2`
	// What a member may read of: acts about them, and about works they sign.
	actsTold = `SELECT ` + actColumns + actTables + ` WHERE c.kind IN ('hide', 'show', 'approve', 'return', 'trust', 'warn', 'suspend', 'ban', 'lift', 'peek')
		AND (c.account = $1 OR c.work IN (SELECT wc.work FROM work_creators wc WHERE wc.account = $1)) ORDER BY c.id DESC LIMIT $2`
	actTables = ` FROM acts c LEFT JOIN accounts a ON a.id = c.staff LEFT JOIN works w ON w.id = c.work`
)

// Done is an act with the name of who did it and of the work it concerns.
type Done struct {
	archive.Act
	By    string
	Title string // of the work, as it is called now; empty: none, or gone
}

// Add notes an act; its instant is the transaction's.
func (a Acts) Add(ctx context.Context, act archive.Act) (int64, error) {
	return one(ctx, a.conn, scanInt, addAct, micros(a.now), act.Staff, string(act.Kind), act.Account, act.Work, act.Subject, act.About, act.Reason)
}

// Before lists acts older than an id, the newest first; begin with the largest
// int64.
func (a Acts) Before(ctx context.Context, id int64, most int) ([]Done, error) {
	return all(ctx, a.conn, scanDone, actsBefore, id, most)
}

// ActFilter says which acts are meant; the zero ActFilter means all.
type ActFilter struct {
	Kind archive.ActKind // empty: of every kind
	By   string          // the name of who did them; empty: of everybody
}

// Filtered lists acts older than an id, the newest first.
func (a Acts) Filtered(ctx context.Context, f ActFilter, id int64, most int) ([]Done, error) {
	w := newWhere(id, most)
	w.and(`c.id < $1`)
	if f.Kind != "" {
		w.and(`c.kind = ?`, string(f.Kind))
	}
	if f.By != "" {
		w.and(`c.staff IN (SELECT id FROM accounts WHERE name = ?)`, f.By)
	}
	return all(ctx, a.conn, scanDone, `SELECT `+actColumns+actTables+` WHERE `+w.String()+` ORDER BY c.id DESC LIMIT $2`, w.args...)
}

// Doers lists the names of those who ever acted as staff and are still here.
func (a Acts) Doers(ctx context.Context) ([]string, error) {
	return all(ctx, a.conn, scanText, actDoers)
}

// Count is how many acts there are.
func (a Acts) Count(ctx context.Context) (int64, error) {
	return one(ctx, a.conn, scanInt, countActs)
}

// Find gives one act.
func (a Acts) Find(ctx context.Context, id int64) (Done, error) {
	return one(ctx, a.conn, scanDone, actByID, id)
}

// OnWork lists the acts that concern a work, the newest first.
func (a Acts) OnWork(ctx context.Context, work int64, most int) ([]Done, error) {
	return all(ctx, a.conn, scanDone, actsOnWork, work, most)
}

// About lists the acts that concern a member, the newest first.
func (a Acts) About(ctx context.Context, account int64, most int) ([]Done, error) {
	return all(ctx, a.conn, scanDone, actsAbout, account, most)
}

// Told lists the acts a member may read of, the newest first: those that
// archive.ActKind.IsTold names.
func (a Acts) Told(ctx context.Context, account int64, most int) ([]Done, error) {
	return all(ctx, a.conn, scanDone, actsTold, account, most)
}

func scanDone(row sqldb.Scanner) (Done, error) {
	var d Done
	err := row.Scan(&d.ID, instant{&d.At}, &d.Staff, &d.By, &d.Kind, &d.Account, &d.Work, &d.Subject, &d.About, &d.Reason, &d.Title)
	return d, err
}

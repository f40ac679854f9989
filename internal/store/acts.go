package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Acts are what staff did, kept for good.
type Acts struct{ conn }

const (
	addAct     = `INSERT INTO acts (at, staff, kind, account, work, subject, about, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	actColumns = `c.id, c.at, c.staff, COALESCE(a.name, ''), c.kind, c.account, c.work, c.subject, c.about, c.reason`
	actsBefore = `SELECT ` + actColumns + ` FROM acts c LEFT JOIN accounts a ON a.id = c.staff WHERE c.id < $1 ORDER BY c.id DESC LIMIT $2`
)

// Done is an act with the name of who did it.
type Done struct {
	archive.Act
	By string
}

// Add notes an act; its instant is the transaction's.
func (a Acts) Add(ctx context.Context, act archive.Act) error {
	return do(ctx, a.conn, addAct, micros(a.now), act.Staff, string(act.Kind), act.Account, act.Work, act.Subject, act.About, act.Reason)
}

// Before lists acts older than an id, the newest first; begin with the largest
// int64.
func (a Acts) Before(ctx context.Context, id int64, most int) ([]Done, error) {
	return all(ctx, a.conn, scanDone, actsBefore, id, most)
}

func scanDone(row sqldb.Scanner) (Done, error) {
	var d Done
	err := row.Scan(&d.ID, instant{&d.At}, &d.Staff, &d.By, &d.Kind, &d.Account, &d.Work, &d.Subject, &d.About, &d.Reason)
	return d, err
}

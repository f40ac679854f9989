package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Autosaves are what forms held when they were last looked at.
type Autosaves struct{ conn }

const (
	setAutosave = `INSERT INTO autosaves (account, form, base, fields, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (account, form) DO UPDATE SET base = excluded.base, fields = excluded.fields, at = excluded.at`
	findAutosave = `SELECT account, form, base, fields, at FROM autosaves WHERE account = $1 AND form = $2`
	autosavesOf  = `SELECT account, form, base, fields, at FROM autosaves WHERE account = $1 ORDER BY at DESC`
	dropAutosave = `DELETE FROM autosaves WHERE account = $1 AND form = $2`
	// The forms of a work and of its chapters bear its number (archive.Autosave).
	dropAutosavesOf = `DELETE FROM autosaves WHERE account IN (SELECT account FROM work_creators WHERE work = $1) AND (form = $2 OR form LIKE $3)`
)

// Set keeps what a form holds.
func (a Autosaves) Set(ctx context.Context, save archive.Autosave) error {
	fields, err := json.Marshal(save.Fields)
	if err != nil {
		return err
	}
	return do(ctx, a.conn, setAutosave, save.Account, save.Form, save.Base, a.pack.pack(string(fields)), micros(a.now))
}

// Find gives what a form held; archive.ErrNotFound when nothing is kept.
func (a Autosaves) Find(ctx context.Context, account int64, form string) (archive.Autosave, error) {
	return one(ctx, a.conn, a.scan, findAutosave, account, form)
}

// Of lists everything unsaved of an account, the latest first.
func (a Autosaves) Of(ctx context.Context, account int64) ([]archive.Autosave, error) {
	return all(ctx, a.conn, a.scan, autosavesOf, account)
}

// Drop forgets what a form held: it was saved, or its writer threw it away.
func (a Autosaves) Drop(ctx context.Context, account int64, form string) error {
	return do(ctx, a.conn, dropAutosave, account, form)
}

// DropOf forgets what the forms of a work and its chapters held for its
// creators.
func (a Autosaves) DropOf(ctx context.Context, work int64) error {
	return do(ctx, a.conn, dropAutosavesOf, work, fmt.Sprintf("work/%d", work), fmt.Sprintf("chapter/%d/%%", work))
}

func (a Autosaves) scan(row sqldb.Scanner) (archive.Autosave, error) {
	var s archive.Autosave
	var fields string
	if err := row.Scan(&s.Account, &s.Form, &s.Base, packed{a.pack, &fields}, instant{&s.At}); err != nil {
		return s, err
	}
	return s, json.Unmarshal([]byte(fields), &s.Fields)
}

// Deeds are what clients asked to do at most once: a form's id, an
// Idempotency-Key.
type Deeds struct{ conn }

const (
	findDeed    = `SELECT answer FROM deeds WHERE account = $1 AND deed = $2`
	addDeed     = `INSERT INTO deeds (account, deed, answer, at) VALUES ($1, $2, $3, $4) ON CONFLICT (account, deed) DO NOTHING`
	forgetDeeds = `DELETE FROM deeds WHERE (account, deed) IN (SELECT account, deed FROM deeds WHERE at < $1 LIMIT $2)`
)

// Done gives the answer a deed had when it was done before.
func (d Deeds) Done(ctx context.Context, account int64, deed string) (answer string, done bool, err error) {
	answers, err := all(ctx, d.conn, scanText, findDeed, account, deed)
	if err != nil || len(answers) == 0 {
		return "", false, err
	}
	return answers[0], true, nil
}

// Add notes a deed with its answer; archive.ErrConflict when another
// transaction did it meanwhile, so that this one is undone.
func (d Deeds) Add(ctx context.Context, account int64, deed, answer string) error {
	n, err := exec(ctx, d.conn, addDeed, account, deed, answer, micros(d.now))
	if err == nil && n == 0 {
		err = archive.ErrConflict
	}
	return err
}

// Forget drops deeds older than an instant, at most so many, and tells how
// many went.
func (d Deeds) Forget(ctx context.Context, before time.Time, most int) (int64, error) {
	return exec(ctx, d.conn, forgetDeeds, micros(before), most)
}

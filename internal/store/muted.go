package store

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Muted is what members do not want to meet beside people: tags, works, words in
// titles and summaries, and works whose writers are not named. The gate in visible.go reads it.
type Muted struct{ conn }

const (
	addMuted  = `INSERT INTO muted (account, tag, work, word, typed, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`
	thisMuted = ` FROM muted WHERE account = $1 AND tag IS NOT DISTINCT FROM $2 AND work IS NOT DISTINCT FROM $3 AND word IS NOT DISTINCT FROM $4`
	dropMuted = `DELETE` + thisMuted
	hasMuted  = `SELECT COUNT(*)` + thisMuted
	// The title of a work that is the member's to see, else nothing.
	mutedOf = `SELECT COALESCE(m.tag, 0), COALESCE(m.work, 0), COALESCE(m.word, 0), m.typed, m.at, COALESCE(t.kind, ''), COALESCE(t.name, ''),
		CASE WHEN ` + isOpen + ` AND w.deleted_at IS NULL THEN w.title ELSE '' END
		FROM muted m LEFT JOIN tags t ON t.id = m.tag LEFT JOIN works w ON w.id = m.work WHERE m.account = $1 ORDER BY m.id`
)

// MutedThing is one of them.
type MutedThing struct {
	archive.Muted
	At    time.Time
	Tag   archive.Tag
	Title string // of the work; empty when it is not the member's to see
	Typed string // the word, as the member typed it
}

// Add has an account not meet something; false when it did not already.
func (m Muted) Add(ctx context.Context, account int64, what archive.Muted) (bool, error) {
	return m.add(ctx, account, what, "")
}

// AddWord has an account not meet a word, kept as it was typed too; false when
// it did not already.
func (m Muted) AddWord(ctx context.Context, account, word int64, typed string) (bool, error) {
	return m.add(ctx, account, archive.Muted{Word: word}, typed)
}

func (m Muted) add(ctx context.Context, account int64, what archive.Muted, typed string) (bool, error) {
	n, err := exec(ctx, m.conn, addMuted, account, number(what.Tag), number(what.Work), number(what.Word), typed, micros(m.now))
	return n == 1, err
}

// Drop ends an Add; false when there was none.
func (m Muted) Drop(ctx context.Context, account int64, what archive.Muted) (bool, error) {
	n, err := exec(ctx, m.conn, dropMuted, account, number(what.Tag), number(what.Work), number(what.Word))
	return n == 1, err
}

// Has reports whether an account has muted something.
func (m Muted) Has(ctx context.Context, account int64, what archive.Muted) (bool, error) {
	n, err := one(ctx, m.conn, scanInt, hasMuted, account, number(what.Tag), number(what.Work), number(what.Word))
	return n > 0, err
}

// Of lists what an account has muted, the first first.
func (m Muted) Of(ctx context.Context, v archive.Viewer) ([]MutedThing, error) {
	return all(ctx, m.conn, func(row sqldb.Scanner) (t MutedThing, err error) {
		err = row.Scan(&t.Muted.Tag, &t.Work, &t.Word, &t.Typed, instant{&t.At}, &t.Tag.Kind, &t.Tag.Name, &t.Title)
		t.Tag.ID = t.Muted.Tag
		return t, err
	}, mutedOf, v.Account, v.Staff, micros(m.now))
}

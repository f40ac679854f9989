package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Habits are what was learnt of the manuscripts of each writer, for them alone.
type Habits struct{ conn }

const (
	habitsOf    = `SELECT id, account, kind, shape, accepted, undone, at FROM habits WHERE account = $1 ORDER BY at DESC, id DESC LIMIT $2`
	acceptHabit = `INSERT INTO habits (account, kind, shape, accepted, undone, at) VALUES ($1, $2, $3, 1, 0, $4)
		ON CONFLICT (account, kind, shape) DO UPDATE SET accepted = habits.accepted + 1, undone = 0, at = excluded.at`
	undoHabit = `INSERT INTO habits (account, kind, shape, accepted, undone, at) VALUES ($1, $2, $3, 0, 1, $4)
		ON CONFLICT (account, kind, shape) DO UPDATE SET undone = habits.undone + 1, at = excluded.at`
	dropOldHabits = `DELETE FROM habits WHERE account = $1 AND id NOT IN (SELECT id FROM habits WHERE account = $1 ORDER BY at DESC, id DESC LIMIT $2)`
	dropHabit     = `DELETE FROM habits WHERE account = $1 AND id = $2`
	dropHabits    = `DELETE FROM habits WHERE account = $1`
)

// Of lists an account's habits, those met last first.
func (h Habits) Of(ctx context.Context, account int64, most int) ([]archive.Habit, error) {
	return all(ctx, h.conn, scanHabit, habitsOf, account, most)
}

// Learn notes that a shape was accepted in one more manuscript, or put back.
func (h Habits) Learn(ctx context.Context, account int64, kind, shape string, undone bool) error {
	statement := acceptHabit
	if undone {
		statement = undoHabit
	}
	return do(ctx, h.conn, statement, account, kind, shape, micros(h.now))
}

// Keep forgets all habits of an account but the latest ones.
func (h Habits) Keep(ctx context.Context, account int64, most int) error {
	return do(ctx, h.conn, dropOldHabits, account, most)
}

// Forget forgets one habit of an account; archive.ErrNotFound when it has none
// such.
func (h Habits) Forget(ctx context.Context, account, id int64) error {
	n, err := exec(ctx, h.conn, dropHabit, account, id)
	if err == nil && n == 0 {
		err = archive.ErrNotFound
	}
	return err
}

// ForgetAll forgets all habits of an account.
func (h Habits) ForgetAll(ctx context.Context, account int64) error {
	return do(ctx, h.conn, dropHabits, account)
}

func scanHabit(row sqldb.Scanner) (archive.Habit, error) {
	var h archive.Habit
	return h, row.Scan(&h.ID, &h.Account, &h.Kind, &h.Shape, &h.Accepted, &h.Undone, instant{&h.At})
}

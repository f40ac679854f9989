package store

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// SecondSteps are the codes that signing in asks for after the password, the
// recovery codes beside them, and who stands between the two steps.
type SecondSteps struct{ conn }

const (
	beginSecondStep = `INSERT INTO second_steps (account, secret, begun_at) VALUES ($1, $2, $3)
		ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, begun_at = excluded.begun_at, last_step = 0, wrong = 0, wrong_since = 0
		WHERE second_steps.on_at IS NULL`
	findSecondStep = `SELECT account, secret, last_step, begun_at, on_at, wrong, wrong_since FROM second_steps WHERE account = $1`
	holdSecondStep = `UPDATE second_steps SET wrong = wrong WHERE account = $1`
	secondStepOn   = `UPDATE second_steps SET on_at = $2 WHERE account = $1 AND on_at IS NULL`
	dropSecondStep = `DELETE FROM second_steps WHERE account = $1`
	spendStep      = `UPDATE second_steps SET last_step = $2, wrong = 0 WHERE account = $1 AND last_step < $2`
	missedStep     = `UPDATE second_steps SET wrong = $2, wrong_since = $3 WHERE account = $1`
	addRecovery    = `INSERT INTO recovery_codes (account, code) VALUES ($1, $2)`
	dropRecovery   = `DELETE FROM recovery_codes WHERE account = $1`
	leftRecovery   = `SELECT COUNT(*) FROM recovery_codes WHERE account = $1 AND used_at IS NULL`
	hasRecovery    = `SELECT COUNT(*) FROM recovery_codes WHERE account = $1 AND code = $2 AND used_at IS NULL`
	spendRecovery  = `UPDATE recovery_codes SET used_at = $3 WHERE account = $1 AND code = $2 AND used_at IS NULL`
	clearWrong     = `UPDATE second_steps SET wrong = 0 WHERE account = $1`
	addEntry       = `INSERT INTO entries (secret, account, wants, until) VALUES ($1, $2, $3, $4)`
	findEntry      = `SELECT account, wants, wrong, until FROM entries WHERE secret = $1 AND until > $2`
	missedEntry    = `UPDATE entries SET wrong = wrong + 1 WHERE secret = $1`
	dropEntry      = `DELETE FROM entries WHERE secret = $1`
	dropEntries    = `DELETE FROM entries WHERE account = $1`
	forgetEntries  = `DELETE FROM entries WHERE secret IN (SELECT secret FROM entries WHERE until <= $1 LIMIT $2)`
)

// Begin gives an account's app a secret to make codes from; one that is on
// stays as it is, which is archive.ErrConflict.
func (s SecondSteps) Begin(ctx context.Context, account int64, secret string) error {
	n, err := exec(ctx, s.conn, beginSecondStep, account, secret, micros(s.now))
	if err == nil && n == 0 {
		err = archive.ErrConflict
	}
	return err
}

// Find gives an account's second step; archive.ErrNotFound when it has none.
func (s SecondSteps) Find(ctx context.Context, account int64) (archive.SecondStep, error) {
	return one(ctx, s.conn, func(row sqldb.Scanner) (t archive.SecondStep, err error) {
		return t, row.Scan(&t.Account, &t.Secret, &t.LastStep, instant{&t.BegunAt}, instant{&t.OnAt}, &t.Wrong, instant{&t.WrongSince})
	}, findSecondStep, account)
}

// Hold is Find in a Write: from here to its end nobody else tries a code.
func (s SecondSteps) Hold(ctx context.Context, account int64) (archive.SecondStep, error) {
	if err := do(ctx, s.conn, holdSecondStep, account); err != nil {
		return archive.SecondStep{}, err
	}
	return s.Find(ctx, account)
}

// TurnOn has signing in ask for codes.
func (s SecondSteps) TurnOn(ctx context.Context, account int64) error {
	return do(ctx, s.conn, secondStepOn, account, micros(s.now))
}

// TurnOff forgets the secret and the recovery codes.
func (s SecondSteps) TurnOff(ctx context.Context, account int64) error {
	if err := do(ctx, s.conn, dropRecovery, account); err != nil {
		return err
	}
	return do(ctx, s.conn, dropSecondStep, account)
}

// Spend notes that the code of a step was used; false when that step or a
// later one was used before.
func (s SecondSteps) Spend(ctx context.Context, account, step int64) (bool, error) {
	n, err := exec(ctx, s.conn, spendStep, account, step)
	return n == 1, err
}

// SetWrong stores how many codes were wrong, and since when.
func (s SecondSteps) SetWrong(ctx context.Context, t archive.SecondStep) error {
	return do(ctx, s.conn, missedStep, t.Account, t.Wrong, micros(t.WrongSince))
}

// SetRecovery keeps hashes of new recovery codes; the old codes die.
func (s SecondSteps) SetRecovery(ctx context.Context, account int64, hashes []string) error {
	if err := do(ctx, s.conn, dropRecovery, account); err != nil {
		return err
	}
	for _, hash := range hashes {
		if err := do(ctx, s.conn, addRecovery, account, hash); err != nil {
			return err
		}
	}
	return nil
}

// RecoveryLeft is how many recovery codes were not used yet.
func (s SecondSteps) RecoveryLeft(ctx context.Context, account int64) (int64, error) {
	return one(ctx, s.conn, scanInt, leftRecovery, account)
}

// HasRecovery reports whether a recovery code is the account's and not used.
func (s SecondSteps) HasRecovery(ctx context.Context, account int64, hash string) (bool, error) {
	n, err := one(ctx, s.conn, scanInt, hasRecovery, account, hash)
	return n == 1, err
}

// SpendRecovery uses a recovery code; false when it is none, or was used.
func (s SecondSteps) SpendRecovery(ctx context.Context, account int64, hash string) (bool, error) {
	n, err := exec(ctx, s.conn, spendRecovery, account, hash, micros(s.now))
	if err != nil || n == 0 {
		return false, err
	}
	return true, do(ctx, s.conn, clearWrong, account)
}

// Enter keeps who is between two steps, under a hash of their secret.
func (s SecondSteps) Enter(ctx context.Context, secretHash string, e archive.Entry) error {
	return do(ctx, s.conn, addEntry, secretHash, e.Account, string(e.Wants), micros(e.Until))
}

// Entry gives who is between two steps; archive.ErrNotFound when nobody is, or
// no longer.
func (s SecondSteps) Entry(ctx context.Context, secretHash string) (archive.Entry, error) {
	return one(ctx, s.conn, func(row sqldb.Scanner) (e archive.Entry, err error) {
		return e, row.Scan(&e.Account, &e.Wants, &e.Wrong, instant{&e.Until})
	}, findEntry, secretHash, micros(s.now))
}

// Missed counts a wrong code of an entry.
func (s SecondSteps) Missed(ctx context.Context, secretHash string) error {
	return do(ctx, s.conn, missedEntry, secretHash)
}

// Leave ends an entry: the step is done, or was tried too often.
func (s SecondSteps) Leave(ctx context.Context, secretHash string) error {
	return do(ctx, s.conn, dropEntry, secretHash)
}

// LeaveAll ends every entry of an account.
func (s SecondSteps) LeaveAll(ctx context.Context, account int64) error {
	return do(ctx, s.conn, dropEntries, account)
}

// ForgetEntries drops entries whose time is over, at most so many, and tells
// how many went.
func (s SecondSteps) ForgetEntries(ctx context.Context, before time.Time, most int) (int64, error) {
	return exec(ctx, s.conn, forgetEntries, micros(before), most)
}

package store

import (
	"context"

	"ficus/internal/archive"
)

const (
	accountByEmail = `SELECT ` + accountColumns + ` FROM accounts WHERE email_folded = $1 AND email_proved_at IS NOT NULL`
	setEmail       = `UPDATE accounts SET email = $2, email_folded = $3, email_proved_at = NULL WHERE id = $1`
	proveEmail     = `UPDATE accounts SET email = $2, email_folded = $3, email_proved_at = $4 WHERE id = $1
		AND NOT EXISTS (SELECT 1 FROM accounts o WHERE o.email_folded = $3 AND o.email_proved_at IS NOT NULL AND o.id <> $1)`
)

// FindMailed gives the account that proved an address.
func (a Accounts) FindMailed(ctx context.Context, email string) (archive.Account, error) {
	return one(ctx, a.conn, scanAccount, accountByEmail, archive.FoldEmail(email))
}

// SetEmail gives an account an address nobody has proved yet.
func (a Accounts) SetEmail(ctx context.Context, id int64, email string) error {
	return do(ctx, a.conn, setEmail, id, email, archive.FoldEmail(email))
}

// ProveEmail gives an account an address that was just proved to be its own;
// archive.ErrConflict when another account proved it before.
func (a Accounts) ProveEmail(ctx context.Context, id int64, email string) error {
	return changedOne(exec(ctx, a.conn, proveEmail, id, email, archive.FoldEmail(email), micros(a.now)))
}

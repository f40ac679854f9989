package accounts

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Confirm has a member prove once more who they are, before an act that would
// hurt in other hands. It answers archive.Problems of "again_password".
func (a *Accounts) Confirm(ctx context.Context, v archive.Viewer, session int64, password string) error {
	if err := a.checkPassword(ctx, v, "again_password", password); err != nil {
		return err
	}
	return a.Confirmed(ctx, v, session)
}

// Confirmed notes that a member has just proved, in whatever way, who they are.
func (a *Accounts) Confirmed(ctx context.Context, v archive.Viewer, session int64) error {
	return a.store.Write(ctx, func(tx *store.Tx) error { return tx.Sessions.Confirm(ctx, v.Account, session) })
}

// checkPassword answers archive.Problems of a field unless the password in it
// is the member's.
func (a *Accounts) checkPassword(ctx context.Context, v archive.Viewer, field, password string) error {
	var account archive.Account
	err := a.store.Read(ctx, func(tx *store.Tx) (err error) {
		account, err = tx.Accounts.Find(ctx, v.Account)
		return err
	})
	if err != nil {
		return err
	}
	right, err := a.matches(ctx, password, account.PasswordHash)
	if err == nil && !right {
		return archive.Problems{{Field: field, Rule: "password_wrong"}}
	}
	return err
}

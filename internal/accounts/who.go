package accounts

import (
	"context"
	"errors"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// touchEvery is how often a session in use is noted: often enough for the list
// of devices, seldom enough that reading does not write.
const touchEvery = time.Hour

// Who gives the session and viewer of a device's secret; a guest when the
// secret is unknown or was not seen for too long. It writes nothing: when it
// says the session should be noted as seen, the caller does so with Seen,
// outside the request.
func (a *Accounts) Who(ctx context.Context, secret string) (seen store.Seen, note bool, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) (err error) {
		seen, err = tx.Sessions.Find(ctx, fingerprint(secret), tx.Now.Add(-a.limits.Session))
		note = err == nil && tx.Now.Sub(seen.SeenAt) > touchEvery
		return ignoreMissing(err)
	})
	return seen, note, err
}

// Seen notes that sessions are in use.
func (a *Accounts) Seen(ctx context.Context, sessions []int64) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		for _, id := range sessions {
			if err := tx.Sessions.Touch(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// WhoHolds gives whose key to the API a token is; a guest when nobody's.
func (a *Accounts) WhoHolds(ctx context.Context, token string) (archive.Viewer, error) {
	var v archive.Viewer
	err := a.store.Read(ctx, func(tx *store.Tx) (err error) {
		v, err = tx.Sessions.FindToken(ctx, fingerprint(token))
		return ignoreMissing(err)
	})
	return v, err
}

// findSigner gives the account someone means who signs in by a name or a proved
// address; the zero account when there is none. Both are found by an index.
func findSigner(ctx context.Context, tx *store.Tx, name string) (account archive.Account, err error) {
	if strings.ContainsRune(name, '@') {
		account, err = tx.Accounts.FindMailed(ctx, name)
	} else {
		account, err = tx.Accounts.FindEver(ctx, archive.CleanLine(name))
	}
	return account, ignoreMissing(err)
}

func ignoreMissing(err error) error {
	if errors.Is(err, archive.ErrNotFound) {
		return nil
	}
	return err
}

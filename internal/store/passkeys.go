package store

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Passkeys are what members sign in with instead of a password, and the
// questions that wait for one to answer.
type Passkeys struct{ conn }

const (
	keepHandle     = `INSERT INTO passkey_handles (account, handle) VALUES ($1, $2) ON CONFLICT (account) DO UPDATE SET account = excluded.account RETURNING handle`
	handleHolder   = `SELECT account FROM passkey_handles WHERE handle = $1`
	passkeyColumns = `id, account, name, credential, record, created_at, used_at, copied_at`
	addPasskey     = `INSERT INTO passkeys (account, name, credential, record, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (credential) DO NOTHING RETURNING id`
	passkeysOf     = `SELECT ` + passkeyColumns + ` FROM passkeys WHERE account = $1 ORDER BY id`
	renamePasskey  = `UPDATE passkeys SET name = $3 WHERE account = $1 AND id = $2`
	dropPasskey    = `DELETE FROM passkeys WHERE account = $1 AND id = $2`
	usePasskey     = `UPDATE passkeys SET record = $3, used_at = $4 WHERE id = $1 AND record = $2`
	markCopied     = `UPDATE passkeys SET copied_at = $2 WHERE id = $1 AND copied_at IS NULL`
	addCeremony    = `INSERT INTO ceremonies (secret, account, data, until) VALUES ($1, $2, $3, $4)`
	takeCeremony   = `DELETE FROM ceremonies WHERE secret = $1 AND account = $2 RETURNING account, data, until`
	forgetCeremony = `DELETE FROM ceremonies WHERE secret IN (SELECT secret FROM ceremonies WHERE until <= $1 LIMIT $2)`
)

// Handle gives the name by which devices know an account; the first time it is
// the one that is offered.
func (p Passkeys) Handle(ctx context.Context, account int64, offered string) (string, error) {
	return one(ctx, p.conn, scanText, keepHandle, account, offered)
}

// Holder gives whose handle this is; archive.ErrNotFound when nobody's.
func (p Passkeys) Holder(ctx context.Context, handle string) (int64, error) {
	return one(ctx, p.conn, scanInt, handleHolder, handle)
}

// Add keeps a passkey; archive.ErrConflict when it is kept already.
func (p Passkeys) Add(ctx context.Context, k archive.Passkey) (int64, error) {
	ids, err := all(ctx, p.conn, scanInt, addPasskey, k.Account, k.Name, k.Credential, k.Record, micros(p.now))
	if err == nil && len(ids) == 0 {
		err = archive.ErrConflict
	}
	if err != nil {
		return 0, err
	}
	return ids[0], nil
}

// Of lists an account's passkeys, as they came.
func (p Passkeys) Of(ctx context.Context, account int64) ([]archive.Passkey, error) {
	return all(ctx, p.conn, scanPasskey, passkeysOf, account)
}

// Rename calls a passkey otherwise; archive.ErrNotFound when it is not the
// account's.
func (p Passkeys) Rename(ctx context.Context, account, id int64, name string) error {
	return p.found(exec(ctx, p.conn, renamePasskey, account, id, name))
}

// Remove forgets a passkey; archive.ErrNotFound when it is not the account's.
func (p Passkeys) Remove(ctx context.Context, account, id int64) error {
	return p.found(exec(ctx, p.conn, dropPasskey, account, id))
}

// Use stores what became of a passkey's record by being used;
// archive.ErrConflict when it was used by another meanwhile.
func (p Passkeys) Use(ctx context.Context, k archive.Passkey, record string) error {
	n, err := exec(ctx, p.conn, usePasskey, k.ID, k.Record, record, micros(p.now))
	if err == nil && n == 0 {
		err = archive.ErrConflict
	}
	return err
}

// Copied notes that a passkey's counter went backwards.
func (p Passkeys) Copied(ctx context.Context, id int64) error {
	return do(ctx, p.conn, markCopied, id, micros(p.now))
}

// Ask keeps a question to a device under a hash of its secret.
func (p Passkeys) Ask(ctx context.Context, secretHash string, c archive.Ceremony) error {
	return do(ctx, p.conn, addCeremony, secretHash, c.Account, c.Data, micros(c.Until))
}

// Take gives a question to whoever answers it, once; archive.ErrNotFound when
// it was answered, or never asked of this account.
func (p Passkeys) Take(ctx context.Context, secretHash string, account int64) (archive.Ceremony, error) {
	return one(ctx, p.conn, func(row sqldb.Scanner) (c archive.Ceremony, err error) {
		return c, row.Scan(&c.Account, &c.Data, instant{&c.Until})
	}, takeCeremony, secretHash, account)
}

// ForgetCeremonies drops questions nobody answered in time, at most so many,
// and tells how many went.
func (p Passkeys) ForgetCeremonies(ctx context.Context, before time.Time, most int) (int64, error) {
	return exec(ctx, p.conn, forgetCeremony, micros(before), most)
}

// found makes of a statement that touched nothing that there was nothing.
func (p Passkeys) found(n int64, err error) error {
	if err == nil && n == 0 {
		return archive.ErrNotFound
	}
	return err
}

func scanPasskey(row sqldb.Scanner) (archive.Passkey, error) {
	var k archive.Passkey
	err := row.Scan(&k.ID, &k.Account, &k.Name, &k.Credential, &k.Record, instant{&k.CreatedAt}, instant{&k.UsedAt}, instant{&k.CopiedAt})
	return k, err
}

package accounts

import (
	"context"
	"crypto/rand"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Recognise notes with which device a session was begun, by the mark that the
// browser keeps, and gives the mark to keep. A member is told of a device they
// never signed in with before, unless it is their first.
func (a *Accounts) Recognise(ctx context.Context, secret, mark string) (keep string, err error) {
	if len(mark) != len(rand.Text()) {
		mark = rand.Text()
	}
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		seen, err := tx.Sessions.Find(ctx, fingerprint(secret), tx.Now.Add(-a.limits.Session))
		if err != nil {
			return ignoreMissing(err)
		}
		account := seen.Viewer.Account
		// The account is in the hash, so that two accounts of one browser do
		// not meet in the database.
		isNew, err := tx.Devices.Meet(ctx, account, fingerprint(strconv.FormatInt(account, 10)+" "+mark))
		if isNew {
			tx.Log.Record(archive.Event{Kind: archive.DeviceMet, Actor: account, Subject: seen.ID})
		}
		return err
	})
	return mark, err
}

package accounts

import (
	"context"
	"crypto/rand"
	"unicode/utf8"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// NewToken makes a key to the API for an account by its name.
func (a *Accounts) NewToken(ctx context.Context, name, label string) (token string, err error) {
	token = newToken()
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		account, err := tx.Accounts.FindNamed(ctx, name)
		if err != nil {
			return err
		}
		return addToken(ctx, tx, account.ID, token, label)
	})
	return token, err
}

// AddToken makes a key to the API for a member, under a name they will know it
// by. It is told this once.
func (a *Accounts) AddToken(ctx context.Context, v archive.Viewer, label string) (token string, err error) {
	label = archive.CleanLine(label)
	var problems archive.Problems
	switch n := utf8.RuneCountInString(label); {
	case n == 0:
		problems.Add("key", "required")
	case n > a.limits.KeyName:
		problems.Add("key", "too_long", "Limit", a.limits.KeyName, "Count", n)
	}
	if err := problems.Err(); err != nil {
		return "", err
	}
	token = newToken()
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		keys, err := tx.Sessions.Tokens(ctx, v.Account)
		if err != nil {
			return err
		}
		if len(keys) >= a.limits.Keys {
			problems.Add("key", "too_many", "Limit", a.limits.Keys, "Count", len(keys)+1)
			return problems
		}
		return addToken(ctx, tx, v.Account, token, label)
	})
	return token, err
}

// EndToken ends one of a member's keys to the API.
func (a *Accounts) EndToken(ctx context.Context, v archive.Viewer, id int64) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: archive.AccountChanged, Actor: v.Account, Subject: v.Account})
		return tx.Sessions.EndToken(ctx, v.Account, id)
	})
}

func newToken() string { return "ficus_" + rand.Text() }

func addToken(ctx context.Context, tx *store.Tx, account int64, token, label string) error {
	tx.Log.Record(archive.Event{Kind: archive.AccountChanged, Actor: account, Subject: account})
	return tx.Sessions.AddToken(ctx, account, fingerprint(token), label)
}

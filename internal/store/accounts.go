package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Accounts are the people who belong here, their pen names and preferences.
type Accounts struct{ conn }

const (
	addAccount = `INSERT INTO accounts (name, folded, email, email_folded, email_proved_at, password_hash, staff, preferences, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, '{}', $8) ON CONFLICT (folded) DO NOTHING RETURNING id`
	accountColumns  = `id, name, email, email_proved_at, password_hash, staff, created_at, preferences`
	accountByID     = `SELECT ` + accountColumns + ` FROM accounts WHERE id = $1`
	accountByName   = `SELECT ` + accountColumns + ` FROM accounts WHERE folded = $1`
	accountCalled   = `SELECT ` + accountColumns + ` FROM accounts a WHERE folded = $1 AND ` + isThere
	setPassword     = `UPDATE accounts SET password_hash = $2 WHERE id = $1`
	preferencesOf   = `SELECT preferences FROM accounts WHERE id = $1`
	setPreferences  = `UPDATE accounts SET preferences = $2 WHERE id = $1`
	countAccounts   = `SELECT COUNT(*) FROM accounts`
	addPseud        = `INSERT INTO pseuds (account, name, folded, is_default, name_key) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account, folded) DO NOTHING RETURNING id`
	listeners       = `SELECT ` + accountColumns + ` FROM accounts a WHERE folded <> '` + archive.OrphanAccount + `' AND ` + isThere + ` AND id IN `
	pseudColumns    = `p.id, p.account, a.name, p.name, p.is_default`
	pseudsOf        = `SELECT ` + pseudColumns + ` FROM pseuds p JOIN accounts a ON a.id = p.account WHERE p.account = $1 ORDER BY p.is_default DESC, p.id`
	accountWithName = `SELECT p.account FROM pseuds p JOIN accounts a ON a.id = p.account WHERE p.folded = $1 AND a.folded <> '` + archive.OrphanAccount + `' AND ` + isThere + ` GROUP BY p.account`
)

// Add makes an account with a pseud of the same name; archive.ErrConflict when
// the name is taken.
func (a Accounts) Add(ctx context.Context, account archive.Account) (int64, error) {
	ids, err := all(ctx, a.conn, scanInt, addAccount, account.Name, archive.FoldName(account.Name), account.Email,
		archive.FoldEmail(account.Email), micros(account.EmailProvedAt), account.PasswordHash, account.Staff, micros(a.now))
	if err != nil {
		return 0, fmt.Errorf("add an account: %w", err)
	}
	if len(ids) == 0 {
		return 0, archive.ErrConflict
	}
	if err := (Names{a.conn}).Take(ctx, ids[0], account.Name); err != nil {
		return 0, err
	}
	_, err = a.AddPseud(ctx, archive.Pseud{Account: ids[0], Name: account.Name, IsDefault: true})
	return ids[0], err
}

// Find gives an account by its id.
func (a Accounts) Find(ctx context.Context, id int64) (archive.Account, error) {
	return one(ctx, a.conn, scanAccount, accountByID, id)
}

// FindNamed gives an account by its name, whatever the case it is typed in.
func (a Accounts) FindNamed(ctx context.Context, name string) (archive.Account, error) {
	return one(ctx, a.conn, scanAccount, accountByName, archive.FoldName(name))
}

// FindPresent is FindEver for those who look for somebody: who was deleted is
// not there.
func (a Accounts) FindPresent(ctx context.Context, name string) (archive.Account, error) {
	account, err := a.FindEver(ctx, name)
	if err != nil {
		return account, err
	}
	gone, err := Deletions(a).Has(ctx, account.ID)
	if err == nil && gone {
		err = archive.ErrNotFound
	}
	return account, err
}

// Count is the number of accounts.
func (a Accounts) Count(ctx context.Context) (int64, error) {
	return one(ctx, a.conn, scanInt, countAccounts)
}

// SetPassword stores a new hash.
func (a Accounts) SetPassword(ctx context.Context, id int64, hash string) error {
	return do(ctx, a.conn, setPassword, id, hash)
}

// Preferences are how a member likes the site.
func (a Accounts) Preferences(ctx context.Context, id int64) (archive.Preferences, error) {
	scan := func(row sqldb.Scanner) (p archive.Preferences, err error) { return p, row.Scan(liking{a.liked, &p}) }
	return one(ctx, a.conn, scan, preferencesOf, id)
}

// Listener is an account with what it wishes to hear.
type Listener struct {
	archive.Account
	Wishes archive.Preferences
}

// Listeners gives those of some accounts who may be told something: neither who
// was deleted nor the orphan account, which is nobody's.
func (a Accounts) Listeners(ctx context.Context, ids ...int64) ([]Listener, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	scan := func(row sqldb.Scanner) (l Listener, err error) {
		err = row.Scan(&l.ID, &l.Name, &l.Email, instant{&l.EmailProvedAt}, &l.PasswordHash, &l.Staff, instant{&l.CreatedAt}, liking{a.liked, &l.Wishes})
		l.Language = l.Wishes.Language
		return l, err
	}
	return all(ctx, a.conn, scan, listeners+`(`+list(1, len(ids))+`) ORDER BY id`, anys(ids)...)
}

// SetPreferences stores how a member likes the site.
func (a Accounts) SetPreferences(ctx context.Context, id int64, p archive.Preferences) error {
	stored, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return do(ctx, a.conn, setPreferences, id, string(stored))
}

// AddPseud makes a pen name; archive.ErrConflict when the account has it.
func (a Accounts) AddPseud(ctx context.Context, p archive.Pseud) (int64, error) {
	ids, err := all(ctx, a.conn, scanInt, addPseud, p.Account, p.Name, archive.FoldName(p.Name), p.IsDefault, nameKey(p.Name))
	if err != nil {
		return 0, fmt.Errorf("add a pseud: %w", err)
	}
	if len(ids) == 0 {
		return 0, archive.ErrConflict
	}
	return ids[0], Called{a.conn}.put(ctx, calledPseud, ids[0], p.Name)
}

// Pseuds are an account's pen names, the default first.
func (a Accounts) Pseuds(ctx context.Context, account int64) ([]archive.Pseud, error) {
	return all(ctx, a.conn, scanPseud, pseudsOf, account)
}

// Called gives the one account that goes by a name, as its own, as its own
// until lately or as a pen name; 0 when nobody or more than one does. Who was
// deleted goes by none.
func (a Accounts) Called(ctx context.Context, name string) (int64, error) {
	account, err := all(ctx, a.conn, scanAccount, accountCalled, archive.FoldName(name))
	if err != nil || len(account) == 1 {
		if len(account) == 1 {
			return account[0].ID, nil
		}
		return 0, err
	}
	if former, err := a.FindPresent(ctx, name); !errors.Is(err, archive.ErrNotFound) {
		return former.ID, err
	}
	ids, err := all(ctx, a.conn, scanInt, accountWithName, archive.FoldName(name))
	if err != nil || len(ids) != 1 {
		return 0, err
	}
	return ids[0], nil
}

func scanAccount(row sqldb.Scanner) (archive.Account, error) {
	var a archive.Account
	var stored string
	err := row.Scan(&a.ID, &a.Name, &a.Email, instant{&a.EmailProvedAt}, &a.PasswordHash, &a.Staff, instant{&a.CreatedAt}, &stored)
	if err != nil {
		return a, err
	}
	var p archive.Preferences
	err = json.Unmarshal([]byte(stored), &p)
	a.Language = p.Language
	return a, err
}

func scanPseud(row sqldb.Scanner) (archive.Pseud, error) {
	var p archive.Pseud
	return p, row.Scan(&p.ID, &p.Account, &p.Owner, &p.Name, &p.IsDefault)
}

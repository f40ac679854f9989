package store

import (
	"context"
	"errors"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

const (
	renameAccount = `UPDATE accounts SET name = $2, folded = $3 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM accounts o WHERE o.folded = $3 AND o.id <> $1)`
	renamePseud   = `UPDATE pseuds SET name = $3, folded = $4, name_key = $5 WHERE account = $1 AND id = $2
		AND NOT EXISTS (SELECT 1 FROM pseuds o WHERE o.account = $1 AND o.folded = $4 AND o.id <> $2)`
	usualPseud  = `UPDATE pseuds SET is_default = (id = $2) WHERE account = $1 AND EXISTS (SELECT 1 FROM pseuds o WHERE o.account = $1 AND o.id = $2)`
	holdAccount = `UPDATE accounts SET name = name WHERE id = $1`
	naming      = `SELECT work FROM work_creators WHERE account = $1 AND work > $2
		UNION SELECT work FROM gifts WHERE account = $1 AND work > $2
		UNION SELECT work FROM comments WHERE account = $1 AND work > $2
		UNION SELECT work FROM kudos WHERE account = $1 AND account > 0 AND named AND work > $2 ORDER BY work LIMIT $3`
	renameRecipient = `UPDATE gifts SET recipient = $3, folded = $4 WHERE account = $1 AND folded = $2
		AND NOT EXISTS (SELECT 1 FROM gifts o WHERE o.work = gifts.work AND o.folded = $4 AND o.id <> gifts.id)`
)

// Rename gives an account another name; archive.ErrConflict when that is taken.
func (a Accounts) Rename(ctx context.Context, id int64, name string) error {
	return changedOne(exec(ctx, a.conn, renameAccount, id, name, archive.FoldName(name)))
}

// RenamePseud gives a pen name of an account another spelling;
// archive.ErrConflict when the account has that one already.
func (a Accounts) RenamePseud(ctx context.Context, p archive.Pseud, name string) error {
	if err := changedOne(exec(ctx, a.conn, renamePseud, p.Account, p.ID, name, archive.FoldName(name), nameKey(name))); err != nil {
		return err
	}
	return Called{a.conn}.put(ctx, calledPseud, p.ID, name)
}

// MakeUsual makes a pen name the one an account signs with unless it says
// otherwise.
func (a Accounts) MakeUsual(ctx context.Context, account, pseud int64) error {
	return do(ctx, a.conn, usualPseud, account, pseud)
}

// Hold keeps others from changing an account until the transaction ends.
func (a Accounts) Hold(ctx context.Context, id int64) error { return do(ctx, a.conn, holdAccount, id) }

// FindEver gives the account that has a name, or had it until lately and is
// still found by it.
func (a Accounts) FindEver(ctx context.Context, name string) (archive.Account, error) {
	account, err := a.FindNamed(ctx, name)
	if !errors.Is(err, archive.ErrNotFound) {
		return account, err
	}
	former, formerErr := (Names{a.conn}).Former(ctx, name)
	if formerErr != nil || former == 0 {
		return account, errors.Join(formerErr, err)
	}
	return a.Find(ctx, former)
}

// Naming lists the works that name an account, under whichever name, as a
// creator or a recipient, by their numbers, a slice at a time.
func (w Works) Naming(ctx context.Context, account, after int64, limit int) ([]int64, error) {
	return all(ctx, w.conn, scanInt, naming, account, after, limit)
}

// RenameRecipient has the gifts to an account under a name bear another one,
// unless their work is given to that already.
func (g Gifts) RenameRecipient(ctx context.Context, account int64, was, name string) error {
	return do(ctx, g.conn, renameRecipient, account, archive.FoldName(was), name, archive.FoldName(name))
}

// changedOne makes archive.ErrConflict of a change that met something else
// with the same name.
func changedOne(n int64, err error) error {
	if errors.Is(err, sqldb.ErrUnique) || err == nil && n == 0 {
		return archive.ErrConflict
	}
	return err
}

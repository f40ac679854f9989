package store

import (
	"context"
	"time"

	"ficus/internal/archive"
)

// Names are whose the names of accounts are, by each of their looks; those an
// account had before stay its own for a while.
type Names struct{ conn }

const (
	// A look is taken when it is free, the account's own, or was kept long
	// enough for another.
	takeName = `INSERT INTO names (look, account, spelt, kept_until) VALUES ($1, $2, $3, NULL)
		ON CONFLICT (look) DO UPDATE SET account = excluded.account, kept_until = NULL,
			spelt = CASE WHEN names.account = excluded.account THEN names.spelt OR excluded.spelt ELSE excluded.spelt END
		WHERE names.account = excluded.account OR names.kept_until <= $4`
	leaveName   = `UPDATE names SET kept_until = $3 WHERE account = $2 AND look = $1 AND kept_until IS NULL`
	holderOf    = `SELECT account FROM names WHERE look = $1 AND (kept_until IS NULL OR kept_until > $2)`
	formerName  = `SELECT account FROM names WHERE look = $1 AND spelt AND kept_until > $2`
	countFormer = `SELECT COUNT(*) FROM names WHERE account = $1 AND spelt AND kept_until > $2`
	forgetNames = `DELETE FROM names WHERE look IN (SELECT look FROM names WHERE kept_until <= $1 LIMIT $2)`
)

// Take makes a name an account's own; archive.ErrConflict when it is another's,
// looks like another's, or was another's a while ago.
func (n Names) Take(ctx context.Context, account int64, name string) error {
	for _, look := range archive.Looks(name) { // in order, so that two who take them wait in order
		taken, err := exec(ctx, n.conn, takeName, look, account, look == archive.FoldName(name), micros(n.now))
		if err != nil {
			return err
		}
		if taken == 0 {
			return archive.ErrConflict
		}
	}
	return nil
}

// Leave keeps a name, which is no longer the account's, for it until an
// instant; but for what it shares with the one it has now.
func (n Names) Leave(ctx context.Context, account int64, name, now string, until time.Time) error {
	still := map[string]bool{}
	for _, look := range archive.Looks(now) {
		still[look] = true
	}
	for _, look := range archive.Looks(name) {
		if still[look] {
			continue
		}
		if err := do(ctx, n.conn, leaveName, look, account, micros(until)); err != nil {
			return err
		}
	}
	return nil
}

// Holder gives the account whose a look is, now or still; 0 when nobody's.
func (n Names) Holder(ctx context.Context, look string) (int64, error) {
	return n.oneOf(ctx, holderOf, look)
}

// Former gives the account that had a name and is still found by it; 0 when
// none.
func (n Names) Former(ctx context.Context, name string) (int64, error) {
	return n.oneOf(ctx, formerName, archive.FoldName(name))
}

func (n Names) oneOf(ctx context.Context, statement, look string) (int64, error) {
	accounts, err := all(ctx, n.conn, scanInt, statement, look, micros(n.now))
	if err != nil || len(accounts) == 0 {
		return 0, err
	}
	return accounts[0], nil
}

// CountFormer is how many names are kept for an account that it no longer has.
func (n Names) CountFormer(ctx context.Context, account int64) (int64, error) {
	return one(ctx, n.conn, scanInt, countFormer, account, micros(n.now))
}

// Forget drops names that were kept until an instant, at most so many, and
// tells how many went.
func (n Names) Forget(ctx context.Context, most int) (int64, error) {
	return exec(ctx, n.conn, forgetNames, micros(n.now), most)
}

package store

import (
	"context"

	"ficus/internal/archive"
)

// Everything that bears a pen name bears another of the same account, once.
const (
	resignWorks    = `UPDATE work_creators SET pseud = $2 WHERE pseud = $1 AND NOT EXISTS (SELECT 1 FROM work_creators o WHERE o.work = work_creators.work AND o.pseud = $2)`
	unsignWorks    = `DELETE FROM work_creators WHERE pseud = $1`
	resignComments = `UPDATE comments SET pseud = $2 WHERE pseud = $1`
	resignOrphans  = `UPDATE orphanings SET pseud = $2 WHERE account = $3 AND pseud = $1
		AND NOT EXISTS (SELECT 1 FROM orphanings o WHERE o.account = $3 AND o.work = orphanings.work AND o.pseud = $2)`
	unsignOrphans = `DELETE FROM orphanings WHERE account = $2 AND pseud = $1`
	dropPseud     = `DELETE FROM pseuds WHERE id = $1`
)

// RemovePseud takes a pen name from an account; what was signed with it is
// signed with the other one.
func (a Accounts) RemovePseud(ctx context.Context, gone, instead archive.Pseud) error {
	for _, step := range []struct {
		statement string
		args      []any
	}{
		{resignWorks, []any{gone.ID, instead.ID}}, {unsignWorks, []any{gone.ID}}, {resignComments, []any{gone.ID, instead.ID}},
		{resignOrphans, []any{gone.ID, instead.ID, gone.Account}}, {unsignOrphans, []any{gone.ID, gone.Account}}, {dropPseud, []any{gone.ID}},
	} {
		if err := do(ctx, a.conn, step.statement, step.args...); err != nil {
			return err
		}
	}
	if err := (Called{a.conn}).drop(ctx, calledPseud, gone.ID); err != nil {
		return err
	}
	if gone.IsDefault {
		return a.MakeUsual(ctx, gone.Account, instead.ID)
	}
	return nil
}

package store

import (
	"context"
	"errors"

	"ficus/internal/archive"
)

const standWork = `UPDATE works SET posted_at = $2, hidden_at = $3, deleted_at = $4, purge_at = $5, restricted = $6,
	waiting_at = $7, unrevealed = $8, anonymous = $9 WHERE id = $1`

// Stand puts a work in a state, whatever verbs would allow.
func Stand(ctx context.Context, tx *Tx, work int64, s archive.Standing) error {
	return do(ctx, tx.Works.conn, standWork, work, micros(s.PostedAt), micros(s.HiddenAt), micros(s.DeletedAt), micros(s.PurgeAt), s.Restricted,
		micros(s.WaitingAt), s.Unrevealed, s.Anonymous)
}

// ForgetCalled has nobody know by which words works, all tags and the pen names
// of an account are found, as before they were kept.
func ForgetCalled(ctx context.Context, tx *Tx, works []int64, account int64) error {
	tags, err := all(ctx, tx.Called.conn, scanInt, `SELECT id FROM tags`)
	if err != nil {
		return err
	}
	pseuds, err := all(ctx, tx.Called.conn, scanInt, pseudsToEnd, account)
	return errors.Join(err, tx.Called.drop(ctx, calledWork, works...), tx.Called.drop(ctx, calledTag, tags...), tx.Called.drop(ctx, calledPseud, pseuds...))
}

package feedback

import (
	"context"
	"errors"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// commentsAtOnce is how many comments go in one transaction, during which
// others wait to write.
const commentsAtOnce = 50

// ForgetComments deletes the comments of deleted accounts whose time is over,
// where their owners chose so: a slice at a time, the newest first, so that few
// leave a place behind. Those who chose otherwise are untied with the account.
func (f *Feedback) ForgetComments(ctx context.Context) error {
	for after := int64(0); ; {
		next, more, err := f.forgetSome(ctx, after)
		if errors.Is(err, archive.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if !more {
			after = next
		}
	}
}

// forgetSome deletes some comments of the first account after another whose
// time is over; more is whether there may be others.
func (f *Feedback) forgetSome(ctx context.Context, after int64) (account int64, more bool, err error) {
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		due, err := tx.Deletions.NextDue(ctx, after)
		if err != nil {
			return err
		}
		account, more = due.Account, false
		if due.Answers != archive.AnswersDrop {
			return nil
		}
		ids, err := tx.Deletions.Comments(ctx, account, commentsAtOnce)
		for _, id := range ids {
			m, err := tx.Comments.Hold(ctx, id)
			if errors.Is(err, archive.ErrNotFound) {
				continue // it was the place of one that has just gone
			}
			if err != nil {
				return err
			}
			if err := takeOut(ctx, tx, archive.Viewer{}, m); err != nil {
				return err
			}
		}
		more = len(ids) > 0
		return err
	})
	return account, more, err
}

package accounts

import (
	"context"
	"errors"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// slice is how many rows go in one transaction, during which others wait to
// write.
const slice = 1000

// DeleteAccount takes an account away from everybody's sight at once, ends its
// devices and keys, and has what hangs on it go the way its owner chose. For
// archive.Limits.Trash its owner can bring it back by signing in. An account
// that is deleted already stays so. The last of the staff cannot go.
func (a *Accounts) DeleteAccount(ctx context.Context, v archive.Viewer, choice archive.Deletion) error {
	var problems archive.Problems
	choice.Check(&problems)
	if err := problems.Err(); err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Accounts.Hold(ctx, v.Account); err != nil {
			return err
		}
		if v.Staff {
			if err := tx.Log.Hold(ctx); err != nil { // two who go at once are not each other's other
				return err
			}
			others, err := tx.Deletions.OtherStaff(ctx, v.Account)
			if err != nil {
				return err
			}
			if others == 0 {
				return archive.Problems{{Field: "sole", Rule: "last_staff"}}
			}
		}
		choice.Account, choice.PurgeAt = v.Account, tx.Now.Add(a.limits.Trash)
		fresh, err := tx.Deletions.Add(ctx, choice)
		if err != nil || !fresh {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.AccountDeleted, Actor: v.Account, Subject: v.Account})
		if err := tx.Sessions.EndOthers(ctx, v.Account, 0); err != nil {
			return err
		}
		if err := tx.Sessions.EndTokens(ctx, v.Account); err != nil {
			return err
		}
		return tx.SecondSteps.LeaveAll(ctx, v.Account)
	})
}

// RestoreAccount brings a deleted account back, for somebody who proved whose
// it is and was asked, and signs their device in. archive.ErrNotFound when it
// is too late.
func (a *Accounts) RestoreAccount(ctx context.Context, secret, agent string) (session string, v archive.Viewer, err error) {
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		entry, who, err := between(ctx, tx, secret)
		if err != nil {
			return err
		}
		if v = who; entry.Wants != archive.WantReturn {
			return archive.ErrNotFound
		}
		if err := errors.Join(tx.Accounts.Hold(ctx, v.Account), tx.Deletions.Undo(ctx, v.Account)); err != nil {
			return err
		}
		if err := tx.SecondSteps.LeaveAll(ctx, v.Account); err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.AccountRestored, Actor: v.Account, Subject: v.Account})
		session, _, err = admit(ctx, tx, v, agent, true)
		return err
	})
	return session, v, err
}

// DeletionOf gives the deletion of an account to somebody who is asked whether
// to bring it back.
func (a *Accounts) DeletionOf(ctx context.Context, account int64) (d archive.Deletion, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) (err error) {
		d, err = tx.Deletions.Find(ctx, account)
		return err
	})
	return d, err
}

// PurgeDeleted forgets deleted accounts whose time is over, a slice at a time,
// and gives how many went. One that still signs works, has manuscripts or has
// comments that are to be deleted waits for the next turn: those go first.
func (a *Accounts) PurgeDeleted(ctx context.Context) (gone int, err error) {
	for after := int64(0); ; {
		account, ended, err := a.purgeNext(ctx, after)
		if errors.Is(err, archive.ErrNotFound) {
			return gone, nil
		}
		if err != nil {
			return gone, err
		}
		if after = account; ended {
			gone++
		}
	}
}

func (a *Accounts) purgeNext(ctx context.Context, after int64) (account int64, ended bool, err error) {
	for more := true; more; {
		err = a.store.Write(ctx, func(tx *store.Tx) error {
			due, err := tx.Deletions.NextDue(ctx, after)
			if err != nil {
				return err
			}
			account, ended, more = due.Account, false, false
			if still, err := holdDue(ctx, tx, account); err != nil || !still {
				return err
			}
			if waits, err := waitsForComments(ctx, tx, due); err != nil || waits {
				return err
			}
			if more, err = tx.Deletions.Empty(ctx, account, slice); err != nil || more {
				return err
			}
			if ended, err = tx.Deletions.End(ctx, account); err != nil || !ended {
				return err
			}
			tx.Log.Record(archive.Event{Kind: archive.AccountPurged, Subject: account})
			return nil
		})
		if err != nil {
			return account, false, err
		}
	}
	return account, ended, nil
}

// holdDue keeps an account from coming back until the end of the transaction;
// false when it came back just now.
func holdDue(ctx context.Context, tx *store.Tx, account int64) (still bool, err error) {
	if err := tx.Accounts.Hold(ctx, account); err != nil {
		return false, err
	}
	_, err = tx.Deletions.Find(ctx, account)
	return err == nil, ignoreMissing(err)
}

func waitsForComments(ctx context.Context, tx *store.Tx, d archive.Deletion) (bool, error) {
	if d.Answers != archive.AnswersDrop {
		return false, nil
	}
	left, err := tx.Deletions.Comments(ctx, d.Account, 1)
	return len(left) > 0, err
}

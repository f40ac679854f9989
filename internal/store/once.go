package store

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"ficus/internal/archive"
)

// Once runs a verb in one transaction, once. A deed that was done before, or is
// done by another at this moment, is not done again: its answer is given. The
// same deed with other contents is archive.ErrConflict, so that nothing typed
// since is taken for saved. Who deleted their account in another tab meanwhile
// is asked to sign in: nothing is added to what is leaving.
func Once(ctx context.Context, s *Store, v archive.Viewer, o archive.Once, act func(*Tx) (int64, error)) (id int64, err error) {
	err = s.Write(ctx, func(tx *Tx) error {
		if err := stillThere(ctx, tx, v); err != nil {
			return err
		}
		done, err := doneBefore(ctx, tx, v, o, &id)
		if err != nil || done {
			return err
		}
		if id, err = act(tx); err != nil || o.Deed == "" {
			return err
		}
		return tx.Deeds.Add(ctx, v.Account, o.Deed, strings.TrimSpace(strconv.FormatInt(id, 10)+" "+o.Sum))
	})
	if o.Deed == "" || !errors.Is(err, archive.ErrConflict) {
		return id, err
	}
	var done bool
	twice := s.Read(ctx, func(tx *Tx) (err error) {
		done, err = doneBefore(ctx, tx, v, o, &id)
		return err
	})
	if twice != nil || !done {
		return 0, err
	}
	return id, nil
}

// stillThere is archive.ErrSignIn for a member whose account was deleted since
// the request began.
func stillThere(ctx context.Context, tx *Tx, v archive.Viewer) error {
	if !v.IsMember() {
		return nil
	}
	gone, err := tx.Deletions.Has(ctx, v.Account)
	if err == nil && gone {
		err = archive.ErrSignIn
	}
	return err
}

// doneBefore tells whether the deed was done, and what it answered.
func doneBefore(ctx context.Context, tx *Tx, v archive.Viewer, o archive.Once, id *int64) (done bool, err error) {
	if o.Deed == "" {
		return false, nil
	}
	answer, done, err := tx.Deeds.Done(ctx, v.Account, o.Deed)
	if err != nil || !done {
		return false, err
	}
	number, sum, _ := strings.Cut(answer, " ")
	if sum != o.Sum {
		return false, archive.ErrConflict
	}
	*id, err = strconv.ParseInt(number, 10, 64)
	return true, err
}

// Package writing is the verbs of a writer: bring a manuscript, draft, post,
// edit, order and delete, with nothing written ever lost. Each verb loads,
// applies the rules of archive, saves and records one event, in one
// transaction.
package writing

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/semaphore"

	"ficus/internal/archive"
	"ficus/internal/media"
	"ficus/internal/store"
)

// Writing does what writers do.
type Writing struct {
	store  *store.Store
	bucket media.Bucket
	limits archive.Limits
	clock  archive.Clock
	fetch  func(ctx context.Context, address string) ([]byte, error)
	making *semaphore.Weighted // pictures are made one at a time: each may take some hundred megabytes

	// Site is what the owner decided, as of now. It is set once, before the
	// verbs are used.
	Site func() archive.Site
}

// New makes the verbs. Fetch gets a picture that a text links to, once, when
// the text is saved.
func New(s *store.Store, b media.Bucket, l archive.Limits, c archive.Clock, fetch func(ctx context.Context, address string) ([]byte, error)) *Writing {
	return &Writing{store: s, bucket: b, limits: l, clock: c, fetch: fetch, making: semaphore.NewWeighted(1), Site: archive.DefaultSite}
}

// Once makes a verb act once however often it is sent: a form's id or an
// Idempotency-Key. The zero Once acts each time.
type Once struct {
	Deed string
	Sum  string // a fingerprint of what was sent; empty: the deed alone tells
}

// once runs a verb in one transaction. A deed that was done before, or is done
// by another at this moment, is not done again: its answer is given. The same
// deed with other contents is archive.ErrConflict, so that nothing typed since
// is taken for saved.
func (w *Writing) once(ctx context.Context, v archive.Viewer, o Once, act func(*store.Tx) (int64, error)) (id int64, err error) {
	err = w.store.Write(ctx, func(tx *store.Tx) error {
		done, err := o.before(ctx, tx, v, &id)
		if err != nil || done {
			return err
		}
		if id, err = act(tx); err != nil || o.Deed == "" {
			return err
		}
		return tx.Deeds.Add(ctx, v.Account, o.Deed, o.answer(id))
	})
	if o.Deed == "" || !errors.Is(err, archive.ErrConflict) {
		return id, err
	}
	var done bool
	twice := w.store.Read(ctx, func(tx *store.Tx) (err error) {
		done, err = o.before(ctx, tx, v, &id)
		return err
	})
	if twice != nil || !done {
		return 0, err
	}
	return id, nil
}

// before tells whether the deed was done, and what it answered.
func (o Once) before(ctx context.Context, tx *store.Tx, v archive.Viewer, id *int64) (done bool, err error) {
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

func (o Once) answer(id int64) string {
	return strings.TrimSpace(strconv.FormatInt(id, 10) + " " + o.Sum)
}

// forgetTyped drops what a form held: it is being saved.
func forgetTyped(ctx context.Context, tx *store.Tx, v archive.Viewer, form string) error {
	if form == "" {
		return nil
	}
	return tx.Autosaves.Drop(ctx, v.Account, form)
}

// publishedOn is the date a posted thing bears: the writer's, or now. A date
// given for today is now, so that it keeps its hour.
func publishedOn(given, now time.Time) time.Time {
	if given.IsZero() || given.After(now) || archive.Day(given) == archive.Day(now) {
		return now
	}
	return given
}

// ownDate is the date a draft was given, or zero when it only bears the day it
// was last put down: then it is posted under the day of posting.
func ownDate(date, putDown time.Time) time.Time {
	if archive.Day(date) == archive.Day(putDown) {
		return time.Time{}
	}
	return date
}

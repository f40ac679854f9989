// Package writing is the verbs of a writer: bring a manuscript, draft, post,
// edit, order and delete, with nothing written ever lost. Each verb loads,
// applies the rules of archive, saves and records one event, in one
// transaction.
package writing

import (
	"context"
	"time"

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
}

// New makes the verbs. Fetch gets a picture that a text links to, once, when
// the text is saved.
func New(s *store.Store, b media.Bucket, l archive.Limits, c archive.Clock, fetch func(ctx context.Context, address string) ([]byte, error)) *Writing {
	return &Writing{store: s, bucket: b, limits: l, clock: c, fetch: fetch}
}

// Once makes a verb act once however often it is sent: a form's id or an
// Idempotency-Key. The zero Once acts each time.
type Once struct{ Deed string }

// before tells whether the deed was done, and what it answered.
func (o Once) before(ctx context.Context, tx *store.Tx, v archive.Viewer) (answer string, done bool, err error) {
	if o.Deed == "" {
		return "", false, nil
	}
	return tx.Deeds.Done(ctx, v.Account, o.Deed)
}

// after notes the deed with its answer.
func (o Once) after(ctx context.Context, tx *store.Tx, v archive.Viewer, answer string) error {
	if o.Deed == "" {
		return nil
	}
	return tx.Deeds.Add(ctx, v.Account, o.Deed, answer)
}

// publishedOn is the date a posted thing bears: the writer's, or now. A date
// given for today is now, so that it keeps its hour.
func publishedOn(given, now time.Time) time.Time {
	if given.IsZero() || given.After(now) || archive.Day(given) == archive.Day(now) {
		return now
	}
	return given
}

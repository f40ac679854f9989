// Package writing is the verbs of a writer: bring a manuscript, draft, post,
// edit, order and delete, with nothing written ever lost. Each verb loads,
// applies the rules of archive, saves and records one event, in one
// transaction.
package writing

import (
	"context"
	"time"

	"golang.org/x/sync/semaphore"

	"ficus/internal/archive"
	"ficus/internal/media"
	"ficus/internal/store"
	"ficus/internal/tempo"
)

// Writing does what writers do.
type Writing struct {
	store  *store.Store
	bucket media.Bucket
	limits archive.Limits
	clock  archive.Clock
	fetch  func(ctx context.Context, address string) ([]byte, error)
	making *semaphore.Weighted // pictures are made one at a time: each may take some hundred megabytes
	turns  *tempo.Turns        // to read manuscripts
	piles  *tempo.Turns        // to bring, or to make drafts of, many of them

	// Site is what the owner decided, as of now. It is set once, before the
	// verbs are used.
	Site func() archive.Site
}

// New makes the verbs. Fetch gets a picture that a text links to, once, when
// the text is saved.
func New(s *store.Store, b media.Bucket, l archive.Limits, c archive.Clock, fetch func(ctx context.Context, address string) ([]byte, error)) *Writing {
	return &Writing{store: s, bucket: b, limits: l, clock: c, fetch: fetch, making: semaphore.NewWeighted(1), turns: tempo.NewTurns(readAtOnce, mostWaitToRead, patientToRead),
		piles: tempo.NewTurns(pilesAtOnce, mostWaitWithPiles, patientWithPiles), Site: archive.DefaultSite}
}

// once runs a verb in one transaction, once however often it is sent.
func (w *Writing) once(ctx context.Context, v archive.Viewer, o archive.Once, act func(*store.Tx) (int64, error)) (int64, error) {
	return store.Once(ctx, w.store, v, o, act)
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

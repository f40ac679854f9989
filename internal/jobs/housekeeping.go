package jobs

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// How long what nobody needs any more is kept.
const (
	keepDeeds  = 30 * 24 * time.Hour // a form sent twice is sent twice within days
	keepEvents = 90 * 24 * time.Hour // DESIGN.md §1.3
)

// Housekeeping is what a store needs done every so often: visitors and their
// keys are forgotten with the day, devices when they were not seen for as long
// as the limits say, deeds after a month, events after three. No text is ever
// forgotten by age.
func Housekeeping(s *store.Store, limits archive.Limits) []Periodic {
	every := func(name string, each time.Duration, do func(ctx context.Context, tx *store.Tx) error) Periodic {
		return Periodic{Name: name, Every: each, Do: func(ctx context.Context) error {
			return s.Write(ctx, func(tx *store.Tx) error { return do(ctx, tx) })
		}}
	}
	return []Periodic{
		every("forget visitors", 10*time.Minute, func(ctx context.Context, tx *store.Tx) error {
			return tx.Hits.ForgetBefore(ctx, archive.Day(tx.Now))
		}),
		every("forget devices", time.Hour, func(ctx context.Context, tx *store.Tx) error {
			return tx.Sessions.ForgetUnseen(ctx, tx.Now.Add(-limits.Session))
		}),
		every("forget deeds", time.Hour, func(ctx context.Context, tx *store.Tx) error {
			return tx.Deeds.Forget(ctx, tx.Now.Add(-keepDeeds))
		}),
		every("trim the log", time.Hour, func(ctx context.Context, tx *store.Tx) error {
			return tx.Log.Trim(ctx, tx.Now.Add(-keepEvents))
		}),
	}
}

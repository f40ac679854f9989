package jobs

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// How long what nobody needs any more is kept, and how much of it goes in one
// transaction, during which others wait to write.
const (
	slice       = 5000
	keepDeeds   = 30 * 24 * time.Hour  // a form sent twice is sent twice within days
	keepProofs  = 7 * 24 * time.Hour   // how many were asked for is counted over a day
	keepDevices = 365 * 24 * time.Hour // as long as browsers keep their mark
	keepEvents  = 90 * 24 * time.Hour  // DESIGN.md §1.3
)

// Housekeeping is what a store needs done every so often: visitors and their
// keys are forgotten with the day, devices when they were not seen for as long
// as the limits say, deeds after a month, events after three. No text is ever
// forgotten by age.
func Housekeeping(s *store.Store, limits archive.Limits) []Periodic {
	every := func(name string, each time.Duration, forget func(ctx context.Context, tx *store.Tx) (int64, error)) Periodic {
		return Periodic{Name: name, Every: each, Do: func(ctx context.Context) error { return inSlices(ctx, s, forget) }}
	}
	return []Periodic{
		every("forget visitors", 10*time.Minute, func(ctx context.Context, tx *store.Tx) (int64, error) {
			return tx.Hits.ForgetBefore(ctx, archive.Day(tx.Now), slice)
		}),
		every("forget networks of kudos", time.Hour, func(ctx context.Context, tx *store.Tx) (int64, error) {
			return tx.Kudos.ForgetHouses(ctx, tx.Now.Add(-archive.KudosDay), slice)
		}),
		every("forget deleted notices", time.Hour, func(ctx context.Context, tx *store.Tx) (int64, error) {
			return tx.Notices.Forget(ctx, tx.Now.Add(-keepEvents), slice)
		}),
		every("forget announcements", time.Hour, func(ctx context.Context, tx *store.Tx) (int64, error) {
			return tx.Announcements.Forget(ctx, tx.Now.Add(-keepEvents), slice)
		}),
		every("forget the following of orphaned works", time.Hour, func(ctx context.Context, tx *store.Tx) (int64, error) {
			return tx.Follows.Forget(ctx, slice)
		}),
		every("forget devices", time.Hour, func(ctx context.Context, tx *store.Tx) (int64, error) {
			return tx.Sessions.ForgetUnseen(ctx, tx.Now.Add(-limits.Session), slice)
		}),
		every("forget questions to passkeys", time.Hour, func(ctx context.Context, tx *store.Tx) (int64, error) {
			return tx.Passkeys.ForgetCeremonies(ctx, tx.Now, slice)
		}),
		every("forget half a sign-in", time.Hour, func(ctx context.Context, tx *store.Tx) (int64, error) {
			return tx.SecondSteps.ForgetEntries(ctx, tx.Now, slice)
		}),
		every("forget deeds", time.Hour, func(ctx context.Context, tx *store.Tx) (int64, error) {
			return tx.Deeds.Forget(ctx, tx.Now.Add(-keepDeeds), slice)
		}),
		every("forget links", time.Hour, func(ctx context.Context, tx *store.Tx) (int64, error) {
			return tx.Proofs.Forget(ctx, tx.Now.Add(-keepProofs), slice)
		}),
		every("forget devices that are known", time.Hour, func(ctx context.Context, tx *store.Tx) (int64, error) {
			return tx.Devices.Forget(ctx, tx.Now.Add(-keepDevices), slice)
		}),
		every("forget former names", time.Hour, func(ctx context.Context, tx *store.Tx) (int64, error) {
			return tx.Names.Forget(ctx, slice)
		}),
		every("give titles their place", time.Hour, func(ctx context.Context, tx *store.Tx) (int64, error) {
			return tx.Works.PlaceTitles(ctx, slice)
		}),
		every("give pen names their place", time.Hour, func(ctx context.Context, tx *store.Tx) (int64, error) {
			return tx.Accounts.PlaceNames(ctx, slice)
		}),
		every("trim the log", time.Hour, func(ctx context.Context, tx *store.Tx) (int64, error) {
			return tx.Log.Trim(ctx, tx.Now.Add(-keepEvents), slice)
		}),
	}
}

// inSlices forgets a slice at a time, until one is not full.
func inSlices(ctx context.Context, s *store.Store, forget func(ctx context.Context, tx *store.Tx) (int64, error)) error {
	for gone := int64(slice); gone == slice; {
		err := s.Write(ctx, func(tx *store.Tx) (err error) {
			gone, err = forget(ctx, tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

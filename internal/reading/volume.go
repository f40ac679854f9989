package reading

import (
	"context"
	"crypto/rand"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/media"
	"ficus/internal/store"
)

// AskForVolume asks for several works as one book; archive.ErrTooMany while
// another of the member's is being bound.
func (t *Tally) AskForVolume(ctx context.Context, v archive.Viewer, title, recipe string, works []int64) error {
	limits := archive.DefaultVolumes()
	return t.store.Write(ctx, func(tx *store.Tx) error {
		id, err := tx.Volumes.Add(ctx, archive.Volume{
			Account: v.Account, Title: title, Recipe: recipe, File: "volumes/" + strings.ToLower(rand.Text()) + ".epub", Until: tx.Now.Add(limits.Kept),
		}, works[:min(len(works), limits.Works)])
		if err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.VolumeAsked, Actor: v.Account, Subject: id})
		return nil
	})
}

// LeaveVolume gives up a book of several works that a member asked for: one
// that is being bound is bound no further, one that is ready goes with its file
// within the hour.
func (t *Tally) LeaveVolume(ctx context.Context, v archive.Viewer, id int64) error {
	return t.store.Write(ctx, func(tx *store.Tx) error {
		left, err := tx.Volumes.Leave(ctx, v.Account, id)
		if err == nil && !left {
			err = archive.ErrNotFound
		}
		if err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.VolumeLeft, Actor: v.Account, Subject: id})
		return nil
	})
}

// EndVolume says that a book of several works is ready with those that are in
// it, or why it was given up. False: its member left it meanwhile, or it has
// ended before.
func EndVolume(ctx context.Context, s *store.Store, v archive.Volume, works []archive.VolumeWork) (ended bool, err error) {
	err = s.Write(ctx, func(tx *store.Tx) error {
		v.Until = tx.Now.Add(archive.DefaultVolumes().Kept)
		if ended, err = tx.Volumes.End(ctx, v, works); err != nil || !ended {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.VolumeEnded, Actor: v.Account, Subject: v.ID})
		return nil
	})
	return ended, err
}

// ForgetVolumes forgets books of several works whose day is over, and their
// files.
func ForgetVolumes(ctx context.Context, s *store.Store, bucket media.Bucket) error {
	for {
		var past []archive.Volume
		err := s.Read(ctx, func(tx *store.Tx) (err error) {
			past, err = tx.Volumes.Past(ctx, 100)
			return err
		})
		if err != nil || len(past) == 0 {
			return err
		}
		for _, v := range past {
			if err := bucket.Delete(ctx, v.File); err != nil {
				return err
			}
			if err := s.Write(ctx, func(tx *store.Tx) error { return tx.Volumes.Drop(ctx, v.Account, v.ID) }); err != nil {
				return err
			}
		}
	}
}

package feedback

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Thanks is what became of kudos.
type Thanks struct {
	Fresh  bool  // left just now, not before
	Named  bool  // with the member's name beside them
	Parked bool  // counted when staff have looked at them
	Count  int64 // the work's, as it is shown
}

// Mark makes a mark for a guest's browser to keep, by which two guests of one
// house are told apart.
func (f *Feedback) Mark(ctx context.Context) (string, error) {
	key, err := f.guestKey(ctx)
	return archive.MarkGuest(key, rand.Text()[:16]), err
}

// Marks reports whether a mark is one of ours.
func (f *Feedback) Marks(ctx context.Context, mark string) (bool, error) {
	key, err := f.guestKey(ctx)
	return archive.ReadMark(key, mark) != "", err
}

func (f *Feedback) guestKey(ctx context.Context) (key string, err error) {
	err = f.store.Read(ctx, func(tx *store.Tx) error {
		key, err = tx.Settings.Find(ctx, archive.GuestKey)
		return err
	})
	if err != nil || key != "" {
		return key, err
	}
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		key, err = tx.Settings.Keep(ctx, archive.GuestKey, rand.Text())
		return err
	})
	return key, err
}

// LeaveKudos thanks a work's creators, once for each reader; a member may do it
// by name and change their mind about the name. One who may not see the work
// gets archive.ErrNotFound or archive.ErrSignIn; its creators, and who is
// blocked by one of them, archive.ErrForbidden; a guest in a flood of guests
// archive.ErrTooMany.
func (f *Feedback) LeaveKudos(ctx context.Context, v archive.Viewer, g archive.Guest, work int64, named bool) (thanks Thanks, err error) {
	if !v.IsMember() && g.Mark != "" {
		if _, err := f.guestKey(ctx); err != nil {
			return Thanks{}, err
		}
	}
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		thanks, err = f.leave(ctx, tx, v, g, work, named)
		return err
	})
	if err != nil && !errors.Is(err, archive.ErrNotFound) {
		err = fmt.Errorf("leave kudos for work %d: %w", work, err)
	}
	return thanks, err
}

func (f *Feedback) leave(ctx context.Context, tx *store.Tx, v archive.Viewer, g archive.Guest, work int64, named bool) (Thanks, error) {
	o, err := tx.Works.Open(ctx, v, work)
	switch {
	case err != nil:
		return Thanks{}, err
	case !o.Gate.Answer || o.Tie.Creator:
		return Thanks{}, archive.ErrForbidden
	}
	giving, err := givingOf(ctx, tx, v, g, o, named)
	if err != nil {
		return Thanks{}, err
	}
	thanks := Thanks{Named: named && v.IsMember(), Parked: giving.Parked, Count: o.Counts.Kudos}
	if thanks.Fresh, err = tx.Kudos.Add(ctx, giving); err != nil {
		return Thanks{}, err
	}
	kind := archive.KudosGiven
	switch {
	case thanks.Fresh && thanks.Parked:
		kind = archive.KudosParked
	case thanks.Fresh:
		thanks.Count++
	default:
		thanks.Parked = false
		if changed, err := tx.Kudos.Name(ctx, work, giving.Giver, giving.Named); err != nil || !changed {
			return thanks, err
		}
	}
	tx.Log.Record(archive.Event{Kind: kind, Actor: v.Account, Work: work})
	return thanks, nil
}

// givingOf is the kudos of one reader as they will be stored. Whose answers a
// creator does not take is not named on an anonymous work, now or later.
func givingOf(ctx context.Context, tx *store.Tx, v archive.Viewer, g archive.Guest, o store.Opened, named bool) (store.Giving, error) {
	giving := store.Giving{Work: o.ID, Account: v.Account, Named: named && v.IsMember() && !o.Tie.Blocked}
	var keys struct{ guest, day string }
	if !v.IsMember() {
		var err error
		if keys.guest, err = tx.Settings.Find(ctx, archive.GuestKey); err != nil {
			return giving, err
		}
		if keys.day, err = tx.Hits.DayKey(ctx, rand.Text()); err != nil {
			return giving, err
		}
		giving.House = archive.HouseOf(g, o.ID, keys.day)
	}
	giving.Giver = archive.GiverOf(v, g, o.ID, keys.guest, keys.day)
	if v.IsMember() {
		return giving, nil
	}
	before, err := tx.Kudos.Find(ctx, o.ID, giving.Giver)
	if err != nil || before.Left {
		return giving, err
	}
	giving.Parked, err = isBurst(ctx, tx, o.ID, giving.House)
	return giving, err
}

// isBurst reports whether more guests came than come by themselves; when even
// what is parked is too much it is archive.ErrTooMany.
func isBurst(ctx context.Context, tx *store.Tx, work int64, house string) (bool, error) {
	lately, err := tx.Kudos.Guests(ctx, work, tx.Now.Add(-archive.BurstWithin), "")
	if err != nil {
		return false, err
	}
	ofHouse, err := tx.Kudos.Guests(ctx, work, tx.Now.Add(-archive.KudosDay), house)
	if err != nil || (lately < archive.BurstOfWork && ofHouse < archive.BurstOfHouse) {
		return false, err
	}
	parked, err := tx.Kudos.Parked(ctx, work)
	if err == nil && parked >= archive.MostParked {
		err = archive.ErrTooMany
	}
	return true, err
}

// gatherSlice is how many works' kudos are gathered in one transaction.
const gatherSlice = 50

// GatherKudos takes the kudos that no creator was told of, works at a time, and
// says so in the log, once a day for each work. It tells how many works it
// were.
func (f *Feedback) GatherKudos(ctx context.Context) (works int, err error) {
	for {
		gathered := 0
		err := f.store.Write(ctx, func(tx *store.Tx) error {
			due, err := tx.Kudos.Untold(ctx, tx.Now.Add(-archive.KudosDay), gatherSlice)
			if err != nil {
				return err
			}
			for _, work := range due {
				n, err := tx.Kudos.Tell(ctx, work)
				if err != nil {
					return err
				}
				tx.Log.Record(archive.Event{Kind: archive.KudosGathered, Work: work, Subject: n})
			}
			gathered = len(due)
			return nil
		})
		works += gathered
		if err != nil || gathered < gatherSlice {
			return works, err
		}
	}
}

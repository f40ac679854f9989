package writing

import (
	"context"
	"errors"
	"slices"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// worksAtOnce is how many works of a deleted account go in one transaction,
// during which others wait to write.
const worksAtOnce = 20

// OrphanWork gives a posted work up and leaves it standing: under the orphan
// account, with the pen name kept or without, or with those who sign it too.
// For archive.Limits.Trash its writer can take it back; then nothing tells
// whose it was. A draft, which nobody would ever read, is archive.ErrForbidden.
func (w *Writing) OrphanWork(ctx context.Context, v archive.Viewer, id int64, fate archive.Fate) error {
	switch fate {
	case archive.FateKeepName, archive.FateNoName, archive.FateRemove:
	default:
		return archive.Problems{{Field: "fate", Rule: "choose"}}
	}
	return w.store.Write(ctx, func(tx *store.Tx) error {
		work, err := tx.Works.Hold(ctx, v, id)
		if err != nil {
			return err
		}
		if work.PostedAt.IsZero() || work.PostedAt.After(tx.Now) {
			return archive.ErrForbidden
		}
		if fate == archive.FateRemove && !isShared(work.Creators, v.Account) {
			return archive.Problems{{Field: "fate", Rule: "sole_creator"}}
		}
		return leave(ctx, tx, work, v.Account, fate, archive.Orphaning{Until: tx.Now.Add(w.limits.Trash)})
	})
}

// isShared reports whether others sign beside an account.
func isShared(byline []archive.Pseud, account int64) bool {
	return slices.ContainsFunc(byline, func(p archive.Pseud) bool { return p.Account != account })
}

// leave takes an account's pen names from a work and remembers them for a
// while. The rule never leaves nobody.
func leave(ctx context.Context, tx *store.Tx, work store.Opened, account int64, fate archive.Fate, how archive.Orphaning) error {
	left, kept, err := archive.Leave(work.Creators, account, fate, func(p archive.Pseud) (archive.Pseud, error) {
		if fate == archive.FateKeepName {
			return tx.Orphans.StandIn(ctx, p.Name)
		}
		return tx.Orphans.StandIn(ctx, "")
	})
	if err != nil || len(kept) == 0 {
		return err
	}
	if err := tx.Works.SetCreators(ctx, work.ID, left); err != nil {
		return err
	}
	for i := range kept {
		kept[i].Work, kept[i].WithAccount, kept[i].Until = work.ID, how.WithAccount, how.Until
	}
	if err := tx.Orphans.Keep(ctx, kept); err != nil {
		return err
	}
	tx.Log.Record(archive.Event{Kind: archive.WorkOrphaned, Work: work.ID})
	return tx.Works.RaiseRevision(ctx, work.ID)
}

// LeaveWorks does with the works of a deleted account what its owner chose, a
// slice at a time; a line of the table of jobs. It begins again where it was
// broken off, and ends at once when the account is back.
func (w *Writing) LeaveWorks(ctx context.Context, e archive.Event, job archive.Job) error {
	return w.inSlices(ctx, job, func(tx *store.Tx) (int, error) {
		if err := tx.Accounts.Hold(ctx, e.Subject); err != nil { // who comes back meanwhile waits, and finds what left
			return 0, err
		}
		deletion, err := tx.Deletions.Find(ctx, e.Subject)
		if errors.Is(err, archive.ErrNotFound) {
			return 0, nil
		}
		if err != nil {
			return 0, err
		}
		works, err := tx.Deletions.Works(ctx, e.Subject, worksAtOnce)
		for _, id := range works {
			if err := leaveWith(ctx, tx, deletion, id); err != nil {
				return 0, err
			}
		}
		return len(works), err
	})
}

// inSlices runs a slice after another until one finds nothing, and notes after
// each that the job moves on.
func (w *Writing) inSlices(ctx context.Context, job archive.Job, do func(*store.Tx) (int, error)) error {
	for done := 1; done > 0; {
		err := w.store.Write(ctx, func(tx *store.Tx) (err error) {
			if done, err = do(tx); err != nil || done == 0 {
				return err
			}
			return tx.Jobs.Progress(ctx, job.ID, job.Cursor+1)
		})
		if err != nil {
			return err
		}
		job.Cursor++
	}
	return nil
}

// leaveWith takes a deleted account from one work. What nobody else signs and
// nobody ever read goes with the account, whatever was chosen.
func leaveWith(ctx context.Context, tx *store.Tx, d archive.Deletion, id int64) error {
	if err := tx.Orphans.Hold(ctx, id); err != nil {
		return err
	}
	work, err := tx.Works.Open(ctx, archive.Viewer{Account: d.Account}, id)
	if err != nil {
		return err
	}
	how := archive.Orphaning{Account: d.Account, Work: id, WithAccount: true, Until: d.PurgeAt}
	if isShared(work.Creators, d.Account) {
		return leave(ctx, tx, work, d.Account, d.Shared, how)
	}
	unread := work.PostedAt.IsZero() || work.PostedAt.After(tx.Now)
	if d.Sole != archive.FateDelete && !unread {
		return leave(ctx, tx, work, d.Account, d.Sole, how)
	}
	if err := tx.Orphans.Keep(ctx, []archive.Orphaning{how}); err != nil {
		return err
	}
	tx.Log.Record(archive.Event{Kind: archive.WorkDeleted, Work: id, Data: map[string]string{"account": "deleted"}})
	return tx.Works.Delete(ctx, id, d.PurgeAt)
}

// ReturnWorks gives a returned account its works back, a slice at a time; a
// line of the table of jobs.
func (w *Writing) ReturnWorks(ctx context.Context, e archive.Event, job archive.Job) error {
	return w.inSlices(ctx, job, func(tx *store.Tx) (int, error) {
		if err := tx.Accounts.Hold(ctx, e.Subject); err != nil {
			return 0, err
		}
		gone, err := tx.Deletions.Has(ctx, e.Subject)
		if err != nil || gone {
			return 0, err
		}
		works, err := tx.Orphans.With(ctx, e.Subject, worksAtOnce)
		for _, id := range works {
			if err := takeBack(ctx, tx, e.Subject, id); err != nil {
				return 0, err
			}
		}
		return len(works), err
	})
}

// TakeBackWork gives a writer a work back that they orphaned;
// archive.ErrNotFound when it is not theirs to take, or too late.
func (w *Writing) TakeBackWork(ctx context.Context, v archive.Viewer, id int64) error {
	return w.store.Write(ctx, func(tx *store.Tx) error {
		kept, err := tx.Orphans.On(ctx, id)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(kept, func(o archive.Orphaning) bool {
			return o.Account == v.Account && !o.WithAccount && o.Until.After(tx.Now)
		}) {
			return archive.ErrNotFound
		}
		return takeBack(ctx, tx, v.Account, id)
	})
}

// takeBack has an account sign a work again as it did.
func takeBack(ctx context.Context, tx *store.Tx, account, id int64) error {
	if err := tx.Orphans.Hold(ctx, id); err != nil {
		return err
	}
	all, err := tx.Orphans.On(ctx, id)
	if err != nil {
		return err
	}
	kept, others := partOf(all, account)
	if err := tx.Orphans.Drop(ctx, account, id); err != nil || len(kept) == 0 {
		return err
	}
	if kept[0].Pseud == 0 {
		return undelete(ctx, tx, account, id)
	}
	if err := resign(ctx, tx, account, id, kept, others); err != nil {
		return err
	}
	for _, o := range kept {
		if other, needed := others[o.StandIn]; o.Made && needed {
			if err := tx.Orphans.PassOn(ctx, id, o.StandIn, other); err != nil {
				return err
			}
		}
	}
	tx.Log.Record(archive.Event{Kind: archive.WorkTakenBack, Work: id})
	return tx.Works.RaiseRevision(ctx, id)
}

// partOf gives what is remembered of one account on a work, and which stand-ins
// are needed by others who left it.
func partOf(all []archive.Orphaning, account int64) (kept []archive.Orphaning, others map[int64]int64) {
	others = map[int64]int64{}
	for _, o := range all {
		if o.Account == account {
			kept = append(kept, o)
		} else if o.StandIn != 0 {
			others[o.StandIn] = o.Account
		}
	}
	return kept, others
}

// resign puts the pen names of an account back where they stood.
func resign(ctx context.Context, tx *store.Tx, account, id int64, kept []archive.Orphaning, others map[int64]int64) error {
	byline, err := tx.Works.Creators(ctx, id)
	if err != nil {
		return err
	}
	pseuds, err := tx.Accounts.Pseuds(ctx, account)
	if err != nil {
		return err
	}
	own := map[int64]archive.Pseud{}
	for _, p := range pseuds {
		own[p.ID] = p
	}
	return tx.Works.SetCreators(ctx, id, archive.TakeBack(byline, kept, own, others))
}

// undelete brings back a work that was put away with its account.
func undelete(ctx context.Context, tx *store.Tx, account, id int64) error {
	err := tx.Works.Restore(ctx, id)
	if errors.Is(err, archive.ErrNotFound) {
		return nil // it was brought back already
	}
	tx.Log.Record(archive.Event{Kind: archive.WorkRestored, Actor: account, Work: id})
	return err
}

// ForgetManuscripts forgets what deleted accounts brought, once their time is
// over: the originals and then the rows, one at a time.
func (w *Writing) ForgetManuscripts(ctx context.Context) error {
	for after := int64(0); ; {
		account, key, err := w.nextManuscript(ctx, after)
		switch {
		case errors.Is(err, archive.ErrNotFound) && account == 0:
			return nil
		case errors.Is(err, archive.ErrNotFound):
			after = account
			continue
		case err != nil:
			return err
		}
		if err := w.bucket.Delete(ctx, key); err != nil {
			return err
		}
		err = w.store.Write(ctx, func(tx *store.Tx) error { return tx.Deletions.DropManuscripts(ctx, account, key) })
		if err != nil {
			return err
		}
	}
}

// nextManuscript gives an original of the first account after another whose
// time is over; archive.ErrNotFound with the account when it has none left, and
// without when there is no such account.
func (w *Writing) nextManuscript(ctx context.Context, after int64) (account int64, key string, err error) {
	err = w.store.Read(ctx, func(tx *store.Tx) error {
		due, err := tx.Deletions.NextDue(ctx, after)
		if err != nil {
			return err
		}
		account = due.Account
		ms, err := tx.Deletions.Manuscript(ctx, account)
		key = ms.Key
		return err
	})
	return account, key, err
}

// ForgetOrphanings forgets whose orphaned works were, once they cannot be taken
// back any more, and gives how many went.
func (w *Writing) ForgetOrphanings(ctx context.Context) (gone int64, err error) {
	const atOnce = 50
	for n := int64(atOnce); n == atOnce; gone += n {
		err := w.store.Write(ctx, func(tx *store.Tx) (err error) {
			n, err = tx.Orphans.Forget(ctx, atOnce)
			return err
		})
		if err != nil {
			return gone, err
		}
	}
	return gone, nil
}

// StillYours reports until when a member can take a work back; the zero time:
// it is not theirs to take.
func (w *Writing) StillYours(ctx context.Context, v archive.Viewer, id int64) (until time.Time, err error) {
	err = w.store.Read(ctx, func(tx *store.Tx) error {
		kept, err := tx.Orphans.On(ctx, id)
		for _, o := range kept {
			if o.Account == v.Account && !o.WithAccount && o.Until.After(tx.Now) {
				until = o.Until
			}
		}
		return err
	})
	return until, err
}

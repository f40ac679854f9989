package feedback

import (
	"context"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Follow lets the viewer be told of a work's new chapters, or of what a person
// posts under any of their pen names, or ends that. One's own, drafts and what
// nobody writes any more are archive.ErrForbidden; what the viewer may not know
// of is archive.ErrNotFound. What is so already stays so, and what is followed
// can be left whatever became of it.
func (f *Feedback) Follow(ctx context.Context, v archive.Viewer, of archive.Followed, on bool) error {
	if !v.IsMember() {
		return archive.ErrSignIn
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		change := tx.Follows.Drop
		if on {
			if err := mayFollow(ctx, tx, v, of); err != nil {
				return err
			}
			change = tx.Follows.Add
		}
		changed, err := change(ctx, v.Account, of)
		if err != nil || !changed {
			return err
		}
		event := archive.Event{Kind: archive.WorkFollowed, Actor: v.Account, Work: of.Work}
		if of.Person != 0 {
			event = archive.Event{Kind: archive.PersonFollowed, Actor: v.Account, Subject: of.Person}
		}
		tx.Log.Record(event)
		return nil
	})
}

// mayFollow holds a new follow to its bounds.
func mayFollow(ctx context.Context, tx *store.Tx, v archive.Viewer, of archive.Followed) error {
	check := personToFollow
	if of.Work != 0 {
		check = workToFollow
	}
	if err := check(ctx, tx, v, of); err != nil {
		return err
	}
	had, err := tx.Follows.Has(ctx, v.Account, of)
	if err != nil || had {
		return err
	}
	n, err := tx.Follows.Count(ctx, v.Account)
	if err == nil && n >= archive.MostFollows {
		return archive.Problems{{Field: "follow", Rule: "too_many_follows", Args: map[string]any{"Limit": archive.MostFollows}}}
	}
	return err
}

func workToFollow(ctx context.Context, tx *store.Tx, v archive.Viewer, of archive.Followed) error {
	o, err := tx.Works.Open(ctx, v, of.Work)
	if err == nil && !Followable(o) {
		err = archive.ErrForbidden
	}
	return err
}

// Followable reports whether a work that opens to a viewer is one to follow:
// posted, not their own, and written by somebody still, as far as they know.
func Followable(o store.Opened) bool {
	return !o.Tie.Creator && !o.PostedAt.IsZero() && o.DeletedAt.IsZero() &&
		(len(o.Creators) == 0 || slices.ContainsFunc(o.Creators, func(p archive.Pseud) bool { return p.Owner != archive.OrphanAccount }))
}

func personToFollow(ctx context.Context, tx *store.Tx, v archive.Viewer, of archive.Followed) error {
	gone, err := tx.Deletions.Has(ctx, of.Person)
	if err != nil {
		return err
	}
	if gone {
		return archive.ErrNotFound
	}
	person, err := tx.Accounts.Find(ctx, of.Person)
	if err == nil && (person.ID == v.Account || person.Name == archive.OrphanAccount) {
		err = archive.ErrForbidden
	}
	return err
}

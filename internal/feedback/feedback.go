// Package feedback is the verbs of answering: comments, kudos, and the say
// that people have over who answers them and whom they meet.
package feedback

import (
	"context"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Feedback does what readers do when they answer, and writers with answers.
type Feedback struct {
	store  *store.Store
	limits archive.Limits
	site   func() archive.Site
}

// New makes the verbs. Site gives what the owner decided about the archive, as
// it stands.
func New(s *store.Store, limits archive.Limits, site func() archive.Site) *Feedback {
	return &Feedback{store: s, limits: limits, site: site}
}

// Block keeps a person, with all their pen names, from answering the viewer's
// works and comments, or lets them again.
func (f *Feedback) Block(ctx context.Context, v archive.Viewer, person int64, on bool) error {
	change := store.Ties.Unblock
	if on {
		change = store.Ties.Block
	}
	return f.tie(ctx, v, person, archive.PersonBlocked, on, change)
}

// Mute keeps a person's signed works and comments out of the viewer's sight, or
// shows them again.
func (f *Feedback) Mute(ctx context.Context, v archive.Viewer, person int64, on bool) error {
	change := store.Ties.Unmute
	if on {
		change = store.Ties.Mute
	}
	return f.tie(ctx, v, person, archive.PersonMuted, on, change)
}

// tie changes what stands between the viewer and another person: one who is
// not there is archive.ErrNotFound, oneself archive.ErrForbidden. What is so
// already stays so.
func (f *Feedback) tie(ctx context.Context, v archive.Viewer, person int64, kind archive.EventKind, on bool,
	change func(store.Ties, context.Context, int64, int64) (bool, error),
) error {
	if !v.IsMember() || person == v.Account {
		return archive.ErrForbidden
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		other, err := tx.Accounts.Find(ctx, person)
		if err != nil {
			return err
		}
		if err := f.mayTie(ctx, tx, v, other, kind, on); err != nil {
			return err
		}
		changed, err := change(tx.Ties, ctx, v.Account, person)
		if err == nil && changed {
			tx.Log.Record(archive.Event{Kind: kind, Actor: v.Account, Subject: person})
		}
		return err
	})
}

// mayTie holds a new block or mute to its bounds: staff cannot be kept from
// answering, and there are so many and no more.
func (f *Feedback) mayTie(ctx context.Context, tx *store.Tx, v archive.Viewer, other archive.Account, kind archive.EventKind, on bool) error {
	if !on {
		return nil
	}
	if kind == archive.PersonBlocked && other.Staff {
		return archive.ErrForbidden
	}
	list := tx.Ties.Muted
	if kind == archive.PersonBlocked {
		list = tx.Ties.Blocked
	}
	people, err := list(ctx, v.Account)
	if err == nil && len(people) >= f.limits.People && !slices.ContainsFunc(people, func(t store.TiedTo) bool { return t.Account == other.ID }) {
		return archive.Problems{{Field: "person", Rule: "too_many_people", Args: map[string]any{"Limit": f.limits.People}}}
	}
	return err
}

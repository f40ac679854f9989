package feedback

import (
	"context"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// MuteThing keeps a tag with all it means, a work, or works whose writers are
// not named out of the viewer's lists, or shows them again. What is so already
// stays so; what the viewer may not know of is archive.ErrNotFound.
func (f *Feedback) MuteThing(ctx context.Context, v archive.Viewer, what archive.Muted, on bool) error {
	if !v.IsMember() {
		return archive.ErrForbidden
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		change := tx.Muted.Drop
		if on {
			change = tx.Muted.Add
			if err := f.mayMute(ctx, tx, v, what); err != nil {
				return err
			}
		}
		changed, err := change(ctx, v.Account, what)
		if err == nil && changed {
			tx.Log.Record(archive.Event{Kind: archive.ThingMuted, Actor: v.Account, Subject: what.Tag})
		}
		return err
	})
}

// mayMute holds a new mute to its bound, and to what the viewer may know of.
func (f *Feedback) mayMute(ctx context.Context, tx *store.Tx, v archive.Viewer, what archive.Muted) error {
	things, err := tx.Muted.Of(ctx, v)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(things, func(t store.MutedThing) bool { return t.Muted == what }) {
		return nil
	}
	if len(things) >= f.limits.Muted {
		return archive.Problems{{Field: "thing", Rule: "too_many_muted", Args: map[string]any{"Limit": f.limits.Muted}}}
	}
	if what.Tag > 0 {
		_, err = tx.Tags.Find(ctx, v, what.Tag)
	}
	if what.Work > 0 {
		_, err = tx.Works.Open(ctx, v, what.Work)
	}
	return err
}

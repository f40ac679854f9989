package moderation

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// HideComment hides a comment from readers, its words kept, or shows it again.
// Who said it, and staff, still read it.
func (m *Moderation) HideComment(ctx context.Context, v archive.Viewer, id int64, on bool, reason string) error {
	return m.acts(ctx, v, func(tx *store.Tx) (deed, error) {
		before, err := tx.Comments.Hold(ctx, id)
		if err != nil {
			return deed{}, err
		}
		if before.State == archive.CommentDeleted {
			return deed{}, archive.ErrNotFound
		}
		account, err := tx.Comments.Openly(ctx, id)
		if err != nil {
			return deed{}, err
		}
		act := archive.Act{Kind: archive.ActCommentHidden, Account: account, Work: before.Work, Subject: id, Reason: reason}
		after := before
		after.HiddenAt = tx.Now
		if !on {
			act.Kind, after.HiddenAt = archive.ActCommentShown, time.Time{}
		}
		if err := tx.Comments.Hide(ctx, id, after.HiddenAt); err != nil {
			return deed{}, err
		}
		event := archive.Event{Kind: archive.CommentVeiled, Work: before.Work, Chapter: before.Chapter, Subject: id}
		return deed{act, event}, tx.Comments.Settle(ctx, before, after)
	})
}

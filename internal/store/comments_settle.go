package store

import (
	"context"

	"ficus/internal/archive"
)

// saidOpenly: who said a comment, unless that is a secret of an anonymous work.
const saidOpenly = `SELECT COALESCE(c.account, 0) FROM comments c JOIN works w ON w.id = c.work WHERE c.id = $1 AND NOT (w.anonymous AND ` + isOfCreator + `)`

// Openly gives the account that said a comment, as far as staff may know
// without a reason; 0 for nobody.
func (c Comments) Openly(ctx context.Context, id int64) (int64, error) {
	found, err := all(ctx, c.conn, scanInt, saidOpenly, id)
	if err != nil || len(found) == 0 {
		return 0, err
	}
	return found[0], nil
}

// Settle counts what a change of one comment changes around it: the work's
// figure, and for each comment above whether its answers still keep its place.
// An erased comment without an answer left goes with its place.
func (c Comments) Settle(ctx context.Context, before, after archive.Comment) error {
	if by := step(before.IsPublic(), after.IsPublic()); by != 0 {
		if err := c.CountShown(ctx, after.Work, by); err != nil {
			return err
		}
	}
	by := step(before.Stands(), after.Stands())
	if by == 0 && after.State != archive.CommentDeleted {
		return nil
	}
	return c.settleAbove(ctx, after.Parent, by)
}

// settleAbove counts for a comment that so many more answers stand under it.
func (c Comments) settleAbove(ctx context.Context, id int64, by int) error {
	for id != 0 {
		before, err := c.Hold(ctx, id)
		if err != nil {
			return err
		}
		if err := c.CountAnswers(ctx, id, by); err != nil {
			return err
		}
		after := before
		after.Answers += by
		goes, err := c.outlived(ctx, after)
		if err != nil {
			return err
		}
		if goes {
			if err := c.Drop(ctx, id); err != nil {
				return err
			}
		}
		by = step(before.Stands(), after.Stands())
		if by == 0 && !goes {
			return nil
		}
		id = before.Parent
	}
	return nil
}

// outlived tells whether a comment is only the place of answers that are gone.
func (c Comments) outlived(ctx context.Context, m archive.Comment) (bool, error) {
	if m.State != archive.CommentDeleted || m.Answers > 0 {
		return false, nil
	}
	left, err := c.Children(ctx, m.ID)
	return left == 0, err
}

// step is what a count changes by when something begins or ceases to be.
func step(before, after bool) int {
	switch {
	case before && !after:
		return -1
	case after && !before:
		return 1
	}
	return 0
}

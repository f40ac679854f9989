package feedback

import (
	"context"
	"slices"
	"time"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/store"
)

// Judgement is what a writer or staff decide about a comment.
type Judgement string

// The judgements.
const (
	Approve Judgement = "approve"
	Spam    Judgement = "spam"
	Remove  Judgement = "delete"
)

// mostJudged bounds how many comments are judged at once.
const mostJudged = 100

// Judge approves comments, marks them as spam or takes them away, together or
// not at all: a comment that is not the viewer's to judge is
// archive.ErrNotFound when they do not read it, archive.ErrForbidden when they
// do. What was judged so before stays so.
func (f *Feedback) Judge(ctx context.Context, v archive.Viewer, j Judgement, ids ...int64) error {
	if len(ids) > mostJudged {
		return archive.Problems{{Field: "comment", Rule: "too_many", Args: map[string]any{"Limit": mostJudged, "Count": len(ids)}}}
	}
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return f.store.Write(ctx, func(tx *store.Tx) error {
		for _, id := range slices.Compact(ids) {
			if err := judge(ctx, tx, v, j, id); err != nil {
				return err
			}
		}
		return nil
	})
}

func judge(ctx context.Context, tx *store.Tx, v archive.Viewer, j Judgement, id int64) error {
	m, o, err := holdComment(ctx, tx, v, id)
	if err != nil {
		return err
	}
	switch j {
	case Remove:
		return remove(ctx, tx, v, o, m)
	case Approve:
		return approve(ctx, tx, v, o, m)
	case Spam:
		return markSpam(ctx, tx, v, o, m)
	}
	return archive.ErrNotFound
}

// holdComment is openComment for who will change it.
func holdComment(ctx context.Context, tx *store.Tx, v archive.Viewer, id int64) (archive.Comment, store.Opened, error) {
	if _, err := tx.Comments.Hold(ctx, id); err != nil {
		return archive.Comment{}, store.Opened{}, err
	}
	return openComment(ctx, tx, v, id)
}

// DeleteComment takes a comment away, for who said it, a creator of the work,
// or staff. While it is answered its place stays.
func (f *Feedback) DeleteComment(ctx context.Context, v archive.Viewer, id int64) error {
	return f.Judge(ctx, v, Remove, id)
}

// MayJudge reports whether the viewer may judge and freeze the comments of a
// work: its creators, and staff.
func MayJudge(v archive.Viewer, o store.Opened) bool {
	return o.Tie.Creator && o.Gate.Edit && !v.Suspended || v.Staff
}

func remove(ctx context.Context, tx *store.Tx, v archive.Viewer, o store.Opened, m archive.Comment) error {
	if !m.IsBy(v, "") && !MayJudge(v, o) {
		return archive.ErrForbidden
	}
	if err := note(ctx, tx, v, o, m, archive.ActCommentRemoved); err != nil {
		return err
	}
	return takeOut(ctx, tx, v, m)
}

// takeOut erases a comment that is answered, and drops one that is not.
func takeOut(ctx context.Context, tx *store.Tx, v archive.Viewer, m archive.Comment) error {
	left, err := tx.Comments.Children(ctx, m.ID)
	if err != nil {
		return err
	}
	gone := m
	gone.State, gone.Answers = archive.CommentDeleted, m.Answers
	if left > 0 {
		err = tx.Comments.Erase(ctx, m.ID)
	} else {
		err = tx.Comments.Drop(ctx, m.ID)
	}
	if err != nil {
		return err
	}
	record(tx, archive.CommentRemoved, v, gone)
	return tx.Comments.Settle(ctx, m, gone)
}

func approve(ctx context.Context, tx *store.Tx, v archive.Viewer, o store.Opened, m archive.Comment) error {
	switch {
	case m.State == archive.CommentShown:
		return nil
	case m.State == archive.CommentDeleted:
		return archive.ErrNotFound
	case m.State == archive.CommentForStaff && !v.Staff, !MayJudge(v, o), m.State == archive.CommentWaiting && !o.Tie.Creator:
		return archive.ErrForbidden
	}
	before, kind := m, archive.CommentApproved
	m.State = archive.CommentShown
	if !o.Tie.Creator && (o.HoldsComments() || m.Account == 0) { // what staff let pass is still the writer's to approve
		m.State, kind = archive.CommentWaiting, archive.CommentHeld
	}
	moved, err := tx.Comments.Move(ctx, m.ID, before.State, m.State)
	if err != nil || !moved {
		return err
	}
	if err := note(ctx, tx, v, o, m, archive.ActCommentApproved); err != nil {
		return err
	}
	record(tx, kind, v, m)
	if err := tx.Threads.LearnWords(ctx, archive.Words(plain(m)), false); err != nil {
		return err
	}
	return tx.Comments.Settle(ctx, before, m)
}

func markSpam(ctx context.Context, tx *store.Tx, v archive.Viewer, o store.Opened, m archive.Comment) error {
	switch {
	case m.State == archive.CommentSpam:
		return nil
	case m.State == archive.CommentDeleted:
		return archive.ErrNotFound
	case !MayJudge(v, o) || m.IsBy(v, ""):
		return archive.ErrForbidden
	}
	before := m
	m.State = archive.CommentSpam
	moved, err := tx.Comments.Move(ctx, m.ID, before.State, m.State)
	if err != nil || !moved {
		return err
	}
	if err := note(ctx, tx, v, o, m, archive.ActCommentMarked); err != nil {
		return err
	}
	record(tx, archive.CommentMarked, v, m)
	if err := tx.Threads.LearnWords(ctx, archive.Words(plain(m)), true); err != nil {
		return err
	}
	return tx.Comments.Settle(ctx, before, m)
}

// note keeps what staff do with what is not their own, nor on their own work.
func note(ctx context.Context, tx *store.Tx, v archive.Viewer, o store.Opened, m archive.Comment, kind archive.ActKind) error {
	if !v.Staff || o.Tie.Creator || m.IsBy(v, "") {
		return nil
	}
	account, err := tx.Comments.Openly(ctx, m.ID)
	if err == nil {
		_, err = tx.Acts.Add(ctx, archive.Act{Staff: v.Account, Kind: kind, Account: account, Work: m.Work, Subject: m.ID})
	}
	return err
}

func plain(m archive.Comment) string { return prose.ReadStored(m.Body).Text(0) }

// Freeze lets a thread take no answers and no edits, or lets it again; for a
// creator of the work, and staff.
func (f *Feedback) Freeze(ctx context.Context, v archive.Viewer, id int64, on bool) error {
	return f.store.Write(ctx, func(tx *store.Tx) error {
		m, o, err := holdComment(ctx, tx, v, id)
		switch {
		case err != nil:
			return err
		case !MayJudge(v, o):
			return archive.ErrForbidden
		case m.Thread != 0:
			return archive.ErrNotFound // a thread is frozen where it begins
		case on == !m.FrozenAt.IsZero():
			return nil
		}
		at, kind := tx.Now, archive.ActThreadFrozen
		if !on {
			at, kind = time.Time{}, archive.ActThreadThawed
		}
		if err := note(ctx, tx, v, o, m, kind); err != nil {
			return err
		}
		record(tx, archive.ThreadFrozen, v, m)
		return tx.Comments.Freeze(ctx, id, at)
	})
}

// Pin puts a thread before the others of its work, or back; for a creator of
// the work, a few at most.
func (f *Feedback) Pin(ctx context.Context, v archive.Viewer, id int64, on bool) error {
	return f.store.Write(ctx, func(tx *store.Tx) error {
		m, o, err := holdComment(ctx, tx, v, id)
		switch {
		case err != nil:
			return err
		case !o.Tie.Creator || !o.Gate.Edit:
			return archive.ErrForbidden
		case m.Thread != 0 || on && !m.IsPublic():
			return archive.ErrNotFound
		case on == !m.PinnedAt.IsZero():
			return nil
		}
		at := time.Time{}
		if on {
			at = tx.Now
			pinned, err := tx.Comments.Pinned(ctx, m.Work)
			if err != nil {
				return err
			}
			if int(pinned) >= f.limits.Pinned {
				return archive.Problems{{Field: "comment", Rule: "too_many_pinned", Args: map[string]any{"Limit": f.limits.Pinned}}}
			}
		}
		record(tx, archive.CommentPinned, v, m)
		return tx.Comments.Pin(ctx, id, at)
	})
}

// pauseFor is how long one press of the button lasts.
const pauseFor = 24 * time.Hour

// Pause lets nobody comment on anything the viewer signs for a day, or lets
// them again.
func (f *Feedback) Pause(ctx context.Context, v archive.Viewer, on bool) error {
	if !v.IsMember() {
		return archive.ErrForbidden
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		until := time.Time{}
		if on {
			until = tx.Now.Add(pauseFor)
		}
		works, err := tx.Threads.SignedBy(ctx, v.Account)
		if err != nil {
			return err
		}
		for _, work := range works {
			tx.Log.Record(archive.Event{Kind: archive.CommentsPaused, Actor: v.Account, Work: work})
		}
		return tx.Threads.Pause(ctx, v.Account, until)
	})
}

package feedback

import (
	"context"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/store"
)

// EditComment changes the words of the viewer's own comment while nobody has
// answered it and its thread is not frozen; afterwards it is
// archive.ErrForbidden. What the writer approved may wait again.
func (f *Feedback) EditComment(ctx context.Context, v archive.Viewer, id int64, text string) error {
	if !v.IsMember() {
		return archive.ErrForbidden
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		m, o, err := openComment(ctx, tx, v, id)
		if err != nil {
			return err
		}
		if err := f.mayEdit(ctx, tx, v, o, m); err != nil {
			return err
		}
		var problems archive.Problems
		isNew := v.IsNew(tx.Now, f.site().NewFor)
		body := f.remark(typedOf(text), isNew, &problems)
		if err := problems.Err(); err != nil {
			return err
		}
		before := m
		if m.Body = body.HTML(); m.Body == before.Body {
			return nil
		}
		m.State = m.EditedState(o.Work, o.Tie, isNew, prose.ReadStored(before.Body).Text(0), body.Text(0))
		m.Sum = sumOf(body)
		if m.State == archive.CommentShown { // new people's words are weighed again
			suspect, err := f.suspects(ctx, tx, v, o, m)
			if err != nil {
				return err
			}
			if suspect {
				m.State = archive.CommentSuspect
			}
		}
		m.Sum += "/" + strconv.FormatInt(id, 10) // no other comment is this one
		if err := tx.Comments.Edit(ctx, m, before.State); err != nil {
			return err
		}
		record(tx, archive.CommentEdited, v, m)
		return tx.Comments.Settle(ctx, before, m)
	})
}

// Editable gives the viewer's own comment as it is typed, or says why it can no
// longer be changed, as EditComment does.
func (f *Feedback) Editable(ctx context.Context, tx *store.Tx, v archive.Viewer, id int64) (store.Opened, archive.Comment, error) {
	m, o, err := openComment(ctx, tx, v, id)
	if err != nil {
		return o, m, err
	}
	if err := f.mayEdit(ctx, tx, v, o, m); err != nil {
		return o, m, err
	}
	m.Body = prose.ReadStored(m.Body).Editable()
	return o, m, nil
}

// openComment gives a comment the viewer reads, with its work.
func openComment(ctx context.Context, tx *store.Tx, v archive.Viewer, id int64) (archive.Comment, store.Opened, error) {
	m, err := tx.Comments.Find(ctx, id)
	if err != nil {
		return m, store.Opened{}, err
	}
	o, err := tx.Works.Open(ctx, v, m.Work)
	if err != nil {
		return m, o, archive.ErrNotFound // whose work it is, is not said
	}
	if !m.SeenBy(v, o.Tie.Creator, "") {
		return m, o, archive.ErrNotFound
	}
	return m, o, nil
}

// mayEdit holds to who may change a comment: who said it, while they may still
// answer the work, until it is answered, hidden or frozen.
func (f *Feedback) mayEdit(ctx context.Context, tx *store.Tx, v archive.Viewer, o store.Opened, m archive.Comment) error {
	if !m.IsBy(v, "") || m.Answers > 0 || !m.HiddenAt.IsZero() {
		return archive.ErrForbidden
	}
	paused, err := tx.Threads.PausedOn(ctx, o.ID)
	if err != nil {
		return err
	}
	switch archive.CommentingOn(o.Work, o.Gate, o.Tie, v, f.site(), !paused.IsZero()) {
	case archive.CommentingUnasked, archive.CommentingPaused:
		return archive.ErrForbidden
	}
	frozen, err := isFrozen(ctx, tx, m)
	if err == nil && frozen {
		err = archive.ErrForbidden
	}
	return err
}

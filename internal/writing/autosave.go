package writing

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Autosave keeps what a form holds while it is being written. It is neither a
// draft nor a revision, records nothing, and is dropped when the form is saved;
// what arrives of a form that is saved already is old, and not kept.
func (w *Writing) Autosave(ctx context.Context, v archive.Viewer, form string, base int64, fields map[string][]string) error {
	if !v.IsMember() {
		return archive.ErrSignIn
	}
	return w.store.Write(ctx, func(tx *store.Tx) error {
		if sent := fields["form_id"]; len(sent) > 0 {
			if _, saved, err := tx.Deeds.Done(ctx, v.Account, sent[0]); err != nil || saved {
				return err
			}
		}
		return tx.Autosaves.Set(ctx, archive.Autosave{Account: v.Account, Form: form, Base: base, Fields: fields})
	})
}

// ThrowAway drops what a form held, at its writer's word.
func (w *Writing) ThrowAway(ctx context.Context, v archive.Viewer, form string) error {
	return w.store.Write(ctx, func(tx *store.Tx) error { return tx.Autosaves.Drop(ctx, v.Account, form) })
}

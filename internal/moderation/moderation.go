// Package moderation is the verbs of staff: settings, cases, what is hidden and
// who may write. Every act is kept with who did it and why.
package moderation

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Moderation does what staff do.
type Moderation struct {
	store  *store.Store
	limits archive.Limits
}

// New makes the verbs.
func New(s *store.Store, limits archive.Limits) *Moderation {
	return &Moderation{store: s, limits: limits}
}

// acts runs a verb of staff in one transaction and keeps it among the acts;
// for anybody else there is no such thing.
func (m *Moderation) acts(ctx context.Context, v archive.Viewer, do func(*store.Tx) (archive.Act, error)) error {
	if !v.Staff {
		return archive.ErrNotFound
	}
	return m.store.Write(ctx, func(tx *store.Tx) error {
		act, err := do(tx)
		if err != nil {
			return err
		}
		act.Staff = v.Account
		return tx.Acts.Add(ctx, act)
	})
}

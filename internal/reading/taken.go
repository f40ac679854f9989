package reading

import (
	"context"
	"maps"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// taking is a member who takes a work with them.
type taking struct{ account, work int64 }

// Took notes that a member takes works with them as they stand at an instant.
func (t *Tally) Took(v archive.Viewer, work int64, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if v.IsMember() && len(t.taken) < mostVisits {
		t.taken[taking{v.Account, work}] = at
	}
}

// ForgetTaken forgets that a member ever took a work with them.
func (t *Tally) ForgetTaken(ctx context.Context, v archive.Viewer, work int64) error {
	t.mu.Lock()
	delete(t.taken, taking{v.Account, work})
	t.mu.Unlock()
	return t.store.Write(ctx, func(tx *store.Tx) error { return tx.Downloads.Forget(ctx, v.Account, work) })
}

// flushTaken writes down who took what with them.
func (t *Tally) flushTaken(ctx context.Context) {
	t.mu.Lock()
	taken := maps.Clone(t.taken)
	clear(t.taken)
	t.mu.Unlock()
	if len(taken) == 0 {
		return
	}
	err := t.store.Write(ctx, func(tx *store.Tx) error {
		for who, at := range taken {
			if err := tx.Downloads.Note(ctx, who.account, at, who.work); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.log.Warn("what members took with them was not noted", "count", len(taken), "error", err)
	}
}

package reading

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
)

// SubscribeFilter has the viewer told of works that come into the list of a
// filter of theirs. What stands there now they are never told of.
func (m *Memory) SubscribeFilter(ctx context.Context, v archive.Viewer, id int64) error {
	var f archive.SavedFilter
	err := m.store.Read(ctx, func(tx *store.Tx) (err error) {
		f, err = tx.Filters.Find(ctx, v.Account, id)
		return err
	})
	if err != nil || f.IsSubscribed() {
		return err
	}
	known, err := m.standsIn(ctx, f)
	if err != nil {
		return err
	}
	return m.onFilter(ctx, v, id, func(tx *store.Tx, now archive.SavedFilter) error {
		if now.IsSubscribed() { // in another tab
			return nil
		}
		return tx.Filters.Subscribe(ctx, v.Account, id, known)
	})
}

// UnsubscribeFilter ends that.
func (m *Memory) UnsubscribeFilter(ctx context.Context, v archive.Viewer, id int64) error {
	return m.onFilter(ctx, v, id, func(tx *store.Tx, _ archive.SavedFilter) error { return tx.Filters.Unsubscribe(ctx, v.Account, id) })
}

// standsIn lists the works in the list of a filter, as its member finds them;
// staff are told of no more than members.
func (m *Memory) standsIn(ctx context.Context, saved archive.SavedFilter) ([]int64, error) {
	f, err := catalog.ReadSaved(saved)
	if err != nil {
		return nil, err
	}
	return m.known.All(ctx, archive.Viewer{Account: saved.Account}, f)
}

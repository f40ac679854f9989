package reading

import (
	"context"
	"crypto/rand"
	"errors"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// SaveFilter keeps a filter under a name that the viewer has no other by, and
// gives its number.
func (m *Memory) SaveFilter(ctx context.Context, v archive.Viewer, once archive.Once, f archive.SavedFilter) (int64, error) {
	if !v.IsMember() {
		return 0, archive.ErrSignIn
	}
	f.Account, f.Name = v.Account, archive.CleanLine(f.Name)
	id, err := store.Once(ctx, m.store, v, once, func(tx *store.Tx) (int64, error) {
		if err := m.nameFits(ctx, tx, f); err != nil {
			return 0, err
		}
		had, err := tx.Filters.Count(ctx, v.Account)
		if err != nil {
			return 0, err
		}
		if had >= int64(m.limits.Filters) {
			return 0, archive.Problems{{Field: "filter_name", Rule: "too_many_filters", Args: map[string]any{"Limit": m.limits.Filters}}}
		}
		if err := hasPlace(ctx, tx, f); err != nil {
			return 0, err
		}
		id, err := tx.Filters.Add(ctx, f)
		tx.Log.Record(archive.Event{Kind: archive.FilterChanged, Actor: v.Account, Subject: id})
		return id, err
	})
	return id, m.takenMeanwhile(ctx, f, err)
}

// takenMeanwhile says so when another tab took the name at the same moment.
func (m *Memory) takenMeanwhile(ctx context.Context, f archive.SavedFilter, err error) error {
	if !errors.Is(err, archive.ErrConflict) {
		return err
	}
	failed := m.store.Read(ctx, func(tx *store.Tx) error { return m.nameFits(ctx, tx, f) })
	if failed != nil {
		return failed
	}
	return err
}

// nameFits holds the name of a filter to what a name may be.
func (m *Memory) nameFits(ctx context.Context, tx *store.Tx, f archive.SavedFilter) error {
	var problems archive.Problems
	archive.CheckFilterName(f.Name, m.limits, &problems)
	if err := problems.Err(); err != nil {
		return err
	}
	taken, err := tx.Filters.IsNamed(ctx, f.Account, f.Name, f.ID)
	if err == nil && taken {
		err = archive.Problems{{Field: "filter_name", Rule: "filter_taken", Args: map[string]any{"Value": f.Name}}}
	}
	return err
}

// hasPlace reports whether the person whose list a filter narrows is there;
// archive.ErrNotFound when they are not, or have no such pen name.
func hasPlace(ctx context.Context, tx *store.Tx, f archive.SavedFilter) error {
	if f.Person == 0 {
		return nil
	}
	gone, err := tx.Deletions.Has(ctx, f.Person)
	if err != nil {
		return err
	}
	if gone {
		return archive.ErrNotFound
	}
	pseuds, err := tx.Accounts.Pseuds(ctx, f.Person)
	if err != nil || f.Pseud == 0 {
		return err
	}
	for _, p := range pseuds {
		if p.ID == f.Pseud {
			return nil
		}
	}
	return archive.ErrNotFound
}

// ReplaceFilter has a filter of the viewer ask something else under the name it
// has. If they are told of works, they are not of those that stand in its new
// list.
func (m *Memory) ReplaceFilter(ctx context.Context, v archive.Viewer, f archive.SavedFilter) error {
	f.Account = v.Account
	known, err := m.standsIn(ctx, f)
	if err != nil {
		return err
	}
	return m.onFilter(ctx, v, f.ID, func(tx *store.Tx, had archive.SavedFilter) error {
		if err := hasPlace(ctx, tx, f); err != nil {
			return err
		}
		if err := tx.Filters.Change(ctx, f); err != nil || !had.IsSubscribed() {
			return err
		}
		return tx.Filters.Subscribe(ctx, v.Account, f.ID, known)
	})
}

// RenameFilter calls a filter otherwise.
func (m *Memory) RenameFilter(ctx context.Context, v archive.Viewer, id int64, name string) error {
	name = archive.CleanLine(name)
	err := m.onFilter(ctx, v, id, func(tx *store.Tx, f archive.SavedFilter) error {
		f.Name = name
		if err := m.nameFits(ctx, tx, f); err != nil {
			return err
		}
		return tx.Filters.Rename(ctx, v.Account, id, f.Name)
	})
	return m.takenMeanwhile(ctx, archive.SavedFilter{ID: id, Account: v.Account, Name: name}, err)
}

// ShareFilter lets whoever has its address open a filter. What is shared stays
// at the address it has.
func (m *Memory) ShareFilter(ctx context.Context, v archive.Viewer, id int64) error {
	return m.onFilter(ctx, v, id, func(tx *store.Tx, f archive.SavedFilter) error {
		if f.Token != "" {
			return nil
		}
		return tx.Filters.Share(ctx, v.Account, id, rand.Text())
	})
}

// KeepFilter makes a filter private again. Its address leads nowhere for good.
func (m *Memory) KeepFilter(ctx context.Context, v archive.Viewer, id int64) error {
	return m.onFilter(ctx, v, id, func(tx *store.Tx, _ archive.SavedFilter) error {
		return tx.Filters.Share(ctx, v.Account, id, "")
	})
}

// DropFilter deletes a filter.
func (m *Memory) DropFilter(ctx context.Context, v archive.Viewer, id int64) error {
	return m.onFilter(ctx, v, id, func(tx *store.Tx, _ archive.SavedFilter) error { return tx.Filters.Drop(ctx, v.Account, id) })
}

// onFilter does something with a filter of the viewer; archive.ErrNotFound when
// they have none such.
func (m *Memory) onFilter(ctx context.Context, v archive.Viewer, id int64, act func(*store.Tx, archive.SavedFilter) error) error {
	if !v.IsMember() {
		return archive.ErrSignIn
	}
	return m.store.Write(ctx, func(tx *store.Tx) error {
		f, err := tx.Filters.Find(ctx, v.Account, id)
		if err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.FilterChanged, Actor: v.Account, Subject: id})
		return act(tx, f)
	})
}

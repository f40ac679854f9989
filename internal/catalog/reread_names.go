package catalog

import (
	"context"
	"maps"
	"slices"

	"ficus/internal/catalog/index"
	"ficus/internal/store"
)

// rereadNames reads the pen names of accounts that changed some. None of the
// works they sign was changed for it, but those of a name that is no more: they
// are signed by another.
func (f *finder) rereadNames(ctx context.Context, tx *store.Tx, accounts map[int64]bool) error {
	for account := range accounts {
		known := f.index.Pseuds(account)
		if len(known) == 0 {
			continue // it signs nothing
		}
		pseuds, err := tx.Indexed.PseudsOf(ctx, account)
		if err != nil {
			return err
		}
		gone := map[int64]bool{}
		for _, id := range known {
			gone[id] = true
		}
		for _, p := range pseuds {
			delete(gone, p.ID)
		}
		f.index.Change(func(ch *index.Changes) {
			putPseuds(ch, slices.DeleteFunc(pseuds, func(p store.IndexedPseud) bool { return !slices.Contains(known, p.ID) }))
		})
		if err := f.forgetNames(ctx, tx, account, gone); err != nil {
			return err
		}
	}
	return nil
}

// forgetNames keeps nothing of pen names of an account that are no more, in the
// snapshot neither.
func (f *finder) forgetNames(ctx context.Context, tx *store.Tx, account int64, gone map[int64]bool) error {
	if len(gone) == 0 {
		return nil
	}
	works, err := tx.Indexed.SignedBy(ctx, account)
	if err != nil {
		return err
	}
	if err := f.rereadAll(ctx, tx, works); err != nil {
		return err
	}
	f.index.Change(func(ch *index.Changes) {
		for id := range gone {
			ch.RemovePseud(id)
		}
	})
	return nil
}

// newPseuds reads the pen names of works that the index has not met.
func (f *finder) newPseuds(ctx context.Context, tx *store.Tx, works []store.IndexedWork) ([]store.IndexedPseud, error) {
	unknown := map[int64]bool{}
	for _, w := range works {
		for _, pseud := range w.Pseuds {
			if !f.index.KnowsPseud(pseud) {
				unknown[pseud] = true
			}
		}
	}
	var pseuds []store.IndexedPseud
	for some := range slices.Chunk(slices.Sorted(maps.Keys(unknown)), slice) {
		read, err := tx.Indexed.Pseuds(ctx, some...)
		if err != nil {
			return nil, err
		}
		pseuds = append(pseuds, read...)
	}
	return pseuds, nil
}

func putPseuds(ch *index.Changes, pseuds []store.IndexedPseud) {
	for _, p := range pseuds {
		ch.PutPseud(pseudOf(p))
	}
}

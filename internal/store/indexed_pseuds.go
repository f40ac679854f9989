package store

import (
	"context"

	"ficus/internal/sqldb"
)

// IndexedPseud is a pen name with what its works are ordered by.
type IndexedPseud struct {
	ID      int64
	Account int64
	SortsAs string // its place among the others
}

const (
	indexedPseuds = `SELECT p.id, p.account, p.name, p.name_key FROM pseuds p`
	// Most members sign nothing.
	nextSigning = indexedPseuds + ` WHERE p.id > $1 AND EXISTS (SELECT 1 FROM work_creators wc WHERE wc.pseud = p.id) ORDER BY p.id LIMIT $2`
	somePseuds  = indexedPseuds + ` WHERE p.id IN `
	pseudsOfOne = indexedPseuds + ` WHERE p.account = $1 ORDER BY p.id`
)

// EachPseud calls with every pen name that signs a work, in the order of their
// numbers, while it is told true.
func (x Indexed) EachPseud(ctx context.Context, do func(IndexedPseud) bool) error {
	for last := int64(0); ; {
		pseuds, err := all(ctx, x.conn, scanIndexedPseud, nextSigning, last, indexSlice)
		if err != nil {
			return err
		}
		for _, p := range pseuds {
			if last = p.ID; !do(p) {
				return nil
			}
		}
		if len(pseuds) < indexSlice {
			return nil
		}
	}
}

// Pseuds gives some pen names; those that are no more are left out.
func (x Indexed) Pseuds(ctx context.Context, ids ...int64) ([]IndexedPseud, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return all(ctx, x.conn, scanIndexedPseud, somePseuds+`(`+list(1, len(ids))+`)`, anys(ids)...)
}

// PseudsOf gives the pen names of an account.
func (x Indexed) PseudsOf(ctx context.Context, account int64) ([]IndexedPseud, error) {
	return all(ctx, x.conn, scanIndexedPseud, pseudsOfOne, account)
}

// SignedBy lists the works of an account by their numbers, whatever their state.
func (x Indexed) SignedBy(ctx context.Context, account int64) ([]int64, error) {
	return all(ctx, x.conn, scanInt, worksOfOne, account)
}

func scanIndexedPseud(row sqldb.Scanner) (p IndexedPseud, err error) {
	var name string
	err = row.Scan(&p.ID, &p.Account, &name, &p.SortsAs)
	if p.SortsAs == "" { // not made yet, as after an older program
		p.SortsAs = nameKey(name)
	}
	return p, err
}

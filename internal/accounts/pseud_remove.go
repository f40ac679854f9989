package accounts

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// RemovePseud takes one of a member's pen names away. What was signed with it
// is signed with the account's own name, which cannot be taken away.
func (a *Accounts) RemovePseud(ctx context.Context, v archive.Viewer, id int64) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		gone, err := ownPseud(ctx, tx, v, id)
		if err != nil {
			return err
		}
		if gone.IsOwn() {
			return archive.Problems{{Field: "pseud", Rule: "pseud_is_account", Args: map[string]any{"Value": gone.Name}}}
		}
		pseuds, err := tx.Accounts.Pseuds(ctx, v.Account)
		if err != nil {
			return err
		}
		for _, own := range pseuds {
			if !own.IsOwn() {
				continue
			}
			tx.Log.Record(archive.Event{Kind: archive.NameChanged, Actor: v.Account, Subject: v.Account})
			if err := tx.Gifts.RenameRecipient(ctx, v.Account, gone.Name, own.Name); err != nil {
				return err
			}
			return tx.Accounts.RemovePseud(ctx, gone, own)
		}
		return archive.ErrNotFound
	})
}

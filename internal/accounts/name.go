package accounts

import (
	"context"
	"errors"

	"golang.org/x/text/unicode/norm"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Rename gives an account another name. The old one leads to it, and is nobody
// else's, for a year. The pen name that the account signs
// with under its own name is renamed with it, and every byline shows the new
// one.
func (a *Accounts) Rename(ctx context.Context, v archive.Viewer, name string) error {
	name = archive.CleanName(name)
	var problems archive.Problems
	archive.CheckAccountName(name, &problems)
	if err := problems.Err(); err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Accounts.Hold(ctx, v.Account); err != nil { // two renames at once are two renames
			return err
		}
		account, err := tx.Accounts.Find(ctx, v.Account)
		if err != nil || account.Name == name {
			return err
		}
		if err := a.mayRename(ctx, tx, account, name); err != nil {
			return err
		}
		err = errors.Join(tx.Names.Take(ctx, account.ID, name), tx.Accounts.Rename(ctx, account.ID, name))
		if errors.Is(err, archive.ErrConflict) {
			problems.Add("name", "name_taken", "Value", name)
			return problems
		}
		if err != nil {
			return err
		}
		if err := tx.Names.Leave(ctx, account.ID, account.Name, name, tx.Now.Add(archive.NameKept)); err != nil {
			return err
		}
		return renameOwn(ctx, tx, account, name)
	})
}

// mayRename refuses a name that the account has as a pen name already, and one
// more name than are kept for an account.
func (a *Accounts) mayRename(ctx context.Context, tx *store.Tx, account archive.Account, name string) error {
	var problems archive.Problems
	pseuds, err := tx.Accounts.Pseuds(ctx, account.ID)
	if err != nil {
		return err
	}
	for _, p := range pseuds {
		if !p.IsOwn() && archive.FoldName(p.Name) == archive.FoldName(name) {
			problems.Add("name", "name_is_pseud", "Value", p.Name)
		}
	}
	kept, err := tx.Names.CountFormer(ctx, account.ID)
	if err != nil {
		return err
	}
	holder, err := tx.Names.Holder(ctx, archive.FoldName(name))
	if err == nil && kept >= archive.FormerNames && holder != account.ID {
		problems.Add("name", "renamed_often", "Limit", archive.FormerNames)
	}
	return errors.Join(err, problems.Err())
}

// renameOwn has what bears an account's own name bear the new one: the pen name
// and the gifts. What the works' pages show follows by a job.
func renameOwn(ctx context.Context, tx *store.Tx, account archive.Account, name string) error {
	pseuds, err := tx.Accounts.Pseuds(ctx, account.ID)
	if err != nil {
		return err
	}
	for _, p := range pseuds {
		if archive.FoldName(p.Name) != archive.FoldName(account.Name) {
			continue
		}
		if err := tx.Accounts.RenamePseud(ctx, p, name); err != nil {
			return err
		}
	}
	tx.Log.Record(archive.Event{Kind: archive.NameChanged, Actor: account.ID, Subject: account.ID})
	return tx.Gifts.RenameRecipient(ctx, account.ID, account.Name, name)
}

// AddPseud makes a pen name for the account.
func (a *Accounts) AddPseud(ctx context.Context, v archive.Viewer, name string) error {
	name, err := checkPseud(name)
	if err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		var problems archive.Problems
		pseuds, err := tx.Accounts.Pseuds(ctx, v.Account)
		if err != nil {
			return err
		}
		if len(pseuds) >= a.limits.Pseuds {
			problems.Add("pseud", "too_many", "Limit", a.limits.Pseuds, "Count", len(pseuds)+1)
			return problems
		}
		if err := mayBeCalled(ctx, tx, v, name); err != nil {
			return err
		}
		if _, err := tx.Accounts.AddPseud(ctx, archive.Pseud{Account: v.Account, Name: name}); errors.Is(err, archive.ErrConflict) {
			problems.Add("pseud", "pseud_taken", "Value", name)
			return problems
		} else if err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.PseudAdded, Actor: v.Account, Subject: v.Account})
		return nil
	})
}

// RenamePseud gives one of a member's pen names another spelling; every byline
// with it shows that. The account's own name is changed by Rename.
func (a *Accounts) RenamePseud(ctx context.Context, v archive.Viewer, id int64, name string) error {
	name, err := checkPseud(name)
	if err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		var problems archive.Problems
		pseud, err := ownPseud(ctx, tx, v, id)
		switch {
		case err != nil:
			return err
		case pseud.IsOwn():
			problems.Add("pseud", "pseud_is_account", "Value", pseud.Name)
			return problems
		case pseud.Name == name:
			return nil
		}
		if err := mayBeCalled(ctx, tx, v, name); err != nil {
			return err
		}
		err = tx.Accounts.RenamePseud(ctx, pseud, name)
		if errors.Is(err, archive.ErrConflict) {
			problems.Add("pseud", "pseud_taken", "Value", name)
			return problems
		}
		tx.Log.Record(archive.Event{Kind: archive.NameChanged, Actor: v.Account, Subject: v.Account})
		return errors.Join(err, tx.Gifts.RenameRecipient(ctx, v.Account, pseud.Name, name))
	})
}

// MakeUsual makes a pen name the one a member signs with unless they say
// otherwise.
func (a *Accounts) MakeUsual(ctx context.Context, v archive.Viewer, id int64) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if _, err := ownPseud(ctx, tx, v, id); err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.AccountChanged, Actor: v.Account, Subject: v.Account})
		return tx.Accounts.MakeUsual(ctx, v.Account, id)
	})
}

// ownPseud gives a member's pen name; archive.ErrNotFound when it is another's.
func ownPseud(ctx context.Context, tx *store.Tx, v archive.Viewer, id int64) (archive.Pseud, error) {
	pseuds, err := tx.Accounts.Pseuds(ctx, v.Account)
	for _, p := range pseuds {
		if p.ID == id {
			return p, err
		}
	}
	return archive.Pseud{}, errors.Join(err, archive.ErrNotFound)
}

// checkPseud makes a pen name of what was typed. Letters in fancy dress (wide,
// mathematical, circled) become plain: they are read out letter by letter, and
// hide whom a name imitates.
func checkPseud(typed string) (name string, err error) {
	name = archive.CleanName(norm.NFKC.String(archive.CleanName(typed)))
	var problems archive.Problems
	archive.CheckPseudName(name, &problems)
	return name, problems.Err()
}

// mayBeCalled refuses a pen name that looks like the name of somebody else's
// account, now or until lately.
func mayBeCalled(ctx context.Context, tx *store.Tx, v archive.Viewer, pseud string) error {
	for _, look := range archive.Looks(pseud) {
		holder, err := tx.Names.Holder(ctx, look)
		if err != nil {
			return err
		}
		if holder != 0 && holder != v.Account {
			return archive.Problems{{Field: "pseud", Rule: "pseud_imitates", Args: map[string]any{"Value": pseud}}}
		}
	}
	return nil
}

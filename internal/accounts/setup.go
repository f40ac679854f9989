package accounts

import (
	"context"
	"crypto/rand"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// setUpSetting holds the fingerprint of the token of the owner's first page.
const setUpSetting = "set_up"

// OfferSetUp makes the token of the owner's first page, in place of one made
// before; empty when somebody runs the archive already.
func (a *Accounts) OfferSetUp(ctx context.Context) (token string, err error) {
	err = a.store.Write(ctx, func(tx *store.Tx) error {
		if open, err := canSetUp(ctx, tx); err != nil || !open {
			return err
		}
		token = rand.Text()
		return tx.Settings.Set(ctx, setUpSetting, fingerprint(token))
	})
	return token, err
}

// canSetUp reports whether nobody runs the archive yet.
func canSetUp(ctx context.Context, tx *store.Tx) (bool, error) {
	site, err := tx.Settings.Site(ctx, archive.Site{})
	if err != nil || site.SetUp {
		return false, err
	}
	staff, err := tx.Members.Staff(ctx)
	return staff == 0, err
}

// IsUnopened reports whether nobody runs the archive yet and a link to the
// owner's first page is out: until it is used, strangers wait.
func (a *Accounts) IsUnopened(ctx context.Context) (unopened bool, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		kept, err := tx.Settings.Find(ctx, setUpSetting)
		if err != nil || kept == "" {
			return err
		}
		unopened, err = canSetUp(ctx, tx)
		return err
	})
	return unopened, err
}

// MaySetUp answers archive.ErrNotFound unless a token opens the owner's first
// page: forged, used, and of an archive that somebody runs are one answer.
func (a *Accounts) MaySetUp(ctx context.Context, token string) error {
	return a.store.Read(ctx, func(tx *store.Tx) error {
		kept, err := tx.Settings.Find(ctx, setUpSetting)
		if err != nil {
			return err
		}
		open, err := canSetUp(ctx, tx)
		if err == nil && (!open || kept == "" || kept != fingerprint(token)) {
			return archive.ErrNotFound
		}
		return err
	})
}

// SetUp makes the first staff account and the archive its owner's, in one
// transaction, for the first who comes with the token. The rest of the problems
// of the form are said with those of the account.
func (a *Accounts) SetUp(ctx context.Context, token string, j Joining, site archive.Site, problems archive.Problems) (archive.Viewer, error) {
	if err := a.MaySetUp(ctx, token); err != nil {
		return archive.Viewer{}, err
	}
	site.SetUp, j.Staff = true, true
	site.Clean()
	site.Check(a.limits, &problems)
	return a.joinWith(ctx, j, problems, func(ctx context.Context, tx *store.Tx, account int64) error {
		if err := tx.Settings.Take(ctx, setUpSetting, fingerprint(token)); err != nil {
			return err
		}
		staff, err := tx.Members.Staff(ctx)
		if err != nil {
			return err
		}
		if staff != 1 { // somebody was made staff from the command line meanwhile
			return archive.ErrNotFound
		}
		tx.Log.Record(archive.Event{Kind: archive.SiteChanged, Actor: account})
		if _, err := tx.Acts.Add(ctx, archive.Act{Staff: account, Kind: archive.ActSetUp, About: site.Name}); err != nil {
			return err
		}
		return tx.Settings.SetSite(ctx, site)
	})
}

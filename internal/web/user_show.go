package web

import (
	"context"
	"errors"
	"net/http"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// creatorAddress is where a pen name is shown, under the account that bears
// it; the account's own name is its profile.
func creatorAddress(p archive.Pseud) string {
	if p.IsOwn() {
		return userAddress(p.Owner)
	}
	return pseudAddress(p.Owner, p.Name)
}

// showUser answers with a member's profile, or with one of their pen names.
// A name that is only a pen name leads to its account.
func (w *Web) showUser(r *Request) (Response, error) {
	revs := w.Catalog.Revs()
	var p page.ProfilePage
	filter := store.Filter{Page: r.pageNumber(), PerPage: worksOnList}
	address, moved := "", ""
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		account, to, err := findUser(ctx, tx, r.PathValue("name"), r.PathValue("pseud"))
		if moved = to; err != nil || moved != "" {
			return err
		}
		pseuds, err := tx.Accounts.Pseuds(ctx, account.ID)
		if err != nil {
			return err
		}
		p, filter.Accounts, address = page.ProfilePage{Name: account.Name, Joined: account.CreatedAt, Own: r.Viewer.Account == account.ID, Staff: account.Staff, URL: userAddress(account.Name)}, []int64{account.ID}, userAddress(account.Name)
		if name := r.PathValue("pseud"); name != "" {
			pseud, err := choosePseud(pseuds, name)
			if err != nil {
				return err
			}
			p.Name, filter.Pseud, address = pseud.Name, pseud.ID, pseudAddress(account.Name, pseud.Name)
		}
		if p.Orphans = account.Name == archive.OrphanAccount; !p.Orphans { // those are many people's
			p.Pseuds = pseudsShown(account, pseuds)
		}
		listed, err := tx.Lists.Page(ctx, r.Viewer, filter)
		p.Total, p.Blurbs = listed.Total, blurbs(listed.Blurbs)
		if err != nil {
			return err
		}
		return followPerson(ctx, tx, r, account, &p.Follow)
	})
	if err != nil {
		return Response{}, err
	}
	if moved != "" {
		return Response{To: moved, Status: http.StatusFound}, nil
	}
	if last := lastPage(filter, p.Total); filter.Page > last {
		return goTo(listAddress(address, filter.Sort, last, nil))
	}
	p.Together = together(r, p.Total, "user", r.PathValue("name"), "pseud", r.PathValue("pseud"))
	p.Shell = w.public(r, p.Name, listAddress(address, filter.Sort, filter.Page, nil))
	p.Pager = pager(filter, p.Total, address, nil)
	return Response{Page: p, Keep: keepList(revs)}, nil
}

// pseudsShown are the pen names of an account, when it has several.
func pseudsShown(account archive.Account, pseuds []archive.Pseud) (list []page.Person) {
	if len(pseuds) < 2 {
		return nil
	}
	for _, pseud := range pseuds {
		list = append(list, page.Person{Name: pseud.Name, URL: pseudAddress(account.Name, pseud.Name)})
	}
	return list
}

// findUser gives the account that has a name, or had it until lately, or the
// one account with a pen name spelt so; and, of a former name, where what was
// asked for is found now.
func findUser(ctx context.Context, tx *store.Tx, name, pseud string) (account archive.Account, moved string, err error) {
	account, err = tx.Accounts.FindPresent(ctx, name)
	switch {
	case err == nil && archive.FoldName(account.Name) == archive.FoldName(name):
		return account, "", nil
	case err == nil && (pseud == "" || archive.FoldName(pseud) == archive.FoldName(name)):
		return account, userAddress(account.Name), nil
	case err == nil:
		return account, pseudAddress(account.Name, pseud), nil
	case !errors.Is(err, archive.ErrNotFound):
		return account, "", err
	}
	id, err := tx.Accounts.Called(ctx, name)
	if err != nil {
		return account, "", err
	}
	if id == 0 {
		return account, "", archive.ErrNotFound
	}
	account, err = tx.Accounts.Find(ctx, id)
	return account, "", err
}

func choosePseud(pseuds []archive.Pseud, name string) (archive.Pseud, error) {
	for _, p := range pseuds {
		if archive.FoldName(p.Name) == archive.FoldName(name) {
			return p, nil
		}
	}
	return archive.Pseud{}, archive.ErrNotFound
}

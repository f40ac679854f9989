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

// writersList is what a person, or one of their pen names, signs. A name that
// is only a pen name leads to its account: moved says where.
func (w *Web) writersList(r *Request) (l listed, p page.ProfilePage, moved string, err error) {
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		account, to, err := findUser(ctx, tx, r.PathValue("name"), r.PathValue("pseud"))
		if moved = to; err != nil || moved != "" {
			return err
		}
		pseuds, err := tx.Accounts.Pseuds(ctx, account.ID)
		if err != nil {
			return err
		}
		p = page.ProfilePage{Name: account.Name, Joined: account.CreatedAt, Own: r.Viewer.Account == account.ID, Staff: account.Staff, URL: userAddress(account.Name)}
		l.of.Account, l.address = account.ID, p.URL
		if name := r.PathValue("pseud"); name != "" {
			pseud, err := choosePseud(pseuds, name)
			if err != nil {
				return err
			}
			p.Name, l.of.Pseud, l.address = pseud.Name, pseud.ID, pseudAddress(account.Name, pseud.Name)
		}
		if p.Orphans = account.Name == archive.OrphanAccount; !p.Orphans { // those are many people's
			p.Pseuds = pseudsShown(account, pseuds)
		}
		return followPerson(ctx, tx, r, account, &p.Follow)
	})
	l.page = page.ListPage{Shell: w.public(r, p.Name, l.address), Heading: p.Name}
	return l, p, moved, err
}

// showUser answers with a member's profile, or with one of their pen names.
func (w *Web) showUser(r *Request) (Response, error) {
	l, p, moved, err := w.writersList(r)
	if err != nil || moved != "" {
		return Response{To: moved, Status: movedStatus(moved)}, err
	}
	answer, err := w.list(r, l)
	shown, isList := answer.Page.(page.ListPage)
	if err != nil || !isList {
		return answer, err
	}
	p.Shell, p.Total, p.Blurbs, p.Pager, p.Empty, p.Muted, p.KeptOut = shown.Shell, shown.Total, shown.Blurbs, shown.Pager, shown.Empty, shown.Muted, shown.KeptOut
	if p.Total > 0 || len(shown.Filters.Applied) > 0 || len(shown.Filters.Errors) > 0 {
		p.Filters = shown.Filters
	}
	if len(shown.Filters.Applied) == 0 {
		p.Together = together(r, p.Total, "user", r.PathValue("name"), "pseud", r.PathValue("pseud"), "sort", r.FormValue("sort"), "rest", r.FormValue("rest"))
	}
	answer.Page = p
	return answer, nil
}

// filterUser answers with the form that narrows the works of a person.
func (w *Web) filterUser(r *Request) (Response, error) {
	l, _, moved, err := w.writersList(r)
	if err != nil || moved != "" {
		return Response{To: moved, Status: movedStatus(moved)}, err
	}
	return w.filter(r, l)
}

// movedStatus is that of a page which may come back to its address.
func movedStatus(to string) int {
	if to == "" {
		return 0
	}
	return http.StatusFound
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

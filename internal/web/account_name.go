package web

import (
	"context"
	"net/http"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// askForName asks for another name of the account.
func (w *Web) askForName(r *Request) (Response, error) { return show(w.namePage(r)) }

func (w *Web) namePage(r *Request) page.NamePage {
	p := page.NamePage{Shell: w.private(r, r.Words.T("name.title")), Name: r.Viewer.Name, Typed: r.Viewer.Name, Until: r.Now.Add(archive.NameKept)}
	p.Path = page.PathName
	return p
}

// rename gives the account another name.
func (w *Web) rename(r *Request) (Response, error) {
	typed := r.PostFormValue("name")
	problems, status, err := w.mendable(r, w.Accounts.Rename(r.Context(), r.Viewer, typed))
	if err != nil {
		return Response{}, err
	}
	if problems == nil {
		return goTo(page.PathAccount)
	}
	p := w.namePage(r)
	p.Typed, p.Errors = typed, page.ErrorsOf(p.Shell, problems)
	return Response{Status: status, Page: p}, nil
}

// showPseud answers with one of a member's pen names.
func (w *Web) showPseud(r *Request) (Response, error) {
	p, err := w.pseudPage(r)
	return Response{Page: p}, err
}

func (w *Web) pseudPage(r *Request) (page.PseudPage, error) {
	id, err := r.number("pseud")
	if err != nil {
		return page.PseudPage{}, err
	}
	p := page.PseudPage{Action: pseudForm(id)}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		pseuds, err := tx.Accounts.Pseuds(ctx, r.Viewer.Account)
		if err != nil {
			return err
		}
		for _, own := range pseuds {
			if own.ID != id {
				continue
			}
			listed, err := tx.Lists.Page(ctx, r.Viewer, store.Filter{Pseud: id, Page: 1, PerPage: 0})
			p.Person, p.Typed = page.Person{Name: own.Name, URL: creatorAddress(own)}, own.Name
			p.Own, p.Usual, p.Works = own.IsOwn(), own.IsDefault, listed.Total
			return err
		}
		return archive.ErrNotFound
	})
	p.Shell = w.private(r, p.Person.Name)
	p.Path = p.Action
	return p, err
}

// renamePseud gives a pen name another spelling.
func (w *Web) renamePseud(r *Request) (Response, error) {
	id, err := r.number("pseud")
	if err != nil {
		return Response{}, err
	}
	typed := r.PostFormValue("pseud")
	problems, status, err := w.mendable(r, w.Accounts.RenamePseud(r.Context(), r.Viewer, id, typed))
	if err != nil {
		return Response{}, err
	}
	if problems == nil {
		return goTo(page.PathAccount)
	}
	p, err := w.pseudPage(r)
	p.Typed, p.Errors = typed, page.ErrorsOf(p.Shell, problems)
	return Response{Status: status, Page: p}, err
}

// makeUsual makes a pen name the one the member signs with.
func (w *Web) makeUsual(r *Request) (Response, error) {
	id, err := r.number("pseud")
	if err != nil {
		return Response{}, err
	}
	if err := w.Accounts.MakeUsual(r.Context(), r.Viewer, id); err != nil {
		return Response{}, err
	}
	return Response{To: page.PathAccount, Status: http.StatusSeeOther}, nil
}

// askToRemovePseud asks whether a pen name shall go, and says what becomes of
// what was signed with it.
func (w *Web) askToRemovePseud(r *Request) (Response, error) {
	p, err := w.pseudPage(r)
	if err != nil {
		return Response{}, err
	}
	if p.Own {
		return goTo(p.Action)
	}
	return show(page.ConfirmPage{
		Shell: w.private(r, r.Words.T("pseud.remove_title")), Heading: r.Words.T("pseud.remove_heading", "Name", p.Person.Name),
		Sentences: []string{r.Words.T("pseud.remove_what", "Name", r.Viewer.Name)}, Action: p.Action + page.PathPseudRemove,
		Yes: r.Words.T("pseud.remove"), No: page.Link{Text: r.Words.T("delete.no"), URL: p.Action},
	})
}

// removePseud takes a pen name away.
func (w *Web) removePseud(r *Request) (Response, error) {
	id, err := r.number("pseud")
	if err != nil {
		return Response{}, err
	}
	if err := w.Accounts.RemovePseud(r.Context(), r.Viewer, id); err != nil {
		return Response{}, err
	}
	return goTo(page.PathAccount)
}

func pseudForm(id int64) string { return page.PathOnePseud + strconv.FormatInt(id, 10) }

package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// showAccount answers with the member's own account.
func (w *Web) showAccount(r *Request) (Response, error) {
	p, err := w.accountPage(r)
	return Response{Page: p}, err
}

func (w *Web) accountPage(r *Request) (page.AccountPage, error) {
	p := page.AccountPage{Shell: w.private(r, r.Words.T("account.title"))}
	prefs := r.Preferences
	p.Path = page.PathAccount // its forms are sent elsewhere
	p.Invites = w.Catalog.Site().Join == archive.JoinInvited && w.Catalog.Site().Invitations > 0
	p.KudosUnnamed = prefs.KudosUnnamed
	p.Name, p.Typed = r.Viewer.Name, r.PostForm.Get("pseud")
	p.DeviceNews = !prefs.NoDeviceNews
	p.Adult, p.Entire, p.TakesGifts = prefs.AdultShown, prefs.EntireWork, prefs.TakesGifts
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		account, err := tx.Accounts.Find(ctx, r.Viewer.Account)
		if err != nil {
			return err
		}
		p.Email, p.Proved = account.Email, account.Mail() != ""
		pseuds, err := tx.Accounts.Pseuds(ctx, r.Viewer.Account)
		if err != nil {
			return err
		}
		for _, pseud := range pseuds {
			listed, err := tx.Lists.Page(ctx, r.Viewer, store.Filter{Pseud: pseud.ID, Page: 1, PerPage: 0})
			if err != nil {
				return err
			}
			p.Pseuds = append(p.Pseuds, page.OwnPseud{Person: page.Person{Name: pseud.Name, URL: creatorAddress(pseud)}, Change: pseudForm(pseud.ID), Default: pseud.IsDefault, Works: listed.Total})
		}
		sessions, err := tx.Sessions.Of(ctx, r.Viewer.Account, w.sessionsSince(tx))
		for _, s := range sessions {
			p.Devices = append(p.Devices, page.Device{ID: strconv.FormatInt(s.ID, 10), Agent: s.Agent, Since: s.CreatedAt, Seen: s.SeenAt, This: s.ID == r.Session})
		}
		return err
	})
	return p, err
}

// refused shows the account page with what was wrong with one of its forms.
func (w *Web) refused(r *Request, err error) (Response, error) {
	var problems archive.Problems
	if !errors.As(err, &problems) {
		return Response{}, err
	}
	p, err := w.accountPage(r)
	p.Errors = page.ErrorsOf(p.Shell, problems)
	return Response{Status: http.StatusUnprocessableEntity, Page: p}, err
}

// addPseud makes a pen name.
func (w *Web) addPseud(r *Request) (Response, error) {
	if err := w.Accounts.AddPseud(r.Context(), r.Viewer, r.PostFormValue("pseud")); err != nil {
		return w.refused(r, err)
	}
	return goTo(page.PathAccount)
}

// changePassword sets a new password and signs other devices out.
func (w *Web) changePassword(r *Request) (Response, error) {
	if !w.guesses.Begin(r.Now, r.Client, r.Viewer.Name) {
		return w.refused(r, archive.Problems{{Field: "old_password", Rule: guessedTooOften}})
	}
	if err := w.Accounts.ChangePassword(r.Context(), r.Viewer, r.Session, r.PostFormValue("old_password"), r.PostFormValue("password")); err != nil {
		return w.refused(r, err)
	}
	w.guesses.End(r.Client, r.Viewer.Name)
	return goTo(page.PathAccount)
}

// signDeviceOut ends one device.
func (w *Web) signDeviceOut(r *Request) (Response, error) {
	id, err := strconv.ParseInt(r.PostFormValue("id"), 10, 64)
	if err != nil {
		return Response{}, archive.ErrNotFound
	}
	if id == r.Session {
		return w.signOut(r)
	}
	if err := w.Accounts.SignOut(r.Context(), r.Viewer, id); err != nil {
		return Response{}, err
	}
	return goTo(page.PathAccount)
}

// signOutEverywhere ends every device, this one too.
func (w *Web) signOutEverywhere(r *Request) (Response, error) {
	if err := w.Accounts.SignOutEverywhere(r.Context(), r.Viewer, 0); err != nil {
		return Response{}, err
	}
	return Response{To: page.PathSignIn, Cookies: []*http.Cookie{w.cookie(w.sessionName(), "", -1)}}, nil
}

// savePreferences keeps how the member likes the site.
func (w *Web) savePreferences(r *Request) (Response, error) {
	ticked := func(name string) bool { return r.PostFormValue(name) != "" }
	err := w.Accounts.Prefer(r.Context(), r.Viewer, func(p *archive.Preferences) {
		p.AdultShown, p.EntireWork, p.TakesGifts = ticked("adult_shown"), ticked("entire_work"), ticked("takes_gifts")
		p.KudosUnnamed = ticked("kudos_unnamed")
		p.NoDeviceNews = !ticked("device_news")
	})
	if err != nil {
		return Response{}, err
	}
	return goTo(page.PathAccount)
}

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
	p.Adult, p.Entire, p.Mail, p.TakesGifts = prefs.AdultShown, prefs.EntireWork, prefs.MailGifts, prefs.TakesGifts
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
	if !w.guesses.begin(r.Now, r.Client, r.Viewer.Name) {
		return w.refused(r, archive.Problems{{Field: "old_password", Rule: guessedTooOften}})
	}
	if err := w.Accounts.ChangePassword(r.Context(), r.Viewer, r.Session, r.PostFormValue("old_password"), r.PostFormValue("password")); err != nil {
		return w.refused(r, err)
	}
	w.guesses.end(r.Client, r.Viewer.Name)
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
		p.AdultShown, p.EntireWork, p.MailGifts, p.TakesGifts = ticked("adult_shown"), ticked("entire_work"), ticked("mail_gifts"), ticked("takes_gifts")
		p.KudosUnnamed = ticked("kudos_unnamed")
		p.NoDeviceNews = !ticked("device_news")
	})
	if err != nil {
		return Response{}, err
	}
	return goTo(page.PathAccount)
}

// noticesOnPage is how many notices one page of them holds.
const noticesOnPage = 30

// listNotices answers with what the member was told.
func (w *Web) listNotices(r *Request) (Response, error) {
	p := page.InboxPage{Shell: w.private(r, r.Words.T("inbox.title"))}
	f := store.Filter{Page: r.pageNumber(), PerPage: noticesOnPage}
	total := int64(0)
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		told, err := tx.Notices.Of(ctx, r.Viewer, f.PerPage, (f.Page-1)*f.PerPage)
		if err != nil {
			return err
		}
		for _, t := range told {
			p.Items = append(p.Items, notice(r, t))
		}
		total, err = tx.Notices.Count(ctx, r.Viewer.Account)
		return err
	})
	if last := lastPage(f, int(total)); err == nil && f.Page > last {
		return goTo(listAddress(page.PathInbox, f.Sort, last, nil))
	}
	p.Pager = pager(f, int(total), page.PathInbox, nil)
	return Response{Page: p}, err
}

// notice says one notice in words.
func notice(r *Request, t store.Told) page.InboxItem {
	item := page.InboxItem{At: t.At, Unread: t.ReadAt.IsZero()}
	switch t.Kind {
	case archive.NoticeGift:
		item.Text = r.Words.T("inbox.gift_gone")
		if t.Title != "" {
			item.Text = r.Words.T("inbox.gift", "Title", t.Title)
			item.Link = page.Link{Text: r.Words.T("inbox.read_it"), URL: workAddress(t.Work)}
		}
	case archive.NoticeProve:
		item.Text = r.Words.T("inbox.prove")
		item.Link = page.Link{Text: r.Words.T("email.title"), URL: page.PathEmail}
	case archive.NoticeDevice:
		item.Text = r.Words.T("inbox.device")
		item.Link = page.Link{Text: r.Words.T("account.devices"), URL: page.PathAccount + "#devices"}
	case archive.NoticePassword:
		item.Text = r.Words.T("inbox.password")
		item.Link = page.Link{Text: r.Words.T("inbox.account"), URL: page.PathAccount}
	case archive.NoticeStaff:
		item.Text = r.Words.T("inbox.staff")
		item.Link = page.Link{Text: r.Words.T("inbox.staff_read"), URL: page.PathFromStaff}
	case archive.NoticeCaseClosed:
		item.Text = r.Words.T("inbox.case_closed")
	case archive.NoticeWorkDeleted:
		item.Text = r.Words.T("inbox.deleted", "Title", t.Title)
		if t.Title != "" && !t.Standing.PurgeAt.IsZero() {
			item.Text = r.Words.T("inbox.deleted_until", "Title", t.Title, "Date", r.Words.Date(t.Standing.PurgeAt))
			item.Link = page.Link{Text: r.Words.T("inbox.bring_back"), URL: page.PathMyWorks}
		}
	default:
		item.Text = r.Words.Safety(t.Kind)
		item.Link = page.Link{Text: r.Words.T("inbox.account"), URL: page.PathAccount}
	}
	return item
}

// readNotices marks them all as looked at.
func (w *Web) readNotices(r *Request) (Response, error) {
	if err := w.Accounts.ReadNotices(r.Context(), r.Viewer); err != nil {
		return Response{}, err
	}
	return goTo(page.PathInbox)
}

package web

import (
	"net/http"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

// showSettings answers with how the reader's pages are set.
func (w *Web) showSettings(r *Request) (Response, error) {
	return show(page.SettingsPage{Shell: w.private(r, r.Words.T("settings.title")), To: cleanReturn(r.FormValue("to"))})
}

// saveSettings keeps them: a member's with the account, a guest's in a cookie.
func (w *Web) saveSettings(r *Request) (Response, error) {
	look := page.ReadLook(r.PostFormValue)
	to := cleanReturn(r.PostFormValue("to"))
	if !r.Viewer.IsMember() {
		return Response{To: to, Cookies: []*http.Cookie{w.lookCookie(look)}}, nil
	}
	err := w.Accounts.Prefer(r.Context(), r.Viewer, func(p *archive.Preferences) { p.Theme, p.Text = look.Theme, look.Text() })
	return Response{To: to}, err
}

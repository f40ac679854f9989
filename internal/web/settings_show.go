package web

import (
	"net/http"
	"slices"
	"time"

	"ficus/internal/archive"
	"ficus/internal/locale"
	"ficus/internal/web/page"
)

// showSettings answers with how the reader's pages are set.
func (w *Web) showSettings(r *Request) (Response, error) {
	return show(page.SettingsPage{
		Shell: w.private(r, r.Words.T("settings.title")), To: cleanReturn(r.FormValue("to")), Languages: w.words.Tags(), Language: w.wished(r),
	})
}

// saveSettings keeps them: a member's with the account, a guest's in a cookie.
func (w *Web) saveSettings(r *Request) (Response, error) {
	look := page.ReadLook(r.PostFormValue)
	language := w.spoken(r.PostFormValue("language"))
	to := cleanReturn(r.PostFormValue("to"))
	if !r.Viewer.IsMember() {
		return Response{To: to, Cookies: []*http.Cookie{w.lookCookie(look), w.languageCookie(language)}}, nil
	}
	err := w.Accounts.Prefer(r.Context(), r.Viewer, func(p *archive.Preferences) {
		p.Theme, p.Text, p.Language = look.Theme, look.Text(), language
	})
	return Response{To: to}, err
}

// spoken is a language the site speaks, or empty.
func (w *Web) spoken(tag string) string {
	if tag != "" && slices.Contains(w.words.Tags(), tag) {
		return tag
	}
	return ""
}

// wished is the language a reader chose; empty when they left it to the
// browser.
func (w *Web) wished(r *Request) string {
	if r.Viewer.IsMember() {
		return w.spoken(r.Preferences.Language)
	}
	return w.guestLanguage(r.Request)
}

// chosen says things in the language a reader chose, or in the one the browser
// asks for.
func (w *Web) chosen(tag, header string) locale.Printer {
	if tag != "" {
		return w.words.Printer(tag)
	}
	return w.printer(header)
}

// guestLanguage is the language a guest chose.
func (w *Web) guestLanguage(r *http.Request) string { return w.spoken(cookieValue(r, cookieLanguage)) }

func (w *Web) languageCookie(tag string) *http.Cookie {
	if tag == "" {
		return w.cookie(cookieLanguage, "", -1)
	}
	return w.cookie(cookieLanguage, tag, 365*24*time.Hour)
}

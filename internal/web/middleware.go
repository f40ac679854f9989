package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// requestKey is where a standard request carries ours.
type requestKey struct{}

// slow is how long an answer may take before the log says so.
const slow = 500 * time.Millisecond

// around puts what every request passes, in order: catch what breaks, the
// headers of safety, who asks and from where, what is kept, and no foreign
// forms.
func (w *Web) around(routes http.Handler) http.Handler {
	w.guarded = w.guardOrigin(routes)
	return http.HandlerFunc(func(to http.ResponseWriter, std *http.Request) {
		switch {
		case w.serveKept(to, std):
		case isComment(std):
			w.sayBehind(to, std)
		default:
			w.answer(to, std)
		}
	})
}

// answer is around but for what is kept.
func (w *Web) answer(to http.ResponseWriter, std *http.Request) {
	began := w.Clock.Now()
	r := &Request{Request: std, ID: rand.Text()[:10], Asked: std.URL.RequestURI(), Now: began}
	defer w.recover(to, r)
	secure(to.Header(), w.secure)
	if asset, found := w.assets[std.URL.Path]; found {
		name(to, routeAsset, r.ID)
		asset.serve(to, std)
		return
	}
	if err := w.introduce(r); err != nil {
		w.fail(to, r, err)
		return
	}
	asked := bookRewrite(std.WithContext(context.WithValue(std.Context(), requestKey{}, r)))
	defer func() { name(to, asked.Pattern, r.ID) }() // the mux notes it there
	w.guarded.ServeHTTP(to, asked)
	if took := w.Clock.Now().Sub(began); took > slow {
		path := w.notedSlow(began, std.URL.Path, took)
		w.Log.Warn("slow answer", "request", r.ID, "method", std.Method, "path", path, "took", took)
	}
}

// recover answers a panic with a safe page and tells the log the rest.
func (w *Web) recover(to http.ResponseWriter, r *Request) {
	if broke := recover(); broke != nil {
		if err, is := broke.(error); is && errors.Is(err, http.ErrAbortHandler) {
			panic(broke)
		}
		w.Log.Error("a request broke", "request", r.ID, "path", loggable(r.URL.Path), "panic", fmt.Sprint(broke), "stack", string(debug.Stack()))
		w.fail(to, r, errors.New("see the log"))
	}
}

func (w *Web) fail(to http.ResponseWriter, r *Request, err error) {
	if r.Words.Tag() == "und" {
		r.Words = w.printer(r.Header.Get("Accept-Language"))
	}
	if err := w.write(to, r, w.refuse(r, err)); err != nil && r.Context().Err() == nil { // or who asked is gone
		w.Log.Error("a failure could not be said", "request", r.ID, "error", err)
	}
}

// contentPolicy lets pages load from this site alone, and run no inline script.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// policyOf is the policy of a page on which something of another host may play
// when pressed; nil for all others.
func policyOf(p page.Page) []string {
	playing, is := p.(page.Playing)
	if !is || len(playing.Hosts()) == 0 {
		return nil
	}
	return []string{contentPolicy + "; frame-src " + strings.Join(playing.Hosts(), " ")}
}

func secure(h http.Header, https bool) {
	h["Content-Security-Policy"] = headerPolicy
	h["X-Content-Type-Options"] = headerNoSniff
	h["Referrer-Policy"] = headerReferrer
	h["Cross-Origin-Opener-Policy"] = headerSameOrigin
	if https {
		h["Strict-Transport-Security"] = headerStrict
	}
}

var (
	headerPolicy     = []string{contentPolicy}
	headerNoSniff    = []string{"nosniff"}
	headerReferrer   = []string{"same-origin"}
	headerSameOrigin = []string{"same-origin"}
	headerStrict     = []string{"max-age=31536000"}
)

// introduce finds out who asks, from where, and how they like their pages.
func (w *Web) introduce(r *Request) error {
	r.Client = w.client(r.Request)
	r.Words = w.chosen(w.guestLanguage(r.Request), r.Header.Get("Accept-Language"))
	r.AdultShown = cookieValue(r.Request, cookieAdult) == "yes"
	r.Look = guestLook(r.Request)
	if !utf8.ValidString(r.URL.Path) || strings.ContainsRune(r.URL.Path, 0) {
		return archive.ErrNotFound // no name or number is spelt so
	}
	secret := cookieValue(r.Request, w.sessionName())
	if secret == "" {
		return nil
	}
	seen, note, err := w.Accounts.Who(r.Context(), secret)
	if err != nil {
		return err
	}
	w.greet(r, seen)
	if note {
		w.Tally.InUse(seen.ID)
		if r.Method == http.MethodGet { // the browser keeps it as long from now as we do
			r.Fresh = []*http.Cookie{w.sessionCookie(secret)}
		}
	}
	if r.Viewer.IsMember() && !(isComment(r.Request) && w.Store.WritesWait()) { // nobody reads there what is not committed, and no other node writes
		w.Catalog.WaitFor(r.Context(), wrote(r.Request))
	}
	return nil
}

// greet makes a request a member's.
func (w *Web) greet(r *Request, seen store.Seen) {
	if !seen.Viewer.IsMember() {
		return
	}
	r.Viewer, r.Session, r.Preferences, r.Unread = seen.Viewer, seen.ID, seen.Preferences, seen.Unread
	r.Confirmed = seen.Confirmed(r.Now)
	r.AdultShown = r.AdultShown || r.Preferences.AdultShown
	r.Look = page.LookOf(r.Preferences.Theme, r.Preferences.Text)
	if tag := w.spoken(r.Preferences.Language); tag != "" {
		r.Words = w.words.Printer(tag)
	}
}

// client is the address the request came from.
func (w *Web) client(r *http.Request) netip.Addr {
	return archive.CallerAt(r.RemoteAddr, r.Header.Values("X-Forwarded-For"), w.site.Proxies)
}

// guardOrigin refuses forms that another site sent. The standard library reads
// Sec-Fetch-Site and Origin; no token is needed.
func (w *Web) guardOrigin(routes http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(to http.ResponseWriter, std *http.Request) {
		r := std.Context().Value(requestKey{}).(*Request)
		r.Request = std
		w.fail(to, r, archive.ErrForbidden)
	}))
	return guard.Handler(routes)
}

// bookRewrite turns /works/42.epub into /works/42/files/epub: ServeMux's
// wildcards are whole segments.
func bookRewrite(r *http.Request) *http.Request {
	rest, found := strings.CutPrefix(r.URL.Path, "/works/")
	if !found || strings.Contains(rest, "/") {
		return r
	}
	id, format, found := strings.Cut(rest, ".")
	if !found || id == "" || strings.Contains(format, ".") {
		return r
	}
	r.URL.Path = "/works/" + id + "/files/" + format
	return r
}

package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/testkit"
	"ficus/internal/web"
)

// Whoever reads here every week is not signed out half a year after signing in.
func TestTheBrowserKeepsASessionAsLongAsWeDo(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	renewed := func(a answer) *http.Cookie {
		for _, c := range (&http.Response{Header: a.header}).Cookies() {
			if c.Name == "ficus" {
				return c
			}
		}
		return nil
	}
	if c := renewed(ada.get("/works").expect(http.StatusOK)); c != nil {
		t.Errorf("a session that was just begun is renewed: %v", c)
	}
	w.Clock.Pass(7 * 24 * time.Hour)
	c := renewed(ada.get("/works").expect(http.StatusOK))
	if c == nil || c.Value != ada.cookie("ficus").Value {
		t.Fatalf("a week later the browser is given %v", c)
	}
	need(t, "how long it is kept", c.MaxAge, int(archive.DefaultLimits().Session.Seconds()))
	w.tally.Flush(t.Context())
	if c := renewed(ada.get("/works").expect(http.StatusOK)); c != nil {
		t.Errorf("it is renewed with every page: %v", c)
	}
}

// A form of a password that was sent too late waits like every other, but no
// page has a password in it.
func TestNoPageShowsAPassword(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	must(t, w.accounts.SignOutEverywhere(t.Context(), ada.viewer, 0))
	sent := form("old_password", password, "password", "a new and better one", "pseud", "kept")
	ada.post("/account/password", sent).expect(http.StatusUnauthorized).has("kept").lacks(password, "a new and better one")
}

func TestAProxyThatAddsALineOfItsOwnIsBelieved(t *testing.T) {
	w := openWorld(t, testkit.NewWorld(t, testkit.SQLite(t)), func(s *web.Site, _ *web.Rooms) { s.Proxies = prefixes("192.0.2.1/32") })
	ada := w.member("ada")
	work := w.posts(ada.viewer, fields("The Lamp Keepers"))
	for _, lie := range []string{"6.6.6.6", "7.7.7.7", "8.8.8.8"} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, workPath(work), nil) // from 192.0.2.1
		r.Header.Add("X-Forwarded-For", lie)
		r.Header.Add("X-Forwarded-For", "203.0.113.9")
		to := httptest.NewRecorder()
		w.pages.ServeHTTP(to, r)
		need(t, "the answer", to.Code, http.StatusOK)
	}
	need(t, "visitors from one address", w.hits(work), 1)
}

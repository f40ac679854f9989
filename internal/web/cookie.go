package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"ficus/internal/web/page"
)

// The cookies. Over https the session's name begins with __Host-, which
// browsers hold to this host alone; over plain http they would drop it.
const (
	cookieSession  = "ficus"
	cookieLook     = "ficus_look"     // a guest's settings: theme|text
	cookieLanguage = "ficus_language" // the language a guest chose
	cookieAdult    = "ficus_adult"    // asked once a session
	cookieWrote    = "ficus_wrote"    // the log position of this browser's last write
	cookieSaid     = "ficus_said"     // a guest's: by it they read their own held comments
)

func (w *Web) sessionName() string {
	if w.secure {
		return "__Host-" + cookieSession
	}
	return cookieSession
}

func (w *Web) cookie(name, value string, life time.Duration) *http.Cookie {
	c := &http.Cookie{Name: name, Value: value, Path: "/", HttpOnly: true, Secure: w.secure, SameSite: http.SameSiteLaxMode}
	switch {
	case life > 0:
		c.MaxAge = int(life.Seconds())
	case life < 0:
		c.MaxAge = -1
	}
	return c
}

func (w *Web) sessionCookie(secret string) *http.Cookie {
	return w.cookie(w.sessionName(), secret, w.Limits.Session)
}

func cookieValue(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// guestLook reads a guest's settings.
func guestLook(r *http.Request) page.Look {
	theme, text, _ := strings.Cut(cookieValue(r, cookieLook), ".")
	return page.LookOf(theme, text)
}

func (w *Web) lookCookie(l page.Look) *http.Cookie {
	return w.cookie(cookieLook, l.Theme+"."+l.Text(), 365*24*time.Hour)
}

// wrote is the log position this browser has seen, after which its pages must
// be.
func wrote(r *http.Request) int64 {
	n, _ := strconv.ParseInt(cookieValue(r, cookieWrote), 10, 64)
	return n
}

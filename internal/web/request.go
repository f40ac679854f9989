package web

import (
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"
	"unicode"

	"ficus/internal/archive"
	"ficus/internal/locale"
	"ficus/internal/web/page"
)

// Request is a request with who asks and how they like their pages.
type Request struct {
	*http.Request
	ID          string // for the log and for people to quote
	Asked       string // the address as the browser wrote it, with its query
	Viewer      archive.Viewer
	Session     int64
	Confirmed   bool // the member proved a short while ago who they are
	Preferences archive.Preferences
	Unread      int // notices, as far as store.CountedUnread
	Look        page.Look
	Words       locale.Printer
	Fresh       []*http.Cookie // of a session begun, or noted as in use, by this very request
	AdultShown  bool           // asked once, or by preference: no adult gate
	Now         time.Time
	Client      netip.Addr
	Again       *drawn // the kept page that is drawn again; nil: somebody asks
}

// number gives a number that stands in the address; archive.ErrNotFound when
// what stands there is none, or is spelt another way than we write it.
func (r *Request) number(name string) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue(name), 10, 64)
	if err != nil || n < 1 || strconv.FormatInt(n, 10) != r.PathValue(name) {
		return 0, archive.ErrNotFound
	}
	return n, nil
}

// pageNumber is which page of a list is asked for, from 1.
func (r *Request) pageNumber() int {
	n, err := strconv.Atoi(r.FormValue("page"))
	if err != nil || n < 1 || n > 100_000 {
		return 1
	}
	return n
}

// cleanReturn is an address of this site to go back to; anything else is the
// home page, so that nobody is led away.
func cleanReturn(to string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsRune(to, '\\') || strings.ContainsFunc(to, unicode.IsControl) {
		return page.PathHome
	}
	return to
}

// isNavigation reports whether a person opened the address as a page, which
// counts as a visit: no prefetch, no HEAD, no script.
func isNavigation(r *http.Request) bool {
	if r.Method != http.MethodGet || strings.Contains(r.Header.Get("Sec-Purpose"), "prefetch") || r.Header.Get("Purpose") == "prefetch" {
		return false
	}
	dest := r.Header.Get("Sec-Fetch-Dest")
	return dest == "" || dest == "document"
}

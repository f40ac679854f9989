package page

import (
	"net/url"
	"time"

	"ficus/internal/locale"
)

// The addresses of pages that are always at the same place. Addresses with an
// id in them come with the values.
const (
	PathHome      = "/"
	PathFandoms   = "/fandoms"
	PathWorks     = "/works"
	PathSearch    = "/search"
	PathAdvanced  = "/search/advanced"
	PathMenu      = "/menu"
	PathLook      = "/settings"
	PathSignUp    = "/sign-up"
	PathSignIn    = "/sign-in"
	PathSignOut   = "/sign-out"
	PathAccount   = "/account"
	PathInbox     = "/notices"
	PathMyWorks   = "/my-works"
	PathNewWork   = "/works/new"
	PathUpload    = "/works/new/upload"
	PathAutosave  = "/autosave"
	PathSuggest   = "/tags/suggest"
	PathWordCount = "/words"
	PathEditor    = "/editor"
	PathHeld      = "/my-works/waiting"
	PathPause     = "/account/pause"
)

// Shell is what every page has around its own part.
type Shell struct {
	Words       locale.Printer
	Site        string // the name of the archive
	Title       string // of this page; empty on the home page
	Description string // one plain sentence for those who link here, or empty
	Canonical   string // absolute address, empty for none
	Feeds       Feeds  // of the list it shows
	NoIndex     bool   // search engines should leave it
	Path        string // the address of this page, to come back to after signing in
	Look        Look
	Faces       string // the stylesheet of the typeface that readers may choose; empty: devices have it or not
	Editor      string // the script of the writer's editor; empty: this build has none, and the text box stands
	Viewer      Viewer
	Banner      string // what staff want everyone to know, one sentence
	Notices     []Notice
	Pages       []PaperLink // the archive's own, in the foot
	News        bool        // the archive has news
	Now         time.Time   // the moment of the request, in the reader's zone
}

// EndFeed is where the feed of a list stands, after the list's own address.
const EndFeed = "/feed"

// Feeds are the addresses of a list for programs; empty for none.
type Feeds struct{ Atom, JSON string }

// Viewer is who looks.
type Viewer struct {
	Name   string // empty for a guest
	URL    string // own profile
	Unread int    // notices not yet seen
	Staff  bool

	UnreadMore bool // there may be more of them

	Wrangler bool // sorts tags
}

// NewNotices says in brackets how many notices there are; beyond what is counted,
// that there are more.
func (s Shell) NewNotices() string {
	if s.Viewer.UnreadMore {
		return s.T("shell.unread_more", "Count", s.Words.Number(s.Viewer.Unread-1))
	}
	return s.N("shell.unread", s.Viewer.Unread)
}

// Guest tells whether nobody is signed in.
func (v Viewer) Guest() bool { return v.Name == "" }

// Notice says what just happened. It stands until closed or until the next
// page.
type Notice struct {
	Kind string // good, warn or bad; empty only informs
	Text string // one sentence
	Link Link   // what one may do about it, or empty
}

// T says a message: see locale.Printer.
func (s Shell) T(key string, args ...any) string { return s.Words.T(key, args...) }

// N says a counted message: see locale.Printer.
func (s Shell) N(key string, n int, args ...any) string { return s.Words.N(key, n, args...) }

// when says a moment: members read how long ago it was, guests the day, since
// their pages are kept.
func (s Shell) when(t time.Time) string {
	if s.Viewer.Guest() {
		return s.Words.Date(t)
	}
	return s.Words.Ago(t, s.Now)
}

func (s Shell) fullTitle() string {
	if s.Title == "" {
		return s.Site
	}
	return s.T("shell.title", "Title", s.Title, "Site", s.Site)
}

// signIn is the address to sign in at and come back from.
func (s Shell) signIn() string { return signInFrom(s.Path) }

// language is what the speakers of the page's language call it.
func (s Shell) language() string { return locale.LanguageName(s.Words.Tag()) }

func (s Shell) settings() string { return withReturn(PathLook, s.Path) }

func withReturn(path, to string) string { return carrying(path, "to", to) }

// signInFrom leads to signing in by one's own wish, and back. Who was sent to
// sign in comes with "to" instead, and is told why.
func signInFrom(from string) string { return carrying(PathSignIn, "from", from) }

func carrying(path, name, to string) string {
	if to == "" || to == PathHome {
		return path
	}
	return path + "?" + url.Values{name: {to}}.Encode()
}

// noticeWord is the word that stands beside the icon of a notice.
func (s Shell) noticeWord(kind string) string {
	switch kind {
	case "good":
		return s.T("notice.good")
	case "warn":
		return s.T("notice.warn")
	case "bad":
		return s.T("notice.bad")
	}
	return s.T("notice.plain")
}

// machine writes a time for the datetime attribute.
func machine(t time.Time) string { return t.Format("2006-01-02T15:04Z07:00") }

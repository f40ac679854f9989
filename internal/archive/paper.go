package archive

import (
	"slices"
	"strings"
	"time"

	"ficus/internal/pattern"
)

// Paper is a longer text in which the archive speaks for itself: a piece of
// news, or a page that stands (about, rules, privacy). Staff write it.
type Paper struct {
	ID        int64
	Kind      PaperKind
	Slug      string // of a page, in its address; empty for news
	Place     int    // of a page in the foot of every page, from 1; 0: not there
	Title     string
	Language  string // BCP 47
	Source    string // as it was typed
	Body      string // safe HTML
	Opening   string // its first words, plain
	Revision  int64  // how often it was saved
	CreatedAt time.Time
	UpdatedAt time.Time
	PostedAt  time.Time // zero: a draft
}

// IsDraft reports whether only staff read it.
func (p Paper) IsDraft() bool { return p.PostedAt.IsZero() }

// PaperKind says what a paper is.
type PaperKind string

// The kinds.
const (
	PaperNews PaperKind = "news"
	PaperPage PaperKind = "page"
)

// PaperFields is what staff say of a paper.
type PaperFields struct {
	Title    string
	Language string
	Slug     string // of a page
	Text     string // as typed
	InFooter bool   // a page stands in the foot of every page
}

// PaperSave is one save of a paper, kept for good.
type PaperSave struct {
	Paper    int64
	Number   int64 // the revision it made
	Staff    int64
	At       time.Time
	Title    string
	Language string
	Source   string
}

// The bounds of a paper.
const (
	longestPaper   = 100_000 // characters, as for the rules of a collection
	longestSlug    = 60
	longestOpening = 280
)

// pageSlug is what a page may be called in its address.
var pageSlug = pattern.New(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Clean tidies what staff typed. An address is typed in small letters, with
// hyphens for spaces.
func (f *PaperFields) Clean(kind PaperKind) {
	f.Title, f.Language = CleanLine(f.Title), CleanLine(f.Language)
	f.Text = CleanText(f.Text)
	f.Slug = strings.Join(strings.Fields(strings.ToLower(CleanLine(f.Slug))), "-")
	if kind != PaperPage {
		f.Slug, f.InFooter = "", false
	}
}

// Check notes everything that is wrong with a paper whose text came to so many
// characters.
func (f PaperFields) Check(kind PaperKind, l Limits, characters int, post bool, p *Problems) {
	if f.Title == "" {
		p.Add("title", "required")
	}
	checkLength("title", f.Title, l.Title, p)
	if !languageTag.MatchString(f.Language) {
		p.Add("language", "unknown", "Value", f.Language)
	}
	switch {
	case kind != PaperPage:
	case f.Slug == "":
		p.Add("slug", "required")
	case len(f.Slug) > longestSlug || !pageSlug.MatchString(f.Slug):
		p.Add("slug", "slug", "Limit", longestSlug)
	}
	if post && characters == 0 {
		p.Add("text", "required")
	}
	CheckLength("text", characters, longestPaper, p)
}

// OpeningOf is the first words of a text, cut at a word.
func OpeningOf(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	runes := []rune(text)
	if len(runes) <= longestOpening {
		return text
	}
	cut := string(runes[:longestOpening])
	if at := strings.LastIndex(cut, " "); at > longestOpening/2 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}

// The pages whose address says what they are: signing up leads to the first of
// the rules there is, and staff are offered a beginning of some.
const (
	SlugRules   = "rules"
	SlugTerms   = "terms"
	SlugPrivacy = "privacy"
)

// Front is what of the posted papers stands on other pages.
type Front struct {
	Footer []Paper // the pages in the foot, in their order; without their texts
	Rules  Paper   // the page of the rules; its ID is 0 when there is none
	News   Paper   // the newest; its ID is 0 when there is none
}

// FrontOf picks the front from the posted pages, without texts, and the newest
// news.
func FrontOf(pages []Paper, news Paper) Front {
	f := Front{News: news}
	for _, page := range pages {
		if page.Place > 0 {
			f.Footer = append(f.Footer, page)
		}
		if page.Slug == SlugRules || page.Slug == SlugTerms && f.Rules.ID == 0 {
			f.Rules = page
		}
	}
	slices.SortStableFunc(f.Footer, func(a, b Paper) int { return a.Place - b.Place })
	return f
}

// IsClosed reports whether who closed the news at an instant has the newest
// behind them.
func (f Front) IsClosed(closed time.Time) bool { return !f.News.PostedAt.After(closed) }

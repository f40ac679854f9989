package page

import (
	"context"
	"io"
	"strconv"

	"github.com/a-h/templ"

	"ficus/internal/locale"
)

// shape is one of our own drawings (LOOK.md §12), always beside a word.
type shape string

const (
	signGeneral   shape = `<circle cx="10" cy="10" r="7.5"/>`
	signTeen      shape = `<rect x="3" y="3" width="14" height="14" rx="3"/>`
	signMature    shape = `<path d="M10 1.8 18.2 10 10 18.2 1.8 10Z"/>`
	signExplicit  shape = `<path fill="currentColor" d="M6.3 2h7.4L18 6.3v7.4L13.7 18H6.3L2 13.7V6.3Z"/>`
	signNotRated  shape = `<circle cx="10" cy="10" r="7.5" stroke-dasharray="3 2.9"/>`
	signWarning   shape = `<path stroke-linejoin="round" d="M10 2.5 18.5 17h-17Z"/><path d="M10 7.5v4.6M10 13.6v1.6"/>`
	signNotSaying shape = `<path stroke-linejoin="round" d="M10 2.5 18.5 17h-17Z"/>`
	signMembers   shape = `<rect x="4" y="9" width="12" height="8" rx="2"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>`
	signLeaf      shape = `<path d="M10 18.5V8M10 13C5.5 13 3 9.5 3 3.5c5 .3 7 3.7 7 9.5ZM10 10c0-4.3 2.2-6.7 7-7 0 5-2.5 7-7 7Z"/>`
	signKudos     shape = `<path d="M10 17C4 12.5 2 9.8 2 7a4 4 0 0 1 8-1 4 4 0 0 1 8 1c0 2.8-2 5.5-8 10Z"/>`
	signDone      shape = `<path stroke-linejoin="round" d="m3.5 10.5 4.5 4.5 8.5-10"/>`
	signWord      shape = `<circle cx="10" cy="10" r="7.5"/><path d="M10 9v5.5M10 5.5v1.8"/>`
)

// draw writes the shape as an inline drawing that reading aloud skips. Size
// and stroke stand in attributes too, for pages without their stylesheet.
func (d shape) draw() templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, `<svg class="sign" viewBox="0 0 20 20" width="16" height="16" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true" focusable="false">`+string(d)+`</svg>`)
		return err
	})
}

// progressShape fills the bar by posted ÷ planned; with no plan its right half
// is dashed.
func progressShape(posted, planned int) shape {
	if planned == 0 {
		return `<path stroke-linejoin="round" d="M10 6H4a2 2 0 0 0-2 2v4a2 2 0 0 0 2 2h6"/><path stroke-dasharray="3 2.4" d="M11.5 6H16a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2h-4.5"/><rect fill="currentColor" stroke="none" x="2" y="6" width="8" height="8" rx="2"/>`
	}
	filled := strconv.FormatFloat(16*float64(min(posted, planned))/float64(planned), 'f', 1, 64)
	return shape(`<rect x="2" y="6" width="16" height="8" rx="2"/><rect fill="currentColor" stroke="none" x="2" y="6" width="` + filled + `" height="8" rx="2"/>`)
}

func noticeSign(kind string) shape {
	switch kind {
	case "good":
		return signDone
	case "warn", "bad":
		return signWarning
	}
	return signWord
}

// Signs is what a reader must know before opening a work.
type Signs struct {
	Rating     string   // "Not Rated", "General", "Teen", "Mature" or "Explicit"
	Warnings   []string // as in the database: "chose not to warn", "none apply", "graphic violence" …
	Categories []string // "F/F", "F/M", "M/M", "Gen", "Multi", "Other"
	Posted     int      // chapters posted
	Planned    int      // chapters planned, 0 when the writer does not know
}

// sign is a shape with its word, ready to show.
type sign struct {
	class string
	shape shape // empty for none
	word  string
}

var ratings = map[string]struct {
	class, key string
	shape      shape
}{
	"General":   {"r-general", "rating.general", signGeneral},
	"Teen":      {"r-teen", "rating.teen", signTeen},
	"Mature":    {"r-mature", "rating.mature", signMature},
	"Explicit":  {"r-explicit", "rating.explicit", signExplicit},
	"Not Rated": {"r-none", "rating.not_rated", signNotRated},
}

var warnings = map[string]struct {
	class, key string
	shape      shape
}{
	"chose not to warn":     {"", "warning.not_saying", signNotSaying},
	"none apply":            {"", "warning.none", ""},
	"graphic violence":      {"warned", "warning.violence", signWarning},
	"major character death": {"warned", "warning.death", signWarning},
	"rape/non-con":          {"warned", "warning.rape", signWarning},
	"underage sex":          {"warned", "warning.underage", signWarning},
}

// row lists the signs in the order LOOK.md §5 gives: rating, warnings,
// category, progress. An archive's own names for ratings and warnings are
// shown as they are.
func (g Signs) row(s Shell) []sign {
	list := []sign{ratingSign(s, g.Rating)}
	for _, name := range g.Warnings {
		list = append(list, warningSign(s, name))
	}
	for _, name := range g.Categories {
		list = append(list, sign{word: categoryWord(s, name)})
	}
	return append(list, g.progress(s))
}

func ratingSign(s Shell, name string) sign {
	r, known := ratings[name]
	if !known {
		return sign{"r-none", signNotRated, name}
	}
	return sign{r.class, r.shape, s.T(r.key)}
}

func warningSign(s Shell, name string) sign {
	w, known := warnings[name]
	if !known {
		return sign{"warned", signWarning, name}
	}
	return sign{w.class, w.shape, s.T(w.key)}
}

// SignWord is how a rating, warning or category is said; an archive's own name
// for one is said as it is.
func SignWord(words locale.Printer, name string) string {
	s := Shell{Words: words}
	if _, known := ratings[name]; known {
		return ratingSign(s, name).word
	}
	if _, known := warnings[name]; known {
		return warningSign(s, name).word
	}
	return categoryWord(s, name)
}

func categoryWord(s Shell, name string) string {
	switch name {
	case "Gen":
		return s.T("category.gen")
	case "Multi":
		return s.T("category.multi")
	case "Other":
		return s.T("category.other")
	}
	return name
}

func (g Signs) progress(s Shell) sign {
	p := sign{shape: progressShape(g.Posted, g.Planned)}
	switch {
	case g.Planned == 0:
		p.word = s.T("progress.open", "Posted", g.Posted)
	case g.Posted >= g.Planned:
		p.word = s.N("progress.complete", g.Posted)
	default:
		p.word = s.T("progress.going", "Posted", g.Posted, "Planned", g.Planned)
	}
	return p
}

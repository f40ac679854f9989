package book

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// ErrNoVoice is the answer to a Book that nobody said a voice for.
var ErrNoVoice = errors.New("a book needs a voice for the words that are not its writer's")

// Voice says the words of a book that are not its writer's, such as "Chapter 7"
// and "Notes", in one language; locale.Printer is one. Which it is follows from
// the work: readers expect one language from cover to end.
type Voice interface {
	Tag() string // the language, BCP 47
	Dir() string // "ltr" or "rtl"
	T(key string, args ...any) string
	Number(n int) string
	Date(t time.Time) string
}

// nameList sets several names in a line: "Mara, Pell and Ivo".
func nameList(v Voice, names []string) string {
	names = cleanLines(names)
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], v.T("list.comma")) + v.T("list.and") + names[n-1]
	}
}

// date sets a day as people write it, "3 May 2024", in UTC.
func date(v Voice, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return v.Date(t.UTC())
}

// speech is what an element says of the language of its words. The zero speech
// says nothing: they are in that of what stands around.
type speech struct{ language, direction string }

// String is the attributes of a page for it.
func (t speech) String() string {
	if t.language == "" {
		return ""
	}
	return ` xml:lang="` + t.language + `" lang="` + t.language + `" dir="` + t.direction + `"`
}

// XML is the attribute of a file that is no page.
func (t speech) XML() string {
	if t.language == "" {
		return ""
	}
	return ` xml:lang="` + t.language + `"`
}

// speechOf is what words of the voice say in a book of the language.
func speechOf(v Voice, language string) speech {
	if primary(v.Tag()) == primary(language) {
		return speech{}
	}
	return speech{v.Tag(), v.Dir()}
}

// oneVoice is the voice all works of a volume have, or else the other.
func oneVoice(of []Voice, otherwise Voice) Voice {
	if len(of) == 0 || slices.ContainsFunc(of, func(v Voice) bool { return v.Tag() != of[0].Tag() }) {
		return otherwise
	}
	return of[0]
}

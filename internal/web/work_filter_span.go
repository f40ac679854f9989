package web

import (
	"math"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
)

// twoEnded are the spans that have two fields of the form, and what stands
// between them in an address.
var twoEnded = []struct{ name, between string }{{"words", "-"}, {"fandoms", "-"}, {"updated", ".."}}

// sayTyped has what is said of a span be about what was typed.
func (n narrowing) sayTyped() {
	for _, p := range n.problems {
		for _, span := range twoEnded {
			if from, to := span.name+"_from", span.name+"_to"; p.Field == from && (n.typed.Has(from) || n.typed.Has(to)) {
				p.Args["Value"] = spanTyped(n.typed.Get(from), n.typed.Get(to), span.between)
			}
		}
	}
}

// spanTyped is what was typed into the two fields of a span: into one alone, only
// that, for nobody typed what stands between.
func spanTyped(from, to, between string) string {
	if from, to = archive.CleanLine(from), archive.CleanLine(to); from == "" || to == "" {
		return from + to
	}
	return from + between + to
}

// spanText says within which bounds a figure is asked for.
func spanText(r *Request, s store.Span) string {
	least, most := r.Words.Number(int(s.Least)), r.Words.Number(int(s.Most))
	switch {
	case s.Least == s.Most:
		return least
	case s.Most == math.MaxInt64:
		return least + "+"
	case s.Least <= 0:
		return "≤ " + most
	}
	return least + "–" + most
}

// chaptersApplied says of how many chapters works are to be.
func chaptersApplied(r *Request, f catalog.Filter) string {
	switch span := f.Values().Get("chapters"); span {
	case "1":
		return r.Words.T("filters.one_chapter")
	case "2-":
		return r.Words.T("filters.several_chapters")
	default:
		return r.Words.T("filters.chapters_applied", "Span", spanText(r, *f.Chapters))
	}
}

// fandomsApplied says of how many fandoms works are to be.
func fandomsApplied(r *Request, s store.Span) string {
	switch {
	case s.Least == s.Most:
		return r.Words.N("filters.fandoms_exact", int(s.Most))
	case s.Most == math.MaxInt64:
		return r.Words.N("filters.fandoms_least", int(s.Least))
	case s.Least <= 0:
		return r.Words.N("filters.fandoms_most", int(s.Most))
	}
	return r.Words.T("filters.fandoms_applied", "Span", spanText(r, s))
}

// endsOf are the two ends of a span as fields show them; from nothing on is as
// good as blank.
func endsOf(span, between string) (from, to string) {
	from, to, isRange := strings.Cut(span, between)
	switch {
	case !isRange:
		to = from
	case from == "0" && to != "":
		from = ""
	}
	return from, to
}

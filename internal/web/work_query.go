package web

import (
	"slices"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/catalog/grammar"
	"ficus/internal/store"
)

// figureWords say each figure a query asks of works.
var figureWords = []struct {
	by   store.Sort
	says string
}{
	{store.SortHits, "filters.hits_applied"},
	{store.SortKudos, "filters.kudos_applied"}, {store.SortComments, "filters.comments_applied"},
}

// ageWords say so many of a unit.
var ageWords = map[byte]string{'d': "age.d", 'w': "age.w", 'm': "age.m", 'y': "age.y"}

// applyQuery says what the query of a list asks, each part by itself.
func applyQuery(r *Request, f catalog.Filter, say func(text string, take func(*catalog.Filter))) {
	parts := soughtParts(f.Sought)
	for i, part := range parts {
		say(soughtWords(r, part), func(f *catalog.Filter) {
			f.Sought = store.Sought{Join: store.All, Of: slices.Delete(slices.Clone(parts), i, i+1)}
			if len(f.Sought.Of) < 2 {
				f.Sought = append(f.Sought.Of, store.Sought{})[0]
			}
		})
	}
	for _, figure := range figureWords {
		if span, asked := f.Figures[figure.by]; asked {
			say(r.Words.T(figure.says, "Span", spanText(r, span)), func(f *catalog.Filter) { f.Figures = withoutFigure(f.Figures, figure.by) })
		}
	}
	if f.Posted != nil {
		say(r.Words.T("filters.posted_applied", "Span", strings.Replace(f.Posted.String(), "..", " – ", 1)), func(f *catalog.Filter) { f.Posted = nil })
	}
	for _, age := range []struct {
		says string
		of   func(*catalog.Filter) *grammar.Age
	}{
		{"filters.updated_within", func(f *catalog.Filter) *grammar.Age { return &f.UpdatedAgo.Within }},
		{"filters.updated_beyond", func(f *catalog.Filter) *grammar.Age { return &f.UpdatedAgo.Beyond }},
		{"filters.posted_within", func(f *catalog.Filter) *grammar.Age { return &f.PostedAgo.Within }},
		{"filters.posted_beyond", func(f *catalog.Filter) *grammar.Age { return &f.PostedAgo.Beyond }},
	} {
		if asked := *age.of(&f); asked.Count > 0 {
			long := r.Words.N(ageWords[asked.Unit], asked.Count)
			say(r.Words.T(age.says, "Age", long), func(f *catalog.Filter) { *age.of(f) = grammar.Age{} })
		}
	}
}

// soughtParts are what is sought, of which all parts hold.
func soughtParts(s store.Sought) []store.Sought {
	switch {
	case s.IsZero():
		return nil
	case s.Join == store.All:
		return s.Of
	}
	return []store.Sought{s}
}

// soughtWords says one part of what is sought; what is joined, as it is typed.
func soughtWords(r *Request, s store.Sought) string {
	says := map[store.SoughtIn]string{store.Anywhere: "filters.text_applied", store.InTitle: "filters.title_applied"}
	switch {
	case s.Join == store.One && s.In == store.InNames:
		return r.Words.T("filters.user_applied", "Name", s.Words)
	case s.Join == store.One && says[s.In] != "":
		return r.Words.T(says[s.In], "Text", s.Words)
	case s.Join == store.Not && s.Of[0].Join == store.One && s.Of[0].In == store.Anywhere:
		return r.Words.T("filters.text_excluded", "Text", s.Of[0].Words)
	}
	return catalog.WriteSought(s)
}

func withoutFigure(figures map[store.Sort]store.Span, by store.Sort) map[store.Sort]store.Span {
	left := map[store.Sort]store.Span{}
	for other, span := range figures {
		if other != by {
			left[other] = span
		}
	}
	return left
}

// faulty is what was typed as a query, up to what is wrong with it, that, and
// what follows; nothing when nothing is wrong.
func faulty(n narrowing) (before, wrong, after string) {
	for _, p := range n.problems {
		from, isPlace := p.Args["From"].(int)
		to, _ := p.Args["To"].(int)
		if typed := []rune(archive.CleanLine(n.typed.Get("q"))); p.Field == "q" && isPlace && to <= len(typed) {
			return string(typed[:from]), string(typed[from:to]), string(typed[to:])
		}
	}
	return "", "", ""
}

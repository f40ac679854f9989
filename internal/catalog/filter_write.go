package catalog

import (
	"math"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/catalog/grammar"
	"ficus/internal/store"
)

// The first and the last microsecond of an unbounded time.
const (
	dawn = math.MinInt64
	dusk = math.MaxInt64
)

// yesNo are the answers of a choice.
var yesNo = map[bool]string{true: "yes", false: "no"}

// Grammar writes all a filter asks as a query, which is read back as the same
// filter; its page and what it counts are no part of that.
func (f Filter) Grammar() string {
	words := []string{f.Q()}
	say := func(field grammar.Field, value string) { words = append(words, string(field)+":"+value) }
	words = append(words, f.tagWords()...)
	if f.Words != nil {
		say(grammar.Words, WriteSpan(f.Words))
	}
	if f.Chapters != nil {
		say(grammar.Chapters, WriteSpan(f.Chapters))
	}
	words = append(words, countWords(f.Fandoms))
	if f.Crossover != nil {
		say(grammar.Crossover, yesNo[*f.Crossover])
	}
	if f.Updated != nil {
		say(grammar.Updated, f.Updated.String())
	}
	if f.Complete != nil {
		say(grammar.Complete, yesNo[*f.Complete])
	}
	var languages []string
	for _, language := range f.Languages {
		languages = append(languages, string(grammar.Language)+":"+grammar.Quote(language))
	}
	words = append(words, strings.Join(languages, " OR "))
	if f.User != "" {
		say(grammar.User, grammar.Quote(f.User))
	}
	if f.Sort != "" {
		sort := string(f.Sort)
		if f.Turned {
			sort = "-" + sort
		}
		say(grammar.Sort, sort)
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// tagWords writes the tags that are asked for and those that are not.
func (f Filter) tagWords() (words []string) {
	for _, t := range f.Include {
		words = append(words, string(t.Kind)+":"+grammar.Quote(t.Name))
	}
	for _, t := range f.Main {
		words = append(words, string(grammar.Main)+":"+grammar.Quote(t.Name))
	}
	for _, t := range f.Exclude {
		words = append(words, "-"+string(t.Kind)+":"+grammar.Quote(t.Name))
	}
	return words
}

// countWords writes how many fandoms are asked for. A number above ninety-nine
// that stands alone would be read as the name of one.
func countWords(s *store.Span) string {
	field := string(grammar.Fandoms)
	switch {
	case s == nil:
		return ""
	case s.Most == math.MaxInt64:
		return field + ">=" + strconv.FormatInt(s.Least, 10)
	case s.Least <= 0:
		return field + "<=" + strconv.FormatInt(s.Most, 10)
	case s.Least == s.Most && s.Most > 99:
		return field + ":" + strconv.FormatInt(s.Least, 10) + "-" + strconv.FormatInt(s.Most, 10)
	}
	return field + ":" + WriteSpan(s)
}

// Q writes what a filter asks that its address has no field for.
func (f Filter) Q() string {
	var words []string
	if !f.Sought.IsZero() {
		words = append(words, WriteSought(f.Sought))
	}
	for _, field := range []grammar.Field{grammar.Hits, grammar.Kudos, grammar.Comments} {
		if span, asked := f.Figures[figureFields[field]]; asked {
			words = append(words, string(field)+":"+WriteSpan(&span))
		}
	}
	if f.Posted != nil {
		words = append(words, string(grammar.Posted)+":"+f.Posted.String())
	}
	words = append(words, f.UpdatedAgo.write(grammar.Updated)...)
	words = append(words, f.PostedAgo.write(grammar.Posted)...)
	return strings.Join(words, " ")
}

// String writes days as they are read.
func (d Days) String() string { return writeDay(d.From) + ".." + writeDay(d.To) }

func (a Ago) write(field grammar.Field) (words []string) {
	if a.Within.Count > 0 {
		words = append(words, string(field)+":<"+a.Within.String())
	}
	if a.Beyond.Count > 0 {
		words = append(words, string(field)+":>"+a.Beyond.String())
	}
	return words
}

// WriteSought writes what is sought as a query.
func WriteSought(s store.Sought) string { return writeSought(s, store.All) }

// writeSought writes a part of what is joined so; OR binds more closely than
// what stands side by side.
func writeSought(s store.Sought, within store.Join) string {
	switch s.Join {
	case store.Not:
		return "-" + writeSought(s.Of[0], store.Not)
	case store.All, store.Any:
		parts := make([]string, len(s.Of))
		for i, part := range s.Of {
			parts[i] = writeSought(part, s.Join)
		}
		between := " "
		if s.Join == store.Any {
			between = " OR "
		}
		text := strings.Join(parts, between)
		if within != store.All {
			text = "(" + text + ")"
		}
		return text
	}
	if s.In == store.InTag {
		return string(s.Kind) + ":" + grammar.Quote(s.Words)
	}
	stem, star := strings.CutSuffix(s.Words, "*")
	words := grammar.Quote(stem)
	if star {
		words += "*"
	}
	if s.In == store.Anywhere {
		return words
	}
	return string(s.In) + ":" + words
}

// conditions are how many things a query asks.
func (q Query) conditions() int {
	n := len(q.Figures)
	q.Sought.Each(func(*store.Sought) { n++ })
	for _, asks := range []bool{q.Posted != nil, !q.UpdatedAgo.IsZero(), !q.PostedAgo.IsZero()} {
		if asks {
			n++
		}
	}
	return n
}

// OfAnyKind is a tag of which only the name is said.
func OfAnyKind(name string) TagName { return TagName{Kind: anyKind, Name: name} }

// KindsByName are the kinds of a tag of which only the name is said, in the
// order in which they are looked for.
func KindsByName() []archive.TagKind {
	return []archive.TagKind{
		archive.KindFandom, archive.KindRelationship, archive.KindCharacter, archive.KindFreeform, archive.KindRating, archive.KindWarning, archive.KindCategory,
	}
}

// isTagKind reports whether an address may name tags of a kind.
func isTagKind(kind archive.TagKind) bool {
	for _, known := range append(archive.TagKinds(), anyKind) {
		if kind == known {
			return true
		}
	}
	return false
}

package catalog

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog/grammar"
	"ficus/internal/store"
)

// Query is what a filter asks besides what an address has fields for: all of it
// stands in "q", in the grammar of catalog/grammar.
type Query struct {
	Sought     store.Sought
	Figures    map[store.Sort]store.Span // hits, kudos and comments, by their order
	Posted     *Days
	UpdatedAgo Ago
	PostedAgo  Ago
}

// Ago is so long ago at most or at least; the zero Ago is ever.
type Ago struct{ Within, Beyond grammar.Age }

// IsZero reports whether it is ever.
func (a Ago) IsZero() bool { return a == Ago{} }

// span is when that was, in microseconds.
func (a Ago) span(now time.Time) store.Span {
	s := store.Span{Least: dawn, Most: dusk}
	if a.Within.Count > 0 {
		s.Least = a.Within.Before(now).UnixMicro()
	}
	if a.Beyond.Count > 0 {
		s.Most = a.Beyond.Before(now).UnixMicro()
	}
	return s
}

// anyKind is the kind of a tag of which only the name is said.
const anyKind = archive.TagKind(grammar.Tag)

// figureFields are the orders by figures that a query asks for.
var figureFields = map[grammar.Field]store.Sort{
	grammar.Hits: store.SortHits, grammar.Kudos: store.SortKudos, grammar.Comments: store.SortComments,
}

// AsksNothing reports whether something was typed that asks for no work and no
// order: a star, or brackets around nothing.
func AsksNothing(typed string) bool {
	f, problems := ReadFilter(url.Values{"q": {typed}})
	whole, _ := grammar.Parse(typed)
	isOrder := func(n grammar.Node) bool { return n.Field == grammar.Sort }
	return typed != "" && len(problems) == 0 && f.conditions() == 0 && !slices.ContainsFunc(whole.Of, isOrder)
}

// mostUnknown is how many words are told that are typed like fields.
const mostUnknown = 3

// UnknownFields are the first words of what was typed that look like fields and
// are none; none where something is wrong with it.
func UnknownFields(typed string) []grammar.UnknownField {
	whole, fault := grammar.Parse(archive.CleanLine(typed))
	if fault != nil {
		return nil
	}
	found := whole.UnknownFields()
	return found[:min(len(found), mostUnknown)]
}

// query reads "q" into a filter: words into what is sought, fields into what
// the filter has for them. The first thing that is wrong with it is told, and
// then nothing of it is asked.
func (r *filterReader) query(f *Filter) {
	text := archive.CleanLine(r.one("q"))
	if n := len([]rune(text)); n > longestText {
		r.wrong("q", "too_long", "Count", n, "Limit", longestText)
		return
	}
	whole, fault := grammar.Parse(text)
	asked := *f
	asked.Include, asked.Main, asked.Exclude, asked.Languages = slices.Clip(f.Include), slices.Clip(f.Main), slices.Clip(f.Exclude), slices.Clip(f.Languages)
	var sought []store.Sought
	for _, part := range whole.Of {
		if fault != nil {
			break
		}
		var rest []store.Sought
		rest, fault = asked.take(part)
		sought = append(sought, rest...)
	}
	if fault != nil {
		r.wrong("q", fault.Rule, "Value", short(fault.Value), "Place", fault.From+1, "From", fault.From, "To", fault.To)
		return
	}
	asked.Sought = joined(store.All, sought)
	*f = asked
}

// take reads one part of a query, of which all parts hold; what remains is
// sought.
func (f *Filter) take(n grammar.Node) ([]store.Sought, *grammar.Fault) {
	if languages, fault := languagesOf(n); languages != nil || fault != nil {
		f.Languages = append(f.Languages, languages...)
		return nil, fault
	}
	leaf, not := n, false
	if n.Join == grammar.Not {
		leaf, not = n.Of[0], true
	}
	if leaf.Join != grammar.Leaf || leaf.Field.IsText() {
		return sought(n)
	}
	return nil, f.takeField(leaf, not)
}

// takeField reads a field.
func (f *Filter) takeField(n grammar.Node, not bool) *grammar.Fault {
	switch {
	case n.Field.IsTag():
		f.takeTag(TagName{Kind: archive.TagKind(n.Field), Name: archive.CleanLine(n.Value)}, not)
		return nil
	case n.Field == grammar.Single:
		return f.takeSingle(n, not)
	case n.Field == grammar.Complete, n.Field == grammar.Crossover:
		is, fault := n.Choice()
		is = is != not
		if n.Field == grammar.Complete {
			f.Complete = &is
		} else {
			f.Crossover = &is
		}
		return fault
	case not:
		return n.Wrong(grammar.RuleAlone)
	case n.Field == grammar.Main:
		f.takeMain(archive.CleanLine(n.Value))
		return nil
	case n.Field == grammar.Bookmarks:
		return n.Wrong(grammar.RuleNone)
	case n.Field.IsFigure():
		return f.takeFigure(n)
	case n.Field.IsDay():
		return f.takeDays(n)
	case n.Field == grammar.User:
		f.User = archive.CleanLine(n.Value)
		return nil
	}
	return f.takeSort(n)
}

func (f *Filter) takeTag(tag TagName, not bool) {
	tags := &f.Include
	if not {
		tags = &f.Exclude
	}
	if !slices.Contains(*tags, tag) {
		*tags = append(*tags, tag)
	}
}

func (f *Filter) takeMain(name string) {
	if tag := (TagName{Kind: archive.KindRelationship, Name: name}); !slices.Contains(f.Main, tag) {
		f.Main = append(f.Main, tag)
	}
}

// takeSingle reads whether a work is to have one chapter, or several.
func (f *Filter) takeSingle(n grammar.Node, not bool) *grammar.Fault {
	is, fault := n.Choice()
	if fault != nil {
		return fault
	}
	chapters := n
	if chapters.Field, chapters.Sign, chapters.Value = grammar.Chapters, "", "1"; is == not {
		chapters.Sign = ">"
	}
	return f.takeFigure(chapters)
}

// takeFigure reads a span; a figure that is asked for twice is within both.
func (f *Filter) takeFigure(n grammar.Node) *grammar.Fault {
	least, most, fault := n.Span()
	if fault != nil {
		return fault
	}
	span := store.Span{Least: least, Most: most}
	by, isFigure := figureFields[n.Field]
	had, has := f.Figures[by]
	field := &f.Words
	switch n.Field {
	case grammar.Chapters:
		field = &f.Chapters
	case grammar.Fandoms:
		field = &f.Fandoms
	}
	if !isFigure && *field != nil {
		had, has = **field, true
	}
	if has {
		span.Least, span.Most = max(had.Least, span.Least), min(had.Most, span.Most)
	}
	if span.Least > span.Most {
		return n.Wrong(grammar.RuleNothing)
	}
	if !isFigure {
		*field = &span
		return nil
	}
	figures := map[store.Sort]store.Span{by: span}
	for other, of := range f.Figures {
		if other != by {
			figures[other] = of
		}
	}
	f.Figures = figures
	return nil
}

// takeDays reads days or an age.
func (f *Filter) takeDays(n grammar.Node) *grammar.Fault {
	read, fault := n.Days()
	if fault != nil {
		return fault
	}
	days, ago := &f.Updated, &f.UpdatedAgo
	if n.Field == grammar.Posted {
		days, ago = &f.Posted, &f.PostedAgo
	}
	if read.Within.Count > 0 {
		ago.Within = read.Within
		return nil
	}
	if read.Beyond.Count > 0 {
		ago.Beyond = read.Beyond
		return nil
	}
	both := Days{From: read.From, To: read.To}
	if *days != nil {
		both = both.and(**days)
	}
	if !both.From.IsZero() && !both.To.IsZero() && both.To.Before(both.From) {
		return n.Wrong(grammar.RuleNothing)
	}
	*days = &both
	return nil
}

// and are the days within both.
func (d Days) and(other Days) Days {
	if other.From.After(d.From) {
		d.From = other.From
	}
	if d.To.IsZero() || !other.To.IsZero() && other.To.Before(d.To) {
		d.To = other.To
	}
	return d
}

// orderNames are the names the reference archive has for orders of ours.
var orderNames = map[string]store.Sort{
	"revised": store.SortRevised, "revised_at": store.SortRevised, "date_updated": store.SortRevised, "date": store.SortRevised,
	"published": store.SortPublished, "created_at": store.SortPublished, "date_posted": store.SortPublished, "word_count": store.SortWords,
	"title_to_sort_on": store.SortTitle, "authors_to_sort_on": store.SortAuthor, "creator": store.SortAuthor, "creators": store.SortAuthor,
	"kudos_count": store.SortKudos, "comments_count": store.SortComments, "relevance": store.SortBest, "_score": store.SortBest,
}

// takeSort reads an order; < is from the least, > from the most.
func (f *Filter) takeSort(n grammar.Node) *grammar.Fault {
	name, turned := strings.CutPrefix(strings.ToLower(n.Value), "-")
	sort, known := orderNames[name]
	if !known {
		sort = store.Sort(name)
	}
	if !slices.Contains(Sorts(), sort) && sort != store.SortBest {
		return n.Wrong(grammar.RuleSort)
	}
	switch n.Sign {
	case "<":
		turned = !sort.IsOfNames()
	case ">":
		turned = sort.IsOfNames()
	}
	f.Sort, f.Turned = sort, turned
	return nil
}

// sought is what remains of a part of a query: words, phrases, names and tags,
// which OR, minus and brackets join. Nothing is asked by a star.
func sought(n grammar.Node) ([]store.Sought, *grammar.Fault) {
	if n.Join == grammar.Leaf {
		return soughtOne(n)
	}
	var parts []store.Sought
	for _, of := range n.Of {
		some, fault := sought(of)
		if fault != nil {
			return nil, fault
		}
		if n.Join == grammar.Any && len(some) == 0 {
			return nil, nil // one of anything is anything
		}
		parts = append(parts, joined(store.All, some))
	}
	switch {
	case len(parts) == 0 || n.Join == grammar.Not && parts[0].IsZero():
		return nil, nil
	case n.Join == grammar.Not && parts[0].Join == store.Not:
		return parts[0].Of, nil
	case n.Join == grammar.Not:
		return []store.Sought{{Join: store.Not, Of: parts}}, nil
	case n.Join == grammar.Any:
		return []store.Sought{joined(store.Any, parts)}, nil
	}
	return []store.Sought{joined(store.All, parts)}, nil
}

func soughtOne(n grammar.Node) ([]store.Sought, *grammar.Fault) {
	one := store.Sought{Words: archive.CleanLine(n.Value)}
	switch {
	case n.Field.IsTag():
		one.In, one.Kind = store.InTag, archive.TagKind(n.Field)
	case n.Field.IsText():
		one.In = store.SoughtIn(n.Field)
		stem, star := strings.CutSuffix(one.Words, "*")
		if one.Words = strings.TrimRight(stem, "*"); star && !n.Quoted && grammar.Quote(one.Words) == one.Words {
			one.Words += "*"
		}
	default:
		return nil, n.Wrong(grammar.RuleAlone)
	}
	if strings.Trim(one.Words, "*") == "" {
		return nil, nil
	}
	return []store.Sought{one}, nil
}

// joined joins parts; one is itself, and what is joined alike is one.
func joined(as store.Join, parts []store.Sought) store.Sought {
	var flat []store.Sought
	for _, part := range parts {
		switch {
		case part.IsZero():
		case part.Join == as:
			flat = append(flat, part.Of...)
		default:
			flat = append(flat, part)
		}
	}
	switch len(flat) {
	case 0:
		return store.Sought{}
	case 1:
		return flat[0]
	}
	return store.Sought{Join: as, Of: flat}
}

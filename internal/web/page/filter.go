package page

import (
	"context"
	"io"
	"slices"

	"ficus/internal/locale"
)

// The fields in which any tag is named, with commas between several.
const (
	FieldWith    = "with"
	FieldWithout = "without"
	FieldMain    = "main_tags" // of the form with more fields: relationships that are main ones
)

// FieldMainOnly is the tick that has all chosen relationships be main ones.
const FieldMainOnly = "main_only"

// The fields of the page that shows all values of one kind.
const (
	FieldKind   = "kind"
	FieldBegins = "begins" // words that begin words of their names
	FieldValues = "values" // which page of them
	ValuesLeft  = "left"   // none: the whole form is asked for
)

// Filters is what a list of works is narrowed by, and what it can be narrowed
// by.
type Filters struct {
	Action     string // the list's address
	URL        string // of the form on a page of its own
	Applied    []Applied
	Everything string // the list's address without any
	Kinds      []FilterKind
	Typed      FilterTyped
	Languages  []locale.Language
	Sorts      []Choice
	Total      int
	Unanswered bool // finding them took too long
	Rest       bool // the list shows what its reader usually leaves out
	LeaveOut   LeaveOut
	MainOnly   bool     // all relationships that are asked for are to be main ones
	MainBeside []string // those that are, where others are not, as the list's address names them
	Save       string   // where it is saved under a name; empty: for members only
	Uncalled   []Uncalled
	IsCounted  bool // values are counted; not while the archive is still being read
	Errors     Errors
}

// Uncalled says that no tag has a name that was asked for, and leads to those
// that nearly have.
type Uncalled struct {
	Sentence string
	Near     []Link
}

// Applied is one thing a list is narrowed by, and the address without it.
type Applied struct {
	Text, URL string
	Without   int // works without it, where the list is empty
	IsCounted bool
}

// remove says what following its link does.
func (a Applied) remove(s Shell) string {
	if a.IsCounted {
		return s.T("filters.remove_counted", "Filter", a.Text, "Works", s.N("count.works", a.Without))
	}
	return s.T("filters.remove", "Filter", a.Text)
}

// FilterKind is the values of one kind of tag.
type FilterKind struct {
	Kind   string
	Values []FilterValue
	Chosen bool // one of them is
	More   bool // there are more
}

// FilterValue is a tag a list may be narrowed by.
type FilterValue struct {
	Name          string
	Value         string // as the list's address names it
	Works         int    // 0: not counted
	With, Without bool
}

// FilterTyped is what stands in the form's other fields.
type FilterTyped struct {
	WordsFrom, WordsTo     string
	FandomsFrom, FandomsTo string
	UpdatedFrom, UpdatedTo string
	Text, User             string
	Complete, Crossover    string // true, false or empty: either
	Chapters               string // a range, or empty
	Language               string
	Sort                   string
}

// FilterPage is the form of a list on a page of its own.
type FilterPage struct {
	Shell
	Heading string // of the list
	Filters
}

// Render writes the page.
func (p FilterPage) Render(ctx context.Context, w io.Writer) error {
	return filterPage(p).Render(ctx, w)
}

// ValuesPage shows all values of one kind by which a list may be narrowed, so
// many at a time.
type ValuesPage struct {
	Shell
	Filters
	Heading string // of the list
	Here    string // its address, without what the form says
	Kind    FilterKind
	Begins  string  // what was typed
	Kept    []Typed // what else the list is asked
	Number  int     // of the page
	Last    int
	Count   int // values on all pages
}

// Render writes the page.
func (p ValuesPage) Render(ctx context.Context, w io.Writer) error {
	return valuesPage(p).Render(ctx, w)
}

// field is a field of the form that stands in a place of the page; a drawer
// opens over a page that has the form as well.
func (f Filters) field(s Shell, place, name, label, value, kind string) field {
	return field{name: name, label: s.T(label), value: value, errors: f.Errors, kind: kind, place: place}
}

// oneOf is a question of the form with one answer of a few.
type oneOf struct {
	name    string
	choices []Choice
}

// choices are the questions with one answer of a few.
func (f Filters) choices(s Shell) []oneOf {
	all := []oneOf{
		{name: "complete", choices: []Choice{{Text: s.T("filters.complete"), Value: "true"}, {Text: s.T("filters.in_progress"), Value: "false"}}},
		{name: "chapters", choices: []Choice{{Text: s.T("filters.one_chapter"), Value: "1"}, {Text: s.T("filters.several_chapters"), Value: "2-"}}},
		{name: "crossover", choices: []Choice{{Text: s.T("filters.crossovers"), Value: "true"}, {Text: s.T("filters.no_crossovers"), Value: "false"}}},
	}
	for i, answer := range []string{f.Typed.Complete, f.Typed.Chapters, f.Typed.Crossover} {
		known := slices.ContainsFunc(all[i].choices, func(c Choice) bool { return c.Value == answer })
		if answer != "" && !known { // by its address a list is asked for any number of chapters
			all[i].choices = append(all[i].choices, Choice{Text: s.T("filters.chapters_applied", "Span", answer), Value: answer})
		}
		all[i].choices = append([]Choice{{Text: s.T("filters.either")}}, all[i].choices...)
		for j := range all[i].choices {
			all[i].choices[j].Chosen = all[i].choices[j].Value == answer
		}
	}
	return all
}

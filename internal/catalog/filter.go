package catalog

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog/grammar"
	"ficus/internal/locale"
	"ficus/internal/store"
)

// Filter is what a reader asks of a list of works, in the words of its address.
// Pages, feeds and the API read and write it here, so that one address means
// the same to all.
type Filter struct {
	Include   []TagName // tags of which a work bears every one
	Main      []TagName // relationships of which it bears every one, marked as main
	Exclude   []TagName // tags of which it bears none
	Words     *store.Span
	Updated   *Days
	Chapters  *store.Span // posted
	Fandoms   *store.Span // of so many
	Complete  *bool
	Crossover *bool    // of fandoms with nothing above them in common
	Languages []string // one of them
	User      string   // the account that signs it
	Of        Of       // whose list it is; no part of the address
	Sort      store.Sort
	Turned    bool       // the order turned round
	Usual     store.Sort // the order that goes without saying; empty: the newest first
	Page      int        // from 1
	PerPage   int
	Until     time.Time // revised then or before; no part of the address; zero: whenever
	Then      Then      // how its reader pages through it; no part of what is asked
	Rest      Rest      // what its reader usually leaves out is shown
	Facets    int       // values of each kind; 0: none are counted
	Query
}

// Of is whose list is narrowed; the zero Of is that of all works.
type Of struct {
	Tag     int64 // works found by it
	Account int64 // works it signs
	Pseud   int64 // works this pen name signs
	Work    int64 // this work alone
}

// TagName is a tag as an address names it: "kind:name".
type TagName struct {
	Kind archive.TagKind
	Name string
}

// Days are from one day to another, both within; the zero time is no bound.
type Days struct{ From, To time.Time }

// What a filter may ask at most.
const (
	MostConditions = 64
	MostPerPage    = 100
	MostFacets     = 200
	MostPage       = 1_000_000_000
	usualPerPage   = 20
	longestText    = 2_000 // characters
)

// Sorts lists the orders a filter may ask for, as they are offered.
func Sorts() []store.Sort {
	return []store.Sort{
		store.SortRevised, store.SortPublished, store.SortTitle, store.SortAuthor, store.SortWords, store.SortChapters, store.SortHits, store.SortKudos, store.SortComments,
	}
}

// FilterFields are the names of an address that a filter reads.
func FilterFields() []string {
	return []string{"include", "main", "exclude", "words", "chapters", "fandoms", "updated", "complete", "crossover", "language", "q", "user", "sort", "rest", "page", "per_page", "facets"}
}

// ReadFilter reads a filter, and says everything that is wrong with it at once;
// what is wrong is left out of it, so that a page can show the rest.
func ReadFilter(asked url.Values) (Filter, archive.Problems) {
	r := filterReader{asked: asked}
	f := Filter{
		Include: r.tags("include"), Main: r.tags("main"), Exclude: r.tags("exclude"), Words: r.span("words"), Chapters: r.span("chapters"), Fandoms: r.span("fandoms"), Updated: r.days(),
		Complete: r.choice("complete"), Crossover: r.choice("crossover"), Languages: r.languages(), User: archive.CleanLine(r.one("user")),
		Page: r.number("page", 1, 1, MostPage), PerPage: r.number("per_page", usualPerPage, 1, MostPerPage), Facets: r.number("facets", 0, 0, MostFacets),
	}
	rest := r.choice("rest")
	f.Rest = Rest(rest != nil && *rest)
	f.Sort, f.Turned = r.sort()
	f.Then = r.then()
	r.query(&f)
	if n := f.conditions(); n > MostConditions {
		r.problems = nil // ten thousand sentences help nobody
		r.problems.Add("include", "too_many_conditions", "Count", n, "Limit", MostConditions)
		return Filter{Sort: f.Sort, Turned: f.Turned, Page: 1, PerPage: f.PerPage}, r.problems
	}
	return f, r.problems
}

// conditions is how much a filter asks.
func (f Filter) conditions() int {
	n := len(f.Include) + len(f.Main) + len(f.Exclude) + len(f.Languages) + f.Query.conditions()
	for _, asks := range []bool{f.Words != nil, f.Chapters != nil, f.Fandoms != nil, f.Updated != nil, f.Complete != nil, f.Crossover != nil, f.User != ""} {
		if asks {
			n++
		}
	}
	return n
}

// Values writes a filter as ReadFilter reads it, without what goes without
// saying.
func (f Filter) Values() url.Values {
	asked := url.Values{}
	set := func(name, value string) {
		if value != "" {
			asked.Add(name, value)
		}
	}
	for _, t := range f.Include {
		set("include", t.String())
	}
	for _, t := range f.Main {
		set("main", t.String())
	}
	for _, t := range f.Exclude {
		set("exclude", t.String())
	}
	set("words", WriteSpan(f.Words))
	set("chapters", WriteSpan(f.Chapters))
	set("fandoms", WriteSpan(f.Fandoms))
	if f.Updated != nil {
		set("updated", f.Updated.String())
	}
	set("complete", writeChoice(f.Complete))
	set("crossover", writeChoice(f.Crossover))
	for _, language := range f.Languages {
		set("language", language)
	}
	set("q", f.Q())
	set("user", f.User)
	set("sort", f.order())
	if f.Rest == Shown {
		set("rest", "true")
	}
	for _, n := range []struct {
		name         string
		value, usual int
	}{{"page", f.Page, 1}, {"per_page", f.PerPage, usualPerPage}, {"facets", f.Facets, 0}} {
		if n.value != n.usual && n.value > 0 {
			set(n.name, strconv.Itoa(n.value))
		}
	}
	return asked
}

func (f Filter) order() string {
	if f.Usual != "" {
		return f.besides(f.Usual)
	}
	switch {
	case f.Turned && f.Sort == "":
		return "-" + string(store.SortRevised)
	case f.Turned:
		return "-" + string(f.Sort)
	case f.Sort == store.SortRevised:
		return ""
	}
	return string(f.Sort)
}

// besides is the order as an address says it, which says nothing of the usual
// one.
func (f Filter) besides(usual store.Sort) string {
	switch {
	case f.Turned:
		return "-" + string(f.Sort)
	case f.Sort == usual:
		return ""
	}
	return string(f.Sort)
}

// String is the tag as an address names it.
func (t TagName) String() string { return string(t.Kind) + ":" + t.Name }

func writeChoice(choice *bool) string {
	if choice == nil {
		return ""
	}
	return strconv.FormatBool(*choice)
}

// WriteSpan writes a span as it is read: one number alone where both ends are
// the same.
func WriteSpan(s *store.Span) string {
	switch {
	case s == nil:
		return ""
	case s.Least == s.Most:
		return strconv.FormatInt(s.Least, 10)
	}
	most := strconv.FormatInt(s.Most, 10)
	if s.Most == math.MaxInt64 {
		most = ""
	}
	return strconv.FormatInt(s.Least, 10) + "-" + most
}

func writeDay(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}

// filterReader reads the fields of a filter and notes what is wrong.
type filterReader struct {
	asked    url.Values
	problems archive.Problems
}

func (r *filterReader) wrong(field, rule string, args ...any) { r.problems.Add(field, rule, args...) }

// one is the value of a field that is given once at most; empty is not given.
func (r *filterReader) one(field string) string {
	values := slices.DeleteFunc(slices.Clone(r.asked[field]), func(v string) bool { return v == "" })
	if len(values) == 0 {
		return ""
	}
	if len(values) > 1 {
		r.wrong(field, "once")
	}
	return strings.TrimSpace(values[0])
}

// tags reads a field that may be given many times, each time a tag.
func (r *filterReader) tags(field string) []TagName {
	var tags []TagName
	for _, value := range r.asked[field] {
		if value == "" {
			continue
		}
		kind, name, cut := strings.Cut(value, ":")
		tag := TagName{Kind: archive.TagKind(strings.TrimSpace(kind)), Name: archive.CleanLine(name)}
		switch {
		case !cut || !isTagKind(tag.Kind):
			r.wrong(field, "tag_kind", "Value", short(value))
		case field == "main" && tag.Kind != archive.KindRelationship:
			r.wrong(field, "main_kind", "Value", short(value))
		case tag.Name == "":
			r.wrong(field, "tag_name", "Value", short(value))
		case !slices.Contains(tags, tag):
			tags = append(tags, tag)
		}
	}
	return tags
}

func (r *filterReader) span(field string) *store.Span {
	value := r.one(field)
	if value == "" {
		return nil
	}
	from, to, isRange := strings.Cut(value, "-")
	if !isRange {
		to = from
	}
	span := store.Span{Most: math.MaxInt64}
	if !grammar.Number(strings.TrimSpace(from), &span.Least) || !grammar.Number(strings.TrimSpace(to), &span.Most) || from+to == "" || span.Least > span.Most {
		r.wrong(field, "span", "Value", short(value))
		return nil
	}
	return &span
}

func (r *filterReader) days() *Days {
	value := r.one("updated")
	if value == "" {
		return nil
	}
	from, to, isRange := strings.Cut(value, "..")
	if !isRange {
		to = from
	}
	var days Days
	ok := from+to != "" && day(from, &days.From) && day(to, &days.To)
	if !ok || !days.From.IsZero() && !days.To.IsZero() && days.To.Before(days.From) {
		r.wrong("updated", "days", "Value", short(value))
		return nil
	}
	return &days
}

// day reads a day that may be left out.
func day(typed string, into *time.Time) (ok bool) {
	if typed = strings.TrimSpace(typed); typed == "" {
		return true
	}
	var err error
	*into, err = time.Parse(time.DateOnly, typed)
	return err == nil
}

func (r *filterReader) choice(field string) *bool {
	value := r.one(field)
	if value == "" {
		return nil
	}
	is := value == "true"
	if !is && value != "false" {
		r.wrong(field, "true_or_false", "Value", short(value))
		return nil
	}
	return &is
}

func (r *filterReader) languages() []string {
	var languages []string
	for _, value := range r.asked["language"] {
		value = archive.CleanLine(value)
		if tag, is := locale.LanguageTag(value); is && strings.EqualFold(tag, value) {
			value = tag // codes have no case, and works bear them in one
		}
		if value != "" && !slices.Contains(languages, value) {
			languages = append(languages, value)
		}
	}
	return languages
}

func (r *filterReader) number(field string, usual, least, most int) int {
	value := r.one(field)
	if value == "" {
		return usual
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > most {
		r.wrong(field, "number", "Value", short(value), "Min", least, "Max", most)
		return usual
	}
	return n
}

func (r *filterReader) sort() (store.Sort, bool) {
	value := r.one("sort")
	if value == "" {
		return store.SortRevised, false
	}
	name, turned := strings.CutPrefix(value, "-")
	if !slices.Contains(Sorts(), store.Sort(name)) && store.Sort(name) != store.SortBest {
		r.wrong("sort", "unknown_sort", "Value", short(value))
		return store.SortRevised, false
	}
	return store.Sort(name), turned
}

// short is what was typed, as far as a sentence has room for it.
func short(value string) string {
	value = archive.CleanLine(value)
	if letters := []rune(value); len(letters) > 60 {
		return string(letters[:60]) + "…"
	}
	return value
}

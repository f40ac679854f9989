package web

import (
	"net/url"
	"slices"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/catalog/grammar"
	"ficus/internal/locale"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// longestShown is as much of what was typed as stands in the field again;
// nobody types a million characters, and a page with them helps nobody.
const longestShown = 2_100

// found is the list of what is searched for.
func (w *Web) foundWorks(r *Request) listed {
	p := page.ListPage{Shell: w.private(r, r.Words.T("search.title")), Heading: r.Words.T("search.title")}
	return listed{page: p, usual: store.SortBest, address: page.PathSearch}
}

// filterSearch answers with the form that narrows what was found.
func (w *Web) filterSearch(r *Request) (Response, error) { return w.filter(r, w.foundWorks(r)) }

// search answers one field with the works and tags it finds.
func (w *Web) search(r *Request) (Response, error) {
	l := w.foundWorks(r)
	p := page.SearchPage{Shell: l.page.Shell}
	if r.URL.RawQuery == "" {
		return show(p)
	}
	n, found, to, err := w.find(r, l, facetsShown)
	if err != nil || to != "" {
		return Response{To: to}, err
	}
	p.Query, p.Advanced = queryShown(n), page.PathAdvanced
	if p.Query != "" {
		p.Advanced += "?" + url.Values{"q": {p.Query}}.Encode()
	}
	if p.Filters, err = w.filters(r, n, found, l.address); err != nil {
		return Response{}, err
	}
	p.Feeds = feedsOf(l.address, n)
	if typed := archive.CleanLine(r.URL.Query().Get("q")); typed != "" && len(p.Filters.Applied)+len(n.problems) == 0 {
		if n.Sort != n.Usual { // an order alone is one of all works
			n.Facets = 0
			return goTo(at(page.PathWorks, n.Filter))
		}
		n.problems.Add("q", "query_blank")
	}
	p.Errors = page.ErrorsOf(p.Shell, n.problems)
	p.Errors.LeadTo("#q", "q")
	p.Before, p.Wrong, p.After = faulty(n)
	if p.Asked = len(p.Filters.Applied) > 0; !p.Asked || len(n.problems) > 0 {
		p.Asked = false // a list of everything would pass for an answer
		return show(p)
	}
	p.KeptOut = keptOut(r, found.KeptOut, n.Rest, otherWay(l.address, n.Filter))
	p.Empty, p.Useful = nothingFound(r, n.Filter, p.Filters)
	p.Total, p.Muted, p.InTexts, p.Unanswered = found.Total, found.Muted, inTexts(r, found.InTexts), found.InTexts.Nothing
	if p.Blurbs, err = w.foundBlurbs(r, n, found); err != nil {
		return Response{}, err
	}
	p.Pager = pagerOf(n, found, l.address)
	p.Tags, p.People, err = w.calledSo(r, wordsAlone(n.Sought))
	return Response{Page: p}, err
}

// nothingFound says that a search found nothing, and what would find more: where
// more was asked than words, they alone are not to blame.
func nothingFound(r *Request, f catalog.Filter, by page.Filters) (sentence string, useful page.Link) {
	words := catalog.Filter{Query: catalog.Query{Sought: f.Sought}, Sort: f.Usual, Usual: f.Usual}
	switch {
	case !isNarrowed(f):
		return r.Words.T("search.none"), page.Link{Text: r.Words.T("home.browse"), URL: page.PathFandoms}
	case f.Sought.IsZero():
		return nothingIs(r, by), page.Link{Text: r.Words.T("home.browse"), URL: page.PathFandoms}
	}
	return nothingIs(r, by), page.Link{Text: r.Words.T("filters.words_alone"), URL: at(page.PathSearch, words)}
}

// wordsAlone are the words and phrases that are sought, where they may stand
// anywhere and nothing is sought beside them.
func wordsAlone(sought store.Sought) (words []string) {
	for _, part := range soughtParts(sought) {
		if part.Join != store.One || part.In != store.Anywhere {
			return nil
		}
		words = append(words, strings.TrimSuffix(part.Words, "*"))
	}
	if len([]rune(strings.Join(words, " "))) > longestTyped {
		return nil
	}
	return words
}

// calledSo are the tags and people who are called as what is sought.
func (w *Web) calledSo(r *Request, words []string) (tags []page.CountedLink, people []page.FoundPerson, err error) {
	if len(words) == 0 {
		return nil, nil, nil
	}
	named, err := w.Catalog.Suggest(r.Context(), r.Viewer, catalog.Typed{Text: strings.Join(words, " ")})
	if err != nil {
		return nil, nil, err
	}
	found, err := w.Catalog.People(r.Context(), r.Viewer, words)
	for _, p := range found {
		one := page.FoundPerson{Person: page.Person{Name: p.Name, URL: creatorAddress(p.Pseud)}, Works: p.Works}
		if !p.IsOwn() {
			one.Account = p.Owner
		}
		people = append(people, one)
	}
	return counted(r, named), people, err
}

// queryShown is what stands in the field: what was typed, or, where the list
// was narrowed otherwise, all it asks.
func queryShown(n narrowing) string {
	typed := []rune(archive.CleanLine(n.typed.Get("q")))
	others := slices.ContainsFunc(catalog.FilterFields(), func(field string) bool {
		return !slices.Contains([]string{"q", "sort", "page", "per_page", "facets"}, field) && n.typed.Get(field) != ""
	})
	if !others || len(n.problems) > 0 {
		return string(typed[:min(len(typed), longestShown)])
	}
	asked := n.Filter
	if asked.Sort == asked.Usual {
		asked.Sort = ""
	}
	return asked.Grammar()
}

// spans are the figures and days of the advanced form, each of two fields.
var spans = []struct {
	field   grammar.Field
	between string
}{
	{grammar.Kudos, "-"}, {grammar.Hits, "-"}, {grammar.Comments, "-"}, {grammar.Chapters, "-"}, {grammar.Posted, ".."},
}

// searchAdvanced answers with a form that writes what the one field takes, or,
// once it is filled in, leads to what that finds.
func (w *Web) searchAdvanced(r *Request) (Response, error) {
	typed, unread := url.ParseQuery(r.URL.RawQuery)
	asked := url.Values{}
	composed, wrong := composedQuery(typed)
	for field, values := range typed {
		asked[field] = slices.Clone(values)
	}
	asked.Set("q", strings.TrimSpace(composed+" "+typed.Get("q")))
	n, err := w.narrowingOf(r, asked, store.SortBest)
	if err != nil {
		return Response{}, err
	}
	n.problems = append(n.problems, wrong...)
	if unread != nil {
		n.problems = archive.Problems{{Field: "q", Rule: "address_unread"}}
	}
	if typed.Has("all") && len(n.problems) == 0 {
		f := n.Filter
		if f.Sort == f.Usual {
			f.Sort = ""
		}
		return goTo(page.PathSearch + "?" + url.Values{"q": {f.Grammar()}}.Encode())
	}
	n.typed = typed
	p := page.AdvancedPage{Shell: w.private(r, r.Words.T("advanced.title")), Languages: locale.Languages(), Typed: typed}
	p.Errors = page.ErrorsOf(p.Shell, n.problems)
	if !typed.Has("all") {
		p.Typed = fieldsOf(n.Filter)
	}
	for _, sort := range sortsOf(n.Filter) {
		p.Sorts = append(p.Sorts, page.Choice{Text: r.Words.T(sortWords[sort]), Value: string(sort), Chosen: sort == n.Sort})
	}
	return show(p)
}

// composedQuery is what the fields of the advanced form say, as a query.
func composedQuery(typed url.Values) (query string, wrong archive.Problems) {
	var words []string
	each := func(field, before string) (said []string) {
		for _, word := range strings.Fields(archive.CleanLine(typed.Get(field))) {
			said = append(said, before+grammar.Quote(word))
		}
		return said
	}
	words = append(words, each("all", "")...)
	if phrase := archive.CleanLine(typed.Get("phrase")); phrase != "" {
		words = append(words, grammar.Quote(phrase))
	}
	words = append(words, strings.Join(each("any", ""), " OR "))
	words = append(words, each("none", "-")...)
	words = append(words, each("title", "title:")...)
	for _, field := range []string{"author", "text"} {
		if said := archive.CleanLine(typed.Get(field)); said != "" {
			words = append(words, field+":"+grammar.Quote(said))
		}
	}
	for _, name := range archive.SplitTags(typed.Get(page.FieldMain)) {
		words = append(words, string(grammar.Main)+":"+grammar.Quote(name))
	}
	for _, span := range spans {
		from, to := strings.TrimSpace(typed.Get(string(span.field)+"_from")), strings.TrimSpace(typed.Get(string(span.field)+"_to"))
		if from+to == "" {
			continue
		}
		asks := string(span.field) + ":" + grammar.Quote(from+span.between+to)
		if _, problems := catalog.ReadFilter(url.Values{"q": {asks}}); len(problems) > 0 {
			wrong.Add(string(span.field)+"_from", map[bool]string{true: "days", false: "span"}[span.field.IsDay()], "Value", spanTyped(from, to, span.between))
			continue
		}
		words = append(words, asks)
	}
	return strings.Join(words, " "), wrong
}

// fieldsOf are the fields of the advanced form as a filter fills them; what has
// no field stands in "q".
func fieldsOf(f catalog.Filter) url.Values {
	fields := url.Values{}
	add := func(field, word string) { fields.Set(field, strings.TrimSpace(fields.Get(field)+" "+word)) }
	var rest []store.Sought
	for _, part := range soughtParts(f.Sought) {
		one := part
		if part.Join == store.Not {
			one = part.Of[0]
		}
		isWord := one.Join == store.One && !strings.ContainsAny(one.Words, ` *"`)
		switch {
		case part.Join == store.Not && isWord && one.In == store.Anywhere:
			add("none", one.Words)
		case part.Join == store.One && isWord && one.In == store.Anywhere:
			add("all", one.Words)
		case part.Join == store.One && isWord && one.In == store.InTitle:
			add("title", one.Words)
		case part.Join == store.One && one.In == store.Anywhere && !fields.Has("phrase") && !strings.HasSuffix(one.Words, "*"):
			add("phrase", one.Words)
		case part.Join == store.One && one.In == store.InText && !fields.Has("text") && !strings.HasSuffix(one.Words, "*"):
			add("text", one.Words)
		default:
			rest = append(rest, part)
		}
	}
	asked := f.Values()
	f.Sought = store.Sought{Join: store.All, Of: rest}
	if len(rest) < 2 {
		f.Sought = append(rest, store.Sought{})[0]
	}
	for _, span := range twoEnded {
		from, to := endsOf(asked.Get(span.name), span.between)
		fields.Set(span.name+"_from", from)
		fields.Set(span.name+"_to", to)
	}
	fields.Set("complete", asked.Get("complete"))
	fields.Set("language", asked.Get("language"))
	fields.Set(page.FieldWith, tagNames(f.Include))
	fields.Set(page.FieldWithout, tagNames(f.Exclude))
	fields.Set(page.FieldMain, tagNames(f.Main))
	f.Include, f.Main, f.Exclude, f.Words, f.Fandoms, f.Updated, f.Complete, f.Sort = nil, nil, nil, nil, nil, nil, nil, ""
	if len(f.Languages) == 1 {
		f.Languages = nil
	}
	fields.Set("q", f.Grammar())
	return fields
}

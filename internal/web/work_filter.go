package web

import (
	"context"
	"errors"
	"maps"
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

// facetsShown is how many values of each kind a list offers; its form offers as
// many as its address asks for.
const facetsShown = 10

// formFields are what the form of a list sends and its address does not say:
// two ends of a span, tags of whatever kind, and the kind of which all values
// were shown.
var formFields = []string{"words_from", "words_to", "fandoms_from", "fandoms_to", "updated_from", "updated_to", page.FieldWith, page.FieldWithout, page.FieldMainOnly, page.FieldKind}

// fieldOf is where on the form a field of an address stands.
var fieldOf = map[string]string{"words": "words_from", "fandoms": "fandoms_from", "updated": "updated_from", "include": page.FieldWith, "main": page.FieldWith, "exclude": page.FieldWithout}

// narrowing is what a list is asked, and how it was asked.
type narrowing struct {
	catalog.Filter
	problems archive.Problems
	typed    url.Values
	uncalled []catalog.Uncalled
	asForm   bool // by the form, whose address is to be written as one is read
	beyond   bool // a page after the last was asked for
}

// readNarrowing reads what a list is asked, by its address or by its form.
func (w *Web) readNarrowing(r *Request, usual store.Sort) (n narrowing, err error) {
	asked, unread := url.ParseQuery(r.URL.RawQuery)
	n, err = w.narrowingOf(r, asked, usual)
	if unread != nil {
		n.problems = archive.Problems{{Field: "include", Rule: "address_unread"}}
	}
	return n, err
}

// narrowingOf reads what a list is asked; usual is the order it has when none is.
func (w *Web) narrowingOf(r *Request, asked url.Values, usual store.Sort) (n narrowing, err error) {
	n.typed = maps.Clone(asked)
	if usual != "" && asked.Get("sort") == "" {
		asked.Set("sort", string(usual))
	}
	for _, span := range twoEnded {
		from, to := strings.TrimSpace(asked.Get(span.name+"_from")), strings.TrimSpace(asked.Get(span.name+"_to"))
		if from+to != "" {
			asked.Set(span.name, from+span.between+to)
		}
	}
	n.asForm = slices.ContainsFunc(formFields, asked.Has)
	for _, field := range []struct{ typed, asked string }{{page.FieldWith, "include"}, {page.FieldWithout, "exclude"}} {
		tags, err := w.tagsTyped(r, asked.Get(field.typed))
		if err != nil {
			return n, err
		}
		asked[field.asked] = append(asked[field.asked], tags...)
	}
	n.Filter, n.problems = catalog.ReadFilter(asked)
	if asked.Get(page.FieldMainOnly) != "" {
		onlyMain(&n.Filter)
	}
	n.PerPage, n.Usual = worksOnList, usual
	onForm(n.problems)
	n.sayTyped()
	return n, nil
}

// onForm has problems stand at the fields of the form.
func onForm(problems archive.Problems) {
	for i := range problems {
		if field, known := fieldOf[problems[i].Field]; known {
			problems[i].Field = field
		}
	}
}

// tagsTyped gives tags that were typed with commas between them as an address
// names them: of the first kind that has one of that name. A name that no tag
// has is a tag that no work bears.
func (w *Web) tagsTyped(r *Request, typed string) (tags []string, err error) {
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		names := archive.SplitTags(typed)
		for _, name := range names[:min(len(names), catalog.MostConditions+1)] {
			tag, err := tagTyped(ctx, tx, r.Viewer, name)
			if err != nil {
				return err
			}
			tags = append(tags, tag.String())
		}
		return nil
	})
	return tags, err
}

// tagTyped is the tag of whatever kind that is called so or, where none is, that
// has the kind before its name.
func tagTyped(ctx context.Context, tx *store.Tx, v archive.Viewer, name string) (catalog.TagName, error) {
	for _, kind := range catalog.KindsByName() {
		found, err := tx.Tags.Named(ctx, kind, name)
		if err == nil {
			_, err = tx.Tags.Find(ctx, v, found.ID) // one they may not know of is none
		}
		if !errors.Is(err, archive.ErrNotFound) {
			return catalog.TagName{Kind: kind, Name: name}, err
		}
	}
	before, after, _ := strings.Cut(name, ":")
	kind, after := archive.TagKind(strings.ToLower(before)), archive.CleanLine(after)
	if after != "" && slices.Contains(archive.TagKinds(), kind) {
		return catalog.TagName{Kind: kind, Name: after}, nil
	}
	if alike, err := catalog.Alike(ctx, tx, v, catalog.OfAnyKind(name)); !errors.Is(err, archive.ErrNotFound) {
		return catalog.TagName{Kind: alike.Kind, Name: alike.Name}, err
	}
	return catalog.TagName{Kind: archive.KindFreeform, Name: name}, nil
}

// at is the address of a list so narrowed.
func at(address string, f catalog.Filter) string {
	f.PerPage = 0
	if query := f.Values().Encode(); query != "" {
		return address + "?" + query
	}
	return address
}

// without is a filter less one thing it asks, from its first page.
func without(f catalog.Filter, take func(*catalog.Filter)) catalog.Filter {
	f.Include, f.Main, f.Exclude, f.Languages = slices.Clone(f.Include), slices.Clone(f.Main), slices.Clone(f.Exclude), slices.Clone(f.Languages)
	f.Page = 1
	take(&f)
	return f
}

// languages are those a list can be narrowed by: of works the viewer is shown,
// and those that are asked for.
func (w *Web) languages(r *Request, asked []string) ([]locale.Language, error) {
	spoken, known, err := w.Catalog.Languages(r.Context(), r.Viewer)
	if err != nil || !known {
		return locale.Languages(), err
	}
	return slices.DeleteFunc(locale.Languages(), func(l locale.Language) bool {
		return !slices.Contains(spoken, l.Tag) && !slices.Contains(asked, l.Tag)
	}), nil
}

// filters dresses what a list is narrowed by and can be narrowed by.
func (w *Web) filters(r *Request, n narrowing, listed catalog.Listed, address string) (f page.Filters, err error) {
	f = page.Filters{
		Action: address, URL: formAddress(r, n, address), Total: listed.Total, Unanswered: listed.InTexts.Nothing, IsCounted: listed.IsCounted,
		Everything: at(address, catalog.Filter{Rest: n.Rest, Sort: n.Usual, Usual: n.Usual}), Rest: n.Rest == catalog.Shown, LeaveOut: leaveOut(r, n.Filter, address), MainOnly: isOnlyMain(n.Filter), MainBeside: mainBeside(n.Filter), Save: saveAddress(r, n.Filter), Typed: filterTyped(n),
	}
	if f.Languages, err = w.languages(r, n.Languages); err != nil {
		return f, err
	}
	if f.Applied, err = w.applied(r, n, listed, address); err != nil {
		return f, err
	}
	for _, field := range catalog.UnknownFields(n.typed.Get("q")) {
		f.Uncalled = append(f.Uncalled, noField(r, n, field, address))
	}
	for _, name := range n.uncalled {
		f.Uncalled = append(f.Uncalled, uncalled(r, n.Filter, name, address))
	}
	for _, sort := range sortsOf(n.Filter) {
		chosen := n.Filter
		chosen.Sort, chosen.Turned, chosen.Page, chosen.Facets = sort, false, 1, 0
		f.Sorts = append(f.Sorts, page.Choice{Text: r.Words.T(sortWords[sort]), URL: at(address, chosen), Value: chosen.Values().Get("sort"), Chosen: sort == n.Sort})
	}
	for _, kind := range archive.TagKinds() {
		f.Kinds = append(f.Kinds, filterKind(r, n, kind, listed.Facets[kind]))
	}
	return f, nil
}

// uncalled says that no tag is called so, and leads to lists that ask for one
// with nearly that name.
func uncalled(r *Request, f catalog.Filter, name catalog.Uncalled, address string) page.Uncalled {
	said := page.Uncalled{Sentence: r.Words.T("filters.uncalled", "Name", name.Name)}
	f.Facets, f.Page = 0, 1
	for _, near := range name.Near {
		said.Near = append(said.Near, page.Link{Text: near.Name, URL: at(address, f.Renamed(name.TagName, catalog.TagName{Kind: near.Kind, Name: near.Name}))})
	}
	return said
}

// noField says that no field has a name that was typed, and leads to the list that
// asks the one that nearly has.
func noField(r *Request, n narrowing, f grammar.UnknownField, address string) page.Uncalled {
	said := page.Uncalled{Sentence: r.Words.T("filters.no_field", "Name", f.Name, "Words", f.Words)}
	if f.Near != "" {
		asked := maps.Clone(n.typed)
		for _, field := range append(catalog.ThenFields(), "page") {
			asked.Del(field)
		}
		asked.Set("q", strings.Replace(archive.CleanLine(asked.Get("q")), f.Words, f.Near+strings.TrimPrefix(f.Words, f.Name), 1))
		said.Near = []page.Link{{Text: f.Near + ":", URL: address + "?" + asked.Encode()}}
	}
	return said
}

// formAddress is where the form of a list stands on a page of its own, with
// what was typed when something of it is wrong.
func formAddress(r *Request, n narrowing, address string) string {
	if len(n.problems) > 0 {
		return address + "/filters?" + r.URL.RawQuery
	}
	n.Facets, n.Page = 0, 1
	return at(address+"/filters", n.Filter)
}

// filterKind is the values of one kind: those that are chosen, then those that
// most works bear.
func filterKind(r *Request, n narrowing, kind archive.TagKind, facets []catalog.Facet) page.FilterKind {
	k := page.FilterKind{Kind: string(kind)}
	places := map[string]int{} // of a folded name, in k.Values
	value := func(name string) *page.FilterValue {
		i, known := places[store.FoldTag(name)]
		if !known {
			i = len(k.Values)
			places[store.FoldTag(name)] = i
			k.Values = append(k.Values, page.FilterValue{Name: tagWord(r, kind, name), Value: catalog.TagName{Kind: kind, Name: name}.String()})
		}
		return &k.Values[i]
	}
	for _, tag := range slices.Concat(n.Include, n.Main) {
		if tag.Kind == kind {
			value(tag.Name).With, k.Chosen = true, true
		}
	}
	for _, tag := range n.Exclude {
		if tag.Kind == kind {
			value(tag.Name).Without, k.Chosen = true, true
		}
	}
	for _, one := range facets {
		if one.ID != n.Of.Tag {
			value(one.Name).Works = one.Works
		}
	}
	k.More = n.Facets > 0 && len(facets) >= n.Facets
	return k
}

// tagWord is how a tag is said: ratings, warnings and categories as blurbs say
// them, others by their names.
func tagWord(r *Request, kind archive.TagKind, name string) string {
	switch kind {
	case archive.KindRating, archive.KindWarning, archive.KindCategory:
		return page.SignWord(r.Words, name)
	}
	return name
}

// conditions are what a list is narrowed by.
func conditions(r *Request, f catalog.Filter) (all []condition) {
	f.Facets = 0
	say := func(text string, take func(*catalog.Filter)) {
		all = append(all, condition{text, without(f, take)})
	}
	for i, tag := range f.Include {
		say(r.Words.T("filters.with", "Name", tagWord(r, tag.Kind, tag.Name)), func(f *catalog.Filter) { f.Include = slices.Delete(f.Include, i, i+1) })
	}
	for i, tag := range f.Main {
		say(r.Words.T("filters.main_applied", "Name", tag.Name), func(f *catalog.Filter) { f.Main = slices.Delete(f.Main, i, i+1) })
	}
	for i, tag := range f.Exclude {
		say(r.Words.T("filters.without", "Name", tagWord(r, tag.Kind, tag.Name)), func(f *catalog.Filter) { f.Exclude = slices.Delete(f.Exclude, i, i+1) })
	}
	if f.Words != nil {
		say(r.Words.T("filters.words_applied", "Span", spanText(r, *f.Words)), func(f *catalog.Filter) { f.Words = nil })
	}
	if f.Updated != nil {
		say(r.Words.T("filters.updated_applied", "Span", strings.Replace(f.Values().Get("updated"), "..", " – ", 1)), func(f *catalog.Filter) { f.Updated = nil })
	}
	if f.Chapters != nil {
		say(chaptersApplied(r, f), func(f *catalog.Filter) { f.Chapters = nil })
	}
	if f.Fandoms != nil {
		say(fandomsApplied(r, *f.Fandoms), func(f *catalog.Filter) { f.Fandoms = nil })
	}
	if f.Complete != nil {
		say(r.Words.T(either(*f.Complete, "filters.complete", "filters.in_progress")), func(f *catalog.Filter) { f.Complete = nil })
	}
	if f.Crossover != nil {
		say(r.Words.T(either(*f.Crossover, "filters.crossovers", "filters.no_crossovers")), func(f *catalog.Filter) { f.Crossover = nil })
	}
	for i, language := range f.Languages {
		say(locale.LanguageName(language), func(f *catalog.Filter) { f.Languages = slices.Delete(f.Languages, i, i+1) })
	}
	applyQuery(r, f, say)
	if f.User != "" {
		say(r.Words.T("filters.user_applied", "Name", f.User), func(f *catalog.Filter) { f.User = "" })
	}
	return all
}

// either is one of two words.
func either(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

// filterTyped is what the form's fields hold: what was typed where that was wrong,
// else what is asked.
func filterTyped(n narrowing) page.FilterTyped {
	asked := n.Values()
	span := func(name, between string) (from, to string) {
		if asked.Get(name) != "" {
			return endsOf(asked.Get(name), between)
		}
		if n.typed.Get(name) != "" { // in an address, and wrong
			from, to, _ = strings.Cut(archive.CleanLine(n.typed.Get(name)), between)
			return from, to
		}
		return n.typed.Get(name + "_from"), n.typed.Get(name + "_to")
	}
	t := page.FilterTyped{
		Text: n.Q(), User: n.User, Complete: asked.Get("complete"), Crossover: asked.Get("crossover"), Chapters: asked.Get("chapters"),
		Language: asked.Get("language"), Sort: asked.Get("sort"),
	}
	if slices.ContainsFunc(n.problems, func(p archive.Invalid) bool { return p.Field == "q" }) {
		t.Text = archive.CleanLine(n.typed.Get("q"))
	}
	t.WordsFrom, t.WordsTo = span("words", "-")
	t.FandomsFrom, t.FandomsTo = span("fandoms", "-")
	t.UpdatedFrom, t.UpdatedTo = span("updated", "..")
	return t
}

// matchedTags are the tags on the works of a list that it asks for, and those
// that mean them.
func matchedTags(f catalog.Filter, listed catalog.Listed) []int64 {
	matched := []int64{f.Of.Tag}
	for _, b := range listed.Blurbs {
		for _, t := range b.Tags {
			if slices.Contains(listed.Asked, t.Tag) || slices.Contains(listed.Asked, listed.Means[t.Tag].ID) {
				matched = append(matched, t.Tag)
			}
		}
	}
	return matched
}

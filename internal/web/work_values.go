package web

import (
	"net/url"
	"slices"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// valuesOf is which values of a kind the form of a list is asked for; of no
// kind it is asked for the form itself.
func valuesOf(asked url.Values) catalog.ValuesOf {
	of := catalog.ValuesOf{Kind: archive.TagKind(asked.Get(page.FieldKind)), Begins: archive.CleanLine(asked.Get(page.FieldBegins))}
	if !slices.Contains(archive.TagKinds(), of.Kind) {
		of.Kind = ""
	}
	if letters := []rune(of.Begins); len(letters) > longestTyped {
		of.Begins = string(letters[:longestTyped])
	}
	of.Page, _ = strconv.Atoi(asked.Get(page.FieldValues)) // what is no number is the first
	return of
}

// valuesAddress is where the values of a kind stand for a list so narrowed.
func valuesAddress(address string, f catalog.Filter, of catalog.ValuesOf) string {
	f.Facets, f.Page, f.PerPage = 0, 1, 0
	asked := f.Values()
	asked.Set(page.FieldKind, string(of.Kind))
	if of.Begins != "" {
		asked.Set(page.FieldBegins, of.Begins)
	}
	if of.Page > 1 {
		asked.Set(page.FieldValues, strconv.Itoa(of.Page))
	}
	return address + "/filters?" + asked.Encode()
}

// filterValues answers with all values of one kind, a page of them at a time.
// What is ticked stays so from page to page, for each is a button of the form.
func (w *Web) filterValues(r *Request, l listed, of catalog.ValuesOf) (Response, error) {
	n, err := w.readNarrowing(r, l.usual)
	if err != nil {
		return Response{}, err
	}
	switch {
	case len(n.problems) > 0: // are shown here
	case r.URL.Query().Get(page.FieldValues) == page.ValuesLeft:
		return goTo(wholeForm(l.address, n.Filter))
	case n.typesBeside():
		return goTo(valuesAddress(l.address, n.Filter, of))
	}
	n.Of, n.Page, n.Facets = l.of, 1, 0
	found, err := w.Catalog.Values(r.Context(), r.Viewer, n.Filter, of)
	if err != nil {
		return Response{}, err
	}
	of.Page = found.Page
	p := page.ValuesPage{
		Shell: w.private(r, r.Words.T("filters.title")), Heading: l.page.Heading, Here: l.address + "/filters", Begins: of.Begins,
		Kind: filterKind(r, n, of.Kind, found.Facets), Number: found.Page, Last: found.LastPage(), Count: found.Total,
	}
	p.Filters = page.Filters{
		Action: l.address, Total: found.Works, Unanswered: found.TooLong, IsCounted: found.IsCounted, Applied: applied(conditions(r, n.Filter), l.address),
		Everything: at(l.address, catalog.Filter{Rest: n.Rest, Sort: n.Usual, Usual: n.Usual}), LeaveOut: leaveOut(r, n.Filter, l.address), MainOnly: isOnlyMain(n.Filter),
	}
	p.Errors = page.ErrorsOf(p.Shell, n.problems)
	p.Kept = keptBeside(n.Filter, of.Kind)
	return show(p)
}

// wholeForm is where the whole form of a list stands, so narrowed.
func wholeForm(address string, f catalog.Filter) string {
	f.Facets, f.Page = 0, 1
	return at(address+"/filters", f)
}

// typesBeside reports whether something was typed that an address has another
// field for.
func (n narrowing) typesBeside() bool {
	return slices.ContainsFunc(formFields, func(field string) bool { return field != page.FieldKind && n.typed.Has(field) })
}

// keptBeside is what else a list is asked, besides the tags of one kind.
func keptBeside(f catalog.Filter, kind archive.TagKind) (kept []page.Typed) {
	others := func(tags []catalog.TagName) []catalog.TagName {
		return slices.DeleteFunc(slices.Clone(tags), func(t catalog.TagName) bool { return t.Kind == kind })
	}
	if isOnlyMain(f) && kind == archive.KindRelationship {
		f.Main = nil // the tick says so
	}
	f.Include, f.Exclude, f.Page, f.PerPage, f.Facets = others(f.Include), others(f.Exclude), 1, 0, 0
	asked := f.Values()
	for _, name := range catalog.FilterFields() {
		for _, value := range asked[name] {
			kept = append(kept, page.Typed{Name: name, Value: value})
		}
	}
	return kept
}

// isNarrowed reports whether a list is asked for more than words.
func isNarrowed(f catalog.Filter) bool {
	f.Sought = store.Sought{}
	f.Page, f.PerPage, f.Facets, f.Sort, f.Usual, f.Turned, f.Rest = 1, 0, 0, "", "", false, catalog.LeftOut
	return len(f.Values()) > 0
}

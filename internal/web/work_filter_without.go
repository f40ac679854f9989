package web

import (
	"ficus/internal/catalog"
	"ficus/internal/web/page"
)

// mostWithout is for how many conditions is said how many works there are
// without one of them.
const mostWithout = 12

// condition is one thing a list is narrowed by, in words, and the list without
// it.
type condition struct {
	text    string
	without catalog.Filter
}

// applied are conditions as a page shows them.
func applied(narrowed []condition, address string) (all []page.Applied) {
	for _, one := range narrowed {
		all = append(all, page.Applied{Text: one.text, URL: at(address, one.without)})
	}
	return all
}

// applied says what a list is narrowed by; where nothing is found, also how many
// works are without each, which is what its reader would try next.
func (w *Web) applied(r *Request, n narrowing, listed catalog.Listed, address string) (all []page.Applied, err error) {
	narrowed := conditions(r, n.Filter)
	all = applied(narrowed, address)
	isEmpty := listed.Total == 0 && listed.IsCounted && !listed.InTexts.Nothing && len(n.problems) == 0
	if !isEmpty || len(all) < 2 || len(all) > mostWithout {
		return all, nil
	}
	var lists []catalog.Filter
	for _, one := range narrowed {
		lists = append(lists, one.without)
	}
	totals, err := w.Catalog.Totals(r.Context(), r.Viewer, lists)
	for i, total := range totals {
		all[i].IsCounted, all[i].Without = true, total
	}
	return all, err
}

// nothingIs says that no work is all that a list asks.
func nothingIs(r *Request, f page.Filters) string {
	counted, more := 0, false
	for _, one := range f.Applied {
		if one.IsCounted {
			counted, more = counted+1, more || one.Without > 0
		}
	}
	switch {
	case more:
		return r.Words.T("filters.none_beside")
	case counted > 0 && counted == len(f.Applied):
		return r.Words.T("filters.none_any")
	}
	return r.Words.T("filters.none")
}

package web

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// listed is a list that readers narrow: all works, or those of a tag.
type listed struct {
	page    page.ListPage
	usual   store.Sort // the order it has when none is asked
	of      catalog.Of
	address string
}

// listWorks answers with all works the viewer may find.
func (w *Web) listWorks(r *Request) (Response, error) { return w.list(r, w.allWorks(r)) }

// filterWorks answers with the form that narrows all works.
func (w *Web) filterWorks(r *Request) (Response, error) { return w.filter(r, w.allWorks(r)) }

func (w *Web) allWorks(r *Request) listed {
	p := page.ListPage{Shell: w.public(r, r.Words.T("works.title"), page.PathWorks), Heading: r.Words.T("works.title"), Empty: r.Words.T("works.empty")}
	p.Useful = page.Link{Text: r.Words.T("works.useful"), URL: page.PathNewWork}
	return listed{page: p, address: page.PathWorks}
}

// showTag answers with the works of a tag. The slug is for people: a wrong one
// leads to the right one.
func (w *Web) showTag(r *Request) (Response, error) {
	if kind := archive.TagKind(r.PathValue("id")); slices.Contains(archive.TagKinds(), kind) {
		return w.findTag(r, kind)
	}
	l, err := w.worksOfTag(r)
	if err != nil {
		return Response{}, err
	}
	if r.URL.EscapedPath() != l.address {
		if r.URL.RawQuery != "" {
			l.address += "?" + r.URL.RawQuery
		}
		return goTo(l.address)
	}
	return w.list(r, l)
}

// filterTag answers with the form that narrows the works of a tag.
func (w *Web) filterTag(r *Request) (Response, error) {
	l, err := w.worksOfTag(r)
	if err != nil {
		return Response{}, err
	}
	return w.filter(r, l)
}

func (w *Web) worksOfTag(r *Request) (l listed, err error) {
	id, err := r.number("id")
	if err != nil {
		return l, err
	}
	var tag archive.Tag // what it means, which may be another
	var sorted archive.SortedTag
	var favours page.Favour
	muted := false
	err = w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		if tag, err = tx.Tags.Find(ctx, r.Viewer, id); err != nil {
			return err
		}
		if sorted, err = tx.Sorting.Find(ctx, tag.ID); err != nil || !r.Viewer.IsMember() {
			return err
		}
		if favours, err = favour(ctx, tx, r, tag); err != nil {
			return err
		}
		muted, err = tx.Muted.Has(ctx, r.Viewer.Account, archive.Muted{Tag: tag.ID})
		return err
	})
	l.of.Tag, l.address = tag.ID, tagAddress(tag.ID, tag.Name)
	heading := tagWord(r, tag.Kind, tag.Name)
	l.page = page.ListPage{Shell: w.public(r, heading, l.address), Kind: string(tag.Kind), Heading: heading, Favour: favours}
	switch {
	case muted:
		l.page.Mute = page.Link{Text: r.Words.T("muted.tag_muted"), URL: page.PathPeople + "#" + page.ActMuteTag}
	case r.Viewer.IsMember():
		l.page.Mute = page.Link{Text: r.Words.T("muted.this_tag"), URL: l.address + "/mute"}
	}
	l.page.NoIndex = sorted.Standing == archive.TagUnsorted || sorted.Banned
	return l, err
}

// findTag goes on from /tags/{kind}/{name} to the tag's own address.
func (w *Web) findTag(r *Request, kind archive.TagKind) (Response, error) {
	var tag archive.Tag
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		named, err := tx.Tags.Named(ctx, kind, r.PathValue("slug"))
		if err != nil {
			return err
		}
		tag, err = tx.Tags.Find(ctx, r.Viewer, named.ID)
		return err
	})
	if err != nil {
		return Response{}, err
	}
	return goTo(tagAddress(tag.ID, tag.Name))
}

// list fills and answers a list page.
func (w *Web) list(r *Request, l listed) (Response, error) {
	revs := w.Catalog.Revs()
	n, found, to, err := w.find(r, l, facetsShown)
	if err != nil || to != "" {
		return Response{To: to}, err
	}
	p := l.page
	p.Muted, p.KeptOut = found.Muted, keptOut(r, found.KeptOut, n.Rest, otherWay(l.address, n.Filter))
	p.Total, p.Unanswered = found.Total, found.InTexts.Nothing
	if p.Blurbs, err = w.foundBlurbs(r, n, found); err != nil {
		return Response{}, err
	}
	if p.Filters, err = w.filters(r, n, found, l.address); err != nil {
		return Response{}, err
	}
	p.Filters.Errors = page.ErrorsOf(p.Shell, n.problems)
	for i := range p.Filters.Errors { // on a phone the form is on a page of its own
		p.Filters.Errors[i].URL = p.Filters.URL
	}
	if p.Unanswered {
		p.Empty, p.Useful = r.Words.T("found.nothing"), page.Link{Text: r.Words.T("filters.everything"), URL: l.address}
	} else if len(p.Filters.Applied) > 0 {
		p.Empty, p.Useful = nothingIs(r, p.Filters), page.Link{Text: r.Words.T("filters.everything"), URL: l.address}
	} else if l.of.Tag != 0 {
		p.Together = together(r, p.Total, "tag", strconv.FormatInt(l.of.Tag, 10), "sort", r.FormValue("sort"), "rest", r.FormValue("rest"))
	}
	p.Feeds = feedsOf(l.address, n)
	p.Canonical = w.address(r.Request) + listAddress(l.address, store.SortRevised, n.Page, nil)
	p.Pager = pagerOf(n, found, l.address)
	answer := Response{Page: p}
	if isKept(n, found) {
		answer.Keep = keepList(revs)
	}
	return answer, nil
}

// isKept reports whether a page of a list is kept for the next guest. One that
// soon lacks something, or shows too much, is not: texts are read a moment after
// they are posted, and as of each instant there is another page.
func isKept(n narrowing, found catalog.Listed) bool {
	return found.IsCounted && !found.InTexts.Asked && n.UpdatedAgo.IsZero() && n.PostedAgo.IsZero() && n.Then.AsOf.IsZero()
}

// filter answers with the form of a list, on a page of its own.
func (w *Web) filter(r *Request, l listed) (Response, error) {
	if of := valuesOf(r.URL.Query()); of.Kind != "" {
		return w.filterValues(r, l, of)
	}
	n, found, to, err := w.find(r, l, facetsShown)
	if err != nil || to != "" {
		return Response{To: to}, err
	}
	p := page.FilterPage{Shell: w.private(r, r.Words.T("filters.title")), Heading: l.page.Heading}
	if p.Filters, err = w.filters(r, n, found, l.address); err != nil {
		return Response{}, err
	}
	p.Errors = page.ErrorsOf(p.Shell, n.problems)
	return show(p)
}

// find finds what a list is asked for, the last page where one after it is; to
// is where the list is instead, when it was asked by its form.
func (w *Web) find(r *Request, l listed, facets int) (n narrowing, found catalog.Listed, to string, err error) {
	n, err = w.readNarrowing(r, l.usual)
	if err != nil {
		return n, found, "", err
	}
	if n.asForm && len(n.problems) == 0 {
		return n, found, at(l.address, n.Filter), nil
	}
	n.Of = l.of
	n.Facets = max(n.Facets, facets)
	found, err = w.Catalog.List(r.Context(), r.Viewer, n.Filter)
	last := found.LastPage(n.Page, n.PerPage)
	isBeyond := n.Page > last || found.Total > 0 && len(found.Blurbs) == 0
	switch {
	case err != nil, found.InTexts.Nothing:
		return n, found, "", err
	case found.Total == 0:
		n.Page = last
		n.uncalled, err = w.Catalog.Uncalled(r.Context(), r.Viewer, n.Filter)
		return n, found, "", err
	case !isBeyond:
		return n, found, "", nil
	}
	n.beyond, n.Page, n.Then.After, n.Then.Before = true, last, nil, nil
	found, err = w.Catalog.List(r.Context(), r.Viewer, n.Filter)
	return n, found, "", err
}

// sortsOf are the orders a list offers; the best match where it is the usual, or
// words are sought.
func sortsOf(f catalog.Filter) []store.Sort {
	if f.Usual == store.SortBest || !f.Sought.IsZero() {
		return append([]store.Sort{store.SortBest}, catalog.Sorts()...)
	}
	return catalog.Sorts()
}

// pagerOf leads through the pages of a list as it stood when its reader began,
// and says what has happened to it since.
func pagerOf(n narrowing, found catalog.Listed, address string) page.Pager {
	there := n.Filter
	there.Facets, there.PerPage = 0, 0
	last := found.LastPage(n.Page, n.PerPage)
	p := page.NewPager(n.Page, last, func(number int) string {
		there.Page = number
		asked := there.Values()
		maps.Copy(asked, found.Leads(n.Page, number))
		return address + "?" + asked.Encode()
	})
	there.Page = 1
	p.Since, p.SinceMany, p.Now = found.Since, found.SinceMany, at(address, there)
	if n.beyond && found.Total > 0 {
		p.Beyond = last
	}
	return p
}

// sortWords names the orders.
var sortWords = map[store.Sort]string{
	store.SortRevised: "sort.updated", store.SortPublished: "sort.posted", store.SortTitle: "sort.title", store.SortAuthor: "sort.author", store.SortWords: "sort.words",
	store.SortBest: "sort.best", store.SortChapters: "sort.chapters", store.SortHits: "sort.hits", store.SortKudos: "sort.kudos", store.SortComments: "sort.comments",
}

func pager(f store.Filter, total int, address string, more url.Values) page.Pager {
	return page.NewPager(f.Page, lastPage(f, total), func(n int) string { return listAddress(address, f.Sort, n, more) })
}

// lastPage is the number of a list's last page; an empty list has one. Who
// asks for a page after it is led to it.
func lastPage(f store.Filter, total int) int { return max(1, (total+f.PerPage-1)/f.PerPage) }

func listAddress(address string, sort store.Sort, n int, more url.Values) string {
	query := url.Values{}
	for name, values := range more {
		query[name] = values
	}
	if sort != store.SortRevised && sort != "" {
		query.Set("sort", string(sort))
	}
	if n > 1 {
		query.Set("page", strconv.Itoa(n))
	}
	if len(query) == 0 {
		return address
	}
	return address + "?" + query.Encode()
}

// longestTyped is as much of a field as is looked up while somebody types.
const longestTyped = 300 // characters

// typedSoFar is what was typed so far.
func typedSoFar(r *Request) string {
	q := []rune(archive.CleanLine(r.FormValue("q")))
	return strings.TrimSpace(string(q[:min(len(q), longestTyped)]))
}

// suggestTags answers the tags field's script with tags that begin so.
func (w *Web) suggestTags(r *Request) (Response, error) {
	kind := archive.TagKind(r.FormValue("kind")) // empty: any
	type suggestion struct {
		Name  string `json:"name"`
		Works int    `json:"works"`
	}
	found := []suggestion{}
	if q := typedSoFar(r); q != "" && (kind == "" || slices.Contains(archive.TagKinds(), kind)) {
		tags, err := w.Catalog.Suggest(r.Context(), r.Viewer, catalog.Typed{Text: q, Kind: kind, Fandoms: r.Form["fandom"]})
		if err != nil {
			return Response{}, err
		}
		for _, t := range tags {
			found = append(found, suggestion{Name: t.Name, Works: t.Works})
		}
	}
	return Response{JSON: map[string]any{"tags": found}}, nil
}

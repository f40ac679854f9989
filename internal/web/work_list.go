package web

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// listWorks answers with all works the viewer may find.
func (w *Web) listWorks(r *Request) (Response, error) {
	p := page.ListPage{Shell: w.public(r, r.Words.T("works.title"), page.PathWorks), Heading: r.Words.T("works.title"), Empty: r.Words.T("works.empty")}
	p.Useful = page.Link{Text: r.Words.T("works.useful"), URL: page.PathNewWork}
	return w.list(r, p, store.Filter{}, page.PathWorks)
}

// showTag answers with the works of a tag. The slug is for people: a wrong one
// leads to the right one.
func (w *Web) showTag(r *Request) (Response, error) {
	if kind := archive.TagKind(r.PathValue("id")); slices.Contains(archive.TagKinds(), kind) {
		return w.findTag(r, kind)
	}
	id, err := r.number("id")
	if err != nil {
		return Response{}, err
	}
	var tag store.CountedTag // what it means, which may be another
	var sorted archive.SortedTag
	err = w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		if tag, err = tx.Tags.Find(ctx, r.Viewer, id); err != nil {
			return err
		}
		sorted, err = tx.Sorting.Find(ctx, tag.ID)
		return err
	})
	if err != nil {
		return Response{}, err
	}
	address := tagAddress(tag.ID, tag.Name)
	if r.URL.EscapedPath() != address {
		return goTo(address)
	}
	p := page.ListPage{Shell: w.public(r, tag.Name, address), Kind: string(tag.Kind), Heading: tag.Name}
	p.NoIndex = sorted.Standing == archive.TagUnsorted || sorted.Banned
	return w.list(r, p, store.Filter{Tag: tag.ID}, address)
}

// findTag goes on from /tags/{kind}/{name} to the tag's own address.
func (w *Web) findTag(r *Request, kind archive.TagKind) (Response, error) {
	var tag archive.Tag
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		named, err := tx.Tags.Named(ctx, kind, r.PathValue("slug"))
		if err != nil {
			return err
		}
		found, err := tx.Tags.Find(ctx, r.Viewer, named.ID)
		tag = found.Tag
		return err
	})
	if err != nil {
		return Response{}, err
	}
	return goTo(tagAddress(tag.ID, tag.Name))
}

// list fills and answers a list page.
func (w *Web) list(r *Request, p page.ListPage, f store.Filter, address string) (Response, error) {
	revs := w.Catalog.Revs()
	f.Sort, f.Page, f.PerPage = store.Sort(r.FormValue("sort")), r.pageNumber(), worksOnList
	if !slices.Contains(store.Sorts(), f.Sort) {
		f.Sort = store.SortRevised
	}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		listed, err := tx.Lists.Page(ctx, r.Viewer, f)
		p.Total, p.Blurbs = listed.Total, blurbs(listed.Blurbs, f.Tag)
		return err
	})
	if err == nil && f.Page > lastPage(f, p.Total) {
		return goTo(listAddress(address, f.Sort, lastPage(f, p.Total), nil))
	}
	if f.Tag != 0 {
		p.Together = together(r, p.Total, "tag", strconv.FormatInt(f.Tag, 10), "sort", r.FormValue("sort"))
	}
	p.Canonical = w.address(r.Request) + listAddress(address, store.SortRevised, f.Page, nil)
	p.Pager = pager(f, p.Total, address, nil)
	for _, sort := range store.Sorts() {
		p.Sorts = append(p.Sorts, page.Choice{Text: r.Words.T(sortWords[sort]), URL: listAddress(address, sort, 1, nil), Chosen: sort == f.Sort})
	}
	return Response{Page: p, Keep: keepList(revs)}, err
}

// sortWords names the orders.
var sortWords = map[store.Sort]string{
	store.SortRevised: "sort.updated", store.SortPublished: "sort.posted", store.SortTitle: "sort.title", store.SortWords: "sort.words",
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

// What is read of a search; what follows is cut off, as the page then shows.
const (
	longestQuery = 300 // characters
	mostWords    = 20
)

// query is what was typed to be searched for.
func query(r *Request) string {
	words := strings.Fields(archive.CleanLine(r.FormValue("q")))
	q := []rune(strings.Join(words[:min(len(words), mostWords)], " "))
	return strings.TrimSpace(string(q[:min(len(q), longestQuery)]))
}

// search answers one field with the works and tags it finds.
func (w *Web) search(r *Request) (Response, error) {
	p := page.SearchPage{Shell: w.private(r, r.Words.T("search.title")), Query: query(r)}
	if p.Query == "" {
		return show(p)
	}
	f := store.Filter{Text: p.Query, Page: r.pageNumber(), PerPage: worksOnList}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		listed, err := tx.Lists.Page(ctx, r.Viewer, f)
		if err != nil {
			return err
		}
		tags, err := tx.Tags.Search(ctx, r.Viewer, p.Query)
		p.Total, p.Blurbs, p.Tags = listed.Total, blurbs(listed.Blurbs, 0), counted(tags)
		return err
	})
	asked := url.Values{"q": {p.Query}}
	if err == nil && f.Page > lastPage(f, p.Total) {
		return goTo(listAddress(page.PathSearch, f.Sort, lastPage(f, p.Total), asked))
	}
	p.Pager = pager(f, p.Total, page.PathSearch, asked)
	return Response{Page: p}, err
}

// suggestTags answers the tags field's script with tags that begin so.
func (w *Web) suggestTags(r *Request) (Response, error) {
	kind := archive.TagKind(r.FormValue("kind"))
	type suggestion struct {
		Name  string `json:"name"`
		Works int    `json:"works"`
	}
	found := []suggestion{}
	if q := query(r); q != "" && slices.Contains(archive.TagKinds(), kind) {
		err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
			tags, err := tx.Tags.Suggest(ctx, r.Viewer, kind, q)
			for _, t := range tags {
				found = append(found, suggestion{Name: t.Name, Works: t.Works})
			}
			return err
		})
		if err != nil {
			return Response{}, err
		}
	}
	return Response{JSON: map[string]any{"tags": found}}, nil
}

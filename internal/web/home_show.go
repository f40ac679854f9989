package web

import (
	"context"
	"net/http"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

const (
	worksOnHome   = 8
	fandomsOnHome = 12
	worksOnList   = 20
)

// showHome answers with the first page.
func (w *Web) showHome(r *Request) (Response, error) {
	revs := w.Catalog.Revs()
	p := page.HomePage{Shell: w.public(r, "", page.PathHome), About: w.Catalog.Site().About, CanJoin: w.Catalog.Site().Join == archive.JoinOpen || w.Catalog.Site().Join == archive.JoinInvited && w.Catalog.Site().Queue}
	if front := w.Catalog.Front(); !front.IsClosed(closedNews(r)) {
		p.Posted = newsItem(front.News)
		p.Posted.Close = p.Posted.URL + "/close"
	}
	latest, err := w.Catalog.List(r.Context(), r.Viewer, catalog.Filter{PerPage: worksOnHome, Rest: rest(r)})
	if err != nil {
		return Response{}, err
	}
	p.Latest, p.KeptOut = blurbs(latest.Blurbs), keptOut(r, latest.KeptOut, rest(r), restOf(page.PathHome, rest(r)))
	if w.Catalog.Site().Fandom == "" {
		fandoms, err := w.Catalog.LargestFandoms(r.Context(), r.Viewer, rest(r), fandomsOnHome)
		if err != nil {
			return Response{}, err
		}
		p.Fandoms = counted(r, fandoms)
	}
	favourites, err := w.Catalog.Favourites(r.Context(), r.Viewer, rest(r))
	if err != nil {
		return Response{}, err
	}
	p.Favourites = counted(r, favourites)
	err = w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		p.News, err = w.unread(ctx, tx, r)
		return err
	})
	return Response{Page: p, Keep: keepList(revs)}, err
}

func counted(r *Request, tags []store.CountedTag) []page.CountedLink {
	links := make([]page.CountedLink, len(tags))
	for i, t := range tags {
		links[i] = page.CountedLink{Name: tagWord(r, t.Kind, t.Name), URL: tagAddress(t.ID, t.Name), Count: t.Works}
	}
	return links
}

// listFandoms answers with the fandoms by medium.
func (w *Web) listFandoms(r *Request) (Response, error) {
	if w.Catalog.Site().Fandom != "" { // there is one to choose from
		return Response{To: page.PathWorks, Status: http.StatusFound}, nil
	}
	revs := w.Catalog.Revs()
	p := page.FandomsPage{Shell: w.public(r, r.Words.T("fandoms.title"), page.PathFandoms)}
	fandoms, err := w.Catalog.Fandoms(r.Context(), r.Viewer, rest(r))
	if err != nil {
		return Response{}, err
	}
	p.Media = byMedium(r, fandoms)
	kept, muted, err := w.Catalog.KeptOut(r.Context(), r.Viewer, rest(r))
	p.Muted = muted
	p.KeptOut = keptOut(r, kept, rest(r), restOf(page.PathFandoms, rest(r)))
	return Response{Page: p, Keep: keepList(revs)}, err
}

// byMedium groups fandoms under their media by name; the unsorted come last.
func byMedium(r *Request, fandoms []store.CountedTag) []page.Medium {
	var media []page.Medium
	for _, f := range fandoms {
		i := slices.IndexFunc(media, func(m page.Medium) bool { return m.Name == f.Medium })
		if i < 0 {
			i = len(media)
			media = append(media, page.Medium{Name: f.Medium})
		}
		media[i].Fandoms = append(media[i].Fandoms, counted(r, []store.CountedTag{f})...)
	}
	slices.SortStableFunc(media, func(a, b page.Medium) int {
		switch {
		case a.Name == b.Name:
			return 0
		case a.Name == "" || (b.Name != "" && a.Name > b.Name):
			return 1
		}
		return -1
	})
	return media
}

// showMenu answers with the ways through the site.
func (w *Web) showMenu(r *Request) (Response, error) {
	return show(page.MenuPage{Shell: w.public(r, r.Words.T("menu.title"), page.PathMenu)})
}

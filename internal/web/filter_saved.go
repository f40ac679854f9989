package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// savedFilter dresses a saved filter.
func (w *Web) savedFilter(ctx context.Context, tx *store.Tx, r *Request, f archive.SavedFilter) (page.SavedFilter, error) {
	shown := page.SavedFilter{Name: f.Name, URL: filterAddress(f.ID), Subscribed: f.IsSubscribed(), Fed: f.FeedAt}
	if f.Token != "" {
		shown.Shared = w.address(r.Request) + page.PathShared + "/" + f.Token
	}
	asked, err := catalog.ReadSaved(f)
	if err != nil {
		return shown, err
	}
	of, list, err := listOf(ctx, tx, f)
	if errors.Is(err, archive.ErrNotFound) {
		list, err = "", nil
	}
	shown.List, shown.Asks = list, asksOf(r, asked, of)
	return shown, err
}

// listOf is whose list a saved filter narrows, and the address of that;
// archive.ErrNotFound when it is there no more.
func listOf(ctx context.Context, tx *store.Tx, f archive.SavedFilter) (of, address string, err error) {
	of, address, err = savedPlace(ctx, tx, f)
	if err != nil {
		return of, "", err
	}
	asked, err := url.ParseQuery(f.Query)
	if err != nil {
		return of, "", err
	}
	switch {
	case address != "":
	case asked.Get("sort") == string(store.SortBest): // which search alone offers
		address = page.PathSearch
	default:
		address = page.PathWorks
	}
	if f.Query != "" {
		address += "?" + f.Query
	}
	return of, address, nil
}

// listFilters answers with the filters a member saved.
func (w *Web) listFilters(r *Request) (Response, error) {
	p := page.SavedFiltersPage{Shell: w.private(r, r.Words.T("saved.title"))}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		filters, err := tx.Filters.Of(ctx, r.Viewer.Account)
		if err != nil {
			return err
		}
		for _, f := range filters {
			shown, err := w.savedFilter(ctx, tx, r, f)
			if err != nil {
				return err
			}
			p.Filters = append(p.Filters, shown)
		}
		return nil
	})
	return Response{Page: p}, err
}

// showFilter answers with one of them, and what can be done with it.
func (w *Web) showFilter(r *Request) (Response, error) {
	p, _, err := w.savedFilterPage(r)
	return Response{Page: p}, err
}

func (w *Web) savedFilterPage(r *Request) (p page.SavedFilterPage, id int64, err error) {
	if id, err = r.number("filter"); err != nil {
		return p, id, err
	}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		f, err := tx.Filters.Find(ctx, r.Viewer.Account, id)
		if err != nil {
			return err
		}
		p.SavedFilter, err = w.savedFilter(ctx, tx, r, f)
		return err
	})
	p.Shell, p.Typed, p.Limit = w.private(r, p.Name), p.Name, w.Limits.FilterName
	return p, id, err
}

// changeFilter renames, shares, subscribes to or deletes a saved filter.
func (w *Web) changeFilter(r *Request) (Response, error) {
	p, id, err := w.savedFilterPage(r)
	if err != nil {
		return Response{}, err
	}
	ctx, to := r.Context(), p.URL
	switch r.PostForm.Get("do") {
	case page.ActRename:
		p.Typed = r.PostForm.Get("filter_name")
		err = w.Memory.RenameFilter(ctx, r.Viewer, id, p.Typed)
	case page.ActShare:
		err, to = w.Memory.ShareFilter(ctx, r.Viewer, id), to+"#share"
	case page.ActKeep:
		err, to = w.Memory.KeepFilter(ctx, r.Viewer, id), to+"#share"
	case page.ActSubscribe:
		err, to = w.Memory.SubscribeFilter(ctx, r.Viewer, id), to+"#tell"
	case page.ActStop:
		err, to = w.Memory.UnsubscribeFilter(ctx, r.Viewer, id), to+"#tell"
	case page.ActFeed:
		return w.makeFeed(r, id)
	case page.ActEndFeed:
		err, to = w.Memory.EndFeed(ctx, r.Viewer, id), to+"#feed"
	case page.ActDrop:
		err, to = w.Memory.DropFilter(ctx, r.Viewer, id), page.PathFilters
	default:
		err = archive.ErrNotFound
	}
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	if problems == nil {
		return goTo(to)
	}
	p.Errors = page.ErrorsOf(p.Shell, problems)
	return Response{Status: status, Page: p}, nil
}

// openShared opens the list of a filter for whoever has its address, as they
// may see it.
func (w *Web) openShared(r *Request) (Response, error) {
	var to string
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		f, err := tx.Filters.Shared(ctx, r.PathValue("token"))
		if err != nil {
			return err
		}
		_, to, err = listOf(ctx, tx, f)
		return err
	})
	return Response{To: to, Status: http.StatusFound}, err
}

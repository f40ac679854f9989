package web

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// noticesOnPage is how many notices one page of them holds.
const noticesOnPage = 30

// shelfOf is which notices are asked for, and the same for an address.
func shelfOf(values url.Values) (store.Shelf, url.Values) {
	s, kept := store.Shelf{}, url.Values{}
	if show := values.Get("show"); show == "unread" || show == "read" {
		s.Show = show
		kept.Set("show", show)
	}
	if topic := archive.Topic(values.Get("kind")); slices.Contains(archive.Topics(), topic) {
		s.Topic = topic
		kept.Set("kind", string(topic))
	}
	if values.Get("order") == "oldest" {
		s.Oldest = true
		kept.Set("order", "oldest")
	}
	return s, kept
}

// listNotices answers with what the member was told.
func (w *Web) listNotices(r *Request) (Response, error) {
	p := page.InboxPage{Shell: w.private(r, r.Words.T("inbox.title"))}
	shelf, kept := shelfOf(r.URL.Query())
	f := store.Filter{Page: r.pageNumber(), PerPage: noticesOnPage}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		told, total, err := tx.Notices.Page(ctx, r.Viewer, shelf, f.PerPage, (f.Page-1)*f.PerPage)
		if err != nil {
			return err
		}
		p.Total = total
		for _, t := range told {
			item, err := w.notice(ctx, tx, r, t)
			if err != nil {
				return err
			}
			p.Items = append(p.Items, item)
		}
		return nil
	})
	if last := lastPage(f, p.Total); err == nil && f.Page > last {
		return goTo(listAddress(page.PathInbox, f.Sort, last, kept))
	}
	p.Filter = page.InboxFilter{Show: shelf.Show, Topic: string(shelf.Topic), Oldest: shelf.Oldest}
	p.Pager = pager(f, p.Total, page.PathInbox, kept)
	return Response{Page: p}, err
}

// keepNotices marks or deletes the chosen notices, or all that the filter
// shows, and comes back to it.
func (w *Web) keepNotices(r *Request) (Response, error) {
	shelf, kept := shelfOf(r.PostForm)
	if r.PostForm.Get("all") == "" {
		for _, value := range r.PostForm["id"] {
			id, err := strconv.ParseInt(value, 10, 64)
			if err != nil {
				return Response{}, archive.ErrNotFound
			}
			shelf.IDs = append(shelf.IDs, id)
		}
		if len(shelf.IDs) == 0 || len(shelf.IDs) > noticesOnPage {
			return goTo(listAddress(page.PathInbox, "", 1, kept))
		}
	}
	if err := w.Accounts.KeepNotices(r.Context(), r.Viewer, shelf, r.PostForm.Get("do")); err != nil {
		return Response{}, err
	}
	return goTo(listAddress(page.PathInbox, "", r.pageNumber(), kept))
}

// readNotices marks them all as looked at.
func (w *Web) readNotices(r *Request) (Response, error) {
	if err := w.Accounts.ReadNotices(r.Context(), r.Viewer); err != nil {
		return Response{}, err
	}
	return goTo(page.PathInbox)
}

// noticesOnHome is how many unread notices the first page shows.
const noticesOnHome = 5

// unread gives a member's newest unread notices.
func (w *Web) unread(ctx context.Context, tx *store.Tx, r *Request) (items []page.InboxItem, err error) {
	if r.Unread == 0 {
		return nil, nil
	}
	told, _, err := tx.Notices.Page(ctx, r.Viewer, store.Shelf{Show: "unread"}, noticesOnHome, 0)
	if err != nil {
		return nil, err
	}
	for _, t := range told {
		item, err := w.notice(ctx, tx, r, t)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

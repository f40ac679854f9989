package web

import (
	"context"
	"errors"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// followedOnPage is how many works and people one page of the list holds.
const followedOnPage = 50

// listFollowing answers with what the member follows.
func (w *Web) listFollowing(r *Request) (Response, error) {
	p := page.FollowingPage{Shell: w.private(r, r.Words.T("follow.title"))}
	f := store.Filter{Page: r.pageNumber(), PerPage: followedOnPage}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		total, err := tx.Follows.Count(ctx, r.Viewer.Account)
		if err != nil {
			return err
		}
		list, err := tx.Follows.Of(ctx, r.Viewer, f.PerPage, (f.Page-1)*f.PerPage)
		p.Total = int(total)
		for _, one := range list {
			p.Items = append(p.Items, followedItem(one))
		}
		return err
	})
	if last := lastPage(f, p.Total); err == nil && f.Page > last {
		return goTo(listAddress(page.PathFollowing, f.Sort, last, nil))
	}
	p.Pager = pager(f, p.Total, page.PathFollowing, nil)
	return Response{Page: p}, err
}

// followedItem is a line of the list. What its member may not know of any more
// has no name and leads nowhere.
func followedItem(f store.Following) page.FollowedItem {
	item := page.FollowedItem{Field: "work", ID: strconv.FormatInt(f.Work, 10), Name: f.Title, Since: f.At, Muted: f.Muted}
	address := workAddress(f.Work)
	if f.Person != 0 {
		item.Field, item.ID, item.Name = "person", strconv.FormatInt(f.Person, 10), f.Name
		address = userAddress(f.Name)
	}
	if item.Name == "" {
		return item
	}
	if item.URL = address; f.Work != 0 {
		item.Lang = f.Language
	}
	return item
}

// stopFollowing ends the following of one of them, whatever became of it.
func (w *Web) stopFollowing(r *Request) (Response, error) {
	var of archive.Followed
	for field, into := range map[string]*int64{"work": &of.Work, "person": &of.Person} {
		value := r.PostForm.Get(field)
		if value == "" {
			continue
		}
		id, err := strconv.ParseInt(value, 10, 64)
		if err != nil || id < 1 {
			return Response{}, archive.ErrNotFound
		}
		*into = id
	}
	if (of.Work == 0) == (of.Person == 0) {
		return Response{}, archive.ErrNotFound
	}
	if err := w.Feedback.Follow(r.Context(), r.Viewer, of, false); err != nil {
		return Response{}, err
	}
	return goTo(listAddress(page.PathFollowing, "", r.pageNumber(), nil))
}

// noticeOfFollowed says what is new of something the member follows, with the
// names they may know.
func noticeOfFollowed(ctx context.Context, tx *store.Tx, r *Request, t store.Told, item page.InboxItem) (page.InboxItem, error) {
	o, err := tx.Works.Open(ctx, r.Viewer, t.Work)
	if err != nil {
		return item, err
	}
	by := bylineIn(r, o)
	item.Link = page.Link{Text: r.Words.T("inbox.read_it"), URL: workAddress(t.Work)}
	if t.Kind == archive.NoticeWork {
		item.Text = r.Words.T("inbox.work_by", "Title", t.Title, "Byline", by)
		return item, nil
	}
	item.Text = r.Words.N("inbox.chapters_by", t.Number, "Title", t.Title, "Byline", by)
	if t.Chapter != 0 {
		item.Link.URL = chapterAddress(t.Work, t.Chapter)
	}
	return item, nil
}

// bylineIn names those who sign a work, as far as the reader may know them.
func bylineIn(r *Request, o store.Opened) string {
	if len(o.Creators) == 0 {
		return r.Words.T("byline.anonymous")
	}
	var names []string
	for _, creator := range o.Creators {
		names = append(names, creator.Name)
	}
	return r.Words.List(names)
}

// noticeOfFilter says which work came into the list of a saved filter, as long
// as that is kept.
func noticeOfFilter(ctx context.Context, tx *store.Tx, r *Request, t store.Told, item page.InboxItem) (page.InboxItem, error) {
	o, err := tx.Works.Open(ctx, r.Viewer, t.Work)
	if err != nil {
		return item, err
	}
	item.Link = page.Link{Text: r.Words.T("inbox.read_it"), URL: workAddress(t.Work)}
	f, err := tx.Filters.Find(ctx, r.Viewer.Account, t.Subject)
	if errors.Is(err, archive.ErrNotFound) {
		item.Text = r.Words.T("inbox.filtered_gone", "Title", t.Title, "Byline", bylineIn(r, o))
		return item, nil
	}
	item.Text = r.Words.T("inbox.filtered", "Title", t.Title, "Byline", bylineIn(r, o), "Filter", f.Name)
	return item, err
}

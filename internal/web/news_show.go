package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// newsOnPage is how much news one page of it holds.
const newsOnPage = 20

func newsAddress(id int64) string { return page.PathNews + "/" + strconv.FormatInt(id, 10) }

func pageAddress(slug string) string { return page.PathPages + slug }

// paperAddress is where everyone reads a paper.
func paperAddress(p archive.Paper) string {
	if p.Kind == archive.PaperNews {
		return newsAddress(p.ID)
	}
	return pageAddress(p.Slug)
}

// newsItem is a piece of news in a list.
func newsItem(p archive.Paper) page.NewsItem {
	return page.NewsItem{Title: p.Title, Lang: p.Language, URL: newsAddress(p.ID), At: p.PostedAt, Opening: p.Opening}
}

// listNews answers with the news, the newest first.
func (w *Web) listNews(r *Request) (Response, error) {
	revs := w.Catalog.Revs()
	p := page.NewsPage{Shell: w.public(r, r.Words.T("news.title"), page.PathNews)}
	f := store.Filter{Page: r.pageNumber(), PerPage: newsOnPage}
	var total int
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		list, n, err := tx.Papers.News(ctx, f.PerPage, (f.Page-1)*f.PerPage)
		for _, one := range list {
			p.Items = append(p.Items, newsItem(one))
		}
		total = n
		return err
	})
	if last := lastPage(f, total); err == nil && f.Page > last {
		return goTo(listAddress(page.PathNews, f.Sort, last, nil))
	}
	p.Pager = pager(f, total, page.PathNews, nil)
	return Response{Page: p, Keep: keepList(revs)}, err
}

// showNews answers with one piece of news. A draft is missing to everyone.
func (w *Web) showNews(r *Request) (Response, error) {
	id, err := r.number("paper")
	if err != nil {
		return Response{}, err
	}
	return w.showPaper(r, func(ctx context.Context, tx *store.Tx) (archive.Paper, error) {
		return tx.Papers.Find(ctx, archive.PaperNews, id)
	})
}

// showPage answers with one of the archive's pages.
func (w *Web) showPage(r *Request) (Response, error) {
	return w.showPaper(r, func(ctx context.Context, tx *store.Tx) (archive.Paper, error) {
		return tx.Papers.At(ctx, r.PathValue("slug"))
	})
}

func (w *Web) showPaper(r *Request, find func(context.Context, *store.Tx) (archive.Paper, error)) (Response, error) {
	revs := w.Catalog.Revs()
	var paper archive.Paper
	err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		paper, err = find(ctx, tx)
		return err
	})
	if err == nil && paper.IsDraft() {
		err = archive.ErrNotFound
	}
	if err != nil {
		return Response{}, err
	}
	p := page.PaperPage{
		Shell: w.public(r, paper.Title, paperAddress(paper)), News: paper.Kind == archive.PaperNews, Lang: paper.Language, HTML: prose.PageHTML(paper.Body),
		Posted: paper.PostedAt, Changed: paper.UpdatedAt,
	}
	p.Description = paper.Opening
	if r.Viewer.Staff {
		p.Edit = paperDeskAddress(paper.Kind, paper.ID)
	}
	return Response{Page: p, Keep: keepList(revs)}, nil
}

// cookieNews holds up to when a guest has closed the news.
const cookieNews = "ficus_news"

// closedNews is up to when somebody has closed the news on the first page.
func closedNews(r *Request) time.Time {
	if r.Viewer.IsMember() {
		return time.UnixMicro(r.Preferences.NewsClosed)
	}
	return guestClosed(r.Request)
}

func guestClosed(r *http.Request) time.Time {
	at, err := strconv.ParseInt(cookieValue(r, cookieNews), 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMicro(at)
}

// closesNews reports whether a page is another for those who have closed the
// newest news.
func (w *Web) closesNews(r *http.Request) bool {
	front := w.Catalog.Front()
	return r.URL.Path == page.PathHome && front.News.ID != 0 && front.IsClosed(guestClosed(r))
}

// closeNews takes a piece of news, and what is older, from the reader's first
// page.
func (w *Web) closeNews(r *Request) (Response, error) {
	id, err := r.number("paper")
	if err != nil {
		return Response{}, err
	}
	var paper archive.Paper
	err = w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		paper, err = tx.Papers.Find(ctx, archive.PaperNews, id)
		return err
	})
	if err == nil && paper.IsDraft() {
		err = archive.ErrNotFound
	}
	if err != nil {
		return Response{}, err
	}
	closed := paper.PostedAt.UnixMicro()
	if !r.Viewer.IsMember() {
		return Response{To: page.PathHome, Cookies: []*http.Cookie{w.cookie(cookieNews, strconv.FormatInt(closed, 10), 365*24*time.Hour)}}, nil
	}
	err = w.Accounts.Prefer(r.Context(), r.Viewer, func(p *archive.Preferences) { p.NewsClosed = max(p.NewsClosed, closed) })
	return Response{To: page.PathHome}, err
}

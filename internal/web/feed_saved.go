package web

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/tempo"
	"ficus/internal/web/page"
)

// ownFeed answers whoever has its secret address with the list of a saved
// filter as its member finds it; staff find no more than members.
func (w *Web) ownFeed(form feedForm) handler {
	return func(r *Request) (Response, error) {
		saved, err := w.Memory.OpenFeed(r.Context(), r.PathValue("token"))
		if err != nil {
			return Response{}, err
		}
		r = w.asStranger(r)
		r.Viewer = archive.Viewer{Account: saved.Account}
		l := fed{name: fmt.Sprintf("filters/%d", saved.ID), at: page.PathFeeds + "/" + r.PathValue("token"), saved: true}
		l.page.Heading = saved.Name
		return w.savedFeed(r, l, saved, form)
	}
}

// sharedFeed answers with the list of a shared filter as a guest finds it. Its
// name is its member's own.
func (w *Web) sharedFeed(form feedForm) handler {
	return func(r *Request) (Response, error) {
		r = w.asStranger(r)
		var saved archive.SavedFilter
		err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
			saved, err = tx.Filters.Shared(ctx, r.PathValue("token"))
			return err
		})
		if err != nil {
			return Response{}, err
		}
		l := fed{name: fmt.Sprintf("filters/%d/shared", saved.ID), at: page.PathShared + "/" + r.PathValue("token") + page.EndFeed, saved: true}
		l.page.Heading = r.Words.T("works.title")
		return w.savedFeed(r, l, saved, form)
	}
}

func (w *Web) savedFeed(r *Request, l fed, saved archive.SavedFilter, form feedForm) (Response, error) {
	f, err := catalog.ReadSaved(saved)
	if err != nil {
		return Response{}, err
	}
	if !f.Sought.IsZero() {
		if passes, wait := w.Tempo.Allows(tempo.Searching, tempo.Sender{Viewer: r.Viewer, From: r.Client}, r.Now); !passes {
			return w.tooFast(r, wait), nil
		}
	}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		_, l.address, err = savedPlace(ctx, tx, saved)
		return err
	})
	if err != nil {
		return Response{}, err
	}
	if l.address == "" {
		l.address = page.PathWorks
	}
	f.Sort, f.Turned = store.SortRevised, false
	return w.feedOf(r, l, f, form)
}

// makeFeed gives a saved filter a feed of its own and shows its address, this
// once.
func (w *Web) makeFeed(r *Request, id int64) (Response, error) {
	secret, err := w.Memory.FeedFilter(r.Context(), r.Viewer, id)
	if err != nil {
		return Response{}, err
	}
	p, _, err := w.savedFilterPage(r)
	p.Path = p.URL
	p.FreshFeed = w.address(r.Request) + page.PathFeeds + "/" + secret
	return Response{Page: p}, err
}

// loggable is a path as the log may have it, without what opens something.
func loggable(path string) string {
	for _, secret := range []string{page.PathFeeds + "/", page.PathShared + "/"} {
		if strings.HasPrefix(path, secret) {
			return secret + "…"
		}
	}
	return path
}

// notedSlow is what took long, as the log and the desk say it.
func (w *Web) notedSlow(began time.Time, path string, took time.Duration) string {
	path = loggable(path)
	w.slow.note(began, path, took)
	return path
}

package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// favour is the button on a tag's page that puts it on a member's first page.
func favour(ctx context.Context, tx *store.Tx, r *Request, tag archive.Tag) (page.Favour, error) {
	if !r.Viewer.IsMember() {
		return page.Favour{}, nil
	}
	had, err := tx.Favourites.Of(ctx, r.Viewer.Account)
	on := slices.ContainsFunc(had, func(t archive.Tag) bool { return t.ID == tag.ID })
	return page.Favour{ID: strconv.FormatInt(tag.ID, 10), On: on, To: tagAddress(tag.ID, tag.Name)}, err
}

// listFavourites answers with the tags on the member's first page.
func (w *Web) listFavourites(r *Request) (Response, error) {
	p, err := w.favouritesPage(r)
	return Response{Page: p}, err
}

func (w *Web) favouritesPage(r *Request) (page.FavouritesPage, error) {
	p := page.FavouritesPage{Shell: w.private(r, r.Words.T("favourites.title"))}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		tags, err := tx.Favourites.Of(ctx, r.Viewer.Account)
		for _, t := range tags {
			p.Tags = append(p.Tags, rememberedTag(r, t))
		}
		return err
	})
	return p, err
}

// changeFavourites puts a tag on the member's first page, or takes it off.
func (w *Web) changeFavourites(r *Request) (Response, error) {
	change, typed := w.Memory.Favour, r.PostForm.Get("add")
	if drop := r.PostForm.Get("drop"); drop != "" {
		change, typed = w.Memory.Unfavour, drop
	}
	tag, err := strconv.ParseInt(typed, 10, 64)
	if err != nil {
		return Response{}, archive.ErrNotFound
	}
	problems, _, err := w.mendable(r, change(r.Context(), r.Viewer, tag))
	if err != nil {
		return Response{}, err
	}
	if len(problems) > 0 {
		p, err := w.favouritesPage(r)
		p.Errors = page.ErrorsOf(p.Shell, problems)
		return Response{Status: http.StatusUnprocessableEntity, Page: p}, err
	}
	if to := r.PostForm.Get("to"); to != "" {
		return goTo(cleanReturn(to) + "#favourite")
	}
	return goTo(page.PathFavourites)
}

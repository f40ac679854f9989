package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// setWrangler has a member sort tags, or no longer.
func (w *Web) setWrangler(r *Request) (Response, error) {
	id, err := r.number("member")
	if err != nil {
		return Response{}, err
	}
	typed := r.PostFormValue("wrangler_fandoms")
	err = w.Moderation.SetWrangler(r.Context(), r.Viewer, id, r.PostFormValue("wrangler") == "yes", archive.SplitTags(typed))
	var problems archive.Problems
	if !errors.As(err, &problems) {
		return w.backTo(err, memberAddress(id))
	}
	p, err := w.memberPage(r, id)
	if err != nil {
		return Response{}, err
	}
	p.Path, p.Fandoms = memberAddress(id), typed
	p.Errors = page.ErrorsOf(p.Shell, problems)
	return Response{Status: http.StatusUnprocessableEntity, Page: p}, err
}

func fandomNames(tags []archive.Tag) string {
	names := make([]string, len(tags))
	for i, tag := range tags {
		names[i] = tag.Name
	}
	return strings.Join(names, ", ")
}

// wranglesWhere lists the fandoms whose tags the viewer sorts; nil: all of them.
func (w *Web) wranglesWhere(r *Request) (mine []int64, err error) {
	if r.Viewer.Staff {
		return nil, nil
	}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		_, everywhere, err := tx.Wranglers.Is(ctx, r.Viewer.Account)
		if err != nil || everywhere {
			return err
		}
		fandoms, err := tx.Wranglers.Fandoms(ctx, r.Viewer.Account)
		for _, fandom := range fandoms {
			mine = append(mine, fandom.ID)
		}
		return err
	})
	return mine, err
}

// isWrangledHere refuses a bin that is not the viewer's to sort.
func (w *Web) isWrangledHere(r *Request, b bin) error {
	mine, err := w.wranglesWhere(r)
	if err == nil && mine != nil && !slices.Contains(mine, b.Fandom) {
		err = archive.ErrNotFound
	}
	return err
}

// of leaves the bins of some fandoms; nil: all there are.
func (c countedBins) of(fandoms []int64) countedBins {
	if fandoms == nil {
		return c
	}
	some := countedBins{at: c.at, took: c.took}
	for _, bin := range c.OfFandoms {
		if slices.Contains(fandoms, bin.Fandom.ID) {
			some.OfFandoms = append(some.OfFandoms, bin)
		}
	}
	return some
}

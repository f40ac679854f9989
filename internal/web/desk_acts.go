package web

import (
	"context"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// listActs answers with what staff did, the newest first: all of it, or of one
// kind, or by one of them.
func (w *Web) listActs(r *Request) (Response, error) {
	before, err := strconv.ParseInt(r.FormValue("before"), 10, 64)
	if err != nil || before < 1 {
		before = math.MaxInt64
	}
	f := store.ActFilter{Kind: archive.ActKind(r.FormValue("kind")), By: archive.CleanLine(r.FormValue("by"))}
	if !slices.Contains(archive.ActKinds(), f.Kind) {
		f.Kind = ""
	}
	p := page.ActsPage{Shell: w.private(r, r.Words.T("acts.title")), Kind: f.Kind, By: f.By}
	query := url.Values{}
	for name, value := range map[string]string{"kind": string(f.Kind), "by": f.By} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if before != math.MaxInt64 {
		p.Newest = listAddress(page.PathActs, "", 1, query)
	}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		if p.Doers, err = tx.Acts.Doers(ctx); err != nil {
			return err
		}
		acts, err := tx.Acts.Filtered(ctx, f, before, actsShown+1)
		if len(acts) > actsShown {
			acts = acts[:actsShown]
			query.Set("before", fmt.Sprint(acts[actsShown-1].ID))
			p.Older = listAddress(page.PathActs, "", 1, query)
		}
		p.Acts = actLines(r, acts)
		return err
	})
	return Response{Page: p}, err
}

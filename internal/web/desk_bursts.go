package web

import (
	"context"
	"net/http"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// listBursts answers with the kudos that wait for staff.
func (w *Web) listBursts(r *Request) (Response, error) {
	p := page.BurstsPage{Shell: w.private(r, r.Words.T("bursts.title"))}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		bursts, err := tx.Kudos.Bursts(ctx)
		for _, b := range bursts {
			p.Bursts = append(p.Bursts, page.Burst{Work: page.Link{Text: b.Title, URL: workAddress(b.Work)}, ID: b.Work, Count: b.Count, First: b.First, Last: b.Last})
		}
		return err
	})
	return Response{Page: p}, err
}

// settleBurst counts the waiting kudos of a work, or throws them away.
func (w *Web) settleBurst(r *Request) (Response, error) {
	work, err := strconv.ParseInt(r.PostFormValue("work"), 10, 64)
	do := r.PostFormValue("do")
	if err != nil || do != "count" && do != "drop" {
		return Response{}, archive.ErrNotFound
	}
	if err := ignoreMissing(w.Moderation.SettleKudos(r.Context(), r.Viewer, work, do == "count", "")); err != nil {
		return Response{}, err
	}
	return Response{To: page.PathBursts, Status: http.StatusSeeOther}, nil
}

package web

import (
	"context"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// broughtAtOnce is how many manuscripts one page lists.
const broughtAtOnce = 50

// listBrought answers with the manuscripts the member brought, a page of them.
func (w *Web) listBrought(r *Request) (Response, error) {
	p := page.BroughtPage{Shell: w.private(r, r.Words.T("brought.title"))}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		list, err := tx.Manuscripts.Of(ctx, r.Viewer.Account, numberAsked(r, "before"), broughtAtOnce+1)
		if len(list) > broughtAtOnce {
			list = list[:broughtAtOnce]
			p.Earlier = page.PathBrought + "?before=" + strconv.FormatInt(list[broughtAtOnce-1].ID, 10)
		}
		for _, m := range list {
			p.Files = append(p.Files, broughtFile(m))
		}
		return err
	})
	return Response{Page: p}, err
}

func broughtFile(m archive.Manuscript) page.BroughtFile {
	address := manuscriptAddress(m.ID)
	return page.BroughtFile{Name: m.Name, Kind: m.Kind, Bytes: m.Bytes, At: m.CreatedAt, URL: address, Original: address + "/original"}
}

// numberAsked is a number in an address; 0 when there is none.
func numberAsked(r *Request, field string) int64 {
	n, err := strconv.ParseInt(r.URL.Query().Get(field), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

package web

import (
	"context"
	"io"

	"ficus/internal/archive"
	"ficus/internal/book"
	"ficus/internal/store"
)

// Bound is a work as a file.
type Bound struct {
	Name      string
	MediaType string
	Data      []byte
}

// BindDeleted binds a deleted work as EPUB for an account that signs it, as it
// stands at an address of the archive. A work that is back, gone for good or
// somebody else's is archive.ErrNotFound.
func (w *Web) BindDeleted(ctx context.Context, account, work int64, site string) (Bound, error) {
	r := &Request{Viewer: archive.Viewer{Account: account}}
	var o opened
	err := w.Store.Read(ctx, func(tx *store.Tx) (err error) {
		o, err = w.openNumber(ctx, tx, r, work)
		return err
	})
	switch {
	case err != nil:
		return Bound{}, err
	case o.DeletedAt.IsZero() || !o.Tie.Creator:
		return Bound{}, archive.ErrNotFound
	}
	end, err := w.binding.Take(ctx)
	if err != nil {
		return Bound{}, err
	}
	defer end()
	r.Now = w.Clock.Now()
	b, _, err := w.makeBook(ctx, r, site, work, recipe{format: book.EPUB}, func(*Request) error { return nil })
	if err != nil {
		return Bound{}, err
	}
	file, err := w.Stacks.Open(b.file)
	if err != nil {
		return Bound{}, err
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	return Bound{Name: b.name, MediaType: book.EPUB.MediaType(), Data: data}, err
}

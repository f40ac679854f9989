package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// gathered is a list of works that are wanted as one book.
type gathered struct {
	title, back string
	works       []store.Blurb
	total       int
	taken       int // that were taken along before
}

// carriedBook are the fields that say which works.
var carriedBook = []string{"tag", "user", "pseud", "sort", "rest"}

// gather reads which works are wanted: those of a tag or of a person, in the
// order in which they are listed, as far as a book has room.
func (w *Web) gather(r *Request) (g gathered, err error) {
	limits := archive.DefaultVolumes()
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		f := store.Filter{Sort: store.Sort(r.FormValue("sort")), Page: 1, PerPage: limits.Works}
		if err := g.of(ctx, tx, r, &f); err != nil {
			return err
		}
		if err := leftOutOfBook(ctx, tx, r, &f); err != nil {
			return err
		}
		listed, err := tx.Lists.Page(ctx, r.Viewer, f)
		if err != nil {
			return err
		}
		g.total = listed.Total
		words := 0
		for _, b := range listed.Blurbs {
			if words += b.Counts.Words; words > limits.Words {
				break
			}
			g.works = append(g.works, b)
		}
		last, err := tx.Downloads.LastOf(ctx, r.Viewer.Account, g.ids())
		g.taken = len(last)
		return err
	})
	return g, err
}

// leftOutOfBook has a book hold the works its list shows.
func leftOutOfBook(ctx context.Context, tx *store.Tx, r *Request, f *store.Filter) (err error) {
	if rest(r) == catalog.Shown || slices.Contains(f.Accounts, r.Viewer.Account) {
		return nil
	}
	var of []int64
	if f.Tag != 0 {
		of = []int64{f.Tag}
	}
	f.Exclude, err = catalog.UsuallyLeftOut(ctx, tx, r.Viewer, of...)
	return err
}

// of fills the filter of a list, its name and where it is.
func (g *gathered) of(ctx context.Context, tx *store.Tx, r *Request, f *store.Filter) error {
	if word := r.FormValue("tag"); word != "" {
		id, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			return archive.ErrNotFound
		}
		tag, err := tx.Tags.Find(ctx, r.Viewer, id)
		f.Tag, g.title, g.back = tag.ID, tag.Name, tagAddress(tag.ID, tag.Name)
		return err
	}
	account, moved, err := findUser(ctx, tx, r.FormValue("user"), "")
	if err != nil {
		return err
	}
	if moved != "" {
		return archive.ErrNotFound
	}
	f.Accounts, g.title, g.back = []int64{account.ID}, account.Name, userAddress(account.Name)
	name := r.FormValue("pseud")
	if name == "" {
		return nil
	}
	pseuds, err := tx.Accounts.Pseuds(ctx, account.ID)
	if err != nil {
		return err
	}
	pseud, err := choosePseud(pseuds, name)
	f.Pseud, g.title, g.back = pseud.ID, pseud.Name, pseudAddress(account.Name, pseud.Name)
	return err
}

func (g gathered) ids() (ids []int64) {
	for _, b := range g.works {
		ids = append(ids, b.ID)
	}
	return ids
}

// newBook asks how a list of works is bound as one book.
func (w *Web) newBook(r *Request) (Response, error) {
	g, err := w.gather(r)
	if err != nil {
		return Response{}, err
	}
	return show(w.newBookPage(r, g))
}

func (w *Web) newBookPage(r *Request, g gathered) page.NewBookPage {
	p := page.NewBookPage{
		Shell: w.private(r, r.Words.T("books.new_title")), Title: g.title, Back: g.back, Works: len(g.works), Left: g.total - len(g.works), Taken: g.taken,
		Choice: page.BookChoice{Notes: "all"},
	}
	for _, b := range g.works {
		p.Words += b.Counts.Words
		p.Adult = p.Adult || !r.AdultShown && w.Catalog.Site().AsksFirst(dressTags(b.Tags).rating)
	}
	for _, name := range carriedBook {
		if value := r.FormValue(name); value != "" {
			p.Carried = append(p.Carried, page.Typed{Name: name, Value: value})
		}
	}
	return p
}

// askForBook has a list of works bound as one book.
func (w *Web) askForBook(r *Request) (Response, error) {
	g, err := w.gather(r)
	if err != nil {
		return Response{}, err
	}
	query := url.Values{}
	for _, name := range []string{"notes", "typed", "new"} {
		if value := r.PostFormValue(name); value != "" {
			query.Set(name, value)
		}
	}
	if _, err := readRecipe("epub", query); err != nil {
		return Response{}, err
	}
	if len(g.works) == 0 {
		return show(w.newBookPage(r, g))
	}
	err = w.Tally.AskForVolume(r.Context(), r.Viewer, g.title, query.Encode(), g.ids())
	if errors.Is(err, archive.ErrTooMany) {
		answer := w.message(r, http.StatusConflict, "books.title", "books.under_way")
		p := answer.Page.(page.MessagePage)
		p.Next = page.Link{Text: r.Words.T("books.title"), URL: page.PathBooks}
		answer.Page = p
		return answer, nil
	}
	if err != nil {
		return Response{}, err
	}
	return goTo(page.PathBooks)
}

// listBooks answers with the books of several works a member asked for.
func (w *Web) listBooks(r *Request) (Response, error) {
	p := page.BooksPage{Shell: w.private(r, r.Words.T("books.title"))}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		volumes, err := tx.Volumes.Of(ctx, r.Viewer.Account)
		for _, v := range volumes {
			shown := page.Volume{Action: fmt.Sprintf("%s/%d", page.PathBooks, v.ID), Title: v.Title, Works: v.Works, Bound: v.Bound, Bytes: v.Bytes, Reason: v.Reason, AskedAt: v.AskedAt, Until: v.Until}
			if v.IsReady() {
				shown.URL = volumeAddress(v.ID)
			}
			p.Under = p.Under || v.UnderWay()
			p.Books = append(p.Books, shown)
		}
		return err
	})
	return Response{Page: p}, err
}

// leaveBook gives a book of several works up: it is bound no further, or
// forgotten.
func (w *Web) leaveBook(r *Request) (Response, error) {
	id, err := r.number("book")
	if err != nil {
		return Response{}, err
	}
	if err := w.Tally.LeaveVolume(r.Context(), r.Viewer, id); err != nil {
		return Response{}, err
	}
	return goTo(page.PathBooks)
}

// volumeAddress is where the file of a book of several works is.
func volumeAddress(id int64) string { return fmt.Sprintf("%s/%d/file", page.PathBooks, id) }

// downloadBook answers with a book of several works, to the member who asked
// for it, as long as all that is in it may still be read as it was bound.
func (w *Web) downloadBook(r *Request) (Response, error) {
	id, err := r.number("book")
	if err != nil {
		return Response{}, err
	}
	var v archive.Volume
	var works []archive.VolumeWork
	changed := false
	err = w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		if v, err = tx.Volumes.Find(ctx, r.Viewer.Account, id); err != nil {
			return err
		}
		if !v.IsReady() {
			return archive.ErrNotFound
		}
		if works, err = tx.Volumes.Works(ctx, id); err != nil {
			return err
		}
		works = slices.DeleteFunc(works, func(vw archive.VolumeWork) bool { return vw.ShownRev == 0 })
		changed, err = takenBack(ctx, tx, r, works)
		return err
	})
	if err != nil {
		return Response{}, err
	}
	if changed {
		return w.message(r, http.StatusGone, "books.changed_title", "books.changed"), nil
	}
	file, err := w.Bucket.Get(r.Context(), v.File)
	if err != nil {
		return Response{}, err
	}
	if r.Method == http.MethodGet && r.Header.Get("Range") == "" {
		for _, one := range works {
			w.Tally.Took(r.Viewer, one.Work, v.EndedAt)
		}
	}
	answer := &File{Name: v.Name, MediaType: "application/epub+zip", ETag: `"` + strings.TrimPrefix(v.File, "volumes/") + `"`}
	answer.Served = func(to http.ResponseWriter, r *http.Request) {
		defer file.Close()
		lineOf(to, r, v.Bytes)
		http.ServeContent(to, r, "", v.EndedAt, io.ReadSeeker(file))
	}
	return Response{File: answer}, nil
}

// takenBack reports whether the member may no longer read one of the works, or
// whether other names sign it now.
func takenBack(ctx context.Context, tx *store.Tx, r *Request, works []archive.VolumeWork) (bool, error) {
	for _, one := range works {
		o, err := tx.Works.Open(ctx, r.Viewer, one.Work)
		switch {
		case errors.Is(err, archive.ErrNotFound), errors.Is(err, archive.ErrSignIn):
			return true, nil
		case err != nil:
			return false, err
		case !o.DeletedAt.IsZero(), one.Signed != archive.Signed(signers(opened{Opened: o})):
			return true, nil
		}
	}
	return false, nil
}

// together leads a member to the works of a list as one book.
func together(r *Request, total int, pairs ...string) page.Link {
	if !r.Viewer.IsMember() || total < 2 {
		return page.Link{}
	}
	query := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			query.Set(pairs[i], pairs[i+1])
		}
	}
	return page.Link{Text: r.Words.T("books.link"), URL: page.PathBooks + "/new?" + query.Encode()}
}

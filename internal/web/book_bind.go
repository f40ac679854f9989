package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"ficus/internal/archive"
	"ficus/internal/book"
	"ficus/internal/store"
)

// bound is a book that lies in the stacks, or did.
type bound struct {
	file string // its name there, which tells its contents
	name string // as readers save it
	at   time.Time
}

func (b *bound) etag() string { return `"` + b.file + `"` }

// boundKey is what a book's bytes depend on, as it is known without a look at
// its contents.
type boundKey struct {
	host   string
	site   string // its name
	voice  string // the language its own words are in
	work   int64
	rev    int64
	base   int64 // when it is made, for what only its creators see
	recipe string
}

// A book of a long work takes seconds and tens of megabytes: two are made at
// once, and who comes when many wait is asked to come again.
const (
	boundAtOnce      = 2
	mostWaitForBooks = 32
	patientForBooks  = 30 * time.Second
	mostKnownBooks   = 20_000 // whose name in the stacks is remembered
)

// errChanged: a work became another while a book of it was made.
var errChanged = errors.New("the work changed meanwhile")

// bind gives the book of a work and its open file, which the caller closes; no
// file where the reader has the same already. While the work changes under it,
// it begins anew: nobody is given what they may no longer see.
func (w *Web) bind(r *Request, o opened, how recipe) (*bound, *os.File, error) {
	asked := how
	for range 4 {
		var err error
		if how, err = asked.of(o); err != nil {
			return nil, nil, err
		}
		key := w.boundKey(r, o, how)
		if b, file, err := w.known(r, key); b != nil || err != nil {
			return b, file, err
		}
		b, err := w.bindOnce(r, key, how)
		if err != nil && !errors.Is(err, errChanged) {
			return nil, nil, err
		}
		again, err := w.openAgain(r, o.ID)
		if err != nil {
			return nil, nil, err
		}
		if b != nil && again.ShownRev == o.ShownRev && again.forCreatorsAlone() == o.forCreatorsAlone() {
			if file, err := w.Stacks.Open(b.file); !errors.Is(err, archive.ErrNotFound) {
				return b, file, err
			}
		}
		o = again
	}
	return nil, nil, fmt.Errorf("work %d changes all the time: %w", o.ID, archive.ErrBusy)
}

// known gives a book that was bound before and lies there still, if it does.
func (w *Web) known(r *Request, key boundKey) (*bound, *os.File, error) {
	b, found := w.kept.books.GetIfPresent(key)
	if !found {
		return nil, nil, nil
	}
	if matches(r.Header.Get("If-None-Match"), b.etag()) {
		return b, nil, nil
	}
	file, err := w.Stacks.Open(b.file)
	if errors.Is(err, archive.ErrNotFound) {
		return nil, nil, nil
	}
	return b, file, err
}

func (w *Web) boundKey(r *Request, o opened, how recipe) boundKey {
	key := boundKey{host: w.host(r.Request), site: w.Catalog.Site().Name, voice: w.voice(o.Language).Tag(), work: o.ID, rev: o.ShownRev, recipe: how.key()}
	if o.forCreatorsAlone() {
		key.base = r.Now.UnixMicro()
	}
	return key
}

func (w *Web) openAgain(r *Request, work int64) (o opened, err error) {
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		o, err = w.openNumber(ctx, tx, r, work)
		return err
	})
	return o, err
}

// bindOnce makes a book, or finds it in the stacks under what it holds; the
// same book is never made twice at once.
func (w *Web) bindOnce(r *Request, key boundKey, how recipe) (*bound, error) {
	ctx, site := context.WithoutCancel(r.Context()), w.address(r.Request) // others may be waiting for the same book
	mine := false
	made, err, _ := w.kept.binding.Do(fmt.Sprint(key), func() (any, error) {
		mine = true
		end, err := w.binding.Take(ctx)
		if err != nil {
			return (*bound)(nil), err
		}
		defer end()
		b, rev, err := w.makeBook(ctx, r, site, key.work, how, w.mayBind)
		switch {
		case err != nil:
			return b, err
		case rev != key.rev:
			return b, errChanged
		case key.base == 0:
			w.kept.books.Set(key, b)
		}
		return b, nil
	})
	if errors.As(err, &hurried{}) && !mine { // who was first may not; who waited may
		return nil, errChanged
	}
	return made.(*bound), err
}

// forCreatorsAlone tells whether nobody but its creators can have the book: of
// a draft, and of a deleted work. It has the chapters that are drafts.
func (o opened) forCreatorsAlone() bool { return o.PostedAt.IsZero() || !o.DeletedAt.IsZero() }

// makeBook binds a work as it stands at an address of the archive into the
// stacks if that may be, unless it lies there already, and gives the revision it
// was bound at.
func (w *Web) makeBook(ctx context.Context, r *Request, site string, work int64, how recipe, may func(*Request) error) (*bound, int64, error) {
	var o opened
	var file string
	var heard *hearing
	err := w.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if o, err = w.openForBook(ctx, tx, r, work, how); err != nil {
			return err
		}
		file, heard, err = w.contents(site, o, how, func(id int64) (archive.ChapterText, error) { return tx.Chapters.Told(ctx, id) })
		return err
	})
	if err != nil {
		return nil, 0, err
	}
	again, same := heard.again(w.told(ctx))
	b := w.bookOf(site, o, again)
	made := &bound{file: file, name: book.FileName(b, string(how.format)), at: r.Now}
	if w.Stacks.Has(file) { // of another day, or when only kudos came since
		if err := w.Stacks.Date(file, r.Now); err == nil {
			return made, o.ShownRev, nil
		}
	}
	if err := may(r); err != nil {
		return nil, 0, err
	}
	pictures := w.picturesOf(ctx, o.ID)
	w.wears(ctx, &b, o.cover, pictures)
	b.Pictures, b.Options, b.Content = pictures.fetch, how.options, file
	err = w.Stacks.Make(file, r.Now, func(to io.Writer) error {
		if err := errors.Join(book.Write(to, b, how.format), pictures.trouble); err != nil {
			return err
		}
		if !same() {
			return errChanged
		}
		return nil
	})
	if errors.Is(err, book.ErrNoChapters) || isNoneChosen(err) {
		return nil, 0, archive.ErrNotFound
	}
	if err != nil {
		return nil, 0, err
	}
	w.noteServed(ctx, made, how, archive.VolumeWork{Work: o.ID, ShownRev: o.ShownRev})
	return made, o.ShownRev, nil
}

// noteServed keeps how an e-reader will tell of a book. A reader does not wait
// for a database that cannot keep it.
func (w *Web) noteServed(ctx context.Context, b *bound, how recipe, works ...archive.VolumeWork) {
	file, err := w.Stacks.Open(b.file)
	if err == nil {
		defer file.Close()
		err = w.digest(ctx, file, b.name, how.key(), works)
	}
	if err != nil {
		w.Log.Warn("the digest of a book was not kept", "book", b.file, "error", err)
	}
}

func (w *Web) digest(ctx context.Context, file io.ReaderAt, name, recipe string, works []archive.VolumeWork) error {
	digest, err := archive.PartialDigest(file)
	if err != nil {
		return err
	}
	var rows []archive.ServedFile
	for i, one := range works {
		row := archive.ServedFile{Digest: digest, Name: archive.NameDigest(name), Work: one.Work, ShownRev: one.ShownRev, Recipe: recipe}
		if len(works) > 1 {
			row.Place = i + 1
		}
		rows = append(rows, row)
	}
	return w.Store.Write(ctx, func(tx *store.Tx) error { return tx.Served.Add(ctx, rows...) })
}

// bookPictures fetches the pictures of one book, and notes when one could not
// be had though it is there: such a book is not kept.
type bookPictures struct {
	fetch   func(src string) ([]byte, string, error)
	trouble error
}

func (w *Web) picturesOf(ctx context.Context, work int64) *bookPictures {
	p := &bookPictures{}
	p.fetch = func(src string) ([]byte, string, error) {
		data, kind, err := w.pictureBytes(ctx, work, src)
		if err != nil && !errors.Is(err, archive.ErrNotFound) {
			p.trouble = fmt.Errorf("the picture %s cannot be had now (%v): %w", src, err, archive.ErrBusy)
		}
		return data, kind, err
	}
	return p
}

// sweepEvery is how long a book lies that nobody asks for, at most twice.
const sweepEvery = 24 * time.Hour

// SweepBooks throws books away that nobody asked for in a day, until ctx ends:
// what was taken back does not lie about.
func (w *Web) SweepBooks(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := w.Stacks.Sweep(); err != nil {
				w.Log.Warn("books nobody asks for could not be thrown away", "error", err)
			}
		}
	}
}

package web

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"time"

	"ficus/internal/archive"
	"ficus/internal/book"
	"ficus/internal/reading"
	"ficus/internal/store"
)

// mostTriesAtVolume is how often a book of several works is begun.
const mostTriesAtVolume = 3

// errLeft: the member who asked for a book wants it no more, or is no more.
var errLeft = errors.New("nobody waits for the book any more")

// volumeBinding is a book of several works being bound.
type volumeBinding struct {
	w       *Web
	r       *Request // of the member, who asks for nothing else
	site    string
	volume  archive.Volume
	works   []archive.VolumeWork
	how     recipe
	since   map[int64]time.Time // when each was last taken along; nil: all of it is wanted
	trouble error
}

// BindVolume binds the book of several works that an event tells of, for the
// member who asked, at an address of the archive. Works they may no longer read
// are left out.
func (w *Web) BindVolume(ctx context.Context, e archive.Event, job archive.Job, site string) error {
	b := &volumeBinding{w: w, r: &Request{Viewer: archive.Viewer{Account: e.Actor}, Now: w.Clock.Now()}, site: site}
	err := w.Store.Read(ctx, func(tx *store.Tx) error { return b.load(ctx, tx, e.Subject) })
	if errors.Is(err, archive.ErrNotFound) || err == nil && !b.volume.UnderWay() {
		return nil
	}
	if err != nil {
		return err
	}
	if job.Attempts > mostTriesAtVolume { // each of them ended the program before it could say so
		return b.end(ctx, archive.VolumeBroken)
	}
	err = b.bind(ctx)
	switch {
	case errors.Is(err, errLeft):
		return nil
	case errors.Is(err, book.ErrNoChapters):
		return b.end(ctx, archive.VolumeEmpty)
	case err != nil && job.Attempts >= mostTriesAtVolume:
		w.Log.Error("a book of several works could not be bound", "volume", b.volume.ID, "error", err)
		return b.end(ctx, archive.VolumeBroken)
	}
	return err
}

func (b *volumeBinding) load(ctx context.Context, tx *store.Tx, id int64) (err error) {
	if b.volume, err = tx.Volumes.Find(ctx, b.r.Viewer.Account, id); err != nil {
		return err
	}
	if gone, err := tx.Deletions.Has(ctx, b.r.Viewer.Account); err != nil || gone {
		return cmp.Or(err, archive.ErrNotFound)
	}
	if b.works, err = tx.Volumes.Works(ctx, id); err != nil {
		return err
	}
	query, err := url.ParseQuery(b.volume.Recipe)
	if err != nil {
		return err
	}
	if b.how, err = readRecipe(string(book.EPUB), query); err != nil || query.Get("new") != "yes" {
		return err
	}
	b.since, err = tx.Downloads.LastOf(ctx, b.r.Viewer.Account, idsOf(b.works))
	return err
}

func idsOf(works []archive.VolumeWork) (ids []int64) {
	for _, w := range works {
		ids = append(ids, w.Work)
	}
	return ids
}

// bind writes the book beside, puts it into the bucket and says that it is
// ready.
func (b *volumeBinding) bind(ctx context.Context) (err error) {
	file, remove, err := b.w.Stacks.Scratch()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove()) }()
	b.volume.Name = book.FileName(book.Book{Title: b.volume.Title, Voice: b.w.voice("")}, string(book.EPUB))
	out := bufio.NewWriterSize(file, 64<<10)
	err = book.WriteVolume(out, book.Volume{
		Title: b.volume.Title, Identity: book.Identity{Origin: b.site, Site: b.w.Catalog.Site().Name},
		Voice: b.w.voice(""), Content: fmt.Sprintf("volume %d", b.volume.ID),
		Works: len(b.works), Work: func(i int) (book.Book, error) { return b.work(ctx, i) },
	})
	if err = errors.Join(err, b.trouble); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if b.volume.Bytes, err = file.Seek(0, io.SeekEnd); err != nil {
		return err
	}
	if _, err = file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := b.stillWaited(ctx); err != nil {
		return err
	}
	if err := b.w.Bucket.Put(ctx, b.volume.File, file, b.volume.Bytes, book.EPUB.MediaType()); err != nil {
		return err
	}
	if err := b.w.digest(ctx, file, b.volume.Name, "volume?"+b.volume.Recipe, b.within()); err != nil {
		b.w.Log.Warn("the digest of a book was not kept", "volume", b.volume.ID, "error", err)
	}
	return b.end(ctx, "")
}

// stillWaited asks whether the member still wants the book.
func (b *volumeBinding) stillWaited(ctx context.Context) error {
	return b.w.Store.Read(ctx, func(tx *store.Tx) error { return b.waited(ctx, tx) })
}

func (b *volumeBinding) waited(ctx context.Context, tx *store.Tx) error {
	v, err := tx.Volumes.Find(ctx, b.r.Viewer.Account, b.volume.ID)
	if errors.Is(err, archive.ErrNotFound) || err == nil && !v.UnderWay() {
		return errLeft
	}
	return err
}

// within are the works that are in the file.
func (b *volumeBinding) within() (list []archive.VolumeWork) {
	for _, w := range b.works {
		if w.ShownRev > 0 {
			list = append(list, w)
		}
	}
	return list
}

// end says what became of the book; the file of one that nobody waits for any
// more goes again.
func (b *volumeBinding) end(ctx context.Context, reason string) error {
	b.volume.Reason = reason
	ended, err := reading.EndVolume(ctx, b.w.Store, b.volume, b.within())
	if err != nil || ended {
		return err
	}
	if err := b.stillHas(ctx); !errors.Is(err, archive.ErrNotFound) {
		return err // another worker was first, and the file is its
	}
	return b.w.Bucket.Delete(ctx, b.volume.File)
}

// stillHas is archive.ErrNotFound when the book is nobody's any more.
func (b *volumeBinding) stillHas(ctx context.Context) error {
	return b.w.Store.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.Volumes.Find(ctx, b.r.Viewer.Account, b.volume.ID)
		return err
	})
}

// work gives one work as its member may read it now, and tells how far the book
// is.
func (b *volumeBinding) work(ctx context.Context, i int) (book.Book, error) {
	if err := b.tell(ctx, i); err != nil {
		return book.Book{}, err
	}
	var o opened
	err := b.w.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if err := b.waited(ctx, tx); err != nil {
			return err
		}
		o, err = b.w.openNumber(ctx, tx, b.r, b.works[i].Work)
		return err
	})
	if errors.Is(err, archive.ErrNotFound) || errors.Is(err, archive.ErrSignIn) || err == nil && o.forCreatorsAlone() {
		return book.Book{}, book.ErrNoChapters
	}
	if err != nil {
		return book.Book{}, err
	}
	how := b.how
	how.options.Since = b.since[o.ID]
	if how, err = how.of(o); err != nil {
		return book.Book{}, err
	}
	made := b.w.bookOf(b.site, o, b.w.told(ctx))
	pictures := b.w.picturesOf(ctx, o.ID)
	made.Options, made.Pictures = how.options, func(src string) ([]byte, string, error) {
		data, kind, err := pictures.fetch(src)
		b.trouble = errors.Join(b.trouble, pictures.trouble)
		return data, kind, err
	}
	b.works[i].ShownRev, b.works[i].Signed = o.ShownRev, archive.Signed(signers(o))
	return made, nil
}

// tell says how far the book is, now and then.
func (b *volumeBinding) tell(ctx context.Context, i int) error {
	const steps = 30
	if often := max(1, len(b.works)/steps); i%often != 0 {
		return nil
	}
	return b.w.Store.Write(ctx, func(tx *store.Tx) error { return tx.Volumes.Tell(ctx, b.volume.ID, i) })
}

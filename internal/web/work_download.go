package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/book"
	"ficus/internal/locale"
	"ficus/internal/prose"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// formats are the bindings in the order they are offered; EPUB first.
var formats = []struct {
	format book.Format
	word   string
}{{book.EPUB, "EPUB"}, {book.HTML, "HTML"}, {book.Markdown, "Markdown"}, {book.Text, "TXT"}}

func (w *Web) files(r *Request, o store.Opened) []page.Link {
	links := make([]page.Link, len(formats))
	for i, f := range formats {
		links[i] = page.Link{Text: f.word, URL: workAddress(o.ID) + "." + string(f.format)}
	}
	return links
}

// downloadWork answers with a work bound as a book, exactly as closed as its
// page.
func (w *Web) downloadWork(r *Request) (Response, error) {
	format := book.Format(r.PathValue("format"))
	if format.MediaType() == "application/octet-stream" {
		return Response{}, archive.ErrNotFound
	}
	var o opened
	err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		o, err = w.openWork(ctx, tx, r)
		return err
	})
	switch {
	case err != nil:
		return Response{}, err
	case !o.DeletedAt.IsZero() && !o.Tie.Creator:
		return w.showDeleted(r, o)
	case o.DeletedAt.IsZero() && w.asks(r, o):
		return w.showGate(r, o)
	}
	bound, err := w.bind(r, o, format)
	if err != nil {
		return Response{}, err
	}
	file := &File{Name: bound.name, MediaType: format.MediaType(), ETag: bound.etag}
	file.Served = func(to http.ResponseWriter, r *http.Request) {
		http.ServeContent(to, r, "", bound.at, bytes.NewReader(bound.data))
	}
	return Response{File: file}, nil
}

// bound is a book ready to send.
type bound struct {
	name string
	data []byte
	etag string
	at   time.Time
}

// boundKey is what a book's bytes depend on.
type boundKey struct {
	host   string
	work   int64
	rev    int64
	base   int64 // when it is made, for what only its creators see
	format book.Format
}

// A book of a long work takes seconds and tens of megabytes: two are made at
// once, and who comes when many wait is asked to come again.
const (
	boundAtOnce      = 2
	mostWaitForBooks = 32
	patientForBooks  = 30 * time.Second
)

// bind makes a book, or takes it from memory when the work has not changed;
// the same book is never made twice at once.
func (w *Web) bind(r *Request, o opened, format book.Format) (*bound, error) {
	key := boundKey{host: w.host(r.Request), work: o.ID, rev: o.ShownRev, format: format}
	drafts := o.forCreatorsAlone()
	if drafts {
		key.base = r.Now.UnixMicro()
	}
	if b, found := w.kept.books.GetIfPresent(key); found {
		return b, nil
	}
	made, err, _ := w.kept.binding.Do(fmt.Sprint(key), func() (any, error) {
		end, err := w.binding.Take(context.WithoutCancel(r.Context()))
		if err != nil {
			return nil, err
		}
		defer end()
		b, err := w.makeBook(context.WithoutCancel(r.Context()), w.address(r.Request), o, format) // others may be waiting for the same book
		if err == nil && !drafts {
			w.kept.books.Set(key, b)
		}
		return b, err
	})
	if err != nil {
		return nil, err
	}
	return made.(*bound), nil
}

// forCreatorsAlone tells whether nobody but its creators can have the book: of
// a draft, and of a deleted work. It has the chapters that are drafts.
func (o opened) forCreatorsAlone() bool { return o.PostedAt.IsZero() || !o.DeletedAt.IsZero() }

// makeBook binds a work as it stands at an address of the archive.
func (w *Web) makeBook(ctx context.Context, site string, o opened, format book.Format) (*bound, error) {
	drafts := o.forCreatorsAlone()
	var texts map[int64]archive.ChapterText
	err := w.Store.Read(ctx, func(tx *store.Tx) (err error) {
		texts, err = tx.Chapters.Texts(ctx, o.ID, drafts)
		return err
	})
	if err != nil {
		return nil, err
	}
	b := w.bookOf(site, o, texts)
	b.Pictures = func(src string) ([]byte, string, error) { return w.pictureBytes(ctx, o.ID, src) }
	var out bytes.Buffer
	if err := book.Write(&out, b, format); errors.Is(err, book.ErrNoChapters) {
		return nil, archive.ErrNotFound
	} else if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(out.Bytes())
	return &bound{
		name: book.FileName(b, string(format)), data: out.Bytes(), at: b.Revised,
		etag: `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`,
	}, nil
}

// bookOf fills a book with a work as its readers may see it.
func (w *Web) bookOf(site string, o opened, texts map[int64]archive.ChapterText) book.Book {
	k := dressTags(o.tags, 0)
	b := book.Book{
		Identity: book.Identity{WorkID: o.ID, Origin: site, Address: site + workAddress(o.ID), Site: w.Catalog.Site().Name},
		Title:    o.Title, Language: o.Language, Direction: locale.Direction(o.Language),
		Tags: book.Tags{
			Rating: k.rating, Warnings: k.warnings, Categories: k.categories, Fandoms: names(k.fandoms),
			Relationships: names(k.relationships), Characters: names(k.characters), Freeforms: names(k.freeforms),
		},
		Summary: prose.ReadStored(o.Summary), NotesBefore: prose.ReadStored(o.NotesBefore), NotesAfter: prose.ReadStored(o.NotesAfter),
		Published: o.Dates.Published, Revised: o.Dates.Revised, Planned: o.Planned, Complete: o.Complete(), Words: o.Counts.Words,
	}
	b.Identity.Kudos, b.Identity.Comments = b.Identity.Address+"#kudos", b.Identity.Address+"/comments"
	b.Creators = signers(o)
	for _, g := range o.gifts {
		b.Gifts = append(b.Gifts, g.Recipient)
	}
	for _, c := range o.chapters {
		if c.IsDraft() && !o.forCreatorsAlone() {
			continue
		}
		if c.UpdatedAt.After(b.Revised) {
			b.Revised = c.UpdatedAt
		}
		t := texts[c.ID]
		b.Chapters = append(b.Chapters, book.Chapter{
			ID: c.ID, Number: o.number(c), Title: c.Title, Posted: c.Published, Arrived: c.PostedAt, Dedication: t.Dedication,
			Summary: prose.ReadStored(t.Summary), Disclaimer: prose.ReadStored(t.Disclaimer),
			NotesBefore: prose.ReadStored(t.NotesBefore), NotesAfter: prose.ReadStored(t.NotesAfter), Body: prose.ReadStored(t.Body),
		})
	}
	return b
}

// signers are the names in a book. That of an anonymous work names nobody, for
// its creator either: books are passed on.
func signers(o opened) []string {
	if o.Anonymous || len(o.Creators) == 0 {
		return []string{book.Anonymous}
	}
	var signed []string
	for _, p := range o.Creators {
		signed = append(signed, p.Name)
	}
	return signed
}

func names(tags []page.Tag) []string {
	list := make([]string, len(tags))
	for i, t := range tags {
		list[i] = t.Name
	}
	return list
}

// pictureBytes gives a picture of a work by its address in the text.
func (w *Web) pictureBytes(ctx context.Context, work int64, src string) ([]byte, string, error) {
	var id int64
	if _, err := fmt.Sscanf(strings.TrimPrefix(src, workAddress(work)), "/pictures/%d", &id); err != nil {
		return nil, "", archive.ErrNotFound
	}
	var picture archive.Picture
	err := w.Store.Read(ctx, func(tx *store.Tx) (err error) {
		picture, err = tx.Pictures.Find(ctx, work, id, true) // the text that shows it was opened
		return err
	})
	if err != nil {
		return nil, "", err
	}
	file, err := w.Bucket.Get(ctx, picture.Key)
	if err != nil {
		return nil, "", err
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	return data, picture.MediaType, err
}

// showPicture answers with a picture of a work to whom the work opens, and a
// chapter that shows it.
func (w *Web) showPicture(r *Request) (Response, error) {
	work, err := r.number("work")
	if err != nil {
		return Response{}, err
	}
	id, err := r.number("picture")
	if err != nil {
		return Response{}, err
	}
	var picture archive.Picture
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		o, err := tx.Works.Open(ctx, r.Viewer, work)
		if err != nil {
			return err
		}
		picture, err = tx.Pictures.Find(ctx, work, id, o.SeesDrafts())
		return err
	})
	if err != nil {
		return Response{}, err
	}
	file, err := w.Bucket.Get(r.Context(), picture.Key)
	if err != nil {
		return Response{}, err
	}
	answer := &File{MediaType: picture.MediaType, ETag: `"` + picture.SHA256[:24] + `"`}
	answer.Served = func(to http.ResponseWriter, r *http.Request) {
		defer file.Close()
		http.ServeContent(to, r, "", time.Time{}, file)
	}
	return Response{File: answer}, nil
}

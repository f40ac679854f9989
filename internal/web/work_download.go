package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
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
	links := make([]page.Link, len(formats), len(formats)+1)
	for i, f := range formats {
		links[i] = page.Link{Text: f.word, URL: workAddress(o.ID) + "." + string(f.format)}
	}
	return append(links, page.Link{Text: r.Words.T("story.download"), URL: downloadAddress(o.ID)})
}

// downloadWork answers with a work bound as a book, exactly as closed as its
// page.
func (w *Web) downloadWork(r *Request) (Response, error) {
	how, err := readRecipe(r.PathValue("format"), r.URL.Query())
	if err != nil {
		return Response{}, err
	}
	var o opened
	err = w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
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
	b, opened, err := w.bind(r, o, how)
	var late hurried
	switch {
	case isNoneChosen(err):
		return w.nothingChosen(r, o), nil
	case errors.As(err, &late):
		return w.tooFast(r, late.wait), nil
	case err != nil:
		return Response{}, err
	}
	w.took(r, o, how)
	return Response{File: &File{Name: b.name, MediaType: how.format.MediaType(), ETag: b.etag(), Served: w.sends(b, opened)}}, nil
}

// sends writes an open file, or says that the reader has it already (nil). It
// may take as long as a slow line needs.
func (w *Web) sends(b *bound, file *os.File) http.HandlerFunc {
	return func(to http.ResponseWriter, r *http.Request) {
		if file == nil {
			to.WriteHeader(http.StatusNotModified)
			return
		}
		defer file.Close()
		if at, err := file.Stat(); err == nil {
			lineOf(to, r, at.Size())
			http.ServeContent(to, r, "", at.ModTime(), file)
		}
	}
}

// A line that brings less than this in a second is given up.
const slowestLine = 16 << 10

// lineOf gives a file the time that a slow line needs.
func lineOf(to http.ResponseWriter, r *http.Request, size int64) {
	within, end := context.WithTimeout(r.Context(), 5*time.Minute+time.Duration(size/slowestLine)*time.Second)
	defer end()
	if until, known := within.Deadline(); known {
		_ = http.NewResponseController(to).SetWriteDeadline(until) // where it cannot be said, the server's holds
	}
}

// bookOf fills a book with a work as its readers may see it; what its chapters
// say is asked for one by one.
func (w *Web) bookOf(site string, o opened, text tells) book.Book {
	k, voice := dressTags(o.tags), w.voice(o.Language)
	b := book.Book{
		Voice:    voice,
		Identity: book.Identity{WorkID: o.ID, Origin: site, Address: site + workAddress(o.ID), Site: w.Catalog.Site().Name},
		Title:    o.Title, Language: o.Language, Direction: locale.Direction(o.Language),
		Tags: book.Tags{
			Rating: k.rating, Warnings: k.warnings, Categories: k.categories, Fandoms: names(k.fandoms),
			Relationships: names(k.relationships), Characters: names(k.characters), Freeforms: names(k.freeforms),
			Say: func(word string) string { return page.SignWord(voice, word) },
		},
		Summary: prose.ReadStored(o.Summary), NotesBefore: prose.ReadStored(o.NotesBefore), NotesAfter: prose.ReadStored(o.NotesAfter),
		Published: o.Dates.Published, Revised: o.Dates.Revised, Planned: o.Planned, Complete: o.Complete(), Words: o.Counts.Words,
	}
	b.Identity.Kudos, b.Identity.Comments = b.Identity.Address+"#kudos", b.Identity.Address+"/comments"
	if b.Creators = signers(o); len(b.Creators) == 0 {
		b.Creators = []string{voice.T("byline.anonymous")}
	}
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
		b.Chapters = append(b.Chapters, book.Chapter{
			ID: c.ID, Number: o.number(c), Title: c.Title, Posted: c.Published, Arrived: c.PostedAt, Words: c.Words,
			Open: func() (book.Chapter, error) {
				t, err := text(c.ID)
				return chapterSaying(t), err
			},
		})
	}
	return b
}

// tells gives what a chapter says, when it is wanted.
type tells func(chapter int64) (archive.ChapterText, error)

func chapterSaying(t archive.ChapterText) book.Chapter {
	return book.Chapter{
		Dedication: t.Dedication, Summary: prose.ReadStored(t.Summary), Disclaimer: prose.ReadStored(t.Disclaimer),
		NotesBefore: prose.ReadStored(t.NotesBefore), NotesAfter: prose.ReadStored(t.NotesAfter), Body: prose.ReadStored(t.Body),
	}
}

// told reads what a chapter says in a transaction of its own: a book is never
// in memory whole.
func (w *Web) told(ctx context.Context) tells {
	return func(chapter int64) (t archive.ChapterText, err error) {
		err = w.Store.Read(ctx, func(tx *store.Tx) error {
			t, err = tx.Chapters.Told(ctx, chapter)
			return err
		})
		return t, err
	}
}

// voice says the archive's own words in a book of works in a language: in that
// language where the archive speaks it, and otherwise in the archive's.
func (w *Web) voice(language string) locale.Printer {
	return w.words.Speaking(language, w.Catalog.Site().Language)
}

// signers are the names in a book. That of an anonymous work names nobody, for
// its creator either: books are passed on.
func signers(o opened) []string {
	if o.Anonymous {
		return nil
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
	data, err := w.allOf(ctx, picture.Key)
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
	return w.sendPicture(r, picture)
}

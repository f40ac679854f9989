package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/sqldb"
	"ficus/internal/store"
)

// leastBook is what an EPUB of 100,000 words weighs at least.
const leastBook = 100 << 10

var errNoBook = errors.New("that is no book made now")

// firsts takes works from a server, each for the first time.
type firsts struct {
	sides
	dir    string
	stacks string // where the server keeps what it bound
	works  []string
	kept   int // books that lie there
}

// serveWorks serves so many works in a fresh folder, each what our own reading
// makes of the page, under a title of its own.
func serveWorks(dir, page string, works int) (*firsts, error) {
	dir, err := os.MkdirTemp(dir, "served.") // fresh: nothing was bound
	if err != nil {
		return nil, err
	}
	f := &firsts{dir: dir, stacks: filepath.Join(dir, "data", "books")}
	if err := f.serve(page, works); err != nil {
		return nil, errors.Join(err, f.end())
	}
	return f, nil
}

// serve fills the archive, and takes one book to warm the server and its line.
func (f *firsts) serve(page string, works int) error {
	data := filepath.Join(f.dir, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		return err
	}
	ids, err := fillRead(context.Background(), data, page, works)
	if err != nil {
		return err
	}
	address, err := f.startFicus(f.dir)
	if err != nil {
		return err
	}
	if err := rests(f.ficus.Process.Pid); err != nil { // it reads what it was given
		return err
	}
	for _, id := range ids {
		f.works = append(f.works, fmt.Sprintf("%s/works/%d.epub", address, id))
	}
	return f.next()
}

// end stops the server and throws away what it served.
func (f *firsts) end() error {
	f.stop()
	return os.RemoveAll(f.dir)
}

// fillRead makes works of a page as a form does of a manuscript.
func fillRead(ctx context.Context, data, page string, works int) (ids []int64, err error) {
	text, err := os.ReadFile(page)
	if err != nil {
		return nil, err
	}
	read, err := manuscript.Read(text, manuscript.Options{Name: filepath.Base(page)})
	if err != nil {
		return nil, err
	}
	var chapters []archive.ChapterFields
	for _, w := range read.Works {
		for _, c := range w.Chapters {
			chapters = append(chapters, archive.ChapterFields{Title: c.Title, Text: c.Body.HTML(), Format: archive.FormatHTML})
		}
	}
	db, err := sqldb.Open(ctx, sqldb.Options{SQLitePath: filepath.Join(data, "ficus.db"), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Migrate(ctx, store.Schema()); err != nil {
		return nil, err
	}
	f, err := newFiller(ctx, db, data)
	if err != nil {
		return nil, err
	}
	v, err := f.accounts.Join(ctx, accounts.Joining{Name: memberName(0), Password: smallSecret})
	if err != nil {
		return nil, err
	}
	for i := range works {
		n := f.work(i)
		n.Fields.Rating, n.Chapters = archive.RatingGeneral, chapters
		id, err := f.writing.Create(ctx, v, n)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// next takes the book of a work that nobody took before, to its last byte.
func (f *firsts) next() error {
	url := f.works[0]
	f.works = f.works[1:]
	answer, err := http.Get(url)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	book, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK || len(book) < leastBook || !bytes.HasPrefix(book, []byte("PK")) {
		return fmt.Errorf("%s: %s, %d bytes: %w", url, answer.Status, len(book), errNoBook)
	}
	return f.made()
}

// made fails unless one more book lies in the stacks than before.
func (f *firsts) made() error {
	before := f.kept
	f.kept = 0
	err := filepath.WalkDir(f.stacks, func(_ string, entry os.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			f.kept++
		}
		return err
	})
	if err == nil && f.kept != before+1 {
		err = fmt.Errorf("%d books lie there, %d before: %w", f.kept, before, errNoBook)
	}
	return err
}

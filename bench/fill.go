package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/media"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/writing"
)

// What a small archive holds.
const (
	smallWorks   = 20_000
	smallMembers = 500
	smallWords   = 1_500   // of most works
	longestWork  = 250_000 // of one, in chapters of a tenth
	smallSecret  = "measured twice"
)

// fill makes an archive of many works through the verbs that forms use. One
// that is there already is left as it is. It gives the longest work.
func fill(ctx context.Context, data string) (longest int64, err error) {
	note := filepath.Join(data, "bench-longest")
	if text, err := os.ReadFile(note); err == nil {
		_, err := fmt.Sscan(string(text), &longest)
		return longest, err
	}
	if err := os.MkdirAll(data, 0o700); err != nil {
		return 0, err
	}
	db, err := sqldb.Open(ctx, sqldb.Options{SQLitePath: filepath.Join(data, "ficus.db"), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Migrate(ctx, store.Schema()); err != nil {
		return 0, err
	}
	f, err := newFiller(ctx, db, data)
	if err != nil {
		return 0, err
	}
	if err := f.everyone(ctx); err != nil {
		return 0, err
	}
	if longest, err = f.long(ctx); err != nil {
		return 0, err
	}
	return longest, errorOr(f.works(ctx), os.WriteFile(note, fmt.Append(nil, longest), 0o600))
}

// filler is who fills an archive.
type filler struct {
	accounts *accounts.Accounts
	writing  *writing.Writing
	members  []archive.Viewer
}

func newFiller(ctx context.Context, db *sqldb.DB, data string) (*filler, error) {
	clock, limits := archive.SystemClock{}, archive.DefaultLimits()
	s, err := store.New(db, clock)
	if err != nil {
		return nil, err
	}
	bucket, err := media.Open(ctx, filepath.Join(data, "files"))
	if err != nil {
		return nil, err
	}
	a, err := accounts.New(s, limits, accounts.DefaultCost())
	if err != nil {
		return nil, err
	}
	none := func(context.Context, string) ([]byte, error) { return nil, archive.ErrNotFound }
	return &filler{accounts: a, writing: writing.New(s, bucket, limits, clock, none)}, nil
}

func (f *filler) everyone(ctx context.Context) error {
	for i := range smallMembers {
		v, err := f.accounts.Join(ctx, accounts.Joining{Name: memberName(i), Password: smallSecret})
		if err != nil {
			return err
		}
		f.members = append(f.members, v)
	}
	return nil
}

func memberName(i int) string { return fmt.Sprintf("member%03d", i) }

// works posts them, eight at a time, as many writers would.
func (f *filler) works(ctx context.Context) error {
	var posting sync.WaitGroup
	failed := make(chan error, 8)
	for writer := range 8 {
		posting.Go(func() {
			for i := writer; i < smallWorks; i += 8 {
				if _, err := f.writing.Create(ctx, f.members[i%smallMembers], f.work(i)); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	posting.Wait()
	close(failed)
	return <-failed
}

func (f *filler) workFields(i int) archive.WorkFields {
	return archive.WorkFields{
		Title: fmt.Sprintf("Work number %d of the small archive", i), Language: "en", Warnings: []string{"none apply"},
		Rating: []string{"General", "Teen", "Mature"}[i%3], Fandoms: []string{fmt.Sprintf("Fandom %d", i%200)},
		Relationships: []string{fmt.Sprintf("Person %d/Person %d", i%300, i%310)}, Characters: []string{fmt.Sprintf("Person %d", i%300)},
		Freeforms: []string{fmt.Sprintf("Tag %d", i%1000), fmt.Sprintf("Tag %d", i%37)}, Summary: story(40),
		PublishedOn: time.Now().Add(-time.Duration(i%3000) * 24 * time.Hour),
	}
}

func (f *filler) work(i int) writing.NewWork {
	return writing.NewWork{Fields: f.workFields(i), Chapters: []archive.ChapterFields{{Title: "One", Text: storyFrom(uint32(i), smallWords)}}}
}

func (f *filler) long(ctx context.Context) (int64, error) {
	n := f.work(0)
	n.Fields.Title, n.Chapters = "The longest work", nil
	for i := range 10 {
		n.Chapters = append(n.Chapters, archive.ChapterFields{Title: fmt.Sprintf("Part %d", i+1), Text: storyFrom(uint32(i), longestWork/10)})
	}
	return f.writing.Create(ctx, f.members[0], n)
}

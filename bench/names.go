package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/sqldb"
	"ficus/internal/store"
)

// In so many works what they are called is searched, and so many times.
const (
	calledWorks = 100_000
	calledTimes = 9
)

// names measures how soon words are found in titles, tags and names; on SQLite
// in a folder, and on PostgreSQL where FICUS_TEST_POSTGRES says where that is.
func names(dir string) error { return onBoth(dir, "names", called) }

// called makes an archive in an empty database and searches it.
func called(ctx context.Context, o sqldb.Options) (err error) {
	db, s, err := generated(ctx, o, calledWorks)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	before, err := db.Size(ctx)
	if err != nil {
		return err
	}
	began := time.Now()
	if err := readNames(ctx, s); err != nil {
		return err
	}
	took := time.Since(began)
	after, err := db.Size(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%s: what %d works, their tags and creators are called was read in %v; the database grew from %d to %d MB\n", db.Engine(), calledWorks, took.Round(10*time.Millisecond), before>>20, after>>20)
	known := catalog.New(s, archive.DefaultSite(), archive.SystemClock{}, slog.New(slog.DiscardHandler))
	known.Patience = catalog.Patience{} // to see how long it takes
	if err := known.Load(ctx); err != nil {
		return err
	}
	known.Fill(ctx)
	return searchNames(ctx, known)
}

// readNames reads all names, as finding does.
func readNames(ctx context.Context, s *store.Store) error {
	for whole := false; !whole; {
		err := s.Write(ctx, func(tx *store.Tx) error {
			read, err := tx.Called.Fill(ctx, 200)
			whole = read.IsWhole()
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// searchNames searches for words of a title, of a tag and of nothing.
func searchNames(ctx context.Context, known *catalog.Catalog) error {
	for _, query := range []string{"zyzzyva", "lantern", "the", "fluff", "the lantern", "title:lantern", "lantern OR fluff", "lantern -fluff", `"slow burn"`, "author:a", "hurt comfort angst slow burn"} {
		f, wrong := catalog.ReadFilter(url.Values{"q": {query}, "sort": {"best"}})
		if len(wrong) > 0 {
			return wrong
		}
		var listing []time.Duration
		found := 0
		for range calledTimes {
			began := time.Now()
			listed, err := known.List(ctx, archive.Viewer{}, f)
			if err != nil {
				return err
			}
			listing, found = append(listing, time.Since(began)), listed.Total
		}
		slices.Sort(listing)
		fmt.Printf("%-32s %6d works  %8.1f ms median %8.1f worst\n", query, found,
			float64(listing[calledTimes/2].Microseconds())/1000, float64(listing[calledTimes-1].Microseconds())/1000)
	}
	return nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/media"
	"ficus/internal/reading"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/tempo"
	"ficus/internal/web"
	"ficus/internal/writing"
)

// The largest book of several works, and what it may take above idle.
const (
	volumeChapters = 8 // of each work
	volumeMemory   = 64 << 20
)

// volumes binds the largest book of several works there may be, 300 works and
// five million words, as the archive's job does: from the database to the
// bucket. The folder keeps the archive for the next time.
func volumes(dir string) (err error) {
	ctx, limits := context.Background(), archive.DefaultVolumes()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	db, err := sqldb.Open(ctx, sqldb.Options{SQLitePath: filepath.Join(dir, "ficus.db"), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Migrate(ctx, store.Schema()); err != nil {
		return err
	}
	f, err := newFiller(ctx, db, dir)
	if err != nil {
		return err
	}
	member, err := f.accounts.Join(ctx, accounts.Joining{Name: fmt.Sprintf("reader%d", time.Now().Unix()), Password: smallSecret})
	if err != nil {
		return err
	}
	var works []int64
	words := limits.Words / limits.Works / volumeChapters
	for i := range limits.Works {
		n := writing.NewWork{Fields: f.workFields(i)}
		for c := range volumeChapters {
			n.Chapters = append(n.Chapters, archive.ChapterFields{Text: storyFrom(uint32(i*volumeChapters+c), words)})
		}
		id, err := f.writing.Create(ctx, member, n)
		if err != nil {
			return err
		}
		works = append(works, id)
	}
	return bindLargest(ctx, db, dir, member, works)
}

// shelves are the rooms that bind, over an archive in a folder.
func shelves(ctx context.Context, s *store.Store, dir string) (*web.Web, *reading.Tally, error) {
	clock, log := archive.SystemClock{}, slog.New(slog.NewTextHandler(os.Stderr, nil))
	bucket, err := media.Open(ctx, filepath.Join(dir, "files"))
	if err != nil {
		return nil, nil, err
	}
	stacks, err := media.OpenStacks(filepath.Join(dir, "books"), 512<<20)
	if err != nil {
		return nil, nil, err
	}
	known := catalog.New(s, archive.DefaultSite(), clock, log)
	if err := known.Load(ctx); err != nil {
		return nil, nil, err
	}
	tally := reading.NewTally(s, clock, log, func(context.Context, []int64) error { return nil })
	pages, err := web.New(web.Site{Build: "bench"}, web.Rooms{
		Store: s, Catalog: known, Tally: tally, Bucket: bucket, Stacks: stacks, Clock: clock, Log: log, Limits: archive.DefaultLimits(), Tempo: &tempo.Keeper{},
	})
	return pages, tally, err
}

func bindLargest(ctx context.Context, db *sqldb.DB, dir string, member archive.Viewer, works []int64) error {
	s, err := store.New(db, archive.SystemClock{})
	if err != nil {
		return err
	}
	pages, tally, err := shelves(ctx, s, dir)
	if err != nil {
		return err
	}
	if err := tally.AskForVolume(ctx, member, "The largest book", "notes=all", works); err != nil {
		return err
	}
	v, err := latestVolume(ctx, s, member)
	if err != nil {
		return err
	}
	runtime.GC()
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		return fmt.Errorf("forget the most memory so far: %w", err)
	}
	idle, err := mostMemory()
	if err != nil {
		return err
	}
	began := time.Now()
	e := archive.Event{Kind: archive.VolumeAsked, Actor: member.Account, Subject: v.ID}
	if err := pages.BindVolume(ctx, e, archive.Job{Attempts: 1}, "https://stories.example"); err != nil {
		return err
	}
	took := time.Since(began)
	most, err := mostMemory()
	if err != nil {
		return err
	}
	if v, err = latestVolume(ctx, s, member); err != nil || !v.IsReady() {
		return fmt.Errorf("the book is not ready: %q %w", v.Reason, err)
	}
	t := &table{}
	t.add("300 works, 5,000,000 words as one EPUB, from the database to the bucket", took.Round(time.Millisecond).String(), "", "")
	t.add("memory for it at most, above idle", megabytes(most-idle), "idle "+megabytes(idle), "< "+megabytes(volumeMemory))
	t.add("its size", megabytes(v.Bytes), "", "")
	fmt.Print(t)
	return nil
}

func latestVolume(ctx context.Context, s *store.Store, member archive.Viewer) (v archive.Volume, err error) {
	err = s.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.Volumes.Of(ctx, member.Account)
		if err == nil {
			v = all[0]
		}
		return err
	})
	return v, err
}

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/finding"
	"ficus/internal/sqldb"
	"ficus/internal/store"
)

// What is searched: chapters of so many words, of which few are frequent and
// most are rare, as in any language.
const (
	usualChapters     = 15_000
	chaptersOfWork    = 3.14 // as ficus generate makes them
	shortest, longest = 300, 600
	vocabulary        = 200_000
	remembered        = "verdigris lantern" // every thousandth chapter has it
	rewritten         = 300                 // works, in one transaction
)

// texts measures how long the texts of chapters take to be read, and how soon
// words and phrases are found in them; on SQLite in a folder, and on PostgreSQL
// where FICUS_TEST_POSTGRES says where that is.
func texts(dir string) error { return textsOf(dir, strconv.Itoa(usualChapters)) }

// textsOf measures about so many chapters.
func textsOf(dir, chapters string) error {
	n, err := strconv.Atoi(chapters)
	if err != nil {
		return err
	}
	return onBoth(dir, "texts", func(ctx context.Context, o sqldb.Options) error { return searched(ctx, o, n) })
}

// textsKept searches once more in the archive that texts left in a folder.
func textsKept(dir string) error {
	ctx := context.Background()
	db, err := sqldb.Open(ctx, sqldb.Options{SQLitePath: filepath.Join(dir, "texts.db"), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	s, err := store.New(db, archive.SystemClock{})
	if err == nil {
		err = searchTexts(ctx, s)
	}
	return errors.Join(err, db.Close())
}

// searched makes an archive in an empty database and measures it.
func searched(ctx context.Context, o sqldb.Options, about int) (err error) {
	db, s, err := generated(ctx, o, int(float64(about)/chaptersOfWork))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	chapters, err := rewrite(ctx, s)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d chapters\n", db.Engine(), chapters)
	before, err := db.Size(ctx)
	if err != nil {
		return err
	}
	began := time.Now()
	waited, end := writeBeside(ctx, s)
	if err := finding.New(s, archive.DefaultSite, slog.New(slog.DiscardHandler)).CatchUp(ctx); err != nil {
		return err
	}
	took := time.Since(began)
	if err := end(); err != nil {
		return err
	}
	slices.Sort(*waited)
	fmt.Printf("%s: who wrote meanwhile waited %v at the median, %v at the 99th percentile and %v at most, of %d times\n", db.Engine(),
		(*waited)[len(*waited)/2].Round(time.Microsecond), (*waited)[len(*waited)*99/100].Round(time.Microsecond), (*waited)[len(*waited)-1].Round(time.Microsecond), len(*waited))
	after, err := db.Size(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d chapters read in %v, %.0f a second; the database grew from %d to %d MB\n",
		db.Engine(), chapters, took.Round(time.Second), float64(chapters)/took.Seconds(), before>>20, after>>20)
	return searchTexts(ctx, s)
}

// writeBeside writes a little fifty times a second, until end is called, and
// notes how long that took.
func writeBeside(ctx context.Context, s *store.Store) (waited *[]time.Duration, end func() error) {
	ctx, stop := context.WithCancel(ctx)
	waited = &[]time.Duration{}
	done := make(chan error)
	go func() {
		var failed error
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for failed == nil && ctx.Err() == nil {
			began := time.Now()
			failed = s.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error { return tx.Settings.Set(ctx, "bench", began.String()) })
			*waited = append(*waited, time.Since(began))
			<-tick.C
		}
		done <- failed
	}()
	return waited, func() error {
		stop()
		if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
			return err
		}
		return nil
	}
}

// rewrite gives every chapter a text of its own, and counts them.
func rewrite(ctx context.Context, s *store.Store) (chapters int, err error) {
	draw := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // nothing secret
	often := rand.NewZipf(draw, 1.07, 3, vocabulary-1)
	for after := int64(0); ; {
		var works []int64
		err := s.Write(ctx, func(tx *store.Tx) (err error) {
			if works, _, err = tx.Passages.Next(ctx, after, rewritten); err != nil {
				return err
			}
			for _, work := range works {
				posted, err := tx.Chapters.Of(ctx, work, false)
				if err != nil {
					return err
				}
				for _, c := range posted {
					if err := tx.Chapters.SetText(ctx, c.ID, archive.ChapterText{Body: made(draw, often, chapters)}); err != nil {
						return err
					}
					chapters++
				}
			}
			return nil
		})
		if err != nil || len(works) == 0 {
			return chapters, err
		}
		after = works[len(works)-1]
	}
}

// made is a text of words drawn as often as they come.
func made(draw *rand.Rand, often *rand.Zipf, chapter int) string {
	var b strings.Builder
	for i := range shortest + draw.IntN(longest-shortest+1) {
		switch {
		case i%60 == 0:
			b.WriteString("<p>")
		case i%60 == 59:
			b.WriteString(".</p>\n")
			continue
		}
		if i == 200 && chapter%1_000 == 0 {
			b.WriteString(remembered + " ")
		}
		b.WriteString(spelt(often.Uint64()))
		b.WriteByte(' ')
		if draw.IntN(12) == 0 {
			b.WriteByte(',')
		}
	}
	return b.String()
}

// spelt is a word by its place among the frequent ones.
func spelt(place uint64) string {
	const consonants, vowels = "bdfgklmnprstvw", "aeiou"
	var b strings.Builder
	for n := place + 5; n > 0; n /= 70 {
		b.WriteByte(consonants[n%14])
		b.WriteByte(vowels[n/14%5])
	}
	return b.String()
}

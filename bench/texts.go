package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/finding"
	"ficus/internal/sqldb"
	"ficus/internal/store"
)

// What is searched: chapters of about so many words, of which few are frequent
// and most are rare, as in any language.
const (
	searchedWorks = 5_000
	searchedWords = 2_500
	vocabulary    = 40_000
	remembered    = "verdigris lantern" // every thousandth chapter has it
	searchedTimes = 25
)

// texts measures how long the texts of chapters take to be read, and how soon
// phrases are found in them; on SQLite in a folder, and on PostgreSQL where
// FICUS_TEST_POSTGRES says where that is.
func texts(dir string) error { return onBoth(dir, "texts", searched) }

// searched makes an archive in an empty database and measures it.
func searched(ctx context.Context, o sqldb.Options) (err error) {
	db, s, err := generated(ctx, o, searchedWorks)
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
	fmt.Printf("%s: %d chapters of %d words read in %v, %.2f ms each; the database grew from %d to %d MB\n",
		db.Engine(), chapters, searchedWords, took.Round(time.Second), float64(took.Milliseconds())/float64(chapters), before>>20, after>>20)
	known := catalog.New(s, archive.DefaultSite(), archive.SystemClock{}, slog.New(slog.DiscardHandler))
	known.Patience = catalog.Patience{} // to see how long it takes
	if err := known.Load(ctx); err != nil {
		return err
	}
	known.Fill(ctx)
	return searchAll(ctx, known)
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
			if works, _, err = tx.Passages.Next(ctx, after, 50); err != nil {
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
	for i := range searchedWords {
		switch {
		case i%60 == 0:
			b.WriteString("<p>")
		case i%60 == 59:
			b.WriteString(".</p>\n")
			continue
		}
		if i == 1_000 && chapter%1_000 == 0 {
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

// searchAll searches for what is rare, and for what is not.
func searchAll(ctx context.Context, known *catalog.Catalog) error {
	for _, one := range []struct{ what, query string }{
		{"a phrase of rare words", `"` + remembered + `"`}, {"the same in texts alone", `text:"` + remembered + `"`},
		{"a word nowhere", "zyzzyva"}, {"a word of some chapters", "text:" + spelt(9_000)}, {"a word of one in twenty", "text:" + spelt(2_500)},
		{"a phrase of the two most common", `text:"` + spelt(0) + " " + spelt(1) + `"`}, {"a phrase of three common", `text:"` + spelt(0) + " " + spelt(3) + " " + spelt(1) + `"`},
		{"the most common beside a rare one", "text:" + spelt(0) + " text:verdigris"}, {"a beginning", "text:verd*"}, {"title and text, OR and minus", "lamp OR verdigris -" + spelt(20_000)},
	} {
		f, wrong := catalog.ReadFilter(url.Values{"q": {one.query}, "sort": {"best"}})
		if len(wrong) > 0 {
			return wrong
		}
		var listing, excerpts []time.Duration
		found := 0
		for range searchedTimes {
			began := time.Now()
			listed, err := known.List(ctx, archive.Viewer{}, f)
			if err != nil {
				return err
			}
			listing = append(listing, time.Since(began))
			began = time.Now()
			if _, err := known.Excerpts(ctx, archive.Viewer{}, listed); err != nil {
				return err
			}
			excerpts, found = append(excerpts, time.Since(began)), listed.Total
		}
		slices.Sort(listing)
		slices.Sort(excerpts)
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
		fmt.Printf("%-36s %5d works  list %7.1f ms median %7.1f worst  excerpts %6.1f median %6.1f worst\n", one.what, found,
			ms(listing[searchedTimes/2]), ms(listing[searchedTimes-1]), ms(excerpts[searchedTimes/2]), ms(excerpts[searchedTimes-1]))
	}
	return nil
}

package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/prose"
	"ficus/internal/prose/words"
	"ficus/internal/store"
)

// sought is a kind of search, by how one of it is drawn.
type sought struct {
	what     string
	draw     func(*rand.Rand) string
	language string
}

// drawnTimes is how many searches of a kind are drawn.
const drawnTimes = 100

// drawn is a word by a place among the frequent ones, between two.
func drawn(draw *rand.Rand, from, to int) string { return spelt(uint64(from + draw.IntN(to-from))) } //nolint:gosec // a place

// soughtKinds are the searches that are measured. The shares hold of these texts:
// of how many chapters a word of that place is found in.
func soughtKinds(out func(*rand.Rand) string) []sought {
	one := func(from, to int) func(*rand.Rand) string {
		return func(draw *rand.Rand) string { return drawn(draw, from, to) }
	}
	phrase := func(places ...[2]int) func(*rand.Rand) string {
		return func(draw *rand.Rand) string {
			all := make([]string, len(places))
			for i, p := range places {
				all[i] = drawn(draw, p[0], p[1])
			}
			return `"` + strings.Join(all, " ") + `"`
		}
	}
	all, most, often, twentieth := [2]int{0, 350}, [2]int{0, 20}, [2]int{50, 350}, [2]int{650, 800}
	return []sought{
		{what: "a word of one chapter in a thousand", draw: one(20_000, 40_000)},
		{what: "a word of one in a hundred", draw: one(2_800, 3_600)},
		{what: "a word of one in twenty", draw: one(650, 800)},
		{what: "a word of nearly a tenth", draw: one(400, 440)},
		{what: "a word of more than a tenth, alone", draw: one(0, 300)},
		{what: "a word of one in a hundred beside one of one in twenty", draw: func(d *rand.Rand) string { return drawn(d, 2_800, 3_600) + " " + drawn(d, 650, 800) }},
		{what: "the most common beside a word of one in a hundred", draw: func(d *rand.Rand) string { return drawn(d, 0, 20) + " " + drawn(d, 2_800, 3_600) }},
		{what: "a phrase of two rare words", draw: func(*rand.Rand) string { return `"` + remembered + `"` }},
		{what: "five words out of a chapter", draw: out},
		{what: "a phrase of two of the twenty most common", draw: phrase(most, most)},
		{what: "a phrase of two common words", draw: phrase(often, often)},
		{what: "a phrase of three common words", draw: phrase(all, all, all)},
		{what: "a phrase of three of the twenty most common", draw: phrase(most, most, most)},
		{what: "a phrase of the most common and one of one in twenty", draw: phrase(most, twentieth)},
		{what: "a phrase of two of one in twenty", draw: phrase(twentieth, twentieth)},
		{what: "a word of one in twenty, in German works", draw: one(650, 800), language: "de"},
		{what: "a phrase of two common words, in German works", draw: phrase(often, often), language: "de"},
		{what: "a beginning", draw: func(d *rand.Rand) string { return drawn(d, 20_000, 40_000) + "*" }},
	}
}

// searchTexts searches for what is rare, and for what is not, as long as it takes.
func searchTexts(ctx context.Context, s *store.Store) error {
	known := catalog.New(s, archive.DefaultSite(), archive.SystemClock{}, slog.New(slog.DiscardHandler))
	known.Patience = catalog.Patience{}
	if err := known.Load(ctx); err != nil {
		return err
	}
	known.Fill(ctx)
	draw := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // nothing secret
	var failed error
	out := func(draw *rand.Rand) string {
		phrase, err := outOfAChapter(ctx, s, draw)
		if err != nil {
			failed = err
		}
		return phrase
	}
	fmt.Println("| asked for | works, in the middle | list: middle, 99th, slowest | with its excerpts | only narrows |\n|---|---|---|---|---|")
	for _, kind := range soughtKinds(out) {
		var found []int
		var listing, whole []time.Duration
		narrows := 0
		for range drawnTimes {
			f, wrong := catalog.ReadFilter(url.Values{"q": {kind.draw(draw)}, "sort": {"best"}, "language": {kind.language}})
			if len(wrong) > 0 {
				return wrong
			}
			began := time.Now()
			listed, err := known.List(ctx, archive.Viewer{}, f)
			if err != nil {
				return err
			}
			listing = append(listing, time.Since(began))
			if _, err := known.Excerpts(ctx, archive.Viewer{}, listed); err != nil {
				return err
			}
			whole, found = append(whole, time.Since(began)), append(found, listed.Total)
			if len(listed.InTexts.Common) > 0 {
				narrows++
			}
		}
		slices.Sort(found)
		fmt.Printf("| %s | %d | %s | %s | %d of %d |\n", kind.what, found[drawnTimes/2], spread(listing), spread(whole), narrows, drawnTimes)
	}
	return failed
}

// spread is the middle one, the 99th of a hundred and the slowest.
func spread(took []time.Duration) string {
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return fmt.Sprintf("%.1f, %.1f, %.1f ms", ms(took[len(took)/2]), ms(took[(len(took)-1)*99/100]), ms(took[len(took)-1]))
}

// outOfAChapter is a phrase that stands in some chapter.
func outOfAChapter(ctx context.Context, s *store.Store, draw *rand.Rand) (phrase string, err error) {
	err = s.Read(ctx, func(tx *store.Tx) error {
		last, err := tx.Passages.LastChapter(ctx)
		if err != nil {
			return err
		}
		chapter, err := tx.Passages.ChapterAt(ctx, 1+draw.Int64N(last))
		if err != nil {
			return err
		}
		told, err := tx.Chapters.Told(ctx, chapter)
		if err != nil {
			return err
		}
		all := words.Of(prose.ReadStored(told.Body).Lines())
		at := draw.IntN(len(all) - 5)
		phrase = `"` + strings.Join(all[at:at+5], " ") + `"`
		return nil
	})
	return phrase, err
}

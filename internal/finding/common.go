package finding

import (
	"context"
	"errors"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/store"
)

const (
	// worthCounting is how many passages there are before a word may be too
	// common to be sought by itself: fewer are searched soon whatever is sought.
	worthCounting = 5_000
	// sampled is how many chapters are looked at to know which words are common:
	// a word of a tenth of all chapters stands in 60 of 600, give or take 7.
	sampled = 600
)

// sample counts which words stand in more than a tenth of the chapters, now and
// then while there come more.
func (f *Finding) sample(ctx context.Context, read store.PassagesRead) error {
	var last int64
	err := f.store.Read(ctx, func(tx *store.Tx) (err error) {
		if read, err = tx.Passages.Read(ctx); err == nil {
			last, err = tx.Passages.Last(ctx)
		}
		return err
	})
	if err != nil || last < worthCounting || last < read.Sampled+read.Sampled/2 {
		return err
	}
	common, err := f.countCommon(ctx, last)
	if err != nil {
		return err
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		stands, err := tx.Passages.Read(ctx)
		if err != nil {
			return err
		}
		stands.Sampled = last
		if err := tx.Passages.SetRead(ctx, stands); err != nil {
			return err
		}
		return tx.Passages.SetCommon(ctx, common)
	})
}

// countCommon looks at some chapters, of passages up to one, for the words that
// stand in more than a tenth of them.
func (f *Finding) countCommon(ctx context.Context, last int64) (common []string, err error) {
	counted, texts := map[string]int{}, 0
	for i := range int64(sampled) {
		all, err := f.wordsAt(ctx, last*i/sampled)
		if err != nil {
			return nil, err
		}
		if len(all) > 0 {
			texts++
		}
		slices.Sort(all)
		for _, word := range slices.Compact(all) {
			counted[word]++
		}
	}
	for word, n := range counted {
		if n*10 > texts && word != between {
			common = append(common, word)
		}
	}
	slices.Sort(common) // two nodes write rows in one order
	return common, nil
}

// wordsAt reads the chapter of a passage, or of the next; none where there is
// none.
func (f *Finding) wordsAt(ctx context.Context, passage int64) (all []string, err error) {
	var chapter int64
	err = f.store.Read(ctx, func(tx *store.Tx) (err error) {
		_, chapter, err = tx.Passages.ChapterAt(ctx, passage)
		return err
	})
	if err != nil {
		return nil, ignoreGone(err)
	}
	return f.wordsOf(ctx, chapter, "")
}

// ignoreGone forgives what was deleted while it was to be read.
func ignoreGone(err error) error {
	if errors.Is(err, archive.ErrNotFound) {
		return nil
	}
	return err
}

package finding

import (
	"context"
	"errors"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/prose/words"
	"ficus/internal/store"
)

const (
	// worthCounting is how many chapters there are before a word may be too
	// common to be sought by itself: fewer are searched soon whatever is sought.
	worthCounting = 5_000
	// sampled is how many chapters are looked at to know which words are common:
	// a word of a tenth of all chapters stands in 60 of 600, give or take 7.
	sampled = 600
)

// isDue tells of how many chapters common words are to be counted, now that
// there are many, or half as many more than when they were; 0: not now.
func (f *Finding) isDue(ctx context.Context, tx *store.Tx, read store.PassagesRead) (chapters int64, err error) {
	last, err := tx.Passages.LastChapter(ctx)
	if err != nil || !read.Chapters || last < f.worth || last < read.Sampled+read.Sampled/2 {
		return 0, err
	}
	return last, nil
}

// sample counts which words and pairs stand in more than a tenth of the chapters.
// The words make pairs from then on; once there are ten times as many chapters,
// so do those that have become common.
func (f *Finding) sample(ctx context.Context, last int64) error {
	common, pairs, err := f.countCommon(ctx, last)
	if err != nil {
		return err
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		read, err := tx.Passages.Read(ctx)
		if err == nil {
			err = f.isMine(ctx, tx, read)
		}
		if err != nil {
			return err
		}
		if read.Sampled = last; last >= 10*read.PairedAt {
			if err := f.pair(ctx, tx, &read, common, last); err != nil {
				return err
			}
		}
		if err := tx.Passages.SetRead(ctx, read); err != nil {
			return err
		}
		return tx.Passages.SetCommon(ctx, append(common, pairs...))
	})
}

// pair has words make pairs that make none yet. What was read before is read once
// more, and until it has been, phrases are sought by the pairs there were.
func (f *Finding) pair(ctx context.Context, tx *store.Tx, read *store.PassagesRead, common []string, last int64) error {
	before, err := tx.Passages.Paired(ctx, read.Pairs)
	if err != nil {
		return err
	}
	read.PairedAt = last
	common = slices.DeleteFunc(slices.Clone(common), func(word string) bool { return before[word] })
	if len(common) == 0 {
		return nil
	}
	read.Pairs++
	read.Again = 0
	empty, err := tx.Passages.IsEmpty(ctx)
	if err == nil && empty {
		read.Paired, read.Again = read.Pairs, store.AllWorks
	}
	if err != nil {
		return err
	}
	return tx.Passages.AddPaired(ctx, common, read.Pairs)
}

// paired are words that make pairs since some time.
type paired struct {
	since int64
	words map[string]bool
}

// pairing tells which words make pairs since some time.
func (f *Finding) pairing(ctx context.Context, since int64) (isPaired func(string) bool, err error) {
	if f.paired.words == nil || f.paired.since != since {
		err = f.store.Read(ctx, func(tx *store.Tx) (err error) {
			f.paired.words, err = tx.Passages.Paired(ctx, since)
			return err
		})
		f.paired.since = since
	}
	is := f.paired.words
	return func(word string) bool { return is[word] }, err
}

// countCommon looks at some chapters, of all up to the last, for the words that
// stand in more than a tenth of them, and for such pairs of those.
func (f *Finding) countCommon(ctx context.Context, last int64) (common, pairs []string, err error) {
	texts := make([][]string, 0, sampled)
	for i := range int64(sampled) {
		all, err := f.wordsAt(ctx, last*i/sampled)
		if err != nil {
			return nil, nil, err
		}
		if len(all) > 0 {
			texts = append(texts, all)
		}
	}
	common = inATenth(texts)
	for i, text := range texts {
		with := words.Paired(text, func(word string) bool { _, is := slices.BinarySearch(common, word); return is })
		texts[i] = with[len(text):]
	}
	return common, inATenth(texts), nil
}

// inATenth gives what stands in more than a tenth of some texts, in order, in
// which two nodes write it.
func inATenth(texts [][]string) (often []string) {
	counted := map[string]int{}
	for _, text := range texts {
		for _, word := range slices.Compact(slices.Sorted(slices.Values(text))) {
			counted[word]++
		}
	}
	for word, n := range counted {
		if n*10 > len(texts) && word != between {
			often = append(often, word)
		}
	}
	slices.Sort(often)
	return often
}

// wordsAt reads the chapter of a number, or the next; none where there is none.
func (f *Finding) wordsAt(ctx context.Context, number int64) (all []string, err error) {
	var chapter int64
	err = f.store.Read(ctx, func(tx *store.Tx) (err error) {
		chapter, err = tx.Passages.ChapterAt(ctx, number)
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

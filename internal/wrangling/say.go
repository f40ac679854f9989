package wrangling

import (
	"context"
	"unicode/utf8"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// longestSaid bounds what is said about a tag, in characters.
const longestSaid = 2000

// Say tells the other wranglers something about a tag. Any of them may, whatever
// their fandoms; it changes nothing, so no event tells of it.
func (w *Wrangling) Say(ctx context.Context, v archive.Viewer, tag int64, words string) error {
	if !v.MayWrangle() {
		return archive.ErrNotFound
	}
	words = archive.CleanLetter(words)
	var p archive.Problems
	switch n := utf8.RuneCountInString(words); {
	case n == 0:
		p.Add("said", "required")
	case n > longestSaid:
		p.Add("said", "too_long", "Limit", longestSaid, "Count", n)
	}
	if err := p.Err(); err != nil {
		return err
	}
	return w.store.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Sorting.Find(ctx, tag); err != nil {
			return err
		}
		return tx.Wranglers.Say(ctx, v.Account, tag, words)
	})
}

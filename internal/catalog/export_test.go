package catalog

import (
	"context"

	"ficus/internal/store"
)

// FoundTwice is in which works a part is found in texts, in one state of the
// archive.
type FoundTwice struct {
	Works   []int64 // as lists look for it
	Joined  []int64 // as the tables join it
	ByHeart bool    // the first came from memory
	Asked   int     // passages of which the database was asked
}

// FindTwice looks a part up.
func (c *Catalog) FindTwice(ctx context.Context, s store.Sought) (f FoundTwice, err error) {
	return f, c.store.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.Passages.Seek(ctx, &s, true)
		if err != nil {
			return err
		}
		holding, byHeart, err := c.inTexts(ctx, tx)
		if err != nil {
			return err
		}
		f.ByHeart = byHeart
		if f.Works, err = holding(s); err != nil {
			return err
		}
		if f.Joined, err = tx.Passages.Holding(ctx, s); err != nil || s.Text == "" {
			return err
		}
		doubt, err := tx.Numbered.Doubt(ctx)
		if err != nil {
			return err
		}
		numbers, err := tx.Numbered.Matching(ctx, s.Text)
		_, doubtful := c.found.passages.sort(numbers, doubt, asks{})
		f.Asked = len(doubtful)
		return err
	})
}

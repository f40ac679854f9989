package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Gifts are works given to readers.
type Gifts struct{ conn }

const (
	addGift = `INSERT INTO gifts (work, position, recipient, folded, account) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (work, folded) DO UPDATE SET position = excluded.position`
	// A gift to an account that was deleted is words.
	giftColumns = `id, work, recipient, CASE WHEN EXISTS (SELECT 1 FROM deletions gone WHERE gone.account = gifts.account) THEN 0 ELSE account END`
	dropGift    = `DELETE FROM gifts WHERE id = $1`
	giftsOn     = `SELECT ` + giftColumns + ` FROM gifts WHERE work IN `
	giftsOnID   = `SELECT ` + giftColumns + ` FROM gifts WHERE work = $1 ORDER BY position, id`
)

// SetOn says to whom a work is given, in order; a recipient who stays keeps
// their row, so nobody is told twice.
func (g Gifts) SetOn(ctx context.Context, work int64, recipients []archive.Gift) error {
	standing, err := all(ctx, g.conn, scanGift, giftsOnID, work)
	if err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, r := range recipients {
		wanted[archive.FoldName(r.Recipient)] = true
	}
	for _, s := range standing {
		if !wanted[archive.FoldName(s.Recipient)] {
			if err := do(ctx, g.conn, dropGift, s.ID); err != nil {
				return err
			}
		}
	}
	for i, r := range recipients {
		if err := do(ctx, g.conn, addGift, work, i, r.Recipient, archive.FoldName(r.Recipient), r.Account); err != nil {
			return err
		}
	}
	return nil
}

// On gives the gifts of works, by work, in order.
func (g Gifts) On(ctx context.Context, works ...int64) (map[int64][]archive.Gift, error) {
	on := map[int64][]archive.Gift{}
	if len(works) == 0 {
		return on, nil
	}
	gifts, err := all(ctx, g.conn, scanGift, giftsOn+`(`+list(1, len(works))+`) ORDER BY work, position, id`, anys(works)...)
	for _, gift := range gifts {
		on[gift.Work] = append(on[gift.Work], gift)
	}
	return on, err
}

func scanGift(row sqldb.Scanner) (archive.Gift, error) {
	var g archive.Gift
	return g, row.Scan(&g.ID, &g.Work, &g.Recipient, &g.Account)
}

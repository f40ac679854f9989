package store

import (
	"context"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

const (
	keyTitle     = `UPDATE works SET title_key = $2 WHERE id = $1`
	titlesToSort = `SELECT id, title, language FROM works WHERE title_key = '' ORDER BY id LIMIT $1`
)

// longestKey bounds what a title is sorted by, in bytes: an index entry of
// PostgreSQL takes 2,700, and no two titles a reader tells apart in a list are
// alike for so long.
const longestKey = 400

// titleKey is what a title sorts by on both databases, as bytes: without its
// article and leading quotes, case and the accents of Latin and Greek folded,
// so that Élan stands with Eland. A title of which nothing is left sorts by
// itself.
func titleKey(title, language string) string {
	for _, key := range []string{FoldSought(archive.SortTitle(title, language)), FoldSought(title), title} {
		if key = strings.TrimSpace(key); key != "" {
			return cutAt(key, longestKey)
		}
	}
	return "?" // no title is empty
}

// cutAt cuts at limit bytes, never inside a character.
func cutAt(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for limit > 0 && text[limit]&0xc0 == 0x80 {
		limit--
	}
	return text[:limit]
}

// place gives a title its place among the others.
func (w Works) place(ctx context.Context, id int64, title, language string) error {
	return do(ctx, w.conn, keyTitle, id, titleKey(title, language))
}

// PlaceTitles gives up to limit titles their place among the others that have
// none yet, as after an older program or backup, and gives how many.
func (w Works) PlaceTitles(ctx context.Context, limit int) (int64, error) {
	unplaced, err := all(ctx, w.conn, scanTitle, titlesToSort, limit)
	if err != nil {
		return 0, err
	}
	for _, work := range unplaced {
		if err := w.place(ctx, work.ID, work.Title, work.Language); err != nil {
			return 0, err
		}
	}
	return int64(len(unplaced)), nil
}

func scanTitle(row sqldb.Scanner) (w archive.Work, err error) {
	return w, row.Scan(&w.ID, &w.Title, &w.Language)
}

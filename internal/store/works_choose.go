package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Works a writer can add a chapter to, those changed last first.
const worksToAddTo = `SELECT w.id, w.title, w.language FROM works w WHERE ` + isCreator + ` AND w.deleted_at IS NULL ORDER BY w.revised_at DESC, w.id DESC LIMIT $2`

// ToAddTo lists the works that a member can add a chapter to: number, title and
// language of each.
func (l Lists) ToAddTo(ctx context.Context, account int64, most int) ([]archive.Work, error) {
	return all(ctx, l.conn, func(row sqldb.Scanner) (w archive.Work, err error) {
		return w, row.Scan(&w.ID, &w.Title, &w.Language)
	}, worksToAddTo, account, most)
}

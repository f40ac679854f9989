package store

import (
	"context"
	"time"
)

const (
	// What came for staff after an instant and waits still.
	casesSince    = `SELECT COUNT(*) FROM cases WHERE closed_at IS NULL AND opened_at > $1`
	burstsSince   = `SELECT COUNT(*) FROM (SELECT k.work FROM kudos k WHERE k.parked_at IS NOT NULL GROUP BY k.work HAVING MIN(k.parked_at) > $1) late`
	commentsSince = `SELECT COUNT(*) FROM comments c WHERE c.state IN ('suspect', 'for_staff') AND c.posted_at > $1`
	allStaff      = `SELECT id FROM accounts WHERE staff = TRUE ORDER BY id`
)

// Waiting is how much came for staff, by kind.
type Waiting struct{ Cases, Bursts, Comments int64 }

// Since counts what came for staff after an instant and waits still.
func (a Acts) Since(ctx context.Context, at time.Time) (w Waiting, err error) {
	for _, count := range []struct {
		statement string
		into      *int64
	}{{casesSince, &w.Cases}, {burstsSince, &w.Bursts}, {commentsSince, &w.Comments}} {
		if *count.into, err = one(ctx, a.conn, scanInt, count.statement, at.UnixMicro()); err != nil {
			return w, err
		}
	}
	return w, nil
}

// Everyone lists the accounts of staff.
func (m Members) Everyone(ctx context.Context) ([]int64, error) {
	return all(ctx, m.conn, scanInt, allStaff)
}

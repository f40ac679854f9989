package store

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Follows are the works and people that members follow.
type Follows struct{ conn }

const (
	addFollow    = `INSERT INTO follows (account, work, person, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`
	dropFollow   = `DELETE FROM follows WHERE account = $1 AND (work = $2 OR person = $3)`
	hasFollow    = `SELECT COUNT(*) FROM follows WHERE account = $1 AND (work = $2 OR person = $3)`
	countFollows = `SELECT COUNT(*) FROM follows WHERE account = $1`
	followersOf  = `SELECT COUNT(*) FROM follows f JOIN accounts a ON a.id = f.account WHERE (f.work = $1 OR f.person = $2) AND ` + isThere
	// What a member follows, the latest first, with the title of a work and the
	// name of a person as they may know them now.
	followsOf = `SELECT f.id, f.account, COALESCE(f.work, 0), COALESCE(f.person, 0), f.at,
		CASE WHEN ` + isOpen + ` AND w.deleted_at IS NULL THEN w.title ELSE '' END, COALESCE(w.language, ''),
		COALESCE(p.name, ''), EXISTS (SELECT 1 FROM mutes m WHERE m.account = $1 AND m.muted = f.person)
		FROM follows f LEFT JOIN works w ON w.id = f.work
		LEFT JOIN accounts p ON p.id = f.person AND NOT EXISTS (SELECT 1 FROM deletions gone WHERE gone.account = p.id)
		WHERE f.account = $1 ORDER BY f.id DESC LIMIT $4 OFFSET $5`
	// Works that stand under the orphan account alone, and cannot be taken back.
	forgetFollows = `DELETE FROM follows WHERE id IN (SELECT f.id FROM work_creators wc JOIN accounts a ON a.id = wc.account JOIN follows f ON f.work = wc.work
		WHERE a.folded = $1 AND NOT EXISTS (SELECT 1 FROM orphanings o WHERE o.work = wc.work)
		AND NOT EXISTS (SELECT 1 FROM work_creators other WHERE other.work = wc.work AND other.account <> a.id) LIMIT $2)`
)

// Following is something a member follows, as they may know it now.
type Following struct {
	archive.Follow
	Title    string // of the work; empty when it is not theirs to see
	Language string
	Name     string // of the person; empty when they have left
	Muted    bool   // the member mutes the person, so that nothing is told
}

// Add lets an account follow something; false when it did already.
func (f Follows) Add(ctx context.Context, account int64, of archive.Followed) (bool, error) {
	n, err := exec(ctx, f.conn, addFollow, account, number(of.Work), number(of.Person), micros(f.now))
	return n == 1, err
}

// Drop ends a Follow; false when there was none.
func (f Follows) Drop(ctx context.Context, account int64, of archive.Followed) (bool, error) {
	n, err := exec(ctx, f.conn, dropFollow, account, of.Work, of.Person)
	return n == 1, err
}

// Has reports whether an account follows something.
func (f Follows) Has(ctx context.Context, account int64, of archive.Followed) (bool, error) {
	n, err := one(ctx, f.conn, scanInt, hasFollow, account, of.Work, of.Person)
	return n > 0, err
}

// Count is how many works and people an account follows.
func (f Follows) Count(ctx context.Context, account int64) (int64, error) {
	return one(ctx, f.conn, scanInt, countFollows, account)
}

// Followers is how many members follow something.
func (f Follows) Followers(ctx context.Context, of archive.Followed) (int64, error) {
	return one(ctx, f.conn, scanInt, followersOf, of.Work, of.Person)
}

// Of lists what a member follows, the latest first.
func (f Follows) Of(ctx context.Context, v archive.Viewer, limit, offset int) ([]Following, error) {
	return all(ctx, f.conn, scanFollowing, followsOf, v.Account, v.Staff, micros(f.now), limit, offset)
}

// Forget ends the following of works that nobody will ever add to, at most so
// many, and tells how many went.
func (f Follows) Forget(ctx context.Context, most int) (int64, error) {
	return exec(ctx, f.conn, forgetFollows, archive.OrphanAccount, most)
}

// number is a number as it is stored where there may be none.
func number(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

func scanFollowing(row sqldb.Scanner) (Following, error) {
	var f Following
	return f, row.Scan(&f.ID, &f.Account, &f.Work, &f.Person, instant{&f.At}, &f.Title, &f.Language, &f.Name, &f.Muted)
}

// Outbox is the notices that are still to be mailed, each alone or together
// with others of their account.
type Outbox struct{ conn }

const (
	addParcel   = `INSERT INTO outbox (account, notice, together, due_at) VALUES ($1, $2, $3, $4)`
	dueParcels  = `SELECT DISTINCT account FROM outbox WHERE due_at <= $1 AND account > $2 ORDER BY account LIMIT $3`
	parcelsOf   = `SELECT id, notice, together, due_at, batch FROM outbox WHERE account = $1 ORDER BY CASE WHEN batch > 0 THEN 0 ELSE 1 END, batch, id LIMIT $2`
	tieParcel   = `UPDATE outbox SET batch = $2 WHERE id = $1`
	countDue    = `SELECT COUNT(*) FROM outbox WHERE due_at <= $1`
	dropParcels = `DELETE FROM outbox WHERE account = $1 AND batch = $2`
)

// Waiting is how many notices should be mailed by now.
func (o Outbox) Waiting(ctx context.Context) (int64, error) {
	return one(ctx, o.conn, scanInt, countDue, micros(o.now))
}

// Parcel is the notices of one mail.
type Parcel struct {
	Batch    int64 // names it; 0: there is none
	Together bool  // it tells of all that came within a while
	Notices  []int64
}

// Add has a notice mailed at an instant, or before with others that are.
func (o Outbox) Add(ctx context.Context, account, notice int64, together bool, due time.Time) error {
	return do(ctx, o.conn, addParcel, account, notice, together, micros(due))
}

// Due lists accounts after one to which a mail is due.
func (o Outbox) Due(ctx context.Context, after int64, most int) ([]int64, error) {
	return all(ctx, o.conn, scanInt, dueParcels, micros(o.now), after, most)
}

// waiting is one row of the outbox.
type waiting struct {
	id, notice, batch int64
	together          bool
	due               time.Time
}

// Next gives the next mail to an account: one that is on its way already, as it
// was, or else one that is made of what is due, of at most so many notices; the
// zero Parcel when nothing is.
func (o Outbox) Next(ctx context.Context, account int64, most int) (Parcel, error) {
	rows, err := all(ctx, o.conn, func(row sqldb.Scanner) (w waiting, err error) {
		return w, row.Scan(&w.id, &w.notice, &w.together, instant{&w.due}, &w.batch)
	}, parcelsOf, account, most)
	if err != nil || len(rows) == 0 {
		return Parcel{}, err
	}
	p := parcel(rows, o.now)
	if rows[0].batch > 0 {
		return p, nil
	}
	for _, w := range rows {
		if w.together == p.Together && (p.Together || w.id == p.Batch) {
			if err := do(ctx, o.conn, tieParcel, w.id, p.Batch); err != nil {
				return Parcel{}, err
			}
		}
	}
	return p, nil
}

// parcel chooses the rows of the next mail.
func parcel(rows []waiting, now time.Time) Parcel {
	if batch := rows[0].batch; batch > 0 {
		p := Parcel{Batch: batch, Together: rows[0].together}
		for _, w := range rows {
			if w.batch == batch {
				p.Notices = append(p.Notices, w.notice)
			}
		}
		return p
	}
	p, due := Parcel{Together: true}, false
	for _, w := range rows {
		isDue := !w.due.After(now)
		if !w.together && isDue {
			return Parcel{Batch: w.id, Notices: []int64{w.notice}}
		}
		if w.together {
			p.Batch, p.Notices, due = w.id, append(p.Notices, w.notice), due || isDue
		}
	}
	if !due {
		return Parcel{}
	}
	return p
}

// Sent ends a mail.
func (o Outbox) Sent(ctx context.Context, account int64, p Parcel) error {
	return do(ctx, o.conn, dropParcels, account, p.Batch)
}

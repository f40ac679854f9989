package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Notices are what members are told on the site: exactly one for each event
// and recipient, however often a job is run. One that its member deleted stays
// for a while, so that it is not told again.
type Notices struct{ conn }

const (
	addNotice = `INSERT INTO notices (account, event, kind, work, subject, chapter, number, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (event, account) DO NOTHING`
	addNewNotice = addNotice + ` RETURNING id`
	// isToldStill: what is told of a work because its creator is followed (subject)
	// is told as long as the viewer may know that they sign it.
	isToldStill = `(n.kind NOT IN ('work', 'chapter') OR n.subject = 0 OR (` + isNamed + `
		AND EXISTS (SELECT 1 FROM work_creators nc WHERE nc.work = w.id AND nc.account = n.subject)))`
	// A notice with the title of its work as the viewer may know it now; $1 is
	// both the viewer and whose notices they are.
	toldColumns = `n.id, n.account, n.event, n.kind, n.work, n.subject, n.chapter, n.number, n.at, n.read_at,
		CASE WHEN ` + isOpen + ` AND ` + isToldStill + ` THEN w.title ELSE '' END, w.purge_at FROM notices n LEFT JOIN works w ON w.id = n.work WHERE `
	noticesOf      = `SELECT ` + toldColumns + `n.account = $1 AND n.deleted_at IS NULL ORDER BY n.id DESC LIMIT $4 OFFSET $5`
	noticesBetween = `SELECT ` + toldColumns + `n.account = $1 AND n.deleted_at IS NULL AND n.read_at IS NULL AND n.id > $4 AND n.id <= $5 ORDER BY n.id`
	countNotices   = `SELECT COUNT(*) FROM notices WHERE account = $1 AND deleted_at IS NULL`
	markRead       = `UPDATE notices SET read_at = $2 WHERE account = $1 AND read_at IS NULL`
	newestNotice   = `SELECT COALESCE(MAX(id), 0) FROM notices WHERE account = $1`
	forgetNotices  = `DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE deleted_at < $1 LIMIT $2)`
	digestOf       = `SELECT sent, until FROM digests WHERE account = $1`
	setDigest      = `INSERT INTO digests (account, sent, until, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (account) DO UPDATE SET sent = excluded.sent, until = excluded.until, at = excluded.at`
	// Who may be due a daily mail: a mail under way, or news since the last one,
	// which is a day old.
	dueDigests = `SELECT DISTINCT n.account FROM notices n JOIN accounts a ON a.id = n.account LEFT JOIN digests d ON d.account = n.account
		WHERE n.account > $1 AND n.read_at IS NULL AND n.deleted_at IS NULL AND n.at >= $2 AND n.id > COALESCE(d.sent, 0)
		AND a.email_proved_at IS NOT NULL AND (d.at IS NULL OR d.at <= $3 OR d.until > d.sent) ORDER BY n.account LIMIT $4`
)

// Told is a notice with the title of its work as it stands now; the title is
// empty when the work is gone or no longer theirs to see.
type Told struct {
	archive.Notice
	Standing archive.Standing
	Title    string
}

// Shelf says which of a member's notices are meant; the zero Shelf means all,
// the latest first.
type Shelf struct {
	Show   string // "unread" or "read"; otherwise both
	Topic  archive.Topic
	Oldest bool
	IDs    []int64 // these alone, when there are any
}

func (s Shelf) conditions(w *where) {
	w.and(`n.deleted_at IS NULL`)
	switch s.Show {
	case "unread":
		w.and(`n.read_at IS NULL`)
	case "read":
		w.and(`n.read_at IS NOT NULL`)
	}
	switch kinds := s.Topic.Kinds(); {
	case len(kinds) > 0:
		w.and(`n.kind IN (`+marks(len(kinds))+`)`, kindArgs(kinds)...)
	case s.Topic == archive.TopicSite:
		var known []archive.NoticeKind
		for _, t := range archive.Topics() {
			known = append(known, t.Kinds()...)
		}
		w.and(`n.kind NOT IN (`+marks(len(known))+`)`, kindArgs(known)...)
	}
	if len(s.IDs) > 0 {
		w.and(`n.id IN (`+marks(len(s.IDs))+`)`, anys(s.IDs)...)
	}
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func kindArgs(kinds []archive.NoticeKind) []any {
	args := make([]any, len(kinds))
	for i, k := range kinds {
		args[i] = string(k)
	}
	return args
}

// Add tells an account of an event, once.
func (n Notices) Add(ctx context.Context, notice archive.Notice) error {
	return do(ctx, n.conn, addNotice, notice.Account, notice.Event, string(notice.Kind), notice.Work, notice.Subject, notice.Chapter, notice.Number, micros(n.now))
}

// AddNew is Add that gives the notice's number; 0 when it was told before.
func (n Notices) AddNew(ctx context.Context, notice archive.Notice) (int64, error) {
	id, err := one(ctx, n.conn, scanInt, addNewNotice, notice.Account, notice.Event, string(notice.Kind), notice.Work, notice.Subject, notice.Chapter, notice.Number, micros(n.now))
	if errors.Is(err, archive.ErrNotFound) {
		return 0, nil
	}
	return id, err
}

// Of lists a member's notices, the latest first.
func (n Notices) Of(ctx context.Context, v archive.Viewer, limit, offset int) ([]Told, error) {
	return all(ctx, n.conn, scanTold, noticesOf, v.Account, v.Staff, micros(n.now), limit, offset)
}

// Page gives part of a shelf, and how many notices it holds in all.
func (n Notices) Page(ctx context.Context, v archive.Viewer, s Shelf, limit, offset int) ([]Told, int, error) {
	w := newWhere(v.Account, v.Staff, micros(n.now))
	w.and(`n.account = $1`)
	s.conditions(w)
	counted := newWhere(v.Account)
	counted.and(`n.account = $1`)
	s.conditions(counted)
	total, err := one(ctx, n.conn, scanInt, `SELECT COUNT(*) FROM notices n WHERE `+counted.String(), counted.args...)
	if err != nil || offset >= int(total) {
		return nil, int(total), err
	}
	order := `n.id DESC`
	if s.Oldest {
		order = `n.id`
	}
	w.args = append(w.args, limit, offset)
	statement := fmt.Sprintf(`SELECT `+toldColumns+`%s ORDER BY %s LIMIT $%d OFFSET $%d`, w, order, len(w.args)-1, len(w.args))
	told, err := all(ctx, n.conn, scanTold, statement, w.args...)
	return told, int(total), err
}

// Between gives the unread notices of a member after one and up to another.
func (n Notices) Between(ctx context.Context, v archive.Viewer, after, until int64) ([]Told, error) {
	return all(ctx, n.conn, scanTold, noticesBetween, v.Account, v.Staff, micros(n.now), after, until)
}

// Read marks the notices of a shelf as looked at, or as not.
func (n Notices) Read(ctx context.Context, account int64, s Shelf, read bool) (int64, error) {
	var at any
	if read {
		at = micros(n.now)
	}
	return n.change(ctx, account, s, `read_at = CAST($2 AS BIGINT)`, at)
}

// Delete takes the notices of a shelf away.
func (n Notices) Delete(ctx context.Context, account int64, s Shelf) (int64, error) {
	return n.change(ctx, account, s, `deleted_at = CAST($2 AS BIGINT)`, micros(n.now))
}

func (n Notices) change(ctx context.Context, account int64, s Shelf, set string, at any) (int64, error) {
	w := newWhere(account, at)
	w.and(`n.account = $1`)
	s.conditions(w)
	return exec(ctx, n.conn, `UPDATE notices AS n SET `+set+` WHERE `+w.String(), w.args...)
}

// Count is how many notices an account has in all.
func (n Notices) Count(ctx context.Context, account int64) (int64, error) {
	return one(ctx, n.conn, scanInt, countNotices, account)
}

// MarkRead marks all notices of an account as seen.
func (n Notices) MarkRead(ctx context.Context, account int64) error {
	return do(ctx, n.conn, markRead, account, micros(n.now))
}

// Forget throws away notices deleted before an instant, at most so many, and
// tells how many went.
func (n Notices) Forget(ctx context.Context, before time.Time, most int) (int64, error) {
	return exec(ctx, n.conn, forgetNotices, micros(before), most)
}

// Due lists accounts after one that may be due a daily mail: of notices since
// an instant, when the last mail was before another.
func (n Notices) Due(ctx context.Context, after int64, since, last time.Time, most int) ([]int64, error) {
	return all(ctx, n.conn, scanInt, dueDigests, after, micros(since), micros(last), most)
}

// Batch is the notices of one daily mail: after one and up to another.
type Batch struct{ After, Until int64 }

// Batch gives the daily mail of an account that is under way, or else begins one
// of all its news.
func (n Notices) Batch(ctx context.Context, account int64) (Batch, error) {
	scan := func(row sqldb.Scanner) (b Batch, err error) { return b, row.Scan(&b.After, &b.Until) }
	found, err := all(ctx, n.conn, scan, digestOf, account)
	if err != nil {
		return Batch{}, err
	}
	var b Batch
	if len(found) > 0 {
		b = found[0]
	}
	if b.Until > b.After {
		return b, nil
	}
	if b.Until, err = one(ctx, n.conn, scanInt, newestNotice, account); err != nil {
		return b, err
	}
	return b, do(ctx, n.conn, setDigest, account, b.After, b.Until, micros(n.now))
}

// Sent ends a daily mail.
func (n Notices) Sent(ctx context.Context, account int64, b Batch) error {
	return do(ctx, n.conn, setDigest, account, b.Until, b.Until, micros(n.now))
}

func scanTold(row sqldb.Scanner) (Told, error) {
	var t Told
	return t, row.Scan(&t.ID, &t.Account, &t.Event, &t.Kind, &t.Work, &t.Subject, &t.Chapter, &t.Number, instant{&t.At}, instant{&t.ReadAt}, &t.Title, instant{&t.Standing.PurgeAt})
}

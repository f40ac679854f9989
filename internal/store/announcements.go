package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Announcements are news of works on their way to those who follow them or
// their creators, and which chapters each audience was told of.
type Announcements struct{ conn }

const (
	untoldChapters = `SELECT ` + chapterColumns + ` FROM chapters c WHERE c.work = $1 AND c.posted_at IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM announced n WHERE n.chapter = c.id AND n.audience = $2) ORDER BY c.position, c.id`
	isAnnounced = `SELECT COUNT(*) FROM announced n JOIN chapters c ON c.id = n.chapter WHERE c.work = $1 AND n.audience = $2`
	markTold    = `INSERT INTO announced (chapter, audience, event) VALUES ($1, $2, $3) ON CONFLICT (chapter, audience) DO NOTHING`
	announce    = `INSERT INTO announcements (event, audience, work, kind, chapter, number, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (event, audience) DO NOTHING`
	announcementColumns = `event, audience, work, kind, chapter, number, at, reached`
	unendedOf           = `SELECT ` + announcementColumns + ` FROM announcements WHERE work = $1 AND ended_at IS NULL ORDER BY event, audience DESC`
	// Holding it keeps a second worker waiting until the transaction ends.
	holdAnnouncement = `UPDATE announcements SET reached = reached WHERE event = $1 AND audience = $2 AND ended_at IS NULL RETURNING ` + announcementColumns
	moveAnnouncement = `UPDATE announcements SET reached = $3 WHERE event = $1 AND audience = $2`
	endAnnouncement  = `UPDATE announcements SET ended_at = $3 WHERE event = $1 AND audience = $2`
	forgetAnnounced  = `DELETE FROM announcements WHERE at < $1 AND event IN (SELECT event FROM announcements WHERE at < $1 LIMIT $2)`

	// A follower with what decides whether and how they are told; $1 is the work.
	hearerColumns = `f.account, a.preferences, a.email_proved_at IS NOT NULL,
		EXISTS (SELECT 1 FROM work_creators wc WHERE wc.work = $1 AND wc.account = f.account),
		EXISTS (SELECT 1 FROM mutes m JOIN work_creators mc ON mc.account = m.muted WHERE m.account = f.account AND mc.work = $1),
		EXISTS (SELECT 1 FROM works w WHERE w.id = $1 AND (` + mutedWork + `m.account = f.account` + orMutedTag + `m.account = f.account` + orMutedWord + `m.account = f.account` + endMuted + `))
		FROM follows f JOIN accounts a ON a.id = f.account AND ` + isThere
	hearersOfWork   = `SELECT ` + hearerColumns + ` WHERE f.work = $1 AND f.account > $2 AND f.at <= $4 ORDER BY f.account LIMIT $3`
	hearersOfPerson = `SELECT ` + hearerColumns + ` WHERE f.person = $5 AND f.account > $2 AND f.at <= $4 ORDER BY f.account LIMIT $3`
	standingOf      = `SELECT posted_at, waiting_at, hidden_at, deleted_at, purge_at, restricted, unrevealed, anonymous FROM works WHERE id = $1`
	signersOf       = `SELECT DISTINCT account FROM work_creators WHERE work = $1 ORDER BY account`
)

// Hearer is one of an audience.
type Hearer struct {
	Account   int64
	Through   int64 // the creator they follow; 0: they follow the work
	Wishes    archive.Preferences
	Reachable bool // by mail
	Tie       archive.Tie
}

// Standing is how a work stands, whoever asks; archive.ErrNotFound when it is
// gone for good.
func (a Announcements) Standing(ctx context.Context, work int64) (archive.Standing, error) {
	return one(ctx, a.conn, func(row sqldb.Scanner) (s archive.Standing, err error) {
		return s, row.Scan(instant{&s.PostedAt}, instant{&s.WaitingAt}, instant{&s.HiddenAt}, instant{&s.DeletedAt}, instant{&s.PurgeAt}, &s.Restricted, &s.Unrevealed, &s.Anonymous)
	}, standingOf, work)
}

// Untold lists a work's posted chapters that an audience was not told of.
func (a Announcements) Untold(ctx context.Context, work int64, to archive.Audience) ([]archive.Chapter, error) {
	return all(ctx, a.conn, scanChapter, untoldChapters, work, string(to))
}

// Begun reports whether an audience was told of a work before, or there was no
// need.
func (a Announcements) Begun(ctx context.Context, work int64, to archive.Audience) (bool, error) {
	n, err := one(ctx, a.conn, scanInt, isAnnounced, work, string(to))
	return n > 0, err
}

// Mark notes that an audience is told of a chapter through an event, 0: never;
// false when that was noted before.
func (a Announcements) Mark(ctx context.Context, chapter int64, to archive.Audience, event int64) (bool, error) {
	n, err := exec(ctx, a.conn, markTold, chapter, string(to), event)
	return n == 1, err
}

// Begin puts an announcement on its way.
func (a Announcements) Begin(ctx context.Context, n archive.Announcement) error {
	return do(ctx, a.conn, announce, n.Event, string(n.Audience), n.Work, string(n.Kind), n.Chapter, n.Number, micros(n.At))
}

// Unended lists the announcements of a work that have not reached everybody.
func (a Announcements) Unended(ctx context.Context, work int64) ([]archive.Announcement, error) {
	return all(ctx, a.conn, scanAnnouncement, unendedOf, work)
}

// Hold gives an announcement as it stands, to nobody else before the end of the
// transaction; archive.ErrNotFound when it has reached everybody.
func (a Announcements) Hold(ctx context.Context, n archive.Announcement) (archive.Announcement, error) {
	return one(ctx, a.conn, scanAnnouncement, holdAnnouncement, n.Event, string(n.Audience))
}

// Move notes the last follower who was told.
func (a Announcements) Move(ctx context.Context, n archive.Announcement, reached int64) error {
	return do(ctx, a.conn, moveAnnouncement, n.Event, string(n.Audience), reached)
}

// End notes that an announcement has reached everybody.
func (a Announcements) End(ctx context.Context, n archive.Announcement) error {
	return do(ctx, a.conn, endAnnouncement, n.Event, string(n.Audience), micros(a.now))
}

// Forget drops announcements begun before an instant, at most so many, and
// tells how many went.
func (a Announcements) Forget(ctx context.Context, before time.Time, most int) (int64, error) {
	return exec(ctx, a.conn, forgetAnnounced, micros(before), most)
}

// Hearers lists the next of an announcement's audience, at most so many, in the
// order of their accounts: those who followed when it became known. Who follows
// several creators is there once.
func (a Announcements) Hearers(ctx context.Context, n archive.Announcement, most int) ([]Hearer, error) {
	if n.Audience == archive.AudienceWork {
		return a.hearers(ctx, hearersOfWork, 0, n.Work, n.Reached, most, micros(n.At))
	}
	signers, err := all(ctx, a.conn, scanInt, signersOf, n.Work)
	if err != nil {
		return nil, err
	}
	var found []Hearer
	for _, person := range signers {
		some, err := a.hearers(ctx, hearersOfPerson, person, n.Work, n.Reached, most, micros(n.At), person)
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	slices.SortStableFunc(found, func(x, y Hearer) int { return cmp.Compare(x.Account, y.Account) })
	found = slices.CompactFunc(found, func(x, y Hearer) bool { return x.Account == y.Account })
	return found[:min(len(found), most)], nil
}

func (a Announcements) hearers(ctx context.Context, statement string, through int64, args ...any) ([]Hearer, error) {
	return all(ctx, a.conn, func(row sqldb.Scanner) (Hearer, error) {
		h := Hearer{Through: through}
		return h, row.Scan(&h.Account, liking{a.liked, &h.Wishes}, &h.Reachable, &h.Tie.Creator, &h.Tie.Muted, &h.Tie.MutedWork)
	}, statement, args...)
}

func scanAnnouncement(row sqldb.Scanner) (archive.Announcement, error) {
	var n archive.Announcement
	return n, row.Scan(&n.Event, &n.Audience, &n.Work, &n.Kind, &n.Chapter, &n.Number, instant{&n.At}, &n.Reached)
}

package store

import (
	"context"
	"fmt"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Threads are comments as a viewer reads them: with who said each and what the
// viewer has to do with them.
type Threads struct{ conn }

// Said is a comment with who said it.
type Said struct {
	archive.Comment
	Signed  archive.Pseud // the pen name; its name is empty for guests and those who have left
	Creator bool          // said by one of the work's creators
	Muted   bool          // the viewer does not want to meet who said it
	Blocks  bool          // who said it takes no answers from the viewer
	Staff   bool          // said by one of the staff
	Seen    bool          // the viewer reads its words
	Title   string        // of the work, in lists over several
	Lang    string        // its language, there
}

// Reader is a viewer of one work's comments.
type Reader struct {
	archive.Viewer
	Creator bool   // of the work
	Mark    string // of a guest's browser, who reads their own held comments
}

// Asked says which threads a page of comments holds.
type Asked struct {
	Work    int64
	Chapter int64 // 0: of all chapters
	Oldest  bool  // the first first; otherwise the newest
	Page    int   // from 1
	PerPage int
}

const (
	// isOfCreator: said by one of the work's creators, or by one who left an
	// anonymous work and may take it back: no name appears because she goes.
	isOfCreator = `(EXISTS (SELECT 1 FROM work_creators wc WHERE wc.work = c.work AND wc.account = c.account)
		OR EXISTS (SELECT 1 FROM orphanings ol JOIN works ow ON ow.id = ol.work WHERE ol.work = c.work AND ol.account = c.account AND ow.anonymous))`
	saidColumns = commentColumns + `, COALESCE(p.id, 0), COALESCE(a.id, 0), COALESCE(a.name, ''), COALESCE(p.name, a.name, ''), COALESCE(p.is_default, TRUE),
		` + isOfCreator + `,
		EXISTS (SELECT 1 FROM mutes m WHERE m.account = $1 AND m.muted = c.account),
		EXISTS (SELECT 1 FROM blocks b WHERE b.account = c.account AND b.blocked = $1), COALESCE(a.staff, FALSE)`
	// Who deleted their account has left, though they may come back.
	saidFrom = ` FROM comments c LEFT JOIN accounts a ON a.id = c.account AND ` + isThere + ` LEFT JOIN pseuds p ON p.id = c.pseud AND p.account = a.id`
	// isSaidBy: the viewer's own; $3 is the mark of a guest's browser.
	isSaidBy = `(COALESCE(c.account, 0) = $1 AND $1 > 0 OR $1 = 0 AND c.mark <> '' AND c.mark = $3)`
	// isRead: the viewer reads its words; $2 says staff, $4 a creator of the work.
	isRead = `(c.state <> 'deleted' AND (` + isSaidBy + `
		OR c.state = 'shown' AND (c.hidden_at IS NULL OR $2)
		OR c.state IN ('waiting', 'suspect') AND $4
		OR c.state IN ('suspect', 'for_staff', 'spam') AND $2))`
	// isPlaced: it stands on the viewer's pages, if only for its answers.
	isPlaced         = `(` + isRead + ` OR c.answers > 0)`
	threadsOfChapter = ` AND c.chapter = $5`
	threadsOfWork    = ` AND c.work = $5`
	countThreads     = `SELECT COUNT(*) FROM comments c WHERE c.parent = 0 AND ` + isPlaced
	listThreads      = `SELECT ` + saidColumns + `, ` + isRead + saidFrom + ` WHERE c.parent = 0 AND ` + isPlaced
	countChapter     = countThreads + threadsOfChapter
	countWork        = countThreads + threadsOfWork
	newestOfChapter  = listThreads + threadsOfChapter + ` ORDER BY c.pinned_at IS NULL, c.id DESC LIMIT $6 OFFSET $7`
	oldestOfChapter  = listThreads + threadsOfChapter + ` ORDER BY c.pinned_at IS NULL, c.id LIMIT $6 OFFSET $7`
	newestOfWork     = listThreads + threadsOfWork + ` ORDER BY c.pinned_at IS NULL, c.id DESC LIMIT $6 OFFSET $7`
	oldestOfWork     = listThreads + threadsOfWork + ` ORDER BY c.pinned_at IS NULL, c.id LIMIT $6 OFFSET $7`
	answersIn        = `SELECT ` + saidColumns + `, ` + isRead + saidFrom + ` WHERE ` + isPlaced + ` AND c.thread > 0 AND c.thread IN `
	oneSaid          = `SELECT ` + saidColumns + `, ` + isRead + saidFrom + ` WHERE c.id = $5`
	// What of a comment's work and of who said it decides whether one account
	// hears of it.
	heardBy = `SELECT w.title, w.anonymous, ` + isCreator + `, ` + isOfCreator + `,
		EXISTS (SELECT 1 FROM mutes m WHERE m.account = $1 AND m.muted = c.account), COALESCE(p.name, a.name, '')` + saidFrom + `
		JOIN works w ON w.id = c.work WHERE c.id = $4 AND ` + isOpen
	// Held comments of everything a writer signs; those for staff are not
	// theirs to judge.
	isHeldForWriter = ` WHERE c.state IN ('waiting', 'suspect') AND w.deleted_at IS NULL
		AND EXISTS (SELECT 1 FROM work_creators own WHERE own.work = c.work AND own.account = $1)`
	heldForWriter = `SELECT ` + saidColumns + `, TRUE, w.title, w.language` + saidFrom + ` JOIN works w ON w.id = c.work` + isHeldForWriter + `
		ORDER BY c.id LIMIT $2 OFFSET $3`
	countHeld = `SELECT COUNT(*) FROM comments c JOIN works w ON w.id = c.work` + isHeldForWriter
	// What staff look at: spam scores and new members' comments.
	isHeldForStaff = ` WHERE c.state IN ('suspect', 'for_staff') AND w.deleted_at IS NULL AND ` + isOpen
	heldForStaff   = `SELECT ` + saidColumns + `, TRUE, w.title, w.language` + saidFrom + ` JOIN works w ON w.id = c.work` + isHeldForStaff + `
		ORDER BY c.id LIMIT $4 OFFSET $5`
	countForStaff = `SELECT COUNT(*) FROM comments c JOIN works w ON w.id = c.work` + isHeldForStaff
	setPause      = `INSERT INTO comment_pauses (account, until) VALUES ($1, $2) ON CONFLICT (account) DO UPDATE SET until = excluded.until`
	dropPause     = `DELETE FROM comment_pauses WHERE account = $1`
	pauseOf       = `SELECT COALESCE(MAX(until), 0) FROM comment_pauses WHERE account = $1 AND until > $2`
	pauseOn       = `SELECT COALESCE(MAX(p.until), 0) FROM comment_pauses p JOIN work_creators wc ON wc.account = p.account WHERE wc.work = $1 AND p.until > $2`
	placeOn       = `SELECT ` + openColumns + `,
		EXISTS (SELECT 1 FROM comment_pauses p JOIN work_creators pc ON pc.account = p.account WHERE pc.work = w.id AND p.until > $3),
		EXISTS (SELECT 1 FROM chapters ch WHERE ch.work = w.id AND ch.id = $5 AND ch.posted_at IS NOT NULL) FROM works w WHERE w.id = $4`
	worksOfOne = `SELECT DISTINCT work FROM work_creators WHERE account = $1 ORDER BY work`
)

// Page gives the comments that begin the threads of one page, pinned ones
// first, and how many threads there are.
func (t Threads) Page(ctx context.Context, r Reader, a Asked) ([]Said, int, error) {
	of, count, list := a.Work, countWork, newestOfWork
	if a.Oldest {
		list = oldestOfWork
	}
	if a.Chapter != 0 {
		of, count, list = a.Chapter, countChapter, newestOfChapter
		if a.Oldest {
			list = oldestOfChapter
		}
	}
	total, err := one(ctx, t.conn, scanInt, count, r.Account, r.Staff, r.Mark, r.Creator, of)
	before := (max(a.Page, 1) - 1) * a.PerPage
	if err != nil || before >= int(total) {
		return nil, int(total), err
	}
	said, err := all(ctx, t.conn, scanSaid, list, r.Account, r.Staff, r.Mark, r.Creator, of, a.PerPage, before)
	return said, int(total), err
}

// Answers gives what follows in threads, oldest first, at most so many.
func (t Threads) Answers(ctx context.Context, r Reader, most int, threads ...int64) ([]Said, error) {
	if len(threads) == 0 {
		return nil, nil
	}
	statement := answersIn + `(` + list(5, len(threads)) + fmt.Sprintf(`) ORDER BY c.id LIMIT %d`, most)
	return all(ctx, t.conn, scanSaid, statement, append([]any{r.Account, r.Staff, r.Mark, r.Creator}, anys(threads)...)...)
}

// Find gives one comment; archive.ErrNotFound when it has no place on the
// reader's pages.
func (t Threads) Find(ctx context.Context, r Reader, id int64) (Said, error) {
	said, err := one(ctx, t.conn, scanSaid, oneSaid, r.Account, r.Staff, r.Mark, r.Creator, id)
	if err == nil && !said.Seen && said.Answers == 0 {
		err = archive.ErrNotFound
	}
	return said, err
}

// Heard is a comment as somebody hears of it.
type Heard struct {
	Title     string // of the work
	Anonymous bool   // the work is
	Own       bool   // who hears of it signs the work
	Creator   bool   // so does who said it
	Muted     bool   // who hears of it does not want to meet who said it
	Name      string // the pen name; empty for guests and those who have left
}

// Hear gives what there is to hear of a comment; archive.ErrNotFound when its
// work does not open to the viewer.
func (t Threads) Hear(ctx context.Context, v archive.Viewer, id int64) (Heard, error) {
	scan := func(row sqldb.Scanner) (h Heard, err error) {
		return h, row.Scan(&h.Title, &h.Anonymous, &h.Own, &h.Creator, &h.Muted, &h.Name)
	}
	return one(ctx, t.conn, scan, heardBy, v.Account, v.Staff, micros(t.now), id)
}

// Held lists the comments that wait for a writer, on all their works, the
// longest waiting first, and says how many there are.
func (t Threads) Held(ctx context.Context, writer int64, most, skip int) ([]Said, int, error) {
	total, err := t.CountHeld(ctx, writer)
	if err != nil || total == 0 {
		return nil, total, err
	}
	said, err := all(ctx, t.conn, scanHeld, heldForWriter, writer, most, skip)
	return said, total, err
}

// CountHeld counts the comments that wait for a writer.
func (t Threads) CountHeld(ctx context.Context, writer int64) (int, error) {
	n, err := one(ctx, t.conn, scanInt, countHeld, writer)
	return int(n), err
}

// HeldForStaff lists the comments that staff may judge, the longest waiting
// first, and says how many there are: those that look like spam, and those of
// new members while they wait, on works that open to staff.
func (t Threads) HeldForStaff(ctx context.Context, v archive.Viewer, most, skip int) ([]Said, int, error) {
	total, err := t.CountForStaff(ctx, v)
	if err != nil || total == 0 {
		return nil, total, err
	}
	said, err := all(ctx, t.conn, scanHeld, heldForStaff, v.Account, v.Staff, micros(t.now), most, skip)
	return said, total, err
}

// CountForStaff counts the comments that staff may judge.
func (t Threads) CountForStaff(ctx context.Context, v archive.Viewer) (int, error) {
	n, err := one(ctx, t.conn, scanInt, countForStaff, v.Account, v.Staff, micros(t.now))
	return int(n), err
}

// Place is where a comment would stand.
type Place struct {
	Opened
	Paused  bool // a creator of the work takes no comments for a while
	Chapter bool // the chapter is posted
}

// Place opens a work to who would comment on a chapter of it, as Works.Open does
// but for who signs it.
func (t Threads) Place(ctx context.Context, v archive.Viewer, work, chapter int64) (p Place, err error) {
	scan := func(row sqldb.Scanner) (Opened, error) { return scanOpened(row, v, t.now, &p.Paused, &p.Chapter) }
	p.Opened, err = one(ctx, t.conn, scan, placeOn, v.Account, v.Staff, micros(t.now), work, chapter)
	return p, err
}

// Pause lets nobody comment on anything a writer signs until an instant; the
// zero time ends it.
func (t Threads) Pause(ctx context.Context, writer int64, until time.Time) error {
	if until.IsZero() {
		return do(ctx, t.conn, dropPause, writer)
	}
	return do(ctx, t.conn, setPause, writer, micros(until))
}

// PausedBy is until when a writer takes no comments; zero: they do.
func (t Threads) PausedBy(ctx context.Context, writer int64) (time.Time, error) {
	return t.pause(ctx, pauseOf, writer)
}

// PausedOn is until when a work takes no comments; zero: it does.
func (t Threads) PausedOn(ctx context.Context, work int64) (time.Time, error) {
	return t.pause(ctx, pauseOn, work)
}

func (t Threads) pause(ctx context.Context, statement string, of int64) (time.Time, error) {
	until, err := one(ctx, t.conn, scanInt, statement, of, micros(t.now))
	if err != nil || until == 0 {
		return time.Time{}, err
	}
	return time.UnixMicro(until).UTC(), nil
}

// SignedBy lists the works a writer signs, whatever their state.
func (t Threads) SignedBy(ctx context.Context, writer int64) ([]int64, error) {
	return all(ctx, t.conn, scanInt, worksOfOne, writer)
}

func scanSaid(row sqldb.Scanner) (Said, error) {
	var s Said
	return s, row.Scan(append(saidDestinations(&s), &s.Seen)...)
}

func scanHeld(row sqldb.Scanner) (Said, error) {
	var s Said
	return s, row.Scan(append(saidDestinations(&s), &s.Seen, &s.Title, &s.Lang)...)
}

func saidDestinations(s *Said) []any {
	return append(commentDestinations(&s.Comment), &s.Signed.ID, &s.Signed.Account, &s.Signed.Owner, &s.Signed.Name, &s.Signed.IsDefault,
		&s.Creator, &s.Muted, &s.Blocks, &s.Staff)
}

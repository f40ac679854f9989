package store

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Comments are what people say of chapters and answer each other, one row at a
// time. Who may read or change one follows from its work, which callers open
// first.
type Comments struct{ conn }

const (
	commentColumns = `c.id, c.work, c.chapter, c.thread, c.parent, COALESCE(c.account, 0), COALESCE(c.pseud, 0), c.guest, c.body, c.state, c.sum, c.mark,
		c.answers, c.posted_at, c.edited_at, c.hidden_at, c.frozen_at, c.pinned_at`
	addComment = `INSERT INTO comments (work, chapter, thread, parent, account, pseud, guest, body, state, sum, mark, posted_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (account, chapter, parent, sum) DO NOTHING RETURNING id`
	sameComment      = `SELECT ` + commentColumns + ` FROM comments c WHERE c.account = $1 AND c.chapter = $2 AND c.parent = $3 AND c.sum = $4`
	sameGuestComment = `SELECT ` + commentColumns + ` FROM comments c WHERE c.sum = $1 AND c.posted_at > $2 AND c.account IS NULL AND c.chapter = $3 AND c.parent = $4
		AND c.guest = $5 ORDER BY c.id LIMIT 1`
	findComment = `SELECT ` + commentColumns + ` FROM comments c WHERE c.id = $1`
	holdComment = `UPDATE comments SET answers = answers WHERE id = $1`
	// Only what stands for everyone is answered; $2 is 1 when the answer will
	// stand there too.
	answerComment = `UPDATE comments SET answers = answers + $2 WHERE id = $1 AND state = 'shown' AND hidden_at IS NULL`
	countAnswers  = `UPDATE comments SET answers = answers + $2 WHERE id = $1`
	editComment   = `UPDATE comments SET body = $2, sum = $3, state = $4, edited_at = $5 WHERE id = $1 AND answers = 0 AND state = $6`
	moveComment   = `UPDATE comments SET state = $3, mark = CASE WHEN $3 = 'shown' THEN '' ELSE mark END WHERE id = $1 AND state = $2`
	eraseComment  = `UPDATE comments SET state = 'deleted', body = '', guest = '', mark = '', sum = '', account = NULL, pseud = NULL, pinned_at = NULL, hidden_at = NULL
		WHERE id = $1`
	dropComment    = `DELETE FROM comments WHERE id = $1`
	childrenOf     = `SELECT COUNT(*) FROM comments WHERE parent = $1`
	hideComment    = `UPDATE comments SET hidden_at = $2, pinned_at = CASE WHEN CAST($2 AS BIGINT) IS NULL THEN pinned_at ELSE NULL END WHERE id = $1`
	freezeComment  = `UPDATE comments SET frozen_at = $2 WHERE id = $1`
	pinComment     = `UPDATE comments SET pinned_at = $2 WHERE id = $1`
	pinnedOn       = `SELECT COUNT(*) FROM comments WHERE work = $1 AND pinned_at IS NOT NULL`
	countShown     = `UPDATE works SET comments_shown = comments_shown + $2 WHERE id = $1`
	shownOfChapter = `SELECT COUNT(*) FROM comments WHERE chapter = $1 AND state = 'shown' AND hidden_at IS NULL`
	saidElsewhere  = `SELECT COUNT(*) FROM comments WHERE sum = $1 AND posted_at > $2 AND work <> $3`
	saidLately     = `SELECT COUNT(*) FROM comments WHERE account = $1 AND posted_at > $2`
)

// Add stores a comment and gives its id. The same said twice under the same
// comment by the same member is one: then fresh is false and the id is that of
// the first.
func (c Comments) Add(ctx context.Context, m archive.Comment) (id int64, fresh bool, err error) {
	ids, err := all(ctx, c.conn, scanInt, addComment, m.Work, m.Chapter, m.Thread, m.Parent, orNull(m.Account), orNull(m.Pseud), m.Guest, m.Body,
		string(m.State), m.Sum, m.Mark, micros(c.now))
	if err != nil || len(ids) == 1 {
		if len(ids) == 1 {
			id = ids[0]
		}
		return id, err == nil, err
	}
	first, err := one(ctx, c.conn, scanComment, sameComment, m.Account, m.Chapter, m.Parent, m.Sum)
	return first.ID, false, err
}

// SameByGuest gives what a guest of the same name has said in the same place
// since an instant, with the same words; archive.ErrNotFound when nothing.
func (c Comments) SameByGuest(ctx context.Context, m archive.Comment, since time.Time) (archive.Comment, error) {
	return one(ctx, c.conn, scanComment, sameGuestComment, m.Sum, micros(since), m.Chapter, m.Parent, m.Guest)
}

// Find gives a comment as it is stored.
func (c Comments) Find(ctx context.Context, id int64) (archive.Comment, error) {
	return one(ctx, c.conn, scanComment, findComment, id)
}

// Hold is Find in a Write: from here to its end nobody else changes the comment
// or answers it.
func (c Comments) Hold(ctx context.Context, id int64) (archive.Comment, error) {
	if err := do(ctx, c.conn, holdComment, id); err != nil {
		return archive.Comment{}, err
	}
	return c.Find(ctx, id)
}

// Answer makes room for an answer under a comment that stands for everyone, and
// counts it when it will stand there too; archive.ErrNotFound when the comment
// does not stand.
func (c Comments) Answer(ctx context.Context, id int64, stands bool) error {
	by := 0
	if stands {
		by = 1
	}
	n, err := exec(ctx, c.conn, answerComment, id, by)
	if err == nil && n == 0 {
		err = archive.ErrNotFound
	}
	return err
}

// CountAnswers counts answers that stand under a comment from now, or no
// longer.
func (c Comments) CountAnswers(ctx context.Context, id int64, by int) error {
	return do(ctx, c.conn, countAnswers, id, by)
}

// Edit stores new words and where the comment stands with them;
// archive.ErrConflict when it was answered or moved meanwhile.
func (c Comments) Edit(ctx context.Context, m archive.Comment, from archive.CommentState) error {
	n, err := exec(ctx, c.conn, editComment, m.ID, m.Body, m.Sum, string(m.State), micros(c.now), string(from))
	if err == nil && n == 0 {
		err = archive.ErrConflict
	}
	return err
}

// Move brings a comment from one state to another; false when it was not there.
func (c Comments) Move(ctx context.Context, id int64, from, to archive.CommentState) (bool, error) {
	n, err := exec(ctx, c.conn, moveComment, id, string(from), string(to))
	return n == 1, err
}

// Erase forgets what a comment said and who said it; its place stays.
func (c Comments) Erase(ctx context.Context, id int64) error {
	return do(ctx, c.conn, eraseComment, id)
}

// Drop takes a comment away with its place.
func (c Comments) Drop(ctx context.Context, id int64) error { return do(ctx, c.conn, dropComment, id) }

// Children counts the answers to a comment, held and erased ones too.
func (c Comments) Children(ctx context.Context, id int64) (int64, error) {
	return one(ctx, c.conn, scanInt, childrenOf, id)
}

// Hide hides a comment, or shows it again with the zero time.
func (c Comments) Hide(ctx context.Context, id int64, at time.Time) error {
	return do(ctx, c.conn, hideComment, id, micros(at))
}

// Freeze lets the thread that begins with a comment take no answers, or takes
// that back with the zero time.
func (c Comments) Freeze(ctx context.Context, id int64, at time.Time) error {
	return do(ctx, c.conn, freezeComment, id, micros(at))
}

// Pin puts a comment before the others of its work, or back with the zero time.
func (c Comments) Pin(ctx context.Context, id int64, at time.Time) error {
	return do(ctx, c.conn, pinComment, id, micros(at))
}

// Pinned counts the comments that are pinned on a work.
func (c Comments) Pinned(ctx context.Context, work int64) (int64, error) {
	return one(ctx, c.conn, scanInt, pinnedOn, work)
}

// CountShown counts comments of a work that everyone reads from now, or no
// longer.
func (c Comments) CountShown(ctx context.Context, work int64, by int) error {
	return do(ctx, c.conn, countShown, work, by)
}

// OfChapter counts the comments of a chapter that everyone reads.
func (c Comments) OfChapter(ctx context.Context, chapter int64) (int64, error) {
	return one(ctx, c.conn, scanInt, shownOfChapter, chapter)
}

// Elsewhere counts how often the same was said of other works since an instant.
func (c Comments) Elsewhere(ctx context.Context, sum string, work int64, since time.Time) (int64, error) {
	return one(ctx, c.conn, scanInt, saidElsewhere, sum, micros(since), work)
}

// Lately counts what a member has said since an instant.
func (c Comments) Lately(ctx context.Context, account int64, since time.Time) (int64, error) {
	return one(ctx, c.conn, scanInt, saidLately, account, micros(since))
}

func scanComment(row sqldb.Scanner) (archive.Comment, error) {
	var m archive.Comment
	return m, row.Scan(commentDestinations(&m)...)
}

// commentDestinations are where commentColumns are scanned to.
func commentDestinations(m *archive.Comment) []any {
	return []any{
		&m.ID, &m.Work, &m.Chapter, &m.Thread, &m.Parent, &m.Account, &m.Pseud, &m.Guest, &m.Body, &m.State, &m.Sum, &m.Mark,
		&m.Answers, instant{&m.PostedAt}, instant{&m.EditedAt}, instant{&m.HiddenAt}, instant{&m.FrozenAt}, instant{&m.PinnedAt},
	}
}

// orNull is NULL for the id of nobody.
func orNull(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Works are the stories, each behind the gate.
type Works struct{ conn }

const (
	workColumns = `w.id, w.title, w.language, w.summary, w.notes_before, w.notes_after, w.restricted, w.comments, w.moderated, w.as_typed,
		w.planned, w.elsewhere, w.posted, w.chapters, w.words, w.hits, w.kudos, w.created_at, w.published_at, w.revised_at,
		w.posted_at, w.waiting_at, w.hidden_at, w.deleted_at, w.purge_at, w.unrevealed, w.anonymous, w.revision, w.shown_rev, w.comments_shown`
	openColumns = workColumns + `, ` + isOpen + `, ` + isCreator + `, ` + isMutedPerson + `, ` + isMutedWork + `, ` + isBlocked + `, ` + isPeeked + `, ` + asksSignIn
	openWork    = `SELECT ` + openColumns + ` FROM works w WHERE w.id = $4`
	addWork     = `INSERT INTO works (title, sort_title, language, summary, notes_before, notes_after, restricted, comments, moderated, as_typed, planned, elsewhere,
		created_at, published_at, revised_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13) RETURNING id`
	saveWork = `UPDATE works SET title = $2, sort_title = $3, language = $4, summary = $5, notes_before = $6, notes_after = $7, restricted = $8,
		comments = $9, moderated = $10, as_typed = $11, planned = $12, elsewhere = $13, published_at = $14, revision = revision + 1
		WHERE id = $1 AND revision = $15`
	postWork      = `UPDATE works SET posted_at = $2, published_at = $3, revised_at = $3 WHERE id = $1 AND posted_at IS NULL`
	touchRevised  = `UPDATE works SET revised_at = $2 WHERE id = $1 AND revised_at < $2`
	growPlanned   = `UPDATE works SET planned = posted WHERE id = $1 AND planned > 0 AND planned < posted`
	raiseShown    = `UPDATE works SET shown_rev = shown_rev + 1 WHERE id = $1`
	raiseRevision = `UPDATE works SET revision = revision + 1 WHERE id = $1`
	holdWork      = `UPDATE works SET revision = revision WHERE id = $1`
	// The figures follow from the chapters: words of the posted ones, or of
	// all while nothing is posted.
	recountWork = `UPDATE works SET
		posted = (SELECT COUNT(*) FROM chapters c WHERE c.work = works.id AND c.posted_at IS NOT NULL),
		chapters = (SELECT COUNT(*) FROM chapters c WHERE c.work = works.id),
		words = (SELECT COALESCE(SUM(c.words), 0) FROM chapters c WHERE c.work = works.id AND (c.posted_at IS NOT NULL OR works.posted_at IS NULL))
		WHERE id = $1`
	deleteWork  = `UPDATE works SET deleted_at = $2, purge_at = $3, revision = revision + 1 WHERE id = $1 AND deleted_at IS NULL`
	restoreWork = `UPDATE works SET deleted_at = NULL, purge_at = NULL, revision = revision + 1 WHERE id = $1 AND deleted_at IS NOT NULL AND purge_at > $2`
	hideWork    = `UPDATE works SET hidden_at = $2 WHERE id = $1`
	holdBack    = `UPDATE works SET waiting_at = $2 WHERE id = $1 AND waiting_at IS NULL`
	approveWork = `UPDATE works SET waiting_at = NULL, posted_at = $2,
		published_at = CASE WHEN published_at = posted_at THEN $2 ELSE published_at END,
		revised_at = CASE WHEN revised_at = posted_at THEN $2 ELSE revised_at END WHERE id = $1 AND waiting_at IS NOT NULL`
	returnWork   = `UPDATE works SET waiting_at = NULL, posted_at = NULL, revision = revision + 1 WHERE id = $1 AND waiting_at IS NOT NULL`
	veilWork     = `UPDATE works SET unrevealed = $2, anonymous = $3 WHERE id = $1`
	worksToPurge = `SELECT id FROM works WHERE purge_at <= $1 ORDER BY purge_at, id LIMIT $2`
	purgeWork    = `DELETE FROM works WHERE id = $1 AND purge_at <= $2`
	dropCreators = `DELETE FROM work_creators WHERE work = $1`
	addCreator   = `INSERT INTO work_creators (work, position, pseud, account) VALUES ($1, $2, $3, $4)`
	creatorsOf   = `SELECT ` + pseudColumns + ` FROM work_creators wc JOIN pseuds p ON p.id = wc.pseud JOIN accounts a ON a.id = p.account
		WHERE wc.work = $1 ORDER BY wc.position`
	workStandings = `SELECT id, shown_rev, ` + isOpen + ` FROM works w WHERE id = $4`
)

// Opened is a work as one viewer finds it at its address.
type Opened struct {
	archive.Work
	Gate     archive.Gate
	Tie      archive.Tie
	Creators []archive.Pseud // nobody when the viewer may not know who
}

// SeesDrafts reports whether the viewer sees its chapters that are not posted:
// its creators do, of a deleted work too, and staff who gave a reason.
func (o Opened) SeesDrafts() bool { return o.Tie.Creator || o.Tie.Peeking }

// Open gives a work to a viewer: archive.ErrNotFound when there is none they
// may know of, archive.ErrSignIn when a guest is asked to sign in.
func (w Works) Open(ctx context.Context, v archive.Viewer, id int64) (Opened, error) {
	scan := func(row sqldb.Scanner) (Opened, error) { return scanOpened(row, v, w.now) }
	opened, err := one(ctx, w.conn, scan, openWork, v.Account, v.Staff, micros(w.now), id)
	if err == nil && opened.Gate.Name {
		opened.Creators, err = w.Creators(ctx, id)
	}
	return opened, err
}

// ForEdit gives a work to one of its creators: archive.ErrForbidden when it
// opens to the viewer but is another's, otherwise as Open.
func (w Works) ForEdit(ctx context.Context, v archive.Viewer, id int64) (Opened, error) {
	opened, err := w.Open(ctx, v, id)
	if err == nil && !opened.Gate.Edit {
		return Opened{}, archive.ErrForbidden
	}
	return opened, err
}

// Hold is ForEdit in a Write: from here to its end nobody else writes to the
// work, so that its chapters are counted and numbered whole. (SQLite has one
// writer; on PostgreSQL a count would miss what another commits beside it.)
func (w Works) Hold(ctx context.Context, v archive.Viewer, id int64) (Opened, error) {
	if err := do(ctx, w.conn, holdWork, id); err != nil {
		return Opened{}, err
	}
	return w.ForEdit(ctx, v, id)
}

// Add makes a draft work without chapters and gives its id.
func (w Works) Add(ctx context.Context, work archive.Work) (int64, error) {
	elsewhere, err := json.Marshal(work.Elsewhere)
	if err != nil {
		return 0, err
	}
	id, err := one(ctx, w.conn, scanInt, addWork, work.Title, archive.SortTitle(work.Title, work.Language), work.Language, work.Summary,
		work.NotesBefore, work.NotesAfter, work.Restricted, work.Comments, work.Moderated, work.AsTyped, work.Planned, string(elsewhere), micros(w.now), micros(work.Dates.Published))
	if err != nil {
		return 0, err
	}
	return id, w.worded(ctx, id, work)
}

// Save stores what is said of a work, over the revision it was opened on;
// archive.ErrConflict when that is no longer the newest.
func (w Works) Save(ctx context.Context, work archive.Work) error {
	elsewhere, err := json.Marshal(work.Elsewhere)
	if err != nil {
		return err
	}
	n, err := exec(ctx, w.conn, saveWork, work.ID, work.Title, archive.SortTitle(work.Title, work.Language), work.Language, work.Summary,
		work.NotesBefore, work.NotesAfter, work.Restricted, work.Comments, work.Moderated, work.AsTyped, work.Planned, string(elsewhere), micros(work.Dates.Published), work.Revision)
	switch {
	case err != nil:
		return err
	case n == 0:
		return archive.ErrConflict
	}
	return w.worded(ctx, work.ID, work)
}

// worded is what follows from how a work is worded: where its title stands among
// others, what it is found by, and which of the words that members mute are in it.
func (w Works) worded(ctx context.Context, id int64, work archive.Work) error {
	if err := w.place(ctx, id, work.Title, work.Language); err != nil {
		return err
	}
	if err := (Called{w.conn}).put(ctx, calledWork, id, work.Title); err != nil {
		return err
	}
	return MutedWords{w.conn}.Note(ctx, id)
}

// SetCreators says who signs a work; never nobody.
func (w Works) SetCreators(ctx context.Context, work int64, pseuds []archive.Pseud) error {
	if len(pseuds) == 0 {
		return fmt.Errorf("work %d must keep a creator", work)
	}
	if err := do(ctx, w.conn, dropCreators, work); err != nil {
		return err
	}
	for i, p := range pseuds {
		if err := do(ctx, w.conn, addCreator, work, i, p.ID, p.Account); err != nil {
			return err
		}
	}
	return nil
}

// Creators are who signs a work, in order.
func (w Works) Creators(ctx context.Context, work int64) ([]archive.Pseud, error) {
	return all(ctx, w.conn, scanPseud, creatorsOf, work)
}

// Post makes a draft public from now, under the date it bears; that is its
// place in lists until a chapter is posted later.
func (w Works) Post(ctx context.Context, id int64, published time.Time) error {
	return do(ctx, w.conn, postWork, id, micros(w.now), micros(published))
}

// Revise moves the work up in lists to the date of a chapter posted now.
func (w Works) Revise(ctx context.Context, id int64, published time.Time) error {
	return do(ctx, w.conn, touchRevised, id, micros(published))
}

// Recount sets the figures that follow from the chapters; more posted chapters
// than were planned are a longer plan.
func (w Works) Recount(ctx context.Context, id int64) error {
	if err := do(ctx, w.conn, recountWork, id); err != nil {
		return err
	}
	return do(ctx, w.conn, growPlanned, id)
}

// RaiseRevision makes forms opened before now conflict.
func (w Works) RaiseRevision(ctx context.Context, id int64) error {
	return do(ctx, w.conn, raiseRevision, id)
}

// Delete puts a work away until an instant, after which it is purged.
func (w Works) Delete(ctx context.Context, id int64, purge time.Time) error {
	return do(ctx, w.conn, deleteWork, id, micros(w.now), micros(purge))
}

// Restore brings a deleted work back; archive.ErrNotFound when it is too late.
func (w Works) Restore(ctx context.Context, id int64) error {
	n, err := exec(ctx, w.conn, restoreWork, id, micros(w.now))
	if err == nil && n == 0 {
		err = archive.ErrNotFound
	}
	return err
}

// Hide hides a work from readers, or shows it again with the zero time.
func (w Works) Hide(ctx context.Context, id int64, at time.Time) error {
	return do(ctx, w.conn, hideWork, id, micros(at))
}

// HoldBack lets a posted work wait for the approval of staff.
func (w Works) HoldBack(ctx context.Context, id int64) error {
	return do(ctx, w.conn, holdBack, id, micros(w.now))
}

// Approve shows a work that waited, as posted now; false when it did not wait.
func (w Works) Approve(ctx context.Context, id int64) (bool, error) {
	n, err := exec(ctx, w.conn, approveWork, id, micros(w.now))
	return n == 1, err
}

// Return makes a work that waited a draft again; false when it did not wait.
func (w Works) Return(ctx context.Context, id int64) (bool, error) {
	n, err := exec(ctx, w.conn, returnWork, id)
	return n == 1, err
}

// Veil says whether anyone but its creators may know of a work, and of who
// signs it.
func (w Works) Veil(ctx context.Context, id int64, unrevealed, anonymous bool) error {
	return do(ctx, w.conn, veilWork, id, unrevealed, anonymous)
}

// ToPurge lists deleted works whose time is over.
func (w Works) ToPurge(ctx context.Context, limit int) ([]int64, error) {
	return all(ctx, w.conn, scanInt, worksToPurge, micros(w.now), limit)
}

// Purge forgets a deleted work for good, with everything that hangs on it.
func (w Works) Purge(ctx context.Context, id int64) error {
	gone, err := exec(ctx, w.conn, purgeWork, id, micros(w.now))
	if err != nil || gone == 0 {
		return err
	}
	return Called{w.conn}.drop(ctx, calledWork, id)
}

// Shown is what a kept page of a work must agree with.
type Shown struct {
	Rev  int64
	Open bool // to a guest
}

// ShownToGuests gives a work's shown revision and whether guests may open it;
// the zero Shown when there is no such work.
func (w Works) ShownToGuests(ctx context.Context, id int64) (Shown, error) {
	found, err := all(ctx, w.conn, scanShown, workStandings, int64(0), false, micros(w.now), id)
	if err != nil || len(found) == 0 {
		return Shown{}, err
	}
	return found[0], nil
}

func scanShown(row sqldb.Scanner) (s Shown, err error) {
	var id int64
	return s, row.Scan(&id, &s.Rev, &s.Open)
}

// scanOpened reads a work with the viewer's tie to it, and whatever a statement
// gives beside openColumns. What the gate opens is SQL's to say, as in lists;
// what else it grants follows by the same rule.
func scanOpened(row sqldb.Scanner, v archive.Viewer, now time.Time, beside ...any) (Opened, error) {
	var o Opened
	var open, signIn bool
	into := append(workDestinations(&o.Work), &open, &o.Tie.Creator, &o.Tie.Muted, &o.Tie.MutedWork, &o.Tie.Blocked, &o.Tie.Peeking, &signIn)
	err := row.Scan(append(into, beside...)...)
	switch {
	case err != nil:
		return Opened{}, err
	case open:
		o.Gate = archive.GateFor(v, o.Tie, o.Standing, now)
		return o, nil
	case signIn:
		return Opened{}, archive.ErrSignIn
	}
	return Opened{}, archive.ErrNotFound
}

// workDestinations are where workColumns are scanned to.
func workDestinations(w *archive.Work) []any {
	return []any{
		&w.ID, &w.Title, &w.Language, &w.Summary, &w.NotesBefore, &w.NotesAfter, &w.Restricted, &w.Comments, &w.Moderated, &w.AsTyped,
		&w.Planned, jsonList{&w.Elsewhere}, &w.Counts.Posted, &w.Counts.Chapters, &w.Counts.Words, &w.Counts.Hits, &w.Counts.Kudos,
		instant{&w.Dates.Created}, instant{&w.Dates.Published}, instant{&w.Dates.Revised},
		instant{&w.PostedAt}, instant{&w.WaitingAt}, instant{&w.HiddenAt}, instant{&w.DeletedAt}, instant{&w.PurgeAt},
		&w.Unrevealed, &w.Anonymous, &w.Revision, &w.ShownRev, &w.Counts.Comments,
	}
}

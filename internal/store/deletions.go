package store

import (
	"context"
	"errors"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Deletions are the accounts whose owners deleted them. An account that has one
// is not there for anybody; it can be brought back until its time is over, and
// then nothing is left of it but its number, so that no other is ever taken
// for it.
type Deletions struct{ conn }

const (
	// isThere: the account a was not deleted.
	isThere      = `NOT EXISTS (SELECT 1 FROM deletions gone WHERE gone.account = a.id)`
	addDeletion  = `INSERT INTO deletions (account, deleted_at, purge_at, sole, shared, answers) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account) DO NOTHING`
	findDeletion = `SELECT account, deleted_at, purge_at, sole, shared, answers FROM deletions WHERE account = $1 AND purged_at IS NULL`
	undoDeletion = `DELETE FROM deletions WHERE account = $1 AND purged_at IS NULL AND purge_at > $2`
	deletionsDue = `SELECT account, deleted_at, purge_at, sole, shared, answers FROM deletions WHERE purged_at IS NULL AND purge_at <= $1 AND account > $2 ORDER BY account LIMIT 1`
	endDeletion  = `UPDATE deletions SET purged_at = $2, sole = '', shared = '', answers = '' WHERE account = $1 AND purged_at IS NULL`
	isDeletedNow = `SELECT COUNT(*) FROM deletions WHERE account = $1`
	otherStaff   = `SELECT COUNT(*) FROM accounts a WHERE a.staff AND a.id <> $1 AND NOT EXISTS (SELECT 1 FROM deletions d WHERE d.account = a.id)`
	// Works an account still signs. Those it deleted before and signs alone go by
	// themselves.
	isSharedWork  = `EXISTS (SELECT 1 FROM work_creators o WHERE o.work = w.id AND o.account <> $1)`
	worksOfLeaver = `SELECT DISTINCT wc.work FROM work_creators wc JOIN works w ON w.id = wc.work WHERE wc.account = $1
		AND (w.deleted_at IS NULL OR (w.purge_at > $2 AND ` + isSharedWork + `)) ORDER BY wc.work LIMIT $3`
	countLeft = `SELECT COALESCE(SUM(CASE WHEN NOT ` + isSharedWork + ` AND w.posted_at <= $2 THEN 1 ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN ` + isSharedWork + ` THEN 1 ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN NOT ` + isSharedWork + ` AND (w.posted_at IS NULL OR w.posted_at > $2) THEN 1 ELSE 0 END), 0)
		FROM works w WHERE w.deleted_at IS NULL AND EXISTS (SELECT 1 FROM work_creators wc WHERE wc.work = w.id AND wc.account = $1)`
	signsAnything = `SELECT COUNT(*) FROM work_creators WHERE account = $1`
	commentsOf    = `SELECT id FROM comments WHERE account = $1 ORDER BY id DESC LIMIT $2`
	manuscriptOf  = `SELECT id, account, name, kind, sha256, bytes, key, choices, removed, habits, created_at FROM manuscripts WHERE account = $1 ORDER BY id LIMIT 1`
	dropSameFile  = `DELETE FROM manuscripts WHERE account = $1 AND key = $2`
	emptyAccount  = `UPDATE accounts SET name = '', folded = 'deleted ' || id, email = '', email_folded = '', email_proved_at = NULL, password_hash = '',
		staff = FALSE, wrangler = FALSE, preferences = '{}' WHERE id = $1`
	keepNames  = `UPDATE names SET kept_until = $2 WHERE account = $1`
	dropPseuds = `DELETE FROM pseuds WHERE account = $1`

	emptySessions   = `DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE account = $1 LIMIT $2)`
	emptyTokens     = `DELETE FROM tokens WHERE id IN (SELECT id FROM tokens WHERE account = $1 LIMIT $2)`
	emptyNotices    = `DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE account = $1 LIMIT $2)`
	emptyDeeds      = `DELETE FROM deeds WHERE account = $1 AND deed IN (SELECT deed FROM deeds WHERE account = $1 LIMIT $2)`
	emptyAutosaves  = `DELETE FROM autosaves WHERE account = $1 AND form IN (SELECT form FROM autosaves WHERE account = $1 LIMIT $2)`
	emptyPasskeys   = `DELETE FROM passkeys WHERE id IN (SELECT id FROM passkeys WHERE account = $1 LIMIT $2)`
	emptyHandles    = `DELETE FROM passkey_handles WHERE account IN (SELECT account FROM passkey_handles WHERE account = $1 LIMIT $2)`
	emptyCeremonies = `DELETE FROM ceremonies WHERE secret IN (SELECT secret FROM ceremonies WHERE account = $1 LIMIT $2)`
	emptyRecovery   = `DELETE FROM recovery_codes WHERE account = $1 AND code IN (SELECT code FROM recovery_codes WHERE account = $1 LIMIT $2)`
	emptySteps      = `DELETE FROM second_steps WHERE account IN (SELECT account FROM second_steps WHERE account = $1 LIMIT $2)`
	emptyEntries    = `DELETE FROM entries WHERE secret IN (SELECT secret FROM entries WHERE account = $1 LIMIT $2)`
	emptyBlocks     = `DELETE FROM blocks WHERE account = $1 AND blocked IN (SELECT blocked FROM blocks WHERE account = $1 LIMIT $2)`
	emptyBlocked    = `DELETE FROM blocks WHERE blocked = $1 AND account IN (SELECT account FROM blocks WHERE blocked = $1 LIMIT $2)`
	emptyMutes      = `DELETE FROM mutes WHERE account = $1 AND muted IN (SELECT muted FROM mutes WHERE account = $1 LIMIT $2)`
	emptyMuted      = `DELETE FROM mutes WHERE muted = $1 AND account IN (SELECT account FROM mutes WHERE muted = $1 LIMIT $2)`
	emptyMutedOf    = `DELETE FROM muted WHERE id IN (SELECT id FROM muted WHERE account = $1 LIMIT $2)`
	emptyExcluded   = `DELETE FROM excluded WHERE account = $1 AND tag IN (SELECT tag FROM excluded WHERE account = $1 LIMIT $2)`
	emptyFilters    = `DELETE FROM filters WHERE id IN (SELECT id FROM filters WHERE account = $1 LIMIT $2)`
	emptyFiltered   = `DELETE FROM filters WHERE id IN (SELECT id FROM filters WHERE person = $1 LIMIT $2)`
	emptyFavourites = `DELETE FROM favourites WHERE account = $1 AND tag IN (SELECT tag FROM favourites WHERE account = $1 LIMIT $2)`
	emptyOrphanings = `DELETE FROM orphanings WHERE account = $1 AND work IN (SELECT work FROM orphanings WHERE account = $1 LIMIT $2)`
	emptyKudos      = `UPDATE kudos SET giver = 'gone ' || CAST(id AS TEXT), account = 0, named = FALSE WHERE id IN (SELECT id FROM kudos WHERE account = $1 LIMIT $2)`
	emptyComments   = `UPDATE comments SET account = NULL, pseud = NULL WHERE id IN (SELECT id FROM comments WHERE account = $1 LIMIT $2)`
	emptyPauses     = `DELETE FROM comment_pauses WHERE account IN (SELECT account FROM comment_pauses WHERE account = $1 LIMIT $2)`
	emptyDigests    = `DELETE FROM digests WHERE account IN (SELECT account FROM digests WHERE account = $1 LIMIT $2)`
	emptyFollows    = `DELETE FROM follows WHERE id IN (SELECT id FROM follows WHERE account = $1 LIMIT $2)`
	emptyFollowed   = `DELETE FROM follows WHERE id IN (SELECT id FROM follows WHERE person = $1 LIMIT $2)`
	emptyOutbox     = `DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE account = $1 LIMIT $2)`
	emptyInvited    = `UPDATE invitations SET made_by = NULL WHERE id IN (SELECT id FROM invitations WHERE made_by = $1 LIMIT $2)`
	emptyJoined     = `UPDATE invitations SET used_by = NULL WHERE id IN (SELECT id FROM invitations WHERE used_by = $1 LIMIT $2)`
	emptyProofs     = `DELETE FROM proofs WHERE id IN (SELECT id FROM proofs WHERE account = $1 LIMIT $2)`
	emptyDevices    = `DELETE FROM known_devices WHERE account = $1 AND mark IN (SELECT mark FROM known_devices WHERE account = $1 LIMIT $2)`
	emptyHabits     = `DELETE FROM habits WHERE id IN (SELECT id FROM habits WHERE account = $1 LIMIT $2)`
	emptyPiles      = `DELETE FROM piles WHERE id IN (SELECT id FROM piles WHERE account = $1 LIMIT $2)`
	emptyDownloads  = `DELETE FROM downloads WHERE account = $1 AND work IN (SELECT work FROM downloads WHERE account = $1 LIMIT $2)`
	emptyVolumes    = `DELETE FROM volumes WHERE id IN (SELECT id FROM volumes WHERE account = $1 LIMIT $2)`
	emptyWrangler   = `DELETE FROM wrangler_fandoms WHERE account = $1 AND fandom IN (SELECT fandom FROM wrangler_fandoms WHERE account = $1 LIMIT $2)`
	emptyGifts      = `UPDATE gifts SET account = 0 WHERE id IN (SELECT id FROM gifts WHERE account = $1 LIMIT $2)`
)

// nameRests is how long nobody else can take the name of an account that was
// forgotten: links to it should not lead to a stranger.
const nameRests = 365 * 24 * time.Hour

// emptyings are what is forgotten with an account, a slice at a time.
var emptyings = []string{
	emptyFollows, emptyFollowed, emptyOutbox, // before the notices it holds
	emptySessions, emptyTokens, emptyNotices, emptyDeeds, emptyAutosaves, emptyPasskeys, emptyHandles, emptyCeremonies, emptyRecovery, emptySteps,
	emptyEntries, emptyBlocks, emptyBlocked, emptyMutes, emptyMuted, emptyMutedOf, emptyExcluded, emptyFilters, emptyFiltered, emptyFavourites, emptyOrphanings, emptyGifts, emptyWrangler,
	emptyProofs, emptyDevices, emptyKudos, emptyComments, emptyPauses, emptyDigests, emptyInvited, emptyJoined, emptyHabits,
	emptyPiles, emptyDownloads, emptyVolumes, // whose files went with their day, long before
}

// Add deletes an account until its time is over; false when it is deleted
// already.
func (d Deletions) Add(ctx context.Context, deletion archive.Deletion) (bool, error) {
	n, err := exec(ctx, d.conn, addDeletion, deletion.Account, micros(d.now), micros(deletion.PurgeAt), string(deletion.Sole), string(deletion.Shared), deletion.Answers)
	return n == 1, err
}

// Find gives the deletion of an account that can be brought back, or waits to
// be forgotten; archive.ErrNotFound when there is none.
func (d Deletions) Find(ctx context.Context, account int64) (archive.Deletion, error) {
	return one(ctx, d.conn, scanDeletion, findDeletion, account)
}

// Has reports whether an account is deleted, or was.
func (d Deletions) Has(ctx context.Context, account int64) (bool, error) {
	n, err := one(ctx, d.conn, scanInt, isDeletedNow, account)
	return n > 0, err
}

// Undo brings an account back; archive.ErrNotFound when it is too late.
func (d Deletions) Undo(ctx context.Context, account int64) error {
	n, err := exec(ctx, d.conn, undoDeletion, account, micros(d.now))
	if err == nil && n == 0 {
		err = archive.ErrNotFound
	}
	return err
}

// NextDue gives the first account after another whose time is over;
// archive.ErrNotFound when there is none.
func (d Deletions) NextDue(ctx context.Context, after int64) (archive.Deletion, error) {
	return one(ctx, d.conn, scanDeletion, deletionsDue, micros(d.now), after)
}

// OtherStaff is how many accounts of staff there are beside one.
func (d Deletions) OtherStaff(ctx context.Context, account int64) (int64, error) {
	return one(ctx, d.conn, scanInt, otherStaff, account)
}

// Works lists works that a deleted account still signs, at most so many.
func (d Deletions) Works(ctx context.Context, account int64, most int) ([]int64, error) {
	return all(ctx, d.conn, scanInt, worksOfLeaver, account, micros(d.now), most)
}

// Signed is how many works an account signs: alone and posted, with others, and
// alone and a draft.
type Signed struct{ Sole, Shared, Drafts int }

// Signed counts what would have to find another place if an account went.
func (d Deletions) Signed(ctx context.Context, account int64) (Signed, error) {
	return one(ctx, d.conn, func(row sqldb.Scanner) (s Signed, err error) {
		return s, row.Scan(&s.Sole, &s.Shared, &s.Drafts)
	}, countLeft, account, micros(d.now))
}

// Comments lists comments of an account, the newest first, at most so many.
func (d Deletions) Comments(ctx context.Context, account int64, most int) ([]int64, error) {
	return all(ctx, d.conn, scanInt, commentsOf, account, most)
}

// Manuscript gives one of the manuscripts of an account;
// archive.ErrNotFound when there are none.
func (d Deletions) Manuscript(ctx context.Context, account int64) (archive.Manuscript, error) {
	return one(ctx, d.conn, scanManuscript, manuscriptOf, account)
}

// DropManuscripts forgets an account's manuscripts that share one original.
func (d Deletions) DropManuscripts(ctx context.Context, account int64, key string) error {
	return do(ctx, d.conn, dropSameFile, account, key)
}

// Empty forgets up to so many rows of what hangs on an account; false when
// nothing is left to forget.
func (d Deletions) Empty(ctx context.Context, account int64, most int) (more bool, err error) {
	for _, statement := range emptyings {
		n, err := exec(ctx, d.conn, statement, account, most)
		if err != nil {
			return false, err
		}
		if n >= int64(most) {
			return true, nil
		}
	}
	return false, nil
}

// End forgets who an account was, once nothing hangs on it; false while it
// signs works or has manuscripts.
func (d Deletions) End(ctx context.Context, account int64) (bool, error) {
	signs, err := one(ctx, d.conn, scanInt, signsAnything, account)
	if err != nil || signs > 0 {
		return false, err
	}
	if _, err := d.Manuscript(ctx, account); !errors.Is(err, archive.ErrNotFound) {
		return false, err
	}
	pseuds, err := all(ctx, d.conn, scanInt, pseudsToEnd, account)
	if err != nil {
		return false, err
	}
	if err := (Called{d.conn}).drop(ctx, calledPseud, pseuds...); err != nil {
		return false, err
	}
	for _, statement := range []string{dropPseuds, emptyAccount} {
		if err := do(ctx, d.conn, statement, account); err != nil {
			return false, err
		}
	}
	if err := do(ctx, d.conn, keepNames, account, micros(d.now.Add(nameRests))); err != nil {
		return false, err
	}
	return true, do(ctx, d.conn, endDeletion, account, micros(d.now))
}

func scanDeletion(row sqldb.Scanner) (archive.Deletion, error) {
	var d archive.Deletion
	return d, row.Scan(&d.Account, instant{&d.DeletedAt}, instant{&d.PurgeAt}, &d.Sole, &d.Shared, &d.Answers)
}

// Orphans are works whose writers gave them up: they stand under one account
// that nobody can sign in to.
type Orphans struct{ conn }

const (
	orphanAccount = `INSERT INTO accounts (name, folded, email, password_hash, staff, preferences, created_at) VALUES ($1, $2, '', '', FALSE, '{}', $3)
		ON CONFLICT (folded) DO UPDATE SET folded = excluded.folded RETURNING id`
	orphanPseud = `INSERT INTO pseuds (account, name, folded, is_default, name_key) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (account, folded) DO UPDATE SET folded = excluded.folded RETURNING id`
	addOrphaning = `INSERT INTO orphanings (account, work, pseud, position, stand_in, made, with_account, until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (account, work, pseud) DO NOTHING`
	orphaningColumns = `account, work, pseud, position, stand_in, made, with_account, until`
	orphaningsOn     = `SELECT ` + orphaningColumns + ` FROM orphanings WHERE work = $1 ORDER BY account, position, pseud`
	// Works of an account to be taken back, each once.
	orphanedWith = `SELECT DISTINCT work FROM orphanings WHERE account = $1 AND with_account AND until > $2 ORDER BY work LIMIT $3`
	orphanedBy   = `SELECT DISTINCT w.id, w.title, w.language, o.until FROM orphanings o JOIN works w ON w.id = o.work
		WHERE o.account = $1 AND NOT o.with_account AND o.until > $2 ORDER BY o.until DESC, w.id LIMIT 200`
	dropOrphanings = `DELETE FROM orphanings WHERE account = $1 AND work = $2`
	passOn         = `UPDATE orphanings SET made = TRUE WHERE work = $1 AND stand_in = $2 AND account = $3`
	orphaningsPast = `SELECT DISTINCT account, work FROM orphanings WHERE until <= $1 ORDER BY work, account LIMIT $2`
	// What else in a work tells whose it was.
	unsignRevisions = `UPDATE revisions SET account = 0 WHERE account = $2 AND chapter IN (SELECT id FROM chapters WHERE work = $1)`
	unsignChapters  = `UPDATE chapter_texts SET manuscript = 0 WHERE manuscript <> 0 AND chapter IN (SELECT id FROM chapters WHERE work = $1)
		AND manuscript IN (SELECT id FROM manuscripts WHERE account = $2)`
	unsignPiles   = `UPDATE pile_works SET work = NULL WHERE work = $1 AND pile IN (SELECT id FROM piles WHERE account = $2)`
	unsignRemarks = `UPDATE comments SET account = NULL, pseud = NULL WHERE work = $1 AND account = $2
		AND EXISTS (SELECT 1 FROM works w WHERE w.id = $1 AND w.anonymous)
		AND NOT EXISTS (SELECT 1 FROM work_creators wc WHERE wc.work = $1 AND wc.account = $2)`
)

// StandIn gives the pen name of the orphan account with a name, made when it is
// first needed; the empty name is the account's own.
func (o Orphans) StandIn(ctx context.Context, name string) (archive.Pseud, error) {
	account, err := one(ctx, o.conn, scanInt, orphanAccount, archive.OrphanAccount, archive.OrphanAccount, micros(o.now))
	if err != nil {
		return archive.Pseud{}, err
	}
	p := archive.Pseud{Account: account, Owner: archive.OrphanAccount, Name: archive.OrphanAccount, IsDefault: true}
	if p.ID, err = one(ctx, o.conn, scanInt, orphanPseud, account, p.Name, p.Name, true, nameKey(p.Name)); err != nil {
		return p, err
	}
	if err := (Called{o.conn}).put(ctx, calledPseud, p.ID, p.Name); err != nil || name == "" || archive.FoldName(name) == p.Name {
		return p, err
	}
	p.Name, p.IsDefault = name, false
	if p.ID, err = one(ctx, o.conn, scanInt, orphanPseud, account, name, archive.FoldName(name), false, nameKey(name)); err != nil {
		return p, err
	}
	return p, Called{o.conn}.put(ctx, calledPseud, p.ID, name)
}

// Hold keeps everybody else from writing to a work until the end of the
// transaction, whoever signs it.
func (o Orphans) Hold(ctx context.Context, work int64) error { return do(ctx, o.conn, holdWork, work) }

// Keep remembers who signed a work.
func (o Orphans) Keep(ctx context.Context, kept []archive.Orphaning) error {
	for _, k := range kept {
		err := do(ctx, o.conn, addOrphaning, k.Account, k.Work, k.Pseud, k.Position, k.StandIn, k.Made, k.WithAccount, micros(k.Until))
		if err != nil {
			return err
		}
	}
	return nil
}

// On lists what is remembered of a work, whoever left it.
func (o Orphans) On(ctx context.Context, work int64) ([]archive.Orphaning, error) {
	return all(ctx, o.conn, scanOrphaning, orphaningsOn, work)
}

// With lists works that left with an account, at most so many.
func (o Orphans) With(ctx context.Context, account int64, most int) ([]int64, error) {
	return all(ctx, o.conn, scanInt, orphanedWith, account, micros(o.now), most)
}

// Orphaned is a work that its writer may take back until an instant.
type Orphaned struct {
	Work     int64
	Title    string
	Language string
	Until    time.Time
}

// By lists the works an account orphaned and can still take back.
func (o Orphans) By(ctx context.Context, account int64) ([]Orphaned, error) {
	return all(ctx, o.conn, func(row sqldb.Scanner) (w Orphaned, err error) {
		return w, row.Scan(&w.Work, &w.Title, &w.Language, instant{&w.Until})
	}, orphanedBy, account, micros(o.now))
}

// Drop forgets that an account signed a work.
func (o Orphans) Drop(ctx context.Context, account, work int64) error {
	return do(ctx, o.conn, dropOrphanings, account, work)
}

// PassOn has another account that left the work answer for a stand-in: it goes
// when they return.
func (o Orphans) PassOn(ctx context.Context, work, standIn, account int64) error {
	return do(ctx, o.conn, passOn, work, standIn, account)
}

// Forget drops what is remembered of works whose time to be taken back is
// over, with what else in them tells whose they were; at most so many, and
// tells how many went.
func (o Orphans) Forget(ctx context.Context, most int) (int64, error) {
	past, err := all(ctx, o.conn, func(row sqldb.Scanner) (p archive.Orphaning, err error) {
		return p, row.Scan(&p.Account, &p.Work)
	}, orphaningsPast, micros(o.now), most)
	if err != nil {
		return 0, err
	}
	for _, p := range past {
		for _, statement := range []string{unsignRevisions, unsignChapters, unsignPiles, unsignRemarks} {
			if err := do(ctx, o.conn, statement, p.Work, p.Account); err != nil {
				return 0, err
			}
		}
		if err := o.Drop(ctx, p.Account, p.Work); err != nil {
			return 0, err
		}
	}
	return int64(len(past)), nil
}

func scanOrphaning(row sqldb.Scanner) (archive.Orphaning, error) {
	var k archive.Orphaning
	return k, row.Scan(&k.Account, &k.Work, &k.Pseud, &k.Position, &k.StandIn, &k.Made, &k.WithAccount, instant{&k.Until})
}

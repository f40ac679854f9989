package store

import (
	"context"
	"crypto/rand"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Invitations let people join; those who wait for one stand in the queue.
type Invitations struct{ conn }

const (
	addInvitation     = `INSERT INTO invitations (nonce, made_by, queued, note, address, folded, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`
	invitationColumns = `i.id, i.nonce, COALESCE(i.made_by, 0), i.queued, i.note, i.address, i.made_at, i.expires_at, i.revoked_at, i.used_at, COALESCE(i.used_by, 0)`
	invitationNames   = `COALESCE(m.name, ''), COALESCE(u.name, '')`
	invitationTables  = ` FROM invitations i LEFT JOIN accounts m ON m.id = i.made_by LEFT JOIN accounts u ON u.id = i.used_by`
	findInvitation    = `SELECT ` + invitationColumns + ` FROM invitations i WHERE i.id = $1`
	invitationFor     = `SELECT ` + invitationColumns + `, ` + invitationNames + invitationTables + ` WHERE i.used_by = $1 ORDER BY i.id LIMIT 1`
	invitationsBefore = `SELECT ` + invitationColumns + `, ` + invitationNames + invitationTables + ` WHERE i.id < $1 ORDER BY i.id DESC LIMIT $2`
	invitationsBy     = `SELECT ` + invitationColumns + `, ` + invitationNames + invitationTables + ` WHERE i.made_by = $1 AND i.queued = FALSE ORDER BY i.id DESC LIMIT $2`
	countHanded       = `SELECT COUNT(*) FROM invitations WHERE made_by = $1 AND queued = FALSE AND (used_at IS NOT NULL OR (revoked_at IS NULL AND expires_at > $2))`
	countOpen         = `SELECT COUNT(*) FROM invitations WHERE used_at IS NULL AND revoked_at IS NULL AND expires_at > $1`
	countQueued       = `SELECT COUNT(*) FROM invitations WHERE queued = TRUE AND made_at > $1`
	useInvitation     = `UPDATE invitations SET used_at = $2, used_by = $3, address = '', folded = '' WHERE id = $1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $2`
	revokeInvitation  = `UPDATE invitations SET revoked_at = $2, address = '', folded = '' WHERE id = $1 AND used_at IS NULL AND revoked_at IS NULL`
	forgetInvitations = `DELETE FROM invitations WHERE id IN (SELECT id FROM invitations WHERE used_at IS NULL AND expires_at <= $1 LIMIT $2)`
	blankInvitations  = `UPDATE invitations SET address = '', folded = '' WHERE folded <> '' AND expires_at <= $1`

	addWaiting    = `INSERT INTO queue (address, folded, ticket, asked_at) VALUES ($1, $2, $3, $4) ON CONFLICT (folded) WHERE folded <> '' DO NOTHING`
	isKnown       = `SELECT EXISTS (SELECT 1 FROM queue WHERE folded = $1) OR EXISTS (SELECT 1 FROM invitations WHERE folded = $1 AND expires_at > $2)`
	placeOf       = `SELECT id, address, asked_at FROM queue WHERE ticket = $1`
	countBefore   = `SELECT COUNT(*) FROM queue WHERE id <= $1`
	countQueue    = `SELECT COUNT(*) FROM queue`
	countWaiting  = `SELECT COUNT(*) FROM queue WHERE folded <> ''`
	queuedFirst   = `SELECT id, address, asked_at FROM queue WHERE folded <> '' ORDER BY id LIMIT $1`
	leaveQueue    = `DELETE FROM queue WHERE id = $1`
	passedShadows = `DELETE FROM queue WHERE folded = '' AND id < COALESCE((SELECT MIN(id) FROM queue WHERE folded <> ''), 9223372036854775807)`
	forgetWaiting = `DELETE FROM queue WHERE id IN (SELECT id FROM queue WHERE asked_at <= $1 LIMIT $2)`
)

// Invited is an invitation with the names of who made it and who used it.
type Invited struct {
	archive.Invitation
	Maker string
	User  string
}

// Add keeps an invitation and gives its id. Its nonce is made here.
func (i Invitations) Add(ctx context.Context, made archive.Invitation) (int64, error) {
	var by any
	if made.By != 0 {
		by = made.By
	}
	return one(ctx, i.conn, scanInt, addInvitation, rand.Text(), by, made.Queued, made.Note, made.Address, archive.FoldEmail(made.Address), micros(i.now), micros(made.ExpiresAt))
}

// Find gives an invitation by its id.
func (i Invitations) Find(ctx context.Context, id int64) (archive.Invitation, error) {
	return one(ctx, i.conn, scanInvitation, findInvitation, id)
}

// Of gives the invitation an account joined by; archive.ErrNotFound when it
// came without.
func (i Invitations) Of(ctx context.Context, account int64) (Invited, error) {
	return one(ctx, i.conn, scanInvited, invitationFor, account)
}

// Before lists invitations older than an id, the newest first.
func (i Invitations) Before(ctx context.Context, id int64, most int) ([]Invited, error) {
	return all(ctx, i.conn, scanInvited, invitationsBefore, id, most)
}

// By lists what a member made, the newest first.
func (i Invitations) By(ctx context.Context, account int64, most int) ([]Invited, error) {
	return all(ctx, i.conn, scanInvited, invitationsBy, account, most)
}

// Given is how many of a member's invitations are used or still to be.
func (i Invitations) Given(ctx context.Context, account int64) (int64, error) {
	return one(ctx, i.conn, scanInt, countHanded, account, micros(i.now))
}

// Open is how many invitations can still be used.
func (i Invitations) Open(ctx context.Context) (int64, error) {
	return one(ctx, i.conn, scanInt, countOpen, micros(i.now))
}

// Queued is how many of the queue were invited since an instant.
func (i Invitations) Queued(ctx context.Context, since time.Time) (int64, error) {
	return one(ctx, i.conn, scanInt, countQueued, micros(since))
}

// Use has an account join by an invitation; archive.ErrNotFound when that was
// done before, or it is withdrawn or over.
func (i Invitations) Use(ctx context.Context, id, account int64) error {
	return touched(exec(ctx, i.conn, useInvitation, id, micros(i.now), account))
}

// Revoke withdraws an invitation that was not used; archive.ErrNotFound when
// there is none to withdraw.
func (i Invitations) Revoke(ctx context.Context, id int64) error {
	return touched(exec(ctx, i.conn, revokeInvitation, id, micros(i.now)))
}

// Forget drops invitations nobody used and whose time was over before an
// instant; the addresses of those whose time is over go at once.
func (i Invitations) Forget(ctx context.Context, before time.Time, most int) (int64, error) {
	if err := do(ctx, i.conn, blankInvitations, micros(i.now)); err != nil {
		return 0, err
	}
	return exec(ctx, i.conn, forgetInvitations, micros(before), most)
}

// Wait puts an address at the end of the queue. One that waits or is invited
// already leaves a place without an address, so that nothing tells of it.
func (i Invitations) Wait(ctx context.Context, address, ticketHash string) error {
	folded := archive.FoldEmail(address)
	known, err := one(ctx, i.conn, scanBool, isKnown, folded, micros(i.now))
	if err != nil {
		return err
	}
	if !known {
		n, err := exec(ctx, i.conn, addWaiting, address, folded, ticketHash, micros(i.now))
		if err != nil || n > 0 {
			return err // else another asked for the same address at this moment
		}
	}
	return do(ctx, i.conn, addWaiting, "", "", ticketHash, micros(i.now))
}

// Draw makes invitations for those who waited longest and takes them out of
// the queue; it gives the invitations. By 0, the queue did it by itself.
func (i Invitations) Draw(ctx context.Context, by int64, most int) ([]int64, error) {
	waiting, err := i.First(ctx, most)
	if err != nil {
		return nil, err
	}
	var made []int64
	for _, w := range waiting {
		left, err := exec(ctx, i.conn, leaveQueue, w.ID)
		if err != nil {
			return nil, err
		}
		if left == 0 {
			continue // another drew them at this moment, or they left
		}
		id, err := i.Add(ctx, archive.Invitation{By: by, Queued: true, Address: w.Address, ExpiresAt: i.now.Add(archive.InvitationLife)})
		if err != nil {
			return nil, err
		}
		made = append(made, id)
	}
	return made, i.Close(ctx)
}

// Place finds a place in the queue by its ticket: which it is, of how many.
func (i Invitations) Place(ctx context.Context, ticketHash string) (w archive.Waiting, place, of int64, err error) {
	if w, err = one(ctx, i.conn, scanWaiting, placeOf, ticketHash); err != nil {
		return w, 0, 0, err
	}
	if place, err = one(ctx, i.conn, scanInt, countBefore, w.ID); err != nil {
		return w, 0, 0, err
	}
	of, err = i.Length(ctx)
	return w, place, of, err
}

// Length is how many places the queue has.
func (i Invitations) Length(ctx context.Context) (int64, error) {
	return one(ctx, i.conn, scanInt, countQueue)
}

// Waiting is how many addresses wait.
func (i Invitations) Waiting(ctx context.Context) (int64, error) {
	return one(ctx, i.conn, scanInt, countWaiting)
}

// First lists those who waited longest.
func (i Invitations) First(ctx context.Context, most int) ([]archive.Waiting, error) {
	return all(ctx, i.conn, scanWaiting, queuedFirst, most)
}

// Leave takes a place out of the queue.
func (i Invitations) Leave(ctx context.Context, id int64) error {
	return do(ctx, i.conn, leaveQueue, id)
}

// Close takes out the places without an address whose turn has come.
func (i Invitations) Close(ctx context.Context) error { return do(ctx, i.conn, passedShadows) }

// ForgetWaiting drops what has waited since before an instant.
func (i Invitations) ForgetWaiting(ctx context.Context, before time.Time, most int) (int64, error) {
	return exec(ctx, i.conn, forgetWaiting, micros(before), most)
}

// touched is archive.ErrNotFound when a statement touched no row.
func touched(rows int64, err error) error {
	if err == nil && rows == 0 {
		return archive.ErrNotFound
	}
	return err
}

func scanInvitation(row sqldb.Scanner) (archive.Invitation, error) {
	var i archive.Invitation
	return i, row.Scan(intoInvitation(&i)...)
}

func scanInvited(row sqldb.Scanner) (Invited, error) {
	var i Invited
	return i, row.Scan(append(intoInvitation(&i.Invitation), &i.Maker, &i.User)...)
}

func intoInvitation(i *archive.Invitation) []any {
	return []any{
		&i.ID, &i.Nonce, &i.By, &i.Queued, &i.Note, &i.Address, instant{&i.MadeAt}, instant{&i.ExpiresAt}, instant{&i.RevokedAt}, instant{&i.UsedAt}, &i.UsedBy,
	}
}

func scanWaiting(row sqldb.Scanner) (archive.Waiting, error) {
	var w archive.Waiting
	return w, row.Scan(&w.ID, &w.Address, instant{&w.AskedAt})
}

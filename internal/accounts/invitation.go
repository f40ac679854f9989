package accounts

import (
	"context"
	"crypto/rand"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// CheckInvitation answers archive.ErrNotFound unless somebody can join by a
// token: forged, used, withdrawn and expired ones are one answer.
func (a *Accounts) CheckInvitation(ctx context.Context, token string) error {
	return a.store.Read(ctx, func(tx *store.Tx) error {
		_, err := invitationOf(ctx, tx, token)
		return err
	})
}

// invitationOf gives the invitation that a token opens and that can be used.
func invitationOf(ctx context.Context, tx *store.Tx, token string) (archive.Invitation, error) {
	i, err := tx.Invitations.Find(ctx, archive.InvitationOf(token))
	if err != nil {
		return i, err
	}
	key, err := tx.Settings.Find(ctx, archive.LinkKey)
	if err == nil && (!i.Opens(key, token) || !i.Live(tx.Now)) {
		err = archive.ErrNotFound
	}
	return i, err
}

// JoinInvited makes an account by an invitation, once: archive.ErrNotFound
// when another was first, or the token opens nothing.
func (a *Accounts) JoinInvited(ctx context.Context, token string, j Joining) (archive.Viewer, error) {
	if err := a.CheckInvitation(ctx, token); err != nil {
		return archive.Viewer{}, err
	}
	return a.joinWith(ctx, j, nil, func(ctx context.Context, tx *store.Tx, account int64) error {
		return tx.Invitations.Use(ctx, archive.InvitationOf(token), account)
	})
}

// Invite makes one of the invitations a member may give, while there are some
// left: archive.ErrTooMany when there are not.
func (a *Accounts) Invite(ctx context.Context, v archive.Viewer, may int) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Accounts.Hold(ctx, v.Account); err != nil { // two at once are counted one after the other
			return err
		}
		given, err := tx.Invitations.Given(ctx, v.Account)
		if err != nil {
			return err
		}
		if given >= int64(may) {
			return archive.ErrTooMany
		}
		if _, err := tx.Settings.LinkKey(ctx); err != nil {
			return err
		}
		id, err := tx.Invitations.Add(ctx, archive.Invitation{By: v.Account, ExpiresAt: tx.Now.Add(archive.InvitationLife)})
		tx.Log.Record(archive.Event{Kind: archive.InvitationMade, Actor: v.Account, Subject: id})
		return err
	})
}

// WithdrawInvitation ends an invitation of a member's that nobody used.
func (a *Accounts) WithdrawInvitation(ctx context.Context, v archive.Viewer, id int64) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		i, err := tx.Invitations.Find(ctx, id)
		if err != nil {
			return err
		}
		if i.By != v.Account || i.Queued {
			return archive.ErrNotFound
		}
		return tx.Invitations.Revoke(ctx, id)
	})
}

// Wait puts an address in the queue, and gives the ticket of its place. Nothing
// tells whether the address waits, or belongs to somebody here, already.
func (a *Accounts) Wait(ctx context.Context, address string) (ticket string, err error) {
	address = archive.CleanLine(address)
	var problems archive.Problems
	if address == "" {
		problems.Add("email", "required")
	}
	archive.CheckEmail(address, &problems)
	if err := problems.Err(); err != nil {
		return "", err
	}
	ticket = rand.Text()
	return ticket, a.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Invitations.Wait(ctx, address, fingerprint(ticket))
	})
}

// Place is where somebody stands in the queue: which place, of how many.
func (a *Accounts) Place(ctx context.Context, ticket string) (place, of int64, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		_, place, of, err = tx.Invitations.Place(ctx, fingerprint(ticket))
		return err
	})
	return place, of, err
}

// LeaveQueue gives a place in the queue up; its address is forgotten.
func (a *Accounts) LeaveQueue(ctx context.Context, ticket string) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		w, _, _, err := tx.Invitations.Place(ctx, fingerprint(ticket))
		if err != nil {
			return err
		}
		return tx.Invitations.Leave(ctx, w.ID)
	})
}

// DrawDaily invites from the queue what is left of so many a day.
func (a *Accounts) DrawDaily(ctx context.Context, most int) error {
	if most <= 0 {
		return nil
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		drawn, err := tx.Invitations.Queued(ctx, tx.Now.Add(-24*time.Hour))
		if err != nil || drawn >= int64(most) {
			return err
		}
		if _, err := tx.Settings.LinkKey(ctx); err != nil {
			return err
		}
		made, err := tx.Invitations.Draw(ctx, 0, most-int(drawn))
		for _, id := range made {
			tx.Log.Record(archive.Event{Kind: archive.InvitationMade, Subject: id})
		}
		return err
	})
}

// keptInvitation is how long an invitation that nobody used is remembered.
const keptInvitation = 90 * 24 * time.Hour

// ForgetInvitations forgets invitations that came to nothing, addresses whose
// invitation is over, and what waited for a year.
func (a *Accounts) ForgetInvitations(ctx context.Context) error {
	const slice = 5000
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Invitations.Forget(ctx, tx.Now.Add(-keptInvitation), slice); err != nil {
			return err
		}
		_, err := tx.Invitations.ForgetWaiting(ctx, tx.Now.Add(-archive.QueueLife), slice)
		return err
	})
}

package moderation

import (
	"context"
	"strconv"
	"time"
	"unicode/utf8"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Inviting is what staff ask for: so many links to hand on, or one sent to an
// address.
type Inviting struct {
	Count   int
	Note    string
	Address string // empty: the links are handed on
	Days    int    // until they expire
}

// The bounds of what is made at once.
const (
	mostLinks   = 100
	longestNote = 200
	longestDays = 365
)

func (i *Inviting) check() error {
	i.Note, i.Address = archive.CleanLine(i.Note), archive.CleanLine(i.Address)
	var problems archive.Problems
	if i.Address != "" {
		i.Count = 1
	}
	if i.Count < 1 || i.Count > mostLinks {
		problems.Add("count", "number", "Min", 1, "Max", mostLinks)
	}
	if i.Days < 1 || i.Days > longestDays {
		problems.Add("invite_days", "number", "Min", 1, "Max", longestDays)
	}
	if n := utf8.RuneCountInString(i.Note); n > longestNote {
		problems.Add("note", "too_long", "Limit", longestNote, "Count", n)
	}
	archive.CheckEmail(i.Address, &problems)
	return problems.Err()
}

// Invite makes invitations. The acts name no address.
func (m *Moderation) Invite(ctx context.Context, v archive.Viewer, i Inviting) error {
	if err := i.check(); err != nil && v.Staff {
		return err
	}
	return m.acts(ctx, v, func(tx *store.Tx) (deed, error) {
		act := archive.Act{Kind: archive.ActInvite, About: strconv.Itoa(i.Count)}
		if _, err := tx.Settings.LinkKey(ctx); err != nil {
			return deed{act: act}, err
		}
		for range i.Count {
			made := archive.Invitation{By: v.Account, Note: i.Note, Address: i.Address, ExpiresAt: tx.Now.Add(time.Duration(i.Days) * 24 * time.Hour)}
			id, err := tx.Invitations.Add(ctx, made)
			if err != nil {
				return deed{act: act}, err
			}
			act.Subject = id
			tx.Log.Record(archive.Event{Kind: archive.InvitationMade, Actor: v.Account, Subject: id})
		}
		return deed{act: act}, nil
	})
}

// Withdraw ends an invitation that nobody used.
func (m *Moderation) Withdraw(ctx context.Context, v archive.Viewer, id int64) error {
	return m.acts(ctx, v, func(tx *store.Tx) (deed, error) {
		return deed{act: archive.Act{Kind: archive.ActRevoke, Subject: id}}, tx.Invitations.Revoke(ctx, id)
	})
}

// Draw invites the first of the queue.
func (m *Moderation) Draw(ctx context.Context, v archive.Viewer, count int) error {
	if v.Staff && (count < 1 || count > mostDrawn) {
		return archive.Problems{{Field: "count", Rule: "number", Args: map[string]any{"Min": 1, "Max": mostDrawn}}}
	}
	return m.acts(ctx, v, func(tx *store.Tx) (deed, error) {
		act := archive.Act{Kind: archive.ActDraw}
		if _, err := tx.Settings.LinkKey(ctx); err != nil {
			return deed{act: act}, err
		}
		made, err := tx.Invitations.Draw(ctx, v.Account, count)
		for _, id := range made {
			tx.Log.Record(archive.Event{Kind: archive.InvitationMade, Actor: v.Account, Subject: id})
		}
		act.About = strconv.Itoa(len(made))
		return deed{act: act}, err
	})
}

// mostDrawn bounds what one press invites.
const mostDrawn = 1000

// Unqueue takes an address out of the queue.
func (m *Moderation) Unqueue(ctx context.Context, v archive.Viewer, place int64) error {
	return m.acts(ctx, v, func(tx *store.Tx) (deed, error) {
		return deed{act: archive.Act{Kind: archive.ActUnqueue, Subject: place}}, tx.Invitations.Leave(ctx, place)
	})
}

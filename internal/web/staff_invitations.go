package web

import (
	"context"
	"errors"
	"math"
	"net/http"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/moderation"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

const (
	invitationsOnPage = 50
	waitingOnPage     = 100
)

// listInvitations answers with all invitations, the newest first.
func (w *Web) listInvitations(r *Request) (Response, error) {
	p, err := w.invitationsPage(r)
	return Response{Page: p}, err
}

func (w *Web) invitationsPage(r *Request) (page.InvitationsPage, error) {
	p := page.InvitationsPage{Shell: w.private(r, r.Words.T("invitations.title")), Desk: true, Action: page.PathDeskInvitations}
	p.Path = p.Action
	p.Typed = page.InvitingTyped{Count: "1", Days: strconv.Itoa(int(archive.InvitationLife.Hours() / 24))}
	before, err := strconv.ParseInt(r.FormValue("before"), 10, 64)
	if err != nil || before < 1 {
		before = math.MaxInt64
	}
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		made, err := tx.Invitations.Before(ctx, before, invitationsOnPage+1)
		if err != nil {
			return err
		}
		if len(made) > invitationsOnPage {
			made = made[:invitationsOnPage]
			p.NextURL = p.Action + "?before=" + strconv.FormatInt(made[invitationsOnPage-1].ID, 10)
		}
		p.Made, err = w.invitationLines(ctx, tx, r, made)
		return err
	})
	return p, err
}

// invitationLines shows invitations; those that are handed on with their link.
func (w *Web) invitationLines(ctx context.Context, tx *store.Tx, r *Request, made []store.Invited) ([]page.InvitationLine, error) {
	key, err := tx.Settings.Find(ctx, archive.LinkKey)
	if err != nil {
		return nil, err
	}
	lines := make([]page.InvitationLine, len(made))
	for i, one := range made {
		line := page.InvitationLine{
			ID: strconv.FormatInt(one.ID, 10), Address: one.Address, Note: one.Note, Maker: one.Maker, Queued: one.Queued,
			State: one.State(r.Now), Made: one.MadeAt, Expires: one.ExpiresAt,
		}
		if line.State == "open" && one.Address == "" {
			line.URL = w.address(r.Request) + page.PathSignUp + "?invitation=" + one.Token(key)
		}
		if one.User != "" {
			line.User = page.Person{Name: one.User, URL: userAddress(one.User)}
		}
		lines[i] = line
	}
	return lines, nil
}

// makeInvitations makes links, or sends one.
func (w *Web) makeInvitations(r *Request) (Response, error) {
	f := r.PostForm
	err := w.Moderation.Invite(r.Context(), r.Viewer, moderation.Inviting{
		Count: readCount(f, "count"), Note: f.Get("note"), Address: f.Get("email"), Days: readCount(f, "invite_days"),
	})
	var problems archive.Problems
	if !errors.As(err, &problems) {
		return w.backTo(err, page.PathDeskInvitations)
	}
	p, err := w.invitationsPage(r)
	p.Typed = page.InvitingTyped{Count: f.Get("count"), Note: f.Get("note"), Address: f.Get("email"), Days: f.Get("invite_days")}
	p.Errors = page.ErrorsOf(p.Shell, problems)
	return Response{Status: http.StatusUnprocessableEntity, Page: p}, err
}

// numberTyped is the number in a field; archive.ErrNotFound when it is none.
func numberTyped(r *Request, name string) (int64, error) {
	n, err := strconv.ParseInt(r.PostFormValue(name), 10, 64)
	if err != nil {
		return 0, archive.ErrNotFound
	}
	return n, nil
}

// withdrawInvitation ends an invitation that nobody used.
func (w *Web) withdrawInvitation(r *Request) (Response, error) {
	id, err := numberTyped(r, "id")
	if err == nil {
		err = w.Moderation.Withdraw(r.Context(), r.Viewer, id)
	}
	return w.backTo(err, page.PathDeskInvitations)
}

// showQueue answers with who waits for an invitation.
func (w *Web) showQueue(r *Request) (Response, error) {
	p, err := w.queuePage(r)
	return Response{Page: p}, err
}

func (w *Web) queuePage(r *Request) (page.DeskQueuePage, error) {
	p := page.DeskQueuePage{Shell: w.private(r, r.Words.T("queue.title")), Typed: "10", Daily: w.Catalog.Site().QueueDaily}
	p.Path = page.PathDeskQueue
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		total, err := tx.Invitations.Waiting(ctx)
		if err != nil {
			return err
		}
		p.Total = int(total)
		waiting, err := tx.Invitations.First(ctx, waitingOnPage)
		for _, one := range waiting {
			p.Waiting = append(p.Waiting, page.WaitingLine{ID: strconv.FormatInt(one.ID, 10), Address: one.Address, Since: one.AskedAt})
		}
		return err
	})
	return p, err
}

// inviteFromQueue invites the first of the queue.
func (w *Web) inviteFromQueue(r *Request) (Response, error) {
	err := w.Moderation.Draw(r.Context(), r.Viewer, readCount(r.PostForm, "count"))
	var problems archive.Problems
	if !errors.As(err, &problems) {
		return w.backTo(err, page.PathDeskQueue)
	}
	p, err := w.queuePage(r)
	p.Typed, p.Errors = r.PostForm.Get("count"), page.ErrorsOf(p.Shell, problems)
	return Response{Status: http.StatusUnprocessableEntity, Page: p}, err
}

// removeFromQueue takes an address out of the queue.
func (w *Web) removeFromQueue(r *Request) (Response, error) {
	id, err := numberTyped(r, "id")
	if err == nil {
		err = w.Moderation.Unqueue(r.Context(), r.Viewer, id)
	}
	return w.backTo(err, page.PathDeskQueue)
}

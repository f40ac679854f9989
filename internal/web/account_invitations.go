package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// listOwnInvitations answers with the invitations a member made, and how many
// they may still make.
func (w *Web) listOwnInvitations(r *Request) (Response, error) {
	p := page.InvitationsPage{Shell: w.private(r, r.Words.T("invitations.own")), Action: page.PathInvitations}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		given, err := tx.Invitations.Given(ctx, r.Viewer.Account)
		if err != nil {
			return err
		}
		if w.Catalog.Site().Join == archive.JoinInvited {
			p.Left = max(0, w.Catalog.Site().Invitations-int(given))
		}
		made, err := tx.Invitations.By(ctx, r.Viewer.Account, invitationsOnPage)
		if err != nil {
			return err
		}
		p.Made, err = w.invitationLines(ctx, tx, r, made)
		return err
	})
	return Response{Page: p}, err
}

// makeOwnInvitation makes one of the invitations a member may give.
func (w *Web) makeOwnInvitation(r *Request) (Response, error) {
	site := w.Catalog.Site()
	if site.Join != archive.JoinInvited {
		return Response{}, archive.ErrForbidden
	}
	err := w.Accounts.Invite(r.Context(), r.Viewer, site.Invitations)
	if errors.Is(err, archive.ErrTooMany) {
		return w.message(r, http.StatusForbidden, "invitations.own", "invitations.none_left"), nil
	}
	return w.backTo(err, page.PathInvitations)
}

// withdrawOwnInvitation ends an invitation of a member's that nobody used.
func (w *Web) withdrawOwnInvitation(r *Request) (Response, error) {
	id, err := numberTyped(r, "id")
	if err == nil {
		err = w.Accounts.WithdrawInvitation(r.Context(), r.Viewer, id)
	}
	return w.backTo(err, page.PathInvitations)
}

// askForInvitation answers with the form of the queue, where there is one.
func (w *Web) askForInvitation(r *Request) (Response, error) {
	p, err := w.askPage(r)
	return Response{Page: p}, err
}

func (w *Web) askPage(r *Request) (page.QueuePage, error) {
	site := w.Catalog.Site()
	if site.Join != archive.JoinInvited || !site.Queue {
		return page.QueuePage{}, archive.ErrNotFound
	}
	p := page.QueuePage{Shell: w.private(r, r.Words.T("queue.ask_title")), Daily: site.QueueDaily}
	p.Path = page.PathQueue
	return p, nil
}

// waitForInvitation puts an address in the queue. The answer is the same for
// one that waits, or belongs to somebody here, already.
func (w *Web) waitForInvitation(r *Request) (Response, error) {
	p, err := w.askPage(r)
	if err != nil {
		return Response{}, err
	}
	ticket, err := "", error(archive.Problems{{Field: "email", Rule: "asked_too_often"}})
	if w.joins.Begin(r.Now, r.Client, "queue") {
		ticket, err = w.Accounts.Wait(r.Context(), r.PostFormValue("email"))
	}
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	if problems == nil {
		return goTo(page.PathQueue + "/" + url.PathEscape(ticket))
	}
	p.Typed, p.Errors = r.PostFormValue("email"), page.ErrorsOf(p.Shell, problems)
	return Response{Status: status, Page: p}, nil
}

// showPlace tells who holds a ticket where they stand.
func (w *Web) showPlace(r *Request) (Response, error) {
	ticket := r.PathValue("ticket")
	p := page.QueuePage{Shell: w.private(r, r.Words.T("queue.ask_title")), Daily: w.Catalog.Site().QueueDaily, Leave: page.PathQueue + "/" + url.PathEscape(ticket)}
	place, of, err := w.Accounts.Place(r.Context(), ticket)
	if errors.Is(err, archive.ErrNotFound) {
		p.Gone = true
		return Response{Status: http.StatusGone, Page: p}, nil
	}
	p.Place, p.Of = int(place), int(of)
	return Response{Page: p}, err
}

// leaveQueue gives a place up.
func (w *Web) leaveQueue(r *Request) (Response, error) {
	ticket := r.PathValue("ticket")
	if err := ignoreMissing(w.Accounts.LeaveQueue(r.Context(), ticket)); err != nil {
		return Response{}, err
	}
	return goTo(page.PathQueue + "/" + url.PathEscape(ticket))
}

package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/feedback"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// followWork is the button on a work's pages; its creators see how many follow
// it instead.
func followWork(ctx context.Context, tx *store.Tx, r *Request, o store.Opened) (page.Follow, error) {
	f := page.Follow{To: r.URL.Path}
	of := archive.Followed{Work: o.ID}
	if o.Tie.Creator {
		n, err := tx.Follows.Followers(ctx, of)
		f.Count = int(n)
		return f, err
	}
	if !feedback.Followable(o) {
		return page.Follow{}, nil
	}
	f.URL = workAddress(o.ID) + "/follow"
	return f, followed(ctx, tx, r, of, &f)
}

// followPerson is the button on somebody's page, and how many follow them on
// one's own.
func followPerson(ctx context.Context, tx *store.Tx, r *Request, account archive.Account, f *page.Follow) error {
	f.To, f.Person = r.URL.Path, true
	of := archive.Followed{Person: account.ID}
	if account.ID == r.Viewer.Account {
		n, err := tx.Follows.Followers(ctx, of)
		f.Count = int(n)
		return err
	}
	if account.Name == archive.OrphanAccount {
		return nil
	}
	f.URL = userAddress(account.Name) + "/follow"
	return followed(ctx, tx, r, of, f)
}

// followed notes whether the viewer follows something already.
func followed(ctx context.Context, tx *store.Tx, r *Request, of archive.Followed, f *page.Follow) (err error) {
	if r.Viewer.IsMember() {
		f.On, err = tx.Follows.Has(ctx, r.Viewer.Account, of)
	}
	return err
}

// askToFollowWork asks whether a work shall be followed, which is where guests
// come to once they have signed in.
func (w *Web) askToFollowWork(r *Request) (Response, error) {
	p, _, err := w.followWorkPage(r)
	return Response{Page: p}, err
}

func (w *Web) followWorkPage(r *Request) (p page.FollowPage, of archive.Followed, err error) {
	if of.Work, err = r.number("work"); err != nil {
		return p, of, err
	}
	var o store.Opened
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		if o, err = tx.Works.Open(ctx, r.Viewer, of.Work); err != nil {
			return err
		}
		p.Follow, err = followWork(ctx, tx, r, o)
		return err
	})
	if err == nil && p.Follow.URL == "" {
		err = archive.ErrForbidden
	}
	asks := "follow.ask_work"
	if p.Follow.On {
		asks = "follow.on_work"
	}
	p.Back, p.Follow.To = workAddress(of.Work), workAddress(of.Work)
	p.Shell = w.private(r, r.Words.T(asks, "Title", o.Title))
	return p, of, err
}

// askToFollowPerson asks whether a person shall be followed.
func (w *Web) askToFollowPerson(r *Request) (Response, error) {
	p, _, err := w.followPersonPage(r)
	return Response{Page: p}, err
}

func (w *Web) followPersonPage(r *Request) (p page.FollowPage, of archive.Followed, err error) {
	var account archive.Account
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		if account, _, err = findUser(ctx, tx, r.PathValue("name"), ""); err != nil {
			return err
		}
		return followPerson(ctx, tx, r, account, &p.Follow)
	})
	if err == nil && p.Follow.URL == "" {
		err = archive.ErrForbidden
	}
	asks := "follow.ask_person"
	if p.Follow.On {
		asks = "follow.on_person"
	}
	of.Person = account.ID
	p.Back, p.Follow.To = userAddress(account.Name), userAddress(account.Name)
	p.Shell = w.private(r, r.Words.T(asks, "Name", account.Name))
	return p, of, err
}

// changeFollowOfWork follows a work, or ends that.
func (w *Web) changeFollowOfWork(r *Request) (Response, error) {
	p, of, err := w.followWorkPage(r)
	if err != nil {
		return Response{}, err
	}
	return w.changeFollow(r, p, of)
}

// changeFollowOfPerson follows a person, or ends that.
func (w *Web) changeFollowOfPerson(r *Request) (Response, error) {
	p, of, err := w.followPersonPage(r)
	if err != nil {
		return Response{}, err
	}
	return w.changeFollow(r, p, of)
}

func (w *Web) changeFollow(r *Request, p page.FollowPage, of archive.Followed) (Response, error) {
	err := w.Feedback.Follow(r.Context(), r.Viewer, of, r.PostForm.Get("do") != "stop")
	var problems archive.Problems
	if errors.As(err, &problems) {
		p.Errors = page.ErrorsOf(p.Shell, problems)
		return Response{Status: http.StatusUnprocessableEntity, Page: p}, nil
	}
	if err != nil {
		return Response{}, err
	}
	to := p.Back
	if at, _, _ := strings.Cut(cleanReturn(r.PostForm.Get("to")), "?"); at == to || strings.HasPrefix(at, to+"/") {
		to = at
	}
	return goTo(to + "#follow")
}

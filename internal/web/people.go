package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// askAboutPerson asks before a person is blocked or muted, and says what that
// does.
func (w *Web) askAboutPerson(act string) handler {
	return func(r *Request) (Response, error) {
		p, _, err := w.personPage(r, act)
		return Response{Page: p}, err
	}
}

func (w *Web) personPage(r *Request, act string) (page.PersonPage, archive.Account, error) {
	p := page.PersonPage{Shell: w.private(r, ""), Act: act}
	var account archive.Account
	err := w.read(r, func(ctx context.Context, tx *store.Tx) (err error) {
		account, _, err = findUser(ctx, tx, r.PathValue("name"), "")
		return err
	})
	if err != nil {
		return p, account, err
	}
	if account.ID == r.Viewer.Account || account.Name == archive.OrphanAccount || act == page.ActBlock && account.Staff {
		return p, account, archive.ErrForbidden
	}
	p.Name, p.Action, p.Back = account.Name, userAddress(account.Name)+"/"+act, userAddress(account.Name)
	p.Title = r.Words.T("people.ask_mute", "Name", account.Name)
	if act == page.ActBlock {
		p.Title = r.Words.T("people.ask_block", "Name", account.Name)
	}
	return p, account, nil
}

// keepPersonAway blocks or mutes a person.
func (w *Web) keepPersonAway(act string) handler {
	return func(r *Request) (Response, error) {
		p, account, err := w.personPage(r, act)
		if err != nil {
			return Response{}, err
		}
		change := w.Feedback.Mute
		if act == page.ActBlock {
			change = w.Feedback.Block
		}
		err = change(r.Context(), r.Viewer, account.ID, true)
		var problems archive.Problems
		if errors.As(err, &problems) {
			p.Errors = page.ErrorsOf(p.Shell, problems)
			return Response{Status: http.StatusUnprocessableEntity, Page: p}, nil
		}
		if err != nil {
			return Response{}, err
		}
		return goTo(page.PathPeople)
	}
}

// listPeople answers with whom the member blocks and mutes.
func (w *Web) listPeople(r *Request) (Response, error) {
	p := page.PeoplePage{Shell: w.private(r, r.Words.T("people.title"))}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		blocked, err := tx.Ties.Blocked(ctx, r.Viewer.Account)
		if err != nil {
			return err
		}
		muted, err := tx.Ties.Muted(ctx, r.Viewer.Account)
		if err != nil {
			return err
		}
		p.Blocked, p.Muted = tied(blocked), tied(muted)
		things, err := tx.Muted.Of(ctx, r.Viewer)
		mutedThings(r, things, &p)
		return err
	})
	return Response{Page: p}, err
}

func tied(people []store.TiedTo) []page.TiedPerson {
	list := make([]page.TiedPerson, len(people))
	for i, t := range people {
		list[i] = page.TiedPerson{Person: page.Person{Name: t.Name, URL: userAddress(t.Name)}, ID: strconv.FormatInt(t.Account, 10), Since: t.At}
	}
	return list
}

// letPersonBack ends a block or a mute, or mutes a word.
func (w *Web) letPersonBack(r *Request) (Response, error) {
	act := r.PostForm.Get("do")
	person, err := strconv.ParseInt(r.PostForm.Get("id"), 10, 64)
	if act != page.ActAddWord && (err != nil || person < 1) {
		return Response{}, archive.ErrNotFound
	}
	switch act {
	case page.ActAddWord:
		err = w.Feedback.MuteWord(r.Context(), r.Viewer, r.PostForm.Get("word"))
	case page.ActBlock:
		err = w.Feedback.Block(r.Context(), r.Viewer, person, false)
	case page.ActMute:
		err = w.Feedback.Mute(r.Context(), r.Viewer, person, false)
	default:
		err = w.changeThing(r, act, person)
	}
	var problems archive.Problems
	if errors.As(err, &problems) { // there is no room for one more, or it is no word
		answer, err := w.listPeople(r)
		if err != nil {
			return Response{}, err
		}
		p, _ := answer.Page.(page.PeoplePage)
		p.Word = r.PostForm.Get("word")
		p.Errors = page.ErrorsOf(p.Shell, problems)
		return Response{Status: http.StatusUnprocessableEntity, Page: p}, nil
	}
	if err != nil {
		return Response{}, err
	}
	return goTo(page.PathPeople)
}

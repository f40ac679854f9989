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

// askToMuteTag asks before a tag is muted, and says what that does.
func (w *Web) askToMuteTag(r *Request) (Response, error) {
	p, _, err := w.mutePageOfTag(r)
	return Response{Page: p}, err
}

func (w *Web) mutePageOfTag(r *Request) (page.PersonPage, archive.Muted, error) {
	l, err := w.worksOfTag(r)
	if err != nil {
		return page.PersonPage{}, archive.Muted{}, err
	}
	return w.mutePage(r, page.ActMuteTag, l.page.Heading, l.address), archive.Muted{Tag: l.of.Tag}, nil
}

// askToMuteWork asks before a work is muted, and says what that does.
func (w *Web) askToMuteWork(r *Request) (Response, error) {
	p, _, err := w.mutePageOfWork(r)
	return Response{Page: p}, err
}

func (w *Web) mutePageOfWork(r *Request) (p page.PersonPage, what archive.Muted, err error) {
	id, err := r.number("work")
	if err != nil {
		return p, what, err
	}
	var o store.Opened
	err = w.read(r, func(ctx context.Context, tx *store.Tx) error {
		o, err = tx.Works.Open(ctx, r.Viewer, id)
		return err
	})
	if err != nil {
		return p, what, err
	}
	return w.mutePage(r, page.ActMuteWork, o.Title, workAddress(id)), archive.Muted{Work: id}, nil
}

func (w *Web) mutePage(r *Request, act, name, address string) page.PersonPage {
	p := page.PersonPage{Shell: w.private(r, r.Words.T("people.ask_mute", "Name", name)), Act: act, Name: name, Action: address + "/mute", Back: address}
	p.Title = r.Words.T("people.ask_mute", "Name", name)
	return p
}

// muteTag mutes a tag with all it means.
func (w *Web) muteTag(r *Request) (Response, error) {
	p, what, err := w.mutePageOfTag(r)
	if err != nil {
		return Response{}, err
	}
	return w.mutes(r, p, what)
}

// muteWork mutes a work.
func (w *Web) muteWork(r *Request) (Response, error) {
	p, what, err := w.mutePageOfWork(r)
	if err != nil {
		return Response{}, err
	}
	return w.mutes(r, p, what)
}

func (w *Web) mutes(r *Request, p page.PersonPage, what archive.Muted) (Response, error) {
	err := w.Feedback.MuteThing(r.Context(), r.Viewer, what, true)
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

// mutedThings dresses what a member mutes beside people.
func mutedThings(r *Request, things []store.MutedThing, p *page.PeoplePage) {
	for _, t := range things {
		one := page.TiedPerson{Since: t.At}
		switch {
		case t.Muted.Tag > 0:
			one.Person, one.ID = page.Person{Name: tagWord(r, t.Tag.Kind, t.Tag.Name), URL: tagAddress(t.Tag.ID, t.Tag.Name)}, strconv.FormatInt(t.Muted.Tag, 10)
			p.MutedTags = append(p.MutedTags, one)
		case t.Work > 0:
			one.Person, one.ID = page.Person{Name: t.Title, URL: workAddress(t.Work)}, strconv.FormatInt(t.Work, 10)
			if t.Title == "" { // it is not theirs to see now
				one.Person = page.Person{Name: r.Words.T("muted.gone")}
			}
			p.MutedWorks = append(p.MutedWorks, one)
		case t.Word > 0:
			one.Person, one.ID = page.Person{Name: t.Typed}, strconv.FormatInt(t.Word, 10)
			p.MutedWords = append(p.MutedWords, one)
		default:
			p.HidesAnonymous = true
		}
	}
}

// changeThing ends a mute of a tag, a work or a word, or begins or ends that of works
// without a name.
func (w *Web) changeThing(r *Request, act string, id int64) error {
	switch act {
	case page.ActMuteTag:
		return w.Feedback.MuteThing(r.Context(), r.Viewer, archive.Muted{Tag: id}, false)
	case page.ActMuteWork:
		return w.Feedback.MuteThing(r.Context(), r.Viewer, archive.Muted{Work: id}, false)
	case page.ActMuteWord:
		return w.Feedback.MuteThing(r.Context(), r.Viewer, archive.Muted{Word: id}, false)
	case page.ActMuteAnonymous, page.ActShowAnonymous:
		return w.Feedback.MuteThing(r.Context(), r.Viewer, archive.Muted{}, act == page.ActMuteAnonymous)
	}
	return archive.ErrNotFound
}

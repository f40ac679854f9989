package web

import (
	"errors"
	"net/url"
	"strconv"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/tempo"
	"ficus/internal/web/page"
)

// changePile keeps how its writer arranges a pile, and makes drafts of it when
// that is asked for.
func (w *Web) changePile(r *Request) (Response, error) {
	id, err := r.number("pile")
	if err != nil {
		return Response{}, err
	}
	do, at, _ := strings.Cut(r.PostForm.Get("do"), "-")
	if do == "drop" {
		if err := w.Writing.DropPile(r.Context(), r.Viewer, id); err != nil {
			return Response{}, err
		}
		return goTo(page.PathUpload)
	}
	pile, err := w.Writing.Pile(r.Context(), r.Viewer, id)
	if err != nil {
		return Response{}, err
	}
	arranged := typedPile(r.PostForm, pile)
	number, err := pressed(&arranged, pile, do, at)
	if err != nil {
		return Response{}, err
	}
	base, err := strconv.ParseInt(r.PostForm.Get("base"), 10, 64)
	if err != nil {
		return Response{}, archive.ErrNotFound
	}
	err = w.Writing.ArrangePile(r.Context(), r.Viewer, id, base, arranged)
	if err == nil && do == "make" {
		if passes, wait := w.Tempo.Allows(tempo.Piling, tempo.Sender{Viewer: r.Viewer, From: r.Client}, r.Now); !passes {
			return w.tooFast(r, wait), nil
		}
		arranged = archive.Arrangement{} // it is kept
		err = w.Writing.MakeDrafts(r.Context(), r.Viewer, id, r.Words.Tag())
	}
	if err != nil {
		return w.pileRefused(r, arranged, err)
	}
	address := pileAddress(id) + "?said=" + do
	if number > 0 {
		address += "#f-file-" + strconv.Itoa(number)
	}
	return goTo(address)
}

// pileRefused shows the pile with what is wrong.
func (w *Web) pileRefused(r *Request, typed archive.Arrangement, err error) (Response, error) {
	if errors.Is(err, archive.ErrConflict) {
		return w.pileConflict(r)
	}
	problems, status, err := w.mendable(r, err)
	if err != nil {
		return Response{}, err
	}
	return w.pileAgain(r, typed, problems, status)
}

// pressed adds to what was typed what the button says, and gives the text that
// it is about; 0 for a button that is about all.
func pressed(a *archive.Arrangement, pile archive.Pile, do, at string) (text int, err error) {
	switch do {
	case "save", "make":
		return 0, nil
	case "earlier", "later", "apart":
		number, err := strconv.Atoi(at)
		if err != nil {
			return 0, archive.ErrNotFound
		}
		if do == "apart" {
			a.Apart = number
			return number, nil
		}
		text, found := pile.Find(number)
		if !found {
			return 0, archive.ErrNotFound
		}
		by := 1
		if do == "earlier" {
			by = -1
		}
		a.Places[number] = text.Place + by
		return number, nil
	}
	return 0, archive.ErrNotFound
}

// typedPile reads what the form says of the texts and works it shows. What
// cannot be read stays as it is.
func typedPile(f url.Values, pile archive.Pile) archive.Arrangement {
	a := archive.Arrangement{
		Places: map[int]int{}, Works: map[int]int{}, In: map[int]bool{}, Chosen: map[int]int{}, Titles: map[int]string{}, Into: map[int]int64{},
	}
	for _, row := range f["row"] {
		number, err := strconv.Atoi(row)
		if err != nil {
			continue
		}
		a.In[number] = f.Has("in-" + row)
		for name, into := range map[string]map[int]int{"place-": a.Places, "work-": a.Works, "version-": a.Chosen} {
			if n, err := strconv.Atoi(strings.TrimSpace(f.Get(name + row))); err == nil {
				into[number] = n
			}
		}
	}
	for _, work := range pile.Works {
		number := strconv.Itoa(work.Number)
		if f.Has("title-" + number) {
			a.Titles[work.Number] = f.Get("title-" + number)
		}
		if into, err := strconv.ParseInt(f.Get("into-"+number), 10, 64); err == nil && into >= 0 {
			a.Into[work.Number] = into
		}
	}
	return a
}

package web

import (
	"errors"
	"slices"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/web/page"
)

// chooseInManuscript keeps what the writer decided about a guess and comes
// back to its place.
func (w *Web) chooseInManuscript(r *Request) (Response, error) {
	id, err := r.number("manuscript")
	if err != nil {
		return Response{}, err
	}
	start, startErr := strconv.Atoi(r.PostForm.Get("start"))
	end, endErr := strconv.Atoi(r.PostForm.Get("end"))
	do := r.PostForm.Get("do")
	if !ofWhole[do] && errors.Join(startErr, endErr) != nil {
		return Response{}, archive.ErrNotFound
	}
	switch do {
	case "again":
		err = w.Writing.ForgetChoices(r.Context(), r.Viewer, id)
	case "plain":
		err = w.Writing.PutAllBack(r.Context(), r.Viewer, id)
	case "afresh":
		err = w.Writing.ReadAfresh(r.Context(), r.Viewer, id)
	case "take":
		err = w.takeOther(r, id)
	case "unmark":
		err = w.Writing.ReadWithout(r.Context(), r.Viewer, id, "legend", r.PostForm.Get("shape"))
	case "undo":
		err = w.Writing.TakeBack(r.Context(), r.Viewer, id, start, end)
	case "story", "become":
		err = w.choose(r, id, manuscript.Choice{Start: start, End: end, What: partName(r.PostForm.Get("what")), Become: becomes(do, r.PostForm.Get("become"))})
	default:
		return Response{}, archive.ErrNotFound
	}
	if err != nil {
		return Response{}, err
	}
	said := do
	if do == "story" && r.PostForm.Get("what") == dedication {
		said = "no-dedication"
	}
	if ofWhole[do] {
		return goTo(manuscriptAddress(id) + "?said=" + said)
	}
	place, err := w.placeAfter(r, id, start, end)
	return Response{To: manuscriptAddress(id) + "?said=" + said + place}, err
}

// ofWhole are the presses that are about the whole text.
var ofWhole = map[string]bool{"again": true, "plain": true, "afresh": true, "take": true, "unmark": true}

// takeOther reads the file with, or without, words that were left out or taken.
func (w *Web) takeOther(r *Request, id int64) error {
	other, turns := manuscript.Turned(r.PostForm.Get("what"))
	if !turns {
		return archive.ErrNotFound
	}
	return w.Writing.TakeOther(r.Context(), r.Viewer, id, other)
}

// placeAfter is where on the page a span is after a choice about it.
func (w *Web) placeAfter(r *Request, id int64, start, end int) (string, error) {
	if r.PostForm.Get("what") == dedication {
		return "#" + page.Guess{Kind: dedication, Start: start, End: end}.Anchor(), nil
	}
	_, reading, err := w.Writing.Manuscript(r.Context(), r.Viewer, id)
	return placeOf(reading, start, end), err
}

// placeOf is where on the page a span is now: a choice may have split its
// guess, or joined it to the next.
func placeOf(reading manuscript.Reading, start, end int) string {
	for _, g := range reading.Guesses() {
		if g.Start < end && start < g.End {
			return "#" + page.Guess{Start: g.Start, End: g.End}.Anchor()
		}
	}
	return ""
}

func becomes(do, become string) string {
	if do == "story" {
		return "story"
	}
	return become
}

// partName is the part a guess is of: what is in the story is a block.
func partName(what string) string {
	switch what {
	case manuscript.Title, manuscript.Author, manuscript.Field, manuscript.Disclaimer, manuscript.OpeningNote, manuscript.ClosingNote,
		manuscript.ChapterHead, manuscript.LeftOut, dedication:
		return what
	}
	return manuscript.InStory
}

// choose keeps a choice, and the same one for all guesses like it when that
// was asked for.
func (w *Web) choose(r *Request, id int64, choice manuscript.Choice) error {
	choices := []manuscript.Choice{choice}
	if r.PostForm.Get("alike") != "" {
		_, reading, err := w.Writing.Manuscript(r.Context(), r.Viewer, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(reading.Parts, func(p manuscript.Part) bool { return p.Start == choice.Start && p.End == choice.End })
		for _, other := range reading.Guesses() {
			if i >= 0 && other.Start != choice.Start && likenessOf(other) == likenessOf(reading.Parts[i]) {
				choices = append(choices, manuscript.Choice{Start: other.Start, End: other.End, What: choice.What, Become: choice.Become})
			}
		}
	}
	return w.Writing.Choose(r.Context(), r.Viewer, id, choices...)
}

// likeness is what guesses that are alike have in common.
type likeness struct{ what, rule, offer string }

func likenessOf(p manuscript.Part) likeness { return likeness{p.What, p.Rule, p.Offer} }

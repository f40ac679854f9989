package web

import (
	"context"
	"slices"
	"strconv"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/store"
	"ficus/internal/web/page"
)

// habitRoutes are how writers see what was learnt of their manuscripts, and
// the preview that it makes possible.
func (w *Web) habitRoutes() []route {
	form := w.Limits.FormBytes
	return []route{
		{"GET /manuscripts/{manuscript}/preview", members, w.previewManuscript, form},
		{"GET /manuscripts/{manuscript}/chapter", writers, w.chapterFromManuscript, form},
		{"GET " + page.PathHabits, members, w.showHabits, form},
		{"POST " + page.PathHabits, members, w.forgetHabits, form},
	}
}

// showHabits answers with what the reader has learnt of the member's
// manuscripts.
func (w *Web) showHabits(r *Request) (Response, error) {
	p := page.HabitsPage{Shell: w.private(r, r.Words.T("habit.title"))}
	switch r.FormValue("said") {
	case "forgotten":
		p.Said = r.Words.T("habit.said_forgotten")
	case "all":
		p.Said = r.Words.T("habit.said_all")
	}
	err := w.read(r, func(ctx context.Context, tx *store.Tx) error {
		list, err := tx.Habits.Of(ctx, r.Viewer.Account, manuscript.MostHabits)
		for _, h := range list {
			p.Habits = append(p.Habits, habit(r, h))
		}
		return err
	})
	return Response{Page: p}, err
}

func habit(r *Request, h archive.Habit) page.Habit {
	shown := page.Habit{ID: h.ID, Kind: h.Kind, Shape: h.Shape, Accepted: h.Accepted, Undone: h.Undone, Asked: h.IsAsked(), At: h.At}
	if slices.Contains(manuscript.Rules(), h.Shape) {
		shown.Because = r.Words.T(manuscript.Reason(h.Shape))
	}
	return shown
}

// forgetHabits forgets one thing that was learnt, or all.
func (w *Web) forgetHabits(r *Request) (Response, error) {
	if r.PostForm.Get("do") == "all" {
		return Response{To: page.PathHabits + "?said=all"}, w.Writing.ForgetHabits(r.Context(), r.Viewer)
	}
	id, err := strconv.ParseInt(r.PostForm.Get("habit"), 10, 64)
	if err != nil {
		return Response{}, archive.ErrNotFound
	}
	return Response{To: page.PathHabits + "?said=forgotten"}, w.Writing.ForgetHabit(r.Context(), r.Viewer, id)
}

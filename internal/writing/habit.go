package writing

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/store"
)

// Accepted is a manuscript whose reading its writer took as it is, and what
// that teaches of their manuscripts. The zero value is none.
type Accepted struct {
	Manuscript int64
	Lessons    []manuscript.Lesson
}

// learn remembers what an accepted manuscript teaches, once for each.
func learn(ctx context.Context, tx *store.Tx, v archive.Viewer, a Accepted) error {
	if a.Manuscript == 0 {
		return nil
	}
	first, err := tx.Manuscripts.MarkLearnt(ctx, v.Account, a.Manuscript)
	if err != nil || !first {
		return err
	}
	// Always in the same order, so that two who learn at once never wait for
	// each other.
	lessons := slices.SortedFunc(slices.Values(a.Lessons), func(a, b manuscript.Lesson) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Shape, b.Shape))
	})
	lessons = slices.Compact(lessons)
	for _, l := range lessons[:min(len(lessons), manuscript.MostHabits)] {
		if err := tx.Habits.Learn(ctx, v.Account, l.Kind, l.Shape, l.Undone); err != nil {
			return err
		}
	}
	return tx.Habits.Keep(ctx, v.Account, manuscript.MostHabits)
}

// Known is what the reader of manuscripts knows of an account's.
func (w *Writing) Known(ctx context.Context, v archive.Viewer) ([]manuscript.Habit, error) {
	var learnt []archive.Habit
	err := w.store.Read(ctx, func(tx *store.Tx) (err error) {
		learnt, err = tx.Habits.Of(ctx, v.Account, manuscript.MostHabits)
		return err
	})
	known := []manuscript.Habit{}
	for _, h := range learnt {
		if h.IsTrusted() || h.IsAsked() {
			known = append(known, manuscript.Habit{Kind: h.Kind, Shape: h.Shape, Ask: h.IsAsked()})
		}
	}
	return known, err
}

func keepHabits(known []manuscript.Habit) (string, error) {
	stored, err := json.Marshal(known)
	return string(stored), err
}

// keptHabits is what was known of its writer when a manuscript was brought.
func keptHabits(ms archive.Manuscript) (known []manuscript.Habit, err error) {
	return known, json.Unmarshal([]byte(ms.Habits), &known)
}

// ForgetHabit forgets one thing that was learnt of an account's manuscripts.
// What was brought before is read as it was.
func (w *Writing) ForgetHabit(ctx context.Context, v archive.Viewer, id int64) error {
	return w.store.Write(ctx, func(tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: archive.AccountChanged, Actor: v.Account, Subject: v.Account})
		return tx.Habits.Forget(ctx, v.Account, id)
	})
}

// ForgetHabits forgets all that was learnt of an account's manuscripts.
func (w *Writing) ForgetHabits(ctx context.Context, v archive.Viewer) error {
	return w.store.Write(ctx, func(tx *store.Tx) error {
		tx.Log.Record(archive.Event{Kind: archive.AccountChanged, Actor: v.Account, Subject: v.Account})
		return tx.Habits.ForgetAll(ctx, v.Account)
	})
}

// ReadAfresh reads a manuscript as if nothing were known of its writer; what
// they chose about it stands.
func (w *Writing) ReadAfresh(ctx context.Context, v archive.Viewer, id int64) error {
	return w.store.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Manuscripts.Find(ctx, v.Account, id); err != nil {
			return err
		}
		return tx.Manuscripts.SetHabits(ctx, v.Account, id, "[]")
	})
}

// ReadWithout reads a manuscript as if one shape were not known of its writer.
func (w *Writing) ReadWithout(ctx context.Context, v archive.Viewer, id int64, kind, shape string) error {
	return w.store.Write(ctx, func(tx *store.Tx) error {
		ms, err := tx.Manuscripts.Find(ctx, v.Account, id)
		if err != nil {
			return err
		}
		known, err := keptHabits(ms)
		if err != nil {
			return err
		}
		kept, err := keepHabits(slices.DeleteFunc(known, func(h manuscript.Habit) bool { return h.Kind == kind && h.Shape == shape }))
		if err != nil {
			return err
		}
		return tx.Manuscripts.SetHabits(ctx, v.Account, id, kept)
	})
}

// PutAllBack puts all that was set apart in a manuscript back into its story.
func (w *Writing) PutAllBack(ctx context.Context, v archive.Viewer, id int64) error {
	_, reading, err := w.Manuscript(ctx, v, id)
	if err != nil {
		return err
	}
	var choices []manuscript.Choice
	for _, p := range reading.Guesses() {
		if p.What != manuscript.InStory {
			choices = append(choices, manuscript.Choice{Start: p.Start, End: p.End, What: p.What, Become: "story"})
		}
	}
	return w.Choose(ctx, v, id, choices...)
}

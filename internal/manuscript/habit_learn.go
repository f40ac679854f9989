package manuscript

import (
	"slices"

	"ficus/internal/prose"
)

// Lesson is what a writer's choices, made or left, say of one shape.
type Lesson struct {
	Habit
	Undone bool // it was put back
}

// lessons are what would be learnt if its writer accepted the reading as it is
// now. before holds the guesses as they were before the choices.
func (r *recogniser) lessons(before []guess) []Lesson {
	after := r.guess
	taught := map[Habit]bool{} // and whether it was put back
	var order []Habit
	r.eachPart(func(i int) bool { return after[i].chosen }, func(i, end int, h Habit) {
		if _, said := taught[h]; !said && r.learnable(i, end) {
			taught[h] = false
			order = append(order, h)
		}
	})
	chosen := len(order)
	r.guess = before
	r.eachPart(anyPart, func(i, end int, h Habit) {
		undone, said := taught[h]
		switch {
		case !said:
			order = append(order, h)
		case slices.Contains(order[:chosen], h):
			return // chosen in one place, whatever became of it in others
		}
		taught[h] = undone || changed(before[i:end], after[i:end])
	})
	r.guess = after
	lessons := make([]Lesson, len(order))
	for n, h := range order {
		lessons[n] = Lesson{h, taught[h]}
	}
	return lessons
}

func anyPart(int) bool { return true }

// eachPart gives every guess that is more than offered, with its shape, of
// those that begin where asked says so.
func (r *recogniser) eachPart(asked func(i int) bool, do func(i, end int, h Habit)) {
	for i := 0; i < len(r.paras); {
		end := r.partEnd(i)
		if r.guess[i].guessed() && r.guess[i].offer == "" && asked(i) {
			if h, ok := r.habitOf(i, end); ok {
				do(i, end, h)
			}
		}
		i = end
	}
}

// changed is true when a choice made something else of a part.
func changed(before, after []guess) bool {
	for k := range after {
		if after[k].chosen && (after[k].what != before[k].what || after[k].kind != before[k].kind) {
			return true
		}
	}
	return false
}

// learnable is true for a chosen part whose shape may be taken for itself next
// time: a break must look drawn, and nothing is learnt to be left out.
func (r *recogniser) learnable(i, end int) bool {
	switch g := r.guess[i]; {
	case g.what == LeftOut, g.what == Title, g.what == Author, g.what == Field:
		return false
	case g.what == InStory && g.kind == prose.SceneBreak:
		return end == i+1 && (breakable(&r.paras[i]) || r.paras[i].start == r.paras[i].end)
	case g.what == InStory && g.kind == prose.EndMark:
		return end == i+1 && r.paras[i].short(60) && hasLetters(r.paras[i].text)
	case g.what == InStory && g.kind == prose.SceneHeading:
		_, ok := r.slugs[i]
		return ok
	}
	return true
}

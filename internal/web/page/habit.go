package page

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// PathHabits is what the reader of manuscripts has learnt of a member's.
const PathHabits = "/account/manuscripts"

// HabitsPage lists what was learnt of a writer's manuscripts, for them alone.
// Its forms post habit, or do "all".
type HabitsPage struct {
	Shell
	Said   string // what the last press did
	Habits []Habit
}

// Render writes the page.
func (p HabitsPage) Render(ctx context.Context, w io.Writer) error {
	return habitsPage(p).Render(ctx, w)
}

// Habit is one shape that a writer accepted or put back.
type Habit struct {
	ID       int64
	Kind     string // as the reader of manuscripts names it
	Shape    string
	Because  string // when the shape is a rule's name: the rule, in words
	Accepted int
	Undone   int  // in a row, since
	Asked    bool // it is only offered
	At       time.Time
}

func (h Habit) id() string { return strconv.FormatInt(h.ID, 10) }

var habitKinds = map[string]string{
	"scene_break": "habit.kind_scene_break", "note_label": "habit.kind_note_label", "note_words": "habit.kind_note_words",
	"disclaimer_label": "habit.kind_disclaimer_label", "disclaimer_words": "habit.kind_disclaimer_words", "legend": "habit.kind_legend",
	"chapter_head": "habit.kind_chapter_head", "scene_heading": "habit.kind_scene_heading", "end_mark": "habit.kind_end_mark", "shape": "habit.kind_shape",
	"title": "habit.kind_title", "author": "habit.kind_author", "field": "habit.kind_field", "left_out": "habit.kind_left_out",
}

// kind names what the shape is of.
func (h Habit) kind(s Shell) string {
	if key, known := habitKinds[h.Kind]; known {
		return s.T(key)
	}
	return whatWord(s, h.Kind)
}

// typed is the shape as its writer types it, and whether it is that: a shape
// may also be known by a rule, which is said in words.
func (h Habit) typed(s Shell) (shape string, typed bool) {
	sign, meaning, _ := strings.Cut(h.Shape, " ")
	switch {
	case h.Kind == "scene_break" && h.Shape == "gap":
		return s.T("habit.shape_gap"), false
	case h.Kind == "scene_break" && h.Shape == "rule":
		return s.T("habit.shape_rule"), false
	case h.Kind == "legend" && meaning == "thought":
		return s.T("habit.shape_thought", "Sign", sign), false
	case h.Kind == "legend":
		return s.T("habit.shape_emphasis", "Sign", sign), false
	}
	if h.Because != "" {
		return h.Because, false
	}
	return h.Shape, true
}

// shape is the shape in words.
func (h Habit) shape(s Shell) string {
	shape, _ := h.typed(s)
	return shape
}

// count says how often it was met.
func (h Habit) count(s Shell) string {
	var said []string
	if h.Accepted > 0 {
		said = append(said, s.N("habit.accepted", h.Accepted))
	}
	if h.Undone > 0 {
		said = append(said, s.N("habit.put_back", h.Undone))
	}
	if h.Asked {
		said = append(said, s.T("habit.asked"))
	}
	return strings.Join(said, " · ")
}

// StraightPage shows the one chapter of a manuscript whose every guess its
// writer accepted before, as readers will get it. Its form posts do ("plain").
type StraightPage struct {
	Shell
	Action    string    // the manuscript, with its whole review
	Continue  string    // the form of a new work with it
	ChapterOf ChapterOf // the works of its writer
	Apart     []ReviewCount
	LeftOut   []ReviewCount // formatting that was left out
	Story     Story
	Chapter   Chapter
}

// Render writes the page.
func (p StraightPage) Render(ctx context.Context, w io.Writer) error {
	return straightPage(p).Render(ctx, w)
}

// Hosts are those of the chapter's players.
func (p StraightPage) Hosts() []string { return p.Chapter.Plays }

var apartKeys = map[string]string{
	"author": "straight.author", "chapter_head": "straight.chapter_head", "closing_note": "straight.closing_note", "disclaimer": "straight.disclaimer",
	"end_mark": "straight.end_mark", "field": "straight.field", "heading": "straight.heading", "left_out": "straight.left_out", "legend": "straight.legend",
	"letter": "straight.letter", "messages": "straight.messages", "opening_note": "straight.opening_note", "scene_break": "straight.scene_break",
	"scene_heading": "straight.scene_heading", "title": "straight.title", "verse": "straight.verse",
}

// apart says in one line what was set apart.
func (p StraightPage) apart() string {
	var said []string
	count := 0
	for _, c := range p.Apart {
		if key, known := apartKeys[c.Kind]; known {
			said = append(said, p.T(key))
			count += max(1, c.Count)
		}
	}
	if len(said) == 0 {
		return p.T("review.all_story")
	}
	line := p.N("straight.apart", count, "List", p.Words.List(said))
	first, size := utf8.DecodeRuneInString(line)
	return string(unicode.ToUpper(first)) + line[size:]
}

// leftOut says in one line what formatting was left out; empty: none.
func (p StraightPage) leftOut() string {
	var said []string
	for _, c := range p.LeftOut {
		said = append(said, CountWord(p.Shell, c))
	}
	if len(said) == 0 {
		return ""
	}
	return p.T("preview.left_out", "What", p.Words.List(said))
}

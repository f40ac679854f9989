package manuscript

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficus/internal/prose"
)

// Habit is one shape in a writer's manuscripts that they accepted before: their
// scene break, what their notes begin with, the words of their disclaimer.
type Habit struct {
	Kind  string `json:"kind"`          // scene_break, note_label, note_words, disclaimer_label, legend, chapter_head…
	Shape string `json:"shape"`         // "***", "ramblings", "i own nothing", "/ thought", "chapter #", or a rule's name
	Ask   bool   `json:"ask,omitempty"` // the writer put it back twice: it is only offered
}

// The kinds of habits. A Habit may also be of the kind of any other part: then
// its shape is what it begins with, or the name of its rule.
const (
	habitBreak           = "scene_break"
	habitNoteLabel       = "note_label"
	habitNoteWords       = "note_words"
	habitDisclaimerLabel = "disclaimer_label"
	habitDisclaimerWords = "disclaimer_words"
	habitLegend          = "legend"
	habitHead            = "chapter_head"
	habitHeading         = "scene_heading"
	habitEnd             = "end_mark"
	habitBlock           = "shape" // verse, a letter, messages
)

// MostHabits is how many habits a reading heeds; LongestHabit how many bytes a
// shape may take. What is longer is not learnt.
const (
	MostHabits   = 100
	LongestHabit = 300
)

// habits are the writer's, as the recogniser asks for them.
type habits struct {
	ask    map[Habit]bool // by kind and shape: whether to ask first
	labels []string       // what notes begin with that no table knows, longest first
}

func habitsOf(list []Habit) habits {
	h := habits{ask: map[Habit]bool{}}
	for _, one := range list[:min(len(list), MostHabits)] {
		if one.Shape == "" || len(one.Shape) > LongestHabit {
			continue
		}
		h.ask[Habit{Kind: one.Kind, Shape: one.Shape}] = one.Ask
		if _, known := labelOf(one.Shape + ":"); !known && !one.Ask && (one.Kind == habitNoteLabel || one.Kind == habitDisclaimerLabel) {
			h.labels = append(h.labels, one.Shape)
		}
	}
	slices.SortFunc(h.labels, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	return h
}

// trusts is true for a shape that was accepted and not put back since.
func (h habits) trusts(kind, shape string) bool {
	ask, known := h.ask[Habit{Kind: kind, Shape: shape}]
	return known && !ask
}

// asks is true for a shape that was put back twice.
func (h habits) asks(kind, shape string) bool { return h.ask[Habit{Kind: kind, Shape: shape}] }

// labelOf reads a label that only this writer has. It stays in its note.
func (h habits) labelOf(head string) (label, bool) {
	if len(h.labels) == 0 {
		return label{}, false
	}
	typed := ownLabel(head)
	if typed == "" || !slices.Contains(h.labels, typed) {
		return label{}, false
	}
	what := OpeningNote
	if !h.trusts(habitNoteLabel, typed) {
		what = Disclaimer
	}
	return label{name: "note", what: what, hard: true, typed: typed, learnt: true}, true
}

// labelled is what may be a writer's own label: one to three words before a
// colon or a dash, or alone on their line.
var labelled = guard(`^([\pL][\pL\pN'’/&.]*(?: [\pL][\pL\pN'’/&.]*){0,2})(?: ?[:：]| [-–—] |[~*_\])>]*$)`)

// ownLabel is what a paragraph begins with, if that may be a label.
func ownLabel(head string) string {
	body := strings.TrimLeft(clip(head, longestLabel), marksBefore)
	m := labelled.FindStringSubmatch(body)
	if m == nil || utf8.RuneCountInString(m[1]) > 24 {
		return ""
	}
	return strings.ToLower(straight(m[1]))
}

// folded is a text's words alone: small letters and figures, a space between.
func folded(text string) string {
	words := strings.FieldsFunc(strings.ToLower(straight(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) && r != '\''
	})
	return strings.Join(words, " ")
}

// drawnShape is what all breaks have in common that a writer draws alike,
// whatever their length and spaces: "* * *" and "******" are "***".
func drawnShape(raw string) string {
	signs := []rune(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, raw))
	for period := 1; period <= 4 && 2*period < len(signs); period++ {
		repeats := true
		for i := period; i < len(signs) && repeats; i++ {
			repeats = signs[i] == signs[i-period]
		}
		if repeats {
			return string(signs[:2*period+1])
		}
	}
	return string(signs)
}

// headShape is a chapter's head without what changes: its number is "#", and
// the title behind it is left out.
func headShape(text string) string {
	body := strings.Trim(text, "*_~-=#<>|[]•—–―─「」【】《》〈〉 \t　")
	if h, ok := headOf(text); ok && h.unit == namedUnit {
		body = cmp.Or(firstOf(body), body)
	} else if ok {
		body = cmp.Or(h.typed, body)
	}
	words := strings.Fields(strings.ToLower(body))
	numbered := false
	for i, word := range words {
		word = strings.Trim(word, ".:,;)(")
		if _, n, ok := numberAt(strings.ToUpper(word)); ok && n == len(word) && !numbered {
			words[i], numbered = "#", true
		} else {
			words[i] = word
		}
	}
	return strings.Join(words, " ")
}

// habitOf names the shape of a part, the paragraphs from i up to end; false
// when it has none that would be known again.
func (r *recogniser) habitOf(i, end int) (Habit, bool) {
	g := r.guess[i]
	h := Habit{Kind: g.what, Shape: g.rule}
	switch g.what {
	case InStory:
		h = r.habitOfBlock(i, end)
	case OpeningNote, ClosingNote, Disclaimer:
		h = r.habitOfNote(i, end)
	case Title, Author, Field:
		if l, ok := r.labels[i]; ok {
			h.Shape = l.typed
		}
	case ChapterHead:
		if shape := headShape(r.paras[i].text); g.rule != "chapter.heading" {
			h.Shape = shape
		}
		if g.chosen && !strings.Contains(h.Shape, "#") {
			h.Shape = "" // a name alone may be anything
		}
	}
	if g.chosen && h.Shape == g.rule {
		h.Shape = "" // a choice alone has no shape
	}
	return h, h.Shape != "" && len(h.Shape) <= LongestHabit
}

func (r *recogniser) habitOfBlock(i, end int) Habit {
	g := r.guess[i]
	switch g.kind {
	case prose.SceneBreak:
		shape := drawnShape(r.glyphs(i, end))
		if shape == "" {
			shape = "gap"
			if r.breaks[i].rule == "break.rule" {
				shape = "rule"
			}
		}
		return Habit{Kind: habitBreak, Shape: shape}
	case prose.SceneHeading:
		if s, ok := r.slugs[i]; ok {
			return Habit{Kind: habitHeading, Shape: s.rule}
		}
		return Habit{Kind: habitHeading, Shape: g.rule}
	case prose.EndMark:
		return Habit{Kind: habitEnd, Shape: folded(r.paras[i].text)}
	}
	return Habit{Kind: habitBlock, Shape: g.rule}
}

// habitOfNote is the label of a note or disclaimer, or else its words when
// they are few enough to be the same next time.
func (r *recogniser) habitOfNote(i, end int) Habit {
	p, kind := &r.paras[i], habitNoteLabel
	if r.guess[i].what == Disclaimer {
		kind = habitDisclaimerLabel
	}
	switch l, ok := r.labels[i]; {
	case ok:
		return Habit{Kind: kind, Shape: l.typed}
	case isLegend(p):
		return Habit{Kind: habitLegend, Shape: legendShape(p)}
	case r.guess[i].rule == "note.dedication":
		return Habit{Kind: habitNoteWords, Shape: "note.dedication"}
	case r.guess[i].chosen && ownLabel(p.head()) != "" && (wordCount(p.text) > 4 || end > i+1):
		return Habit{Kind: kind, Shape: ownLabel(p.head())}
	}
	kind = strings.Replace(kind, "label", "words", 1)
	if end > i+1 || !sayable(p.text) {
		return Habit{}
	}
	return Habit{Kind: kind, Shape: folded(p.text)}
}

// sayable is true for words that are known again when they come again: neither
// a cry nor a page.
func sayable(text string) bool {
	n := wordCount(clip(text, 2*LongestHabit))
	return n >= 3 && n <= 60
}

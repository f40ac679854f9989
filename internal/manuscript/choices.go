package manuscript

import (
	"sort"

	"ficus/internal/prose"
)

// Choice is what a writer chose about a part, kept against the part's span in
// the source text and what it was taken for. Choices are applied in order.
type Choice struct {
	Start  int    `json:"start"`
	End    int    `json:"end"`
	What   string `json:"what"`   // what the part was: opening_note, block…; "dedication" for a note's dedication
	Become string `json:"become"` // "story" puts it back; else what of a part, or the kind of a block
}

// storyKinds are the kinds of block a choice may name.
var storyKinds = map[string]prose.Kind{
	"story":         prose.Paragraph,
	"paragraph":     prose.Paragraph,
	"heading":       prose.Heading,
	"scene_heading": prose.SceneHeading,
	"scene_break":   prose.SceneBreak,
	"verse":         prose.Verse,
	"letter":        prose.Letter,
	"end_mark":      prose.EndMark,
}

// partNames are the parts outside the story that a choice may name.
var partNames = map[string]bool{
	Title: true, Author: true, Field: true, Disclaimer: true,
	OpeningNote: true, ClosingNote: true, ChapterHead: true, LeftOut: true,
}

// choose applies the writer's choices over the guesses. The guesses around
// stay as they are, so undoing one never moves another.
func (r *recogniser) choose(choices []Choice) {
	for _, c := range choices {
		if c.OfFile() {
			continue
		}
		if c.What == "dedication" || c.Become == "dedication" {
			r.undone[[2]int{c.Start, c.End}] = c.Become == "story"
			if c.Become != "dedication" || c.What == "dedication" {
				continue
			}
			c.Become = OpeningNote
		}
		lo, hi := r.span(c.Start, c.End)
		if lo < hi {
			r.choice(lo, hi, c)
		}
	}
	for i := range r.guess {
		r.guess[i].joins = r.guess[i].joins && i > 0 && sameGuess(r.guess[i-1], r.guess[i])
	}
}

// span finds the paragraphs that lie wholly between two offsets.
func (r *recogniser) span(start, end int) (lo, hi int) {
	lo = sort.Search(len(r.paras), func(i int) bool { return r.paras[i].start >= start })
	hi = lo
	for hi < len(r.paras) && r.paras[hi].end <= end {
		hi++
	}
	if start < end && lo < hi && r.paras[lo].end == start {
		lo++ // an empty break that belongs to the text before
	}
	return lo, hi
}

func (r *recogniser) choice(lo, hi int, c Choice) {
	g := guess{what: c.Become, rule: "choice.writer", confidence: 1, chosen: true}
	g.opensWork = r.guess[lo].opensWork
	kind, story := storyKinds[c.Become]
	switch {
	case partNames[c.Become]:
		r.set(lo, hi, g)
	case story:
		g.what = InStory
		for i := lo; i < hi; i++ {
			g.kind = r.naturalKind(i, kind, c)
			g.joins = i > lo && (g.kind == prose.SceneHeading || g.kind == prose.Verse || g.kind == prose.Letter)
			if r.paras[i].start == r.paras[i].end && g.kind == prose.Paragraph {
				g.what = LeftOut // a gap that is no break is only white space
			}
			r.guess[i] = g
			g.opensWork = false
		}
	}
}

// naturalKind is what a paragraph put back into the story is: what the file
// itself makes it, a break when it only parted notes, else a plain paragraph.
func (r *recogniser) naturalKind(i int, kind prose.Kind, c Choice) prose.Kind {
	p := &r.paras[i]
	switch {
	case c.Become != "story":
		return kind
	case p.form == markup:
		return p.block.Kind
	case r.isBreak(i) && c.What != InStory:
		return prose.SceneBreak
	}
	return kind
}

func sameGuess(a, b guess) bool {
	return a.what == b.what && a.rule == b.rule && a.kind == b.kind && a.chosen == b.chosen && !b.opensWork
}

// markBorders leaves out the breaks that only part the notes from the story:
// those at the very start and end of a chapter. It runs after the choices, so
// that a note put back gets its break back.
func (r *recogniser) markBorders() {
	if r.src.own {
		return
	}
	from := 0
	for i := 1; i <= len(r.paras); i++ {
		if i == len(r.paras) || r.guess[i].opensWork || r.guess[i].what == ChapterHead && !r.guess[i].joins {
			r.chapterBorders(from, i)
			from = i
		}
	}
}

func (r *recogniser) chapterBorders(lo, hi int) {
	first, last := hi, lo-1
	for i := lo; i < hi; i++ {
		if g := r.guess[i]; g.what == InStory && g.kind != prose.SceneBreak {
			first, last = min(first, i), i
		}
	}
	for i := lo; i < hi; i++ {
		if g := &r.guess[i]; g.what == InStory && g.kind == prose.SceneBreak && !g.chosen && (i < first || i > last) {
			g.what, g.rule, g.confidence = LeftOut, "break.border", 0.95
		}
	}
}

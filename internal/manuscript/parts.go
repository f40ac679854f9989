package manuscript

import (
	"slices"
	"strings"
)

// Part is one span of the source text and what it was taken for. Parts are
// sorted and do not overlap; between them stands only white space.
type Part struct {
	What       string  `json:"what"`
	Work       int     `json:"work"`
	Chapter    int     `json:"chapter"`
	Block      int     `json:"block"` // of the chapter's body, when What is "block"; else 0
	Rule       string  `json:"rule"`
	Confidence float64 `json:"confidence"` // 0 to 1; people are shown Certainty
	Start      int     `json:"start"`
	End        int     `json:"end"`
	Offer      string  `json:"offer,omitempty"` // the text is still story, but may be this: opening_note, scene_heading…
	Known      bool    `json:"known,omitempty"` // its writer accepted the same shape before
}

// Certainty says in a word how sure the guess is: "sure", "likely", or "look"
// when the writer should.
func (p Part) Certainty() string {
	switch {
	case p.Confidence >= 0.95:
		return "sure"
	case p.Confidence >= 0.9:
		return "likely"
	}
	return "look"
}

// Guessed is true when a rule took the part for something else than plain
// story, or offers to.
func (p Part) Guessed() bool {
	return p.What != InStory || p.Rule != "text.paragraph" && p.Rule != "text.markup"
}

// Guesses are the parts a writer may want to look at: all but plain story.
func (r Reading) Guesses() []Part {
	var guesses []Part
	for _, p := range r.Parts {
		if p.Guessed() {
			guesses = append(guesses, p)
		}
	}
	return guesses
}

// Text is the source text of a part.
func (r Reading) Text(p Part) string { return r.SourceText[p.Start:p.End] }

// Familiar is true when nothing of a reading needs to be looked at first: it is
// one chapter, and every guess is sure and of a shape that its writer accepted
// before. What has two sides in the file itself, such as a tracked change, is
// for its writer to look at.
func (r Reading) Familiar() bool {
	if len(r.Works) != 1 || len(r.Works[0].Chapters) != 1 || r.twoSided() {
		return false
	}
	apart, guesses := 0, r.Guesses()
	for _, p := range guesses {
		if !p.Known || p.Offer != "" || p.Certainty() != "sure" {
			return false
		}
		if p.What != InStory {
			apart += wordCount(r.Text(p))
		}
	}
	const few, share = 150, 5
	body := r.Works[0].Chapters[0].Body.Words()
	return len(guesses) > 0 && body > 0 && (apart <= few || apart*share <= body)
}

// twoSided is true when the file holds words that may be read or left.
func (r Reading) twoSided() bool {
	return slices.ContainsFunc(r.Dropped, func(d Dropped) bool {
		return strings.HasPrefix(d.Kind, "tracked-") || strings.HasPrefix(d.Kind, "hidden-text")
	})
}

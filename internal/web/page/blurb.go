package page

import (
	"strings"
	"time"
)

// Blurb is a work in a list.
type Blurb struct {
	URL        string
	Title      string
	Lang       string // of title and summary, BCP 47
	Restricted bool
	State      string // for its own writer: "draft", "scheduled", "hidden"; empty when posted
	Fandoms    []Tag
	Byline     []Person
	Gifts      []Person // whom it is given to
	Signs
	Relationships []Tag
	Characters    []Tag
	Freeforms     []Tag
	Summary       string // safe HTML, shown at once: see CutSummary
	SummaryRest   string // safe HTML, folded away; empty when nothing is left
	Words         int
	Kudos         int
	Comments      int // shown to everyone
	CommentsURL   string
	Updated       time.Time
	Found         Excerpt // in the text, for what was sought
}

// Excerpt is where in a work something that was sought stands, and what is said
// there; the zero Excerpt is none.
type Excerpt struct {
	URL     string
	Chapter string
	Pieces  []Piece // none: the text is behind a question
}

// Piece is a part of an excerpt; what was sought is marked.
type Piece struct {
	Text   string
	Marked bool
}

// tagGroup is tags of one kind, or the part of them that is shown or folded.
type tagGroup struct {
	kind string // relationships, characters, freeforms
	tags []Tag
}

const (
	tagsOnDesk  = 12 // shown anywhere before the rest folds
	tagsOnPhone = 6  // shown on a phone
	// A kind of which fewer than this would stand is folded whole: two stray
	// tags say less than none.
	worthCutting = 4
)

// foldTags divides the tags in those that stand and those that fold. When all
// of them fit on a desk, narrow is true: the fold is for phones alone.
func foldTags(groups ...tagGroup) (shown, folded []tagGroup, rest int, narrow bool) {
	total := 0
	for _, g := range groups {
		total += len(g.tags)
	}
	room := tagsOnDesk
	if total <= tagsOnDesk {
		room, narrow = tagsOnPhone, true
	}
	for _, g := range groups {
		n := min(room, len(g.tags))
		if n < len(g.tags) && n < worthCutting {
			n, room = 0, 0
		}
		room -= n
		shown = append(shown, tagGroup{g.kind, g.tags[:n]})
		folded = append(folded, tagGroup{g.kind, g.tags[n:]})
		rest += len(g.tags) - n
	}
	return shown, folded, rest, narrow
}

func (g tagGroup) label(s Shell) string {
	switch g.kind {
	case "relationships":
		return s.T("tags.relationships")
	case "characters":
		return s.T("tags.characters")
	}
	return s.T("tags.freeforms")
}

func (t Tag) class() string {
	switch {
	case t.Matched && t.Main:
		return "matched main"
	case t.Matched:
		return "matched"
	case t.Main:
		return "main"
	}
	return ""
}

// sameLanguage compares two BCP 47 tags by their language alone: a list in
// English need not say that a work is in British English.
func sameLanguage(a, b string) bool {
	a, _, _ = strings.Cut(a, "-")
	b, _, _ = strings.Cut(b, "-")
	return strings.EqualFold(a, b)
}

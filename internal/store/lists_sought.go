package store

import (
	"strings"

	"ficus/internal/archive"
)

// Sought is what works are searched for: a word or a phrase, or several of
// those. The zero Sought is nothing, and holds of every work.
type Sought struct {
	Join  Join
	Of    []Sought
	In    SoughtIn
	Kind  archive.TagKind // in a tag: of the tag
	Words string          // with a star at its end: as a word's beginning; in a tag: its name
	Tag   int64           // in a tag: what it means; 0: no tag is called so

	// How the database finds it in chapters and in summaries; empty: nowhere. See
	// Passages.Seek.
	Text, Summary string
}

// Join is how the parts of what is sought belong together.
type Join uint8

// The joins.
const (
	One Join = iota // a word or a phrase, without parts
	All
	Any
	Not // of one part
)

// SoughtIn is where something is sought.
type SoughtIn string

// Where words are sought.
const (
	Anywhere  SoughtIn = ""
	InTitle   SoughtIn = "title"
	InNames   SoughtIn = "author"
	InTag     SoughtIn = "tag"
	InText    SoughtIn = "text"
	InSummary SoughtIn = "summary"
)

// IsZero reports whether nothing is sought.
func (s Sought) IsZero() bool { return s.Join == One && s.Words == "" }

// Each calls with every word, phrase and tag that is sought.
func (s *Sought) Each(do func(*Sought)) {
	if s.Join == One && s.Words != "" {
		do(s)
	}
	for i := range s.Of {
		s.Of[i].Each(do)
	}
}

// inTitles is the same, sought in titles alone.
func (s Sought) inTitles() Sought {
	if s.In == Anywhere {
		s.In = InTitle
	}
	of := make([]Sought, len(s.Of))
	for i, part := range s.Of {
		of[i] = part.inTitles()
	}
	s.Of = of
	return s
}

// Words are sought where they stand: in titles and tags anywhere within a
// word, in pen names by the beginning of one. A sort title lacks its article,
// and LOWER knows only ASCII on SQLite: between them no word of a title is
// missed.
const (
	hasInTitle = `(w.sort_title LIKE ? ESCAPE '!' OR LOWER(w.title) LIKE ? ESCAPE '!')`
	hasInTag   = `w.id IN (SELECT wt.work FROM tags t JOIN work_tags wt ON wt.tag = t.id WHERE t.search LIKE ? ESCAPE '!')`
	hasInName  = `(w.id IN (SELECT wc.work FROM pseuds p JOIN work_creators wc ON wc.pseud = p.id WHERE p.folded LIKE ? ESCAPE '!') AND ` + isNamed + `)`
	isByName   = `(w.id IN (SELECT wc.work FROM pseuds p JOIN work_creators wc ON wc.pseud = p.id
		WHERE p.folded LIKE ? ESCAPE '!' OR p.folded LIKE ? ESCAPE '!') AND ` + isNamed + `)`
)

// condition is what is sought, in SQL.
func (s Sought) condition(w *where) string {
	switch s.Join {
	case Not:
		return `NOT ` + s.Of[0].condition(w)
	case All, Any:
		between := ` AND `
		if s.Join == Any {
			between = ` OR `
		}
		parts := make([]string, len(s.Of))
		for i, part := range s.Of {
			parts[i] = part.condition(w)
		}
		return `(` + strings.Join(parts, between) + `)`
	}
	words := strings.TrimRight(s.Words, "*")
	folded := archive.FoldName(words)
	name := likeAnywhere(folded)
	switch s.In {
	case InTag:
		if s.Tag == 0 {
			return `1 = 0`
		}
		return w.numberTag(isFoundByTag, s.Tag)
	case InTitle:
		return w.number(hasInTitle, name, name)
	case InText:
		return among(w, w.chapters, s.Text)
	case InSummary:
		return among(w, w.summaries, s.Summary)
	case InNames:
		begins := escapeLike(folded) + "%"
		return w.number(isByName, begins, "% "+begins)
	}
	around := w.number(hasInTitle, name, name) + ` OR ` + w.number(hasInTag, likeAnywhere(FoldSought(words))) + ` OR ` + w.number(hasInName, name)
	if s.Text != "" {
		around += ` OR ` + among(w, w.chapters, s.Text)
	}
	if s.Summary != "" {
		around += ` OR ` + among(w, w.summaries, s.Summary)
	}
	return `(` + around + `)`
}

// among is that a match stands in texts; what none is looked for stands
// nowhere.
func among(w *where, texts, match string) string {
	if match == "" {
		return `1 = 0`
	}
	return `w.id IN ` + w.number(texts, match)
}

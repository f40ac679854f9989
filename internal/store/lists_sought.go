package store

import (
	"strconv"
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

	// How the database finds it in what things are called, in chapters and in
	// summaries; empty: nowhere. See Passages.Seek.
	Name, Text, Summary string
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

// What is called so, in SQL. Of names, a work is found by those of its tags, as
// its creators wrote them, by what those mean, and by what stands above that; and
// by its creators' pen names, where those are no secret.
const (
	byTitle = `w.id IN `
	byTag   = `w.id IN (SELECT wt.work FROM work_tags wt WHERE wt.tag IN `
	byName  = `(w.id IN (SELECT wc.work FROM work_creators wc WHERE wc.pseud IN `

	meansOneOf = ` UNION ALL SELECT s.id FROM tags s WHERE s.canonical > 0 AND s.canonical IN `
	belowOneOf = ` UNION ALL SELECT ta.tag FROM tags_above ta JOIN tags m ON m.id = ta.above AND m.canonical = 0 WHERE ta.above IN `
	meansBelow = ` UNION ALL SELECT s.id FROM tags_above ta JOIN tags m ON m.id = ta.above AND m.canonical = 0
		JOIN tags s ON s.canonical = ta.tag AND s.canonical > 0 WHERE ta.above IN `
)

// called is where things of a kind are found by a match.
func (w *where) calledSo(kind calledKind, match string) string {
	return w.number(w.called, match) + strconv.Itoa(int(kind)) + `)`
}

func (w *where) inTitle(match string) string { return byTitle + w.calledSo(calledWork, match) }

func (w *where) inTag(match string) string {
	so := w.calledSo(calledTag, match)
	return byTag + `(SELECT c.id FROM tags c WHERE c.id IN ` + so + meansOneOf + so + belowOneOf + so + meansBelow + so + `))`
}

func (w *where) inName(match string) string {
	return byName + w.calledSo(calledPseud, match) + `) AND ` + isNamed + `)`
}

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
	switch s.In {
	case InTag:
		if s.Tag == 0 {
			return nowhere
		}
		return w.numberTag(isFoundByTag, s.Tag)
	case InTitle:
		return so(w.inTitle, s.Name)
	case InNames:
		return so(w.inName, s.Name)
	case InText:
		return among(w, w.chapters, s.Text)
	case InSummary:
		return among(w, w.summaries, s.Summary)
	}
	var anywhere []string
	if s.Name != "" {
		anywhere = append(anywhere, w.inTitle(s.Name), w.inTag(s.Name), w.inName(s.Name))
	}
	if s.Text != "" {
		anywhere = append(anywhere, among(w, w.chapters, s.Text))
	}
	if s.Summary != "" {
		anywhere = append(anywhere, among(w, w.summaries, s.Summary))
	}
	if anywhere == nil {
		return nowhere
	}
	return `(` + strings.Join(anywhere, ` OR `) + `)`
}

// nowhere is what no work answers to.
const nowhere = `1 = 0`

// so is that something is called by a match; nothing is by none.
func so(condition func(match string) string, match string) string {
	if match == "" {
		return nowhere
	}
	return condition(match)
}

// among is that a match stands in texts; what none is looked for stands
// nowhere.
func among(w *where, texts, match string) string {
	if match == "" {
		return nowhere
	}
	return `w.id IN ` + w.number(texts, match)
}

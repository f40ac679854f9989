package catalog

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/prose"
	"ficus/internal/prose/words"
	"ficus/internal/store"
)

// InTexts is what became of a search by words.
type InTexts struct {
	Asked       bool     // something was sought in texts
	TooLong     bool     // that took too long, and was left
	Nothing     bool     // all of it took too long: there is no list
	Off         bool     // the archive does not search chapters, which were asked for by name
	Partly      bool     // not all chapters have been read yet
	NamesPartly bool     // nor all titles, tags and names
	Common      []string // words in so many chapters that they only narrow others
}

// Excerpt is where in a work something that is sought stands: a chapter, and
// what it says there.
type Excerpt struct {
	Chapter archive.Chapter
	Number  int // among those that are posted
	Pieces  []Piece
}

// Piece is a part of an excerpt; what was sought is marked.
type Piece struct {
	Text   string
	Marked bool
}

// Excerpts shows, of works that a list found by their texts, where: none of
// works that were found otherwise, and of none that the viewer may not find.
func (c *Catalog) Excerpts(ctx context.Context, v archive.Viewer, l Listed) (map[int64]Excerpt, error) {
	matches, phrases := shown(l.sought)
	if len(matches) == 0 || len(l.Blurbs) == 0 {
		return nil, nil
	}
	works := make([]int64, len(l.Blurbs))
	for i, b := range l.Blurbs {
		works[i] = b.ID
	}
	excerpts := map[int64]Excerpt{}
	hurried, end := within(ctx, c.Patience.Texts)
	defer end()
	err := c.store.Read(hurried, func(tx *store.Tx) error {
		where, err := whereIn(hurried, tx, v, matches, works)
		for _, work := range works { // the first first, while there is time
			if err != nil || where[work] == 0 {
				continue
			}
			var excerpt Excerpt
			var found bool
			if excerpt, found, err = excerptOf(hurried, tx, work, where[work], phrases); found {
				excerpts[work] = excerpt
			}
		}
		return err
	})
	if hurried.Err() != nil && ctx.Err() == nil {
		err = nil
	}
	return excerpts, err
}

// whereIn gives a chapter of each work in which all matches stand, or else one.
func whereIn(ctx context.Context, tx *store.Tx, v archive.Viewer, matches []string, works []int64) (map[int64]int64, error) {
	where, err := tx.Passages.Where(ctx, v, tx.Passages.Every(matches...), works)
	if err != nil || len(matches) == 1 || len(where) == len(works) {
		return where, err
	}
	rest := slices.DeleteFunc(slices.Clone(works), func(work int64) bool { return where[work] > 0 })
	also, err := tx.Passages.Where(ctx, v, tx.Passages.Either(matches...), rest)
	maps.Copy(where, also)
	return where, err
}

// shown is what of a search is shown in chapters: what has to stand there, or
// might, as the database is asked for it and as it is looked for in the text.
func shown(s store.Sought) (matches []string, phrases []words.Phrase) {
	if s.Join == store.Not {
		return nil, nil
	}
	if s.Join == store.One && s.Text != "" {
		matches, phrases = append(matches, s.Text), append(phrases, words.Sought(s.Words))
	}
	for _, part := range s.Of {
		m, p := shown(part)
		matches, phrases = append(matches, m...), append(phrases, p...)
	}
	slices.SortStableFunc(phrases, func(a, b words.Phrase) int { return cmp.Compare(len(b.Words), len(a.Words)) })
	return matches, phrases
}

// excerptOf reads a chapter and cuts an excerpt out of it; false when nothing
// of what is sought stands in what it says now.
func excerptOf(ctx context.Context, tx *store.Tx, work, chapter int64, phrases []words.Phrase) (e Excerpt, found bool, err error) {
	posted, err := tx.Chapters.Of(ctx, work, false)
	if err != nil {
		return e, false, err
	}
	at := slices.IndexFunc(posted, func(c archive.Chapter) bool { return c.ID == chapter })
	if at < 0 {
		return e, false, nil
	}
	e.Chapter, e.Number = posted[at], at+1
	told, err := tx.Chapters.Told(ctx, chapter)
	if err != nil {
		return e, false, err
	}
	for _, text := range []string{prose.ReadStored(told.Body).Lines(), prose.ReadStored(told.Summary).Lines(), e.Chapter.Title} {
		if e.Pieces = excerpt(text, phrases); e.Pieces != nil {
			return e, true, nil
		}
	}
	return e, false, nil
}

// excerptLetters is about how long an excerpt is.
const excerptLetters = 160

// excerpt cuts out of a text what stands around the first phrase that stands
// in it, and marks every phrase there; nil when none does.
func excerpt(text string, phrases []words.Phrase) []Piece {
	all := slices.Collect(words.Each(text))
	for _, phrase := range phrases {
		if first, last, found := phrase.In(all); found {
			from, to := around(text, all, first, last)
			return marked(text, all[from:to+1], phrases)
		}
	}
	return nil
}

// around widens a phrase to the words that an excerpt has room for, a third of
// them before it.
func around(text string, all []words.Word, first, last int) (from, to int) {
	letters := func(from, to int) int { return len([]rune(text[all[from].From:all[to].To])) }
	from, to = first, last
	for from > 0 && letters(from-1, last) <= max(excerptLetters/3, letters(first, last)+excerptLetters/6) {
		from--
	}
	for to+1 < len(all) && letters(from, to+1) <= excerptLetters {
		to++
	}
	for from > 0 && letters(from-1, to) <= excerptLetters {
		from--
	}
	return from, to
}

// marked is a part of a text in pieces, with dots where it was cut.
func marked(text string, part []words.Word, phrases []words.Phrase) []Piece {
	var pieces []Piece
	at := part[0].From
	if at > 0 {
		pieces = append(pieces, Piece{Text: "… "})
	}
	add := func(to int, marked bool) {
		if said := strings.Join(strings.FieldsFunc(text[at:to], func(r rune) bool { return r == '\n' }), " "); said != "" {
			pieces = append(pieces, Piece{Text: said, Marked: marked})
		}
		at = to
	}
	for i := 0; i < len(part); i++ {
		for _, phrase := range phrases {
			first, last, found := phrase.In(part[i:min(len(part), i+len(phrase.Words))])
			if !found || first > 0 {
				continue
			}
			if part[i].From > at {
				add(part[i].From, false)
			}
			add(part[i+last].To, true)
			i += last
			break
		}
	}
	end := part[len(part)-1].To
	for end < len(text) && !strings.ContainsRune(" \n", rune(text[end])) && end-part[len(part)-1].To < 4 { // what closes the sentence
		end++
	}
	add(toLetter(text, end), false)
	if strings.TrimSpace(text[at:]) != "" {
		pieces = append(pieces, Piece{Text: " …"})
	}
	return pieces
}

// toLetter is the end of the letter a place stands in.
func toLetter(text string, at int) int {
	for at < len(text) && text[at]&0xC0 == 0x80 {
		at++
	}
	return at
}

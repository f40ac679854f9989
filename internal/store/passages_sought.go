package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ficus/internal/archive"
	"ficus/internal/prose/words"
	"ficus/internal/sqldb"
)

// A passage holds while what it was read from is as it was: what an edit took
// away, and what is no longer posted, is not found.
const (
	holdsChapter = `c.revision = p.revision AND c.posted_at IS NOT NULL`
	holdsSummary = `p.chapter = 0 AND s.revision = p.revision`

	// The passages of some works, each first that a reader comes to first.
	passagesOf = `SELECT p.id, p.work, p.chapter FROM passages p JOIN chapters c ON c.id = p.chapter JOIN works w ON w.id = p.work
		WHERE ` + holdsChapter + ` AND ` + isListed + ` AND p.work IN `
)

func (p Passages) isPostgres() bool { return p.tx.Engine() == sqldb.Postgres }

func (p Passages) addWords(ctx context.Context, id int64, all []string) error {
	if p.isPostgres() {
		return do(ctx, p.conn, addWordsPostgres, id, placed(all))
	}
	return do(ctx, p.conn, addWordsSQLite, id, spaced(all))
}

func (p Passages) dropWords(ctx context.Context, work, chapter int64) error {
	if p.isPostgres() {
		return do(ctx, p.conn, dropWordsPostgres, work, chapter)
	}
	return do(ctx, p.conn, dropWordsSQLite, work, chapter)
}

// Tidy does a little of what the database has to do after passages were added,
// so that nobody waits for much of it.
func (p Passages) Tidy(ctx context.Context) error {
	if p.isPostgres() { // it does so by itself
		return nil
	}
	return p.tidySQLite(ctx)
}

// Match is how the database is asked for a phrase.
func (p Passages) match(phrase words.Phrase) string {
	if p.isPostgres() {
		return matchPostgres(phrase)
	}
	return matchSQLite(phrase)
}

// Every is all of several matches, in one passage.
func (p Passages) Every(matches ...string) string {
	if p.isPostgres() {
		return `(` + strings.Join(matches, ` & `) + `)`
	}
	return `(` + strings.Join(matches, ` AND `) + `)`
}

// Either is one of several matches.
func (p Passages) Either(matches ...string) string {
	if p.isPostgres() {
		return `(` + strings.Join(matches, ` | `) + `)`
	}
	return `(` + strings.Join(matches, ` OR `) + `)`
}

// Seek looks up how the words and phrases among what is sought are found in what
// things are called, in summaries, and in chapters if those are searched, and
// gives those that are too common for texts: they only narrow what stands beside
// them.
func (p Passages) Seek(ctx context.Context, s *Sought, chapters bool) (common []string, err error) {
	var single []string
	s.Each(func(one *Sought) {
		if one.In == Anywhere || one.In == InTitle || one.In == InNames {
			one.Name = Called(p).match(one.Words)
		}
		if phrase := one.phrase(); len(phrase.Words) == 1 {
			single = append(single, phrase.Words[0])
		}
	})
	known, err := p.Common(ctx, single)
	if err != nil {
		return nil, err
	}
	k := seeker{Passages: p, known: known, chapters: chapters}
	k.seek(s, nil)
	return k.common, nil
}

// phrase is what a part is found by in texts; none if it is sought elsewhere.
func (s Sought) phrase() words.Phrase {
	if s.Join != One || s.In != Anywhere && s.In != InText && s.In != InSummary {
		return words.Phrase{}
	}
	return words.Sought(s.Words)
}

// seeker walks what is sought.
type seeker struct {
	Passages
	known    map[string]bool // words that are common
	chapters bool            // are searched
	common   []string        // words that could not be sought in texts
}

// isCommon reports whether a phrase stands in so many texts that looking for it
// alone would take long and find everything.
func (k *seeker) isCommon(phrase words.Phrase) bool {
	return len(phrase.Words) == 1 && !phrase.Begins && k.known[phrase.Words[0]]
}

// seek looks up a part of what is sought; beside it all of those hold which are
// rare.
func (k *seeker) seek(s *Sought, rare []string) {
	if s.Join == All {
		rare = slices.Clone(rare)
		for i := range s.Of {
			if phrase := s.Of[i].phrase(); len(phrase.Words) > 0 && !k.isCommon(phrase) {
				rare = append(rare, k.match(phrase))
			}
		}
	}
	if s.Join == Not {
		rare = nil
	}
	for i := range s.Of {
		k.seek(&s.Of[i], rare)
	}
	phrase := s.phrase()
	switch {
	case len(phrase.Words) == 0:
	case !k.isCommon(phrase):
		k.set(s, k.match(phrase))
	case len(rare) > 0:
		k.set(s, k.Every(k.match(phrase), k.Either(rare...)))
	default:
		k.common = append(k.common, s.Words)
	}
}

func (k *seeker) set(s *Sought, match string) {
	if s.In != InSummary && k.chapters {
		s.Text = match
	}
	if s.In != InText {
		s.Summary = match
	}
}

// Found counts the chapters and summaries in which each part of what is sought
// is found, so that who has no more time learns before the rest is looked for.
func (p Passages) Found(ctx context.Context, s *Sought) (found int64, err error) {
	chapters, summaries := p.inTexts()
	s.Each(func(one *Sought) {
		for _, asked := range [][2]string{{chapters, one.Text}, {summaries, one.Summary}} {
			if err == nil && asked[1] != "" {
				found, err = p.count(ctx, asked[0], asked[1], found)
			}
		}
	})
	return found, err
}

func (p Passages) count(ctx context.Context, texts, match string, before int64) (int64, error) {
	w := newWhere()
	n, err := one(ctx, p.conn, scanInt, `SELECT COUNT(*) FROM `+w.number(texts, match)+` f`, w.args...)
	return before + n, err
}

// Holding gives the works in whose chapters or summaries a part of what is
// sought is found, some of them more than once. Whether they are to be found is
// asked by others.
func (p Passages) Holding(ctx context.Context, s Sought) (works []int64, err error) {
	chapters, summaries := p.inTexts()
	for _, asked := range [][2]string{{chapters, s.Text}, {summaries, s.Summary}} {
		if asked[1] == "" || err != nil {
			continue
		}
		w := newWhere()
		var some []int64
		some, err = all(ctx, p.conn, scanInt, `SELECT f.work FROM `+w.number(asked[0], asked[1])+` f`, w.args...)
		works = append(works, some...)
	}
	return works, err
}

// inTexts is where works are found by their texts, by the database's own words.
func (p Passages) inTexts() (chapters, summaries string) {
	if p.isPostgres() {
		return textsPostgres, summariesPostgres
	}
	return textsSQLite, summariesSQLite
}

// Where gives, of some works, a chapter each in which a match stands; none of
// works whose chapters have none, or that the viewer may not find. Of very many
// chapters not all are looked at.
func (p Passages) Where(ctx context.Context, v archive.Viewer, match string, works []int64) (map[int64]int64, error) {
	if len(works) == 0 {
		return nil, nil
	}
	type passage struct{ id, work, chapter int64 }
	scan := func(row sqldb.Scanner) (one passage, err error) {
		return one, row.Scan(&one.id, &one.work, &one.chapter)
	}
	args := append([]any{v.Account, v.Staff, micros(p.now)}, anys(works)...)
	passages, err := all(ctx, p.conn, scan, passagesOf+`(`+list(4, len(works))+`) ORDER BY c.position, p.ordinal`, args...)
	if err != nil {
		return nil, err
	}
	among, andMatch := amongSQLite, andMatchSQLite
	if p.isPostgres() {
		among, andMatch = amongPostgres, andMatchPostgres
	}
	found := map[int64]bool{}
	for some := range slices.Chunk(passages[:min(len(passages), mostLookedAt)], mostNumbers) {
		var args []any
		for _, one := range some {
			args = append(args, one.id)
		}
		statement := among + `(` + list(1, len(some)) + `)` + fmt.Sprintf(andMatch, len(some)+1)
		hits, err := all(ctx, p.conn, scanInt, statement, append(args, match)...)
		if err != nil {
			return nil, err
		}
		for _, id := range hits {
			found[id] = true
		}
	}
	where := map[int64]int64{}
	for _, one := range passages {
		if _, has := where[one.work]; found[one.id] && !has {
			where[one.work] = one.chapter
		}
	}
	return where, nil
}

// mostLookedAt is how many passages of a page of works are looked at for one to
// show.
const mostLookedAt = 4000

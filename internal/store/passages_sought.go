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
	k := seeker{Passages: p, chapters: chapters}
	if err := k.learn(ctx, s); err != nil {
		return nil, err
	}
	k.seek(s, nil)
	return k.common, nil
}

// learn looks up which words and pairs among what is sought are common, and
// which words make pairs; what names are asked with it notes beside.
func (k *seeker) learn(ctx context.Context, s *Sought) (err error) {
	var all []string
	s.Each(func(one *Sought) {
		if one.In == Anywhere || one.In == InTitle || one.In == InNames {
			one.Name = Called(k.Passages).match(one.Words)
		}
		phrase := one.phrase().Words
		all = append(all, phrase...)
		if len(phrase) == 2 {
			all = append(all, words.Pair(phrase[0], phrase[1]))
		}
	})
	slices.Sort(all)
	all = slices.Compact(all)
	if k.known, err = k.Common(ctx, all); err == nil {
		k.paired, err = k.Pairing(ctx, all)
	}
	return err
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
	known    map[string]bool // words and pairs that are common
	paired   map[string]bool // words that make pairs
	chapters bool            // are searched
	common   []string        // words that could not be sought in texts
}

// isCommon reports whether a phrase stands in so many texts that looking for it
// alone would take long and find everything.
func (k *seeker) isCommon(phrase words.Phrase) bool {
	phrase = k.inPairs(phrase)
	return len(phrase.Words) == 1 && !phrase.Begins && k.known[phrase.Words[0]]
}

// inPairs is a phrase by the pairs it stands in, where all its words make some.
func (k *seeker) inPairs(phrase words.Phrase) words.Phrase {
	if pairs := phrase.Pairs(func(word string) bool { return k.paired[word] }); pairs != nil {
		return words.Phrase{Words: pairs}
	}
	return phrase
}

// seek looks up a part of what is sought; beside it all of those hold which are
// rare.
func (k *seeker) seek(s *Sought, rare []string) {
	if s.Join == All {
		rare = slices.Clone(rare)
		for i := range s.Of {
			if phrase := s.Of[i].phrase(); len(phrase.Words) > 0 && !k.isCommon(phrase) {
				rare = append(rare, k.match(k.inPairs(phrase)))
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
		k.set(s, k.match(k.inPairs(phrase)))
	case len(rare) > 0:
		k.set(s, k.Every(k.match(k.inPairs(phrase)), k.Either(rare...)))
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
	ids := make([]int64, min(len(passages), mostLookedAt))
	for i := range ids {
		ids[i] = passages[i].id
	}
	found, err := p.holds(ctx, match, ids)
	if err != nil {
		return nil, err
	}
	where := map[int64]int64{}
	for _, one := range passages {
		if _, has := where[one.work]; found[one.id] && !has {
			where[one.work] = one.chapter
		}
	}
	return where, nil
}

// holds tells in which of some passages a match stands, and perhaps of others.
func (p Passages) holds(ctx context.Context, match string, ids []int64) (found map[int64]bool, err error) {
	found = map[int64]bool{}
	note := func(row sqldb.Scanner) (id int64, err error) {
		err = row.Scan(&id)
		found[id] = true
		return id, err
	}
	if p.isPostgres() {
		for some := range slices.Chunk(ids, mostNumbers) {
			statement := amongPostgres + `(` + list(1, len(some)) + `)` + fmt.Sprintf(andMatchPostgres, len(some)+1)
			if _, err := all(ctx, p.conn, note, statement, append(anys(some), match)...); err != nil {
				return nil, err
			}
		}
		return found, nil
	}
	for _, near := range runs(ids) {
		if _, err := all(ctx, p.conn, note, amongSQLite, match, near[0], near[1]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// mostLookedAt is how many passages of a page of works are looked at for one to
// show.
const mostLookedAt = 4000

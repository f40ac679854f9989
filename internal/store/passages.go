package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Passages are what works and chapters say, read out of them to be found by:
// who reads them is package finding. All of it can be made anew.
type Passages struct{ conn }

// Passage is a text, or a part of a long one, in words as they are sought.
type Passage struct {
	Work, Chapter int64 // chapter 0: the work's summary
	Ordinal       int   // of the parts of one text, from 0
	Revision      int64 // of the chapter or the work, as it was read
	Pairs         int64 // that it was read with; see PassagesRead
	Words         []string
}

// PassagesRead is how far works have been read.
type PassagesRead struct {
	Work     int64 // all works up to it; AllWorks: every one
	Event    int64 // what happened up to it has been heeded
	Chapters bool  // chapters are read too, not summaries alone
	Sampled  int64 // how many chapters there were when common words were last counted

	Pairs    int64 // texts are read with pairs of the words that make some since then
	Paired   int64 // and all have been with those of then
	PairedAt int64 // how many chapters there were when those words were counted
	Again    int64 // the works that were read once more for it are those up to it
}

// AllWorks is where reading ends.
const AllWorks = 1<<63 - 1

// Texts are the texts of a work that are to be found, each by its revision.
type Texts struct {
	Title, Summary string
	Revision       int64
	Chapters       []archive.Chapter // that are posted
}

// NotAs lists the texts that were read at another revision, or never, and those
// that are there no more, at the revision 0. A text of the chapter 0 is the
// summary.
func (t Texts) NotAs(kept map[int64]int64) (others []TextRead) {
	left := maps.Clone(kept)
	look := func(one TextRead) {
		if at, has := kept[one.Chapter]; !has || at != one.Revision {
			others = append(others, one)
		}
		delete(left, one.Chapter)
	}
	if t.Revision > 0 {
		look(TextRead{Revision: t.Revision})
	}
	for _, c := range t.Chapters {
		look(TextRead{Chapter: c.ID, Title: c.Title, Revision: c.Revision})
	}
	for chapter := range left {
		others = append(others, TextRead{Chapter: chapter})
	}
	return others
}

// TextRead is a text by its revision.
type TextRead struct {
	Work     int64
	Chapter  int64
	Title    string
	Revision int64
}

const (
	findPassagesRead = `SELECT work, event, chapters, sampled, pairs, paired, paired_at, again FROM passages_read`
	setPassagesRead  = `INSERT INTO passages_read (one, work, event, chapters, sampled, pairs, paired, paired_at, again) VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (one) DO UPDATE SET work = excluded.work, event = excluded.event, chapters = excluded.chapters, sampled = excluded.sampled,
			pairs = excluded.pairs, paired = excluded.paired, paired_at = excluded.paired_at, again = excluded.again`
	summaryToFind = `SELECT summary, revision FROM works WHERE id = $1 AND posted_at IS NOT NULL`
	passagesKept  = `SELECT chapter, MAX(CASE WHEN ordinal = 0 AND pairs >= $2 THEN revision ELSE 0 END) FROM passages WHERE work = $1 GROUP BY chapter`
	addPassage    = `INSERT INTO passages (work, chapter, ordinal, revision, pairs) VALUES ($1, $2, $3, $4, $5) RETURNING id`
	dropPassages  = `DELETE FROM passages WHERE work = $1 AND chapter = $2`
	nextWorks     = `SELECT id FROM works WHERE id > $1 ORDER BY id LIMIT $2`
	nextKept      = `SELECT DISTINCT work FROM passages WHERE work > $1 AND work <= $2`
	anyPassage    = `SELECT COALESCE(MAX(id), 0) FROM passages`
	lastChapter   = `SELECT COALESCE(MAX(id), 0) FROM chapters`
	chapterAt     = `SELECT id FROM chapters WHERE id >= $1 AND posted_at IS NOT NULL ORDER BY id LIMIT 1`
	countToFind   = `SELECT COALESCE(SUM(CASE WHEN id <= $1 THEN posted ELSE 0 END), 0), COALESCE(SUM(posted), 0) FROM works WHERE posted_at IS NOT NULL`
	dropCommon    = `DELETE FROM common_words`
	addCommon     = `INSERT INTO common_words (word) VALUES ($1) ON CONFLICT (word) DO NOTHING`
	commonAmong   = `SELECT word FROM common_words WHERE word IN `
	pairedWords   = `SELECT word FROM paired_words WHERE since <= $1 ORDER BY word`
	addPaired     = `INSERT INTO paired_words (word, since) VALUES ($1, $2) ON CONFLICT (word) DO NOTHING`
	pairedAmong   = `SELECT word FROM paired_words WHERE since <= (SELECT paired FROM passages_read) AND word IN `
)

// Read tells how far works have been read; archive.ErrNotFound when nobody
// began.
func (p Passages) Read(ctx context.Context) (PassagesRead, error) {
	return one(ctx, p.conn, scanPassagesRead, findPassagesRead)
}

func scanPassagesRead(row sqldb.Scanner) (r PassagesRead, err error) {
	return r, row.Scan(&r.Work, &r.Event, &r.Chapters, &r.Sampled, &r.Pairs, &r.Paired, &r.PairedAt, &r.Again)
}

// SetRead notes how far works have been read.
func (p Passages) SetRead(ctx context.Context, r PassagesRead) error {
	return do(ctx, p.conn, setPassagesRead, r.Work, r.Event, r.Chapters, r.Sampled, r.Pairs, r.Paired, r.PairedAt, r.Again)
}

// Next lists some works after one, and those of which passages are left though
// they are gone themselves, in order.
func (p Passages) Next(ctx context.Context, after int64, most int) (works, gone []int64, err error) {
	if works, err = all(ctx, p.conn, scanInt, nextWorks, after, most); err != nil {
		return nil, nil, err
	}
	last := int64(AllWorks)
	if len(works) == most {
		last = works[most-1]
	}
	kept, err := all(ctx, p.conn, scanInt, nextKept, after, last)
	there := map[int64]bool{}
	for _, work := range works {
		there[work] = true
	}
	for _, work := range kept {
		if !there[work] {
			gone = append(gone, work)
		}
	}
	return works, gone, err
}

// Texts gives what a work is to be found by; nothing of one that was never
// posted, or is gone.
func (p Passages) Texts(ctx context.Context, work int64) (t Texts, err error) {
	found, err := all(ctx, p.conn, func(row sqldb.Scanner) (bool, error) { return true, row.Scan(&t.Summary, &t.Revision) }, summaryToFind, work)
	if err != nil || len(found) == 0 {
		return t, err
	}
	t.Chapters, err = Chapters(p).Of(ctx, work, false)
	return t, err
}

// Kept gives the revisions that passages of a work were read at, by chapter; 0
// of one that was not read to its end, or with fewer pairs.
func (p Passages) Kept(ctx context.Context, work, pairs int64) (map[int64]int64, error) {
	kept := map[int64]int64{}
	_, err := all(ctx, p.conn, func(row sqldb.Scanner) (chapter int64, err error) {
		var revision int64
		err = row.Scan(&chapter, &revision)
		kept[chapter] = revision
		return chapter, err
	}, passagesKept, work, pairs)
	return kept, err
}

// Put adds passages. Their words come last: SQLite writes those of a transaction
// together only if no other table is written between.
func (p Passages) Put(ctx context.Context, passages []Passage) error {
	ids := make([]int64, len(passages))
	for i, passage := range passages {
		var err error
		if ids[i], err = one(ctx, p.conn, scanInt, addPassage, passage.Work, passage.Chapter, passage.Ordinal, passage.Revision, passage.Pairs); err != nil {
			return fmt.Errorf("keep a passage of work %d: %w", passage.Work, err)
		}
	}
	for i, id := range ids {
		if err := p.addWords(ctx, id, passages[i].Words); err != nil {
			return fmt.Errorf("keep words of work %d: %w", passages[i].Work, err)
		}
	}
	return nil
}

// Drop forgets the passages of a chapter, or of a work's summary.
func (p Passages) Drop(ctx context.Context, work, chapter int64) error {
	if err := p.dropWords(ctx, work, chapter); err != nil {
		return fmt.Errorf("forget passages of work %d: %w", work, err)
	}
	return do(ctx, p.conn, dropPassages, work, chapter)
}

// Progress is how many posted chapters have been read, and how many there are.
func (p Passages) Progress(ctx context.Context) (done, total int64, err error) {
	read, err := all(ctx, p.conn, scanPassagesRead, findPassagesRead)
	if err != nil {
		return 0, 0, err
	}
	upTo := int64(0)
	if len(read) > 0 && read[0].Chapters {
		upTo = read[0].Work
	}
	_, err = one(ctx, p.conn, func(row sqldb.Scanner) (bool, error) { return true, row.Scan(&done, &total) }, countToFind, upTo)
	return done, total, err
}

// IsEmpty reports whether nothing has been read.
func (p Passages) IsEmpty(ctx context.Context) (bool, error) {
	last, err := one(ctx, p.conn, scanInt, anyPassage)
	return last == 0, err
}

// LastChapter is the number of the newest chapter.
func (p Passages) LastChapter(ctx context.Context) (int64, error) {
	return one(ctx, p.conn, scanInt, lastChapter)
}

// ChapterAt gives the posted chapter of a number, or the next.
func (p Passages) ChapterAt(ctx context.Context, id int64) (chapter int64, err error) {
	return one(ctx, p.conn, scanInt, chapterAt, id)
}

// SetCommon keeps which words are common.
func (p Passages) SetCommon(ctx context.Context, words []string) error {
	if err := do(ctx, p.conn, dropCommon); err != nil {
		return err
	}
	for _, word := range words {
		if err := do(ctx, p.conn, addCommon, word); err != nil {
			return err
		}
	}
	return nil
}

// Common are those of some words and pairs that are common.
func (p Passages) Common(ctx context.Context, words []string) (map[string]bool, error) {
	return p.among(ctx, commonAmong, words)
}

// Pairing are those of some words that make pairs in every text.
func (p Passages) Pairing(ctx context.Context, words []string) (map[string]bool, error) {
	return p.among(ctx, pairedAmong, words)
}

func (p Passages) among(ctx context.Context, statement string, words []string) (map[string]bool, error) {
	among := map[string]bool{}
	for some := range slices.Chunk(words, mostNumbers) {
		args := make([]any, len(some))
		for i, word := range some {
			args[i] = word
		}
		found, err := all(ctx, p.conn, scanText, statement+`(`+list(1, len(some))+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, word := range found {
			among[word] = true
		}
	}
	return among, nil
}

// AddPaired has more words make pairs, from one time on.
func (p Passages) AddPaired(ctx context.Context, words []string, since int64) error {
	for _, word := range words {
		if err := do(ctx, p.conn, addPaired, word, since); err != nil {
			return err
		}
	}
	return nil
}

// Paired are the words that make pairs since some time.
func (p Passages) Paired(ctx context.Context, since int64) (map[string]bool, error) {
	paired := map[string]bool{}
	_, err := all(ctx, p.conn, func(row sqldb.Scanner) (word string, err error) {
		err = row.Scan(&word)
		paired[word] = true
		return word, err
	}, pairedWords, since)
	return paired, err
}

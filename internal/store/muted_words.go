package store

import (
	"context"
	"errors"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// MutedWords are the words that members mute in titles and summaries, each once
// for all who do, and the works they stand in. The gate in visible.go reads
// them (decision 0295).
type MutedWords struct{ conn }

const (
	addMutedWord  = `INSERT INTO muted_words (folded, first) VALUES ($1, $2) ON CONFLICT (folded) DO UPDATE SET looked = muted_words.looked RETURNING id`
	holdMutedWord = `UPDATE muted_words SET looked = looked WHERE folded = $1 RETURNING id`
	holdMuted     = `UPDATE muted_words SET looked = looked WHERE id = $1`
	// Nobody can mute what is called so, and nothing begins with it.
	disownMutedWord  = `UPDATE muted_words SET folded = '#' || id, first = '' WHERE id = $1`
	mutedByNobody    = `SELECT id FROM muted_words w WHERE NOT EXISTS (SELECT 1 FROM muted m WHERE m.word = w.id) ORDER BY id LIMIT $1`
	mutedWordWith    = `SELECT id, folded, looked FROM muted_words WHERE id = $1`
	mutedWordsByHead = `SELECT id, folded, looked FROM muted_words WHERE first IN `
	lookedFor        = `UPDATE muted_words SET looked = $2 WHERE id = $1`
	dropMutedWord    = `DELETE FROM muted_words WHERE id = $1`
	isWordMuted      = `SELECT COUNT(*) FROM (SELECT 1 FROM muted WHERE word = $1 LIMIT 1) m`
	wordings         = `SELECT id, title, summary FROM works`
	wordingOf        = wordings + ` WHERE id = $1`
	nextWordings     = wordings + ` WHERE id > $1 ORDER BY id LIMIT $2`
	addWorkWord      = `INSERT INTO work_words (work, word) VALUES ($1, $2) ON CONFLICT DO NOTHING`
	emptyWorkWords   = `DELETE FROM work_words WHERE work = $1`
	emptyMutedWord   = `DELETE FROM work_words WHERE word = $1 AND work IN (SELECT work FROM work_words WHERE word = $1 ORDER BY work LIMIT $2)`
	worksWithWord    = `SELECT work FROM work_words WHERE word = $1 ORDER BY work`
)

// headsAtOnce is how many words of a text are looked up together.
const headsAtOnce = 500

// mutedWord is a row of them.
type mutedWord struct {
	id     int64
	word   MutedWord
	looked int64 // the last work that was looked through for it
}

// Ensure gives the number of a word, which stays until the transaction ends; new
// when works may have to be looked through for it.
func (m MutedWords) Ensure(ctx context.Context, word MutedWord) (id int64, isNew bool, err error) {
	id, err = one(ctx, m.conn, scanInt, holdMutedWord, word.folded())
	if !errors.Is(err, archive.ErrNotFound) {
		return id, false, err
	}
	id, err = one(ctx, m.conn, scanInt, addMutedWord, word.folded(), word.head())
	return id, true, err
}

// Look looks for a word through the next works, so many at most, and tells in
// how many it stands; done when there are no more, or the word is gone.
func (m MutedWords) Look(ctx context.Context, id int64, limit int) (found int, done bool, err error) {
	words, err := all(ctx, m.conn, scanMutedWord, mutedWordWith, id)
	if err != nil || len(words) == 0 {
		return 0, true, err
	}
	works, err := all(ctx, m.conn, scanWording, nextWordings, words[0].looked, limit)
	if err != nil || len(works) == 0 {
		return 0, true, err
	}
	for _, w := range works {
		if !words[0].word.standsIn(w.Title, w.Summary) {
			continue
		}
		// Whoever is editing the work is waited for, and what they wrote is read.
		if err := do(ctx, m.conn, holdWork, w.ID); err != nil {
			return 0, false, err
		}
		if err := m.Note(ctx, w.ID); err != nil {
			return 0, false, err
		}
		found++
	}
	return found, len(works) < limit, do(ctx, m.conn, lookedFor, id, works[len(works)-1].ID)
}

// Note writes down which muted words stand in the title or the summary of a
// work now.
func (m MutedWords) Note(ctx context.Context, work int64) error {
	if err := do(ctx, m.conn, emptyWorkWords, work); err != nil {
		return err
	}
	w, err := one(ctx, m.conn, scanWording, wordingOf, work)
	if err != nil {
		return err
	}
	heads := mutedHeads(w.Title, w.Summary)
	for some := range slices.Chunk(heads, headsAtOnce) {
		args := make([]any, len(some))
		for i, head := range some {
			args[i] = head
		}
		words, err := all(ctx, m.conn, scanMutedWord, mutedWordsByHead+`(`+list(1, len(some))+`)`, args...)
		if err != nil {
			return err
		}
		for _, word := range words {
			if !word.word.standsIn(w.Title, w.Summary) {
				continue
			}
			if err := do(ctx, m.conn, addWorkWord, work, word.id); err != nil {
				return err
			}
		}
	}
	return nil
}

// Works lists the works a word stands in.
func (m MutedWords) Works(ctx context.Context, id int64) ([]int64, error) {
	return all(ctx, m.conn, scanInt, worksWithWord, id)
}

// Unmuted lists words that nobody mutes any more, so many at most.
func (m MutedWords) Unmuted(ctx context.Context, limit int) ([]int64, error) {
	return all(ctx, m.conn, scanInt, mutedByNobody, limit)
}

// Forget forgets a word that nobody mutes, of so many works at a time; done when
// it is gone, or muted again.
func (m MutedWords) Forget(ctx context.Context, id int64, limit int) (done bool, err error) {
	if err := do(ctx, m.conn, holdMuted, id); err != nil { // whoever is muting it is waited for
		return false, err
	}
	muted, err := one(ctx, m.conn, scanInt, isWordMuted, id)
	if err != nil || muted > 0 {
		return true, err
	}
	if err := do(ctx, m.conn, disownMutedWord, id); err != nil {
		return false, err
	}
	n, err := exec(ctx, m.conn, emptyMutedWord, id, limit)
	if err != nil || n > 0 {
		return false, err
	}
	return true, do(ctx, m.conn, dropMutedWord, id)
}

func scanMutedWord(row sqldb.Scanner) (w mutedWord, err error) {
	var folded string
	err = row.Scan(&w.id, &folded, &w.looked)
	w.word = mutedWordOf(folded)
	return w, err
}

func scanWording(row sqldb.Scanner) (w archive.Work, err error) {
	return w, row.Scan(&w.ID, &w.Title, &w.Summary)
}

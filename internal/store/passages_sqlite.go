package store

import (
	"context"
	"slices"
	"strings"

	"ficus/internal/prose/words"
)

// Full text on SQLite: FTS5, which keeps where words stand and not the text.
const (
	addWordsSQLite  = `INSERT INTO passage_words (rowid, words) VALUES ($1, $2)`
	dropWordsSQLite = `DELETE FROM passage_words WHERE rowid IN (SELECT id FROM passages WHERE work = $1 AND chapter = $2)`
	tidyWordsSQLite = `INSERT INTO passage_words (passage_words, rank) VALUES ('merge', $1)`
	amongSQLite     = `SELECT rowid FROM passage_words WHERE passage_words MATCH $1 AND rowid BETWEEN $2 AND $3`

	textsSQLite = `(SELECT p.work FROM passage_words CROSS JOIN passages p ON p.id = passage_words.rowid
		CROSS JOIN chapters c ON c.id = p.chapter WHERE passage_words MATCH ? AND ` + holdsChapter + `)`
	summariesSQLite = `(SELECT p.work FROM passage_words CROSS JOIN passages p ON p.id = passage_words.rowid
		CROSS JOIN works s ON s.id = p.work WHERE passage_words MATCH ? AND ` + holdsSummary + `)`
)

// runs are numbers by the first and the last of those that lie near each other:
// FTS5 looks a match up anew for each number it is asked for, but for a run of
// them once.
func runs(ids []int64) (near [][2]int64) {
	const gap = 64
	for _, id := range slices.Sorted(slices.Values(ids)) {
		if last := len(near) - 1; last >= 0 && id-near[last][1] <= gap {
			near[last][1] = id
		} else {
			near = append(near, [2]int64{id, id})
		}
	}
	return near
}

// spaced is a passage as FTS5 takes it.
func spaced(all []string) string { return strings.Join(all, " ") }

// matchSQLite is a phrase as FTS5 is asked for it.
func matchSQLite(p words.Phrase) string {
	match := `"` + strings.Join(p.Words, " ") + `"`
	if p.Begins {
		match += " *"
	}
	return match
}

// mergedAtOnce is how many pages FTS5 merges at a time, while others wait to
// write.
const mergedAtOnce = 40

func (p Passages) tidySQLite(ctx context.Context) error {
	return do(ctx, p.conn, tidyWordsSQLite, mergedAtOnce)
}

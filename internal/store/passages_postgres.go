package store

import (
	"strconv"
	"strings"

	"ficus/internal/prose/words"
)

// Full text on PostgreSQL: tsvector, of words that were cut in the program.
const (
	addWordsPostgres  = `INSERT INTO passage_words (passage, words) VALUES ($1, CAST($2 AS tsvector))`
	dropWordsPostgres = `DELETE FROM passage_words WHERE passage IN (SELECT id FROM passages WHERE work = $1 AND chapter = $2)`
	amongPostgres     = `SELECT passage FROM passage_words WHERE passage IN `
	andMatchPostgres  = ` AND words @@ CAST($%d AS tsquery)`

	textsPostgres = `(SELECT p.work FROM passage_words x JOIN passages p ON p.id = x.passage
		JOIN chapters c ON c.id = p.chapter WHERE x.words @@ CAST(? AS tsquery) AND ` + holdsChapter + `)`
	summariesPostgres = `(SELECT p.work FROM passage_words x JOIN passages p ON p.id = x.passage
		JOIN works s ON s.id = p.work WHERE x.words @@ CAST(? AS tsquery) AND ` + holdsSummary + `)`
)

// placed is a passage as tsvector is written: each word with its places.
func placed(all []string) string {
	places := make(map[string][]int, len(all))
	var order []string
	for i, word := range all {
		if word == words.Between { // its place alone matters
			continue
		}
		if places[word] == nil {
			order = append(order, word)
		}
		places[word] = append(places[word], i+1)
	}
	var b strings.Builder
	for _, word := range order {
		b.WriteByte('\'')
		b.WriteString(word) // of letters alone: nothing in it means anything
		b.WriteByte('\'')
		between := byte(':')
		for _, place := range places[word] {
			b.WriteByte(between)
			b.WriteString(strconv.Itoa(place))
			between = ','
		}
		b.WriteByte(' ')
	}
	return b.String()
}

// matchPostgres is a phrase as PostgreSQL is asked for it.
func matchPostgres(p words.Phrase) string {
	match := `'` + strings.Join(p.Words, `' <-> '`) + `'`
	if p.Begins {
		match += ":*"
	}
	return `(` + match + `)`
}

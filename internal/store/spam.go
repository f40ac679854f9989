package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

const (
	wordsSeen = `SELECT word, spam, ok FROM spam_words WHERE word IN `
	learnWord = `INSERT INTO spam_words (word, spam, ok) VALUES ($1, $2, $3)
		ON CONFLICT (word) DO UPDATE SET spam = spam_words.spam + excluded.spam, ok = spam_words.ok + excluded.ok`
)

// SpamWords tells how often each word stood in comments that were judged; the empty
// word, how many there were.
func (t Threads) SpamWords(ctx context.Context, words []string) (map[string]archive.WordSeen, error) {
	seen := map[string]archive.WordSeen{}
	args := []any{""}
	for _, word := range words {
		args = append(args, word)
	}
	_, err := all(ctx, t.conn, func(row sqldb.Scanner) (string, error) {
		var word string
		var w archive.WordSeen
		err := row.Scan(&word, &w.Spam, &w.Ok)
		seen[word] = w
		return word, err
	}, wordsSeen+`(`+list(1, len(args))+`)`, args...)
	return seen, err
}

// LearnWords counts the words of a comment that was judged.
func (t Threads) LearnWords(ctx context.Context, words []string, spam bool) error {
	bad, ok := 0, 1
	if spam {
		bad, ok = 1, 0
	}
	for _, word := range append([]string{""}, words...) {
		if err := do(ctx, t.conn, learnWord, word, bad, ok); err != nil {
			return err
		}
	}
	return nil
}

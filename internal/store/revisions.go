package store

import (
	"context"
	"encoding/json"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Revisions are the published saves of chapters, kept for ever.
type Revisions struct{ conn }

const (
	addRevision  = `INSERT INTO revisions (chapter, number, account, at, title, words, fields) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	revisionsOf  = `SELECT id, chapter, number, account, at, words FROM revisions WHERE chapter = $1 ORDER BY number DESC`
	findRevision = `SELECT title, fields FROM revisions WHERE chapter = $1 AND number = $2`
)

// Add keeps what a chapter says at one published save.
func (r Revisions) Add(ctx context.Context, chapter archive.Chapter, account int64, text archive.ChapterText) error {
	fields, err := json.Marshal(text)
	if err != nil {
		return err
	}
	return do(ctx, r.conn, addRevision, chapter.ID, chapter.Revision, account, micros(r.now), chapter.Title, chapter.Words, r.pack.pack(string(fields)))
}

// Of lists a chapter's revisions, the newest first.
func (r Revisions) Of(ctx context.Context, chapter int64) ([]archive.Revision, error) {
	return all(ctx, r.conn, func(row sqldb.Scanner) (archive.Revision, error) {
		var v archive.Revision
		return v, row.Scan(&v.ID, &v.Chapter, &v.Number, &v.Account, instant{&v.At}, &v.Words)
	}, revisionsOf, chapter)
}

// Kept is what a chapter said at a revision.
type Kept struct {
	Title string
	Text  archive.ChapterText
}

// Find gives what a chapter said at one revision.
func (r Revisions) Find(ctx context.Context, chapter, number int64) (Kept, error) {
	return one(ctx, r.conn, func(row sqldb.Scanner) (Kept, error) {
		var k Kept
		var fields string
		if err := row.Scan(&k.Title, packed{r.pack, &fields}); err != nil {
			return k, err
		}
		return k, json.Unmarshal([]byte(fields), &k.Text)
	}, findRevision, chapter, number)
}

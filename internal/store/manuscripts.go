package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Manuscripts are texts as they came, each for the account that brought it
// alone. The original lies in the bucket under its key.
type Manuscripts struct{ conn }

const (
	addManuscript  = `INSERT INTO manuscripts (account, name, kind, sha256, bytes, key, choices, removed, habits, created_at) VALUES ($1, $2, $3, $4, $5, $6, '[]', $7, $8, $9) RETURNING id`
	findManuscript = `SELECT id, account, name, kind, sha256, bytes, key, choices, removed, habits, created_at FROM manuscripts WHERE account = $1 AND id = $2`
	manuscriptsOf  = `SELECT id, account, name, kind, sha256, bytes, key, choices, removed, habits, created_at FROM manuscripts WHERE account = $1 AND ($2 = 0 OR id < $2) ORDER BY id DESC LIMIT $3`
	setHabits      = `UPDATE manuscripts SET habits = $3 WHERE account = $1 AND id = $2`
	markLearnt     = `UPDATE manuscripts SET learnt_at = $3 WHERE account = $1 AND id = $2 AND learnt_at IS NULL`
	setChoices     = `UPDATE manuscripts SET choices = $3 WHERE account = $1 AND id = $2`
)

// Add notes a manuscript whose original is already in the bucket.
func (m Manuscripts) Add(ctx context.Context, ms archive.Manuscript) (int64, error) {
	return one(ctx, m.conn, scanInt, addManuscript, ms.Account, ms.Name, ms.Kind, ms.SHA256, ms.Bytes, ms.Key, ms.Removed, ms.Habits, micros(m.now))
}

// Find gives a manuscript to the account that brought it.
func (m Manuscripts) Find(ctx context.Context, account, id int64) (archive.Manuscript, error) {
	return one(ctx, m.conn, scanManuscript, findManuscript, account, id)
}

// Of lists an account's manuscripts, the latest first: so many that came before
// one of them, or at all when that is 0.
func (m Manuscripts) Of(ctx context.Context, account, before int64, most int) ([]archive.Manuscript, error) {
	return all(ctx, m.conn, scanManuscript, manuscriptsOf, account, before, most)
}

// SetChoices keeps what its writer decided about the guesses, as JSON.
func (m Manuscripts) SetChoices(ctx context.Context, account, id int64, choices string) error {
	return do(ctx, m.conn, setChoices, account, id, choices)
}

// SetHabits says anew what is known of its writer when a manuscript is read.
func (m Manuscripts) SetHabits(ctx context.Context, account, id int64, habits string) error {
	return do(ctx, m.conn, setHabits, account, id, habits)
}

// MarkLearnt notes that the shapes of a manuscript were learnt; false when they
// were before, or the account has no such manuscript.
func (m Manuscripts) MarkLearnt(ctx context.Context, account, id int64) (bool, error) {
	n, err := exec(ctx, m.conn, markLearnt, account, id, micros(m.now))
	return n == 1, err
}

func scanManuscript(row sqldb.Scanner) (archive.Manuscript, error) {
	var m archive.Manuscript
	err := row.Scan(&m.ID, &m.Account, &m.Name, &m.Kind, &m.SHA256, &m.Bytes, &m.Key, &m.Choices, &m.Removed, &m.Habits, instant{&m.CreatedAt})
	return m, err
}

// Pictures are the images of works, served under the work's address.
type Pictures struct{ conn }

const (
	addPicture = `INSERT INTO pictures (work, sha256, key, media_type, width, height, bytes, origin) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (work, sha256, origin) DO UPDATE SET origin = excluded.origin RETURNING id`
	findPicture = `SELECT id, work, sha256, key, media_type, width, height, bytes, origin FROM pictures p WHERE p.work = $1 AND p.id = $2
		AND ($3 OR EXISTS (SELECT 1 FROM chapter_pictures s JOIN chapters c ON c.id = s.chapter WHERE s.picture = p.id AND c.posted_at IS NOT NULL))`
	dropShownPictures = `DELETE FROM chapter_pictures WHERE chapter = $1`
	addShownPicture   = `INSERT INTO chapter_pictures (chapter, picture) VALUES ($1, $2) ON CONFLICT (chapter, picture) DO NOTHING`
	picturesOf        = `SELECT id, work, sha256, key, media_type, width, height, bytes, origin FROM pictures WHERE work = $1 ORDER BY id`
	// A file is named by its bytes, so works may share one.
	filesAlone = `SELECT p.key FROM (SELECT key FROM pictures WHERE work = $1 UNION SELECT key FROM covers WHERE work = $1) p
		WHERE NOT EXISTS (SELECT 1 FROM pictures other WHERE other.key = p.key AND other.work <> $1)
		AND NOT EXISTS (SELECT 1 FROM covers other WHERE other.key = p.key AND other.work <> $1) ORDER BY p.key`
)

// Add notes a picture of a work whose bytes are already in the bucket; the
// same picture under the same name twice is one.
func (p Pictures) Add(ctx context.Context, pic archive.Picture) (int64, error) {
	return one(ctx, p.conn, scanInt, addPicture, pic.Work, pic.SHA256, pic.Key, pic.MediaType, pic.Width, pic.Height, pic.Bytes, pic.Origin)
}

// Find gives one picture of a work; one that no posted chapter shows only when
// those of drafts are asked for.
func (p Pictures) Find(ctx context.Context, work, id int64, drafts bool) (archive.Picture, error) {
	return one(ctx, p.conn, scanPicture, findPicture, work, id, drafts)
}

// ShowIn says which pictures a chapter's text shows.
func (p Pictures) ShowIn(ctx context.Context, chapter int64, pictures []int64) error {
	if err := do(ctx, p.conn, dropShownPictures, chapter); err != nil {
		return err
	}
	for _, picture := range pictures {
		if err := do(ctx, p.conn, addShownPicture, chapter, picture); err != nil {
			return err
		}
	}
	return nil
}

// Of lists the pictures of a work, as they came.
func (p Pictures) Of(ctx context.Context, work int64) ([]archive.Picture, error) {
	return all(ctx, p.conn, scanPicture, picturesOf, work)
}

// FilesAlone gives the keys of the files of a work's pictures and cover that no
// other work's use: they go with the work.
func (p Pictures) FilesAlone(ctx context.Context, work int64) ([]string, error) {
	return all(ctx, p.conn, scanText, filesAlone, work)
}

func scanPicture(row sqldb.Scanner) (archive.Picture, error) {
	var p archive.Picture
	return p, row.Scan(&p.ID, &p.Work, &p.SHA256, &p.Key, &p.MediaType, &p.Width, &p.Height, &p.Bytes, &p.Origin)
}

package store

import (
	"context"
	"time"
)

const (
	keepPicture = `INSERT INTO kept_pictures (key, until) VALUES ($1, $2)
		ON CONFLICT (key) DO UPDATE SET until = CASE WHEN kept_pictures.until > excluded.until THEN kept_pictures.until ELSE excluded.until END`
	pastPictures = `SELECT key FROM kept_pictures WHERE until <= $1 ORDER BY until, key LIMIT $2`
	// Whoever keeps the same picture at this moment waits for this row, and
	// puts the file there again.
	letPictureGo = `INSERT INTO kept_pictures (key, until) VALUES ($1, 0) ON CONFLICT (key) DO UPDATE SET until = kept_pictures.until RETURNING until`
	forgetKept   = `DELETE FROM kept_pictures WHERE key = $1`
	showsPicture = `SELECT (SELECT COUNT(*) FROM pictures WHERE key = $1) + (SELECT COUNT(*) FROM covers WHERE key = $1)`
)

// forever keeps a picture until somebody says otherwise.
var forever = time.UnixMicro(1 << 62)

// Keep notes, before a picture is put in the bucket or taken from it, until
// when it stays though no work has it; the zero time is for ever.
func (p Pictures) Keep(ctx context.Context, key string, until time.Time) error {
	if until.IsZero() {
		until = forever
	}
	return do(ctx, p.conn, keepPicture, key, micros(until))
}

// Past lists pictures that were kept until now at the longest, at most so many.
func (p Pictures) Past(ctx context.Context, most int) ([]string, error) {
	return all(ctx, p.conn, scanText, pastPictures, micros(p.now), most)
}

// LetGo forgets that a picture was kept, and tells whether its file can go:
// its time is over and no work has it. From here to the end of the transaction
// nobody keeps it anew, so that is when its file goes.
func (p Pictures) LetGo(ctx context.Context, key string) (bool, error) {
	until, err := one(ctx, p.conn, scanInt, letPictureGo, key)
	if err != nil || until > p.now.UnixMicro() {
		return false, err
	}
	works, err := one(ctx, p.conn, scanInt, showsPicture, key)
	if err != nil {
		return false, err
	}
	return works == 0, do(ctx, p.conn, forgetKept, key)
}

package store

import (
	"context"
	"errors"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Covers are the pictures that writers gave the books of their works.
type Covers struct{ conn }

const (
	findCover = `SELECT work, sha256, key, media_type, width, height, bytes, alt, at FROM covers WHERE work = $1`
	setCover  = `INSERT INTO covers (work, sha256, key, media_type, width, height, bytes, alt, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (work) DO UPDATE SET sha256 = excluded.sha256, key = excluded.key, media_type = excluded.media_type, width = excluded.width,
		height = excluded.height, bytes = excluded.bytes, alt = excluded.alt, at = excluded.at`
	dropCover = `DELETE FROM covers WHERE work = $1`
)

// Of gives the cover of a work; the zero Cover when its writer gave none.
func (c Covers) Of(ctx context.Context, work int64) (archive.Cover, error) {
	cover, err := one(ctx, c.conn, scanCover, findCover, work)
	if errors.Is(err, archive.ErrNotFound) {
		return archive.Cover{}, nil
	}
	return cover, err
}

// Set gives a work a cover, from now, in place of any other; its bytes are
// already in the bucket.
func (c Covers) Set(ctx context.Context, cover archive.Cover) error {
	return do(ctx, c.conn, setCover, cover.Work, cover.SHA256, cover.Key, cover.MediaType, cover.Width, cover.Height, cover.Bytes, cover.Alt, micros(c.now))
}

// Drop takes the cover of a work away.
func (c Covers) Drop(ctx context.Context, work int64) error { return do(ctx, c.conn, dropCover, work) }

func scanCover(row sqldb.Scanner) (archive.Cover, error) {
	var c archive.Cover
	return c, row.Scan(&c.Work, &c.SHA256, &c.Key, &c.MediaType, &c.Width, &c.Height, &c.Bytes, &c.Alt, instant{&c.At})
}

package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Served are the files that were bound for readers, so that what an e-reader
// tells of one can be told of its work.
type Served struct{ conn }

const (
	addServed = `INSERT INTO served_files (digest, work, place, name, shown_rev, recipe, made_at)
		SELECT CAST($1 AS TEXT), w.id, CAST($3 AS BIGINT), CAST($4 AS TEXT), CAST($5 AS BIGINT), CAST($6 AS TEXT), CAST($7 AS BIGINT) FROM works w WHERE w.id = $2
		ON CONFLICT (digest, work) DO UPDATE SET name = excluded.name, shown_rev = excluded.shown_rev, made_at = excluded.made_at`
	servedColumns  = `digest, name, work, place, shown_rev, recipe, made_at`
	servedByDigest = `SELECT ` + servedColumns + ` FROM served_files WHERE digest = $1 ORDER BY place, work`
	servedByName   = `SELECT ` + servedColumns + ` FROM served_files WHERE name = $1 ORDER BY made_at DESC, place, work LIMIT $2`
)

// Add keeps what is known of a file; one of a work that is gone meanwhile is
// not kept.
func (s Served) Add(ctx context.Context, files ...archive.ServedFile) error {
	for _, f := range files {
		if err := do(ctx, s.conn, addServed, f.Digest, f.Work, f.Place, f.Name, f.ShownRev, f.Recipe, micros(s.now)); err != nil {
			return err
		}
	}
	return nil
}

// ByDigest gives the works of a file by the digest of its bytes, in their order
// in it.
func (s Served) ByDigest(ctx context.Context, digest string) ([]archive.ServedFile, error) {
	return all(ctx, s.conn, scanServed, servedByDigest, digest)
}

// ByName gives the files that had a name, by the digest of it, the newest
// first.
func (s Served) ByName(ctx context.Context, digest string, most int) ([]archive.ServedFile, error) {
	return all(ctx, s.conn, scanServed, servedByName, digest, most)
}

func scanServed(row sqldb.Scanner) (archive.ServedFile, error) {
	var f archive.ServedFile
	return f, row.Scan(&f.Digest, &f.Name, &f.Work, &f.Place, &f.ShownRev, &f.Recipe, instant{&f.MadeAt})
}

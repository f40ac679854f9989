package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// TagActs are what wranglers did, kept for good, and the merges that wait.
type TagActs struct{ conn }

const (
	tagActColumns = `id, at, wrangler, kind, tag, other, was, undone_at, undone_by`
	addTagAct     = `INSERT INTO tag_acts (at, wrangler, kind, tag, other, was) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`
	findTagAct    = `SELECT ` + tagActColumns + ` FROM tag_acts WHERE id = $1`
	undoTagAct    = `UPDATE tag_acts SET undone_at = $2, undone_by = $3 WHERE id = $1 AND undone_at IS NULL`
	tagActsOf     = `SELECT ` + tagActColumns + ` FROM tag_acts WHERE tag = $1 OR other = $1 ORDER BY id DESC LIMIT $2`
	// It grows with each act and with each undoing.
	seenTagActs  = `SELECT COALESCE(MAX(id), 0) + COUNT(undone_at) FROM tag_acts WHERE tag = $1`
	lastStanding = `SELECT COALESCE(MAX(id), 0) FROM tag_acts WHERE tag = $1 AND undone_at IS NULL AND kind IN ('canonical', 'merge', 'as_is')`

	askMerge    = `INSERT INTO tag_merges_asked (tag, canonical, wrangler, at) VALUES ($1, $2, $3, $4)`
	mergeAsked  = `SELECT wrangler, at FROM tag_merges_asked WHERE tag = $1 AND canonical = $2`
	forgetMerge = `DELETE FROM tag_merges_asked WHERE tag = $1`
)

// Add notes an act; its instant is the transaction's.
func (a TagActs) Add(ctx context.Context, act archive.TagAct) (int64, error) {
	return one(ctx, a.conn, scanInt, addTagAct, micros(a.now), act.Wrangler, string(act.Kind), act.Tag, act.Other, act.Was)
}

// Find gives one act.
func (a TagActs) Find(ctx context.Context, id int64) (archive.TagAct, error) {
	return one(ctx, a.conn, scanTagAct, findTagAct, id)
}

// Undo notes that an act is undone; false when it was already.
func (a TagActs) Undo(ctx context.Context, id, wrangler int64) (bool, error) {
	n, err := exec(ctx, a.conn, undoTagAct, id, micros(a.now), wrangler)
	return n == 1, err
}

// Of lists what was done with a tag, or with another on its account, the newest
// first.
func (a TagActs) Of(ctx context.Context, tag int64, most int) ([]archive.TagAct, error) {
	return all(ctx, a.conn, scanTagAct, tagActsOf, tag, most)
}

// Seen tells whether a tag was sorted since it was shown: it is another number
// then.
func (a TagActs) Seen(ctx context.Context, tag int64) (int64, error) {
	return one(ctx, a.conn, scanInt, seenTagActs, tag)
}

// LastStanding is the number of the last act that said what a tag is, and was
// not undone; 0 when there is none.
func (a TagActs) LastStanding(ctx context.Context, tag int64) (int64, error) {
	return one(ctx, a.conn, scanInt, lastStanding, tag)
}

// Ask notes a merge that waits; what was asked of the tag before is forgotten.
func (a TagActs) Ask(ctx context.Context, tag, canonical, wrangler int64) error {
	if err := a.Forget(ctx, tag); err != nil {
		return err
	}
	return do(ctx, a.conn, askMerge, tag, canonical, wrangler, micros(a.now))
}

// Asked gives who asked for a merge and when; archive.ErrNotFound when nobody
// did.
func (a TagActs) Asked(ctx context.Context, tag, canonical int64) (archive.MergeAsked, error) {
	return one(ctx, a.conn, func(row sqldb.Scanner) (m archive.MergeAsked, err error) {
		return m, row.Scan(&m.By, instant{&m.At})
	}, mergeAsked, tag, canonical)
}

// Forget forgets the merge that was asked of a tag.
func (a TagActs) Forget(ctx context.Context, tag int64) error {
	return do(ctx, a.conn, forgetMerge, tag)
}

func scanTagAct(row sqldb.Scanner) (archive.TagAct, error) {
	var a archive.TagAct
	return a, row.Scan(&a.ID, instant{&a.At}, &a.Wrangler, &a.Kind, &a.Tag, &a.Other, &a.Was, instant{&a.UndoneAt}, &a.UndoneBy)
}

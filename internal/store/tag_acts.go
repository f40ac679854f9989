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
	// formerly: a tag, and what it was called before, each with the act up to which
	// what was done with that is its own history (decision 0311).
	formerly = `formerly(tag, up_to) AS (SELECT CAST($1 AS BIGINT), CAST(9223372036854775807 AS BIGINT)
		UNION SELECT r.tag, r.id FROM formerly f JOIN tag_acts r ON r.other = f.tag AND r.kind = 'rename' AND r.undone_at IS NULL AND r.id <= f.up_to) `
	// It grows with each act and with each undoing.
	seenTagActs = `WITH RECURSIVE ` + formerly + `SELECT COALESCE(MAX(x.id), 0) + COUNT(x.undone_at) FROM tag_acts x WHERE x.id IN (SELECT a.id FROM formerly f JOIN tag_acts a ON a.tag = f.tag AND a.id <= f.up_to
		UNION SELECT a.id FROM formerly f JOIN tag_acts a ON a.other = f.tag AND a.id <= f.up_to AND a.kind IN ('rename', 'split'))`

	namedAct = `SELECT x.id, x.at, x.wrangler, x.kind, x.tag, x.other, x.was, x.undone_at, x.undone_by, t.kind, t.name, COALESCE(o.name, ''), COALESCE(a.name, ''), COALESCE(u.name, '')
		FROM tag_acts x JOIN tags t ON t.id = x.tag LEFT JOIN tags o ON o.id = x.other LEFT JOIN accounts a ON a.id = x.wrangler LEFT JOIN accounts u ON u.id = x.undone_by`
	tagHistory = `WITH RECURSIVE ` + formerly + namedAct + ` WHERE x.id IN (SELECT a.id FROM formerly f JOIN tag_acts a ON a.tag = f.tag AND a.id <= f.up_to
		UNION SELECT a.id FROM formerly f JOIN tag_acts a ON a.other = f.tag AND a.id <= f.up_to) ORDER BY x.id DESC LIMIT $2`
	actsByOne = namedAct + ` WHERE x.wrangler = $1 AND x.id > $2 AND x.id <= $3 ORDER BY x.id DESC LIMIT $4`
	// Its end alone: the tags come first, see Later.
	andLater = ` WHERE x.id IN (SELECT a.id FROM called c JOIN tag_acts a ON a.tag = c.tag WHERE a.undone_at IS NULL AND a.id > $1
		UNION SELECT MAX(a.id) FROM called c JOIN tag_acts a ON a.other = c.tag WHERE a.undone_at IS NULL AND a.id > $1 GROUP BY a.other, a.kind) ORDER BY x.id`
	lastActByThem = `SELECT COALESCE(MAX(id), 0) FROM tag_acts WHERE wrangler = $1`

	askMerge     = `INSERT INTO tag_merges_asked (tag, canonical, wrangler, at) VALUES ($1, $2, $3, $4)`
	mergeAsked   = `SELECT wrangler, at FROM tag_merges_asked WHERE tag = $1 AND canonical = $2`
	waitingMerge = `SELECT m.tag, t.name, m.canonical, c.name, m.wrangler, COALESCE(a.name, ''), m.at FROM tag_merges_asked m
		JOIN tags t ON t.id = m.tag JOIN tags c ON c.id = m.canonical LEFT JOIN accounts a ON a.id = m.wrangler`
	waitingMerges = waitingMerge + ` ORDER BY m.at, m.tag`
	mergeOfTag    = waitingMerge + ` WHERE m.tag = $1`
	forgetMerge   = `DELETE FROM tag_merges_asked WHERE tag = $1`
	giveAskedOf   = `UPDATE tag_merges_asked SET tag = $2 WHERE tag = $1`
	giveAskedInto = `UPDATE tag_merges_asked SET canonical = $2 WHERE canonical = $1`
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

// NamedAct is an act with the names of whom and what it is about.
type NamedAct struct {
	archive.TagAct
	TagKind archive.TagKind
	Name    string // of the tag
	Beside  string // of the other tag
	By      string
	Undoer  string
}

// History is Of with names.
func (a TagActs) History(ctx context.Context, tag int64, most int) ([]NamedAct, error) {
	return all(ctx, a.conn, scanNamedAct, tagHistory, tag, most)
}

// By lists what one wrangler did after an act and up to another, the newest
// first.
func (a TagActs) By(ctx context.Context, wrangler, after, upTo int64, most int) ([]NamedAct, error) {
	return all(ctx, a.conn, scanNamedAct, actsByOne, wrangler, after, upTo, most)
}

// Last is the number of the last act of a wrangler; 0 when there is none.
func (a TagActs) Last(ctx context.Context, wrangler int64) (int64, error) {
	return one(ctx, a.conn, scanInt, lastActByThem, wrangler)
}

// Seen tells whether a tag was sorted since it was shown: it is another number
// then.
func (a TagActs) Seen(ctx context.Context, tag int64) (int64, error) {
	return one(ctx, a.conn, scanInt, seenTagActs, tag)
}

// Later lists the acts after one that stand, as they were done: all of some tags
// and of what these are called by now, and of each kind the last for which such a
// tag was the other one.
func (a TagActs) Later(ctx context.Context, act int64, tags []int64) ([]NamedAct, error) {
	return all(ctx, a.conn, scanNamedAct, `WITH RECURSIVE called(tag) AS (SELECT t.id FROM tags t WHERE t.id IN (`+list(2, len(tags))+`)
		UNION SELECT r.other FROM called c JOIN tag_acts r ON r.tag = c.tag AND r.kind = 'rename' AND r.undone_at IS NULL WHERE r.other <> 0) `+namedAct+andLater,
		append([]any{act}, anys(tags)...)...)
}

// give has the merges that wait for one tag, or for others into it, wait for
// another in its place.
func (a TagActs) give(ctx context.Context, from, to int64) error {
	if err := a.Forget(ctx, to); err != nil {
		return err
	}
	if err := do(ctx, a.conn, giveAskedOf, from, to); err != nil {
		return err
	}
	return do(ctx, a.conn, giveAskedInto, from, to)
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

// WaitingMerge is a merge that waits, with names.
type WaitingMerge struct {
	archive.MergeAsked
	Tag, Canonical    int64
	Name, Into, Asker string
}

// Waiting lists every merge that waits, the oldest first.
func (a TagActs) Waiting(ctx context.Context) ([]WaitingMerge, error) {
	return all(ctx, a.conn, scanWaitingMerge, waitingMerges)
}

// WaitingOf gives the merge that waits for a tag; archive.ErrNotFound when none
// does.
func (a TagActs) WaitingOf(ctx context.Context, tag int64) (WaitingMerge, error) {
	return one(ctx, a.conn, scanWaitingMerge, mergeOfTag, tag)
}

// Forget forgets the merge that was asked of a tag.
func (a TagActs) Forget(ctx context.Context, tag int64) error {
	return do(ctx, a.conn, forgetMerge, tag)
}

func scanTagAct(row sqldb.Scanner) (archive.TagAct, error) {
	var a archive.TagAct
	return a, row.Scan(&a.ID, instant{&a.At}, &a.Wrangler, &a.Kind, &a.Tag, &a.Other, &a.Was, instant{&a.UndoneAt}, &a.UndoneBy)
}

func scanNamedAct(row sqldb.Scanner) (NamedAct, error) {
	var a NamedAct
	return a, row.Scan(&a.ID, instant{&a.At}, &a.Wrangler, &a.Kind, &a.Tag, &a.Other, &a.Was, instant{&a.UndoneAt}, &a.UndoneBy, &a.TagKind, &a.Name, &a.Beside, &a.By, &a.Undoer)
}

func scanWaitingMerge(row sqldb.Scanner) (WaitingMerge, error) {
	var m WaitingMerge
	return m, row.Scan(&m.Tag, &m.Name, &m.Canonical, &m.Into, &m.By, &m.Asker, instant{&m.At})
}

package store

import (
	"context"
	"time"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Wranglers are the members who sort tags: of every fandom, or of those they
// were given.
type Wranglers struct{ conn }

const (
	isWrangler   = `SELECT COUNT(*) FROM accounts WHERE id = $1 AND wrangler`
	setWrangler  = `UPDATE accounts SET wrangler = $2 WHERE id = $1`
	dropFandoms  = `DELETE FROM wrangler_fandoms WHERE account = $1`
	giveFandom   = `INSERT INTO wrangler_fandoms (account, fandom) VALUES ($1, $2) ON CONFLICT (account, fandom) DO NOTHING`
	fandomsGiven = `SELECT COUNT(*) FROM wrangler_fandoms WHERE account = $1`
	fandomsOfOne = `SELECT id, kind, name, medium FROM tags WHERE id IN ` + theirFandoms + ` ORDER BY search, id`
	wranglersOf  = `SELECT a.name FROM accounts a WHERE a.wrangler AND EXISTS (SELECT 1 FROM wrangler_fandoms wf JOIN tags q ON q.id = wf.fandom
		WHERE wf.account = a.id AND CASE WHEN q.canonical > 0 THEN q.canonical ELSE q.id END = $1) ORDER BY a.name`

	addTagComment = `INSERT INTO tag_comments (tag, wrangler, at, words) VALUES ($1, $2, $3, $4)`
	commentsOfTag = `WITH RECURSIVE ` + formerly + `SELECT COALESCE(a.name, ''), c.at, c.words FROM tag_comments c LEFT JOIN accounts a ON a.id = c.wrangler WHERE c.tag IN (SELECT tag FROM formerly) ORDER BY c.id DESC LIMIT $2`

	// theirFandoms: what the fandoms given to $1 mean by now.
	theirFandoms = `(SELECT CASE WHEN q.canonical > 0 THEN q.canonical ELSE q.id END FROM wrangler_fandoms wf JOIN tags q ON q.id = wf.fandom WHERE wf.account = $1)`

	// isTheirs: tag $2 is a fandom of theirs, or filed under one, or on a work of
	// one.
	isTheirs = `SELECT COUNT(*) FROM tags t WHERE t.id = $2 AND (CASE WHEN t.canonical > 0 THEN t.canonical ELSE t.id END IN ` + theirFandoms + `
		OR EXISTS (SELECT 1 FROM tag_parents p WHERE p.tag = t.id AND p.parent IN ` + theirFandoms + `)
		OR EXISTS (SELECT 1 FROM work_tags wt JOIN work_tags ft ON ft.work = wt.work JOIN tags f ON f.id = ft.tag
			WHERE wt.tag = t.id AND CASE WHEN f.canonical > 0 THEN f.canonical ELSE f.id END IN ` + theirFandoms + `))`
)

// Set makes a member a wrangler, or one no longer; of these fandoms, or of all
// without any.
func (w Wranglers) Set(ctx context.Context, account int64, wrangler bool, fandoms ...int64) error {
	if err := do(ctx, w.conn, setWrangler, account, wrangler); err != nil {
		return err
	}
	if err := do(ctx, w.conn, dropFandoms, account); err != nil {
		return err
	}
	for _, fandom := range fandoms {
		if err := do(ctx, w.conn, giveFandom, account, fandom); err != nil {
			return err
		}
	}
	return nil
}

// Is reports whether an account sorts tags, and whether those of every fandom.
func (w Wranglers) Is(ctx context.Context, account int64) (wrangler, everywhere bool, err error) {
	n, err := one(ctx, w.conn, scanInt, isWrangler, account)
	if err != nil {
		return false, false, err
	}
	given, err := one(ctx, w.conn, scanInt, fandomsGiven, account)
	return n > 0, given == 0, err
}

// Fandoms lists the fandoms that were given to a wrangler.
func (w Wranglers) Fandoms(ctx context.Context, account int64) ([]archive.Tag, error) {
	return all(ctx, w.conn, scanTag, fandomsOfOne, account)
}

// May reports whether an account may sort a tag, staff or not.
func (w Wranglers) May(ctx context.Context, v archive.Viewer, tag int64) (bool, error) {
	if v.Staff {
		return true, nil
	}
	wrangler, everywhere, err := w.Is(ctx, v.Account)
	if err != nil || !wrangler || everywhere {
		return wrangler && everywhere, err
	}
	n, err := one(ctx, w.conn, scanInt, isTheirs, v.Account, tag)
	return n > 0, err
}

// Of lists who was given a fandom, by name.
func (w Wranglers) Of(ctx context.Context, fandom int64) ([]string, error) {
	return all(ctx, w.conn, scanText, wranglersOf, fandom)
}

// TagComment is what one wrangler says to the others about a tag.
type TagComment struct {
	By    string
	At    time.Time
	Words string
}

// Say keeps what a wrangler says about a tag.
func (w Wranglers) Say(ctx context.Context, wrangler, tag int64, words string) error {
	return do(ctx, w.conn, addTagComment, tag, wrangler, micros(w.now), words)
}

// Said lists what was said about a tag, the newest first.
func (w Wranglers) Said(ctx context.Context, tag int64, most int) ([]TagComment, error) {
	return all(ctx, w.conn, func(row sqldb.Scanner) (c TagComment, err error) {
		return c, row.Scan(&c.By, instant{&c.At}, &c.Words)
	}, commentsOfTag, tag, most)
}

package store

import (
	"context"
	"slices"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Bins are the tags that nobody has looked at yet, as wranglers find them: by
// kind, and by the fandoms of the works that bear them. Only works that are
// shown count, so that no draft leaves a trace; a wrangler's own mutes hide
// nothing from them.
type Bins struct{ conn }

const (
	// unsortedTag: t waits for a wrangler.
	unsortedTag = `t.standing = 'unsorted' AND NOT t.banned AND t.kind IN ('fandom', 'relationship', 'character', 'freeform')`

	// borne: works w that bear t and are shown.
	borne = ` FROM tags t JOIN work_tags wt ON wt.tag = t.id JOIN works w ON w.id = wt.work`

	// binCounts: a tag counts once in each fandom that its works have.
	binCounts = `SELECT m.id, m.name, n.kind, n.tags FROM (
			SELECT p.fandom, p.kind, COUNT(*) AS tags FROM (
				SELECT DISTINCT t.id AS tag, t.kind AS kind, CASE WHEN f.canonical > 0 THEN f.canonical ELSE f.id END AS fandom` + borne + `
				JOIN work_tags ft ON ft.work = w.id AND ft.kind = 'fandom' JOIN tags f ON f.id = ft.tag
				WHERE ` + unsortedTag + ` AND t.kind <> 'fandom' AND ` + isShown + `) p
			GROUP BY p.fandom, p.kind) n
		JOIN tags m ON m.id = n.fandom ORDER BY m.search, m.id, n.kind`
	unsortedCounts = `SELECT t.kind, COUNT(DISTINCT t.id)` + borne + ` WHERE ` + unsortedTag + ` AND ` + isShown + ` GROUP BY t.kind`
	strayCounts    = `SELECT t.kind, COUNT(DISTINCT t.id)` + borne + ` WHERE ` + isStray + ` AND ` + isShown + ` GROUP BY t.kind`

	// isStray: no work that is shown and bears t has a fandom.
	isStray = unsortedTag + ` AND t.kind <> 'fandom' AND NOT EXISTS (SELECT 1 FROM work_tags wt JOIN works w ON w.id = wt.work
		JOIN work_tags ft ON ft.work = w.id AND ft.kind = 'fandom' WHERE wt.tag = t.id AND ` + isShown + `)`

	// In each of these $4 is the kind, $5, $6 and $7 what words begin with.
	typedSo  = ` AND t.kind = $4 AND (t.search LIKE $5 ESCAPE '!' OR t.search LIKE $6 ESCAPE '!' OR t.search LIKE $7 ESCAPE '!')`
	inFandom = ` AND t.id IN (SELECT bt.tag FROM work_tags ft JOIN works w ON w.id = ft.work JOIN work_tags bt ON bt.work = w.id
		WHERE ft.kind = 'fandom' AND ft.tag IN (SELECT CAST($8 AS BIGINT) UNION ALL SELECT s.id FROM tags s WHERE s.canonical = $8 AND s.canonical > 0) AND ` + isShown + `)`

	countBin      = `SELECT COUNT(DISTINCT t.id)` + borne + ` WHERE ` + unsortedTag + typedSo + ` AND ` + isShown
	listBin       = `SELECT t.id, t.kind, t.name, t.medium, COUNT(*)` + borne + ` WHERE ` + unsortedTag + typedSo + ` AND ` + isShown + mostUsedFirst
	mostUsedFirst = ` GROUP BY t.id, t.kind, t.name, t.medium ORDER BY COUNT(*) DESC, t.id LIMIT $8 OFFSET $9`

	countFandomBin = `SELECT COUNT(DISTINCT t.id)` + borne + ` WHERE ` + unsortedTag + typedSo + ` AND ` + isShown + inFandom
	listFandomBin  = `SELECT t.id, t.kind, t.name, t.medium, COUNT(*)` + borne + ` WHERE ` + unsortedTag + typedSo + ` AND ` + isShown + inFandom + `
		GROUP BY t.id, t.kind, t.name, t.medium ORDER BY COUNT(*) DESC, t.id LIMIT $9 OFFSET $10`
	countStrayBin = `SELECT COUNT(DISTINCT t.id)` + borne + ` WHERE ` + isStray + typedSo + ` AND ` + isShown
	listStrayBin  = `SELECT t.id, t.kind, t.name, t.medium, COUNT(*)` + borne + ` WHERE ` + isStray + typedSo + ` AND ` + isShown + mostUsedFirst

	// sheetTags: what was sorted, and what waits and stands on a work that is shown.
	sheetTags = `SELECT t.id FROM tags t WHERE t.id > $4 AND t.kind IN ('fandom', 'relationship', 'character', 'freeform') AND (t.standing <> 'unsorted'
		OR EXISTS (SELECT 1 FROM work_tags wt JOIN works w ON w.id = wt.work WHERE wt.tag = t.id AND ` + isShown + `)) ORDER BY t.id LIMIT $5`

	tagsSpelt = `SELECT q.folded, m.id, m.kind, m.name FROM tags q JOIN tags m ON m.id = CASE WHEN q.canonical > 0 THEN q.canonical ELSE q.id END
		WHERE q.kind IN ('fandom', 'relationship', 'character', 'freeform') AND m.standing = 'canonical' AND NOT m.banned AND q.folded IN `

	// worksOfTags: what is shown and bears some of so many tags or a synonym of one.
	worksOfTags = `SELECT COUNT(DISTINCT w.id) FROM work_tags wt JOIN works w ON w.id = wt.work WHERE ` + isShown + ` AND wt.tag IN `
)

// BinCount is how many unsorted tags of a kind stand on works of a fandom.
type BinCount struct {
	Fandom archive.Tag // without a number: on no work with a fandom
	Kind   archive.TagKind
	Tags   int
}

// Bin says which unsorted tags are meant.
type Bin struct {
	Kind   archive.TagKind
	Fandom int64  // of the works that bear them; 0: any
	Stray  bool   // those on no work with a fandom, instead
	Typed  string // what a word of theirs begins with; empty: any
	Most   int
	Skip   int
}

// Counts lists every bin of a fandom, the fandoms in order of their names.
func (b Bins) Counts(ctx context.Context, v archive.Viewer) ([]BinCount, error) {
	return all(ctx, b.conn, func(row sqldb.Scanner) (c BinCount, err error) {
		return c, row.Scan(&c.Fandom.ID, &c.Fandom.Name, &c.Kind, &c.Tags)
	}, binCounts, v.Account, v.Staff, micros(b.now))
}

// Totals counts the unsorted tags of each kind, and those of them on no work
// with a fandom.
func (b Bins) Totals(ctx context.Context, v archive.Viewer) (every, stray map[archive.TagKind]int, err error) {
	every, stray = map[archive.TagKind]int{}, map[archive.TagKind]int{}
	for statement, into := range map[string]map[archive.TagKind]int{unsortedCounts: every, strayCounts: stray} {
		_, err := all(ctx, b.conn, func(row sqldb.Scanner) (kind archive.TagKind, err error) {
			var tags int
			err = row.Scan(&kind, &tags)
			into[kind] = tags
			return kind, err
		}, statement, v.Account, v.Staff, micros(b.now))
		if err != nil {
			return nil, nil, err
		}
	}
	return every, stray, nil
}

// In lists the tags of a bin, the most used first, and tells how many there are.
func (b Bins) In(ctx context.Context, v archive.Viewer, bin Bin) ([]CountedTag, int, error) {
	begins := likePrefix(bin.Typed)
	args := []any{v.Account, v.Staff, micros(b.now), string(bin.Kind), begins, "% " + begins, "%/" + begins}
	count, list := countBin, listBin
	switch {
	case bin.Stray:
		count, list = countStrayBin, listStrayBin
	case bin.Fandom != 0:
		count, list = countFandomBin, listFandomBin
		args = append(args, bin.Fandom)
	}
	total, err := one(ctx, b.conn, scanInt, count, args...)
	if err != nil {
		return nil, 0, err
	}
	tags, err := all(ctx, b.conn, scanCountedTag, list, append(args, bin.Most, bin.Skip)...)
	return tags, int(total), err
}

// Spelt gives the canonicals that tags of some spellings mean, by the spelling
// as archive.Spellings has it.
func (b Bins) Spelt(ctx context.Context, spellings ...string) (map[string][]archive.Tag, error) {
	found := map[string][]archive.Tag{}
	for part := range slices.Chunk(spellings, mostNumbers) {
		args := make([]any, len(part))
		for i, spelling := range part {
			args[i] = spelling
		}
		_, err := all(ctx, b.conn, func(row sqldb.Scanner) (tag archive.Tag, err error) {
			var spelling string
			err = row.Scan(&spelling, &tag.ID, &tag.Kind, &tag.Name)
			found[spelling] = append(found[spelling], tag)
			return tag, err
		}, tagsSpelt+`(`+list(1, len(part))+`)`, args...)
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Works is how many works that are shown bear one of these tags, or a synonym
// of one.
func (b Bins) Works(ctx context.Context, v archive.Viewer, tags ...int64) (int, error) {
	numbers := list(4, len(tags))
	args := append([]any{v.Account, v.Staff, micros(b.now)}, anys(tags)...)
	n, err := one(ctx, b.conn, scanInt, worksOfTags+`(SELECT t.id FROM tags t WHERE t.id IN (`+numbers+`)
		UNION ALL SELECT s.id FROM tags s WHERE s.canonical IN (`+numbers+`) AND s.canonical > 0)`, args...)
	return int(n), err
}

// Sheet lists the next tags after one that were sorted, or wait, in the order of
// their numbers.
func (b Bins) Sheet(ctx context.Context, v archive.Viewer, after int64, limit int) ([]int64, error) {
	return all(ctx, b.conn, scanInt, sheetTags, v.Account, v.Staff, micros(b.now), after, limit)
}

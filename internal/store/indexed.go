package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Indexed is what the catalogue reads of works and tags, to find them in
// memory.
type Indexed struct{ conn }

// IndexedWork is a work with everything it is found by.
type IndexedWork struct {
	ID int64
	archive.Standing
	SortsAs   string // its title's place among the others
	Language  string
	Complete  bool
	Counts    archive.Counts
	Published int64   // microseconds
	Revised   int64   // microseconds
	Tags      []int64 // in the writer's order, each once
	Main      []int64 // those of them that are main relationships
	Pseuds    []int64 // that sign it, in the order of its byline, each once
	Muted     []int64 // words that members mute, in its title or summary
}

// IndexedTag is a tag with everything works are found by through it.
type IndexedTag struct {
	archive.SortedTag
	Sought   string  // its name, folded as what is typed is (FoldSought)
	Metatags []int64 // set on it by hand, in order
	Parents  []int64 // what it is filed under, in order
}

// indexSlice is how many works or tags are held at a time while all are read.
const indexSlice = 1000

const (
	indexedWorks = `SELECT w.id, w.title, w.title_key, w.language, w.planned, w.posted, w.chapters, w.words, w.hits, w.kudos, w.comments_shown,
		w.published_at, w.revised_at, w.posted_at, w.waiting_at, w.hidden_at, w.deleted_at, w.purge_at, w.restricted, w.unrevealed, w.anonymous FROM works w`
	nextIndexed     = indexedWorks + ` WHERE w.id > $1 ORDER BY w.id LIMIT $2`
	someIndexed     = indexedWorks + ` WHERE w.id IN `
	nextIndexedTags = `SELECT work, tag, main FROM work_tags WHERE work BETWEEN $1 AND $2 ORDER BY work, position`
	someIndexedTags = `SELECT work, tag, main FROM work_tags WHERE work IN `
	nextSigned      = `SELECT work, pseud, FALSE FROM work_creators WHERE work BETWEEN $1 AND $2 ORDER BY work, position`
	someSigned      = `SELECT work, pseud, FALSE FROM work_creators WHERE work IN `
	nextMutedWords  = `SELECT work, word, FALSE FROM work_words WHERE work BETWEEN $1 AND $2 ORDER BY work, word`
	someMutedWords  = `SELECT work, word, FALSE FROM work_words WHERE work IN `
	someFigures     = `SELECT id, hits, kudos, comments_shown FROM works WHERE id IN `
	worksAfter      = `SELECT id FROM works WHERE id > $1 ORDER BY id LIMIT $2`
	nextTags        = `SELECT id, kind, name, medium, standing, canonical, banned, search FROM tags WHERE id > $1 ORDER BY id LIMIT $2`
	someTags        = `SELECT id, kind, name, medium, standing, canonical, banned, search FROM tags WHERE id IN `
	nextMetatags    = indexedMetatags + ` AND m.tag BETWEEN $1 AND $2 ORDER BY m.tag, m.metatag`
	someMetatags    = indexedMetatags + ` AND m.tag IN `
	nextParents     = `SELECT tag, parent FROM tag_parents WHERE tag BETWEEN $1 AND $2 ORDER BY tag, parent`
	someParents     = `SELECT tag, parent FROM tag_parents WHERE tag IN `
	indexedMetatags = `SELECT m.tag, m.metatag FROM tag_metatags m JOIN tags s ON s.id = m.tag JOIN tags t ON t.id = m.metatag
		WHERE s.standing = 'canonical' AND t.standing IN ('canonical', 'synonym')`
	// What an act on a tag may change beside its own row: its synonyms,
	// those of what it means, and what it was set above.
	tagsBeside = `SELECT CAST($1 AS BIGINT) UNION SELECT s.id FROM tags s WHERE s.canonical = $1 AND s.canonical > 0
		UNION SELECT s.id FROM tags t JOIN tags s ON s.canonical = t.canonical AND s.canonical > 0 WHERE t.id = $1 AND t.canonical > 0
		UNION SELECT tag FROM tag_metatags WHERE metatag = $1`
)

// EachTag calls with every tag, in the order of their numbers, while it is told
// true.
func (x Indexed) EachTag(ctx context.Context, do func(IndexedTag) bool) error {
	for last := int64(0); ; {
		tags, err := all(ctx, x.conn, scanIndexedTag, nextTags, last, indexSlice)
		if err != nil || len(tags) == 0 {
			return err
		}
		if err := x.setAbove(ctx, tags, nextMetatags, nextParents, tags[0].ID, tags[len(tags)-1].ID); err != nil {
			return err
		}
		for _, tag := range tags {
			if last = tag.ID; !do(tag) {
				return nil
			}
		}
		if len(tags) < indexSlice {
			return nil
		}
	}
}

// Tags gives some tags.
func (x Indexed) Tags(ctx context.Context, ids ...int64) ([]IndexedTag, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	these := `(` + list(1, len(ids)) + `)`
	tags, err := all(ctx, x.conn, scanIndexedTag, someTags+these, anys(ids)...)
	if err != nil {
		return nil, err
	}
	return tags, x.setAbove(ctx, tags, someMetatags+these+` ORDER BY m.tag, m.metatag`, someParents+these+` ORDER BY tag, parent`, anys(ids)...)
}

// TagsBeside lists the tags that are to be read again after an act on a tag:
// itself, its synonyms, those of what it means, and what it was set above.
func (x Indexed) TagsBeside(ctx context.Context, tag int64) ([]int64, error) {
	return all(ctx, x.conn, scanInt, tagsBeside, tag)
}

// setAbove reads the metatags and the parents of tags, as what two statements
// give.
func (x Indexed) setAbove(ctx context.Context, tags []IndexedTag, metatags, parents string, args ...any) error {
	place := make(map[int64]*IndexedTag, len(tags))
	for i := range tags {
		place[tags[i].ID] = &tags[i]
	}
	for _, each := range []struct {
		statement string
		put       func(t *IndexedTag, above int64)
	}{
		{metatags, func(t *IndexedTag, above int64) { t.Metatags = append(t.Metatags, above) }},
		{parents, func(t *IndexedTag, above int64) { t.Parents = append(t.Parents, above) }},
	} {
		_, err := all(ctx, x.conn, func(row sqldb.Scanner) (none struct{}, err error) {
			var tag, above int64
			if err := row.Scan(&tag, &above); err != nil {
				return none, err
			}
			if t := place[tag]; t != nil {
				each.put(t, above)
			}
			return none, nil
		}, each.statement, args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// EachWork calls with every work, whatever its state, in the order of their
// numbers, while it is told true.
func (x Indexed) EachWork(ctx context.Context, do func(IndexedWork) bool) error {
	for last := int64(0); ; {
		works, err := all(ctx, x.conn, x.scan, nextIndexed, last, indexSlice)
		if err != nil || len(works) == 0 {
			return err
		}
		first := works[0].ID
		last = works[len(works)-1].ID
		if err := x.attach(ctx, works, nextIndexedTags, nextSigned, nextMutedWords, first, last); err != nil {
			return err
		}
		for _, w := range works {
			if !do(w) {
				return nil
			}
		}
		if len(works) < indexSlice {
			return nil
		}
	}
}

// Works gives some works; those that are no more are left out.
func (x Indexed) Works(ctx context.Context, ids ...int64) ([]IndexedWork, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	these := `(` + list(1, len(ids)) + `)`
	works, err := all(ctx, x.conn, x.scan, someIndexed+these+` ORDER BY w.id`, anys(ids)...)
	if err != nil {
		return nil, err
	}
	return works, x.attach(ctx, works, someIndexedTags+these+` ORDER BY work, position`, someSigned+these+` ORDER BY work, position`,
		someMutedWords+these+` ORDER BY work, word`, anys(ids)...)
}

// WorksAfter gives the numbers of the next works after one, in their order.
func (x Indexed) WorksAfter(ctx context.Context, work int64, limit int) ([]int64, error) {
	return all(ctx, x.conn, scanInt, worksAfter, work, limit)
}

// Figures gives of some works what readers add to: hits, kudos and comments.
func (x Indexed) Figures(ctx context.Context, ids ...int64) (map[int64]archive.Counts, error) {
	figures := make(map[int64]archive.Counts, len(ids))
	if len(ids) == 0 {
		return figures, nil
	}
	_, err := all(ctx, x.conn, func(row sqldb.Scanner) (id int64, err error) {
		var c archive.Counts
		err = row.Scan(&id, &c.Hits, &c.Kudos, &c.Comments)
		figures[id] = c
		return id, err
	}, someFigures+`(`+list(1, len(ids))+`)`, anys(ids)...)
	return figures, err
}

// attach reads the tags, the pen names and the muted words of works, which stand
// in the order of their numbers, as what three statements give.
func (x Indexed) attach(ctx context.Context, works []IndexedWork, tags, pseuds, muted string, args ...any) error {
	for _, each := range []struct {
		statement string
		put       func(w *IndexedWork, id int64, isMain bool)
	}{
		{tags, (*IndexedWork).bear},
		{pseuds, func(w *IndexedWork, id int64, _ bool) { w.Pseuds = once(w.Pseuds, id) }},
		{muted, func(w *IndexedWork, id int64, _ bool) { w.Muted = append(w.Muted, id) }},
	} {
		rest := works
		_, err := all(ctx, x.conn, func(row sqldb.Scanner) (none struct{}, err error) {
			var work, id int64
			var isMain bool
			if err := row.Scan(&work, &id, &isMain); err != nil {
				return none, err
			}
			for len(rest) > 0 && rest[0].ID < work {
				rest = rest[1:]
			}
			if len(rest) > 0 && rest[0].ID == work {
				each.put(&rest[0], id, isMain)
			}
			return none, nil
		}, each.statement, args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// bear notes a tag of a work.
func (w *IndexedWork) bear(tag int64, isMain bool) {
	w.Tags = once(w.Tags, tag)
	if isMain {
		w.Main = once(w.Main, tag)
	}
}

// once adds a number to a few that do not hold it yet.
func once(ids []int64, id int64) []int64 {
	for _, has := range ids {
		if has == id {
			return ids
		}
	}
	return append(ids, id)
}

func (x Indexed) scan(row sqldb.Scanner) (IndexedWork, error) {
	var w IndexedWork
	var title string
	var planned int
	err := row.Scan(&w.ID, &title, &w.SortsAs, &w.Language, &planned, &w.Counts.Posted, &w.Counts.Chapters, &w.Counts.Words, &w.Counts.Hits,
		&w.Counts.Kudos, &w.Counts.Comments, &w.Published, &w.Revised, instant{&w.PostedAt}, instant{&w.WaitingAt}, instant{&w.HiddenAt},
		instant{&w.DeletedAt}, instant{&w.PurgeAt}, &w.Restricted, &w.Unrevealed, &w.Anonymous)
	if w.SortsAs == "" { // not made yet, as after an older program
		w.SortsAs = titleKey(title, w.Language)
	}
	w.Complete = archive.Work{Planned: planned, Counts: w.Counts}.Complete()
	return w, err
}

func scanIndexedTag(row sqldb.Scanner) (IndexedTag, error) {
	var t IndexedTag
	return t, row.Scan(&t.ID, &t.Kind, &t.Name, &t.Medium, &t.Standing, &t.Canonical, &t.Banned, &t.Sought)
}

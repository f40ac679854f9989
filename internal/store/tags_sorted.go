package store

import (
	"context"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Sorting is what wranglers have made of tags: what each means, and what
// stands above it.
type Sorting struct{ conn }

const (
	sortedTag   = `SELECT id, kind, name, medium, standing, canonical, banned FROM tags WHERE id = $1`
	sortedNamed = `SELECT id, kind, name, medium, standing, canonical, banned FROM tags WHERE kind = $1 AND folded = $2`
	// The canonical one first, then the one that was there first.
	sortedLike = `SELECT id, kind, name, medium, standing, canonical, banned FROM tags WHERE kind = $1 AND search = $2 ORDER BY CASE standing WHEN 'canonical' THEN 0 ELSE 1 END, id LIMIT $3`
	standTag   = `UPDATE tags SET standing = $2, canonical = $3 WHERE id = $1`
	nameTag    = `UPDATE tags SET name = $2, folded = $3, search = $4 WHERE id = $1`
	banTag     = `UPDATE tags SET banned = $2 WHERE id = $1`
	synonymsOf = `SELECT id FROM tags WHERE canonical = $1 AND canonical > 0 ORDER BY id`
	moveTag    = `UPDATE tags SET canonical = $3 WHERE id = $1 AND canonical = $2 AND canonical > 0`
	worksMeant = `SELECT COUNT(DISTINCT wt.work) FROM work_tags wt WHERE wt.tag IN (SELECT CAST($1 AS BIGINT) UNION ALL
		SELECT s.id FROM tags s WHERE s.canonical = $1 AND s.canonical > 0)`
	unsortedTags = `SELECT t.id, t.kind, t.name, t.medium, COUNT(*) FROM tags t JOIN work_tags wt ON wt.tag = t.id
		WHERE t.kind = $1 AND t.standing = 'unsorted' GROUP BY t.id, t.kind, t.name, t.medium ORDER BY COUNT(*) DESC, t.name, t.id LIMIT $2`

	parentsOf  = `SELECT parent FROM tag_parents WHERE tag = $1 ORDER BY parent`
	filedUnder = `SELECT t.id, t.kind, t.name, t.medium, t.standing, t.canonical, t.banned FROM tag_parents p JOIN tags t ON t.id = p.tag WHERE p.parent = $1 ORDER BY t.search, t.id LIMIT $2`
	namedOf    = `SELECT id, kind, name, medium, standing, canonical, banned FROM tags WHERE canonical = $1 AND canonical > 0 ORDER BY search, id LIMIT $2`
	parentTags = `SELECT t.id, t.kind, t.name, t.medium, t.standing, t.canonical, t.banned FROM tag_parents p JOIN tags t ON t.id = p.parent WHERE p.tag = $1 ORDER BY t.search, t.id LIMIT $2`
	metaTags   = `SELECT t.id, t.kind, t.name, t.medium, t.standing, t.canonical, t.banned FROM tag_metatags m JOIN tags t ON t.id = m.metatag WHERE m.tag = $1 ORDER BY t.search, t.id LIMIT $2`
	subTags    = `SELECT t.id, t.kind, t.name, t.medium, t.standing, t.canonical, t.banned FROM tag_metatags m JOIN tags t ON t.id = m.tag WHERE m.metatag = $1 ORDER BY t.search, t.id LIMIT $2`
	addParent  = `INSERT INTO tag_parents (tag, parent) VALUES ($1, $2) ON CONFLICT (tag, parent) DO NOTHING`
	dropParent = `DELETE FROM tag_parents WHERE tag = $1 AND parent = $2`

	metatagsSet = `SELECT m.tag, CASE WHEN t.canonical > 0 THEN t.canonical ELSE t.id END FROM tag_metatags m
		JOIN tags t ON t.id = m.metatag JOIN tags s ON s.id = m.tag WHERE s.standing = 'canonical' AND t.standing IN ('canonical', 'synonym') ORDER BY m.tag, m.metatag`
	setMetatags = `SELECT s.id, s.standing, s.canonical, t.id, t.standing, t.canonical FROM tag_metatags m JOIN tags s ON s.id = m.tag JOIN tags t ON t.id = m.metatag ORDER BY m.tag, m.metatag`
	addMetatag  = `INSERT INTO tag_metatags (tag, metatag) VALUES ($1, $2) ON CONFLICT (tag, metatag) DO NOTHING`
	dropMetatag = `DELETE FROM tag_metatags WHERE tag = $1 AND metatag = $2`
	allAbove    = `SELECT tag, above FROM tags_above`
	addAbove    = `INSERT INTO tags_above (tag, above) VALUES ($1, $2)`
	dropAbove   = `DELETE FROM tags_above WHERE tag = $1 AND above = $2`
)

// Find gives a tag with what was made of it; archive.ErrNotFound when there is
// none.
func (s Sorting) Find(ctx context.Context, id int64) (archive.SortedTag, error) {
	return one(ctx, s.conn, scanSortedTag, sortedTag, id)
}

// Named gives the tag of a kind and name; archive.ErrNotFound when there is none.
func (s Sorting) Named(ctx context.Context, kind archive.TagKind, name string) (archive.SortedTag, error) {
	return one(ctx, s.conn, scanSortedTag, sortedNamed, string(kind), FoldTag(name))
}

// Like lists the tags of a kind that are called so but for accents, the
// canonical ones first.
func (s Sorting) Like(ctx context.Context, kind archive.TagKind, name string, most int) ([]archive.SortedTag, error) {
	return all(ctx, s.conn, scanSortedTag, sortedLike, string(kind), FoldSought(name), most)
}

// Stand says what a tag is; canonical is what a synonym means, else 0.
func (s Sorting) Stand(ctx context.Context, id int64, standing archive.TagStanding, canonical int64) error {
	return do(ctx, s.conn, standTag, id, string(standing), canonical)
}

// Name calls a tag something that no other of its kind is called.
func (s Sorting) Name(ctx context.Context, id int64, name string) error {
	if err := do(ctx, s.conn, nameTag, id, name, FoldTag(name), FoldSought(name)); err != nil {
		return err
	}
	return Called{s.conn}.put(ctx, calledTag, id, name)
}

// Ban keeps a tag from being offered, or no longer.
func (s Sorting) Ban(ctx context.Context, id int64, banned bool) error {
	return do(ctx, s.conn, banTag, id, banned)
}

// Synonyms lists the tags that mean a canonical.
func (s Sorting) Synonyms(ctx context.Context, canonical int64) ([]int64, error) {
	return all(ctx, s.conn, scanInt, synonymsOf, canonical)
}

// MoveSynonym has a synonym of one canonical mean another; false when it no
// longer was one of the first.
func (s Sorting) MoveSynonym(ctx context.Context, synonym, from, to int64) (bool, error) {
	n, err := exec(ctx, s.conn, moveTag, synonym, from, to)
	return n == 1, err
}

// Works is how many works bear a tag or a synonym of it, whatever their state.
func (s Sorting) Works(ctx context.Context, id int64) (int64, error) {
	return one(ctx, s.conn, scanInt, worksMeant, id)
}

// Unsorted lists tags of a kind that nobody has looked at, the most used first,
// with how many works bear them, whatever their state: for wranglers.
func (s Sorting) Unsorted(ctx context.Context, kind archive.TagKind, most int) ([]CountedTag, error) {
	return all(ctx, s.conn, scanCountedTag, unsortedTags, string(kind), most)
}

// Parents lists the fandoms a tag is filed under.
func (s Sorting) Parents(ctx context.Context, id int64) ([]int64, error) {
	return all(ctx, s.conn, scanInt, parentsOf, id)
}

// Filed lists the tags that are filed under a fandom.
func (s Sorting) Filed(ctx context.Context, fandom int64) ([]int64, error) {
	return all(ctx, s.conn, scanInt, filedOf, fandom)
}

// File files a tag under a parent; false when it was already.
func (s Sorting) File(ctx context.Context, id, parent int64) (bool, error) {
	n, err := exec(ctx, s.conn, addParent, id, parent)
	return n == 1, err
}

// Unfile takes a tag from under a parent; false when it was not there.
func (s Sorting) Unfile(ctx context.Context, id, parent int64) (bool, error) {
	n, err := exec(ctx, s.conn, dropParent, id, parent)
	return n == 1, err
}

// Kin is what stands around a tag, as it was set by hand.
type Kin struct {
	Synonyms, Parents, Children, Metatags, Subtags []archive.SortedTag
}

// Kin lists what stands around a tag, so many of each.
func (s Sorting) Kin(ctx context.Context, id int64, most int) (kin Kin, err error) {
	for statement, into := range map[string]*[]archive.SortedTag{
		namedOf: &kin.Synonyms, parentTags: &kin.Parents, filedUnder: &kin.Children, metaTags: &kin.Metatags, subTags: &kin.Subtags,
	} {
		if *into, err = all(ctx, s.conn, scanSortedTag, statement, id, most); err != nil {
			return kin, err
		}
	}
	return kin, nil
}

// Metatags are the metatags set by hand, as they mean: what was set on a tag
// that is no canonical now rests, and a metatag that is one stands for its
// canonical.
func (s Sorting) Metatags(ctx context.Context) (archive.Metatags, error) {
	set := archive.Metatags{}
	_, err := all(ctx, s.conn, func(row sqldb.Scanner) (tag int64, err error) {
		var metatag int64
		err = row.Scan(&tag, &metatag)
		set[tag] = append(set[tag], metatag)
		return tag, err
	}, metatagsSet)
	return set, err
}

// SetMetatag is a metatag that was set by hand, and how both tags stand.
type SetMetatag struct{ Tag, Metatag archive.SortedTag }

// SetMetatags are all of them, those that rest too.
func (s Sorting) SetMetatags(ctx context.Context) ([]SetMetatag, error) {
	return all(ctx, s.conn, func(row sqldb.Scanner) (m SetMetatag, err error) {
		return m, row.Scan(&m.Tag.ID, &m.Tag.Standing, &m.Tag.Canonical, &m.Metatag.ID, &m.Metatag.Standing, &m.Metatag.Canonical)
	}, setMetatags)
}

// AddMetatag sets a metatag; false when it was set already. Close is to follow.
func (s Sorting) AddMetatag(ctx context.Context, id, metatag int64) (bool, error) {
	n, err := exec(ctx, s.conn, addMetatag, id, metatag)
	return n == 1, err
}

// DropMetatag takes a metatag away; false when it was not set. Close is to
// follow.
func (s Sorting) DropMetatag(ctx context.Context, id, metatag int64) (bool, error) {
	n, err := exec(ctx, s.conn, dropMetatag, id, metatag)
	return n == 1, err
}

// Close stores what follows from the metatags set by hand: rows that still hold
// are not touched.
func (s Sorting) Close(ctx context.Context) error {
	set, err := s.Metatags(ctx)
	if err != nil {
		return err
	}
	type pair struct{ tag, above int64 }
	stored, err := all(ctx, s.conn, func(row sqldb.Scanner) (p pair, err error) { return p, row.Scan(&p.tag, &p.above) }, allAbove)
	if err != nil {
		return err
	}
	missing := map[pair]bool{}
	for tag := range set {
		for _, above := range set.Above(tag) {
			missing[pair{tag, above}] = true
		}
	}
	for _, p := range stored {
		if missing[p] {
			delete(missing, p)
			continue
		}
		if err := do(ctx, s.conn, dropAbove, p.tag, p.above); err != nil {
			return err
		}
	}
	for p := range missing {
		if err := do(ctx, s.conn, addAbove, p.tag, p.above); err != nil {
			return err
		}
	}
	return nil
}

func scanSortedTag(row sqldb.Scanner) (archive.SortedTag, error) {
	var t archive.SortedTag
	return t, row.Scan(&t.ID, &t.Kind, &t.Name, &t.Medium, &t.Standing, &t.Canonical, &t.Banned)
}

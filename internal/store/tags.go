package store

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"ficus/internal/archive"
	"ficus/internal/sqldb"
)

// Tags are the words works are found by. A tag's identity is its kind and its
// folded name; a work keeps its writer's wording.
type Tags struct{ conn }

const (
	addTag     = `INSERT INTO tags (kind, name, folded, search, standing) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kind, folded) DO NOTHING`
	tagNamed   = `SELECT id, kind, name, medium FROM tags WHERE kind = $1 AND folded = $2`
	tagsByID   = `SELECT id, kind, name, medium FROM tags WHERE id IN `
	setMedium  = `UPDATE tags SET medium = $2 WHERE id = $1`
	dropTags   = `DELETE FROM work_tags WHERE work = $1`
	addWorkTag = `INSERT INTO work_tags (work, position, tag, kind, wording, main) VALUES ($1, $2, $3, $4, $5, $6)`
)

// CountedTag is a tag with the number of works the viewer may find under it.
type CountedTag struct {
	archive.Tag
	Works int
}

// FoldTag is the form in which two tags are the same: NFKC and case folding.
func FoldTag(name string) string { return cases.Fold().String(norm.NFKC.String(name)) }

// FoldSought is the form in which tags are searched and suggested: accents on
// Latin and Greek letters are ignored too; kana voicing marks, й, ё and the
// marks of Indic and Thai letters always count (PRODUCT.md §Tags).
func FoldSought(name string) string {
	var b strings.Builder
	var base rune
	for _, r := range norm.NFD.String(FoldTag(name)) {
		if unicode.Is(unicode.Mn, r) && (unicode.Is(unicode.Latin, base) || unicode.Is(unicode.Greek, base)) {
			continue
		}
		if !unicode.Is(unicode.Mn, r) {
			base = r
		}
		switch r {
		case 'ł':
			r = 'l'
		case 'ø':
			r = 'o'
		case 'đ':
			r = 'd'
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

// Ensure gives the tag of a kind and name, making it when it is new.
func (t Tags) Ensure(ctx context.Context, kind archive.TagKind, name string) (archive.Tag, error) {
	tag, err := all(ctx, t.conn, scanTag, tagNamed, string(kind), FoldTag(name))
	if err != nil || len(tag) == 1 {
		if len(tag) == 1 {
			return tag[0], nil
		}
		return archive.Tag{}, err
	}
	if err := do(ctx, t.conn, addTag, string(kind), name, FoldTag(name), FoldSought(name), string(archive.StandingOf(kind))); err != nil {
		return archive.Tag{}, err
	}
	made, err := one(ctx, t.conn, scanTag, tagNamed, string(kind), FoldTag(name))
	if err != nil {
		return made, err
	}
	return made, Called{t.conn}.put(ctx, calledTag, made.ID, made.Name)
}

// Named gives the tag of a kind and name; archive.ErrNotFound when there is none.
func (t Tags) Named(ctx context.Context, kind archive.TagKind, name string) (archive.Tag, error) {
	return one(ctx, t.conn, scanTag, tagNamed, string(kind), FoldTag(name))
}

// Some gives tags by their numbers.
func (t Tags) Some(ctx context.Context, ids ...int64) (map[int64]archive.Tag, error) {
	some := make(map[int64]archive.Tag, len(ids))
	for part := range slices.Chunk(ids, mostNumbers) {
		tags, err := all(ctx, t.conn, scanTag, tagsByID+`(`+list(1, len(part))+`)`, anys(part)...)
		if err != nil {
			return nil, err
		}
		for _, tag := range tags {
			some[tag.ID] = tag
		}
	}
	return some, nil
}

// Find gives what a tag means, if the viewer may know of it; archive.ErrNotFound
// when no work that is found by it is listed for them.
func (t Tags) Find(ctx context.Context, v archive.Viewer, id int64) (archive.Tag, error) {
	return one(ctx, t.conn, scanTag, tagIfListed, v.Account, v.Staff, micros(t.now), id)
}

// SetMedium files a fandom under a medium.
func (t Tags) SetMedium(ctx context.Context, id int64, medium string) error {
	return do(ctx, t.conn, setMedium, id, medium)
}

// SetOn gives a work its tags, in the writer's order and words; of two words
// for one tag the first, so that no count holds the work twice.
func (t Tags) SetOn(ctx context.Context, work int64, tags []archive.WorkTag) error {
	if err := do(ctx, t.conn, dropTags, work); err != nil {
		return err
	}
	borne := map[int64]bool{}
	for i, wt := range tags {
		tag, err := t.Ensure(ctx, wt.Kind, wt.Wording)
		if err != nil {
			return err
		}
		if borne[tag.ID] {
			continue
		}
		borne[tag.ID] = true
		if err := do(ctx, t.conn, addWorkTag, work, i, tag.ID, string(wt.Kind), wt.Wording, wt.Main); err != nil {
			return err
		}
	}
	return nil
}

// On gives the tags of works, by work, each in the writer's order.
func (t Tags) On(ctx context.Context, works ...int64) (map[int64][]archive.WorkTag, error) {
	on := make(map[int64][]archive.WorkTag, len(works))
	if len(works) == 0 {
		return on, nil
	}
	_, err := all(ctx, t.conn, func(row sqldb.Scanner) (int64, error) {
		var work int64
		var wt archive.WorkTag
		err := row.Scan(&work, &wt.Tag, &wt.Kind, &wt.Wording, &wt.Main)
		on[work] = append(on[work], wt)
		return work, err
	}, `SELECT work, tag, kind, wording, main FROM work_tags WHERE work IN (`+list(1, len(works))+`) ORDER BY work, position`, anys(works)...)
	return on, err
}

// Suggest gives tags of a kind in which a word begins with what was typed, the
// most used first.
func (t Tags) Suggest(ctx context.Context, v archive.Viewer, kind archive.TagKind, typed string) ([]CountedTag, error) {
	pattern := likePrefix(typed)
	return all(ctx, t.conn, scanCountedTag, suggestTags, v.Account, v.Staff, micros(t.now), string(kind), pattern, "% "+pattern)
}

// Search gives tags of any kind in which a word begins with what was typed.
func (t Tags) Search(ctx context.Context, v archive.Viewer, typed string) ([]CountedTag, error) {
	pattern := likePrefix(typed)
	return all(ctx, t.conn, scanCountedTag, tagsSearched, v.Account, v.Staff, micros(t.now), pattern, "% "+pattern)
}

// Fandoms lists the fandoms by name, with the works the viewer may find in each,
// but for what they usually leave out, unless the rest is asked for.
func (t Tags) Fandoms(ctx context.Context, v archive.Viewer, rest bool) ([]CountedTag, error) {
	return all(ctx, t.conn, scanCountedTag, fandomCounts, v.Account, v.Staff, micros(t.now), rest)
}

// FandomsByName lists all fandoms there are to choose from.
func (t Tags) FandomsByName(ctx context.Context) ([]archive.Tag, error) {
	return all(ctx, t.conn, scanTag, fandomsByName)
}

// likePrefix is a LIKE pattern for tags that begin so.
func likePrefix(typed string) string { return escapeLike(FoldSought(archive.CleanLine(typed))) + "%" }

// likeAnywhere is a LIKE pattern for texts that hold a word.
func likeAnywhere(word string) string { return "%" + escapeLike(word) + "%" }

// escapeLike takes the meaning from what LIKE reads as patterns, with "!".
func escapeLike(text string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(text)
}

func scanTag(row sqldb.Scanner) (archive.Tag, error) {
	var t archive.Tag
	return t, row.Scan(&t.ID, &t.Kind, &t.Name, &t.Medium)
}

func scanCountedTag(row sqldb.Scanner) (CountedTag, error) {
	var t CountedTag
	return t, row.Scan(&t.ID, &t.Kind, &t.Name, &t.Medium, &t.Works)
}

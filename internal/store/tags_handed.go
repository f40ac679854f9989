package store

import (
	"context"
	"slices"

	"ficus/internal/archive"
)

// What hangs on a canonical, but for the works, each of which keeps the tag of
// the words its writer typed (decision 0311).
const (
	giveSynonyms = `UPDATE tags SET canonical = $2 WHERE canonical = $1 AND canonical > 0 AND id <> $2`
	dressTag     = `UPDATE tags SET medium = $2, banned = $3 WHERE id = $1`
	chosenBy     = `SELECT (SELECT COUNT(*) FROM muted WHERE tag = $1) + (SELECT COUNT(*) FROM excluded WHERE tag = $1) + (SELECT COUNT(*) FROM favourites WHERE tag = $1)`

	giveParents  = `UPDATE tag_parents SET tag = $2 WHERE tag = $1 AND NOT EXISTS (SELECT 1 FROM tag_parents o WHERE o.tag = $2 AND o.parent = tag_parents.parent)`
	clearParents = `DELETE FROM tag_parents WHERE tag = $1`

	metatagsOf    = `SELECT metatag FROM tag_metatags WHERE tag = $1 ORDER BY metatag`
	giveMetatags  = `UPDATE tag_metatags SET tag = $2 WHERE tag = $1 AND NOT EXISTS (SELECT 1 FROM tag_metatags o WHERE o.tag = $2 AND o.metatag = tag_metatags.metatag)`
	clearMetatags = `DELETE FROM tag_metatags WHERE tag = $1`

	filedOf       = `SELECT tag FROM tag_parents WHERE parent = $1 ORDER BY tag`
	giveChildren  = `UPDATE tag_parents SET parent = $2 WHERE parent = $1 AND NOT EXISTS (SELECT 1 FROM tag_parents o WHERE o.parent = $2 AND o.tag = tag_parents.tag)`
	clearChildren = `DELETE FROM tag_parents WHERE parent = $1`
	addChild      = `INSERT INTO tag_parents (parent, tag) VALUES ($1, $2) ON CONFLICT (tag, parent) DO NOTHING`

	subtagsOf    = `SELECT tag FROM tag_metatags WHERE metatag = $1 ORDER BY tag`
	giveSubtags  = `UPDATE tag_metatags SET metatag = $2 WHERE metatag = $1 AND NOT EXISTS (SELECT 1 FROM tag_metatags o WHERE o.metatag = $2 AND o.tag = tag_metatags.tag)`
	clearSubtags = `DELETE FROM tag_metatags WHERE metatag = $1`
	addSubtag    = `INSERT INTO tag_metatags (metatag, tag) VALUES ($1, $2) ON CONFLICT (tag, metatag) DO NOTHING`

	givenTo      = `SELECT account FROM wrangler_fandoms WHERE fandom = $1 ORDER BY account`
	giveGiven    = `UPDATE wrangler_fandoms SET fandom = $2 WHERE fandom = $1 AND NOT EXISTS (SELECT 1 FROM wrangler_fandoms o WHERE o.fandom = $2 AND o.account = wrangler_fandoms.account)`
	clearGiven   = `DELETE FROM wrangler_fandoms WHERE fandom = $1`
	addFandomFor = `INSERT INTO wrangler_fandoms (fandom, account) VALUES ($1, $2) ON CONFLICT (account, fandom) DO NOTHING`
)

// tie is one way in which rows hang on a tag.
type tie struct {
	list, give, clear, add string

	isAbove bool // of what it stands under: that rests with a synonym
}

// ties are all of them, in the order in which Handed counts them.
func ties() []tie {
	return []tie{
		{parentsOf, giveParents, clearParents, addParent, true},
		{metatagsOf, giveMetatags, clearMetatags, addMetatag, true},
		{filedOf, giveChildren, clearChildren, addChild, false},
		{subtagsOf, giveSubtags, clearSubtags, addSubtag, false},
		{givenTo, giveGiven, clearGiven, addFandomFor, false},
	}
}

// Handed is what a tag had of its own before it was handed what hangs on
// another, so that it can be handed back.
type Handed struct {
	Medium string    `json:"medium,omitempty"`
	Banned bool      `json:"banned,omitempty"`
	Had    [][]int64 `json:"had,omitempty"`  // by tie; none: nothing
	Both   [][]int64 `json:"both,omitempty"` // of these, what hung on the other too
}

// Hand has what hangs on one canonical hang on another tag, and makes the first
// a synonym of it. No work is touched, however many bear them.
func (s Sorting) Hand(ctx context.Context, from, to archive.SortedTag) (Handed, error) {
	had := Handed{Medium: to.Medium, Banned: to.Banned}
	for i, t := range ties() {
		mine, err := all(ctx, s.conn, scanInt, t.list, to.ID)
		if err != nil {
			return had, err
		}
		if len(mine) > 0 {
			theirs, err := all(ctx, s.conn, scanInt, t.list, from.ID)
			if err != nil {
				return had, err
			}
			if had.Had == nil {
				had.Had, had.Both = make([][]int64, len(ties())), make([][]int64, len(ties()))
			}
			had.Had[i] = mine
			had.Both[i] = slices.DeleteFunc(slices.Clone(mine), func(id int64) bool { return !slices.Contains(theirs, id) })
			if t.isAbove {
				if err := do(ctx, s.conn, t.clear, to.ID); err != nil {
					return had, err
				}
			}
		}
		if err := s.give(ctx, t, from.ID, to.ID); err != nil {
			return had, err
		}
	}
	if err := s.become(ctx, to.ID, from.ID, from.Medium, from.Banned); err != nil {
		return had, err
	}
	return had, s.Stand(ctx, from.ID, archive.TagSynonym, to.ID)
}

// HandBack undoes a Hand; the tag that was handed something stays a synonym of
// the other until Stand says what it was.
func (s Sorting) HandBack(ctx context.Context, from, to archive.SortedTag, had Handed) error {
	for i, t := range ties() {
		var err error
		if len(had.Had) > i && len(had.Had[i]) > 0 {
			err = s.part(ctx, t, from.ID, to.ID, had.Had[i], had.Both[i])
		} else {
			err = s.give(ctx, t, to.ID, from.ID)
		}
		if err != nil {
			return err
		}
	}
	if err := s.become(ctx, from.ID, to.ID, to.Medium, to.Banned); err != nil {
		return err
	}
	if err := do(ctx, s.conn, dressTag, to.ID, had.Medium, had.Banned); err != nil {
		return err
	}
	return s.Stand(ctx, to.ID, archive.TagSynonym, from.ID)
}

// part gives one tag back what hangs on another in one way, but for what that had
// before, some of which the first had too.
func (s Sorting) part(ctx context.Context, t tie, from, to int64, had, both []int64) error {
	now, err := all(ctx, s.conn, scanInt, t.list, to)
	if err != nil {
		return err
	}
	if err := do(ctx, s.conn, t.clear, to); err != nil {
		return err
	}
	for _, id := range now {
		if !t.isAbove && slices.Contains(had, id) && !slices.Contains(both, id) {
			continue
		}
		if err := do(ctx, s.conn, t.add, from, id); err != nil {
			return err
		}
	}
	for _, id := range had {
		if !t.isAbove && !slices.Contains(now, id) {
			continue
		}
		if err := do(ctx, s.conn, t.add, to, id); err != nil {
			return err
		}
	}
	return nil
}

// give has what hangs on one tag in one way hang on another.
func (s Sorting) give(ctx context.Context, t tie, from, to int64) error {
	if err := do(ctx, s.conn, t.give, from, to); err != nil {
		return err
	}
	return do(ctx, s.conn, t.clear, from)
}

// become makes a tag a canonical as another is, of what means that and of the
// merges that wait for it.
func (s Sorting) become(ctx context.Context, id, other int64, medium string, banned bool) error {
	if err := s.Stand(ctx, id, archive.TagCanonical, 0); err != nil {
		return err
	}
	if err := do(ctx, s.conn, dressTag, id, medium, banned); err != nil {
		return err
	}
	if err := do(ctx, s.conn, giveSynonyms, other, id); err != nil {
		return err
	}
	return TagActs{s.conn}.give(ctx, other, id)
}

// IsChosen reports whether somebody mutes a tag, leaves it out or has it among
// their favourites.
func (s Sorting) IsChosen(ctx context.Context, id int64) (bool, error) {
	n, err := one(ctx, s.conn, scanInt, chosenBy, id)
	return n > 0, err
}

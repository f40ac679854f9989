package archive

import (
	"slices"
	"time"
)

// TagStanding is what wranglers have made of a tag. The names are the same in
// the database and in the API.
type TagStanding string

// The four standings of a tag.
const (
	TagUnsorted  TagStanding = "unsorted"  // nobody has looked at it yet
	TagCanonical TagStanding = "canonical" // works are found and counted under it
	TagSynonym   TagStanding = "synonym"   // other words for a canonical
	TagAsIs      TagStanding = "as_is"     // looked at, and not to be sorted
)

// SortedTag is a tag with what wranglers have made of it.
type SortedTag struct {
	Tag
	Standing  TagStanding
	Canonical int64 // of a synonym: the tag it means; 0 otherwise
	Banned    bool  // it is offered nowhere
}

// Means is the tag under which works that bear this one are counted: its
// canonical, or itself.
func (t SortedTag) Means() int64 {
	if t.Standing == TagSynonym {
		return t.Canonical
	}
	return t.ID
}

// IsWrangled reports whether tags of a kind are sorted by wranglers. Ratings,
// warnings and categories are the site's own words.
func (k TagKind) IsWrangled() bool {
	return k == KindFandom || k == KindRelationship || k == KindCharacter || k == KindFreeform
}

// CheckSynonym says what forbids that a tag becomes a synonym of another. The
// kinds may differ: words are typed in the wrong field. Another synonym is
// never pointed at, so what a tag means is always one step away.
func (t SortedTag) CheckSynonym(of SortedTag) error {
	var p Problems
	switch {
	case !t.Kind.IsWrangled() || !of.Kind.IsWrangled():
		p.Add("canonical", "tag_not_wrangled")
	case t.ID == of.ID:
		p.Add("canonical", "tag_itself")
	case of.Standing != TagCanonical:
		p.Add("canonical", "tag_not_canonical", "Value", of.Name)
	}
	return p.Err()
}

// CheckName says what forbids that a canonical is called so.
func (t SortedTag) CheckName(name string) error {
	var p Problems
	switch {
	case !t.Kind.IsWrangled():
		p.Add("renamed", "tag_not_wrangled")
	case t.Standing != TagCanonical:
		p.Add("renamed", "tag_not_canonical", "Value", t.Name)
	case name == "":
		p.Add("renamed", "required")
	default:
		checkTagName("renamed", name, DefaultLimits().TagName, &p)
	}
	return p.Err()
}

// CheckParent says what forbids that a tag is filed under a parent: characters
// and relationships belong to fandoms, and only canonicals are filed and filed
// under.
func (t SortedTag) CheckParent(parent SortedTag) error {
	var p Problems
	switch {
	case t.Kind != KindCharacter && t.Kind != KindRelationship, parent.Kind != KindFandom:
		p.Add("parent", "tag_parent_kind")
	case t.Standing != TagCanonical:
		p.Add("parent", "tag_not_canonical", "Value", t.Name)
	case parent.Standing != TagCanonical:
		p.Add("parent", "tag_not_canonical", "Value", parent.Name)
	}
	return p.Err()
}

// Metatags are the metatags set by hand, by subtag: whoever looks for a metatag
// finds the works of its subtags too, never the reverse.
type Metatags map[int64][]int64

// CheckMetatag says what forbids that a tag gets a metatag. Both are canonicals
// of one kind, and none comes to stand above itself.
func (m Metatags) CheckMetatag(sub, meta SortedTag) error {
	var p Problems
	switch {
	case sub.ID == meta.ID:
		p.Add("metatag", "tag_itself")
	case sub.Kind != meta.Kind || !sub.Kind.IsWrangled():
		p.Add("metatag", "tag_metatag_kind")
	case sub.Standing != TagCanonical:
		p.Add("metatag", "tag_not_canonical", "Value", sub.Name)
	case meta.Standing != TagCanonical:
		p.Add("metatag", "tag_not_canonical", "Value", meta.Name)
	case slices.Contains(m.Above(meta.ID), sub.ID):
		p.Add("metatag", "tag_metatag_circle", "Value", meta.Name)
	}
	return p.Err()
}

// Above lists every metatag of a tag, those of its metatags too, in order of
// their numbers and without the tag itself, unless a circle leads back to it.
func (m Metatags) Above(tag int64) []int64 {
	met := map[int64]bool{}
	var above []int64
	for next := slices.Clone(m[tag]); len(next) > 0; {
		meta := next[len(next)-1]
		next = next[:len(next)-1]
		if met[meta] {
			continue
		}
		met[meta] = true
		above = append(above, meta)
		next = append(next, m[meta]...)
	}
	slices.Sort(above)
	return above
}

// A merge that more works than these would feel is not one wrangler's alone.
const mergeAlone = 1000

// mergeWait is how long such a merge waits for a second wrangler.
const mergeWait = 24 * time.Hour

// MergeAsked is a merge that a wrangler asked for.
type MergeAsked struct {
	By    int64     // the account that asked
	At    time.Time // when
	Works int       // how many works the merge would move
}

// MayBeDoneBy reports whether the merge may be done now by an account: at once
// when it is small, else by a second wrangler, or after a day by whoever asked.
func (m MergeAsked) MayBeDoneBy(account int64, now time.Time) bool {
	return m.Works <= mergeAlone || account != m.By || !now.Before(m.At.Add(mergeWait))
}

package archive

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// TagKind is what a tag says something about. The names are the same in the
// database, in addresses and in the API.
type TagKind string

// The seven kinds of tag.
const (
	KindRating       TagKind = "rating"
	KindWarning      TagKind = "warning"
	KindCategory     TagKind = "category"
	KindFandom       TagKind = "fandom"
	KindRelationship TagKind = "relationship"
	KindCharacter    TagKind = "character"
	KindFreeform     TagKind = "freeform"
)

// TagKinds lists the kinds in the order in which they are shown.
func TagKinds() []TagKind {
	return []TagKind{KindRating, KindWarning, KindCategory, KindFandom, KindRelationship, KindCharacter, KindFreeform}
}

// The ratings of PRODUCT.md.
const (
	RatingNone     = "Not Rated"
	RatingGeneral  = "General"
	RatingTeen     = "Teen"
	RatingMature   = "Mature"
	RatingExplicit = "Explicit"
)

// The warnings of PRODUCT.md.
const (
	WarningChoseNot = "chose not to warn"
	WarningNone     = "none apply"
	WarningViolence = "graphic violence"
	WarningDeath    = "major character death"
	WarningNonCon   = "rape/non-con"
	WarningUnderage = "underage sex"
)

// Ratings lists the ratings from mild to strong, Not Rated first.
func Ratings() []string {
	return []string{RatingNone, RatingGeneral, RatingTeen, RatingMature, RatingExplicit}
}

// Warnings lists the warnings in the order of the form.
func Warnings() []string {
	return []string{WarningChoseNot, WarningNone, WarningViolence, WarningDeath, WarningNonCon, WarningUnderage}
}

// Categories lists the categories in the order of the form.
func Categories() []string { return []string{"F/F", "F/M", "M/M", "Gen", "Multi", "Other"} }

// AsksFirst reports whether readers are asked before a work of this rating
// opens (the adult gate).
func AsksFirst(rating string) bool {
	return rating == RatingNone || rating == RatingMature || rating == RatingExplicit
}

// Tag is a tag of the archive. The kind is part of its identity.
type Tag struct {
	ID     int64
	Kind   TagKind
	Name   string
	Medium string // of a fandom: "books", "television", …; empty: unsorted
}

// WorkTag is a tag as it stands on one work, in the writer's own words.
type WorkTag struct {
	Tag     int64
	Kind    TagKind
	Wording string
	Main    bool // a main relationship
}

// SplitTags reads a field of tags: separated by commas, full-width or
// ideographic commas too; cleaned; one tag once.
func SplitTags(field string) []string {
	var tags []string
	for _, name := range strings.FieldsFunc(field, func(r rune) bool { return r == ',' || r == '，' || r == '、' || r == '\n' }) {
		name = CleanLine(name)
		if name != "" && !slices.ContainsFunc(tags, func(t string) bool { return strings.EqualFold(t, name) }) {
			tags = append(tags, name)
		}
	}
	return tags
}

// checkTagName notes a tag that is too long or has a character that no tag may
// have (PRODUCT.md §Work).
func checkTagName(field, name string, limit int, p *Problems) {
	if n := utf8.RuneCountInString(name); n > limit {
		p.Add(field, "tag_long", "Limit", limit, "Count", n, "Value", name)
	}
	if i := strings.IndexAny(name, ",*<>^{}=`\\%，、"); i >= 0 {
		bad, _ := utf8.DecodeRuneInString(name[i:])
		p.Add(field, "tag_characters", "Value", name, "Character", string(bad))
	}
	if !strings.ContainsFunc(name, unicode.IsGraphic) {
		p.Add(field, "required")
	}
}

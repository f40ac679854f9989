package archive

import "time"

// TagActKind is what a wrangler did with a tag. The names are the same in the
// database and in the API.
type TagActKind string

// What wranglers do.
const (
	TagMadeCanonical TagActKind = "canonical"
	TagMerged        TagActKind = "merge" // it became a synonym; other: of what
	TagLeft          TagActKind = "as_is" // it was looked at, and left as is
	TagFiled         TagActKind = "file"  // other: the fandom
	TagUnfiled       TagActKind = "unfile"
	TagPutUnder      TagActKind = "metatag" // other: the metatag
	TagTakenOut      TagActKind = "no_metatag"
	TagBanned        TagActKind = "ban"
	TagUnbanned      TagActKind = "unban"
	TagRenamed       TagActKind = "rename" // other: what bears the old name now
	TagSplit         TagActKind = "split"  // other: the synonym that became a canonical of its own
)

// TagAct is one act of a wrangler, with what is needed to undo it.
type TagAct struct {
	ID       int64
	At       time.Time
	Wrangler int64 // account
	Kind     TagActKind
	Tag      int64
	Other    int64  // the other tag it is about; 0: none
	Was      string // what the tag was, as JSON
	UndoneAt time.Time
	UndoneBy int64
}

// StandingOf is the standing of a tag of a kind that nobody has looked at: the
// site's own words are canonical from the start.
func StandingOf(kind TagKind) TagStanding {
	if kind.IsWrangled() {
		return TagUnsorted
	}
	return TagCanonical
}

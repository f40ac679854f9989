package archive

import "time"

// Limits are the bounds of what people may send; the figures are PRODUCT.md's
// and a site may set its own. Characters are code points of the stored HTML.
type Limits struct {
	WorkLimits
	AccountLimits
	AnswerLimits
	SizeLimits
	Trash   time.Duration // how long a deleted work can be brought back
	Session time.Duration // how long a device stays signed in unseen
}

// WorkLimits bound what a work is made of.
type WorkLimits struct {
	Title     int // characters of a work's or chapter's title
	Summary   int // characters
	Notes     int // characters of each note and of a disclaimer
	Text      int // characters of a chapter
	Chapters  int // chapters of a work
	Work      int // characters of all its chapters with their notes: what is read, or bound, in one piece
	Tags      int // fandoms, relationships, characters and freeforms together
	Fandoms   int // fandoms of a work
	TagName   int // characters of one tag
	MainTags  int // relationships marked as main
	Elsewhere int // addresses where the work also stands
	Gifts     int // readers a work is given to
	CoverAlt  int // characters of what is said of a cover
}

// AccountLimits bound what an account has.
type AccountLimits struct {
	Pseuds     int // pen names
	Keys       int // keys to the API
	KeyName    int // characters of a key's name
	People     int // whom a member blocks, and whom they mute
	Muted      int // tags and works a member mutes
	Excluded   int // tags a member leaves out of every list
	Filters    int // filters a member saves
	FilterName int // characters of the name of one
	Favourites int // tags on a member's first page
}

// AnswerLimits bound what readers say.
type AnswerLimits struct {
	Comment   int // characters of a comment
	GuestName int // characters of the name a guest gives
	Pinned    int // comments a writer puts first on one work
}

// SizeLimits are bytes of what is sent, and how many files at once.
type SizeLimits struct {
	FormBytes       int64
	ManuscriptBytes int64
	PileBytes       int64 // all files of a pile together, packed or unpacked
	PileFiles       int   // those in its zips counted
	ImageBytes      int64
	JSONBytes       int64
}

// DefaultLimits are the limits of a new archive.
func DefaultLimits() Limits {
	return Limits{
		WorkLimits: WorkLimits{
			Title: 255, Summary: 1250, Notes: 5000, Text: 500_000, Chapters: 5000, Work: 20_000_000,
			Tags: 75, Fandoms: 20, TagName: 150, MainTags: 2, Elsewhere: 5, Gifts: 20, CoverAlt: 500,
		},
		AccountLimits: AccountLimits{Pseuds: 50, Keys: 20, KeyName: 60, People: 2000, Muted: 300, Excluded: 50, Filters: 100, FilterName: 60, Favourites: 20},
		AnswerLimits:  AnswerLimits{Comment: 10_000, GuestName: 40, Pinned: 3},
		SizeLimits:    SizeLimits{FormBytes: 8 << 20, ManuscriptBytes: 50 << 20, PileBytes: 200 << 20, PileFiles: 1000, ImageBytes: 10 << 20, JSONBytes: 16 << 20},
		Trash:         30 * 24 * time.Hour, Session: 180 * 24 * time.Hour,
	}
}

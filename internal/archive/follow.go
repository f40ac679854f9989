package archive

import "time"

// MostFollows is how many works and people one member follows at most.
const MostFollows = 10_000

// Followed is what a member follows: a work, or a person with all their pen
// names. One of the two is set.
type Followed struct {
	Work   int64
	Person int64 // account
}

// Follow is one member following something.
type Follow struct {
	ID      int64
	Account int64
	Followed
	At time.Time
}

// Audience is who is told of a chapter, each once.
type Audience string

// The audiences.
const (
	AudienceWork   Audience = "work"   // who follows the work
	AudiencePerson Audience = "person" // who follows one of its creators
)

// Audiences are who may be told of a work as it stands: nobody while readers do
// not see it, and those who follow its creators only while these are no secret.
func (s Standing) Audiences(now time.Time) []Audience {
	switch {
	case !s.shownTo(Viewer{}, now):
		return nil
	case s.Anonymous:
		return []Audience{AudienceWork}
	}
	return []Audience{AudienceWork, AudiencePerson}
}

// Announcement is news of a work on its way to an audience.
type Announcement struct {
	Event    int64 // that it was begun by
	Audience Audience
	Work     int64
	Kind     NoticeKind // NoticeWork or NoticeChapter
	Chapter  int64      // the first it tells of
	Number   int        // of how many chapters it tells
	At       time.Time  // when readers could see them
	Reached  int64      // the last follower who was told
}

// IsNews reports whether a posted chapter is something to tell: it bears the
// day it was posted on, or the day before, which is today elsewhere. One that
// bears an earlier day was moved here from elsewhere.
func (c Chapter) IsNews() bool { return !c.IsDraft() && Day(c.PostedAt)-Day(c.Published) <= 1 }

// Announces makes one announcement to an audience of the chapters it was not
// told of; false when none of them is news. Begun says that it was told of
// others, or could have been: then the work is not new to it.
func Announces(e Event, to Audience, chapters []Chapter, begun bool) (Announcement, bool) {
	a := Announcement{Event: e.ID, Audience: to, Kind: NoticeWork, At: e.At}
	if begun {
		a.Kind = NoticeChapter
	}
	for _, c := range chapters {
		if !c.IsNews() {
			continue
		}
		if a.Number == 0 {
			a.Work, a.Chapter = c.Work, c.ID
		}
		a.Number++
	}
	return a, a.Number > 0
}

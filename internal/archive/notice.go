package archive

import (
	"slices"
	"time"
)

// Notice is a line in a member's notices: one for each event and recipient.
type Notice struct {
	ID      int64
	Account int64
	Event   int64
	Kind    NoticeKind
	Work    int64
	Subject int64 // the comment or book it tells of; of what is followed: the creator, or 0 when it is the work
	Chapter int64
	Number  int // of how many it tells
	At      time.Time
	ReadAt  time.Time // zero: unread
}

// NoticeKind says what a notice tells; the words are in the message catalogue.
type NoticeKind string

// What members are told of.
const (
	NoticeGift        NoticeKind = "gift"         // a work was given to you
	NoticeWorkDeleted NoticeKind = "work_deleted" // your work was deleted and can be brought back
	NoticeStaff       NoticeKind = "staff"        // staff did something that concerns you
	NoticeCaseClosed  NoticeKind = "case_closed"  // what you reported was looked at
	NoticeProve       NoticeKind = "prove"        // a link waits in your mail
	NoticeDevice      NoticeKind = "device"       // a device signed in that never did before
	NoticePassword    NoticeKind = "password"     // your password was changed
	NoticeComment     NoticeKind = "comment"      // somebody commented on your work
	NoticeHeld        NoticeKind = "held"         // a comment on your work waits for you
	NoticeReply       NoticeKind = "reply"        // somebody answered your comment
	NoticeKudos       NoticeKind = "kudos"        // so many left kudos for your work
	NoticeCases       NoticeKind = "cases"        // so many new cases are on the desk
	NoticeBursts      NoticeKind = "bursts"       // kudos of so many works wait for staff
	NoticeForStaff    NoticeKind = "comments"     // so many comments wait for staff
	NoticeChapter     NoticeKind = "chapter"      // of a work you follow or by whom you follow (subject), so many (number)
	NoticeWork        NoticeKind = "work"         // a work that is new, alike
	NoticeFiltered    NoticeKind = "filtered"     // a work came into the list of a saved filter (subject)
	NoticeBook        NoticeKind = "book"         // a book of several works (subject) is ready, or could not be bound

	// What was done to the ways into an account: each is called as its event.
	NoticePasskeyAdded    = NoticeKind(PasskeyAdded)
	NoticePasskeyRemoved  = NoticeKind(PasskeyRemoved)
	NoticePasskeyCopied   = NoticeKind(PasskeyCopied)
	NoticeSecondStepOn    = NoticeKind(SecondStepOn)
	NoticeSecondStepOff   = NoticeKind(SecondStepOff)
	NoticeRecoveryRenewed = NoticeKind(RecoveryRenewed)
	NoticeRecoveryUsed    = NoticeKind(RecoveryUsed)
	NoticeAccountDeleted  = NoticeKind(AccountDeleted)
	NoticeAccountRestored = NoticeKind(AccountRestored)
)

// Topic is what some kinds of notices have in common: by topics members filter
// what they were told, and say what they wish by mail.
type Topic string

// The topics.
const (
	TopicComments  Topic = "comments"  // on one's works
	TopicReplies   Topic = "replies"   // to one's comments
	TopicKudos     Topic = "kudos"     // for one's works
	TopicGifts     Topic = "gifts"     // works given to one
	TopicFollowing Topic = "following" // what and whom one follows
	TopicBooks     Topic = "books"     // books of several works that one asked for
	TopicCopies    Topic = "copies"    // of one's own comments: by mail only
	TopicDaily     Topic = "daily"     // whatever comes once a day: only to stop it
	TopicSite      Topic = "site"      // everything else: from staff, and about the account
)

// Topics lists those that notices have.
func Topics() []Topic {
	return []Topic{TopicComments, TopicReplies, TopicKudos, TopicFollowing, TopicGifts, TopicBooks, TopicSite}
}

// MailTopics lists those that members have a say over by mail. What is about
// the account itself is mailed whatever they wish.
func MailTopics() []Topic {
	return []Topic{TopicComments, TopicReplies, TopicKudos, TopicFollowing, TopicGifts, TopicBooks, TopicCopies}
}

// Kinds are the kinds of notices of a topic; none of TopicSite, which is every
// other.
func (t Topic) Kinds() []NoticeKind {
	switch t {
	case TopicComments:
		return []NoticeKind{NoticeComment, NoticeHeld}
	case TopicReplies:
		return []NoticeKind{NoticeReply}
	case TopicKudos:
		return []NoticeKind{NoticeKudos}
	case TopicGifts:
		return []NoticeKind{NoticeGift}
	case TopicFollowing:
		return []NoticeKind{NoticeChapter, NoticeWork, NoticeFiltered}
	case TopicBooks:
		return []NoticeKind{NoticeBook}
	}
	return nil
}

// Topic is the topic of a kind of notice.
func (k NoticeKind) Topic() Topic {
	for _, t := range Topics() {
		if slices.Contains(t.Kinds(), k) {
			return t
		}
	}
	return TopicSite
}

// MailWish is how a member likes to be told of a topic by mail.
type MailWish string

// The wishes.
const (
	MailAtOnce MailWish = "once"
	MailHourly MailWish = "hourly" // all that came within the hour in one mail
	MailDaily  MailWish = "daily"
	MailNever  MailWish = "never"
)

// MailWishes are what a member said of each topic; empty: nothing yet.
type MailWishes struct {
	Comments, Replies, Kudos, Gifts, Following, Copies, Books MailWish
}

// Wishes are the wishes one may have of a topic, the usual one first. Kudos
// come once a day at most; a copy of one's own words comes at once or never, and
// so does word of a book, which lies there for a day.
// What one follows may come in bursts, so it comes within the hour.
func (t Topic) Wishes() []MailWish {
	switch t {
	case TopicKudos:
		return []MailWish{MailDaily, MailNever}
	case TopicFollowing:
		return []MailWish{MailHourly, MailAtOnce, MailDaily, MailNever}
	case TopicGifts:
		return []MailWish{MailNever, MailAtOnce, MailDaily}
	case TopicCopies, TopicBooks:
		return []MailWish{MailNever, MailAtOnce}
	}
	return []MailWish{MailAtOnce, MailDaily, MailNever}
}

// Stopped are the topics that a member who stops the mails of a topic hears of
// no more: itself, or all that come once a day.
func (p Preferences) Stopped(t Topic) []Topic {
	if t != TopicDaily {
		return []Topic{t}
	}
	var daily []Topic
	for _, one := range MailTopics() {
		if p.Mails(one) == MailDaily {
			daily = append(daily, one)
		}
	}
	return daily
}

// of is where the wish about a topic stands; nil for TopicSite.
func (w *MailWishes) of(t Topic) *MailWish {
	switch t {
	case TopicComments:
		return &w.Comments
	case TopicReplies:
		return &w.Replies
	case TopicKudos:
		return &w.Kudos
	case TopicGifts:
		return &w.Gifts
	case TopicFollowing:
		return &w.Following
	case TopicCopies:
		return &w.Copies
	case TopicBooks:
		return &w.Books
	}
	return nil
}

// Mails is how a member is told of a topic by mail: as they said, else the
// usual. Of gifts they may have spoken when they joined.
func (p Preferences) Mails(t Topic) MailWish {
	said := p.Mail.of(t)
	switch {
	case said == nil:
		return MailAtOnce
	case slices.Contains(t.Wishes(), *said):
		return *said
	case t == TopicGifts && p.MailGifts:
		return MailAtOnce
	}
	return t.Wishes()[0]
}

// Wish says how a member is told of a topic from now on; false when there is no
// such topic, or no such wish about it.
func (p *Preferences) Wish(t Topic, wish MailWish) bool {
	said := p.Mail.of(t)
	if said == nil || !slices.Contains(t.Wishes(), wish) {
		return false
	}
	*said = wish
	return true
}

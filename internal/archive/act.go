package archive

import "time"

// Act is something staff did, kept for good with its reason.
type Act struct {
	ID      int64
	At      time.Time
	Staff   int64
	Kind    ActKind
	Account int64  // of the member it concerns; 0: none
	Work    int64  // 0: none
	Subject int64  // what else: a comment, a case, an invitation
	About   string // what was changed, in words that stay true: a name, a setting
	Reason  string // as typed
}

// ActKind names an act of staff; the words are in the message catalogue.
type ActKind string

// What staff do.
const (
	ActSettings ActKind = "settings" // changed the site's settings

	ActCommentRemoved  ActKind = "comment_removed"  // took a comment away
	ActCommentHidden   ActKind = "comment_hidden"   // hid one, its words kept
	ActCommentShown    ActKind = "comment_shown"    // showed one again
	ActCommentApproved ActKind = "comment_approved" // let a held one stand
	ActCommentMarked   ActKind = "comment_marked"   // called one spam
	ActThreadFrozen    ActKind = "thread_frozen"    // let a thread take no answers
	ActThreadThawed    ActKind = "thread_thawed"    // let it take them again

	ActKudosCounted ActKind = "kudos_counted" // a burst of kudos was honest
	ActKudosDropped ActKind = "kudos_dropped" // a burst of kudos was thrown away
)

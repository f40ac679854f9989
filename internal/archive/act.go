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
	ActSetUp    ActKind = "set_up"   // made the archive their own, on its first page
	ActStaff    ActKind = "staff"    // made a member staff
	ActNoStaff  ActKind = "no_staff" // made staff a member again
	ActWrangler ActKind = "wrangler" // had a member sort tags, or no longer
	ActInvite   ActKind = "invite"   // made invitations
	ActRevoke   ActKind = "revoke"   // withdrew an invitation
	ActDraw     ActKind = "draw"     // invited from the queue
	ActUnqueue  ActKind = "unqueue"  // took an address out of the queue

	ActCommentRemoved  ActKind = "comment_removed"  // took a comment away
	ActCommentHidden   ActKind = "comment_hidden"   // hid one, its words kept
	ActCommentShown    ActKind = "comment_shown"    // showed one again
	ActCommentApproved ActKind = "comment_approved" // let a held one stand
	ActCommentMarked   ActKind = "comment_marked"   // called one spam
	ActThreadFrozen    ActKind = "thread_frozen"    // let a thread take no answers
	ActThreadThawed    ActKind = "thread_thawed"    // let it take them again

	ActKudosCounted ActKind = "kudos_counted" // a burst of kudos was honest
	ActKudosDropped ActKind = "kudos_dropped" // a burst of kudos was thrown away
	ActHide         ActKind = "hide"          // a work
	ActShow         ActKind = "show"          // a hidden work, again
	ActApprove      ActKind = "approve"       // a work that waited
	ActReturn       ActKind = "return"        // a work that waited, to its writer
	ActTrust        ActKind = "trust"         // a member whose works wait no more
	ActWarn         ActKind = "warn"
	ActSuspend      ActKind = "suspend"
	ActBan          ActKind = "ban"
	ActLift         ActKind = "lift"  // a suspension or ban
	ActPeek         ActKind = "peek"  // looked at what is private
	ActClose        ActKind = "close" // a case

	ActPaperSaved  ActKind = "paper_saved"  // wrote a draft of news or a page
	ActPaperPosted ActKind = "paper_posted" // posted news or a page, or changed what was posted
	ActPaperTaken  ActKind = "paper_taken"  // took news or a page down: a draft again
	ActPagesMoved  ActKind = "pages_moved"  // ordered the pages in the foot
)

// ActKinds lists what staff do, as lists of it are filtered.
func ActKinds() []ActKind {
	return []ActKind{
		ActSettings, ActSetUp, ActStaff, ActNoStaff, ActWrangler, ActInvite, ActRevoke, ActDraw, ActUnqueue,
		ActCommentApproved, ActCommentMarked, ActCommentRemoved, ActCommentHidden, ActCommentShown, ActThreadFrozen, ActThreadThawed,
		ActKudosCounted, ActKudosDropped, ActHide, ActShow, ActApprove, ActReturn, ActTrust, ActWarn, ActSuspend, ActBan, ActLift, ActPeek, ActClose,
		ActPaperSaved, ActPaperPosted, ActPaperTaken, ActPagesMoved,
	}
}

// IsTold reports whether the member an act concerns may read of it.
func (k ActKind) IsTold() bool {
	switch k {
	case ActHide, ActShow, ActApprove, ActReturn, ActTrust, ActWarn, ActSuspend, ActBan, ActLift, ActPeek:
		return true
	}
	return false
}

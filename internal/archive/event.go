package archive

import "time"

// EventKind names what happened.
type EventKind string

// Everything the log records. An event carries numbers only, no text and no
// addresses, so that a purge need not rewrite the log.
const (
	AccountJoined     EventKind = "account_joined"
	AccountChanged    EventKind = "account_changed" // password, preferences, keys
	PseudAdded        EventKind = "pseud_added"
	NameChanged       EventKind = "name_changed"     // of an account or a pen name; subject: the account
	BylineChanged     EventKind = "byline_changed"   // of a work, because a name in it did
	ProofAsked        EventKind = "proof_asked"      // a link is to be sent; subject: the proof
	PasswordChanged   EventKind = "password_changed" // subject: whose
	DeviceMet         EventKind = "device_met"       // one that never signed in before; subject: the session
	SessionsEnded     EventKind = "sessions_ended"
	WorkDrafted       EventKind = "work_drafted"
	WorkPosted        EventKind = "work_posted"
	WorkEdited        EventKind = "work_edited"
	WorkDeleted       EventKind = "work_deleted"
	WorkRestored      EventKind = "work_restored"
	WorkPurged        EventKind = "work_purged"
	ChapterDrafted    EventKind = "chapter_drafted"
	ChapterPosted     EventKind = "chapter_posted"
	ChapterEdited     EventKind = "chapter_edited"
	ChapterDeleted    EventKind = "chapter_deleted"
	ChaptersReordered EventKind = "chapters_reordered"
	ManuscriptBrought EventKind = "manuscript_brought"
	InvitationMade    EventKind = "invitation_made"  // subject: the invitation
	SiteChanged       EventKind = "site_changed"     // the owner's settings
	PersonBlocked     EventKind = "person_blocked"   // or no longer; subject: whom
	PersonMuted       EventKind = "person_muted"     // or no longer; subject: whom
	ThingMuted        EventKind = "thing_muted"      // or no longer; subject: the tag, if it is one
	MutedWordAdded    EventKind = "muted_word_added" // nobody muted it before; subject: the word
	MutedWordFound    EventKind = "muted_word_found" // works were looked through for it; subject: the word
	WorkVeiled        EventKind = "work_veiled"      // revealed, named, or the contrary
	WorkFollowed      EventKind = "work_followed"    // or no longer
	PersonFollowed    EventKind = "person_followed"  // or no longer; subject: whom

	// Comments; subject: the comment, "parent" in the data: what it answers.
	CommentAdded    EventKind = "comment_added"    // shown from the first
	CommentHeld     EventKind = "comment_held"     // new, and waits; "state" says for whom
	CommentEdited   EventKind = "comment_edited"   // "state": where it stands now
	CommentApproved EventKind = "comment_approved" // by the writer or staff
	CommentMarked   EventKind = "comment_marked"   // as spam
	CommentRemoved  EventKind = "comment_removed"  // by who said it, the writer or staff
	CommentVeiled   EventKind = "comment_veiled"   // hidden by staff, or no longer
	CommentPinned   EventKind = "comment_pinned"   // or no longer
	ThreadFrozen    EventKind = "thread_frozen"    // or no longer
	CommentsPaused  EventKind = "comments_paused"  // on a work of who paused, or no longer
	KudosGiven      EventKind = "kudos_given"      // or named, or counted after all
	KudosParked     EventKind = "kudos_parked"     // in a burst: they wait for staff
	KudosGathered   EventKind = "kudos_gathered"   // creators are to be told of so many; subject: how many
	PasskeyAdded    EventKind = "passkey_added"    // the account is the subject of each of these
	PasskeyRemoved  EventKind = "passkey_removed"
	PasskeyCopied   EventKind = "passkey_copied" // its counter went backwards: it lets nobody in
	SecondStepOn    EventKind = "second_step_on"
	SecondStepOff   EventKind = "second_step_off"
	RecoveryRenewed EventKind = "recovery_renewed"
	RecoveryUsed    EventKind = "recovery_used"
	AccountDeleted  EventKind = "account_deleted"
	AccountRestored EventKind = "account_restored"
	AccountPurged   EventKind = "account_purged"
	WorkOrphaned    EventKind = "work_orphaned" // no actor: the log tells nobody whose it was
	WorkTakenBack   EventKind = "work_taken_back"

	// What staff do; subject: the act.
	WorkHeldBack EventKind = "work_held_back" // posted, and waits for staff; no act
	WorkReturned EventKind = "work_returned"  // to its writer
	WorkHidden   EventKind = "work_hidden"
	WorkShown    EventKind = "work_shown" // again
	WorkPeeked   EventKind = "work_peeked"
	MemberTold   EventKind = "member_told"   // warned, suspended, banned, lifted, trusted
	CaseReported EventKind = "case_reported" // subject: the case
	CaseClosed   EventKind = "case_closed"   // subject: the case
	PaperChanged EventKind = "paper_changed" // news or a page was saved; subject: the paper
	PagesOrdered EventKind = "pages_ordered" // in the foot
	StaffCalled  EventKind = "staff_called"  // something waits on the desk; subject: how much, "what" in the data

	PileBrought EventKind = "pile_brought" // subject: the pile
	VolumeAsked EventKind = "volume_asked" // a book of several works is to be bound; subject: the volume
	VolumeEnded EventKind = "volume_ended" // it is ready, or was given up; subject: the volume
	VolumeLeft  EventKind = "volume_left"  // its member wants it no more; subject: the volume

	CoverChanged EventKind = "cover_changed" // of a work's books: given, described otherwise or taken away

	ExclusionChanged EventKind = "exclusion_changed" // a tag is left out of every list, or no longer; subject: the tag

	FilterChanged    EventKind = "filter_changed"    // a filter was saved, changed, shared, subscribed to or deleted, or no longer; subject: the filter
	FavouriteChanged EventKind = "favourite_changed" // a tag stands on a first page, or no longer; subject: the tag

	TagSorted EventKind = "tag_sorted" // by a wrangler, or undone; subject: the tag
)

// Event is one row of the log. Its id is its place in commit order.
type Event struct {
	ID      int64
	At      time.Time
	Kind    EventKind
	Actor   int64 // account; 0: the archive itself
	Work    int64
	Chapter int64
	Subject int64             // what else it is about: an account, a gift, a manuscript
	Data    map[string]string // small
}

// Job is one piece of work the log asks for, retried alone until done.
type Job struct {
	ID       int64
	Event    int64
	Kind     string // the line of the table in cmd/ficus/wire.go
	RunAt    time.Time
	Attempts int
	Cursor   int64 // how far a long fan-out has come
}

// ChangesWhatGuestsSee reports whether an event of this kind may change a byte
// of the lists and of its work's pages, if it has one: it raises the work's
// shown revision.
func ChangesWhatGuestsSee(kind EventKind) bool {
	switch kind {
	case WorkPosted, WorkEdited, WorkDeleted, WorkRestored, WorkPurged,
		ChapterPosted, ChapterEdited, ChapterDeleted, ChaptersReordered,
		PseudAdded, NameChanged, BylineChanged,
		WorkVeiled, WorkHidden, WorkShown, WorkReturned,
		KudosGiven:
		return true
	case CommentAdded, CommentEdited, CommentApproved, CommentMarked, CommentRemoved, CommentVeiled, CommentPinned, ThreadFrozen, CommentsPaused:
		return true
	case AccountDeleted, AccountRestored, WorkOrphaned, WorkTakenBack:
		return true
	case CoverChanged, TagSorted:
		return true
	}
	return false
}

// ChangesFiguresOnly reports whether an event of this kind changes nothing of a
// list but what it counts.
func ChangesFiguresOnly(kind EventKind) bool {
	switch kind {
	case CommentAdded, CommentEdited, CommentApproved, CommentMarked, CommentRemoved, CommentVeiled, CommentPinned, ThreadFrozen, CommentsPaused:
		return true
	}
	return false
}

// AddsOnly reports whether an event of this kind only adds to what guests read
// of a work, and takes nothing back: a page without it is a moment old, and
// tells nothing that it should not. An edit is none of these, for it may be
// what takes something back.
func AddsOnly(kind EventKind) bool {
	switch kind {
	case CommentAdded, CommentApproved, KudosGiven:
		return true
	}
	return false
}

// ChangesNothingShown reports whether an event of this kind on a work leaves
// every byte as it is that guests read of it.
func ChangesNothingShown(kind EventKind) bool {
	switch kind {
	case CommentHeld, KudosParked, KudosGathered:
		return true
	}
	return false
}

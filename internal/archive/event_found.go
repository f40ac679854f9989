package archive

// Rereading is what has to be read again, after an event, to find its work
// rightly.
type Rereading uint8

// What is read again: nothing a work is found by has changed, only its figures
// have, or anything may have.
const (
	RereadNothing Rereading = iota
	RereadFigures
	RereadWork
)

// RereadFor tells what has to be read again of an event's work. Of a kind that
// is not known, as a newer program on another node may record, it is all.
func RereadFor(kind EventKind) Rereading {
	if reread, known := rereadings[kind]; known {
		return reread
	}
	return RereadWork
}

// rereadings has every kind of event.
var rereadings = map[EventKind]Rereading{
	// Who and what is about accounts: works name their accounts by number.
	AccountJoined: RereadNothing, AccountChanged: RereadNothing, PseudAdded: RereadNothing, NameChanged: RereadNothing, BylineChanged: RereadNothing,
	ProofAsked: RereadNothing, PasswordChanged: RereadNothing, DeviceMet: RereadNothing, SessionsEnded: RereadNothing, InvitationMade: RereadNothing,
	PasskeyAdded: RereadNothing, PasskeyRemoved: RereadNothing, PasskeyCopied: RereadNothing, SecondStepOn: RereadNothing, SecondStepOff: RereadNothing,
	RecoveryRenewed: RereadNothing, RecoveryUsed: RereadNothing, AccountDeleted: RereadNothing, AccountRestored: RereadNothing, AccountPurged: RereadNothing,
	MemberTold: RereadNothing, WorkFollowed: RereadNothing, PersonFollowed: RereadNothing,

	// Mutes and peeks are read with each list.
	PersonBlocked: RereadNothing, PersonMuted: RereadNothing, ThingMuted: RereadNothing, MutedWordAdded: RereadNothing, MutedWordFound: RereadNothing,
	ExclusionChanged: RereadNothing, FilterChanged: RereadNothing, FavouriteChanged: RereadNothing, WorkPeeked: RereadNothing,

	WorkDrafted: RereadWork, WorkPosted: RereadWork, WorkEdited: RereadWork, WorkDeleted: RereadWork, WorkRestored: RereadWork, WorkPurged: RereadWork,
	ChapterDrafted: RereadWork, ChapterPosted: RereadWork, ChapterEdited: RereadWork, ChapterDeleted: RereadWork, ChaptersReordered: RereadNothing,
	WorkVeiled: RereadWork, WorkOrphaned: RereadWork, WorkTakenBack: RereadWork,
	WorkHeldBack: RereadWork, WorkReturned: RereadWork, WorkHidden: RereadWork, WorkShown: RereadWork, CoverChanged: RereadNothing,

	// What is shown to everyone is counted.
	CommentAdded: RereadFigures, CommentHeld: RereadNothing, CommentEdited: RereadFigures, CommentApproved: RereadFigures, CommentMarked: RereadFigures,
	CommentRemoved: RereadFigures, CommentVeiled: RereadFigures, CommentPinned: RereadNothing, ThreadFrozen: RereadNothing, CommentsPaused: RereadNothing,
	KudosGiven: RereadFigures, KudosParked: RereadNothing, KudosGathered: RereadNothing,

	ManuscriptBrought: RereadNothing, PileBrought: RereadNothing, VolumeAsked: RereadNothing, VolumeEnded: RereadNothing, VolumeLeft: RereadNothing,
	SiteChanged: RereadNothing, CaseReported: RereadNothing, CaseClosed: RereadNothing, PaperChanged: RereadNothing, PagesOrdered: RereadNothing, StaffCalled: RereadNothing,

	// Works keep the numbers of their writers' tags.
	TagSorted: RereadNothing,
}

package archive

import "time"

// Site is what the owner decided about the archive. The zero Site is an
// archive nobody has set up yet; DefaultSite is where one begins.
type Site struct {
	SetUp         bool   // the owner's first page was sent
	Name          string // what the archive is called
	Language      string // of its pages for whoever asks for none we have: BCP 47
	About         string // what this place is: plain text, or empty
	Banner        string // what stands above every page: plain text, or empty
	Join          string // JoinOpen, JoinInvited or JoinClosed
	Queue         bool   // people may ask for an invitation
	Fandom        string // the one fandom of every work; empty: any
	Ratings       []string
	GuestComments bool          // guests may comment where the writer lets them
	Approval      string        // ApproveNone, ApproveNew or ApproveAll
	NewFor        time.Duration // how long a member is new
	NewPaused     bool          // new members' comments wait for staff
	AskNotRated   bool          // Not Rated works ask first, as Mature ones do
	QueueDaily    int           // how many the queue invites a day by itself
	Invitations   int           // how many a member may give
	SearchTexts   bool          // searches find works by the texts of their chapters
	Rev           int64         // how often these were changed on the desk
}

// Who may join.
const (
	JoinOpen    = "open"
	JoinInvited = "invited"
	JoinClosed  = "closed"
)

// Whose works wait for staff before anyone sees them.
const (
	ApproveNone = "none"
	ApproveNew  = "new"
	ApproveAll  = "all"
)

// DefaultSite is how an archive begins.
func DefaultSite() Site {
	return Site{
		Name: "Ficus", Language: "en", Join: JoinOpen, Ratings: Ratings(), GuestComments: true, Approval: ApproveNone,
		NewFor: 7 * 24 * time.Hour, AskNotRated: true, SearchTexts: true,
	}
}

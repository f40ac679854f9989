package archive

import "time"

// Case is one thing that people reported, open until staff close it.
type Case struct {
	ID       int64
	Kind     SubjectKind
	Subject  int64  // the work, comment or account
	Work     int64  // the work it is, or stands on; 0: none
	Account  int64  // whose it is; 0: nobody's, or a guest's
	Title    string // what it was called when first reported
	OpenedAt time.Time
	ClosedAt time.Time // zero: open
	Outcome  Outcome
	Words    string // of staff, when it was closed
	Reports  int
}

// SubjectKind is what a case is about.
type SubjectKind string

// What can be reported.
const (
	SubjectWork    SubjectKind = "work"
	SubjectComment SubjectKind = "comment"
	SubjectAccount SubjectKind = "account"
)

// Outcome is how a case ended.
type Outcome string

// How cases end.
const (
	OutcomeActed   Outcome = "acted"   // something was done
	OutcomeNothing Outcome = "nothing" // nothing had to be done
)

// Report is what one person said of a thing, with the thing as it stood then.
type Report struct {
	ID         int64
	Case       int64
	Reporter   int64 // 0: a guest
	By         string
	At         time.Time
	Reason     ReportReason
	Words      string
	AsReported []Exhibit
}

// Exhibit is one text of a thing as it was reported.
type Exhibit struct {
	What string // "title", "byline", "summary", "tags", "text", "name"; words in the message catalogue
	HTML string // safe; Text when it is plain
	Text string
}

// ReportReason says what is wrong; the words are in the message catalogue.
type ReportReason string

// ReportReasons lists why things are reported, as the form offers them.
func ReportReasons() []ReportReason {
	return []ReportReason{"harassment", "rating", "plagiarism", "private", "spam", "illegal", "other"}
}

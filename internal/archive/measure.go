package archive

import "time"

// Measures are what staff decided about a member.
type Measures struct {
	Suspended time.Time // reads and writes nothing until then; zero: not suspended
	Banned    time.Time // since when they write nothing any more; zero: not banned
	Trusted   time.Time // since when their works wait no more; zero: as all others
	Joined    time.Time
	Staff     bool
}

// MustWait reports whether a work the member posts waits for approval, as the
// owner decided.
func (m Measures) MustWait(s Site, now time.Time) bool {
	if m.Staff || !m.Trusted.IsZero() {
		return false
	}
	return s.Approval == ApproveAll || s.Approval == ApproveNew && now.Sub(m.Joined) < s.NewFor
}

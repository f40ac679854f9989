package locale

import (
	"time"

	"ficus/internal/archive"
)

// Act says to the member it concerns what staff did; title is that of the work,
// if there is one.
func (p Printer) Act(act archive.Act, title string) string {
	switch act.Kind {
	case archive.ActHide:
		return p.T("staff_act.hide", "Title", title)
	case archive.ActShow:
		return p.T("staff_act.show", "Title", title)
	case archive.ActApprove:
		return p.T("staff_act.approve", "Title", title)
	case archive.ActReturn:
		return p.T("staff_act.return", "Title", title)
	case archive.ActPeek:
		return p.T("staff_act.peek", "Title", title)
	case archive.ActTrust:
		return p.T("staff_act.trust")
	case archive.ActWarn:
		return p.T("staff_act.warn")
	case archive.ActSuspend:
		return p.T("staff_act.suspend", "Date", p.Date(actDay(act)))
	case archive.ActBan:
		return p.T("staff_act.ban")
	case archive.ActLift:
		return p.T("staff_act.lift")
	}
	return p.T("staff_act.other")
}

// actDay is the day a suspension ends; an act keeps it as RFC 3339.
func actDay(act archive.Act) time.Time {
	until, err := time.Parse(time.RFC3339, act.About)
	if err != nil {
		return act.At
	}
	return until
}

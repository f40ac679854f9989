package locale

import "time"

// The keys are written out, not built, so that the test that looks for unused
// messages sees them.
var months = [12]string{
	"month.january", "month.february", "month.march", "month.april", "month.may", "month.june",
	"month.july", "month.august", "month.september", "month.october", "month.november", "month.december",
}

// Date writes a day in words, "3 May 2026", in the zone the time carries.
func (p Printer) Date(t time.Time) string {
	return p.T("date.day", "Day", t.Day(), "Month", p.T(months[t.Month()-1]), "Year", t.Format("2006"))
}

// Clock writes the time of day, "14:03", in the zone the time carries.
func (p Printer) Clock(t time.Time) string { return t.Format("15:04") }

// DateTime writes a day and the time of day.
func (p Printer) DateTime(t time.Time) string {
	return p.T("date.day_and_time", "Date", p.Date(t), "Time", p.Clock(t))
}

// Ago says how long before now a time was, in one unit rounded down: "just
// now", "3 days ago". A time that is not before now is just now.
func (p Printer) Ago(t, now time.Time) string {
	const day = 24 * time.Hour
	switch d := now.Sub(t); {
	case d < time.Minute:
		return p.T("ago.now")
	case d < time.Hour:
		return p.N("ago.minutes", int(d/time.Minute))
	case d < day:
		return p.N("ago.hours", int(d/time.Hour))
	case d < 30*day:
		return p.N("ago.days", int(d/day))
	case d < 365*day:
		return p.N("ago.months", int(d/(30*day)))
	default:
		return p.N("ago.years", int(d/(365*day)))
	}
}

// Minutes says how long a text takes to read at 240 words a minute, a usual
// pace for fiction, and at 400 characters a minute in the languages whose
// words are counted by character. From an hour and a half on it says hours,
// to the nearest.
func (p Printer) Minutes(words int, tag string) string {
	pace := 240
	if countsCharacters(tag) {
		pace = 400
	}
	minutes := max(1, (words+pace/2)/pace)
	if minutes >= 90 {
		return p.N("time.hours_to_read", (minutes+30)/60)
	}
	return p.N("time.to_read", minutes)
}

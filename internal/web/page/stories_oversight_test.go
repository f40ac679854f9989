package page_test

import (
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

func oversightStories(t testing.TB) []story {
	wrong := page.Errors{{Field: "why", Text: "What is wrong: please choose one."}, {Field: "words", Text: "In your words: please fill this in."}}
	report := page.ReportPage{Shell: guest(t, "Tell staff about this", "/works/1/report"), Of: "Salt in the Kettle", Back: "/works/1", Action: "/works/1/report", Chapter: "7"}
	refused := report
	refused.Errors, refused.Typed = wrong, "The keeper is my neighbour."
	lines := []page.CaseLine{
		{URL: "/desk/cases/2", Kind: archive.SubjectWork, Title: "Salt in the Kettle", Reports: 3, At: now.Add(-2 * time.Hour)},
		{URL: "/desk/cases/1", Kind: archive.SubjectAccount, Title: strings.Repeat("W", 40), Reports: 1, At: day(2026, 11, 3)},
	}
	one := page.CasePage{
		Shell: member(t, "Salt in the Kettle", "/desk/cases/2"), Line: lines[0], Subject: page.Link{Text: "As it is now", URL: "/works/1"}, Action: "/desk/cases/2",
		Actions: []page.Link{{Text: "Hide the work, or show it again", URL: "/desk/works/1"}, {Text: "Warn or suspend mara_q", URL: "/desk/measures/1"}},
		Reports: []page.Reported{
			{By: page.Person{Name: "Pell", URL: "/users/Pell"}, At: now.Add(-2 * time.Hour), Reason: "private", Words: "The keeper is my neighbour.\nShe has not been asked.", Exhibits: []page.Exhibit{{What: "title", Text: "Salt in the Kettle"}, {What: "summary", HTML: "<p>The new keeper arrives.</p>"}}},
			{At: now.Add(-3 * time.Hour), Reason: "spam"},
		},
	}
	closed := one
	closed.Closed, closed.Said, closed.Line.Outcome = day(2026, 11, 21), "She took the name out.", archive.OutcomeActed
	acts := []page.ActLine{
		{Text: "Hid a work", Link: page.Link{Text: "work 1", URL: "/desk/works/1"}, Reason: "It names a neighbour.", By: "wren", At: day(2026, 11, 20)},
		{Text: "Changed the settings", By: "wren", At: day(2026, 11, 2)},
	}
	work := page.OversightPage{Shell: member(t, "What staff can do about this work", "/desk/works/1"), Number: 1, Title: "Salt in the Kettle", URL: "/works/1", Action: "/desk/works/1", Acts: acts, Private: true}
	mistake := work
	mistake.Did, mistake.Errors = "hide", page.Errors{{Field: "reason", Text: "Why: please fill this in.", URL: "#f-reason-hide"}}
	held := work
	held.State, held.Private = "waiting", false
	measures := page.MeasuresPage{Shell: member(t, "About Pell", "/desk/measures/2"), Name: "Pell", In: archive.Measures{Joined: day(2026, 2, 1)}, Action: "/desk/measures/2", Acts: acts[:1]}
	barred := measures
	barred.In.Suspended, barred.Did, barred.Errors = day(2026, 12, 24), "suspend", page.Errors{{Field: "days", Text: "Days: from 1 to 365."}}
	return []story{
		{"later", page.LaterPage{Shell: member(t, "A little slower, please", "/works/1/report"), Minutes: 7, Action: "/works/1/report", Kept: []page.Typed{{Name: "words", Value: "It hurts."}}}},
		{"later-search", page.LaterPage{Shell: guest(t, "A little slower, please", "/search"), Minutes: 1}},
		{"bursts", page.BurstsPage{Shell: member(t, "Kudos that wait", "/desk/kudos"), Bursts: []page.Burst{{Work: page.Link{Text: "Salt in the Kettle", URL: "/works/1"}, ID: 1, Count: 412, First: day(2026, 11, 20), Last: day(2026, 11, 21)}}}},
		{"bursts-none", page.BurstsPage{Shell: member(t, "Kudos that wait", "/desk/kudos")}},
		{"machine", page.MachinePage{Shell: member(t, "How full the archive is", "/desk/machine"), Machine: archive.Machine{DiskFree: 5 << 30, DiskTotal: 100 << 30, Database: 3 << 30, Memory: 41 << 20, Mails: 7, Waiting: 9, MailFolder: true, MailPlace: "/var/lib/ficus/mail"}, Failed: "dial tcp 127.0.0.1:25: connection refused", To: "wren@example.org",
			Slow: []archive.Slow{{At: now.Add(-time.Minute), Path: "/works/12345678/entire", Took: 1200 * time.Millisecond}}}},
		{"machine-quiet", page.MachinePage{Shell: member(t, "How full the archive is", "/desk/machine"), Sent: "wren@example.org", Machine: archive.Machine{DiskFree: 5 << 30, DiskTotal: 9 << 30, Copy: now.Add(-3 * time.Hour), CopyBytes: 9 << 20}}},
		{"report", report}, {"report-errors", refused},
		{"cases", page.CasesPage{Shell: member(t, "Cases", "/desk/cases"), Open: true, Cases: lines}}, {"cases-none", page.CasesPage{Shell: member(t, "Cases", "/desk/cases?closed=yes")}},
		{"case", one}, {"case-closed", closed},
		{"oversight", work}, {"oversight-errors", mistake}, {"oversight-waiting", held},
		{"oversight-private", page.OversightPage{Shell: member(t, "What staff can do about this work", "/desk/works/9"), Number: 9, Action: "/desk/works/9"}},
		{"measures", measures}, {"measures-errors", barred},
		{"acts", page.ActsPage{Shell: member(t, "What staff did", "/desk/acts"), Acts: acts, Older: "/desk/acts?before=1"}}, {"acts-none", page.ActsPage{Shell: member(t, "What staff did", "/desk/acts")}},
		{"from-staff", page.FromStaffPage{Shell: member(t, "What staff wrote to you", "/account/from-staff"), Acts: []page.ActLine{{Text: "Staff wrote you a warning.", Reason: "Be kind.\nPlease.", At: day(2026, 11, 20)}}}},
		{"from-staff-none", page.FromStaffPage{Shell: member(t, "What staff wrote to you", "/account/from-staff")}},
		{"waiting", page.WaitingPage{Shell: member(t, "Works that wait for approval", "/desk/waiting"), Works: []page.WaitingWork{{Blurb: kettle(), Desk: "/desk/works/1"}}}},
		{"waiting-none", page.WaitingPage{Shell: member(t, "Works that wait for approval", "/desk/waiting")}},
	}
}

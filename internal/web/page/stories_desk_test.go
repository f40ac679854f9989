package page_test

import (
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

func staffed(t testing.TB, title, path string) page.Shell {
	s := member(t, title, path)
	s.Viewer.Staff = true
	return s
}

// deskStories are the owner's first page, the staff desk, and invitations.
func deskStories(t testing.TB) []story {
	typed := page.SiteTyped{Name: "The Fig House", Language: "en", Join: archive.JoinInvited, Queue: true, QueueDaily: "10", Invitations: "2", Ratings: archive.Ratings(), NotRated: true, Guests: true, Approval: archive.ApproveNew, NewDays: "7"}
	setUp := page.SetUpPage{Shell: guest(t, "Make this archive yours", "/setup"), Token: "T", Typed: page.SiteTyped{Name: "Ficus", Language: "en", Join: archive.JoinOpen, Ratings: archive.Ratings(), Guests: true}, Languages: []string{"en"}}
	setUpWrong := setUp
	setUpWrong.Errors = page.Errors{{Field: "name", Text: "Name: please fill this in."}, {Field: "site_name", Text: "Name of the archive: please fill this in."}, {Field: "site_ratings", Text: "Ratings accepted: choose at least one."}}
	desk := page.DeskPage{Shell: staffed(t, "Staff desk", "/desk"), Lines: []page.DeskLine{
		{Link: page.Link{Text: "Queue for invitations", URL: "/desk/queue"}, Said: "12 addresses wait", Waits: true},
		{Link: page.Link{Text: "Members", URL: "/desk/members"}, Said: "1,204 members"}, {Link: page.Link{Text: "Settings of the archive", URL: "/desk/settings"}},
	}}
	settings := page.SiteSettingsPage{Shell: staffed(t, "Settings of the archive", "/desk/settings"), Base: 3, Typed: typed, Languages: []string{"en"}, Saved: true}
	settingsWrong := settings
	settingsWrong.Saved, settingsWrong.Typed.NewDays = false, "many"
	settingsWrong.Errors = page.Errors{{Field: "form", Text: "The settings were changed since this form was opened."}, {Field: "site_new_days", Text: "Days for which a member is new: use a number from 0 to 365."}}
	lines := []page.MemberLine{
		{Name: "mara_q", URL: "/desk/members/1", Email: "mara@example.org", Joined: now, Works: 3, State: "Staff"},
		{Name: strings.Repeat("w", 40), URL: "/desk/members/2", Email: strings.Repeat("long.", 40) + "@example.org", Joined: day(2026, 2, 1), State: "Suspended until 3 May 2026, 20:00"},
	}
	found := page.MembersPage{Shell: staffed(t, "Members", "/desk/members"), Asked: "mara", Total: 2, Found: lines, Pager: page.NewPager(1, 3, func(int) string { return "/desk/members?page=2" })}
	one := page.MemberPage{
		Shell: staffed(t, "mara_q", "/desk/members/1"), ID: "1", Member: lines[1], Profile: "/users/x", Measures: "/desk/measures/1", Pseuds: people("mara_q", "Mara of the Long Commas"), Invited: "pell",
		Acts: []page.ActLine{{At: now, By: "pell", Text: "Made mara_q staff.", Reason: "She asked."}}, Errors: page.Errors{{Field: "staff", Text: "Somebody has to run the archive: make another member staff first."}},
	}
	made := []page.InvitationLine{
		{ID: "3", URL: "https://figs.example.org/sign-up?invitation=3-abcdefghijklmnopqrstuvwx", Note: "for the one with the goose", Maker: "mara_q", State: "open", Made: now, Expires: now},
		{ID: "2", Address: "somebody.with.a.long.name@example.org", Queued: true, State: "open", Made: now, Expires: now},
		{ID: "1", User: people("pell")[0], State: "used", Maker: "mara_q", Made: now, Expires: now},
	}
	invitations := page.InvitationsPage{
		Shell: staffed(t, "Invitations", "/desk/invitations"), Desk: true, Action: "/desk/invitations", Typed: page.InvitingTyped{Count: "0", Days: "30"}, Made: made, NextURL: "?before=1",
		Errors: page.Errors{{Field: "count", Text: "How many: use a number from 1 to 100."}},
	}
	own := page.InvitationsPage{Shell: member(t, "Invitations of yours", "/account/invitations"), Action: "/account/invitations", Left: 2, Made: made[:1]}
	queue := page.DeskQueuePage{Shell: staffed(t, "Queue for invitations", "/desk/queue"), Typed: "10", Total: 2, Daily: 10, Waiting: []page.WaitingLine{{ID: "1", Address: "a@example.org", Since: now}, {ID: "2", Address: strings.Repeat("long.", 30) + "@example.org", Since: now}}}
	ask := page.QueuePage{Shell: guest(t, "Ask for an invitation", "/queue"), Typed: "x", Errors: page.Errors{{Field: "email", Text: "Email: that is not an address mail can reach."}}}
	place := page.QueuePage{Shell: guest(t, "Ask for an invitation", "/queue/x"), Place: 12, Of: 40, Daily: 10, Leave: "/queue/x"}
	gone := page.QueuePage{Shell: guest(t, "Ask for an invitation", "/queue/x"), Gone: true}
	return []story{
		{"setup", setUp}, {"setup-errors", setUpWrong}, {"desk", desk}, {"site-settings", settings}, {"site-settings-errors", settingsWrong}, {"members", found}, {"member", one},
		{"invitations", invitations}, {"invitations-own", own}, {"queue-desk", queue}, {"queue-ask-errors", ask}, {"queue-place", place}, {"queue-gone", gone},
		{"signup-invited", page.SignUpPage{Shell: guest(t, "An account on The Fig House", "/sign-up"), Invited: true, Queue: true}},
		{"signup-gone", page.SignUpPage{Shell: guest(t, "An account on The Fig House", "/sign-up"), Invited: true, Gone: true}},
	}
}

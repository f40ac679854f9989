package page_test

import (
	"fmt"
	"strings"
	"testing"

	"ficus/internal/web/page"
)

// followStories are the button in its places, and what a member follows.
func followStories(t testing.TB) []story {
	chapter := page.ChapterPage{
		Shell: guest(t, "Chapter 7 · Salt in the Kettle", "/works/1/chapters/7"), Story: sampleStory("en"), Chapter: sampleChapter(), Thanks: sampleThanks(),
		Next: page.ChapterLink{Number: 8, Title: "The Stair", URL: "/works/1/chapters/8"}, Follow: page.Follow{URL: "/works/1/follow", To: "/works/1/chapters/7"},
	}
	chapter.Chapter.Text = "<p>The goose did not apologise.</p>"
	asked := chapter
	asked.Shell = member(t, chapter.Title, chapter.Path)
	on := asked
	on.Follow.On = true
	own := asked
	own.Follow = page.Follow{To: "/works/1", Count: 1204}
	hebrew := hebrewChapter(t)
	hebrew.Shell = member(t, hebrew.Title, hebrew.Path)
	hebrew.Follow = page.Follow{URL: "/works/2/follow", To: "/works/2", On: true}
	profile := page.ProfilePage{Shell: member(t, "Pell", "/users/Pell"), Name: "Pell", URL: "/users/Pell", Joined: day(2024, 2, 1), Follow: page.Follow{URL: "/users/Pell/follow", To: "/users/Pell", Person: true}}
	followed := profile
	followed.Follow.On = true
	mine := page.ProfilePage{Shell: member(t, "mara_q", "/users/mara_q"), Name: "mara_q", Own: true, URL: "/users/mara_q", Joined: day(2024, 2, 1), Follow: page.Follow{Person: true, Count: 312}}
	strange := profile
	strange.Shell = guest(t, "Pell", "/users/Pell")
	work := page.FollowPage{Shell: member(t, "Follow "+strings.Repeat("Salt", 40)+"?", "/works/1/follow"), Follow: page.Follow{URL: "/works/1/follow", To: "/works/1"}, Back: "/works/1"}
	person := page.FollowPage{Shell: member(t, "You follow Pell", "/users/Pell/follow"), Follow: page.Follow{URL: "/users/Pell/follow", To: "/users/Pell", Person: true, On: true}, Back: "/users/Pell"}
	full := work
	full.Errors = page.Errors{{Field: "follow", Text: "There is room for 10,000 works and people. Stop following one first."}}
	list := page.FollowingPage{
		Shell: member(t, "What you follow", "/account/following"), Total: 212,
		Items: []page.FollowedItem{
			{Field: "work", ID: "1", Name: "Salt in the Kettle", URL: "/works/1", Lang: "en", Since: now},
			{Field: "work", ID: "2", Name: strings.Repeat("W", 255), URL: "/works/2", Lang: "en", Since: day(2026, 10, 2)},
			{Field: "work", ID: "3", Name: "מלח בקומקום", URL: "/works/3", Lang: "he", Since: day(2026, 10, 1)},
			{Field: "person", ID: "4", Name: strings.Repeat("W", 40), URL: "/users/W", Since: day(2026, 9, 2)},
			{Field: "person", ID: "5", Name: "Pell", URL: "/users/Pell", Muted: true, Since: day(2026, 8, 2)},
			{Field: "work", ID: "6", Since: day(2026, 7, 2)},
			{Field: "person", ID: "7", Since: day(2026, 6, 2)},
		},
		Pager: page.NewPager(2, 5, func(n int) string { return fmt.Sprintf("/account/following?page=%d", n) }),
	}
	return []story{
		{"follow-guest", chapter}, {"follow-member", asked}, {"follow-on", on}, {"follow-own", own}, {"follow-hebrew", hebrew},
		{"follow-profile", profile}, {"follow-profile-on", followed}, {"follow-profile-own", mine}, {"follow-profile-guest", strange},
		{"follow-ask", work}, {"follow-ask-person", person}, {"follow-full", full},
		{"following", list}, {"following-none", page.FollowingPage{Shell: member(t, "What you follow", "/account/following")}},
	}
}

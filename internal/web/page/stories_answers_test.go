package page_test

import (
	"fmt"
	"strings"
	"testing"

	"ficus/internal/web/page"
)

// sampleThanks is what stands under a story that is liked.
func sampleThanks() page.Kudos {
	return page.Kudos{Action: "/works/1/kudos", To: "/works/1", May: true, Count: 214, Names: people("Pell", "ito", strings.Repeat("W", 40), "נועה"), More: 12}
}

// answerStories are thanks, and what people say about whom they meet.
func answerStories(t testing.TB) []story {
	chapter := page.ChapterPage{
		Shell: guest(t, "Chapter 7 · Salt in the Kettle", "/works/1/chapters/7"), Story: sampleStory("en"), Chapter: sampleChapter(), Thanks: sampleThanks(),
		Next: page.ChapterLink{Number: 8, Title: "The Stair", URL: "/works/1/chapters/8"},
	}
	chapter.Chapter.Text = "<p>The goose did not apologise.</p>"
	ours := chapter
	ours.Shell = member(t, chapter.Title, chapter.Path)
	ours.Thanks.Member, ours.Thanks.Usual = true, true
	left := ours
	left.Thanks.Left, left.Thanks.Named, left.Thanks.Said = true, true, "Your kudos are counted."
	veiled := ours
	veiled.Thanks = page.Kudos{Action: "/works/1/kudos", Left: true, Veiled: true, Member: true, Count: 1}
	hebrew := hebrewChapter(t)
	hebrew.Thanks = sampleThanks()
	all := page.KudosPage{Shell: guest(t, "Kudos · Salt in the Kettle", "/works/1/kudos"), Story: page.Link{Text: "Salt in the Kettle", URL: "/works/1"}, Lang: "en", Kudos: sampleThanks()}
	for i := range 30 {
		all.Kudos.Names = append(all.Kudos.Names, page.Person{Name: fmt.Sprintf("reader_%d", i+1), URL: "/users/x"})
	}
	none := page.KudosPage{Shell: guest(t, "Kudos · Salt in the Kettle", "/works/1/kudos"), Story: all.Story, Lang: "en"}
	return []story{
		{"kudos-guest", chapter}, {"kudos-member", ours}, {"kudos-left", left}, {"kudos-veiled", veiled}, {"kudos-hebrew", hebrew},
		{"kudos-names", all}, {"kudos-none", none},
	}
}

// inboxStories are what a member is told, and how they like to be.
func inboxStories(t testing.TB) []story {
	inbox := page.InboxPage{
		Shell: member(t, "Notices", "/notices"), Total: 204, Filter: page.InboxFilter{Show: "unread", Topic: "comments"},
		Items: []page.InboxItem{
			{ID: "4", Text: "Pell commented on Salt in the Kettle", Unread: true, At: now, Said: "<p>I laughed out loud at the goose.</p>", Lang: "en", Comment: "7", Answer: "/works/1/comments", Chapter: "7", Link: page.Link{Text: "See it in its place", URL: "/comments/7"}},
			{ID: "3", Text: "A comment by " + strings.Repeat("W", 40) + " on Salt in the Kettle waits for you", Unread: true, At: day(2026, 11, 21), Said: "<p>" + strings.Repeat("Aargh", 40) + "</p>", Lang: "en", Comment: "8", Held: true, Link: page.Link{Text: "See it in its place", URL: "/comments/8"}},
			{ID: "2", Text: "3 readers left kudos for Salt in the Kettle", At: day(2026, 11, 20), Link: page.Link{Text: "See who", URL: "/works/1/kudos"}},
			{ID: "1", Text: "This was about a work that is not here now.", At: day(2026, 11, 2)},
		},
		Pager: page.NewPager(2, 7, func(n int) string { return fmt.Sprintf("/notices?page=%d", n) }),
	}
	home := page.HomePage{Shell: member(t, "", "/"), News: inbox.Items[:2]}
	profile := page.ProfilePage{Shell: member(t, "Pell", "/users/Pell"), Name: "Pell", URL: "/users/Pell", Joined: day(2024, 2, 1)}
	block := page.PersonPage{Shell: member(t, "Block Pell?", "/users/Pell/block"), Name: "Pell", Act: page.ActBlock, Action: "/users/Pell/block", Back: "/users/Pell"}
	mute := page.PersonPage{Shell: member(t, "Mute Pell?", "/users/Pell/mute"), Name: "Pell", Act: page.ActMute, Action: "/users/Pell/mute", Back: "/users/Pell", Errors: page.Errors{{Field: "person", Text: "There is room for 2,000 people. Let somebody back first."}}}
	kept := page.PeoplePage{Shell: member(t, "People you keep away", "/account/people"), Blocked: []page.TiedPerson{
		{Person: page.Person{Name: "Pell", URL: "/users/Pell"}, ID: "2", Since: now}, {Person: page.Person{Name: strings.Repeat("W", 40), URL: "/users/W"}, ID: "3", Since: day(2026, 1, 2)},
	}, MutedWords: []page.TiedPerson{{Person: page.Person{Name: "spiders"}, ID: "7", Since: day(2026, 1, 2)}},
		Word: "x", Errors: page.Errors{{Field: "word", Text: "Type a word of two letters or more."}}}
	stop := page.StopPage{Shell: guest(t, "Mail you get", "/mail/stop/comments/1-x"), Action: "/mail/stop/comments/1-x", Topic: "comments", State: "ask"}
	stopped := stop
	stopped.State, stopped.Was = "stopped", "comments=once;"
	return []story{
		{"inbox-full", inbox}, {"home-told", home}, {"profile-other", profile}, {"person-block", block}, {"person-mute", mute}, {"people", kept},
		{"letters", page.LettersPage{Shell: member(t, "Mail you get", "/account/mail")}}, {"stop", stop}, {"stopped", stopped},
	}
}

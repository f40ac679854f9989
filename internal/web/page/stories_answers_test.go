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

package page_test

import (
	"strings"
	"testing"

	"ficus/internal/web/page"
)

// habitStories are what was learnt of a writer's manuscripts, and the chapter
// that needs no review.
func habitStories(t testing.TB) []story {
	const title = "What the reader has learnt of your manuscripts"
	list := page.HabitsPage{
		Shell: member(t, title, page.PathHabits), Said: "Forgotten.",
		Habits: []page.Habit{
			{ID: 1, Kind: "scene_break", Shape: "~*~*~", Accepted: 12, At: now},
			{ID: 2, Kind: "note_label", Shape: "ramblings", Accepted: 3, At: now},
			{ID: 3, Kind: "disclaimer_words", Shape: "the lamplighters are not mine and i make no money with them", Accepted: 3, At: day(2026, 10, 2)},
			{ID: 4, Kind: "legend", Shape: "/ thought", Accepted: 1, At: day(2026, 10, 1)},
			{ID: 5, Kind: "scene_break", Shape: "gap", Accepted: 1, Undone: 2, Asked: true, At: day(2026, 9, 1)},
			{ID: 6, Kind: "chapter_head", Shape: "night the #", Accepted: 1, Undone: 1, At: day(2026, 9, 1)},
			{ID: 7, Kind: "scene_heading", Shape: "heading.time", Because: "the line is a time of day", Accepted: 2, At: day(2026, 9, 1)},
			{ID: 8, Kind: "end_mark", Shape: strings.Repeat("w", 60), Accepted: 1, At: day(2026, 9, 1)},
			{ID: 9, Kind: "note_words", Shape: "תודה לכל מי שחיכה", Accepted: 1, At: day(2026, 9, 1)},
		},
	}
	chapter := page.Chapter{
		Number: 4, Title: "Arrivals", Words: 2810, Disclaimer: page.Note{HTML: "<p>The Lamplighters are not mine.</p>", Words: 5},
		NotesBefore: []page.Note{{HTML: "<p>Thank you all for waiting.</p>", Words: 5}}, Dedication: "Pell",
		Text: `<p>“Is it still raining?” she asked.</p><hr class="scene" title="~*~"><p>It was.</p>`,
	}
	straight := page.StraightPage{
		Shell: member(t, "Preview", "/manuscripts/7/preview"), Action: "/manuscripts/7", Continue: "/works/new?manuscript=7",
		Apart:   []page.ReviewCount{{Kind: "disclaimer", Count: 1}, {Kind: "opening_note", Count: 1}, {Kind: "scene_break", Count: 2}},
		LeftOut: []page.ReviewCount{{Kind: "font-colour", Count: 12}, {Kind: "comment", Count: 3}},
		Story:   page.Story{Title: "Salt in the Kettle", Lang: "en"}, Chapter: chapter,
	}
	straight.ChapterOf = page.ChapterOf{Action: "/manuscripts/7/chapter", Works: []page.WorkChoice{
		{ID: 1, Title: "Salt in the Kettle", Lang: "en"}, {ID: 2, Title: strings.Repeat("W", 255), Lang: "en"}, {ID: 3, Title: "מלח בקומקום", Lang: "he"},
	}}
	bare := straight
	bare.ChapterOf = page.ChapterOf{}
	bare.Apart, bare.LeftOut = []page.ReviewCount{{Kind: "legend", Count: 1}}, nil
	bare.Story.Title, bare.Chapter = "", page.Chapter{Words: 3, Text: "<p>And it rained.</p>"}
	return []story{
		{"habits", list}, {"habits-none", page.HabitsPage{Shell: list.Shell}}, {"straight", straight}, {"straight-bare", bare},
	}
}

func TestWhatWasSetApartIsSaidInOneLine(t *testing.T) {
	for _, s := range habitStories(t) {
		want := map[string]string{
			"straight":      "Your disclaimer, a note before and your usual scene breaks were set apart. <a",
			"straight-bare": "Your legend was set apart. <a",
		}[s.name]
		var html strings.Builder
		if err := s.page.Render(t.Context(), &html); err != nil || !strings.Contains(html.String(), want) {
			t.Errorf("%s does not say %q (%v)", s.name, want, err)
		}
	}
}

package page_test

import (
	"strings"
	"testing"
	"time"

	"ficus/internal/prose"
	"ficus/internal/web/page"
)

func reviewStories(t testing.TB) []story {
	guess := func(kind, what string, at int, because, first, html string) page.ReviewPart {
		return page.ReviewPart{HTML: html, Lang: "en", Guess: &page.Guess{Kind: kind, What: what, Start: at, End: at + 40, Because: because, First: first}}
	}
	p := func(html string) page.ReviewPart { return page.ReviewPart{HTML: html, Lang: "en"} }
	look := guess("note", "opening_note", 400, "you may be talking to readers", "Thanks to everyone who", "<p>Thanks to everyone who waited.</p>")
	look.Guess.Look, look.Guess.Before, look.Guess.After = true, "For Pell, who asked about the goose.", "0415 HRS"
	offer := guess("story", "block", 900, "the line is short and a scene begins there", "The Harbour", "<p>The Harbour</p>")
	offer.Guess.Look, offer.Guess.Offer = true, "scene_heading"
	back := guess("story", "block", 1200, "", "Note: the kettle", "<p>Note: the kettle had opinions.</p>")
	back.Guess.Chosen = true
	alike := guess("heading", "scene_heading", 500, "the line is a time of day", "0415 HRS", `<p class="place">0415 HRS<br>THE LOWER GALLERY</p>`)
	alike.Guess.Alike = 11
	review := page.ReviewPage{
		Shell: member(t, "What was understood", "/manuscripts/7"), Action: "/manuscripts/7", Continue: "/works/new?manuscript=7", Original: "/manuscripts/7/original",
		Counts: []page.ReviewCount{{Kind: "note", Count: 3}, {Kind: "disclaimer", Count: 1}, {Kind: "heading", Count: 4}, {Kind: "look", Count: 2}},
		Learnt: true, Recalled: []page.Habit{{Kind: "legend", Shape: "/ thought"}},
		Removed: []page.ReviewCount{{Kind: "properties", Count: 1}, {Kind: "editor-name", Count: 7}, {Kind: "picture-data", Count: 2}},
		LeftOut: []page.ReviewCount{{Kind: "font-colour", Count: 12}, {Kind: "comment", Count: 3}, {Kind: "line-height", Count: 2}, {Kind: "tracked-deletion", Count: 4}, {Kind: "tracked-insertion-refused", Count: 2}, {Kind: "hidden-text-shown", Count: 1}},
		Said:    "Back in the story at its place.",
		Works: []page.ReviewWork{{Title: "Salt in the Kettle", Author: "mara_q", Chapters: []page.ReviewChapter{
			{Number: 1, Title: "Arrivals", Words: 2810, Parts: []page.ReviewPart{
				guess("field", "field", 1, "the line begins with a name such as “Rating:”", "Rating: T", "<p>Rating: T</p>"),
				guess("disclaimer", "disclaimer", 60, "the paragraph begins with “Disclaimer”", "Disclaimer: The Lamplighters are", "<p>Disclaimer: The Lamplighters are not mine.</p>"),
				guess("note", "opening_note", 200, "the line begins with “A/N”, “Author’s note” or the like", "A/N: This one is", "<p>A/N: This one is short because the last one was not. For Pell, who asked about the goose.</p>"),
				guess("dedication", "dedication", 260, "the paragraph dedicates the story", "Pell", "<p>Pell</p>"),
				look, alike,
				p("<p>“Is it still raining?” she asked, without looking up from the page.</p><p>It was. Tove set the lamp nearer to her elbow, drew the other chair to the stove, and did not say that it had been raining for nine days.</p>"),
				guess("break", "scene_break", 700, "the line is of signs only", "* * *", `<hr class="scene" title="* * *">`),
				p("<p>The storm came round from the west a little after four.</p>"), offer, back,
				p("<p>Much later it would be said in the village that they had heard the singing from the quay.</p>"),
				guess("left_out", "left_out", 1500, "it follows the signature line of a mail", "-- mara", "<p>-- mara, sent from the harbour</p>"),
			}},
			{Number: 2, Words: 12, Parts: []page.ReviewPart{p("<p>And the next day it rained.</p>")}},
		}}},
		Source: []page.ReviewSpan{{Text: "Rating: T", Kind: "field", Anchor: "g-1-41"}, {Text: "\n\n"}, {Text: "Disclaimer: The Lamplighters are not mine.", Kind: "disclaimer", Anchor: "g-60-100"}, {Text: "\n\n"}, {Text: "A/N: This one is short because the last one was not.\nFor Pell, who asked about the goose.", Kind: "note", Anchor: "g-200-240"}, {Text: "\n\n"}, {Text: "0415 HRS\nTHE LOWER GALLERY", Kind: "heading", Anchor: "g-500-540"}, {Text: "\n\n“Is it still raining?” she asked, without looking up from the page.\n\nIt was. Tove set the lamp nearer to her elbow, drew the other chair to the stove, and did not say that it had been raining for nine days.\n\n"}, {Text: "      * * *", Kind: "break", Anchor: "g-700-740"}, {Text: "\n\nThe storm came round from the west a little after four.\n"}},
	}
	return []story{{"review", review}, {"review-all-story", page.ReviewPage{Shell: review.Shell, Action: review.Action, Continue: review.Continue, Original: review.Original}}}
}

func historyStories(t testing.TB) []story {
	links := []page.Link{{Text: "Edit", URL: "/works/1/edit"}, {Text: "Add a chapter", URL: "/works/1/chapters/new"}, {Text: "Chapters", URL: "/works/1/chapters"}, {Text: "Delete", URL: "/works/1/delete"}}
	mine := page.MyWorksPage{
		Shell: member(t, "My works", "/my-works"),
		Drafts: []page.OwnWork{
			{URL: "/works/8", Title: "The One About the Stairs", Lang: "en", State: "draft", Chapters: 2, Words: 4100, Begun: now.Add(-412 * 24 * time.Hour), Changed: now.Add(-30 * time.Hour), Links: links},
			{URL: "/works/9", Title: "雨宿りの作法", Lang: "ja", State: "draft", Chapters: 1, Planned: 1, Begun: now.Add(-2 * time.Hour), Changed: now, Links: links},
		},
		Posted:  []page.OwnWork{{URL: "/works/1", Title: "Salt in the Kettle", Lang: "en", State: "posted", Restricted: true, Posted: 12, Chapters: 13, Planned: 20, Words: 42310, Begun: now, Changed: now.Add(-72 * time.Hour), Links: links}},
		Deleted: []page.DeletedWork{{Title: "What I Said to the Bridge", Lang: "en", Until: now.Add(11 * 24 * time.Hour), Action: "/works/3/restore", Book: "/works/3.epub"}},
	}
	manage := page.ManagePage{Shell: member(t, "Chapters", "/works/1/chapters"), Work: page.Link{Text: "Salt in the Kettle", URL: "/works/1"}, Lang: "en", Action: "/works/1/chapters/move", AddURL: "/works/1/chapters/new"}
	for i, title := range []string{"Arrivals", "", "A Kettle Nobody Else May Touch"} {
		manage.Chapters = append(manage.Chapters, page.ManagedChapter{ID: int64(40 + i), Position: i + 1, Title: title, Draft: i == 2, Words: 2800, Published: day(2026, 5, 3+i), URL: "/works/1/chapters/40", EditURL: "/works/1/chapters/40/edit", DeleteURL: "/works/1/chapters/40/delete", Revisions: "/works/1/chapters/40/revisions"})
	}
	chapter := page.Link{Text: "Arrivals", URL: "/works/1/chapters/40"}
	copied := page.CopyPage{
		Shell: member(t, "Copy for AO3", "/works/1/chapters/40/copy"), Work: manage.Work, Chapter: chapter, Lang: "en", Target: prose.ForAO3, Address: "/works/1/chapters/40/copy",
		Parts:  []page.CopyPart{{Name: "title", Text: "Arrivals"}, {Name: "dedication", Text: "Pell"}, {Name: "notes_before", Text: "<p>Sorry for the wait.</p>"}, {Name: "text", Text: strings.Repeat("<p>It was. Tove set the lamp nearer to her elbow.</p>\n", 30)}},
		Losses: []prose.Loss{{Kind: "scene_heading", Count: 4}, {Kind: "picture_here", Count: 1}, {Kind: "small_caps", Count: 12}},
	}
	plain := copied
	plain.Target, plain.Losses = prose.ForFFN, nil
	return []story{
		{"copy", copied}, {"copy-plain", plain},
		{"my-works", mine}, {"my-works-empty", page.MyWorksPage{Shell: member(t, "My works", "/my-works")}}, {"manage", manage},
		{"delete-work", page.ConfirmPage{Shell: member(t, "Delete", "/works/1/delete"), Heading: "Delete “Salt in the Kettle”?", Sentences: []string{"It disappears for readers at once.", "You can bring it back for 30 days, until 22 December 2026. After that it is gone, with all its chapters."}, Action: "/works/1/delete", Yes: "Delete the work", No: page.Link{Text: "Keep it", URL: "/works/1"}}},
		{"delete-work-book", page.ConfirmPage{Shell: member(t, "Delete", "/works/1/delete"), Heading: "Delete “Salt in the Kettle”?", Sentences: []string{"It disappears for readers at once."}, Action: "/works/1/delete", Tick: page.Tick{Name: "book_on_deletion", Label: "Attach it as a book (EPUB) to the mail that tells me, also when one of my works is deleted later", On: true}, Yes: "Delete the work", No: page.Link{Text: "Keep it", URL: "/works/1"}}},
		{"revisions", page.RevisionsPage{Shell: member(t, "Versions", "/works/1/chapters/40/revisions"), Work: manage.Work, Chapter: chapter, Lang: "en", Revisions: []page.RevisionEntry{{Number: 2, URL: "/r/2", At: now, Words: 2811, Current: true}, {Number: 1, URL: "/r/1", At: day(2026, 5, 3), Words: 2790}}}},
		{"revision", page.RevisionPage{Shell: member(t, "A version", "/r/1"), Work: manage.Work, Chapter: chapter, Lang: "en", Number: 1, At: day(2026, 5, 3), Length: 2790, Text: chapterText, All: "/r"}},
	}
}

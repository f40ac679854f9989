package page_test

import (
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

func writeStories(t testing.TB) []story {
	limits := archive.DefaultLimits()
	fresh := page.WorkFormPage{
		Shell: member(t, "New work", "/works/new"), New: true, Action: "/works/new", Cancel: "/my-works", Own: []string{"mara_q", "Mara of the Long Commas"},
		Head: page.FormHead{ID: "f1", Autosave: "work/new", Limits: limits}, Chapter: &page.ChapterTyped{},
	}
	for _, rating := range archive.Ratings() {
		fresh.Offers.Ratings = append(fresh.Offers.Ratings, page.OfferedRating{Name: rating, Asks: archive.AsksFirst(rating)})
	}
	wrong := fresh
	wrong.Head.Errors = page.Errors{
		{Field: "title", Text: "Title: 312 characters are more than the 255 that fit."}, {Field: "fandoms", Text: "Fandoms: please fill this in."},
		{Field: "warnings", Text: "Warnings: choose at least one."}, {Field: "language", Text: "Language: choose at least one."}, {Field: "planned", Text: "Chapters planned: use a number from 1 to 5,000, or a question mark."},
	}
	wrong.Head.Recovery = page.Recovery{At: now.Add(-6 * time.Hour), URL: "?recover=1"}
	wrong.Work = page.WorkTyped{Title: strings.Repeat("Salt in the Kettle and ", 14), Rating: "Mature", Categories: []string{"F/F"}, Relationships: "Ilse Maren/Tove Lind, Ilse Maren & the Lighthouse Cat", Freeforms: "Slow Burn, Lighthouses, Bad Tea", Planned: "many"}
	wrong.Chapter = &page.ChapterTyped{Title: "Arrivals", Text: "  “Is it still raining?” she asked.\n\n   It was.\n\n* * *\n", NotesBefore: "For Pell."}
	edit := page.WorkFormPage{
		Shell: member(t, "Edit", "/works/1/edit"), Action: "/works/1/edit", Cancel: "/works/1", Cover: "/works/1/cover", Own: []string{"mara_q"},
		Head:   page.FormHead{ID: "f2", Autosave: "work/1", Base: 4, Limits: limits},
		Work:   page.WorkTyped{Title: "Salt in the Kettle", Fandoms: "The Lamplighters of Vael", Rating: "Teen", Warnings: []string{"none apply"}, Language: "en", Summary: "The new keeper arrives.", Planned: "20", Restricted: true},
		Offers: page.Offers{Fandom: "The Lamplighters of Vael", Ratings: []page.OfferedRating{{Name: "General"}, {Name: "Teen"}}},
	}
	brought := fresh
	brought.Chapter = nil
	brought.Brought = &page.Brought{ID: 7, Said: "3 notes, 1 disclaimer and 4 scene headings were set apart.", Chapters: []string{"Arrivals", "Nine Days of Rain", "Chapter 3"}, Words: 12004, ReviewURL: "/manuscripts/7"}
	chapter := page.ChapterFormPage{
		Shell: member(t, "Add a chapter", "/works/1/chapters/new"), New: true, Action: "/works/1/chapters/new", Cancel: "/works/1/chapters", Head: page.FormHead{ID: "f3", Autosave: "chapter/1/new", Limits: limits},
		Work: page.Link{Text: "Salt in the Kettle", URL: "/works/1"}, Lang: "en", Position: 13, Positions: 13,
	}
	editChapter := chapter
	editChapter.New, editChapter.Posted, editChapter.Position, editChapter.Revisions = false, true, 7, "/works/1/chapters/7/revisions"
	editChapter.Chapter = page.ChapterTyped{Title: "The Offended Goose", Text: strings.Repeat("It was. Tove set the lamp nearer to her elbow, drew the other chair to the stove, and did not say that it had been raining for nine days.\n\n", 12), Disclaimer: "Not mine."}
	preview := page.PreviewPage{
		Shell: member(t, "Preview", "/works/new"), Action: "/works/new", Hidden: []page.Typed{{Name: "title", Value: "Salt in the Kettle"}, {Name: "text", Value: "a\n\nb"}},
		Story: sampleStory("en"), Chapter: sampleChapter(), Dropped: []string{"One script was left out of the text."},
	}
	conflict := page.ConflictPage{
		Shell: member(t, "Two texts", "/works/1/chapters/7/edit"), Action: "/works/1/chapters/7/edit", SavedAt: now.Add(-3 * time.Minute), Mine: "It was.\n\nTove set the lamp nearer.", Changed: []string{"Title of the chapter", "Note before the chapter"},
		Parts: []page.Difference{{Text: "“Is it still raining?” she asked.\n\nIt was. Tove set the lamp nearer to her "}, {Text: "elbow", Only: "mine"}, {Text: "hand, and looked away", Only: "theirs"}, {Text: ".\n\nThe kettle would say something soon enough."}, {Text: "\n\nIt always did.", Only: "mine"}},
	}
	return []story{
		{"work-new", fresh}, {"work-errors", wrong}, {"work-edit", edit}, {"work-brought", brought}, {"chapter-new", chapter}, {"chapter-edit", editChapter},
		{"preview", preview}, {"conflict", conflict},
		{"upload", page.UploadPage{Shell: member(t, "Bring a text", "/works/new/upload"), FormID: "f4"}},
		{"upload-pasted", page.UploadPage{Shell: member(t, "Bring a text", "/works/new/upload"), FormID: "f4", Text: "It rained.", Pasted: "<p>It <em>rained</em>.</p>"}},
		{"upload-errors", page.UploadPage{Shell: member(t, "Bring a text", "/works/new/upload"), FormID: "f4", Errors: page.Errors{{Field: "file", Text: "This file is a picture, not a text."}}}},
	}
}

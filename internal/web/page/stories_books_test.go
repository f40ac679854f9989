package page_test

import (
	"strings"
	"testing"
	"time"

	"ficus/internal/web/page"
)

// bookStories are how files and books of several works are asked for.
func bookStories(t testing.TB) []story {
	choose := page.DownloadPage{
		Shell: guest(t, "Download", "/works/42/download"), Story: page.Story{Title: "Salt in the Kettle", Lang: "en"}, Action: "/works/42/download", Back: "/works/42",
		Formats: []string{"epub", "html", "md", "txt"}, Choice: page.BookChoice{Format: "epub", Notes: "all"}, Which: "all", From: "1", To: "12", Chapters: 12,
	}
	again := choose
	again.Shell, again.Last, again.New, again.Which = member(t, "Download", "/works/42/download"), day(2026, 10, 2), 2, "new"
	again.Story.Title = "מלח בקומקום"
	again.Story.Lang = "he"
	wrong := again
	wrong.Choice, wrong.Which, wrong.From, wrong.New = page.BookChoice{Format: "txt", Notes: "none", Typed: true, Flowing: true}, "some", "9", 0
	wrong.Errors = page.Errors{{Field: "from", Text: "Choose chapters between 1 and 12, the first before the last."}}
	short := choose
	short.Chapters, short.Choice.Left = 1, true
	asks := page.NewBookPage{
		Shell: member(t, "One book", page.PathBooks+"/new"), Title: "Works by " + strings.Repeat("W", 40), Back: "/users/wren", Works: 300, Words: 4_812_000, Left: 12, Adult: true, Taken: 7,
		Carried: []page.Typed{{Name: "tag", Value: "7"}}, Choice: page.BookChoice{Format: "epub", Notes: "all"},
	}
	none := page.NewBookPage{Shell: asks.Shell, Title: "Harbour Lights", Back: "/tags/7/harbour-lights"}
	books := page.BooksPage{Shell: member(t, "Books of several works", page.PathBooks), Under: true, Books: []page.Volume{
		{Action: "/books/4", Title: "Harbour Lights", Works: 212, Bound: 40, AskedAt: now, Until: now.Add(24 * time.Hour)},
		{Action: "/books/3", Title: "Works by wren", Works: 12, URL: "/books/3/file", Bytes: 3_400_000, AskedAt: now, Until: now.Add(20 * time.Hour)},
		{Action: "/books/2", Title: "Works by pell", Works: 1, Reason: "empty", AskedAt: now, Until: now}, {Action: "/books/1", Title: "מלח", Works: 2, Reason: "broken", AskedAt: now, Until: now},
	}}
	return []story{
		{"download-cover", covered(choose)}, {"download", choose}, {"download-again", again}, {"download-wrong", wrong}, {"download-short", short},
		{"book-new", asks}, {"book-new-none", none}, {"books", books}, {"books-none", page.BooksPage{Shell: books.Shell}},
	}
}

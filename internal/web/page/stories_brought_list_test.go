package page_test

import (
	"strings"
	"testing"
	"time"

	"ficus/internal/web/page"
)

// broughtStories are what a writer brought.
func broughtStories(t testing.TB) []story {
	list := page.BroughtPage{Shell: member(t, "What you brought", page.PathBrought), Earlier: page.PathBrought + "?before=3"}
	for i, name := range []string{"", "Salt in the Kettle.docx", strings.Repeat("W", 120) + ".txt", "מלח בקומקום.odt", "archive/2004/ch01.html"} {
		list.Files = append(list.Files, page.BroughtFile{
			Name: name, Kind: "docx", Bytes: int64(400 << (4 * i)), At: now.Add(-time.Duration(i*i*40) * time.Hour),
			URL: "/manuscripts/7", Original: "/manuscripts/7/original",
		})
	}
	return []story{
		{"brought", list},
		{"brought-none", page.BroughtPage{Shell: member(t, "What you brought", page.PathBrought)}},
	}
}

package page_test

import (
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

// lamp and meadow are pictures of the storybook, of two by three and of sixteen
// by nine.
const lamp, meadow = "/story-pictures/lamp.svg", "/story-pictures/meadow.svg"

// storyPictures are their bytes, by their addresses.
var storyPictures = map[string]string{
	lamp: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 240" width="1600" height="2400"><rect width="160" height="240" fill="#213a5c"/>` +
		`<circle cx="80" cy="90" r="34" fill="#e6be5a"/><path d="M60 150h40l12 70H48z" fill="#d9d2c3"/></svg>`,
	meadow: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90" width="1600" height="900"><rect width="160" height="90" fill="#cfe3ef"/>` +
		`<path d="M0 60h160v30H0z" fill="#557a46"/></svg>`,
}

// covered is the page of the files of a work with a cover, as its writer sees it.
func covered(p page.DownloadPage) page.DownloadPage {
	p.Cover, p.CoverURL = page.Cover{URL: lamp, Alt: "A lamp on a rock", Width: 1600, Height: 2400}, "/works/42/cover"
	return p
}

// coverStories are the cover of a work's books, and how it is given another.
func coverStories(t testing.TB) []story {
	drawn := page.CoverPage{
		Shell: member(t, "Cover", "/works/42/cover"), Work: page.Link{Text: "Salt in the Kettle", URL: "/works/42"}, Lang: "en", Action: "/works/42/cover",
		FormID: "c1", Limits: archive.DefaultLimits(), Shown: lamp,
	}
	own := drawn
	own.Own, own.Shown, own.Base, own.Width, own.Height = true, meadow, 7, 1600, 900
	own.Says = "A meadow by the sea, and above it the words Salt in the Kettle"
	own.Alt = own.Says
	wrong := drawn
	wrong.Alt = strings.Repeat("A lamp on a rock. ", 30)
	wrong.Errors = page.Errors{
		{Field: "cover", Text: "Picture: this picture is too small for a cover. Use one of at least 300 pixels on each side."},
		{Field: "cover_alt", Text: "What the picture shows, in words: 540 characters are more than the 500 that fit."},
	}
	changed := own
	changed.Work, changed.Lang, changed.Alt, changed.Says = page.Link{Text: "ملح في الإبريق", URL: "/works/42"}, "ar", "مصباح على صخرة 🏮", "مرج"
	changed.Kept, changed.Waiting = strings.Repeat("a", 64), lamp
	changed.Errors = page.Errors{{Field: "cover", Text: "The cover was changed in the meantime, and is shown here as it is now. Nothing of yours is lost: save again, and yours takes its place."}}
	return []story{{"cover-drawn", drawn}, {"cover-own", own}, {"cover-wrong", wrong}, {"cover-changed", changed}}
}

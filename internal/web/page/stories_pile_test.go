package page_test

import (
	"strings"
	"testing"
	"time"

	"ficus/internal/web/page"
)

func pileStories(t testing.TB) []story {
	text := func(number, place int, name, title string, words int) page.PileText {
		return page.PileText{Number: number, Work: 1, Place: place, Name: name, Title: title, Chapters: 1, Words: words, Review: "/manuscripts/7", First: place == 1}
	}
	twice := text(2, 2, "Salt/ch2 (final).docx", "The mole", 2204)
	twice.Versions = []page.PileVersion{
		{Number: 3, Name: "Salt/ch2 (final).docx", Words: 2204, Chosen: true, Review: "/manuscripts/8"},
		{Number: 2, Name: "Salt/ch2.txt", Words: 2180, Review: "/manuscripts/9"},
	}
	long := text(4, 3, "Salt/"+strings.Repeat("averylongname", 14)+".odt", "", 812)
	long.Chapters, long.Last = 3, true
	moss := text(6, 1, "two.txt", "Moss", 0)
	moss.Work, moss.Story, moss.Stories, moss.First, moss.Last = 2, 1, 2, true, true
	out := text(9, 1, "Salt/notes to myself.txt", "", 120)
	p := page.PilePage{
		Shell: member(t, "What was found in the pile", "/piles/7"), Action: "/piles/7", Base: 3, Files: 12, Left: 4, Said: "Moved.",
		Works: []page.PileWork{
			{Number: 1, Title: "Salt in the Kettle", Texts: []page.PileText{text(1, 1, "Salt/ch1.rtf", "Arrivals", 2810), twice, long}},
			{Number: 2, Texts: []page.PileText{moss}},
		},
		LeftOut: []page.PileText{out},
		Skipped: []page.PileSkip{{"Salt/.DS_Store", "pile.system"}, {"Salt/old.doc", "manuscript.old_word"}, {"Salt/empty.txt", "manuscript.empty"}, {"Salt/more.zip/cover.jpg", "pile.picture"}},
		Own:     []page.PileInto{{8, "The One About the Stairs"}, {9, "雨宿りの作法"}},
	}
	wrong := p
	wrong.Said = ""
	wrong.Errors = page.Errors{{Field: "file-4", Text: "Salt/long.odt, chapter 2: Chapter text: 512,000 characters are more than the 500,000 that fit."}, {Field: "title-2", Text: "Title: please fill this in."}, {Field: "into-1", Text: "The work these chapters are to be added to is not there for you any more. Bring it back, or choose another."}}
	half := p
	half.Works = []page.PileWork{{Number: 1, Title: "Salt in the Kettle", Begun: true, Into: 12, Draft: page.Link{Text: "Salt in the Kettle", URL: "/works/12/chapters"}}}
	done := text(1, 1, "Salt/ch1.rtf", "Arrivals", 2810)
	done.Made = true
	half.Works[0].Texts, half.LeftOut, half.Left, half.Said = []page.PileText{done, long}, nil, 1, "The drafts are made. Nobody else sees them until you post them."
	nothing := page.PilePage{Shell: p.Shell, Action: p.Action, Files: 4, Skipped: p.Skipped}
	again := page.UploadPage{Shell: member(t, "Bring a text", "/works/new/upload"), FormID: "f4", Piles: []page.BroughtPile{{URL: "/piles/7", At: now.Add(-3 * time.Hour), Files: 40}, {URL: "/piles/2", At: now.Add(-300 * time.Hour), Files: 1}}}
	return []story{{"pile", p}, {"pile-errors", wrong}, {"pile-half-made", half}, {"pile-nothing", nothing}, {"upload-piles", again}}
}

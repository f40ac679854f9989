package page_test

import (
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

// wranglingStories are the desk of those who sort tags.
func wranglingStories(t testing.TB) []story {
	long := strings.Repeat("W", 140)
	acts := []page.TagActLine{
		{At: now, By: "wren", Text: "“slowburn” was merged into “Slow Burn”.", Tag: page.Link{Text: "slowburn", URL: "/desk/tags/1"}, Other: page.Link{Text: "Slow Burn", URL: "/desk/tags/2"}, ID: 4},
		{At: now, By: "wren", Text: "“Slow Burn” was made canonical.", Tag: page.Link{Text: "Slow Burn", URL: "/desk/tags/2"}, ID: 3, First: page.Link{Text: "“slowburn” was merged into “Slow Burn”.", URL: "/desk/tags/1#act-4"}},
		{At: now, By: "wren", Text: "“tea” was left as it is.", Tag: page.Link{Text: "tea", URL: "/desk/tags/3"}, UndoneAt: now, Undoer: "tern"},
	}
	bins := page.BinsPage{
		Shell: staffed(t, "Tags to sort", "/desk/tags"), Fandoms: page.Link{Text: "2 fandoms", URL: "?a"}, Every: []page.Link{{Text: "9 characters", URL: "?b"}}, Stray: []page.Link{{Text: "1 other tag", URL: "?c"}},
		Bins: []page.BinLine{{ID: 1, Name: "Harbour Lights", Tags: 3, Kinds: []page.Link{{Text: "2 characters", URL: "?d"}}}, {ID: 2, Name: long, Kinds: []page.Link{{Text: "1 character", URL: "?e"}}}}, CountedAt: now,
		Waiting: []page.TagMerge{{Name: "slowburn", URL: "/desk/tags/1", Into: page.Link{Text: "Slow Burn", URL: "/desk/tags/2"}, Asker: "wren", At: now}}, Acts: acts, Back: "/desk/tags",
	}
	bin := page.BinPage{
		Shell: staffed(t, "Harbour Lights", "/desk/tags/bin"), Of: "character", Fields: []page.Typed{{Name: "kind", Value: "character"}}, Kinds: []page.Choice{{Text: "Characters", URL: "?a", Chosen: true}, {Text: "Other tags", URL: "?b"}}, Total: 2,
		Tags:  []page.BinTag{{ID: 1, Name: long, URL: "/desk/tags/1", Works: 4, WorksURL: "/tags/1/w", Ticked: true}, {ID: 2, Name: "pell", URL: "/desk/tags/2", Works: 1, WorksURL: "/tags/2/pell", May: &page.TagLink{ID: 3, Kind: "freeform", Name: "Pell", OtherKind: true, Merge: "?m"}}},
		Pager: page.NewPager(1, 3, func(int) string { return "/desk/tags/bin?page=2" }), Did: page.TagsDone{Acts: acts[:1], Waits: 1}, Back: "/desk/tags/bin",
	}
	wrong := bin
	wrong.Did, wrong.Into, wrong.Errors = page.TagsDone{}, "zebra", page.Errors{{Field: "into", Text: "No tag is called “zebra” here."}, {Field: "tag", Text: "“pell” was sorted by somebody else meanwhile."}}
	merge := page.MergePage{
		Shell: staffed(t, "Merge tags", "/desk/tags/merge"), Back: "/desk/tags", Into: "Slow Burn", Waits: true,
		Tags: []page.MergedTag{{Value: "1.0", ID: 1, Name: "slowburn", Kind: "freeform", Works: 1204, Synonyms: 2}}, Canonical: &page.MergedTag{ID: 2, Name: "Slow Burn", Kind: "freeform", Works: 3000, After: 4100},
	}
	link := []page.DeskTagLink{{ID: "3", Kind: "fandom", Name: "Harbour Lights", URL: "/desk/tags/3"}, {ID: "4", Kind: "character", Name: long, URL: "/desk/tags/4"}}
	tag := page.DeskTagPage{
		Shell: staffed(t, "Pell", "/desk/tags/2"), Action: "/desk/tags/2", ID: 2, Kind: "character", Standing: archive.TagCanonical, Banned: true, Sorted: true, Works: 12, WorksURL: "/tags/2/pell",
		Synonyms: link, Parents: link[:1], Metatags: link, Subtags: link, Children: link, Acts: acts,
	}
	synonym := tag
	synonym.Standing, synonym.Canonical, synonym.Waiting = archive.TagSynonym, link[0], &page.TagMerge{Name: "pell", Into: page.Link{Text: "Pell"}, Asker: "wren", At: now, May: true}
	sheet := page.SheetPage{
		Shell: staffed(t, "Tags as a sheet", "/desk/tags/sheet"), Most: 2000, Sheet: "kind,tag,standing\ncharacter," + long + ",canonical\n", IsRead: true, Steps: 201, Did: 2,
		Shown: []page.SheetStep{{Line: 2, Text: "“" + long + "” becomes canonical."}}, Errors: page.Errors{{Field: "sheet", Text: "Line 4: no tag of this kind is called “" + long + "” here."}},
	}
	return []story{{"tag-sheet", sheet}, {"tag-bins", bins}, {"tag-bin", bin}, {"tag-bin-errors", wrong}, {"tag-merge", merge}, {"tag-canonical", tag}, {"tag-synonym", synonym}}
}

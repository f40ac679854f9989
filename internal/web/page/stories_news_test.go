package page_test

import (
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/web/page"
)

func footed(s page.Shell) page.Shell {
	s.News = true
	s.Pages = []page.PaperLink{{Text: "Rules", URL: "/pages/rules", Lang: "en"}, {Text: "Datenschutz", URL: "/pages/privacy", Lang: "de"}, {Text: strings.Repeat("W", 255), URL: "/pages/long", Lang: "en"}}
	return s
}

// newsStories are the archive's news and pages, and where staff write them.
func newsStories(t testing.TB) []story {
	const text = `<p>On Sunday the archive rests from <em>nine</em> to ten.</p><h2>Why</h2><p>A bigger disk. <a href="https://example.org/a-very-long-address/that-goes-on-and-on-and-on-and-never-breaks-anywhere-at-all">The plan</a></p>`
	items := []page.NewsItem{
		{Title: "The archive rests on Sunday", Lang: "en", URL: "/news/3", At: day(2026, 11, 20), Opening: "On Sunday the archive rests from nine to ten.", Close: "/news/3/close"},
		{Title: "הארכיון נח ביום ראשון", Lang: "he", URL: "/news/2", At: day(2026, 10, 2), Opening: "ביום ראשון הארכיון נח מתשע עד עשר."},
		{Title: strings.Repeat("W", 255), Lang: "en", URL: "/news/1", At: day(2026, 1, 2)},
	}
	home := page.HomePage{Shell: footed(guest(t, "", "/")), CanJoin: true, Posted: items[0]}
	papers := []page.DeskPaper{
		{ID: 1, Title: "Rules", Lang: "en", Edit: "/desk/pages/1", URL: "/pages/rules", Slug: "rules", Place: 1, Changed: day(2026, 11, 2)},
		{ID: 2, Title: strings.Repeat("W", 255), Lang: "en", Edit: "/desk/pages/2", URL: "/pages/w", Slug: strings.Repeat("w", 60), Place: 2, Changed: day(2026, 11, 2)},
		{ID: 3, Title: "About us", Lang: "en", Edit: "/desk/pages/3", Slug: "about", Draft: true, Changed: day(2026, 11, 2)},
	}
	pages := page.DeskPapersPage{Shell: staffed(t, "Pages", "/desk/pages"), Kind: archive.PaperPage, New: "/desk/pages/new", Offers: []page.Link{{Text: "Begin a privacy page", URL: "/desk/pages/new?begin=privacy"}}, Papers: papers}
	news := page.DeskPapersPage{Shell: staffed(t, "News", "/desk/news"), Kind: archive.PaperNews, New: "/desk/news/new", Papers: []page.DeskPaper{{ID: 4, Title: "Sunday", Lang: "en", Edit: "/desk/news/4", Draft: true, Changed: now}}}
	head := page.FormHead{ID: "A", Autosave: "paper/1", Base: 2, Limits: archive.DefaultLimits()}
	form := page.PaperFormPage{
		Shell: staffed(t, "Change “Rules”", "/desk/pages/1"), Head: head, Kind: archive.PaperPage, Posted: true, Typed: page.PaperTyped{Title: "Rules", Language: "en", Slug: "rules", Text: "Be kind.", InFooter: true},
		Action: "/desk/pages/1", Cancel: "/desk/pages", Versions: "/desk/pages/1/versions", URL: "/pages/rules",
	}
	wrong := page.PaperFormPage{Shell: staffed(t, "Make a page", "/desk/pages/new"), Head: head, Kind: archive.PaperPage, New: true, Typed: page.PaperTyped{Language: "en", Slug: "Über uns"}, Action: "/desk/pages/new", Cancel: "/desk/pages"}
	wrong.Head.Errors = page.Errors{{Field: "title", Text: "Title: please fill this in."}, {Field: "slug", Text: "Name in the address: use small letters from a to z and digits, with single hyphens between words; 60 characters at most."}}
	version := page.PaperVersion{Number: 2, URL: "/desk/pages/1/versions/2", At: now, By: "mara_q"}
	current := version
	current.Number, current.Current = 3, true
	conflict := page.ConflictPage{Shell: staffed(t, "Two versions of one text", "/desk/pages/1"), Action: "/desk/pages/1", SavedAt: now, By: "pell", Mine: "Be kind.", Parts: []page.Difference{{Text: "Be "}, {Text: "kind.", Only: "mine"}, {Text: "gentle.", Only: "theirs"}}}
	held := page.HeldPage{Shell: staffed(t, "Comments that wait for staff", "/desk/comments"), Desk: true, Total: 2, Comments: []page.Comment{
		{ID: 1, URL: "/comments/1", Place: "suspect", HTML: "<p>Cheap lamps at lamps.example</p>", By: page.Person{Name: "lampseller"}, Guest: true, At: now, Work: page.Link{Text: "Salt in the Kettle", URL: "/works/1"}},
		{ID: 2, URL: "/comments/2", Place: "for_staff", HTML: "<p>I have just joined.</p>", By: people("Pell")[0], At: now, Work: page.Link{Text: strings.Repeat("W", 255), URL: "/works/2"}},
	}}
	again := page.AgainPage{Shell: member(t, "Is it still you?", "/confirm"), Name: "mara_q", Action: "/confirm", Code: true, Passkey: true, Errors: page.Errors{{Field: "again_code", Text: "Code: that is not the code of this moment."}}}
	acts := page.ActsPage{Shell: staffed(t, "What staff did", "/desk/acts"), Kind: archive.ActHide, By: "wren", Doers: []string{"mara_q", "wren"}, Newest: "/desk/acts", Older: "/desk/acts?before=3", Acts: []page.ActLine{{Text: "Posted", Link: page.Link{Text: strings.Repeat("W", 255), URL: "/desk/news/3"}, By: "wren", At: now}}}
	return []story{
		{"home-news", home},
		{"news", page.NewsPage{Shell: footed(guest(t, "News", "/news")), Items: items}}, {"news-none", page.NewsPage{Shell: guest(t, "News", "/news")}},
		{"news-one", page.PaperPage{Shell: footed(guest(t, items[0].Title, "/news/3")), News: true, Lang: "en", HTML: text, Posted: day(2026, 11, 20), Changed: now}},
		{"news-rtl", page.PaperPage{Shell: guest(t, items[1].Title, "/news/2"), News: true, Lang: "he", HTML: "<p>ביום ראשון הארכיון נח מתשע עד עשר.</p>", Posted: now, Changed: now}},
		{"page-rules", page.PaperPage{Shell: footed(staffed(t, "Rules", "/pages/rules")), Lang: "en", HTML: text, Changed: now, Edit: "/desk/pages/1"}},
		{"desk-pages", pages}, {"desk-news", news}, {"paper-form", form}, {"paper-form-errors", wrong},
		{"paper-preview", page.PaperPreviewPage{Shell: staffed(t, "Preview", "/desk/pages/1"), Action: "/desk/pages/1", Posted: true, PaperTitle: "Rules", Lang: "en", HTML: text}},
		{"paper-versions", page.PaperVersionsPage{Shell: staffed(t, "Versions", "/desk/pages/1/versions"), Back: page.Link{Text: "Rules", URL: "/desk/pages/1"}, Lang: "en", Versions: []page.PaperVersion{current, version}}},
		{"paper-version", page.PaperVersionPage{Shell: staffed(t, "Rules", "/desk/pages/1/versions/2"), Version: version, Lang: "en", HTML: text, Back: page.Link{Text: "Versions", URL: "/desk/pages/1/versions"}, Again: "/desk/pages/1?version=2"}},
		{"paper-conflict", conflict}, {"held-desk", held}, {"held-desk-none", page.HeldPage{Shell: staffed(t, "Comments that wait for staff", "/desk/comments"), Desk: true}},
		{"again-ways", again}, {"acts-filtered", acts},
		{"signup-rules", page.SignUpPage{Shell: footed(guest(t, "An account on The Fig House", "/sign-up")), Rules: page.PaperLink{Text: "Rules", URL: "/pages/rules", Lang: "en"}}},
		{"signup-unopened", page.SignUpPage{Shell: guest(t, "An account on Ficus", "/sign-up"), Unopened: true}},
	}
}

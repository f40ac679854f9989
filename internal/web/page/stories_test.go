package page_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/locale"
	"ficus/internal/web/page"
)

var now = time.Date(2026, 11, 22, 20, 15, 0, 0, time.UTC)

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 19, 30, 0, 0, time.UTC)
}

func english(t testing.TB) locale.Printer {
	t.Helper()
	c, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer("en")
}

func guest(t testing.TB, title, path string) page.Shell {
	return page.Shell{Words: english(t), Site: "The Fig House", Title: title, Path: path, Now: now}
}

func member(t testing.TB, title, path string) page.Shell {
	s := guest(t, title, path)
	s.Viewer = page.Viewer{Name: "mara_q", URL: "/users/mara_q", Unread: 2}
	return s
}

// storybook is every page and its hard cases.
func storybook(t testing.TB) []story {
	var all []story
	for _, part := range []func(testing.TB) []story{
		listStories,
		storyStories,
		accountStories,
		writeStories,
		reviewStories,
		historyStories,
		ownStories,
		answerStories,
		safetyStories,
		commentStories,
		oversightStories,
		deskStories, wranglingStories, rememberedStories,
		inboxStories,
		newsStories,
		followStories,
		habitStories,
		pileStories,
		bookStories,
		coverStories,
		broughtStories,
	} {
		all = append(all, part(t)...)
	}
	return all
}

func tags(names ...string) []page.Tag {
	var list []page.Tag
	for i, n := range names {
		list = append(list, page.Tag{Name: n, URL: fmt.Sprintf("/tags/%d/x", i+1)})
	}
	return list
}

func people(names ...string) []page.Person {
	var list []page.Person
	for _, n := range names {
		list = append(list, page.Person{Name: n, URL: "/users/x"})
	}
	return list
}

func manyTags(n int) []page.Tag {
	words := []string{"Slow Burn", "Found Family", "Sharing a Lamp", "Letters", "Night Trains", "Hurt/Comfort", "Weather as a Character", "Cartography", "Two People and One Umbrella", "Canon Divergence - the bridge holds"}
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("%s %d", words[i%len(words)], i+1))
	}
	return tags(names...)
}

func kettle() page.Blurb {
	rel := tags("Ilse Maren/Tove Lind", "Ilse Maren & the Lighthouse Cat")
	rel[0].Main = true
	return page.Blurb{
		URL: "/works/1", Title: "Salt in the Kettle", Lang: "en", Fandoms: tags("The Lamplighters of Vael"), Byline: people("mara_q"), Gifts: people("Pell"),
		Signs:         page.Signs{Rating: "Teen", Warnings: []string{"none apply"}, Categories: []string{"F/F"}, Posted: 12, Planned: 20},
		Relationships: rel, Characters: tags("Ilse Maren", "Tove Lind", "The Harbour Master"), Freeforms: tags("Slow Burn", "Lighthouses", "Bad Tea"),
		Summary: "<p>The new keeper arrives in the first week of the storms with one trunk, no references, and a kettle nobody else is allowed to touch. Tove has kept the light alone for six years. She had not planned on company, and she had certainly not planned on company that hums.</p>",
		Words:   42310, Kudos: 1204, Updated: day(2026, 11, 19),
	}
}

func blurbCases() []page.Blurb {
	explicit := page.Blurb{
		URL: "/works/2", Title: "What the Bridge Said", Lang: "en", Restricted: true, Fandoms: tags("Signal & Rust", "The Lamplighters of Vael"), Byline: people("Pell", "ito"),
		Signs:         page.Signs{Rating: "Explicit", Warnings: []string{"graphic violence", "major character death"}, Categories: []string{"M/M", "Multi"}, Posted: 20, Planned: 20},
		Relationships: tags("Corin Ash/Dav Okonjo"), Characters: tags("Corin Ash", "Dav Okonjo"), Freeforms: manyTags(72),
		Summary: "<p>Nobody believed the bridge could talk until it started giving testimony.</p>", SummaryRest: "<p>A case file in twenty statements, three of them from the river.</p>",
		Words: 118004, Updated: day(2026, 11, 22),
	}
	hebrew := page.Blurb{
		URL: "/works/3", Title: "המפתח שמתחת לעציץ", Lang: "he", Fandoms: tags("בית הקפה בקצה הרחוב"), Byline: people("נועה"),
		Signs:      page.Signs{Rating: "General", Warnings: []string{"none apply"}, Categories: []string{"Gen"}, Posted: 1, Planned: 1},
		Characters: tags("דודה רותי", "החתול"), Freeforms: tags("סיפור קצר", "Fluff"),
		Summary: "<p>כל בוקר מישהו מזיז את העציץ. כל ערב דודה רותי מחזירה אותו למקום, ולא שואלת.</p>", Words: 1204, Updated: day(2026, 10, 2),
	}
	japanese := page.Blurb{
		URL: "/works/4", Title: "雨宿りの作法", Lang: "ja", Fandoms: tags("灯台守の夜"), Byline: people("千尋"),
		Signs:         page.Signs{Rating: "Not Rated", Warnings: []string{"chose not to warn"}, Posted: 3},
		Relationships: tags("灯/汐"), Freeforms: tags("雨", "手紙"),
		Summary: "<p>軒先で雨を待つあいだ、二人はいつも同じ話をする。ただし結末だけは毎回違う。</p>", Words: 8120, Updated: day(2026, 9, 30),
	}
	bare := page.Blurb{
		URL: "/works/5", Title: strings.Repeat("Aaaaargh", 31) + "Aaaaarg", Lang: "en", Fandoms: tags("Original Work"), Byline: people(fortyNames()...),
		Signs: page.Signs{Rating: "Mature", Warnings: []string{"rape/non-con", "underage sex", "graphic violence", "major character death"}, Categories: []string{"F/F", "F/M", "M/M", "Gen", "Multi", "Other"}, Posted: 1, Planned: 120},
		Words: 312, Updated: day(2024, 2, 29),
	}
	return []page.Blurb{kettle(), explicit, hebrew, japanese, bare}
}

func fortyNames() []string {
	var names []string
	for i := range 40 {
		names = append(names, fmt.Sprintf("co_writer_%d", i+1))
	}
	return names
}

func fandomCounts() []page.CountedLink {
	return []page.CountedLink{
		{Name: "The Lamplighters of Vael", URL: "/tags/1/x", Count: 1204}, {Name: "Signal & Rust", URL: "/tags/2/x", Count: 388},
		{Name: "灯台守の夜", URL: "/tags/3/x", Count: 91}, {Name: "בית הקפה בקצה הרחוב", URL: "/tags/4/x", Count: 12},
		{Name: "The Case-Book of Inspector Agatha Thornbury-Wu and Other Deductions in Fog", URL: "/tags/5/x", Count: 7}, {Name: "Tuesday Was Stolen", URL: "/tags/6/x", Count: 1},
	}
}

func listStories(t testing.TB) []story {
	home := page.HomePage{Shell: guest(t, "", "/"), CanJoin: true, Latest: blurbCases(), Fandoms: fandomCounts()}
	home.Banner = "This is the demo archive: look around, change anything. It listens on this machine only."
	ours := home
	ours.Shell = member(t, "", "/")
	ours.Notices = []page.Notice{
		{Kind: "good", Text: "“Salt in the Kettle” is posted.", Link: page.Link{Text: "Read it as others do", URL: "/works/1"}},
		{Kind: "warn", Text: "Your writing is kept in this browser alone while the connection is down."},
		{Kind: "bad", Text: "The picture was larger than 10 MB and was left out."},
		{Text: "The archive will be closed on Sunday from 8:00 to 9:00."},
	}
	list := page.ListPage{
		Shell: member(t, "The Lamplighters of Vael", "/tags/1/x"), Kind: "fandom", Heading: "The Lamplighters of Vael", Total: 1204,
		Filters: filterCases(),
		Blurbs:  blurbCases(), Pager: page.NewPager(7, 61, func(n int) string { return fmt.Sprintf("?page=%d", n) }),
	}
	list.Blurbs[0].Freeforms[0].Matched = true
	wrong := list
	wrong.Blurbs, wrong.Empty = nil, "No work is all of this. Take a filter away."
	wrong.Filters.Errors = page.ErrorsOf(list.Shell, archive.Problems{{Field: "words_from", Rule: "span", Args: map[string]any{"Value": "many"}}})
	wrong.Filters.Typed.WordsFrom = "many"
	wrong.Filters.Uncalled = []page.Uncalled{{Sentence: "No tag here is called “Zoe Angstrim”.", Near: []page.Link{{Text: "Zoé Ångström", URL: "/works?include=character%3AZo%C3%A9"}, {Text: strings.Repeat("Angstgegner", 6), URL: "/tags/3/a"}}}, {Sentence: "No tag here is called “xyzzy”."}}
	empty := page.ListPage{Shell: guest(t, "Nobody Wrote This Yet", "/tags/9/x"), Kind: "freeform", Heading: "Nobody Wrote This Yet", Empty: "No work here carries this tag yet.", Useful: page.Link{Text: "All works", URL: "/works"}}
	search := page.SearchPage{Shell: guest(t, "lamp", "/search"), Query: "lamp", Asked: true, Total: 2, Filters: filterCases(), Tags: append(fandomCounts(), fandomCounts()...), Blurbs: blurbCases()[:2]}
	search.Blurbs[0].Found = page.Excerpt{URL: "/works/1/chapters/2", Chapter: "The half-past-nine ferry", Pieces: []page.Piece{{Text: "… Nobody had come for the ferry, and "}, {Text: "the lamp", Marked: true}, {Text: " was lit all the same. …"}}}
	search.Blurbs[1].Found = page.Excerpt{URL: "/works/2/chapters/9", Chapter: strings.Repeat("Dampfschifffahrt", 4)}
	search.InTexts = []string{search.T("found.partly")}
	search.People = []page.FoundPerson{
		{Person: page.Person{Name: "lamp", URL: "/users/lamp"}, Works: 12}, {Person: page.Person{Name: "Lamp of the Long Commas", URL: "/users/mara_q/pseuds/Lamp"}, Account: "mara_q", Works: 1},
		{Person: page.Person{Name: "مصباح lamp", URL: "/users/misbah/pseuds/Lamp"}, Account: "misbah"}, {Person: page.Person{Name: strings.Repeat("Lampenfieber", 6), URL: "/users/l"}, Account: "l"},
		{Person: page.Person{Name: "lamplight", URL: "/users/lamplight"}}, {Person: page.Person{Name: "lampwick", URL: "/users/lampwick"}, Works: 1_204},
	}
	return []story{
		{"home", home}, {"home-member", ours}, {"list", list}, {"list-empty", empty},
		{"filters", page.FilterPage{Shell: guest(t, "Filters", "/works/filters"), Heading: "All works", Filters: filterCases()}}, {"filter-values", valuesCase(t)}, {"list-filters-wrong", wrong},
		{"fandoms", page.FandomsPage{Shell: guest(t, "Fandoms", "/fandoms"), Media: []page.Medium{{Name: "books", Fandoms: fandomCounts()}, {Name: "television", Fandoms: fandomCounts()[:3]}, {Fandoms: fandomCounts()[3:]}}}},
		{"profile", page.ProfilePage{Shell: guest(t, "mara_q", "/users/mara_q"), Name: "mara_q", Pseuds: people("mara_q", "Mara of the Long Commas"), Joined: day(2024, 3, 1), Total: 1, Blurbs: blurbCases()[:1]}},
		{"menu", page.MenuPage{Shell: member(t, "Menu", "/menu")}},
		{"menu-guest", page.MenuPage{Shell: guest(t, "Menu", "/menu")}},
		{"search", search},
		{"search-none", page.SearchPage{Shell: guest(t, "xyzzy", "/search"), Query: "xyzzy", Asked: true, Empty: "Nothing here has these words. Fewer or shorter words find more.", Useful: page.Link{Text: "Browse fandoms", URL: "/fandoms"}, Filters: page.Filters{Action: "/search", URL: "/search/filters"}}},
		{"search-wrong", page.SearchPage{Shell: guest(t, "Search", "/search"), Query: `lamp "half past nine`, Before: "lamp ", Wrong: `"`, After: "half past nine",
			Errors: page.ErrorsOf(list.Shell, archive.Problems{{Field: "q", Rule: "query_quote", Args: map[string]any{"Place": 6}}})}},
		{"search-advanced", page.AdvancedPage{Shell: guest(t, "Advanced search", "/search/advanced"), Typed: url.Values{"all": {"lamp"}, "kudos_from": {"many"}}, Sorts: list.Filters.Sorts,
			Errors: page.ErrorsOf(list.Shell, archive.Problems{{Field: "kudos_from", Rule: "span", Args: map[string]any{"Value": "many"}}})}},
		{"missing", page.NewMissingPage(guest(t, "", "/works/999"))},
		{"rescued", page.MessagePage{Shell: member(t, "This has changed meanwhile", "/comments/1"), Heading: "This has changed meanwhile", Sentences: []string{"Somebody answered meanwhile."}, Rescued: chapterWords}},
		{"error", page.NewErrorPage(guest(t, "", "/works/1"), "c7f2-91aa")},
		{"settings", page.SettingsPage{Shell: guest(t, "Text settings", "/settings"), To: "/works/1"}},
	}
}

const chapterWords = "The lamp was lit at six.\n\nNobody came, and nobody had said that they would."

const chapterText = `<p class="place">0415 HRS<br>THE LOWER GALLERY</p>
<p>“Is it still raining?” she asked, without looking up from the page.</p>
<p>It was. Tove set the lamp nearer to her elbow, drew the other chair to the stove, and did not say that it had been raining for nine days. The kettle would say something soon enough. It had a voice like a small, offended goose, and it had opinions about the weather, which it aired every morning at six and, lately, whenever Ilse was in the room.</p>
<p>“You could ask it,” said Ilse.</p>
<p>“Ask what?”</p>
<p>“The kettle. You look at it as if it owed you <em>money</em>.”</p>
<p><em class="thought">It does not owe me money. It owes me six years of quiet.</em></p>
<hr class="scene" title="* * *">
<p>The storm came round from the west a little after four. She had the shutters down before the first of it hit, and the second, and then there was nothing to do but count between the light and the thunder and write the numbers in the log in a hand her mother would have called <span class="small-caps">fit for a butcher’s bill</span>.</p>
<blockquote class="letter"><p>Dear Keeper,</p><p>I am told you do not read letters. I am writing this one so that you will have something particular not to read. The boat will come on the 14th if the sea allows, and on the 21st if it does not.</p><p class="right">H. Aske, Harbour Master</p></blockquote>
<p>She read it twice. Then, because the wind was making that noise again, she sang:</p>
<p class="verse">Salt in the kettle and salt in the bread,<br>a line for the living, a light for the dead, and a long, long verse that cannot fit upon one line of a narrow screen,<br>and one for the one who is neither.</p>
<div class="messages"><p><strong>ilse</strong> are you awake</p><p><strong>tove</strong> no</p><p><strong>ilse</strong> good. the lamp is singing</p></div>
<p>Much later it would be said in the village that they had heard the singing from the quay, <a href="/works/1">eleven miles off</a>, and that it was out of tune<sup><a href="#c7-note-1" id="c7-place-1" role="doc-noteref">1</a></sup>. Both of these were true.</p>
<p class="end-mark">TBC</p>
<div role="doc-endnotes">
<ol>
<li id="c7-note-1">By a quarter-tone, the organist said, and he should know. <a href="#c7-place-1" role="doc-backlink">Back to the text</a></li>
</ol>
</div>`

func sampleStory(lang string) page.Story {
	b := kettle()
	return page.Story{
		URL: "/works/1", Title: b.Title, Lang: lang, Byline: b.Byline, Gifts: b.Gifts, Signs: b.Signs, Fandoms: b.Fandoms, Relationships: b.Relationships, Characters: b.Characters, Freeforms: b.Freeforms,
		Summary: b.Summary, Words: b.Words, Figures: page.Figures{Hits: 3310, Kudos: 214, Comments: 412, CommentsURL: "/works/1/comments"}, Published: day(2025, 6, 1), Updated: b.Updated, IndexURL: "/works/1/chapters", EntireURL: "/works/1/entire", ByChapterURL: "/works/1/chapters/1",
		Files: []page.Link{{Text: "EPUB", URL: "/works/1.epub"}, {Text: "HTML", URL: "/works/1.html"}, {Text: "Markdown", URL: "/works/1.md"}, {Text: "Plain text", URL: "/works/1.txt"}},
	}
}

func sampleChapter() page.Chapter {
	return page.Chapter{
		Number: 7, Title: "The Offended Goose", Published: day(2026, 5, 3), Words: 3120, Anchor: "chapter-7",
		Disclaimer:  page.Note{HTML: "<p>The Lamplighters are not mine; the kettle is.</p>", Words: 9},
		NotesBefore: []page.Note{{HTML: "<p>This one is short because the last one was not. There is some falling from heights, nobody is hurt.</p>", Words: 19}, {HTML: "<p>Long ago a reader asked whether the kettle had a name.</p><p>It has several, and it answers to none of them.</p>", Words: 214}},
		Dedication:  "Pell, who asked about the goose",
		Text:        chapterText,
		NotesAfter:  []page.Note{{HTML: "<p>Thank you for reading. The next one is nearly done, the one after that is a lie.</p>", Words: 17}},
	}
}

func storyStories(t testing.TB) []story {
	chapter := page.ChapterPage{
		Shell: guest(t, "Chapter 7 · Salt in the Kettle", "/works/1/chapters/7"), Story: sampleStory("en"), Chapter: sampleChapter(),
		Previous: page.ChapterLink{Number: 6, Title: "Nine Days of Rain", URL: "/works/1/chapters/6"}, Next: page.ChapterLink{Number: 8, Title: "The Stair", URL: "/works/1/chapters/8"},
	}
	own := chapter
	own.Shell = member(t, chapter.Title, chapter.Path)
	own.Story.State = "draft"
	own.Story.Restricted = true
	own.Story.Own = []page.Link{{Text: "Edit this chapter", URL: "/chapters/7/edit"}, {Text: "Edit the work", URL: "/works/1/edit"}, {Text: "Add a chapter", URL: "/works/1/chapters/new"}, {Text: "All chapters", URL: "/works/1/manage"}}
	own.Chapter.NotesBefore = []page.Note{{HTML: chapter.Chapter.NotesBefore[0].HTML, Words: 19, Warns: true}}
	bare := chapter
	bare.Story = page.Story{URL: "/works/9", Title: strings.Repeat("Oooooooh", 31) + "Ooooooo", Lang: "en", Byline: people(fortyNames()...), Fandoms: tags("Original Work"), Freeforms: manyTags(74), Signs: page.Signs{Rating: "Explicit", Warnings: []string{"graphic violence"}, Posted: 1, Planned: 1}, Words: 90, Published: day(2026, 5, 3), Updated: day(2026, 5, 3)}
	bare.Chapter = page.Chapter{Number: 1, Published: day(2026, 5, 3), Words: 90, Text: "<p>" + strings.Repeat("One breath, then another. ", 20) + "</p>"}
	bare.Previous, bare.Next = page.ChapterLink{}, page.ChapterLink{}
	plays := chapter
	plays.Chapter.Text, plays.Chapter.Plays = page.PlayedText(plays.Words, `<p>The song she hums is this one:</p>
<p><a class="player" href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">Salt and bread, a shanty in too many verses for a narrow screen</a></p>
<p>and here it is <a class="player" href="https://soundcloud.com/ro/lamp">https://soundcloud.com/ro/lamp</a> as Tove sings it.</p>
<p class="hidden">A class of the writer’s hides nothing.</p>`)
	book := chapter
	book.Look = page.Look{Theme: "sepia", Size: "larger", Width: "narrow", Paragraphs: "justified", Notes: "hidden"}
	entire := page.EntirePage{Shell: guest(t, "Salt in the Kettle", "/works/1/entire"), Story: sampleStory("en"), Chapters: []page.Chapter{sampleChapter(), {Number: 8, Anchor: "chapter-8", Published: day(2026, 5, 9), Words: 400, Text: chapterText}}}
	index := page.IndexPage{Shell: guest(t, "Chapters · Salt in the Kettle", "/works/1/chapters"), Story: sampleStory("en")}
	for i, title := range []string{"Arrivals", "", "A Kettle Nobody Else May Touch", "Log of the Second Week, with Corrections in Another Hand", "The Stair"} {
		index.Chapters = append(index.Chapters, page.IndexEntry{ChapterLink: page.ChapterLink{Number: i + 1, Title: title, URL: "/works/1/chapters/1"}, Published: day(2026, 5, 3+i), Words: 2800 + 311*i, Draft: i == 4})
	}
	return []story{
		{"chapter", chapter}, {"chapter-own", own}, {"chapter-bare", bare}, {"chapter-book", book}, {"chapter-plays", plays}, {"entire", entire}, {"index", index},
		{"chapter-hebrew", hebrewChapter(t)}, {"chapter-japanese", japaneseChapter(t)},
		{"gate", page.GatePage{Shell: guest(t, "Before you read on", "/works/1"), Rating: "Explicit", Action: "/adult", To: "/works/1"}},
		{"gate-not-rated", page.GatePage{Shell: guest(t, "Before you read on", "/works/1"), Rating: "Not Rated", Action: "/adult", To: "/works/1"}},
	}
}

func hebrewChapter(t testing.TB) page.ChapterPage {
	s := sampleStory("he")
	s.Title, s.Byline, s.Gifts = "המפתח שמתחת לעציץ", people("נועה"), nil
	s.Fandoms, s.Relationships, s.Characters, s.Freeforms = tags("בית הקפה בקצה הרחוב"), nil, tags("דודה רותי"), tags("Fluff")
	s.Summary = "<p>כל בוקר מישהו מזיז את העציץ.</p>"
	text := `<p>“עוד פעם?” שאלה דודה רותי, ולא הרימה את העיניים מן העיתון.</p><p>החתול, שישב על אדן החלון כאילו הוא זה שמשלם את שכר הדירה, פיהק. העציץ עמד חצי מטר ימינה ממקומו, והאדמה שבו הייתה <em>לחה</em>, אף על פי שאיש לא השקה אותו מאז יום שלישי.</p><hr class="scene"><p class="verse">מפתח אחד לדלת,<br>מפתח אחד לגן,<br>ואחד שאיש לא זוכר.</p><p>בערב היא החזירה אותו למקום. היא לא שאלה. יש דברים, אמרה פעם לנכדה שלה ב־1987, שעונים רק למי שמפסיק לשאול.</p>`
	return page.ChapterPage{Shell: guest(t, "המפתח שמתחת לעציץ", "/works/3"), Story: s,
		Chapter: page.Chapter{Number: 2, Title: "אדמה לחה", Published: day(2026, 5, 3), Words: 812, Text: text, NotesBefore: []page.Note{{HTML: "<p>תודה לכל מי שקרא את הפרק הראשון.</p>", Words: 7}}},
		Next:    page.ChapterLink{Number: 3, Title: "יום שלישי", URL: "/works/3/chapters/3"}, Previous: page.ChapterLink{Number: 1, URL: "/works/3/chapters/1"}}
}

func japaneseChapter(t testing.TB) page.ChapterPage {
	s := sampleStory("ja")
	s.Title, s.Byline, s.Gifts = "雨宿りの作法", people("千尋"), nil
	s.Fandoms, s.Relationships, s.Characters, s.Freeforms = tags("灯台守の夜"), tags("灯/汐"), nil, tags("雨")
	s.Planned, s.Posted = 0, 3
	s.Summary = "<p>軒先で雨を待つあいだ、二人はいつも同じ話をする。</p>"
	text := `<p>「まだ降っている？」と彼女は<ruby>頁<rp>（</rp><rt>ページ</rt><rp>）</rp></ruby>から目を上げずに訊いた。</p><p>降っていた。九日のあいだ、雨は<em>いちども</em>やまなかった。やかんがそのうち何か言うだろう、と彼は思い、椅子をストーブのそばへ引き寄せた。</p><hr class="scene"><p>嵐は四時を少し過ぎたころ、西から回ってきた。</p>`
	return page.ChapterPage{Shell: guest(t, "雨宿りの作法", "/works/4"), Story: s, Chapter: page.Chapter{Number: 3, Title: "軒先", Published: day(2026, 5, 3), Words: 2410, Text: text}}
}

func accountStories(t testing.TB) []story {
	signUp := page.SignUpPage{Shell: guest(t, "Sign up", "/sign-up"), FormID: "f1", Name: "ma", Email: "mara.example.org", To: "/works/new",
		Errors: page.Errors{{Field: "name", Text: "Name: use from 3 to 40 characters."}, {Field: "email", Text: "Email: that is not an address mail can reach."}, {Field: "password", Text: "Password: use at least 8 characters."}}}
	account := page.AccountPage{Shell: member(t, "Your account", "/account"), Name: "mara_q", Email: "mara@example.org", Entire: true,
		Pseuds:  []page.OwnPseud{{Person: page.Person{Name: "mara_q", URL: "/users/mara_q"}, Change: "/account/pseuds/1", Default: true, Works: 12}, {Person: page.Person{Name: "Mara of the Long Commas", URL: "/users/mara_q/2"}, Change: "/account/pseuds/2", Works: 1}},
		Devices: []page.Device{{ID: "1", Agent: "Firefox on Android", Since: day(2026, 10, 1), Seen: now, This: true}, {ID: "2", Agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36", Since: day(2026, 1, 9), Seen: day(2026, 11, 2)}}}
	inbox := page.InboxPage{Shell: member(t, "Notices", "/notices"), Items: []page.InboxItem{
		{Text: "Pell gave you a work:", Link: page.Link{Text: "What the Bridge Said", URL: "/works/2"}, At: now.Add(-3 * time.Hour), Unread: true},
		{Text: "Your work was deleted. It can be brought back until 22 December 2026:", Link: page.Link{Text: "My works", URL: "/my-works"}, At: day(2026, 11, 20)}}}
	return []story{
		{"sign-up", page.SignUpPage{Shell: guest(t, "Sign up", "/sign-up"), FormID: "f1"}}, {"sign-up-errors", signUp},
		{"sign-up-closed", page.SignUpPage{Shell: guest(t, "Sign up", "/sign-up"), Closed: true}},
		{"sign-in", page.SignInPage{Shell: guest(t, "Sign in", "/sign-in"), To: "/works/new", Reason: "To begin a work, please sign in. You will come straight back.", CanJoin: true}},
		{"sign-out", page.SignOutPage{Shell: member(t, "Sign out", "/sign-out")}},
		{"account", account}, {"inbox", inbox}, {"inbox-empty", page.InboxPage{Shell: member(t, "Notices", "/notices")}},
	}
}

// valuesCase is all values of one kind, somewhere among their pages.
func valuesCase(t testing.TB) page.ValuesPage {
	f := filterCases()
	return page.ValuesPage{
		Shell: guest(t, "Filters", "/works/filters"), Filters: f, Heading: "All works", Here: "/works/filters", Kind: f.Kinds[6], Begins: "sl",
		Kept: []page.Typed{{Name: "words", Value: "1000-5000"}}, Number: 2, Last: 7, Count: 1304,
	}
}

// filterCases is a form with everything it may hold.
func filterCases() page.Filters {
	f := page.Filters{
		Action: "/works", URL: "/works/filters", Everything: "/works", Total: 1204, IsCounted: true, Languages: locale.Languages(),
		Applied: []page.Applied{{Text: "with Slow burn", URL: "?"}, {Text: "without " + strings.Repeat("Longer", 20), URL: "?"}, {Text: "1,000–5,000 words", URL: "?"}},
		Sorts:   []page.Choice{{Text: "Latest chapter", URL: "?", Value: "updated", Chosen: true}, {Text: "Longest", URL: "?sort=words", Value: "words"}, {Text: "Most kudos", URL: "?sort=kudos", Value: "kudos"}},
		Typed:   page.FilterTyped{WordsFrom: "1000", WordsTo: "5000", UpdatedFrom: "2026-01-01", Complete: "true", Language: "en", Text: "lamp"},
	}
	for _, kind := range []string{"rating", "warning", "category", "fandom", "relationship", "character", "freeform"} {
		k := page.FilterKind{Kind: kind, More: true, Chosen: kind == "freeform"}
		for i, name := range []string{"Slow burn", strings.Repeat("Longer", 20), "The Lamplighters of Vael", "שלום עולם"} {
			k.Values = append(k.Values, page.FilterValue{Name: name, Value: kind + ":" + name, Works: 1204 >> i, With: k.Chosen && i == 0, Without: k.Chosen && i == 1})
		}
		f.Kinds = append(f.Kinds, k)
	}
	return f
}

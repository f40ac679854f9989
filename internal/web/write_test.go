package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/testkit/browser"
)

func TestAcceptance02AWorkWithOnlyWhatIsNeededIsPublic(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		sent := form("form_id", "1", "do", "post", "title", "The Lamp Keepers", "fandoms", "Harbour Lights", "rating", "General", "warnings", "none apply", "language", "en", "text", "The lamp was lit at six. Nobody came.")
		work := mara.postFiles("/works/new", sent).expect(303).to()
		for _, reader := range []*client{w.guest(), w.member("oona")} {
			reader.opens(work).has("The Lamp Keepers", "The lamp was lit at six.", ">mara<", "8 words", "1 May 2026")
			reader.opens("/works").has("The Lamp Keepers")
		}
	})
}

func TestAcceptance04FormWithMissingWarningAndLongTitleShowsBothAndKeepsEverything(t *testing.T) {
	for name, how := range map[string]browser.Settings{"with scripts": {}, "without": {NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.member("mara")
			p := w.reads(how)
			signIn(p, "mara")
			p.Open("/works/new")
			long := strings.Repeat("Salt ", 60) + "end"
			p.Fill("Title", long)
			p.Fill("Fandoms", "Harbour Lights, Another")
			p.Check("Mature")
			p.Fill("Summary", "What it is about")
			p.Choose("Language", "English")
			const text = "  Indented,\n\n\nwith gaps\nand <b>tags</b> & all."
			p.Fill("Text", text)
			p.Submit("Post")
			p.Sees("2 things need another look")
			p.Sees("Title: 303 characters are more than the 255 that fit.")
			p.Sees("Warnings: choose at least one.")
			p.Axe()
			p.Look("form-errors-" + strings.ReplaceAll(name, " ", "-"))
			if focused := browser.Ask[string](p, `document.activeElement.className`); focused != "errors" {
				t.Errorf("the focus is on %q, not on what is wrong", focused)
			}
			for field, want := range map[string]string{"Title": long, "Summary": "What it is about", "Text": text, "Language": "en"} {
				if got := p.Value(field); got != want {
					t.Errorf("%s holds %q, want %q", field, got, want)
				}
			}
			if got := browser.Ask[string](p, `document.forms[document.forms.length - 1].elements.fandoms.value`); got != "Harbour Lights, Another" {
				t.Errorf("the fandoms are %q", got)
			}
			if !browser.Ask[bool](p, `document.querySelector("input[value=Mature]").checked`) {
				t.Error("the rating is not kept")
			}
			p.Click("a[href='#f-warnings']")
			if w.works() != 0 {
				t.Error("it was posted all the same")
			}
		})
	}
}

// Everything wrong is said at once, whoever finds it.
func TestEveryMistakeOfAFormIsSaidAtOnce(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	sent := newWorkForm("", "")
	sent.Set("planned", "many")
	sent.Set("published_on", "yesterday")
	sent.Set("chapter_published_on", "tomorrow")
	sent.Set("language", "<script>")
	sent.Set("freeforms", "a*b")
	sent.Set("elsewhere", "not an address")
	answer := mara.postFiles("/works/new", sent, upload{"pictures", "a.png", "no picture"}).expect(422)
	answer.has("Chapters planned: use a number", "“yesterday” is not a day", "“tomorrow” is not a day", "Title: please fill this in", "Text: please fill this in",
		"has the character *", "“not” is not a full web address", "this is not a picture we can read", `value="many"`, `value="yesterday"`)
	answer.lacks(`lang="<script>`)
	work := w.posts(mara.viewer, fields("One"))
	edit := mara.postFiles(workPath(work, "/edit"), form("base", "1", "do", "post", "title", "", "planned", "0", "published_on", "x", "rating", "General", "fandoms", "A", "warnings", "none apply", "language", "en", "comments", "everyone"))
	edit.expect(422).has("Title: please fill this in", "use a number", "“x” is not a day")
	chapter := w.chapters(work)[0].ID
	mara.postFiles(chapterPath(work, chapter)+"/edit", form("base", "1", "do", "post", "text", "", "chapter_published_on", "x", "chapter_title", strings.Repeat("t", 256))).
		expect(422).has("Text: please fill this in", "“x” is not a day", "256 characters are more than the 255")
}

func TestAcceptance07APreviewedEditThatIsCancelledChangesNothing(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("As it was"))
	chapter := w.chapters(work)[0]
	guest := w.guest()
	before := guest.opens(workPath(work)).body
	p := w.reads(browser.Settings{})
	signIn(p, "mara")
	p.Open(workPath(work, "/edit"))
	p.Fill("Title", "As it might be")
	p.Submit("Preview")
	p.Sees("As it might be")
	p.Sees("Nothing is saved yet")
	p.Submit("Go on editing")
	if got := p.Value("Title"); got != "As it might be" {
		t.Errorf("the form holds %q", got)
	}
	p.Follow("Cancel")
	p.Sees("As it was")
	p.Open(chapterPath(work, chapter.ID) + "/edit")
	p.Fill("Text", "Another text altogether.")
	p.Submit("Preview")
	p.Sees("Another text altogether.")
	p.Open(workPath(work))
	p.Sees("The lamp was lit at six.")
	if after := guest.opens(workPath(work)).body; after != before {
		t.Error("the page has changed")
	}
	if list := w.chapters(work); list[0] != chapter {
		t.Errorf("the chapter is %+v, was %+v", list[0], chapter)
	}
}

func TestAcceptance08_AChapterInsertedAtTwoMovesTheOthers(t *testing.T) {
	for name, how := range map[string]browser.Settings{"with scripts": {}, "without, on a phone": {NoScript: true, Phone: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			mara := w.member("mara")
			work := w.posts(mara.viewer, fields("Stairs"), "The first.", "The second.", "The third.")
			old := w.chapters(work)
			p := w.reads(how)
			signIn(p, "mara")
			p.Open(workPath(work))
			p.Follow("Add a chapter")
			p.Fill("Title of the chapter", "Between")
			p.Fill("Text", "What stands between.")
			p.Fill("Its place", "2")
			p.Axe()
			p.Submit("Post")
			p.Sees("What stands between.")
			guest := w.guest()
			guest.opens(workPath(work, "/index")).has("Between")
			need(t, "the order", titles(w, work), "| Between | | ")
			guest.opens(chapterPath(work, old[0].ID)).has("Next: chapter 2,", "Between")
			guest.opens(chapterPath(work, old[1].ID)).has("Chapter 3", "The second.")

			p.Open(workPath(work, "/chapters"))
			p.Axe()
			p.Look("manage-" + strings.ReplaceAll(name, " ", "-"))
			p.ClickThrough(fmt.Sprintf("#chapter-%d button[value='1']", w.chapters(work)[1].ID)) // earlier
			need(t, "the order", titles(w, work), "Between | | | ")
			p.ClickThrough(fmt.Sprintf("#chapter-%d button[value='2']", w.chapters(work)[0].ID)) // later
			need(t, "the order", titles(w, work), "| Between | | ")
			p.Fill("Place : Between", "4")
			p.ClickThrough(fmt.Sprintf("#chapter-%d form.move button", w.chapters(work)[1].ID))
			need(t, "the order", titles(w, work), "| | | Between ")
			p.ClickThrough(fmt.Sprintf("#chapter-%d a[href$=delete]", old[0].ID))
			p.Axe()
			p.Submit("Delete the chapter")
			need(t, "the order", titles(w, work), "| | Between ")
			guest.get(chapterPath(work, old[0].ID)).expect(http.StatusGone).has(workPath(work))
			guest.opens(workPath(work)).has("The second.")
		})
	}
}

// titles are the chapters of a work in their order.
func titles(w *world, work int64) string {
	var list []string
	for _, c := range w.chapters(work) {
		list = append(list, c.Title+" ")
	}
	return strings.TrimLeft(strings.ReplaceAll(strings.Join(list, "| "), "  ", " "), " ")
}

func TestAcceptance09_PartOnPagesTheDateMovesWhenAChapterIsPosted(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("Dates"))
	w.Clock.Pass(48 * time.Hour)
	draft := mara.postFiles(workPath(work, "/chapters/new"), form("do", "draft", "text", "Soon.")).expect(303).to()
	w.guest().opens(workPath(work)).has("updated 1 May 2026")
	w.Clock.Pass(48 * time.Hour)
	edit := mara.opens(draft + "/edit")
	edit.has(`name="chapter_published_on" value=""`)
	mara.postFiles(draft+"/edit", form("do", "post", "base", "1", "text", "Now.")).expect(303)
	w.guest().opens(workPath(work)).has("updated 5 May 2026")
}

func TestAcceptance10AWorkMarkedOpenShowsInProgress(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("Three"), "One.", "Two.", "Three.")
	w.guest().opens("/works").has("Complete, 3 chapters")
	sent := newWorkForm("Three", "")
	sent.Set("planned", "?")
	sent.Set("base", "1")
	mara.postFiles(workPath(work, "/edit"), sent).expect(303)
	w.guest().opens("/works").has("3 of ?, in progress")
	mara.opens(workPath(work, "/edit")).has(`name="planned" value="?"`)
}

func TestADraftIsPostedFromItsPageAndFromMyWorks(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	one, two := w.drafts(mara.viewer, fields("First draft")), w.drafts(mara.viewer, fields("Second draft"))
	w.Clock.Pass(48 * time.Hour)
	p := w.reads(browser.Settings{})
	signIn(p, "mara")
	p.Open(workPath(one))
	p.Sees("This is a draft. Only you see it.")
	p.Axe()
	p.Submit("Post it")
	p.SeesNot("This is a draft.")
	p.Open("/my-works")
	p.Sees("begun 2 days ago")
	p.Axe()
	p.Look("my-works")
	p.Submit("Post it : Second draft")
	w.guest().opens(workPath(two)).has("Second draft")
	incomplete := w.drafts(mara.viewer, archive.WorkFields{Title: "Begun", Planned: 1}, "")
	mara.post(workPath(incomplete, "/post"), nil).expect(422).
		has("Fandoms: please fill this in", "Warnings: choose", "Chapter 1 has no text.", workPath(incomplete, "/chapters"))
}

func TestADeletedWorkIsBroughtBackFromMyWorks(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("Gone and back"))
	p := w.reads(browser.Settings{NoScript: true})
	signIn(p, "mara")
	p.Open(workPath(work))
	p.Follow("Delete")
	p.Axe()
	p.Submit("Delete the work")
	p.Sees("Deleted")
	p.Sees("30 days left to bring it back")
	w.guest().get(workPath(work)).expect(404)
	for _, path := range []string{"/edit", "/chapters/new", "/delete", "/chapters"} {
		if got := mara.get(workPath(work, path)); got.status != http.StatusGone {
			t.Errorf("%s of a deleted work is answered with %d", path, got.status)
		}
	}
	w.Clock.Pass(29 * 24 * time.Hour)
	p.Open("/my-works")
	p.Submit("Bring it back : Gone and back")
	w.guest().opens(workPath(work)).has("Gone and back")
}

func TestTheSameFormTwiceIsOneWork(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		sent := newWorkForm("Once", "Only once.")
		first := mara.postFiles("/works/new", sent).expect(303).to()
		need(t, "the second answer", mara.postFiles("/works/new", sent).expect(303).to(), first)
		need(t, "the works", w.works(), 1)
		sent.Set("text", "Only once, with what was typed after going back.")
		again := mara.postFiles("/works/new", sent).expect(422).has("This form was sent once before", "typed after going back.")
		again.lacks(`value="form of Once"`)
		chapter := form("form_id", "chapter", "do", "post", "text", "Two.")
		second := mara.postFiles(first+"/chapters/new", chapter).expect(303).to()
		need(t, "the chapter's second answer", mara.postFiles(first+"/chapters/new", chapter).expect(303).to(), second)
		edit := newWorkForm("Once, renamed", "")
		edit.Set("base", "1")
		mara.postFiles(first+"/edit", edit).expect(303)
		mara.postFiles(first+"/edit", edit).expect(303)
	})
}

func TestAFormSentAfterItsSessionEndedIsSavedAfterSigningIn(t *testing.T) {
	for name, how := range map[string]browser.Settings{"with scripts": {}, "without": {NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			mara := w.member("mara")
			p := w.reads(how)
			signIn(p, "mara")
			p.Open("/works/new")
			p.Fill("Title", "Written for hours")
			p.Fill("Fandoms", "Harbour Lights")
			p.Check("No warnings apply")
			p.Choose("Language", "English")
			const text = "  The lamp\n\n\nwas lit.\n"
			p.Fill("Text", text)
			must(t, w.accounts.SignOutEverywhere(t.Context(), mara.viewer, 0))
			p.Submit("Post")
			p.Sees("You were signed out while you were writing.")
			p.Axe()
			p.Fill("Name", "mara")
			p.Fill("Password", "not the password")
			p.Submit("Sign in")
			p.Sees("is not right")
			p.Fill("Password", password)
			p.Submit("Sign in")
			p.Sees("Written for hours")
			p.Sees("was lit.")
			work := p.Path()
			if got := w.firstText(mara.viewer, work).Source; got != text {
				t.Errorf("the text is %q, want %q", got, text)
			}
			p.Open("/my-works") // and the browser is signed in
			p.Sees("Written for hours")
		})
	}
}

func TestScriptInEveryFieldIsNeverRun(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	const bad = `"><img src=x onerror="document.title='run'"><script>document.title='run'</script>`
	sent := newWorkForm(bad, bad)
	for _, name := range []string{"summary", "work_notes_before", "work_notes_after", "chapter_title", "chapter_summary", "disclaimer", "dedication", "notes_before", "notes_after", "gifts"} {
		sent.Set(name, bad)
	}
	work := mara.postFiles("/works/new", sent).expect(303).to()
	sent.Set("fandoms", bad)
	sent.Set("format", bad)
	sent.Set("rating", bad)
	mara.postFiles("/works/new", sent).expect(422)
	sent = newWorkForm(bad, bad)
	sent.Set("do", "preview")
	p := w.reads(browser.Settings{})
	signIn(p, "mara")
	chapter := w.chapters(mustID(t, work))[0].ID
	for _, path := range []string{work, work + "/edit", fmt.Sprint(work, "/chapters/", chapter, "/edit"), work + "/chapters", "/my-works", work + "/delete", "/works", work + "/index", work + "/entire"} {
		p.Open(path)
		if p.Title() == "run" || p.Count("main img") > 0 {
			t.Errorf("%s runs what was typed", path)
		}
	}
	mara.postFiles("/works/new", sent).expect(200).lacks("<script>document", "onerror=\"document")
}

func mustID(t *testing.T, path string) (id int64) {
	t.Helper()
	_, err := fmt.Sscanf(path, "/works/%d", &id)
	must(t, err)
	return id
}

func TestTooLongAChapterIsSaidInOneSentenceAndKept(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	long := strings.Repeat("Forty-one steps. ", 30_180) // 513,060 characters
	answer := mara.postFiles("/works/new", newWorkForm("Long", long)).expect(422)
	answer.has("Text: 513,066 characters are more than the 500,000 that fit.", strings.TrimSpace(long[:1000]))
	if got := strings.Count(answer.body, "Forty-one steps."); got != 30_180 {
		t.Errorf("%d of 30,180 sentences are kept", got)
	}
	need(t, "the works", w.works(), 0)
}

func TestEveryKindOfBadBodyIsAnsweredInOneSentence(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	big := strings.Repeat("x", 60<<20)
	mara.postFiles("/works/new/upload", nil, upload{"file", "big.txt", big}).expect(413).has("50 MB").lacks("goroutine")
	mara.postFiles("/works/new", newWorkForm("Big", big[:9<<20])).expect(413).has("8 MB")
	mara.postFiles("/works/new", newWorkForm("Bigger", big[:12<<20])).expect(413).has("8 MB")
	mara.postFiles("/works/new/upload", nil, upload{"file", "empty.txt", ""}).expect(422).has("There is no text in this.")
	mara.postFiles("/works/new/upload", nil).expect(422).has("There is no text in this.")
	mara.postFiles("/works/new/upload", nil, upload{"file", "a.exe", "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"}).expect(422).has("This file is not a text.")
	mara.postFiles("/works/new/upload", form("text", strings.Repeat("\n", 100_000))).expect(422).has("There is no text in this.")
	cut := "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nCut o"
	mara.send("POST", "/works/new", strings.NewReader(cut), "Content-Type", "multipart/form-data; boundary=b").expect(422).has("cut off on the way")
	nul := mara.postFiles("/works/new", newWorkForm("N\x00UL", "One\x00 two."))
	w.guest().opens(nul.expect(303).to()).has("NUL", "One two.")
	mara.post("/autosave", form("form", "work\x00/new", "text", "a\x00b\xff")).expect(200)
}

func TestFilesInAnyEncodingAreReadWhole(t *testing.T) {
	const story = "“Où est la lampe?” said Zoë — naïvely.\n\nThe café was closed… Nobody came."
	utf16 := []byte{0xff, 0xfe}
	var windows, mac bytes.Buffer
	to := map[rune][2]byte{'“': {0x93, 0xd2}, '”': {0x94, 0xd3}, 'ù': {0xf9, 0x9d}, 'ë': {0xeb, 0x91}, '—': {0x97, 0xd1}, 'ï': {0xef, 0x95}, 'é': {0xe9, 0x8e}, '…': {0x85, 0xc9}}
	for _, r := range story {
		utf16 = append(utf16, byte(r), byte(r>>8))
		if codes, special := to[r]; special {
			windows.WriteByte(codes[0])
			mac.WriteByte(codes[1])
		} else {
			windows.WriteByte(byte(r))
			mac.WriteByte(byte(r))
		}
	}
	w := newWorld(t)
	mara := w.member("mara")
	for name, data := range map[string]string{"utf-8": story, "utf-16": string(utf16), "windows-1252": windows.String(), "macroman": mac.String(), "with a mark": "\ufeff" + story} {
		review := mara.postFiles("/works/new/upload", nil, upload{"file", name + ".txt", data}).expect(303).to()
		text := strings.Join(strings.Fields(tagless(mara.opens(review).body)), " ")
		if !strings.Contains(text, "Où est la lampe?” said Zoë — naïvely.") || !strings.Contains(text, "The café was closed… Nobody came.") {
			t.Errorf("%s is read as %s", name, text)
		}
	}
}

func TestAFullDiskSaysSoAndKeepsWhatWasTyped(t *testing.T) {
	w := newWorldOnADisk(t, 220)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("Small"))
	chapter := w.chapters(work)[0]
	var answer answer
	base := chapter.Revision
	for n := 0; n < 100; n++ {
		answer = mara.postFiles(chapterPath(work, chapter.ID)+"/edit", form("do", "post", "base", fmt.Sprint(base), "text", noise(n)))
		if answer.status != 303 {
			break
		}
		base++
	}
	answer.expect(http.StatusInsufficientStorage).has("disk is full", "</textarea>")
	if got := strings.Count(answer.body, " "); got < 6000 {
		t.Errorf("what was typed is not in the form: %d words", got)
	}
	w.log.forgive()
	mara.opens(workPath(work)).has("Small")
	mara.post("/autosave", form("form", "work/new", "text", noise(999)+noise(998))).expect(http.StatusInsufficientStorage)
	w.log.forgive()
}

// noise is words that do not pack.
func noise(seed int) string {
	var b strings.Builder
	x := uint64(seed)*2654435761 + 1
	for range 6000 {
		x = x*6364136223846793005 + 1442695040888963407
		for i := range 6 {
			b.WriteByte('a' + byte(x>>(20+5*i))%26)
		}
		b.WriteByte(' ')
	}
	return b.String()
}

func TestPicturesOutliveThePreviewAndTheMistakes(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	sent := newWorkForm("Pictures", "Before.\n\n<img src=\"map.png\" alt=\"A map\">\n\nAfter.")
	sent.Set("do", "preview")
	sent.Del("warnings")
	wrong := mara.postFiles("/works/new", sent, upload{"pictures", "map.png", tinyPNG(1)}).expect(422)
	kept := keptIn(t, wrong.body)
	wrong.has("map.png")
	sent.Set("kept_picture", kept)
	sent.Set("warnings", "none apply")
	preview := mara.postFiles("/works/new", sent).expect(200)
	mark, _, _ := strings.Cut(kept, " ")
	preview.has(`src="/pictures/` + mark)
	need(t, "the picture in the preview", mara.opens("/pictures/"+mark).header.Get("Content-Type"), "image/png")
	w.guest().get("/pictures/" + mark).expect(303)
	mara.get("/pictures/nonsense").expect(404)
	sent.Set("kept_picture", keptIn(t, preview.body))
	sent.Set("do", "post")
	work := mara.postFiles("/works/new", sent).expect(303).to()
	w.guest().opens(work).has(work + "/pictures/1")
	need(t, "the picture", w.guest().opens(work+"/pictures/1").header.Get("Content-Type"), "image/png")

	chapter := w.chapters(mustID(t, work))[0]
	edit := mara.opens(fmt.Sprint(work, "/chapters/", chapter.ID, "/edit"))
	edit.lacks("kept_picture")
	mara.postFiles(fmt.Sprint(work, "/chapters/", chapter.ID, "/edit"), form("do", "post", "base", "1", "text", w.firstText(mara.viewer, work).Source)).expect(303)
	w.guest().opens(work).has(work + "/pictures/1")
}

func keptIn(t *testing.T, body string) string {
	t.Helper()
	_, rest, found := strings.Cut(body, `name="kept_picture" value="`)
	if !found {
		t.Fatalf("no picture is carried along:\n%s", body)
	}
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

func TestAChapterInMarkdownStaysMarkdown(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	sent := newWorkForm("Marked", "# The stair\n\nForty-*one* steps,\ncounted.\n\n- up\n- down")
	sent.Set("format", "markdown")
	work := mara.postFiles("/works/new", sent).expect(303).to()
	w.guest().opens(work).has("<em>one</em>", "<li>up</li>")
	path := fmt.Sprint(work, "/chapters/", w.chapters(mustID(t, work))[0].ID, "/edit")
	mara.opens(path).has("# The stair", `value="markdown" checked`)
}

func TestAcceptance05_PartADraftIsInNoListAndNoDownload(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	sent := newWorkForm("Hidden away", "Not yet.")
	sent.Set("do", "draft")
	work := mara.postFiles("/works/new", sent).expect(303).to()
	mara.opens(work).has("Hidden away", "Draft")
	other := w.member("other")
	for _, reader := range []*client{w.guest(), other} {
		reader.get(work).expect(404)
		reader.get(work + ".epub").expect(404)
		reader.opens("/works").lacks("Hidden away")
		reader.opens("/search?q=Hidden").lacks("Not yet")
	}
}

func TestABrowserShowsThatAFileIsTooLarge(t *testing.T) {
	w := newWorld(t)
	w.member("mara")
	p := w.reads(browser.Settings{})
	signIn(p, "mara")
	p.Open("/works/new/upload")
	big := filepath.Join(t.TempDir(), "big.txt")
	must(t, os.WriteFile(big, bytes.Repeat([]byte("sixty megabytes\n"), 60<<16), 0o600))
	p.Upload("A file, or several", big)
	p.Submit("Read it")
	p.Sees("larger than the 50 MB that fit")
}

func TestAcceptance18PlainTextBecomesBreaksAndParagraphsAndStaysSo(t *testing.T) {
	const typed = "\n  One line\nand its second.\n\nA paragraph.\n\n\nAfter one blank paragraph.\n"
	for name, how := range map[string]browser.Settings{"with scripts": {}, "without": {NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			mara := w.member("mara")
			w.posts(mara.viewer, fields("Another"))
			p := w.reads(how)
			signIn(p, "mara")
			p.Open("/works/new")
			fillTags(p, !how.NoScript)
			p.Fill("Text", typed)
			p.Submit("Preview")
			p.Submit("Post")
			work := p.Path()
			need(t, "the text as typed, through the preview", w.firstText(mara.viewer, work).Source, typed)
			const shape = `[...document.querySelectorAll(".sheet > .text > p")].map(p => p.innerHTML.trim()).join("|")`
			const want = "One line<br>and its second.|A paragraph.|&nbsp;|After one blank paragraph."
			need(t, "the page", browser.Ask[string](p, shape), want)
			for range 2 {
				p.Follow("Edit this chapter")
				need(t, "the box", p.Value("Text"), typed)
				p.Submit("Save the changes")
				need(t, "the page, saved unchanged", browser.Ask[string](p, shape), want)
			}
		})
	}
}

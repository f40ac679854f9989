package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/testkit/browser"
)

// keeps waits until the archive holds this text of a new work, which a script
// sends by itself within five seconds.
func (c *client) keeps(text string) {
	c.w.t.Helper()
	for until := time.Now().Add(12 * time.Second); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		if strings.Contains(c.opens("/works/new?recover=1").body, text) {
			return
		}
	}
	c.w.t.Fatalf("%q was not autosaved", text)
}

// unsteady is the way to a world that can be cut.
type unsteady struct {
	http.Handler
	cut atomic.Bool
}

// ServeHTTP passes a request on, or breaks its line.
func (u *unsteady) ServeHTTP(to http.ResponseWriter, r *http.Request) {
	if u.cut.Load() {
		panic(http.ErrAbortHandler)
	}
	u.Handler.ServeHTTP(to, r)
}

func TestAcceptance77_PartWhatWasTypedOutlivesAKilledTab(t *testing.T) {
	t.Parallel() // it waits for the script
	w := newWorld(t)
	mara := w.member("mara")
	p := w.reads(browser.Settings{})
	signIn(p, "mara")
	back := p.Another()
	p.Open("/works/new")
	p.Type("Text", "Eight thousand words, ")
	p.Type("Title", "Not lost")
	p.Check("Mature")
	p.Sees("Saved")
	p.Sees("s ago")
	mara.keeps("Eight thousand words, ")
	p.Kill()

	back.Open("/works/new")
	back.Sees("An unsaved text of")
	back.Axe()
	back.Look("recovery")
	back.Follow("Bring it back")
	need(t, "the text", back.Value("Text"), "Eight thousand words, ")
	need(t, "the title", back.Value("Title"), "Not lost")
	if !browser.Ask[bool](back, `document.querySelector("input[value=Mature]").checked`) {
		t.Error("the rating is lost")
	}
	back.Open("/works/new")
	back.Submit("Throw it away")
	back.SeesNot("An unsaved text of")
}

func TestAcceptance77_PartWhatWasTypedOutlivesTheServer(t *testing.T) {
	t.Parallel() // it waits for the script
	w := newWorld(t)
	mara := w.member("mara")
	line := &unsteady{Handler: w.pages}
	server := httptest.NewServer(line)
	t.Cleanup(server.Close)
	p := browser.Start(t, server.URL, browser.Settings{})
	signIn(p, "mara")
	back := p.Another()
	p.Open("/works/new")
	line.cut.Store(true)
	p.Type("Text", "Typed while nobody answered.")
	p.Sees("Not saved: the archive does not answer.")
	line.cut.Store(false)
	p.Sees("Saved just now")
	mara.keeps("Typed while nobody answered.")

	line.cut.Store(true)
	p.Fill("Text", "Typed while nobody answered again.")
	p.Sees("Not saved: the archive does not answer.")
	p.Kill()
	line.cut.Store(false)
	must(t, w.writing.ThrowAway(t.Context(), mara.viewer, "work/new"))
	back.Open("/works/new")
	back.Sees("This browser has a text that never reached the archive.")
	back.Press("Bring it back")
	need(t, "the text", back.Value("Text"), "Typed while nobody answered again.")
}

func TestARecoveredTextNeverOverwritesWhatWasSavedSince(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("Two machines"))
	chapter := w.chapters(work)[0].ID
	edit := chapterPath(work, chapter) + "/edit"
	mara.post("/autosave", form("form", fmt.Sprintf("chapter/%d/%d", work, chapter), "base", "1", "text", "From the phone.")).expect(200)
	mara.postFiles(edit, form("do", "post", "base", "1", "text", "From the desk.", "form_id", "desk")).expect(303)
	mara.post("/autosave", form("form", fmt.Sprintf("chapter/%d/%d", work, chapter), "base", "1", "text", "From the phone.", "form_id", "phone")).expect(200)
	mara.opens(edit).has("An unsaved text of")
	mara.opens(edit+"?recover=1").has("From the phone.", `name="base" value="1"`)
	mara.postFiles(edit, form("do", "post", "base", "1", "text", "From the phone.")).expect(http.StatusConflict).has("From the phone.", "desk")
	need(t, "the text", w.firstText(mara.viewer, workPath(work)).Source, "From the desk.")
}

func TestAcceptance78_PartTwoTabsLoseNeitherText(t *testing.T) {
	for name, how := range map[string]browser.Settings{"with scripts": {}, "without": {NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			mara := w.member("mara")
			work := w.posts(mara.viewer, fields("Two tabs"), "Posted.")
			draft := w.adds(mara.viewer, work, "As it was.", false)
			edit := chapterPath(work, draft) + "/edit"
			for _, choice := range []struct{ button, fill, want string }{
				{"Keep yours", "", "Typed in this tab."}, {"Keep the one saved meanwhile", "", "Typed in the other."}, {"Save this text", "Typed in both.", "Typed in both."},
			} {
				p := w.reads(how)
				signIn(p, "mara")
				p.Open(edit)
				p.Fill("Text", "Typed in this tab.")
				revision := w.chapters(work)[1].Revision
				mara.postFiles(edit, form("do", "draft", "base", fmt.Sprint(revision), "text", "Typed in the other.", "notes_before", "Noted there: "+choice.want)).expect(303)
				p.Submit("Save as draft")
				p.Sees("Two versions of one text")
				p.Sees("this tab")
				p.Sees("other.")
				p.Sees("Noted there")
				p.Sees("Neither is lost")
				p.Axe()
				p.Look("conflict-" + strings.ReplaceAll(name, " ", "-"))
				if choice.fill != "" {
					p.Fill("Make one text of both", choice.fill)
				}
				p.Submit(choice.button)
				need(t, choice.button, w.textOf(draft).Source, choice.want)
				if !w.chapters(work)[1].IsDraft() {
					t.Errorf("%s: the draft was posted", choice.button)
				}
			}
		})
	}
}

func TestTwoTabsOnAWorkShowBoth(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.drafts(mara.viewer, fields("Before"))
	mine := newWorkForm("Mine", "")
	mine.Set("base", "1")
	mine.Set("form_id", "mine")
	w.edits(mara.viewer, work, func(f *archive.WorkFields) { f.Title = "Theirs" })
	conflict := mara.postFiles(workPath(work, "/edit"), mine).expect(http.StatusConflict)
	conflict.has("Mine", "Theirs", `name="base" value="2"`, `name="wanted" value="post"`)
	mine.Set("base", "2")
	mine.Set("do", "mine")
	mine.Set("wanted", "post")
	mine.Set("form_id", "again")
	mara.postFiles(workPath(work, "/edit"), mine).expect(303)
	w.guest().opens(workPath(work)).has("Mine") // it was to be posted, and is
}

func TestWordsAreCountedWhileTyping(t *testing.T) {
	w := newWorld(t)
	w.member("mara")
	p := w.reads(browser.Settings{})
	signIn(p, "mara")
	p.Open("/works/new")
	p.Fill("Text", "One two <b>three</b>.")
	p.Sees("3 words")
	p.Fill("Title", strings.Repeat("t", 200))
	p.Sees("55 characters left")
	w.guest().post("/words", form("text", "a b")).expect(401)
}

func TestATextForADeletedChapterIsNotLost(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("Two tabs"), "One.", "Two.")
	two := w.chapters(work)[1].ID
	must(t, w.writing.DeleteChapter(t.Context(), mara.viewer, work, two))
	sent := form("do", "post", "base", "1", "form_id", "old", "text", "Two, typed for hours.", "chapter_title", "The second")
	again := mara.postFiles(chapterPath(work, two)+"/edit", sent).expect(422)
	again.has("This chapter was deleted meanwhile.", "Two, typed for hours.", `action="`+workPath(work, "/chapters/new")+`"`)
	w.member("other").postFiles(chapterPath(work, two)+"/edit", sent).expect(403)
	mara.postFiles(workPath(work, "/chapters/new"), sent).expect(303)
	need(t, "the chapters", titles(w, work), "| The second ")
	mara.post("/autosave", form("form", "anything else", "text", "x")).expect(404)
	mara.post(workPath(work, "/chapters/move"), form("chapter", fmt.Sprint(w.chapters(work)[0].ID), "to", "far")).expect(422).has("Place: use a number")
}

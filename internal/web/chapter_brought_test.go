package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/testkit/browser"
	"ficus/internal/web/page"
	"ficus/internal/writing"
)

func TestAManuscriptBecomesTheNextChapterOfAWork(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, oona := w.member("mara"), w.member("oona")
		work := w.creates(mara.viewer, writing.NewWork{Fields: fields("Salt in the Kettle"), Chapters: []archive.ChapterFields{{Text: "One."}}})
		mara.teaches()
		preview := mara.brings(secondOwn)
		review := strings.TrimSuffix(preview, "/preview")
		id := strings.TrimPrefix(review, "/manuscripts/")
		for _, where := range []string{preview, review} {
			mara.opens(where).has(`action="`+review+`/chapter"`, fmt.Sprintf(`value="%d"`, work), "Salt in the Kettle")
		}
		to := mara.get(fmt.Sprintf("%s/chapter?work=%d", review, work)).expect(303).to()
		mara.opens(to).has("The second night was worse.", "Ramblings: sorry about the wait", `name="manuscript" value="`+id+`"`, "I do not own the lamp")

		known := len(forgetOne.FindAllString(mara.opens(page.PathHabits).body, -1))
		sent := form("form_id", "c2", "manuscript", id, "text", "The second night was worse.", "notes_before", "Ramblings: sorry.", "disclaimer", "Not mine.")
		sent.Set("do", "preview")
		mara.postFiles(workPath(work, "/chapters/new"), sent).expect(200).has(`name="manuscript" value="` + id + `"`)
		sent.Set("text", "")
		sent.Set("do", "post")
		mara.postFiles(workPath(work, "/chapters/new"), sent).expect(422).has(`name="manuscript" value="` + id + `"`)
		if now := len(forgetOne.FindAllString(mara.opens(page.PathHabits).body, -1)); now != known {
			t.Error("what was only looked at is learnt")
		}
		sent.Set("text", "The second night was worse.")
		chapter := mara.postFiles(workPath(work, "/chapters/new"), sent).expect(303).to()
		need(t, "the chapter, sent twice", mara.postFiles(workPath(work, "/chapters/new"), sent).expect(303).to(), chapter)
		w.guest().opens(chapter).has("The second night was worse.", "Ramblings: sorry.", "Not mine.")
		mara.opens(page.PathHabits).has("accepted in 2 texts").lacks("accepted in 3 texts")
		need(t, "where it was read from", fmt.Sprint(w.textOf(w.chapters(work)[1].ID).Manuscript), id)

		// Another's manuscript, or one that is not, begins nothing.
		theirs := w.creates(oona.viewer, writing.NewWork{Fields: fields("Hers"), Chapters: []archive.ChapterFields{{Text: "One."}}})
		oona.get(fmt.Sprintf("/works/%d/chapters/new?manuscript=%s", theirs, id)).expect(http.StatusNotFound)
		oona.postFiles(workPath(theirs, "/chapters/new"), form("form_id", "o2", "do", "post", "manuscript", id, "text", "Two.")).expect(303)
		need(t, "where hers was read from", w.textOf(w.chapters(theirs)[1].ID).Manuscript, int64(0))
		oona.opens(page.PathHabits).has("Nothing yet.")
		mara.get(fmt.Sprintf("/works/%d/chapters/new?manuscript=%s", theirs, id)).expect(http.StatusForbidden)
		mara.opens(workPath(work, "/chapters/new?manuscript=x"))
		for _, odd := range []string{"", "?work=x", "?work=-1"} {
			mara.get(review + "/chapter" + odd).expect(http.StatusNotFound)
		}
	})
}

func TestAPasteBecomesAChapterInABrowserWithoutScripts(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	w.creates(mara.viewer, writing.NewWork{Fields: fields("Salt in the Kettle"), Chapters: []archive.ChapterFields{{Text: "One."}}})
	mara.teaches()
	p := w.reads(browser.Settings{NoScript: true, Narrow: true})
	signIn(p, "mara")
	p.Open(page.PathUpload)
	p.Fill("Or paste the text", secondOwn)
	p.Submit("Read it")
	p.Choose("Or make it a chapter of", "Salt in the Kettle")
	p.Look("straight-chapter")
	p.Submit("Go on with the chapter")
	if text := p.Value("Text"); !strings.HasPrefix(text, "The second night was worse.") {
		t.Errorf("the form holds %q", text)
	}
	p.Axe()
	p.Look("chapter-brought")
	p.Submit("Post")
	p.Sees("Chapter 2 of")
	p.Sees("The second night was worse.")
}

package web_test

import (
	"net/http"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/writing"
)

func TestAHeadingOverOneChapterIsItsTitleInAWorkCalledOtherwise(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		work := w.creates(mara.viewer, writing.NewWork{Fields: fields("Salt"), Chapters: []archive.ChapterFields{{Text: "One."}}})
		form := func(over string) answer {
			review := strings.TrimSuffix(mara.brings("# "+over+"\n\n"+ownScene), "/preview")
			return mara.opens(workPath(work, "/chapters/new") + "?manuscript=" + strings.TrimPrefix(review, "/manuscripts/"))
		}
		form("Snow").has(`value="Snow"`, "The lamp was lit at six.")
		form("SALT").lacks(`value="SALT"`)
	})
}

func TestARecalledLegendIsToldOnReviewAndTakenBackByOnePress(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, oona := w.member("mara"), w.member("oona")
		mara.drafts(mara.brings("/x/ = thoughts\n\n" + ownScene + "/He lies,/ it came to her.\n\n" + ownScene))
		review := strings.TrimSuffix(mara.brings(ownScene+"/He lies,/ it came to her again.\n\n/He always did./ The lamp went out.\n\n"), "/preview")
		body := func() string { return mara.reading(review).Works[0].Chapters[0].Body.HTML() }
		if !strings.Contains(body(), "He lies,</em>") {
			t.Fatalf("the story is %s", body())
		}
		mara.opens(review).has("one of your earlier texts was used: / for thoughts.", "Read it without “/ for thoughts”")
		mara.get(review, "Accept-Language", "de").expect(200).has("/ für Gedanken")
		oona.post(review, form("do", "unmark", "shape", "/ thought")).expect(http.StatusNotFound)
		mara.post(review, form("do", "unmark", "shape", "no such thing")).expect(303)
		mara.opens(review).has("Read it without “/ for thoughts”")
		mara.post(review, form("do", "unmark", "shape", "/ thought")).expect(303)
		mara.opens(review + "?said=unmark").has("Read without that legend.").lacks("Read it without “")
		if !strings.Contains(body(), "/He lies,/") {
			t.Errorf("the story is %s", body())
		}
	})
}

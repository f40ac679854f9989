package web_test

import (
	"net/http"
	"testing"

	"ficus/internal/archive"
)

// A cover belongs to its work: it stays when the writer leaves, who can change
// it no more until they take the work back.
func TestAnOrphanedWorkKeepsItsCover(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		work := w.posts(ada.viewer, fields("The Lamp Keepers"))
		w.wears(ada.viewer, work, "A lamp")
		own := w.cover(work)
		for _, fate := range []archive.Fate{archive.FateKeepName, archive.FateNoName} {
			sent := ada.coverSent(work, "Too late")
			must(t, w.writing.OrphanWork(t.Context(), ada.viewer, work, fate))
			ada.post(coverPath(work), sent).expect(http.StatusForbidden)
			ada.get(coverPath(work)).expect(http.StatusForbidden)
			need(t, "the cover of an orphan", w.cover(work), own)
			w.guest().opens(coverPath(work) + "/picture")
			if fate == archive.FateNoName {
				w.guest().opens(workPath(work)+".epub").epubLacks("cover.xhtml", "ada")
			}
			must(t, w.writing.TakeBackWork(t.Context(), ada.viewer, work))
			ada.opens(coverPath(work)).has(`alt="A lamp"`)
		}
	})
}

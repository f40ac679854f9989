package web_test

import (
	"net/http"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// Where who comments is answered with a page, their notices stand on it as on
// every other.
func TestAPageForWhoCommentsTellsOfTheirNotices(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.settled("mara"), w.settled("pell")
		work, other := w.posts(mara.viewer, fields("Salt")), w.posts(pell.viewer, fields("Sand"))
		w.tells(mara.viewer, archive.NoticeGift, work, 1)
		mara.opens("/account").has("(1 new)")
		chapter := w.chapters(other)[0].ID
		mara.says(other, chapter, " ").expect(http.StatusUnprocessableEntity).has("(1 new)")
		mara.says(other, 1<<40, "The goose!").expect(http.StatusNotFound).has("(1 new)")
		mara.says(1<<40, 0, "The goose!").expect(http.StatusNotFound).has("(1 new)")
		mara.says(other, chapter, strings.Repeat("long ", 2_000_000)).expect(http.StatusRequestEntityTooLarge).has("(1 new)")
		mara.said(other, chapter, "The goose!")
		must(t, w.DB.Write(t.Context(), suspends(mara.viewer.Account)))
		mara.says(other, chapter, "The duck!").expect(http.StatusForbidden).has("(1 new)")
	})
}

func TestNoticesAreCountedAsFarAsAnybodyWantsToKnow(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.settled("mara")
		work := w.posts(mara.viewer, fields("Salt"))
		event := int64(0)
		told := func(notices int) {
			t.Helper()
			for range notices {
				event++
				w.tells(mara.viewer, archive.NoticeGift, work, event)
			}
		}
		told(store.CountedUnread - 1)
		mara.opens("/account").has("(99 new)")
		told(1)
		mara.opens("/account").has("(99+ new)")
		mara.get("/menu", "Accept-Language", "de").has("(99+ neu)")
		told(20)
		mara.opens("/account").has("(99+ new)")
		mara.post("/notices/read", nil).expect(http.StatusSeeOther)
		mara.opens("/account").lacks("new)")
	})
}

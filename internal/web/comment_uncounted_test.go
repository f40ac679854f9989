package web_test

import (
	"net/http"
	"strings"
	"testing"

	"ficus/internal/archive"
)

// Who comments is answered without their notices being counted; where a page is
// drawn for them all the same, they stand on it as on every other.
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

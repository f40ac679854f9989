package web_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"ficus/internal/archive"
)

// longWords is what took somebody an evening.
const longWords = "I have read this four times, and the kettle is the best of them all."

func TestWhatIsRefusedIsGivenBackToWhoWroteIt(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, odo := w.settled("mara"), w.settled("pell"), w.settled("odo")
		work := w.posts(mara.viewer, fields("Salt in the Kettle"))
		said := w.says(pell.viewer, work, 0, "First")
		pell.opens(fmt.Sprintf("/comments/%d/edit", said))
		w.says(odo.viewer, work, said, "Answered meanwhile")
		pell.post(fmt.Sprintf("/comments/%d/edit", said), form("comment", longWords)).expect(http.StatusForbidden).has(longWords, "What you wrote")

		chapter := fmt.Sprint(w.chapters(work)[0].ID)
		w.hides(work)
		for _, c := range []*client{pell, w.guest()} {
			c.post(workPath(work, "/comments"), form("comment", longWords, "guest_name", "Kim", "chapter", chapter)).expect(http.StatusNotFound).has(longWords).lacks("Salt in")
		}
		pell.post(workPath(work, "/report"), form("why", "other", "words", longWords)).expect(http.StatusNotFound).has(longWords).lacks("Salt in")

		w.deletes(mara.viewer, work)
		mara.post(workPath(work, "/chapters/new"), form("text", longWords+" <b>&", "do", "post")).expect(http.StatusGone).has(longWords)
		w.suspends(odo.viewer.Account, archive.Suspension{Until: w.Clock.Now().Add(time.Hour), Reason: "Rest a while"})
		odo.post("/works/new", form("title", "Mine", "text", longWords, "do", "post")).expect(http.StatusForbidden).has(longWords, "Rest a while")
		pell.get("/works/999").expect(http.StatusNotFound).lacks("What you wrote")
		pell.post("/sign-in/code", form("code", "123456", "password", password)).lacks(password)
	})
}

func TestStaffWhoAreSuspendedFindNoDesk(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren := w.staff("wren")
		wren.opens("/desk/settings")
		w.suspends(wren.viewer.Account, archive.Suspension{Banned: true})
		for _, path := range []string{"/desk", "/desk/settings", "/desk/cases", "/desk/members"} {
			wren.get(path).expect(http.StatusNotFound)
		}
		wren.post("/desk/settings", form("site_name", "Mine", "again_password", password)).expect(http.StatusNotFound)
		if name := w.catalog.Site().Name; name == "Mine" {
			t.Error("the archive was renamed by somebody who is banned")
		}
	})
}

package web_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"ficus/internal/accounts"
	"ficus/internal/archive"
)

func TestAFormThatWaitedIsHeldToWhatItsSenderMay(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		w.suspends(ada.viewer.Account, archive.Suspension{Until: w.Clock.Now().Add(time.Hour), Reason: "Rest a while"})
		again := form("again_name", "ada", "again_password", password, "title", "Mine", "fandoms", "Harbour Lights", "rating", "General", "warnings", archive.WarningNone,
			"language", "en", "text", "All mine.", "planned", "1", "comments", "everyone", "do", "post")
		w.guest().post("/works/new", again).expect(http.StatusForbidden).has("Rest a while", "All mine.")
		need(t, "works", w.works(), 0)

	})
}

// guestPosts sends a form signed out, with who signs in again.
func (w *world) guestPosts(path, name string, more ...string) answer {
	w.t.Helper()
	return w.guest().post(path, form(append([]string{"again_name", name, "again_password", password}, more...)...))
}

func TestACommentThatWaitedForItsWriterToSignInIsSaid(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.settled("mara"), w.settled("pell")
		f := fields("Salt in the Kettle")
		f.Comments = archive.CommentsMembers
		work := w.posts(mara.viewer, f)
		guest := w.guest()
		comment := []string{"comment", longWords, "chapter", numberOf(w, work), "form_id", "a-form"}
		asked := guest.post(workPath(work, "/comments"), form(comment...)).expect(http.StatusUnauthorized).has(longWords)
		if !strings.Contains(asked.body, "again_name") {
			t.Errorf("nobody is asked who they are: %s", asked.text())
		}
		to := guest.post(workPath(work, "/comments"), form(append(comment, "again_name", pell.viewer.Name, "again_password", password)...)).expect(http.StatusSeeOther).to()
		guest.opens(to).has(longWords, "pell")
		need(t, "comments", w.remarksOn(work), 1)
	})
}

func TestANewMemberWhoSignsInWithTheirCommentIsStillNew(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.settled("mara")
		work := w.posts(mara.viewer, fields("Salt in the Kettle"))
		w.decides(func(s *archive.Site) { s.NewPaused, s.NewFor = true, 7*24*time.Hour })
		w.joins(accounts.Joining{Name: "newcomer", Password: password})
		to := w.guestPosts(workPath(work, "/comments"), "newcomer", "comment", longWords, "chapter", numberOf(w, work)).expect(http.StatusSeeOther).to()
		w.guest().get(to).expect(http.StatusNotFound) // it waits for staff
	})
}

func numberOf(w *world, work int64) string { return strconv.FormatInt(w.chapters(work)[0].ID, 10) }

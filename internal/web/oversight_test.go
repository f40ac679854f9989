package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/feedback"
	"ficus/internal/moderation"
	"ficus/internal/store"
)

// kinds are what was done, the newest first.
func (w *world) kinds() (kinds []archive.ActKind) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) error {
		acts, err := tx.Acts.Before(ctx, 1<<62, 100)
		for _, act := range acts {
			kinds = append(kinds, act.Kind)
		}
		return err
	})
	return kinds
}

func TestAcceptance59AHiddenWorkIsSeenByItsAuthorAndStaffAlone(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, wren := w.member("mara"), w.member("pell"), w.staff("wren")
		work := w.posts(mara.viewer, fields("Salt and Iron"))
		desk := fmt.Sprintf("/desk/works/%d", work)
		pell.opens(workPath(work)).has("Salt and Iron", "Report").lacks("Staff: this work")
		wren.opens(workPath(work)).has("Staff: this work")
		wren.post(desk, form("do", "hide")).expect(http.StatusUnprocessableEntity).has("please fill this in", "#f-reason-hide")
		wren.post(desk, form("do", "hide", "reason", "It names a neighbour.")).expect(http.StatusSeeOther)

		for _, reader := range []*client{pell, w.guest()} {
			reader.get(workPath(work)).expect(http.StatusNotFound).lacks("Salt and Iron")
			reader.opens("/works").lacks("Salt and Iron")
			reader.opens("/users/mara").has("0 works").lacks("Salt and Iron")
		}
		for _, knows := range []*client{mara, wren} {
			knows.opens(workPath(work)).has("Salt and Iron", "Staff hid this work", "It names a neighbour.", "Hidden by staff")
			knows.opens(workPath(work) + "/entire").has("It names a neighbour.")
		}
		mara.opens("/account/from-staff").has("Staff hid your work “Salt and Iron”", "It names a neighbour.").lacks("wren")
		wren.opens("/desk/acts").has("Hid a work", "It names a neighbour.", "wren")
		mara.get(desk).expect(http.StatusNotFound)
		mara.post(desk, form("do", "show", "reason", "mine")).expect(http.StatusNotFound)

		wren.post(desk, form("do", "hide", "reason", "Again.")).expect(http.StatusSeeOther) // is so already
		wren.post(desk, form("do", "show", "reason", "The name is gone.")).expect(http.StatusSeeOther)
		w.guest().opens(workPath(work)).has("Salt and Iron").lacks("Staff hid")
		if got := fmt.Sprint(w.kinds()); got != "[show hide]" {
			t.Errorf("the acts are %s", got)
		}
	})
}

func TestStaffLookAtWhatIsPrivateForAReason(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, wren := w.member("mara"), w.staff("wren")
		draft := w.drafts(mara.viewer, fields("Nobody Reads This"))
		unsigned := fields("Unsigned")
		unsigned.Anonymous = true
		anonymous := w.posts(mara.viewer, unsigned)
		desk := fmt.Sprintf("/desk/works/%d", draft)

		wren.get(workPath(draft)).expect(http.StatusNotFound)
		asked := wren.opens(desk).has("Look at what is private").lacks("Nobody Reads")
		need(t, "the page of a number never used", strings.ReplaceAll(wren.opens("/desk/works/900").text(), "900", fmt.Sprint(draft)), asked.text())
		wren.post("/desk/works/900", form("do", "peek", "reason", "A report.")).expect(http.StatusNotFound)
		wren.post(desk, form("do", "peek", "reason", " \n ")).expect(http.StatusUnprocessableEntity)
		wren.get(workPath(draft)).expect(http.StatusNotFound)
		need(t, "where a reason leads", wren.post(desk, form("do", "peek", "reason", "A report of plagiarism.")).expect(http.StatusSeeOther).to(), workPath(draft))
		wren.opens(workPath(draft)).has("Nobody Reads This")
		wren.get(workPath(draft) + "/edit").expect(http.StatusForbidden)
		w.staff("tern").get(workPath(draft)).expect(http.StatusNotFound)
		mara.opens("/account/from-staff").has("looked at what is private of your work “Nobody Reads This”", "A report of plagiarism.")

		wren.opens(workPath(anonymous)).has("Anonymous").lacks("mara")
		wren.post(fmt.Sprintf("/desk/works/%d", anonymous), form("do", "peek", "reason", "Who is it?")).expect(http.StatusSeeOther)
		wren.opens(workPath(anonymous)).has("mara")
		w.Clock.Pass(61 * time.Minute)
		again := w.signedIn(wren.viewer)
		again.opens(workPath(anonymous)).has("Anonymous").lacks("mara")
		again.get(workPath(draft)).expect(http.StatusNotFound)
	})
}

func TestWorksWaitForApprovalAsTheOwnerDecided(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.decides(func(s *archive.Site) { s.Approval = archive.ApproveNew })
		mara, pell, wren := w.member("mara"), w.member("pell"), w.staff("wren")
		work := w.posts(mara.viewer, fields("First Steps"))
		w.guest().get(workPath(work)).expect(http.StatusNotFound)
		pell.opens("/works").lacks("First Steps")
		mara.opens(workPath(work)).has("This work waits until staff approve it", "Waiting for staff")
		wren.opens("/desk/waiting").has("First Steps")
		desk := fmt.Sprintf("/desk/works/%d", work)

		w.Clock.Pass(3 * 24 * time.Hour)
		wren = w.signedIn(wren.viewer)
		wren.post(desk, form("do", "return", "reason", "")).expect(http.StatusUnprocessableEntity)
		wren.post(desk, form("do", "return", "reason", "A warning is missing.")).expect(http.StatusSeeOther)
		w.signedIn(mara.viewer).opens(workPath(work)).has("Draft")
		w.signedIn(mara.viewer).opens("/account/from-staff").has("gave your work “First Steps” back", "A warning is missing.")
		must(t, w.writing.PostWork(t.Context(), mara.viewer, work))
		w.guest().get(workPath(work)).expect(http.StatusNotFound)
		wren.post(desk, form("do", "approve")).expect(http.StatusSeeOther)
		wren.post(desk, form("do", "approve")).expect(http.StatusSeeOther) // twice is once
		w.guest().opens(workPath(work)).has("First Steps", "4 May 2026")
		w.guest().opens("/works").has("First Steps")

		second := w.posts(mara.viewer, fields("Second Steps"))
		w.guest().get(workPath(second)).expect(http.StatusNotFound)
		must(t, w.moderation.Take(t.Context(), wren.viewer, mara.viewer.Account, moderation.Measure{Kind: archive.ActTrust}))
		w.guest().opens(workPath(w.posts(mara.viewer, fields("Third Steps"))))
		w.guest().opens(workPath(w.posts(wren.viewer, fields("Of Staff"))))
		w.Clock.Pass(5 * 24 * time.Hour)
		w.guest().opens(workPath(w.posts(pell.viewer, fields("No Longer New"))))
		w.decides(func(s *archive.Site) { s.Approval = archive.ApproveAll })
		w.guest().get(workPath(w.posts(pell.viewer, fields("All Wait")))).expect(http.StatusNotFound)
		w.guest().opens(workPath(w.posts(mara.viewer, fields("Trusted"))))
	})
}

func TestReportsOnOneThingAreOneCase(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, ada, wren := w.member("mara"), w.member("pell"), w.member("ada"), w.staff("wren")
		f := fields("Salt and Iron")
		f.Summary = "About a neighbour."
		work := w.posts(mara.viewer, f, "Her name is Odile Grey.", "The second chapter.")
		second := w.chapters(work)[1].ID
		mara.opens(workPath(work)).lacks("/report")
		pell.opens(chapterPath(work, second)).has(fmt.Sprintf("%s/report?chapter=%d", workPath(work), second))

		to := workPath(work) + "/report"
		pell.opens(to).has("Salt and Iron", "Whoever wrote it is not told who you are")
		pell.post(to, form("words", "She lives next door.")).expect(http.StatusUnprocessableEntity).has("She lives next door.")
		pell.post(to, form("why", "other", "words", "")).expect(http.StatusUnprocessableEntity)
		pell.post(to, form("why", "private", "words", strings.Repeat("x", 5001))).expect(http.StatusUnprocessableEntity)
		pell.post(to, form("why", "private", "words", "She lives next door.")).expect(http.StatusOK).has("Staff have it now")
		ada.post(to, form("why", "plagiarism", "chapter", fmt.Sprint(second))).expect(http.StatusOK)
		w.guest().post(to, form("why", "spam", "words", "<script>alert(1)</script>")).expect(http.StatusOK)
		for range 5 {
			pell.post(to, form("why", "private", "words", "And again.")).expect(http.StatusOK)
		}

		w.edits(mara.viewer, work, func(f *archive.WorkFields) { f.Title, f.Summary = "Iron", "" })
		w.deletes(mara.viewer, work)
		wren.opens("/desk/cases").has("Salt and Iron", "5 reports")
		one := wren.opens("/desk/cases/1")
		one.has("Salt and Iron", "pell", "ada", "a guest", "Her name is Odile Grey.", "About a neighbour.", "The second chapter.", "She lives next door.", "Warn or suspend mara").lacks("<script>alert")
		for _, other := range []*client{mara, pell, w.guest()} {
			other.get("/desk/cases/1").expect(http.StatusNotFound)
			other.get("/desk/cases").expect(http.StatusNotFound)
		}
		mara.opens("/account/from-staff").lacks("pell", "report")

		wren.post("/desk/cases/1", form("reason", "Looked.")).expect(http.StatusUnprocessableEntity).has("Looked.")
		wren.post("/desk/cases/1", form("outcome", "acted", "reason", "The writer took it down.")).expect(http.StatusSeeOther)
		wren.opens("/desk/cases").lacks("Salt and Iron")
		wren.opens("/desk/cases?closed=yes").has("Salt and Iron", "Something was done")
		wren.opens("/desk/cases/1").has("The writer took it down.").lacks(`name="outcome"`)
		need(t, "an unknown case", wren.get("/desk/cases/77").status, http.StatusNotFound)
	})
}

func TestMeasuresBarAMemberAndAreLifted(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, wren := w.member("mara"), w.staff("wren")
		to := fmt.Sprintf("/desk/measures/%d", mara.viewer.Account)
		wren.opens("/users/mara/report").has("mara")
		for _, wrong := range []url.Values{
			form("measure", "suspend", "days", "0", "reason", "x"), form("measure", "suspend", "days", "366", "reason", "x"), form("measure", "suspend", "days", "soon", "reason", "x"),
			form("measure", "warn"), form("measure", "settings", "reason", "x"), form("reason", "x"),
		} {
			wren.post(to, wrong).expect(http.StatusUnprocessableEntity)
		}
		wren.post(fmt.Sprintf("/desk/measures/%d", wren.viewer.Account), form("measure", "ban", "reason", "x")).expect(http.StatusUnprocessableEntity).has("nobody takes a measure about themselves")
		mara.post(to, form("measure", "lift", "reason", "x")).expect(http.StatusNotFound)

		wren.post(to, form("measure", "warn", "reason", "Be kind.")).expect(http.StatusSeeOther)
		mara.opens("/account/from-staff").has("Staff wrote you a warning.", "Be kind.")
		wren.post(to, form("measure", "suspend", "days", "3", "reason", "Not kind.")).expect(http.StatusSeeOther)
		wren.opens(to).has("Suspended until 4 May 2026.", "Not kind.")
		need(t, "whether she is suspended", w.suspended(mara.viewer), true)
		w.Clock.Pass(73 * time.Hour)
		need(t, "whether she is suspended after three days", w.suspended(mara.viewer), false)
		wren = w.signedIn(wren.viewer)
		wren.post(to, form("measure", "ban", "reason", "Never kind.")).expect(http.StatusSeeOther)
		need(t, "whether she is suspended when banned", w.suspended(mara.viewer), true)
		wren.post(to, form("measure", "lift", "reason", "It was a mistake.")).expect(http.StatusSeeOther)
		need(t, "whether she is suspended when it is lifted", w.suspended(mara.viewer), false)
		if got := fmt.Sprint(w.kinds()); got != "[lift ban suspend warn]" {
			t.Errorf("the acts are %s", got)
		}
	})
}

// suspended is what the site knows of a member who comes now.
func (w *world) suspended(v archive.Viewer) bool {
	w.t.Helper()
	seen, _, err := w.accounts.Who(w.t.Context(), w.secretOf(v))
	must(w.t, err)
	return seen.Viewer.Suspended
}

func TestAcceptance96AReportedCommentStaysAsItWasReported(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, ada, wren := w.member("mara"), w.member("pell"), w.member("ada"), w.staff("wren")
		work := w.posts(mara.viewer, fields("Salt and Iron"))
		chapter := w.chapters(work)[0].ID
		said, err := w.feedback.Comment(t.Context(), pell.viewer, feedback.NewComment{Work: work, Chapter: chapter, Text: "Nobody <em>wants</em> you here."})
		must(t, err)
		to := fmt.Sprintf("/comments/%d/report", said)
		ada.opens(chapterPath(work, chapter)).has(`href="` + to + `"`)
		ada.opens(to).has("Salt and Iron")
		ada.post(to, form("why", "harassment", "words", "It hurts.")).expect(http.StatusOK).has("Staff have it now")
		w.guest().get("/comments/900/report").expect(http.StatusNotFound)

		must(t, w.feedback.EditComment(t.Context(), pell.viewer, said, "What a fine story."))
		must(t, w.feedback.DeleteComment(t.Context(), pell.viewer, said))
		ada.get(to).expect(http.StatusNotFound)
		wren.opens("/desk/cases").has("A comment", "1 report")
		wren.opens("/desk/cases/1").has("<em>wants</em> you here.", "pell", "ada", "It hurts.", "Warn or suspend pell").lacks("fine story")
		wren.post("/desk/cases/1", form("outcome", "acted")).expect(http.StatusSeeOther)
		wren.opens("/desk/cases/1").has("<em>wants</em> you here.")
		for _, reported := range []*client{pell, mara} {
			reported.get("/desk/cases/1").expect(http.StatusNotFound)
			reported.opens("/notices").lacks("ada", "reported")
			reported.opens("/account/from-staff").lacks("ada")
		}
	})
}

// Who comments on their own anonymous work is named to nobody by a report.
func TestAReportOfACommentDoesNotUnmaskItsWriter(t *testing.T) {
	w := newWorld(t)
	mara, ada, wren := w.member("mara"), w.member("ada"), w.staff("wren")
	f := fields("Unsigned")
	f.Anonymous = true
	work := w.posts(mara.viewer, f)
	said, err := w.feedback.Comment(t.Context(), mara.viewer, feedback.NewComment{Work: work, Chapter: w.chapters(work)[0].ID, Text: "Thank you all."})
	must(t, err)
	ada.post(fmt.Sprintf("/comments/%d/report", said), form("why", "spam")).expect(http.StatusOK)
	wren.opens("/desk/cases/1").has("Thank you all.").lacks("mara")
}

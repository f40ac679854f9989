package web_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/feedback"
	"ficus/internal/sqldb"
	"ficus/internal/store"
	"ficus/internal/writing"
)

// says comments through the page and gives where that led.
func (c *client) says(work, chapter int64, text string, more ...string) answer {
	c.w.t.Helper()
	f := form(append([]string{"comment", text, "chapter", fmt.Sprint(chapter), "guest_name", "Kim"}, more...)...)
	return c.post(workPath(work, "/comments"), f)
}

// said comments, and gives the address of the comment.
func (c *client) said(work, chapter int64, text string, more ...string) string {
	c.w.t.Helper()
	to, _, _ := strings.Cut(c.says(work, chapter, text, more...).expect(http.StatusSeeOther).to(), "?")
	return to
}

// answered answers a comment, and gives the address of the answer.
func (c *client) answered(work int64, comment, text string) string {
	c.w.t.Helper()
	return c.said(work, 0, text, "parent", strings.TrimPrefix(comment, "/comments/"))
}

// settled is a member who joined long ago.
func (w *world) settled(name string) *client {
	w.t.Helper()
	c := w.member(name)
	w.Clock.Pass(8 * 24 * time.Hour)
	return c
}

func TestAcceptance27_AnAnsweredCommentIsNotEditedAndItsPlaceKeepsTheAnswer(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.settled("pell")
		work := w.posts(mara.viewer, fields("Salt"))
		chapter := w.chapters(work)[0].ID
		first := pell.said(work, chapter, "The kettle!")
		pell.opens(first + "/edit").has("The kettle!")
		pell.post(first+"/edit", form("comment", "The goose!")).expect(http.StatusSeeOther)
		w.guest().opens(chapterPath(work, chapter)).has("The goose!").lacks("The kettle!")
		answer := mara.answered(work, first, "It is a kettle.")
		pell.opens(first).lacks(first + "/edit")
		pell.get(first + "/edit").expect(http.StatusForbidden)
		pell.post(first+"/edit", form("comment", "Mine!")).expect(http.StatusForbidden)
		pell.opens(first + "/delete").has("Its answers stay")
		pell.post(first+"/delete", nil).expect(http.StatusSeeOther)
		for _, reader := range []*client{w.guest(), pell, mara} {
			reader.opens(chapterPath(work, chapter)).has("A comment that was deleted.", "It is a kettle.").lacks("The goose!")
		}
		mara.post(answer+"/delete", nil).expect(http.StatusSeeOther)
		w.guest().opens(chapterPath(work, chapter)).lacks("A comment that was deleted.", "It is a kettle.")
		w.guest().get(first).expect(http.StatusNotFound)
	})
}

func TestAcceptance28_AHeldCommentIsSeenByItsWriterAndTheCreatorAndNotCounted(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, odo, wren := w.member("mara"), w.settled("pell"), w.member("odo"), w.staff("wren")
		f := fields("Salt")
		f.Moderated = true
		work := w.posts(mara.viewer, f)
		page := chapterPath(work, w.chapters(work)[0].ID)
		guest := w.guest()
		guest.opens(page).lacks("The kettle!") // and kept
		comment := pell.said(work, w.chapters(work)[0].ID, "The kettle!")
		for _, path := range []string{page, workPath(work), workPath(work, "/comments"), workPath(work, "/entire"), "/works", "/"} {
			for _, other := range []*client{guest, odo, wren} {
				other.opens(path).lacks("The kettle!", "1 comment")
			}
		}
		for _, other := range []*client{guest, odo, wren} {
			other.get(comment).expect(http.StatusNotFound)
			other.get(comment + "/answer").expect(http.StatusNotFound)
		}
		pell.opens(page).has("The kettle!", "Waiting for the writer").lacks("1 comment")
		mara.opens(page).has("The kettle!", "Let it stand", "1 comment waits for you")
		mara.opens("/my-works/waiting").has("The kettle!", "Salt")
		odo.post(comment, form("do", "approve")).expect(http.StatusNotFound)
		pell.post(comment, form("do", "approve")).expect(http.StatusForbidden)
		odo.post("/my-works/waiting", form("do", "approve", "comment", strings.TrimPrefix(comment, "/comments/"))).expect(http.StatusNotFound)
		mara.post("/my-works/waiting", form("do", "approve", "comment", strings.TrimPrefix(comment, "/comments/"))).expect(http.StatusSeeOther)
		w.Clock.Pass(time.Second)
		guest.opens(page).has("The kettle!", "1 comment")
		guest.opens("/works").has("1 comment")
		mara.opens("/my-works/waiting").has("No comment waits for you.")
		pell.post(comment+"/edit", form("comment", "Something else altogether.")).expect(http.StatusSeeOther)
		guest.opens(page).lacks("The kettle!", "Something else", "1 comment")
	})
}

func TestAcceptance29_WithGuestCommentsOffNoGuestMeetsAForm(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		work := w.posts(mara.viewer, fields("Salt"))
		guest := w.guest()
		guest.opens(workPath(work)).has(`name="comment"`, `name="guest_name"`)
		w.decides(func(s *archive.Site) { s.GuestComments = false })
		for _, path := range []string{workPath(work), chapterPath(work, w.chapters(work)[0].ID), workPath(work, "/entire"), workPath(work, "/comments")} {
			guest.opens(path).lacks(`name="comment"`, `name="guest_name"`).has("Comments on this work are for members.")
		}
		guest.says(work, w.chapters(work)[0].ID, "Let me in.").expect(http.StatusUnauthorized)
		w.settled("pell").opens(workPath(work)).has(`name="comment"`)
		need(t, "what was said", w.remarksOn(work), 0)
	})
}

// remarksOn counts all comments of a work, held ones too.
func (w *world) remarksOn(work int64) (n int) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) (err error) {
		_, n, err = tx.Threads.Page(ctx, store.Reader{Viewer: archive.Viewer{Staff: true}, Creator: true}, store.Asked{Work: work, Page: 1, PerPage: 1})
		return err
	})
	return n
}

// oneTime is what differs between two visits to the same page.
var oneTime = regexp.MustCompile(`name="form_id" value="[^"]*"`)

func TestAcceptance32_AFrozenThreadRefusesAnswersWithANotice(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.settled("pell")
		work := w.posts(mara.viewer, fields("Salt"))
		first := pell.said(work, w.chapters(work)[0].ID, "The kettle!")
		pell.opens(first + "/answer")
		pell.post(first, form("do", "freeze")).expect(http.StatusForbidden)
		mara.post(first, form("do", "freeze")).expect(http.StatusSeeOther)
		pell.opens(first).has("This thread is frozen").lacks("/answer", "/edit")
		pell.post(workPath(work, "/comments"), form("comment", "But it sang.", "parent", strings.TrimPrefix(first, "/comments/"))).
			expect(http.StatusUnprocessableEntity).has("This thread is frozen and takes no answers.", "But it sang.")
		pell.post(first, form("do", "thaw")).expect(http.StatusForbidden)
		mara.post(first, form("do", "thaw")).expect(http.StatusSeeOther)
		pell.answered(work, first, "But it sang.")
		w.guest().opens(first).has("But it sang.")
	})
}

func TestAcceptance33_AGuestsImageIsText(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.settled("pell")
		work := w.posts(mara.viewer, fields("Salt"))
		chapter := w.chapters(work)[0].ID
		const image = `Look: <img src="https://example.org/goose.png" alt="a goose"> there.`
		guest := w.guest()
		comment := guest.said(work, chapter, image)
		must(t, w.feedback.Judge(t.Context(), mara.viewer, feedback.Approve, number(comment)))
		for _, reader := range []*client{w.guest(), pell, mara} {
			reader.opens(comment).has("Look: a goose (https://example.org/goose.png) there.").lacks("<img", `href="https://example.org`)
		}
		w.guest().opens(pell.said(work, chapter, image)).has(`Look: <a rel="nofollow ugc" href="https://example.org/goose.png">a goose</a> there.`).lacks("<img")
	})
}

func number(comment string) (id int64) {
	_, _ = fmt.Sscanf(comment, "/comments/%d", &id)
	return id
}

func TestAcceptance20_PartClassesStandInChapterTextOnly(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.settled("pell")
		const classed = `<p class="verse">Salt in the kettle</p><p class="mine">and <span class="mine">salt</span> in <em class="thought">the bread</em></p><h2 class="mine">Bread</h2><div class="letter"><p>Dear Keeper,</p></div>`
		work := w.posts(mara.viewer, fields("Salt"), classed)
		w.guest().opens(workPath(work)).has(`class="verse"`, `class="writer-mine"`, `class="thought"`, `class="letter"`)
		comment := pell.said(work, w.chapters(work)[0].ID, classed)
		w.guest().opens(comment).has("<p>Salt in the kettle</p>", "<p>and salt in <em>the bread</em></p>", "<p><strong>Bread</strong></p>", "<blockquote>\n<p>Dear Keeper,</p>\n</blockquote>").
			lacks("mine", `class="verse"`, `class="thought"`, `class="letter"`)
	})
}

func TestNothingOfAHarmfulCommentIsServed(t *testing.T) {
	w := newWorld(t)
	mara, pell := w.member("mara"), w.settled("pell")
	work := w.posts(mara.viewer, fields("Salt"))
	for i, text := range []string{
		`<script>alert(1)</script>kettle`, `<img src=x onerror=alert(1)>kettle`, `<a href="javascript:alert(1)">kettle</a>`, `<p style="position:fixed" id="main" onclick="x()">kettle</p>`,
		`<form action=/account><button>kettle</button></form>`, `</article></li></ol></main><h1>kettle</h1>`, `<svg onload=alert(1)>kettle</svg> kettle`, `<base href="https://evil.example">kettle`,
		`<style>*{display:none}</style>kettle`, "kettle\u202e\u0000\u200b", `<details open ontoggle=alert(1)><summary>k</summary>kettle</details>`, `<meta http-equiv=refresh content="0;url=https://evil.example">kettle`,
	} {
		a := pell.opens(pell.said(work, w.chapters(work)[0].ID, fmt.Sprint(i, " ", text)))
		a.has("kettle").lacks("<script>alert", "onerror", "javascript:", "position:fixed", "onclick", "<form action=/account", "onload", "<base", "<style", "ontoggle", "http-equiv=refresh", "\u202e")
		need(t, "the headings of the page", strings.Count(a.body, "<h1"), 1)
		need(t, "its main parts", strings.Count(a.body, `id="main"`), 1)
	}
	name := `Kim<script>alert(1)</script>`
	w.guest().says(work, w.chapters(work)[0].ID, "Hello there.", "guest_name", "").expect(http.StatusSeeOther)
	guest := w.guest()
	f := form("comment", "It is I.", "chapter", fmt.Sprint(w.chapters(work)[0].ID), "guest_name", name)
	guest.opens(guest.post(workPath(work, "/comments"), f).expect(http.StatusSeeOther).to()).has("Kim&lt;script&gt;").lacks(name)
}

func TestAGuestReadsTheirOwnHeldCommentAndNobodyElseDoes(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		work := w.posts(mara.viewer, fields("Salt"))
		chapter := w.chapters(work)[0].ID
		guest := w.guest()
		guest.opens(chapterPath(work, chapter))
		to := guest.says(work, chapter, "The kettle!").expect(http.StatusSeeOther).to()
		for range 2 {
			guest.opens(to).has("The kettle!", "Kim", "(guest)", "Waiting for the writer")
			w.guest().get(to).expect(http.StatusNotFound).lacks("The kettle!")
			path, _, _ := strings.Cut(to, "?")
			guest.get(path).expect(http.StatusNotFound)
			w.guest().get(path).expect(http.StatusNotFound)
			for _, reader := range []*client{guest, w.guest()} {
				reader.opens(chapterPath(work, chapter)).lacks("The kettle!")
				reader.opens(workPath(work, "/comments")).lacks("The kettle!")
			}
		}
		guest.opens(workPath(work, "/comments?said=1")).has("The kettle!")
		w.guest().opens(workPath(work, "/comments?said=1")).lacks("The kettle!")
	})
}

func TestAGuestUnderAMembersNameIsMarkedAsAGuest(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("Salt"))
	guest := w.guest()
	f := form("comment", "I am the writer.", "chapter", fmt.Sprint(w.chapters(work)[0].ID), "guest_name", "mara")
	comment, _, _ := strings.Cut(guest.post(workPath(work, "/comments"), f).to(), "?")
	must(t, w.feedback.Judge(t.Context(), mara.viewer, feedback.Approve, number(comment)))
	w.guest().opens(comment).has("(guest)").lacks(`/users/mara"><bdi>mara`, "(author)")
}

func TestWhatCannotBeSaidComesBackWithEverythingTyped(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.settled("pell")
		work, other := w.posts(mara.viewer, fields("Salt")), w.posts(mara.viewer, fields("Pepper"))
		chapter := w.chapters(work)[0].ID
		pell.says(work, chapter, " ").expect(http.StatusUnprocessableEntity).has("Your comment: please fill this in.")
		long := strings.Repeat("k", 10_001)
		pell.says(work, chapter, long).expect(http.StatusUnprocessableEntity).has(long)
		guest := w.guest()
		guest.post(workPath(work, "/comments"), form("comment", "The kettle!", "chapter", fmt.Sprint(chapter), "guest_name", " ")).
			expect(http.StatusUnprocessableEntity).has("The kettle!", "Your name")
		pell.says(work, w.chapters(other)[0].ID, "The kettle!").expect(http.StatusNotFound)
		pell.says(work, 999, "The kettle!").expect(http.StatusNotFound)
		first := pell.said(work, chapter, "Number one.")
		pell.post(first+"/delete", nil).expect(http.StatusSeeOther)
		pell.says(work, chapter, "So it is.", "parent", strings.TrimPrefix(first, "/comments/")).expect(http.StatusNotFound).
			has("So it is.", "can stand as a comment of its own")
		mara.post("/account/pause", form("on", "yes")).expect(http.StatusSeeOther)
		pell.says(work, chapter, "But I was writing.").expect(http.StatusForbidden).has("But I was writing.")
		need(t, "what was said", w.remarksOn(work)+w.remarksOn(other), 0)
	})
}

func TestAPauseIsSaidAndEndsByItself(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		work := w.posts(mara.viewer, fields("Salt"))
		guest := w.guest()
		guest.opens(workPath(work)).has(`name="comment"`)
		mara.post("/account/pause", form("on", "yes")).expect(http.StatusSeeOther)
		for range 2 {
			guest.opens(workPath(work)).has("The writer takes no comments until").lacks(`name="comment"`)
		}
		mara.opens("/my-works/waiting").has("Nobody can comment on your works until")
		w.Clock.Pass(24*time.Hour + time.Minute)
		must(t, w.catalog.Load(t.Context()))
		guest.opens(workPath(work)).has(`name="comment"`)
	})
}

func TestAcceptance08_CommentsFollowTheirChapterAndStayWhenItGoes(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.settled("pell")
		work := w.posts(mara.viewer, fields("Salt"), "One.", "Two.", "Three.")
		chapters := w.chapters(work)
		pell.said(work, chapters[1].ID, "About the second.")
		_, err := w.writing.SaveChapter(t.Context(), mara.viewer, writing.ChapterForm{Work: work, Position: 2, Fields: archive.ChapterFields{Text: "One and a half."}, Post: true})
		must(t, err)
		w.guest().opens(chapterPath(work, chapters[1].ID)).has("About the second.")
		w.guest().opens(chapterPath(work, chapters[2].ID)).lacks("About the second.")
		w.guest().opens(workPath(work, "/comments")).has("About the second.", "on chapter 3")
		must(t, w.writing.DeleteChapter(t.Context(), mara.viewer, work, chapters[1].ID))
		w.guest().opens(workPath(work, "/comments")).has("About the second.", "on a chapter since deleted", "1 comment")
	})
}

func TestMutedPersonsStandFolded(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, odo := w.member("mara"), w.settled("pell"), w.settled("odo")
		work := w.posts(mara.viewer, fields("Salt"))
		first := pell.said(work, w.chapters(work)[0].ID, "The kettle!")
		odo.answered(work, first, "The goose.")
		must(t, w.feedback.Mute(t.Context(), odo.viewer, pell.viewer.Account, true))
		odo.opens(workPath(work)).has("A comment by someone you muted.", "The goose.").lacks("The kettle!", ">pell<")
		w.guest().opens(workPath(work)).has("The kettle!", "The goose.")
	})
}

func TestThreadsArePagedAndDeepOnesFollowFlat(t *testing.T) {
	w := newWorld(t)
	mara, pell := w.member("mara"), w.settled("pell")
	work := w.posts(mara.viewer, fields("Salt"))
	chapter := w.chapters(work)[0].ID
	deep := pell.said(work, chapter, "The first of all.")
	for i := range 8 {
		deep = pell.answered(work, deep, fmt.Sprintf("Level %d.", i+2))
	}
	for i := range 30 {
		pell.said(work, chapter, fmt.Sprintf("Thread %d.", i))
	}
	guest := w.guest()
	guest.opens(workPath(work, "/comments")).has("Thread 29.", "Thread 5.").lacks("Thread 4.", "The first of all.")
	guest.opens(workPath(work, "/comments?page=2")).has("Thread 4.", "The first of all.", "in answer to pell", "Level 9.")
	guest.opens(workPath(work, "/comments?sort=oldest")).has("The first of all.", "Thread 23.").lacks("Thread 24.")
	need(t, "where a page too far leads", guest.get(workPath(work, "/comments?page=9")).expect(http.StatusSeeOther).to(), workPath(work, "/comments?page=2"))
	guest.opens(workPath(work)).has("Thread 29.", "Thread 25.", "All 39 comments").lacks("Thread 24.")
	guest.opens(deep).has("Level 9.", "The whole thread").lacks("Level 8.")
}

func TestTheSamePostTwiceSaysOneThing(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.settled("pell")
		work := w.posts(mara.viewer, fields("Salt"))
		const id = "a form"
		first := pell.said(work, w.chapters(work)[0].ID, "The kettle!", "form_id", id)
		need(t, "the form sent again", pell.said(work, w.chapters(work)[0].ID, "The kettle!", "form_id", id), first)
		pell.says(work, w.chapters(work)[0].ID, "Another.", "form_id", id).expect(http.StatusConflict).has("Another.")
		need(t, "what was said", w.remarksOn(work), 1)
	})
}

func TestSuspendedMembersHaveNoBox(t *testing.T) {
	w := newWorld(t)
	mara, pell := w.member("mara"), w.settled("pell")
	work := w.posts(mara.viewer, fields("Salt"))
	comment := pell.said(work, w.chapters(work)[0].ID, "The kettle!")
	must(t, w.DB.Write(t.Context(), suspends(pell.viewer.Account)))
	pell.opens(workPath(work)).lacks(`name="comment"`, "/edit", "/answer")
	pell.says(work, w.chapters(work)[0].ID, "Another.").expect(http.StatusForbidden)
	pell.post(comment+"/edit", form("comment", "Another.")).expect(http.StatusForbidden)
}

func TestAnonymousCreatorsAnswerWithoutAName(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		f := fields("Nobody's")
		f.Anonymous = true
		work := w.posts(mara.viewer, f)
		own := mara.said(work, w.chapters(work)[0].ID, "Ask me anything.")
		for _, reader := range []*client{w.guest(), w.settled("pell"), w.staff("wren")} {
			for _, path := range []string{workPath(work), workPath(work, "/comments"), own, own + "/answer"} {
				reader.opens(path).has("Ask me anything.", "Anonymous", "(author)").lacks("mara")
			}
		}
	})
}

func suspends(account int64) func(*sqldb.Tx) error {
	return func(tx *sqldb.Tx) error {
		_, err := tx.Exec(context.Background(), `UPDATE accounts SET banned_at = 1 WHERE id = $1`, account)
		return err
	}
}

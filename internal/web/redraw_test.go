package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
)

// A guest's page lacks what others said for a second at most, and only that.
func TestAKeptPageMayLackACommentForASecond(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell := w.member("mara"), w.settled("pell")
		work := w.posts(mara.viewer, fields("Salt"))
		page, guest := workPath(work), w.guest()
		for range 2 { // drawn, and kept
			guest.opens(page).lacks("The kettle!")
		}
		pell.said(work, w.chapters(work)[0].ID, "The kettle!")
		pell.opens(page).has("The kettle!", "1 comment") // who said it, and every member
		mara.opens(page).has("The kettle!")
		w.Clock.Pass(999 * time.Millisecond)
		guest.opens(page).lacks("The kettle!")
		w.Clock.Pass(time.Millisecond)
		guest.opens(page).has("The kettle!", "1 comment")

		pell.said(work, w.chapters(work)[0].ID, "The pan!") // the log is looked at again
		for range 2 {
			guest.opens(page).has("The kettle!", "The pan!")
		}
		pell.said(work, w.chapters(work)[0].ID, "The pot!")
		pell.said(work, w.chapters(work)[0].ID, "The cup!")
		guest.opens(page).has("The kettle!").lacks("The pot!", "The cup!")
		w.Clock.Pass(time.Second)
		guest.opens(page).has("The pot!", "The cup!", "4 comments")
	})
}

// Where more is said than can be drawn, a page may wait for half a minute; one
// that nobody is about to draw again may not.
func TestAPageThatWaitsToBeDrawnMayLackACommentForHalfAMinute(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, guest, kim := w.member("mara"), w.settled("pell"), w.guest(), w.guest()
		var pages []string
		for _, title := range []string{"Salt", "Iron"} {
			work := w.posts(mara.viewer, fields(title))
			pages = append(pages, workPath(work))
			for range 2 { // drawn, and kept
				guest.opens(workPath(work)).lacks("The kettle!")
			}
			kim.said(work, w.chapters(work)[0].ID, "The pan!") // held
			pell.said(work, w.chapters(work)[0].ID, "The kettle!")
			if title == "Salt" {
				w.pages.LetWait(work)
			}
		}
		w.Clock.Pass(29 * time.Second)
		must(t, w.catalog.Load(t.Context()))
		guest.opens(pages[0]).lacks("The kettle!")
		guest.opens(pages[1]).has("The kettle!")
		kim.opens(pages[0]).has("The kettle!") // who answered sees everything
	})
}

func TestAGuestWhoAnsweredSeesItAtOnce(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("Salt"))
	page, kim, other := workPath(work), w.guest(), w.guest()
	for _, guest := range []*client{kim, other} {
		guest.opens(page)
		guest.opens(page)
	}
	comment := kim.said(work, w.chapters(work)[0].ID, "The kettle!")
	mara.post(comment, form("do", "approve")).expect(http.StatusSeeOther)
	other.opens(page).lacks("The kettle!")
	kim.opens(page).has("The kettle!", "1 comment")
	other.opens(page).has("The kettle!") // drawn for Kim, and kept for everyone
}

// Whatever takes something back is seen by the next request, however much was
// only added before it or after it.
func TestWhatIsTakenBackWaitsForNothing(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, pell, wren := w.member("mara"), w.settled("pell"), w.staff("wren")
		takes := map[string]func(work int64, comment string){
			"the comment is deleted by who said it": func(_ int64, comment string) {
				pell.post(comment+"/delete", nil).expect(http.StatusSeeOther)
			},
			"the comment is edited": func(_ int64, comment string) {
				pell.post(comment+"/edit", form("comment", "Never mind.")).expect(http.StatusSeeOther)
			},
			"the comment is spam": func(_ int64, comment string) {
				mara.post(comment, form("do", "spam")).expect(http.StatusSeeOther)
			},
			"the comment is hidden": func(_ int64, comment string) {
				must(t, w.moderation.HideComment(t.Context(), wren.viewer, number(comment), true, "rude"))
			},
			"the work is deleted": func(work int64, _ string) { w.deletes(mara.viewer, work) },
			"the work is hidden":  func(work int64, _ string) { w.hides(work) },
			"the work is restricted": func(work int64, _ string) {
				w.edits(mara.viewer, work, func(f *archive.WorkFields) { f.Restricted = true })
			},
			"its title is another": func(work int64, _ string) {
				w.edits(mara.viewer, work, func(f *archive.WorkFields) { f.Title = "Iron" })
			},
		}
		for name, take := range takes {
			work := w.posts(mara.viewer, fields("Salt"))
			page, guest := workPath(work), w.guest()
			chapter := w.chapters(work)[0].ID
			comment := pell.said(work, chapter, "The kettle!")
			for range 2 { // drawn, and kept
				guest.opens(page).has("The kettle!", "Salt")
			}
			pell.said(work, chapter, "The pot!")
			take(work, comment)
			if got := guest.get(page); strings.Contains(got.body, "The kettle!") && strings.Contains(got.body, "Salt</bdi>") {
				t.Errorf("%s, and the next guest reads it", name)
			}
			mara.says(work, chapter, "The cup!")
			if got := guest.get(page); strings.Contains(got.body, "The kettle!") && strings.Contains(got.body, "Salt</bdi>") {
				t.Errorf("%s, and a guest reads it after another comment", name)
			}
		}
	})
}

// Pages that are read are drawn again beside their readers, who never wait.
func TestKeptPagesAreDrawnAgainByThemselves(t *testing.T) {
	w := newWorld(t)
	ctx, stop := context.WithCancel(t.Context())
	drawn := make(chan struct{})
	go func() {
		defer close(drawn)
		w.pages.Redraw(ctx)
	}()
	defer func() { stop(); <-drawn }()
	mara, pell := w.member("mara"), w.settled("pell")
	f := fields("Salt")
	f.Rating = archive.RatingExplicit
	work := w.posts(mara.viewer, f)
	page := workPath(work)
	german := w.guest()
	german.post("/settings", form("language", "de", "theme", "dark")).expect(http.StatusSeeOther)
	guests := []*client{w.guest(), german}
	for _, guest := range guests {
		guest.post(workPath(work, "/adult"), form("to", page)).expect(http.StatusSeeOther)
		guest.opens(page).lacks("The kettle!")
		guest.opens(page)
	}
	_, misses := w.pages.Kept()
	w.Clock.Pass(700 * time.Millisecond)
	pell.said(work, w.chapters(work)[0].ID, "The kettle!")
	comesTrue(t, "the pages are drawn again", func() bool {
		return strings.Contains(guests[0].opens(page).body, "The kettle!") && strings.Contains(german.opens(page).body, "The kettle!")
	})
	german.opens(page).has("Kommentar", `data-theme="dark"`)
	if _, now := w.pages.Kept(); now != misses {
		t.Errorf("a reader waited for %d pages", now-misses)
	}
	hits := w.hits(work)
	if hits > 2 {
		t.Errorf("drawing a page counts as %d hits", hits)
	}
}

package web_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestWhoIsSentToSignInIsToldWhy(t *testing.T) {
	const why = "What you asked for is for members."
	worlds(t, func(t *testing.T, w *world) {
		guest := w.guest()
		guest.opens(guest.get("/works/new").expect(http.StatusSeeOther).to()).has(why)
		guest.opens("/search?q=lamp").has(`href="/sign-in?from=%2Fsearch%3Fq%3Dlamp"`)
		guest.opens("/sign-in?from=/search").lacks(why).has(`name="to" value="/search"`)
	})
}

func TestAPressComesBackToItsPlaceAlsoWhenItSplitsAGuess(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	review := mara.brings("0415 HRS\n\nNobody slept.\n\n14 Marlowe Street, Upper Deck\nTwo hours later\n\nThe door was open.\n")
	for _, do := range []string{"story", "undo"} {
		to := mara.post(review, span(mara.guess(review, "14 Marlowe Street"), "do", do)).expect(http.StatusSeeOther).to()
		page, place, _ := strings.Cut(to, "#")
		if place == "" {
			t.Fatalf("%s leads to %q, the top of the page", do, to)
		}
		mara.opens(page).has(`id="` + place + `"`)
	}
}

func TestAGuessIsListedBetweenItsLines(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	mara.opens(mara.brings("Nobody slept.\n\n0415 HRS\n\nArden counted rivets.\n")).
		has(`<span class="around"><bdi>Nobody slept.</bdi>`, `<span class="around"><bdi>Arden counted rivets.</bdi>`)
}

func TestNoTwoPartsOfAReviewHaveOnePlace(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	body := mara.opens(mara.brings("A/N: This chapter is for Pell, who held my hand.\n\n0415 HRS\n\nNobody slept.\n")).has("For Pell").body
	seen := map[string]bool{}
	for _, part := range strings.Split(body, ` id="`)[1:] {
		id, _, _ := strings.Cut(part, `"`)
		if seen[id] {
			t.Errorf("two things have the id %q", id)
		}
		seen[id] = true
	}
}

func TestADedicationIsUndoneAndTheUndoIsUndone(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	review := mara.brings("A/N: This chapter is for Pell, who held my hand.\n\n0415 HRS\n\nNobody slept.\n")
	note := mara.guess(review, "A/N")
	note.What = "dedication"
	said := mara.post(review, span(note, "do", "story")).expect(http.StatusSeeOther).to()
	page, place, _ := strings.Cut(said, "#")
	mara.opens(page).has("Nobody is named now.", `id="`+place+`"`, "Undo your choice", "This chapter is for Pell").lacks("1 dedication")
	need(t, "the dedication", mara.reading(review).Works[0].Chapters[0].Dedication, "")
	page, place, _ = strings.Cut(mara.post(review, span(note, "do", "undo")).expect(http.StatusSeeOther).to(), "#")
	mara.opens(page).has("Taken back", `id="`+place+`"`, "1 dedication")
	need(t, "the dedication", mara.reading(review).Works[0].Chapters[0].Dedication, "Pell")
}

func TestPreviewOfANewChapterShowsTheWorkWithIt(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	work := w.posts(mara.viewer, fields("The Lamp Keepers"), "One lamp.")
	sent := form("do", "preview", "text", "Two lamps.", "format", "text", "form_id", "p1", "form", "x", "position", "2")
	mara.postFiles(workPath(work, "/chapters/new"), sent).expect(http.StatusOK).
		has("<title>Preview · ", "Two lamps.", "Chapter 2 of 2", "Complete, 2 chapters")
	need(t, "chapters saved", len(w.chapters(work)), 1)
}

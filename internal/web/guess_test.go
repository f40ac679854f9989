package web_test

import (
	"context"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/manuscript"
	"ficus/internal/store"
	"ficus/internal/testkit/browser"
)

// brings brings a text over the page and gives the address of its review.
func (c *client) brings(text string) string {
	c.w.t.Helper()
	to := c.postFiles("/works/new/upload", form("text", text)).expect(303).to()
	if !strings.HasPrefix(to, "/manuscripts/") {
		c.w.t.Fatalf("bringing leads to %q", to)
	}
	return to
}

// reading is what a manuscript is understood as now.
func (c *client) reading(review string) manuscript.Reading {
	c.w.t.Helper()
	var id int64
	_, err := fmt.Sscanf(review, "/manuscripts/%d", &id)
	must(c.w.t, err)
	_, reading, err := c.w.writing.Manuscript(c.w.t.Context(), c.viewer, id)
	must(c.w.t, err)
	return reading
}

// guess finds the guess that begins with these words.
func (c *client) guess(review, first string) manuscript.Part {
	c.w.t.Helper()
	reading := c.reading(review)
	for _, part := range reading.Guesses() {
		if strings.HasPrefix(reading.Text(part), first) {
			return part
		}
	}
	c.w.t.Fatalf("nothing that begins with %q was guessed", first)
	return manuscript.Part{}
}

func span(p manuscript.Part, more ...string) url.Values {
	return form(append([]string{"start", fmt.Sprint(p.Start), "end", fmt.Sprint(p.End), "what", p.What}, more...)...)
}

func TestAcceptance62AGuessIsUndoneAndTheUndoIsUndone(t *testing.T) {
	for name, how := range map[string]browser.Settings{"with scripts": {}, "without": {NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			mara := w.member("mara")
			p := w.reads(how)
			signIn(p, "mara")
			p.Open("/works/new/upload")
			p.Fill("Or paste the text", pasted)
			p.Submit("Read it")
			review := p.Path()
			before := mara.reading(review)
			place := mara.guess(review, "12 Ropewalk Lane")
			at := fmt.Sprintf("#g-%d-%d", place.Start, place.End)
			undo := mara.guess(review, "A/N: Sorry")
			note := fmt.Sprintf("#g-%d-%d", undo.Start, undo.End)

			p.ClickThrough(note + " button[value=story]")
			p.Sees("Back in the story at its place")
			if !strings.HasSuffix(p.Path(), note) {
				t.Errorf("the page comes back at %s, want %s", p.Path(), note)
			}
			after := mara.reading(review)
			body := after.Works[0].Chapters[0].Body.Text(0)
			if !strings.HasPrefix(strings.TrimSpace(body), "A/N: Sorry for the wait, the exams ate me.") {
				t.Errorf("the note is not back where it was, before the story:\n%s", body)
			}
			if missing := inOrder(body, storyWords()); missing != "" {
				t.Errorf("%q has moved", missing)
			}
			p.Axe()
			p.ClickThrough(note + " button[value=undo]")
			p.Sees("Taken back: the first guess stands again.")
			same(t, "the reading, after the undo is undone", mara.reading(review), before)

			p.Click(at + " summary")
			p.Click(at + ` input[value="left_out"]`)
			p.ClickThrough(at + " details button")
			p.Sees("Changed.")
			if what := mara.guess(review, "12 Ropewalk Lane").What; what != manuscript.LeftOut {
				t.Errorf("the heading became %s", what)
			}
			p.Submit("Read it again from the start")
			p.Sees("Read again from the start.")
			same(t, "the reading, begun again", mara.reading(review), before)
		})
	}
}

func same(t *testing.T, name string, got, want manuscript.Reading) {
	t.Helper()
	if fmt.Sprint(got.Parts, got.Works) != fmt.Sprint(want.Parts, want.Works) {
		t.Errorf("%s:\n%v\nwant\n%v", name, got.Parts, want.Parts)
	}
}

func TestAcceptance62_PartReadingTheOriginalAgainGivesTheSameChoices(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		review := mara.brings(pasted)
		part := mara.guess(review, "A/N: So,")
		mara.post(review, span(part, "do", "story")).expect(303)
		once := mara.reading(review)
		for range 2 {
			mara.opens(review).has("Story, because you said so")
			same(t, "the reading", mara.reading(review), once)
		}
		review2 := mara.brings(pasted) // another of the same text is read afresh
		if mara.guess(review2, "A/N: So,").What != manuscript.ClosingNote {
			t.Error("a choice about one manuscript moved into another")
		}
	})
}

func TestAllGuessesAlikeAreChangedAtOnce(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	review := mara.brings(pasted)
	first := mara.guess(review, "0415 HRS")
	mara.opens(review).has("also for the")
	mara.post(review, span(first, "do", "become", "become", "story", "alike", "yes")).expect(303)
	reading := mara.reading(review)
	for _, part := range reading.Guesses() {
		if strings.HasSuffix(reading.Text(part), "HRS") && part.Rule != "choice.writer" {
			t.Errorf("%q is still a %s by %s", reading.Text(part), part.What, part.Rule)
		}
	}
}

func TestAManuscriptIsForWhoBroughtItAlone(t *testing.T) {
	w := newWorld(t)
	mara, other := w.member("mara"), w.member("other")
	review := mara.brings(pasted)
	missing := other.get("/manuscripts/99999").expect(404).status
	for _, path := range []string{review, review + "/original", "/works/new?manuscript=" + strings.TrimPrefix(review, "/manuscripts/")} {
		need(t, path, other.get(path).status, missing)
	}
	for _, do := range []string{"story", "undo", "become", "again"} {
		need(t, do, other.post(review, form("do", do, "start", "0", "end", "5", "what", "disclaimer", "become", "title")).status, missing)
	}
	need(t, "a made-up act", mara.post(review, form("do", "dance", "start", "0", "end", "5")).status, 404)
	w.guest().get(review).expect(303)
	original := mara.opens(review + "/original")
	need(t, "the original", original.body, pasted)
	need(t, "how it is sent", original.header.Get("Content-Disposition"), `attachment; filename=manuscript.txt`)
}

func TestAcceptance65ALetterInAStoryStaysStory(t *testing.T) {
	const letter = `The letter had come by the noon boat. Wren read it standing.

Dear Wren,

Summary: the harbour is bought, and the lamp with it.

Warning: do not go up the stair alone. I have been, and I counted.

Rating: poor, as harbours go. Disclaimer: I sign nothing.

Yours in haste,
Marrow

She folded it twice and put it under the lamp.
`
	w := newWorld(t)
	mara := w.member("mara")
	review := mara.brings(letter)
	id := strings.TrimPrefix(review, "/manuscripts/")
	sent := newWorkForm("The Letter", "")
	sent.Del("text")
	sent.Set("manuscript", id)
	work := mara.postFiles("/works/new", sent).expect(303).to()
	text := w.firstText(mara.viewer, work)
	if missing := inOrder(tagless(text.Body), strings.Fields(letter)); missing != "" {
		t.Errorf("%q is not in its place in %s", missing, text.Body)
	}
	if text.Disclaimer+text.NotesBefore+text.NotesAfter+text.Summary != "" {
		t.Errorf("something was set apart: %+v", text)
	}
	mara.opens("/works/new?manuscript="+id).lacks("the harbour is bought</textarea>", `>poor`)
}

var markup = regexp.MustCompile(`<[^>]*>`)

// tagless is what a page or text says.
func tagless(source string) string { return html.UnescapeString(markup.ReplaceAllString(source, " ")) }

// firstText is what the first chapter of a work says.
func (w *world) firstText(v archive.Viewer, path string) (text archive.ChapterText) {
	w.t.Helper()
	var id int64
	_, err := fmt.Sscanf(path, "/works/%d", &id)
	must(w.t, err)
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) (err error) {
		chapters, err := tx.Chapters.Of(ctx, id, true)
		if err != nil {
			return err
		}
		text, err = tx.Chapters.Text(ctx, chapters[0].ID)
		return err
	})
	return text
}

// textOf is what a chapter says.
func (w *world) textOf(chapter int64) (text archive.ChapterText) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) (err error) {
		text, err = tx.Chapters.Text(ctx, chapter)
		return err
	})
	return text
}

// newWorkForm is the form of a new work, filled in as far as is needed.
func newWorkForm(title, text string) url.Values {
	return form("form_id", "form of "+title, "form", "work/new", "base", "0", "do", "post", "title", title, "fandoms", "Harbour Lights",
		"rating", "General", "warnings", "none apply", "language", "en", "text", text, "format", "text", "planned", "1", "comments", "everyone", "restricted", "")
}

func TestAManuscriptOfSeveralChaptersBecomesThemAll(t *testing.T) {
	const three = "The Stair\nby Wren\n\nChapter 1: Up\n\nForty-one steps.\n\nChapter 2: Down\n\nForty-two steps.\n\nChapter 3: Still\n\nNobody counted.\n"
	w := newWorld(t)
	mara := w.member("mara")
	review := mara.brings(three)
	id := strings.TrimPrefix(review, "/manuscripts/")
	started := mara.opens("/works/new?manuscript="+id).has("Up", "Down", "Still", `value="The Stair"`, `name="planned" value="3"`)
	started.lacks(`name="text"`)
	sent := newWorkForm("The Stair", "")
	sent.Del("text")
	sent.Set("manuscript", id)
	sent.Set("planned", "3")
	sent.Set("do", "preview")
	mara.postFiles("/works/new", sent).expect(200).has("Forty-one steps.", "6 words", `name="manuscript"`)
	sent.Set("do", "post")
	work := mara.postFiles("/works/new", sent).expect(303).to()
	w.guest().opens(work+"/entire").has("Up", "Forty-one steps.", "Down", "Forty-two steps.", "Still", "Nobody counted.")
	w.guest().opens("/works").has("Complete, 3 chapters")
}

func TestWhatIsWrongInAChapterThatIsNotInTheFormLeadsToItsReview(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	review := mara.brings("Chapter 1\n\nA/N: " + strings.Repeat("Sorry for the wait. ", 300) + "\n\nForty-one steps.\n\nChapter 2\n\nForty-two steps.\n")
	mara.post(review, span(mara.guess(review, "A/N: Sorry"), "do", "become", "become", manuscript.OpeningNote)).expect(303)
	sent := newWorkForm("The Stair", "")
	sent.Del("text")
	sent.Set("manuscript", strings.TrimPrefix(review, "/manuscripts/"))
	for _, do := range []string{"preview", "post", "draft"} {
		sent.Set("do", do)
		mara.postFiles("/works/new", sent).expect(422).has(`<a href="`+review+`">Note before the chapter: `, "more than the 5,000 that fit")
	}
	mara.post(review, span(mara.guess(review, "A/N: Sorry"), "do", "story")).expect(303)
	mara.postFiles("/works/new", sent).expect(303)
}

// What the writer typed in the form stands when they come back from looking at
// the reading once more.
func TestTheTagsStandWhenTheReadingIsLookedAtAgain(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	review := mara.brings(pasted)
	id := strings.TrimPrefix(review, "/manuscripts/")
	address := "/works/new?manuscript=" + id
	typed := newWorkForm("Typed title", "An edited text.")
	typed.Set("manuscript", id)
	typed.Set("story", "0")
	mara.post("/autosave", typed).expect(200)
	mara.post(review, span(mara.guess(review, "0415 HRS"), "do", "story")).expect(303)
	again := mara.opens(address)
	again.has(`value="Typed title"`, "Harbour Lights", "The lamp went out", "An unsaved text of")
	again.lacks(`class=&#34;place&#34;&gt;0415`)
	mara.opens("/works/new?manuscript=" + id + "&recover=1").has("An edited text.")
	other := mara.brings("Another text altogether.")
	mara.opens("/works/new?manuscript=" + strings.TrimPrefix(other, "/manuscripts/")).lacks("Typed title")
}

func TestAManuscriptWithoutAStoryIsNoReasonToBreak(t *testing.T) {
	w := newWorld(t)
	mara := w.member("mara")
	for _, text := range []string{"A/N: I will post on Friday.", "Disclaimer: not mine.", "Title: The Stair\nRating: PG", "***"} {
		review := mara.brings(text)
		mara.opens(review)
		id := strings.TrimPrefix(review, "/manuscripts/")
		mara.opens("/works/new?manuscript=" + id)
		sent := newWorkForm("Empty", "")
		sent.Del("text")
		sent.Set("manuscript", id)
		mara.postFiles("/works/new", sent).expect(422).has("Text: please fill this in.")
	}
}

package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/store"
	"ficus/internal/testkit/browser"
)

var (
	digits   = regexp.MustCompile(`\d+`)
	workLink = regexp.MustCompile(`href="/works/(\d+)"`)
)

// firstWork is the first work of a list.
func firstWork(a answer) int64 {
	a.t.Helper()
	id, err := strconv.ParseInt(workLink.FindStringSubmatch(a.body)[1], 10, 64)
	must(a.t, err)
	return id
}

// A member mutes a tag from its page, a work from its own, and works without a
// name from the list of what they keep away; totals, facets, the first page and
// the fandoms are then what they would be without those works, for them alone,
// and each has an undo.
func TestAcceptance82_PartWhatIsMutedIsNowhere(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.lamps()
		bea, cal := w.member("bea"), w.member("cal")
		rain := w.guest().get("/tags/freeform/rain").to()
		bea.opens(rain).has("Mute this tag", rain+"/mute")
		bea.opens(rain+"/mute").has("Mute Rain?", "whatever stands below it")
		need(t, "where it leads", bea.post(rain+"/mute", url.Values{}).to(), "/account/people")
		need(t, "twice", bea.post(rain+"/mute", url.Values{}).status, http.StatusSeeOther)
		bea.opens("/works").lists("Four").has("1 work<", "Your mutes keep 3 works out of this list").lacks(">Rain<", "Slow burn")
		bea.opens("/").lacks("Lamp One", "Harbour Lights").has("Lamp Four", "Saltlight")
		bea.opens("/fandoms").lacks("Harbour Lights").has("Your mutes keep 3 works out of these counts.", "Saltlight")
		cal.opens("/fandoms").has("Harbour Lights").lacks("Your mutes")
		bea.opens("/search?q=lamp").lacks("Lamp One")
		bea.opens("/users/ada").lists("Four").has("1 work<")
		bea.opens(rain).lists().has("You mute this tag", "/account/people#mute-tag")
		cal.opens("/works").lists("Four", "Three", "Two", "One").lacks("Your mutes")
		bea.opens("/works?include=fandom:saltlight").lists("Four").lacks("Your mutes")
		w.guest().opens("/works").lists("Four", "Three", "Two", "One").lacks("Mute this tag")
		bea.opens("/account/people").has("Tags you mute", rain)
		id := digits.FindString(rain)
		need(t, "undone", bea.post("/account/people", url.Values{"id": {id}, "do": {"mute-tag"}}).status, http.StatusSeeOther)
		bea.opens("/works").lists("Four", "Three", "Two", "One")

		work := workPath(firstWork(w.guest().opens("/works?sort=-title")))
		bea.opens(work).has(work + "/mute")
		bea.opens(work + "/mute").has("A link to it still opens")
		bea.post(work+"/mute", url.Values{})
		bea.opens("/works").has("3 works<")
		bea.opens(work).has("<h1")
		bea.opens("/account/people").has(fmt.Sprintf(`href="%s"`, work))
		id = digits.FindString(work)
		bea.post("/account/people", url.Values{"id": {id}, "do": {"mute-work"}})
		bea.opens("/works").has("4 works<")

		f := fields("Lamp Five")
		f.Anonymous = true
		w.posts(w.member("dot").viewer, f, "Nobody came.")
		bea.opens("/works").has("5 works<")
		bea.post("/account/people", url.Values{"id": {"1"}, "do": {"mute-anonymous"}})
		bea.opens("/works").has("4 works<").lacks("Lamp Five")
		bea.opens("/account/people").has("They are in none of your lists", "Show them again")
		bea.post("/account/people", url.Values{"id": {"1"}, "do": {"show-anonymous"}})
		bea.opens("/works").has("5 works<")
		need(t, "of nothing", bea.post("/account/people", url.Values{"id": {"1"}, "do": {"mute-everything"}}).status, http.StatusNotFound)
		need(t, "a work never used", bea.post("/works/99999/mute", url.Values{}).status, http.StatusNotFound)
	})
}

// There is room for so many mutes, and who has them all is told in a sentence.
func TestThereIsRoomForSoManyMutes(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	bea := w.member("bea")
	most := archive.DefaultLimits().Muted
	w.Write(t, func(ctx context.Context, tx *store.Tx) error {
		for i := range most {
			tag, err := tx.Tags.Ensure(ctx, archive.KindFreeform, fmt.Sprint("tag ", i))
			if err != nil {
				return err
			}
			if _, err := tx.Muted.Add(ctx, bea.viewer.Account, archive.Muted{Tag: tag.ID}); err != nil {
				return err
			}
		}
		return nil
	})
	work := workPath(firstWork(w.guest().opens("/works")))
	a := bea.post(work+"/mute", url.Values{})
	need(t, "the status", a.status, http.StatusUnprocessableEntity)
	a.has("There is room for " + strconv.Itoa(most) + " tags, works and words")
	a = bea.post("/account/people", url.Values{"id": {"1"}, "do": {"mute-anonymous"}})
	need(t, "the status", a.status, http.StatusUnprocessableEntity)
	a.has("There is room for " + strconv.Itoa(most) + " tags, works and words")
}

// TestMutesAreSetOnAPhone walks from a tag and from a work to their mutes, and
// to where they are ended, without script.
func TestMutesAreSetOnAPhone(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	w.member("bea")
	rain := w.guest().get("/tags/freeform/rain").to()
	p := w.reads(browser.Settings{Phone: true, NoScript: true})
	signIn(p, "bea")
	for _, from := range []struct{ path, link, asks string }{
		{rain, "Mute this tag", "Mute Rain?"}, {workPath(firstWork(w.guest().opens("/works"))), "Mute this work", "Mute Lamp Four?"},
	} {
		p.Open(from.path)
		p.Follow(from.link)
		p.Sees(from.asks)
		p.Axe()
		p.Look("mute-" + strings.Fields(from.link)[2])
		p.Submit("Mute")
		p.Sees("Works you mute")
		if wide := browser.Ask[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
			t.Errorf("%s is %d pixels too wide", p.Path(), wide)
		}
	}
	p.Axe()
	p.Look("mutes")
	p.Open("/works")
	p.Sees("Your mutes keep 4 works out of this list")
}

// A member mutes words in titles and summaries: works with them are in none of
// their lists, counts and searches, whether they were there before or come
// later, for them alone; what is no word is said to be none, and what was typed
// stays.
func TestAcceptance82_PartAMutedWordIsNowhere(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.lamps()
		dot, bea := w.member("dot"), w.member("bea")
		mute := func(word string) answer {
			return bea.post("/account/people", url.Values{"do": {"add-word"}, "word": {word}})
		}
		need(t, "where it leads", mute("FOUR").to(), "/account/people")
		need(t, "twice", mute("four").status, http.StatusSeeOther)
		bea.opens("/account/people").has("Words you mute", ">FOUR<")
		bea.opens("/works").lists("Three", "Two", "One").has("3 works<", "Your mutes keep 1 work out of this list").lacks("Saltlight")
		bea.opens("/").lacks("Lamp Four")
		bea.opens("/fandoms").lacks("Saltlight")
		bea.opens("/search?q=lamp").lacks("Lamp Four").has("3 works<")
		w.guest().opens("/works").lists("Four", "Three", "Two", "One")

		f := fields("Lamp Five")
		f.Summary = "Of a <em>cafe</em>."
		five := w.posts(dot.viewer, f, "Nobody came.")
		bea.opens("/works").has("4 works<", "Lamp Five")
		mute("Café")
		bea.opens("/works").has("3 works<").lacks("Lamp Five")
		bea.opens(workPath(five)).has("Lamp Five")
		f = fields("Lamp Six")
		f.Summary = "Another café."
		w.posts(dot.viewer, f, "Nobody came.")
		bea.opens("/works").has("3 works<", "Your mutes keep 3 works out of this list").lacks("Lamp Six")

		// Nobody is told of what they mute, though they follow who wrote it.
		bea.followsPerson("dot")
		bag := w.postbag()
		f.Title, f.Summary = "Lamp Seven", "A third café."
		w.posts(dot.viewer, f, "Nobody came.")
		f.Title, f.Summary = "Lamp Eight", "A bar."
		w.posts(dot.viewer, f, "Nobody came.")
		bag.brings()
		bea.opens("/notices").has("Lamp Eight").lacks("Lamp Seven")

		id := regexp.MustCompile(`name="id" value="(\d+)"[^>]*>\s*<button[^>]*value="mute-word"`).FindStringSubmatch(bea.opens("/account/people").body)[1]
		bea.post("/account/people", url.Values{"id": {id}, "do": {"mute-word"}})
		bea.opens("/works").has("Lamp Four", "5 works<")

		for typed, says := range map[string]string{
			"": "two letters or more", "x": "two letters or more", " !? ": "two letters or more", strings.Repeat("long", 16): "60 letters at most",
		} {
			a := mute(typed)
			need(t, "the status of "+typed, a.status, http.StatusUnprocessableEntity)
			a.has(says, "Words you mute")
			if typed != "" {
				a.has(fmt.Sprintf(`value="%s"`, typed))
			}
		}
		need(t, "a guest", w.guest().post("/account/people", url.Values{"do": {"add-word"}, "word": {"lamp"}}).status, http.StatusUnauthorized)
	})
}

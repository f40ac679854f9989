package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/store"
)

// paper is the form of news or a page as it would be sent.
func paper(do, title, text string, more ...string) url.Values {
	f := form("do", do, "title", title, "language", "en", "text", text)
	for i := 0; i+1 < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return f
}

// acted is the kinds of what staff did, the newest first, with what it was
// about.
func (w *world) acted() (said []string) {
	w.t.Helper()
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) error {
		acts, err := tx.Acts.Before(ctx, 1<<60, 100)
		for _, act := range acts {
			said = append(said, string(act.Kind)+" "+act.About)
		}
		return err
	})
	return said
}

func TestNewsStandsOnTheFirstPageUntilItsReaderClosesIt(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, ada, reader, other := w.staff("wren"), w.member("ada"), w.guest(), w.guest()
		reader.opens("/").lacks("/news", "Sunday")
		other.opens("/")
		draft := wren.postFiles("/desk/news/new", paper("draft", "The archive rests on Sunday", "From nine to ten.\n\n<script>x</script>A <b>bigger</b> disk."))
		need(t, "where a draft leads", draft.expect(http.StatusSeeOther).to(), "/desk/news/1")
		reader.opens("/").lacks("Sunday")
		reader.opens("/news").lacks("Sunday")
		for _, who := range []*client{reader, ada, wren} {
			who.get("/news/1").expect(http.StatusNotFound)
			who.post("/news/1/close", nil).expect(http.StatusNotFound)
		}
		posted := wren.postFiles("/desk/news/1", paper("post", "The archive rests on Sunday", "From nine to ten.\n\n<script>x</script>A <b>bigger</b> disk.", "base", "1"))
		need(t, "where posting leads", posted.expect(http.StatusSeeOther).to(), "/news/1")

		// Kept pages show it at once, everywhere.
		reader.opens("/").has("The archive rests on Sunday", "From nine to ten.", `action="/news/1/close"`, `href="/news"`)
		reader.opens("/news").has("The archive rests on Sunday")
		reader.opens("/news/1").has("<strong>bigger</strong>", "The archive rests on Sunday").lacks("<script>x", "/desk")
		wren.opens("/news/1").has(`href="/desk/news/1"`)
		ada.opens("/").has("The archive rests on Sunday")

		// Who closes it has it no more; others have.
		need(t, "where closing leads", reader.post("/news/1/close", nil).expect(http.StatusSeeOther).to(), "/")
		ada.post("/news/1/close", nil).expect(http.StatusSeeOther)
		for range 2 { // drawn, then kept
			reader.opens("/").lacks("rests on Sunday")
			ada.opens("/").lacks("rests on Sunday")
			other.opens("/").has("rests on Sunday")
			w.guest().opens("/").has("rests on Sunday")
		}
		reader.opens("/news").has("rests on Sunday")
		for _, bad := range []string{"x", "-1", strings.Repeat("9", 40), `";`} {
			odd := w.guest()
			odd.header.Set("Cookie", "ficus_news="+bad)
			odd.opens("/").has("rests on Sunday")
		}

		// The next news stands there again; taken down, it is gone at once.
		w.Clock.Pass(time.Hour)
		wren.post("/confirm", form("again_password", password))
		wren.postFiles("/desk/news/new", paper("post", "It is back", "All is well.")).expect(http.StatusSeeOther)
		reader.opens("/").has("It is back").lacks("rests on Sunday")
		ada.opens("/").has("It is back")
		wren.postFiles("/desk/news/2", paper("draft", "It is back", "All is well.", "base", "1")).expect(http.StatusSeeOther)
		reader.get("/news/2").expect(http.StatusNotFound)
		reader.opens("/").lacks("It is back", "rests on Sunday")
		other.opens("/").has("rests on Sunday").lacks("It is back")
		need(t, "the acts", strings.Join(w.acted(), "; "), "paper_taken news: It is back; paper_posted news: It is back; paper_posted news: The archive rests on Sunday; paper_saved news: The archive rests on Sunday")
		wren.opens("/desk/acts").has("Took down", "It is back", "Wrote a draft of", `href="/desk/news/2"`)
	})
}

func TestPagesStandInTheFootInTheOwnersOrder(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, ada, reader := w.staff("wren"), w.member("ada"), w.guest()
		work := w.posts(ada.viewer, fields("The Lamp Keepers"))
		for range 2 {
			reader.opens(workPath(work)).lacks("/pages/")
		}
		reader.opens("/sign-up").lacks("/pages/")
		for _, slug := range []string{"About us", "terms", "rules"} {
			wren.postFiles("/desk/pages/new", paper("post", "The page "+slug, "Be kind.", "slug", slug, "in_footer", "yes")).expect(http.StatusSeeOther)
		}
		wren.postFiles("/desk/pages/new", paper("post", "Hidden away", "But posted.", "slug", "away")).expect(http.StatusSeeOther)
		foot := reader.opens(workPath(work)).has(`href="/pages/about-us"`, `href="/pages/terms"`, `href="/pages/rules"`).lacks("/pages/away")
		if strings.Index(foot.body, "/pages/about-us") > strings.Index(foot.body, "/pages/rules") {
			t.Error("the foot is not in the order they were made")
		}
		reader.opens("/pages/away").has("But posted.")
		reader.opens("/sign-up").has("please read", `href="/pages/rules"`)

		wren.post("/desk/pages/move", form("page", "3", "to", "1")).expect(http.StatusSeeOther)
		foot = reader.opens(workPath(work))
		if strings.Index(foot.body, "/pages/rules") > strings.Index(foot.body, "/pages/about-us") {
			t.Error("the foot is not in the owner's order")
		}
		wren.post("/desk/pages/move", form("page", "3", "to", "1")).expect(http.StatusSeeOther) // changes nothing
		wren.post("/desk/pages/move", form("page", "3", "to", "-900")).expect(http.StatusSeeOther)
		wren.post("/desk/pages/move", form("page", "4", "to", "1")).expect(http.StatusNotFound) // not in the foot
		wren.post("/desk/pages/move", form("page", "x", "to", "1")).expect(http.StatusNotFound)
		need(t, "the newest act", w.acted()[0], "pages_moved page: The page rules")
		need(t, "acts of moving", strings.Count(strings.Join(w.acted(), "\n"), "pages_moved"), 1)

		// Taken down, nothing leads there any more, and the place of terms is taken.
		wren.postFiles("/desk/pages/3", paper("draft", "The page rules", "Be kind.", "slug", "rules", "in_footer", "yes", "base", "1")).expect(http.StatusSeeOther)
		reader.opens(workPath(work)).lacks("/pages/rules")
		reader.get("/pages/rules").expect(http.StatusNotFound)
		reader.opens("/sign-up").has(`href="/pages/terms"`).lacks("/pages/rules")
		reader.get("/pages/Terms").expect(http.StatusNotFound)
		reader.get("/pages/nothing").expect(http.StatusNotFound)
	})
}

func TestPapersSayEverythingThatIsWrongWithThem(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren := w.staff("wren")
		wren.postFiles("/desk/pages/new", paper("post", "Rules", "Be kind.", "slug", "rules")).expect(http.StatusSeeOther)
		all := wren.postFiles("/desk/pages/new", paper("post", "\u200b", " <p></p> ", "slug", "", "language", "not a language")).expect(http.StatusUnprocessableEntity)
		all.has("Title: please fill this in", "Name in the address: please fill this in", "Text: please fill this in", "not a language")
		for says, change := range map[string][]string{
			"100,008 characters":        {"text", strings.Repeat("x", 100_001)},
			"256 characters":            {"title", strings.Repeat("x", 256)},
			"use small letters":         {"slug", "../rules"},
			"60 characters at most":     {"slug", strings.Repeat("x", 61)},
			"another page is at":        {"slug", "RULES"},
			"single hyphens":            {"slug", "a--b"},
			"Text: please fill this in": {"text", "\u200b \n"},
		} {
			wren.postFiles("/desk/pages/new", paper("post", "Another", "Be kind.", append([]string{"slug", "another"}, change...)...)).expect(http.StatusUnprocessableEntity).has(says)
		}
		wren.postFiles("/desk/pages/new", paper("draft", "An empty draft", "", "slug", "über")).expect(http.StatusUnprocessableEntity).has("use small letters", `value="über"`)
		wren.postFiles("/desk/pages/new", paper("draft", "An empty draft", "", "slug", "empty")).expect(http.StatusSeeOther)
		wren.postFiles("/desk/news/1", paper("post", "A page is no news", "x", "base", "1")).expect(http.StatusNotFound)
		wren.postFiles("/desk/pages/900", paper("post", "None", "x", "base", "1")).expect(http.StatusNotFound)
		need(t, "acts", len(w.acted()), 2)

		// A preview saves nothing, and what was typed comes back.
		shown := wren.postFiles("/desk/pages/1", paper("preview", "Rules", "Be <i>kind</i>, please.", "slug", "rules", "base", "1")).expect(http.StatusOK)
		shown.has("Nothing is saved yet", "<em>kind</em>, please.", `name="text" value="Be &lt;i&gt;kind&lt;/i&gt;, please."`)
		wren.postFiles("/desk/pages/1", paper("edit", "Rules", "Be <i>kind</i>, please.", "slug", "rules", "base", "1")).expect(http.StatusOK).has("Be &lt;i&gt;kind&lt;/i&gt;, please.")
		wren.opens("/pages/rules").lacks("please")
	})
}

func TestTwoOfTheStaffLoseNeitherText(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren, pell := w.staff("wren"), w.staff("pell")
		wren.postFiles("/desk/pages/new", paper("post", "Rules", "Be kind.", "slug", "rules")).expect(http.StatusSeeOther)
		pell.postFiles("/desk/pages/1", paper("post", "Rules", "Be kind, says Pell.", "slug", "rules", "base", "1")).expect(http.StatusSeeOther)
		met := wren.postFiles("/desk/pages/1", paper("post", "Our rules", "Be kind, says Wren.", "slug", "rules", "base", "1", "form_id", "w")).expect(http.StatusConflict)
		met.has("pell saved another text", "</span>Pell.", "</span>Wren.", "Our rules", `name="base" value="2"`)
		w.guest().opens("/pages/rules").has("says Pell.").lacks("Wren")
		both := paper("both", "Our rules", "Be kind, say Pell and Wren.", "slug", "rules", "base", "2", "wanted", "post", "mine", "Be kind, says Wren.")
		wren.postFiles("/desk/pages/1", both).expect(http.StatusSeeOther)
		w.guest().opens("/pages/rules").has("say Pell and Wren.", "Our rules")
		need(t, "keeping theirs leads", wren.postFiles("/desk/pages/1", paper("theirs", "Rules", "", "mine", "lost", "base", "3")).expect(http.StatusSeeOther).to(), "/desk/pages/1")

		// Every save is kept, and comes back into the form.
		list := wren.opens("/desk/pages/1/versions").has("as it stands now", "pell", "wren", "/desk/pages/1/versions/2")
		need(t, "versions", strings.Count(list.body, `<a href="/desk/pages/1/versions/`), 3)
		wren.opens("/desk/pages/1/versions/2").has("says Pell.", `href="/desk/pages/1?version=2"`)
		wren.opens("/desk/pages/1?version=2").has("says Pell.", `name="base" value="3"`)
		wren.get("/desk/pages/1/versions/4").expect(http.StatusNotFound)
		for _, odd := range []string{"?version=900", "?version=x"} {
			wren.opens("/desk/pages/1" + odd).has("say Pell and Wren.")
		}

		// The same saved again is no version and no act.
		acts := len(w.acted())
		wren.postFiles("/desk/pages/1", paper("post", "Our rules", "Be kind, say Pell and Wren.", "slug", "rules", "base", "3")).expect(http.StatusSeeOther)
		need(t, "acts", len(w.acted()), acts)
	})
}

func TestOfFormsSentTwiceAtOnceOneMakesAPage(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren := w.staff("wren")
		statuses := w.atOnce(5, func(int, *client) int {
			return wren.postFiles("/desk/news/new", paper("post", "Sunday", "From nine.", "form_id", "one")).status
		})
		need(t, "how many were led on", statuses[http.StatusSeeOther], 5)
		w.Read(t, func(ctx context.Context, tx *store.Tx) error {
			n, err := tx.Papers.Count(ctx, archive.PaperNews)
			need(t, "news", n, 1)
			return err
		})
		statuses = w.atOnce(4, func(i int, _ *client) int {
			return wren.postFiles("/desk/news/1", paper("post", "Sunday", "From nine, "+strings.Repeat("x", i+1), "base", "1")).status
		})
		need(t, "saves of one form that stood", statuses[http.StatusSeeOther], 1)
		need(t, "saves that met another", statuses[http.StatusConflict], 3)
		statuses = w.atOnce(4, func(i int, _ *client) int {
			return wren.postFiles("/desk/pages/new", paper("post", "Rules", "Be kind.", "slug", "rules", "in_footer", "yes")).status
		})
		need(t, "pages at one address", statuses[http.StatusSeeOther], 1)
		need(t, "the second form", wren.postFiles("/desk/news/new", paper("post", "Sunday", "Another text", "form_id", "one")).status, http.StatusUnprocessableEntity)
	})
}

func TestThePapersDeskIsMissingToEverybodyElse(t *testing.T) {
	w := newWorld(t)
	wren := w.staff("wren")
	wren.postFiles("/desk/pages/new", paper("draft", "Rules", "Be kind.", "slug", "rules")).expect(http.StatusSeeOther)
	for _, who := range []*client{w.guest(), w.member("ada")} {
		for _, path := range []string{"/desk/news", "/desk/news/new", "/desk/pages", "/desk/pages/new", "/desk/pages/1", "/desk/pages/1/versions", "/desk/pages/1/versions/1", "/desk/comments"} {
			who.get(path).expect(http.StatusNotFound)
		}
		for _, path := range []string{"/desk/news/new", "/desk/pages/new", "/desk/pages/1", "/desk/pages/move", "/desk/comments"} {
			who.post(path, paper("post", "Mine", "now", "slug", "mine", "page", "1", "to", "1", "comment", "1")).expect(http.StatusNotFound)
		}
		who.get("/pages/rules").expect(http.StatusNotFound)
	}
	need(t, "acts", len(w.acted()), 1)
}

func TestABeginningIsOfferedAndNotForced(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren := w.staff("wren")
		wren.opens("/desk/pages").has("/desk/pages/new?begin=rules", "/desk/pages/new?begin=privacy")
		rules := wren.opens("/desk/pages/new?begin=rules").has(`value="rules"`, "These are the rules of Ficus.", `name="in_footer" value="yes" checked`)
		wren.opens("/desk/pages/new?begin=privacy").has(`value="privacy"`, "What Ficus keeps of you")
		wren.opens("/desk/pages/new?begin=nothing").lacks("Ficus keeps", "rules of")
		w.guest().get("/pages/rules").expect(http.StatusNotFound)
		_, text, _ := strings.Cut(rules.body, `name="text"`)
		_, text, _ = strings.Cut(text, ">\n")
		text, _, _ = strings.Cut(text, "</textarea>")
		text = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&#39;", "'", "&#34;", `"`).Replace(text)
		wren.postFiles("/desk/pages/new", paper("post", "Rules", text, "slug", "rules", "in_footer", "yes")).expect(http.StatusSeeOther)
		w.guest().opens("/pages/rules").has("<h2>What belongs here</h2>", "<p>Stories, and what people say").lacks("&lt;h2")
		wren.opens("/desk/pages").lacks("begin=rules").has("begin=privacy")
		w.decides(func(s *archive.Site) { s.Language = "de" })
		wren.opens("/desk/pages/new?begin=privacy").has("Was Ficus über dich aufhebt")
	})
}

func TestAnUnsavedPaperIsBroughtBack(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren := w.staff("wren")
		wren.post("/autosave", paper("", "Half a page", "Half a", "form", "paper/page", "base", "0")).expect(http.StatusOK)
		wren.opens("/desk/pages/new").has("An unsaved text of")
		wren.opens("/desk/pages/new?recover=1").has(`value="Half a page"`)
		wren.opens("/desk/news/new").lacks("An unsaved text of")
		wren.postFiles("/desk/pages/new", paper("draft", "Half a page", "Half a page", "slug", "half")).expect(http.StatusSeeOther)
		wren.opens("/desk/pages/new").lacks("An unsaved text of")
		wren.post("/autosave", paper("", "x", "x", "form", "paper/other", "base", "0")).expect(http.StatusNotFound)
	})
}

func TestAFormThatWaitsForAPasswordLosesNothing(t *testing.T) {
	w := newWorld(t)
	wren := w.staff("wren")
	w.Clock.Pass(time.Hour)
	waits := wren.postFiles("/desk/news/new", paper("post", "Sunday", "From nine.\n\nTo ten.")).expect(http.StatusUnauthorized)
	waits.has("again_password", `action="/desk/news/new"`, "From nine.\n\nTo ten.")
	need(t, "acts", len(w.acted()), 0)
	wren.postFiles("/desk/news/new", paper("post", "Sunday", "From nine.\n\nTo ten.", "again_password", password)).expect(http.StatusSeeOther)
	w.guest().opens("/news/1").has("<p>From nine.</p>", "<p>To ten.</p>")
}

// Whoever changes the settings is not told that they changed because news was
// posted meanwhile.
func TestNewsDoesNotUndoAFormOfTheSettings(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		wren := w.staff("wren")
		settings := wren.opens("/desk/settings")
		wren.postFiles("/desk/news/new", paper("post", "Sunday", "From nine.")).expect(http.StatusSeeOther)
		wren.post("/desk/settings", settingsForm(settings, "site_banner", "Closed on Sunday.")).expect(http.StatusSeeOther)
		wren.post("/desk/settings", settingsForm(settings, "site_banner", "Stale.")).expect(http.StatusUnprocessableEntity)
		statuses := w.atOnce(4, func(i int, _ *client) int {
			return wren.post("/desk/settings", settingsForm(wren.opens("/desk/settings"), "site_banner", strings.Repeat("x", i+1), "base", "1")).status
		})
		need(t, "of settings saved at once, those that stood", statuses[http.StatusSeeOther], 1)
	})
}

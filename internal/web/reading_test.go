package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/jobs"
	"ficus/internal/store"
	"ficus/internal/writing"
)

func TestAcceptance01NewWorkPageSendsGuestsToSignInAndBack(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.member("ada")
		c := w.guest()
		sent := c.get("/works/new").expect(http.StatusSeeOther)
		need(t, "the address to sign in at", sent.to(), "/sign-in?to=%2Fworks%2Fnew")
		c.opens(sent.to()).has(`name="to" value="/works/new"`)
		back := c.post("/sign-in", form("name", "ada", "password", password, "to", "/works/new")).expect(http.StatusSeeOther)
		need(t, "where signing in leads", back.to(), "/works/new")
		c.opens(back.to()).has(`<form`, `name="title"`)
	})
}

func TestAcceptance05DraftsAreForTheirCreatorsAlone(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, mina, wren := w.member("zuleika"), w.member("mina"), w.staff("wren")
		f := fields("The Unlit Lamp")
		f.Fandoms, f.Freeforms = []string{"Secret Harbour"}, []string{"Unlit things"}
		draft := w.drafts(ada.viewer, f, "Nobody may read this yet.")
		chapter := w.chapters(draft)[0].ID
		ada.opens(workPath(draft)).has("The Unlit Lamp", "Nobody may read this yet.")
		ada.opens("/my-works").has("The Unlit Lamp")
		for _, other := range []*client{w.guest(), mina, wren} {
			for _, path := range []string{workPath(draft), chapterPath(draft, chapter), workPath(draft, "/entire"), workPath(draft, "/index"), workPath(draft, ".epub"), workPath(draft, ".html"), workPath(draft, ".md"), workPath(draft, ".txt")} {
				other.get(path).expect(http.StatusNotFound).lacks("unlit", "nobody may read", "zuleika")
			}
			for _, path := range []string{"/", "/works", "/fandoms", "/users/zuleika", "/search?q=unlit", "/search?q=secret", "/tags/suggest?kind=fandom&q=sec", "/tags/suggest?kind=freeform&q=unl"} {
				other.opens(path).lacks("The Unlit Lamp", "Secret Harbour", "Unlit things")
			}
			other.get("/tags/fandom/Secret%20Harbour").expect(http.StatusNotFound)
		}
		for _, path := range []string{"/", "/works", "/users/zuleika", "/search?q=unlit"} {
			ada.opens(path).lacks("The Unlit Lamp")
		}
		must(t, w.writing.PostWork(t.Context(), ada.viewer, draft))
		w.guest().opens(workPath(draft)).has("The Unlit Lamp")
		w.guest().opens("/works").has("The Unlit Lamp")
	})
}

func TestAcceptance06DraftsOfAnyAgeSurviveTheNightlyJobs(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		draft := w.drafts(ada.viewer, fields("The Unlit Lamp"), "Not yet.")
		for range 3 {
			w.Clock.Pass(200 * 24 * time.Hour)
			for _, nightly := range jobs.Housekeeping(w.Store, archive.DefaultLimits()) {
				must(t, nightly.Do(t.Context()))
			}
			_, err := w.writing.PurgeDeleted(t.Context())
			must(t, err)
		}
		ada = w.signedIn(ada.viewer) // the old device was not seen for too long
		ada.opens("/my-works").has("The Unlit Lamp", "begun 1 year ago")
		ada.opens(workPath(draft)).has("Not yet.")
	})
}

func TestAcceptance11AnOldLinkToADeletedChapterLeadsToTheWork(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		work := w.posts(ada.viewer, fields("The Lamp Keepers"), "One lamp.", "Two lamps.", "Three lamps.")
		second := w.chapters(work)[1].ID
		guest := w.guest()
		guest.opens(chapterPath(work, second)).has("Two lamps.")
		must(t, w.writing.DeleteChapter(t.Context(), ada.viewer, work, second))
		told := guest.get(chapterPath(work, second)).expect(http.StatusGone)
		told.has("This chapter was taken down", `href="`+workPath(work)+`"`).lacks("Two lamps")
		guest.opens(workPath(work, "/entire")).has("One lamp.", "Three lamps.").lacks("Two lamps.")
		guest.get(chapterPath(work, second+1000)).expect(http.StatusNotFound)
	})
}

func TestADeletedDraftChapterWasNeverThereForReaders(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	work := w.posts(ada.viewer, fields("The Lamp Keepers"), "One lamp.", "Two lamps.")
	draft := w.adds(ada.viewer, work, "Perhaps.", false)
	must(t, w.writing.DeleteChapter(t.Context(), ada.viewer, work, draft))
	w.guest().get(chapterPath(work, draft)).expect(http.StatusNotFound)
}

func TestAcceptance12EntireOrFirstChapterAsTheReaderPrefers(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, mina, pell := w.member("ada"), w.member("mina"), w.member("pell")
		work := w.posts(ada.viewer, fields("The Lamp Keepers"), "One lamp.", "Two lamps.", "Three lamps.")
		w.prefers(mina.viewer, func(p *archive.Preferences) { p.EntireWork = true })
		mina.opens(workPath(work)).has("One lamp.", "Two lamps.", "Three lamps.", `href="`+workPath(work)+`?view=chapters"`)
		mina.opens(workPath(work, "?view=chapters")).has("One lamp.", `href="`+workPath(work)+`/entire"`).lacks("Two lamps.")
		pell.opens(workPath(work)).has("One lamp.", `href="`+workPath(work)+`/entire"`).lacks("Two lamps.")
		pell.opens(workPath(work, "/entire")).has("Three lamps.", `href="`+workPath(work)+`?view=chapters"`)
		w.guest().opens(workPath(work)).has("One lamp.").lacks("Two lamps.")
	})
}

func TestAcceptance13RestrictedWorksAreForMembers(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, mina := w.member("zuleika"), w.member("mina")
		f := fields("Behind the Harbour Wall")
		f.Restricted = true
		work := w.posts(ada.viewer, f, "Only members read this.")
		guest := w.guest()
		for _, path := range []string{workPath(work), chapterPath(work, w.chapters(work)[0].ID), workPath(work, "/entire"), workPath(work, "/index"), workPath(work, ".epub"), workPath(work, ".txt")} {
			asked := guest.get(path).expect(http.StatusSeeOther)
			need(t, "where a guest is sent", asked.to(), "/sign-in?to="+url.QueryEscape(path))
			asked.lacks("Harbour Wall", "members read", "zuleika")
			guest.opens(asked.to()).lacks("Harbour Wall", "members read", "zuleika")
		}
		for _, path := range []string{"/", "/works", "/users/zuleika", "/search?q=wall"} {
			guest.opens(path).lacks("Harbour Wall")
		}
		in := guest.post("/sign-in", form("name", "mina", "password", password, "to", workPath(work))).expect(http.StatusSeeOther)
		guest.opens(in.to()).has("Behind the Harbour Wall", "Only members read this.")
		mina.opens(workPath(work)).has("Only members read this.")
		mina.opens("/works").has("Behind the Harbour Wall")
		need(t, "the media type", mina.opens(workPath(work, ".epub")).header.Get("Content-Type"), "application/epub+zip")
	})
}

func TestAcceptance14TheAdultGateAsksOnceASession(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, mina := w.member("zuleika"), w.member("mina")
		f := fields("A Night Without Lamps")
		f.Rating, f.Summary, f.Freeforms, f.Gifts = archive.RatingExplicit, "What they did.", []string{"Darkness falls"}, []string{"Pell"}
		work := w.posts(ada.viewer, f, "They put the lamps out.", "And again.")
		other := w.posts(ada.viewer, f, "They put more lamps out.", "And again.")
		guest := w.guest()
		words := []string{"Night Without", "lamps out", "what they did", "darkness", "harbour", "zuleika", "pell"}
		for _, path := range []string{workPath(work), chapterPath(work, w.chapters(work)[1].ID), workPath(work, "/entire"), workPath(work, "/index"), workPath(work, ".epub")} {
			for range 2 { // drawn, and kept
				guest.opens(path).has("Before you read on", "Explicit", `name="robots" content="noindex"`, `name="to" value="`+path+`"`).lacks(words...)
			}
		}
		w.guest().get(workPath(work), "User-Agent", "Googlebot/2.1 (+http://www.google.com/bot.html)").has("Before you read on").lacks(words...)
		on := guest.post(workPath(work, "/adult"), form("to", workPath(work))).expect(http.StatusSeeOther)
		need(t, "where the answer leads", on.to(), workPath(work))
		if c := on.cookies[0]; c.MaxAge != 0 || !c.Expires.IsZero() {
			t.Errorf("the answer outlives the session: %v", c)
		}
		guest.opens(workPath(work)).has("They put the lamps out.")
		guest.opens(workPath(other)).has("They put more lamps out.")
		w.guest().opens(workPath(work)).lacks(words...)
		need(t, "the book's type", guest.opens(workPath(work, ".epub")).header.Get("Content-Type"), "application/epub+zip")

		mina.opens(workPath(work)).has("Before you read on").lacks("Night Without")
		mina.post("/account/preferences", form("adult_shown", "yes")).expect(http.StatusSeeOther)
		mina.opens(workPath(work)).has("They put the lamps out.")
		ada.opens(workPath(work)).has("They put the lamps out.")
	})
}

func TestAcceptance40FiveChaptersInADayAreOneHit(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada, mina := w.member("ada"), w.member("mina")
		work := w.posts(ada.viewer, fields("The Lamp Keepers"), "One.", "Two.", "Three.", "Four.", "Five.")
		opensAll := func(c *client) {
			for _, chapter := range w.chapters(work) {
				c.opens(chapterPath(work, chapter.ID))
			}
			c.opens(workPath(work, "/entire"))
		}
		guest := w.guest()
		guest.opens(workPath(work, "/index")) // a list of chapters is no visit
		guest.opens(workPath(work, "/index"))
		guest.get(workPath(work), "Sec-Purpose", "prefetch")
		guest.get(workPath(work), "Sec-Fetch-Dest", "empty")
		guest.send(http.MethodHead, workPath(work), nil)
		need(t, "hits of what was not opened", w.hits(work), 0)
		opensAll(ada)
		need(t, "hits of the creator", w.hits(work), 0)
		opensAll(guest)
		need(t, "hits of one guest", w.hits(work), 1)
		opensAll(w.guest()) // the same address and browser
		need(t, "hits of one visitor", w.hits(work), 1)
		other := w.guest()
		other.header.Set("User-Agent", "Another browser")
		opensAll(other) // every page is kept by now
		need(t, "hits of two guests", w.hits(work), 2)
		opensAll(mina)
		opensAll(mina)
		need(t, "hits of two guests and a member", w.hits(work), 3)
		w.Clock.Pass(24 * time.Hour)
		opensAll(guest)
		need(t, "hits of another day", w.hits(work), 4)
	})
}

func TestTheAdultGateIsNoVisit(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	f := fields("A Night Without Lamps")
	f.Rating = archive.RatingMature
	work := w.posts(ada.viewer, f)
	for range 3 {
		w.guest().opens(workPath(work)).has("Before you read on")
	}
	need(t, "hits", w.hits(work), 0)
}

// hits writes the tally down and reads a work's hits.
func (w *world) hits(work int64) (hits int64) {
	w.t.Helper()
	w.tally.Flush(w.t.Context())
	w.Read(w.t, func(ctx context.Context, tx *store.Tx) error {
		o, err := tx.Works.Open(ctx, archive.Viewer{}, work)
		hits = o.Counts.Hits
		return err
	})
	return hits
}

func TestChaptersLeadToTheNextAndThePrevious(t *testing.T) {
	w := newWorld(t)
	ada := w.member("ada")
	work := w.posts(ada.viewer, fields("The Lamp Keepers"), "One lamp.", "Two lamps.", "Three lamps.")
	w.adds(ada.viewer, work, "A draft of the fourth.", false)
	ids := w.chapters(work)
	link := func(rel string, i int) string {
		return fmt.Sprintf(`rel="%s" href="%s"`, rel, chapterPath(work, ids[i].ID))
	}
	guest := w.guest()
	guest.opens(chapterPath(work, ids[0].ID)).has(link("next", 1)).lacks(`rel="prev"`)
	guest.opens(chapterPath(work, ids[1].ID)).has(link("prev", 0), link("next", 2))
	guest.opens(chapterPath(work, ids[2].ID)).has(link("prev", 1)).lacks(`rel="next"`)
	guest.get(chapterPath(work, ids[3].ID)).expect(http.StatusNotFound)
	guest.opens(workPath(work, "/index")).lacks("draft", chapterPath(work, ids[3].ID))
	guest.opens(workPath(work, "/entire")).lacks("fourth")
	ada.opens(chapterPath(work, ids[3].ID)).has("A draft of the fourth.")
	other := w.posts(ada.viewer, fields("Elsewhere"))
	guest.get(chapterPath(other, ids[0].ID)).expect(http.StatusNotFound)
}

func TestListsPageAndSort(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		for i := range 23 {
			w.Clock.Pass(time.Minute)
			w.posts(ada.viewer, fields(fmt.Sprintf("Lamp %02d", i)), strings.Repeat("light ", i+1))
		}
		guest := w.guest()
		guest.opens("/works").has("23 works", "Lamp 22", "Lamp 03").lacks("Lamp 02", "since you began")
		guest.opens("/works?page=2").has("Lamp 02", "Lamp 00").lacks("Lamp 03")
		guest.opens("/works?sort=title").has("Lamp 00").lacks("Lamp 22")
		guest.opens("/works?sort=words&page=2").has("Lamp 00", `sort=words`).lacks("Lamp 22")
		for _, page := range []string{"-1", "0", "x", "", "99999999999999999999", "1e3"} {
			guest.opens("/works?page=" + page).has("Lamp 22")
		}
		for _, path := range []string{"/works?page=3", "/works?page=90000&sort=title", "/users/ada?page=7", "/search?q=lamp&page=3"} {
			guest.opens(path).has("There are 2 pages; this is the last.", `aria-current="page" aria-label="Page 2"`).lacks(`rel="next"`)
		}
		guest.opens("/works?page=90000").has(`<link rel="canonical" href="` + w.address + `/works?page=2"`)
		guest.opens("/search?q=nothing&page=3").lacks("this is it", "this is the last")
		guest.opens("/works?page=2&sort=title").has(`<link rel="canonical" href="` + w.address + `/works?page=2"`)
		guest.opens("/works?sort=%27;drop+table+works").has("Lamp 22")
	})
}

// The links of a pager lead through a list as it stood, and what has happened
// since is told. Nothing else carries when a reader began.
func TestAListIsPagedThroughAsItStood(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		var works []int64
		for i := range 43 {
			w.Clock.Pass(time.Minute)
			works = append(works, w.posts(ada.viewer, fields(fmt.Sprintf("Lamp %02d", i))))
		}
		w.Clock.Pass(time.Minute)
		guest := w.guest()
		before := ada.opens("/works").has("as_of")
		w.Clock.Pass(time.Second)
		need(t, "the same list asked again", ada.get("/works", "If-None-Match", before.header.Get("Etag")).status, http.StatusNotModified)
		link := func(a answer, rel string) string {
			t.Helper()
			found := regexp.MustCompile(`rel="` + rel + `" href="([^"]+)"`).FindStringSubmatch(a.body)
			if found == nil {
				t.Fatalf("no link to the %s page in %s", rel, a.body)
			}
			return strings.ReplaceAll(found[1], "&amp;", "&")
		}
		var seconds []string
		for _, list := range []string{"/works", "/users/ada", "/search?q=lamp&sort=updated"} {
			seconds = append(seconds, link(guest.opens(list), "next"))
		}
		w.Clock.Pass(time.Minute)
		w.posts(ada.viewer, fields("A lamp of today"))
		_, err := w.writing.SaveChapter(t.Context(), ada.viewer, writing.ChapterForm{Work: works[22], Fields: archive.ChapterFields{Text: "More."}, Post: true})
		must(t, err)
		w.Clock.Pass(time.Minute)
		for _, second := range seconds {
			a := guest.opens(second).has("Lamp 22", "Lamp 03", "2 works are new or updated since you began.", "Show them.").lacks("Lamp 23", "Lamp 02", "of today")
			guest.opens(link(a, "next")).has("Lamp 02", "Lamp 00").lacks("Lamp 03")
			guest.opens(link(a, "prev")).has("Lamp 42", "Lamp 23").lacks("Lamp 22", "of today")
			need(t, "how many addresses carry it", strings.Count(a.body, "as_of="), strings.Count(a.body[strings.Index(a.body, `class="pager"`):], "as_of="))
		}
		guest.opens("/works?as_of=yesterday").has("This link has lost its place.")
		guest.opens("/works?page=2&as_of=2400-01-01T00:00:00Z&after=x").has("This link has lost its place.").lacks("since you began")
	})
}

func TestTagsLeadToTheirLists(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		f := fields("The Lamp Keepers")
		f.Fandoms, f.Freeforms = []string{"Łódź & the Sea"}, []string{"鬼滅の刃", "a/b?c#d"}
		w.posts(ada.viewer, f)
		guest := w.guest()
		found := guest.get("/tags/fandom/" + url.PathEscape("łódź & the sea")).expect(http.StatusSeeOther)
		guest.opens(found.to()).has("Łódź &amp; the Sea", "The Lamp Keepers", "1 work")
		wrong := guest.get(strings.TrimSuffix(found.to(), "sea") + "land").expect(http.StatusSeeOther)
		need(t, "where a wrong slug leads", wrong.to(), found.to())
		for _, name := range f.Freeforms {
			at := guest.get("/tags/freeform/" + url.PathEscape(name)).expect(http.StatusSeeOther).to()
			guest.opens(at).has("The Lamp Keepers")
		}
		for _, path := range []string{"/tags/fandom/Nothing", "/tags/9999/nothing", "/tags/x/y", "/tags/1", "/tags/0/x"} {
			guest.get(path).expect(http.StatusNotFound)
		}
		guest.opens("/tags/suggest?kind=fandom&q=" + url.QueryEscape("lód")).has("Łódź")
		guest.opens("/tags/suggest?kind=nothing&q=l").has(`"tags":[]`)
	})
}

func TestPenNamesStandUnderTheirAccount(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		must(t, w.accounts.AddPseud(t.Context(), ada.viewer, "Miss Lamp"))
		f := fields("The Lamp Keepers")
		f.Pseuds = []string{"Miss Lamp"}
		work := w.posts(ada.viewer, f)
		guest := w.guest()
		guest.opens(workPath(work)).has(`href="/users/ada/pseuds/Miss%20Lamp"`)
		guest.opens("/users/ada/pseuds/Miss%20Lamp").has("The Lamp Keepers")
		guest.opens("/users/ada/pseuds/ada").lacks("The Lamp Keepers")
		guest.opens("/users/ADA").has("The Lamp Keepers", "Miss Lamp")
		for _, path := range []string{"/users/nobody", "/users/ada/pseuds/nobody", "/users/"} {
			guest.get(path).expect(http.StatusNotFound)
		}
	})
}

package web_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/testkit"
	"ficus/internal/testkit/browser"
	"ficus/internal/web"
	"ficus/internal/writing"
)

// lamps are four works that differ in all that lists are narrowed by.
func (w *world) lamps() (ada *client) {
	w.t.Helper()
	ada = w.member("ada")
	for _, one := range []struct {
		title    string
		words    int
		on       string
		language string
		change   func(*archive.WorkFields)
	}{
		{"Lamp One", 10, "2020-03-01", "en", func(f *archive.WorkFields) { f.Freeforms = []string{"Rain", "Slow burn"} }},
		{"Lamp Two", 20, "2020-06-01", "en", func(f *archive.WorkFields) {
			f.Freeforms, f.Characters, f.Planned = []string{"rain"}, []string{"Ida & sons: the elder"}, 0
		}},
		{"Lamp Three", 30, "2021-01-01", "de", func(f *archive.WorkFields) { f.Freeforms = []string{"Rain", "Wind"} }},
		{"Lamp Four", 40, "2021-06-01", "en", func(f *archive.WorkFields) { f.Fandoms, f.Rating = []string{"Saltlight"}, archive.RatingTeen }},
	} {
		f := fields(one.title)
		f.Language = one.language
		on, err := time.Parse(time.DateOnly, one.on)
		must(w.t, err)
		f.PublishedOn = on
		one.change(&f)
		w.creates(ada.viewer, writing.NewWork{Fields: f, Chapters: []archive.ChapterFields{{Text: strings.TrimSpace(strings.Repeat("word ", one.words))}}})
	}
	return ada
}

var blurbTitles = regexp.MustCompile(`(?s)<h2 class="blurb-title">.*?>(Lamp \w+|A Night \w+)<`)

// lists checks which works a page shows, in their order.
func (a answer) lists(titles ...string) answer {
	a.t.Helper()
	var shown []string
	for _, match := range blurbTitles.FindAllStringSubmatch(a.body, -1) {
		shown = append(shown, strings.TrimPrefix(match[1], "Lamp "))
	}
	if a.status != http.StatusOK || !slices.Equal(shown, titles) {
		a.t.Errorf("%s is answered with %d and shows %q, not %q", a.asked, a.status, shown, titles)
	}
	return a
}

func TestAcceptance43_PageEveryWorkSatisfiesAllAndTheTicksStay(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	g := w.guest()
	g.opens("/works").lists("Four", "Three", "Two", "One")
	g.opens("/works?include=freeform:RAIN&exclude=freeform:Wind&words=5-25").lists("Two", "One")
	narrowed := "/works?complete=true&exclude=freeform%3AWind&include=freeform%3Arain&updated=2020-01-01..2020-12-31&words=5-25"
	g.opens(narrowed).lists("One").
		has(`value="freeform:rain" checked`, `value="freeform:Wind" checked`, `name="words_from" value="5"`, `name="words_to" value="25"`,
			`name="updated_from" value="2020-01-01"`, `name="updated_to" value="2020-12-31"`, `name="complete" value="true" checked`,
			"Remove filter: with rain", "Remove filter: without Wind", "Remove filter: 5–25 words", "Show 1 work<")
	g.opens("/works?complete=false").lists("Two")
	g.opens("/works?language=de").lists("Three")
	g.opens("/works?language=DE").lists("Three").has("Deutsch")
	g.opens("/works?chapters=1").lists("Four", "Three", "Two", "One").has("Remove filter: One chapter", `name="chapters" value="1" checked`)
	g.opens("/works?chapters=2-").lists().has("Remove filter: Several chapters")
	g.opens("/works?chapters=1-3").lists("Four", "Three", "Two", "One").has("Remove filter: 1–3 chapters", `name="chapters" value="1-3" checked`)
	g.opens("/works?crossover=false").lists("Four", "Three", "Two", "One").has("Remove filter: No crossovers", `name="crossover" value="false" checked`)
	g.opens("/works?crossover=true").lists().has("Remove filter: Crossovers only")
	g.opens("/works?fandoms=1").lists("Four", "Three", "Two", "One").has("Remove filter: 1 fandom only", `name="fandoms_from" value="1"`, `name="fandoms_to" value="1"`)
	g.opens("/works?fandoms=-3&include=fandom:Saltlight").lists("Four").has("Remove filter: At most 3 fandoms", `name="fandoms_from" value=""`, `name="fandoms_to" value="3"`)
	g.opens("/works?fandoms=2-").lists().has("Remove filter: At least 2 fandoms", `name="fandoms_from" value="2"`)
	g.opens("/works?fandoms=2-3").lists().has("Remove filter: 2–3 fandoms")
	need(t, "the address", g.get("/works?fandoms_from=&fandoms_to=2").header.Get("Location"), "/works?fandoms=0-2")
	g.opens("/works?words=20").lists("Two").has(`name="words_from" value="20"`, `name="words_to" value="20"`)
	g.opens("/works?q=wind").lists("Three")
	g.opens("/works?user=ada&sort=-title").lists("Two", "Three", "One", "Four")
	g.opens("/works?include=character:Ida+%26+sons:+the+elder").lists("Two")
	rain := g.get("/tags/freeform/rain").header.Get("Location")
	g.opens(rain).lists("Three", "Two", "One")
	g.opens(rain+"?exclude=freeform:wind&sort=words").lists("Two", "One").has("Remove filter: without wind")
	g.opens(rain+"/filters?exclude=freeform:wind").has("Show 2 works", `action="`+rain+`"`)
}

// A writer's works, and those of one of their pen names, are narrowed as all
// lists are; what is anonymous is on none of them, nor counted beside them.
func TestAWritersWorksAreNarrowed(t *testing.T) {
	w := newWorld(t)
	ada := w.lamps()
	must(t, w.accounts.AddPseud(t.Context(), ada.viewer, "Ada by night"))
	f := fields("Lamp Five")
	f.Anonymous, f.Freeforms = true, []string{"Rain", "Untold"}
	w.posts(ada.viewer, f, "Nobody came.")
	f = fields("Lamp Six")
	f.Freeforms, f.Pseuds = []string{"Rain"}, []string{"Ada by night"}
	w.posts(ada.viewer, f, "Nobody came.")
	g := w.guest()
	g.opens("/users/ada").lists("Six", "Four", "Three", "Two", "One").lacks("Untold").has("5 works", "Show 5 works", `action="/users/ada"`, `href="/users/ada/filters"`)
	g.opens("/users/ada?include=freeform:rain&sort=-title").lists("Two", "Three", "Six", "One").has("Remove filter: with rain", "4 works")
	g.opens("/users/ada?include=freeform:untold").lists().has("No work is all of this")
	g.opens("/users/ada?user=ada&words=20").lists("Two")
	g.opens("/users/ada/filters?exclude=freeform:rain").lacks("Untold").has("Show 1 work<", `action="/users/ada"`)
	need(t, "the address", g.get("/users/ada?words_from=20&words_to=").header.Get("Location"), "/users/ada?words=20-")
	g.opens("/users/ada?page=9&words=20").lists("Two").has("There is one page; this is it.")
	g.opens("/users/ada?words=many").lists("Six", "Four", "Three", "Two", "One").has("“many” is no range")
	g.opens("/users/ada/pseuds/Ada%20by%20night").lists("Six").has("1 work<", "Show 1 work<")
	g.opens("/users/ada/pseuds/Ada%20by%20night?exclude=freeform:rain").lists().has("No work is all of this")
	g.opens("/users/ada/pseuds/Ada%20by%20night/filters").has("Show 1 work<", `action="/users/ada/pseuds/Ada%20by%20night"`)
	need(t, "the status", g.get("/users/nobody/filters").status, http.StatusNotFound)
	ada.opens("/users/ada").lists("Six", "Five", "Four", "Three", "Two", "One").has("6 works", "Untold")
}

func TestTheFormOfAListLeadsToAnAddressThatIsRead(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	form := url.Values{
		"q": {""}, "sort": {"updated"}, "with": {"ida & sons: the elder, Rain"}, "without": {"Nobody wrote this"}, "include": {"fandom:Harbour Lights"},
		"words_from": {"5"}, "words_to": {""}, "updated_from": {""}, "updated_to": {"2021-12-31"}, "complete": {""}, "language": {""},
	}
	a := w.guest().get("/works?" + form.Encode())
	to := a.header.Get("Location")
	want := "/works?" + url.Values{
		"include": {"fandom:Harbour Lights", "character:ida & sons: the elder", "freeform:Rain"}, "exclude": {"freeform:Nobody wrote this"},
		"words": {"5-"}, "updated": {"..2021-12-31"},
	}.Encode()
	need(t, "the address", to, want)
	w.guest().opens(to).lists("Two")
}

func TestAcceptance46_PageTagNeverUsedFindsNothing(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	w.guest().opens("/works?include=freeform:Nobody+wrote+this").lists().has("No work is all of this", `href="/works"`, "Remove filter: with Nobody wrote this", "Show 0 works")
	w.guest().opens("/works?exclude=freeform:Nobody+wrote+this").lists("Four", "Three", "Two", "One")
}

func TestAcceptance47_PageListsAndTheirCountsAreForTheViewer(t *testing.T) {
	w := newWorld(t)
	ada := w.lamps()
	f := fields("Lamp Five")
	f.Restricted, f.Freeforms, f.PublishedOn = true, []string{"Rain", "Only here"}, time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)
	w.posts(ada.viewer, f, "Nobody came.")
	w.member("bea").opens("/works?include=freeform:rain").lists("Five", "Three", "Two", "One").has("Only here", "Show 4 works")
	guest := w.guest().opens("/works?include=freeform:rain").lists("Three", "Two", "One").has("Show 3 works")
	if strings.Contains(guest.body, "Only here") {
		t.Error("a guest is told of a tag that stands on a work for members alone")
	}
	// whoever types the tag of such a work is told no more than of one that is none
	a := w.guest().get("/works?with=only+here")
	need(t, "the address", a.header.Get("Location"), "/works?include=freeform%3Aonly+here")
	w.guest().opens("/works?include=freeform:only+here").lists()
}

func TestABadFilterIsAPageThatSaysSo(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	for query, says := range map[string]string{
		"words=many":                       "“many” is no range",
		"words_from=many&words_to=":        "“many” is no range",
		"fandoms_from=&fandoms_to=several": "“several” is no range",
		"fandoms=2-1":                      "Fandoms, from: “2-1” is no range",
		"words=20-10":                      "“20-10” is no range",
		"updated=soon":                     "“soon” are no days",
		"include=colour:red":               "“colour:red” does not begin with a kind of tag",
		"exclude=fandom:":                  "“fandom:” names no tag",
		"complete=yes":                     "“yes” is no answer",
		"crossover=maybe":                  "“maybe” is no answer",
		"chapters=several":                 "Chapters: “several” is no range",
		"sort=shoe-size":                   "“shoe-size” is no order",
		"page=-1":                          "Page: use a number from 1",
		"page=abc":                         "Page: use a number from 1",
		"q=" + strings.Repeat("long", 600): "2,400 characters are more than the 2,000",
		manyConditions(500):                "500 conditions are more than the 64",
		manyConditions(12_000):             "The address of this page is too long",
		"words=%zz":                        "The address of this page is too long",
	} {
		for _, path := range []string{"/works", "/works/filters"} {
			a := w.guest().opens(path + "?" + query)
			if !strings.Contains(a.body, says) {
				t.Errorf("%.60s does not say %q", a.asked, says)
			}
			need(t, "how often it says so at the top", strings.Count(a.body, `role="alert"`), 1)
		}
	}
	w.guest().opens("/works/filters?words_from=many&words_to=").has(`name="words_from" value="many"`, "With these tags")
	need(t, "tags typed with their kinds", w.guest().get("/works?with=Fandom:Harbour+Lights,+colour:red&without=freeform:+rain").header.Get("Location"), "/works?exclude=freeform%3Arain&include=fandom%3AHarbour+Lights&include=freeform%3Acolour%3Ared")
	need(t, "numbers as they are written", w.guest().get("/works?words_from=1,000&words_to=10k").header.Get("Location"), "/works?words=1000-10000")
	w.guest().opens("/works?page=1000000000").has("There is one page; this is it.")
}

func manyConditions(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("include=freeform:" + strconv.Itoa(i) + "&")
	}
	return b.String()
}

func TestAListIsNarrowedByEveryone(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	for name, how := range readers {
		t.Run(name, func(t *testing.T) {
			p := browser.Start(t, w.address, how)
			p.Open("/works")
			switch {
			case how.Phone && how.NoScript:
				p.ClickThrough(".to-filters a")
			case how.Phone:
				p.Click(".to-filters a")
			}
			p.Sees("Show 4 works")
			if !how.Phone { // where the form has a page to itself, fandoms are unfolded
				p.Click(scope(how) + ".kind:has([value='fandom:Harbour Lights']) > summary")
			}
			p.Click(scope(how) + "[name=include][value='fandom:Harbour Lights']")
			if how.NoScript {
				p.Submit("Show 4 works")
			} else {
				p.Sees("Show 3 works")
				p.Submit("Show 3 works")
			}
			p.Sees("3 works")
			p.SeesNot("Lamp Four")
			need(t, "the address", p.Path(), "/works?include=fandom%3AHarbour+Lights")
			p.Axe()
			p.Follow("Remove filter: with Harbour Lights")
			p.Sees("Lamp Four")
		})
	}
}

// scope is where the form stands that a reader uses.
func scope(how browser.Settings) string {
	switch {
	case !how.Phone:
		return ".beside-list "
	case how.NoScript:
		return ".filters "
	}
	return ".drawer "
}

// What is listed while the archive is still being read into memory stays no
// moment longer.
func TestAListWithoutCountsIsNotKept(t *testing.T) {
	kit := testkit.NewWorld(t, testkit.SQLite(t))
	late := catalog.New(kit.Store, archive.DefaultSite(), kit.Clock, slog.New(slog.DiscardHandler))
	must(t, late.Load(t.Context()))
	w := openWorld(t, kit, func(_ *web.Site, rooms *web.Rooms) { rooms.Catalog = late })
	kit.Store.Applied = late.Applied
	w.lamps()
	for range 2 {
		w.guest().opens("/works").lists("Four", "Three", "Two", "One").has("still being read").lacks(`value="freeform:Wind"`)
	}
	w.guest().opens("/works?include=freeform:rain&words=25-").lists("Three")
	late.Fill(t.Context())
	w.guest().opens("/works").lists("Four", "Three", "Two", "One").has(`value="freeform:Wind"`).lacks("still being read")
}

// What was asked for is marked on the works, and nothing else: a tag that was
// left as it is means nothing, and is not taken for that.
func TestOnlyWhatWasAskedForIsMarked(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	w.Write(t, func(ctx context.Context, tx *store.Tx) error {
		wind, err := tx.Sorting.Named(ctx, archive.KindFreeform, "Wind")
		if err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: wind.ID})
		return tx.Sorting.Stand(ctx, wind.ID, archive.TagAsIs, 0)
	})
	marks := func(path string) int { return strings.Count(w.guest().opens(path).body, `class="matched"`) }
	need(t, "marks where nothing was asked", marks("/works"), 0)
	need(t, "marks of a tag", marks("/works?include=freeform:rain"), 3)
	need(t, "marks of one left as it is", marks("/works?include=freeform:wind"), 1)
}

// However a tag is named, without its accents, by a synonym, among words or in an
// OR, it is marked on the works as each of them wrote it.
func TestATagIsMarkedHoweverItIsNamed(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.member("ada")
		for i, tag := range []string{"Café", "coffeehouse", "Kaffee", "Tea"} {
			f := fields(fmt.Sprint("Lamp ", i))
			f.Freeforms = []string{tag}
			w.posts(ada.viewer, f)
		}
		w.Write(t, func(ctx context.Context, tx *store.Tx) error {
			cafe, err := tx.Sorting.Named(ctx, archive.KindFreeform, "Café")
			must(t, err)
			must(t, tx.Sorting.Stand(ctx, cafe.ID, archive.TagCanonical, 0))
			house, err := tx.Sorting.Named(ctx, archive.KindFreeform, "coffeehouse")
			must(t, err)
			tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: cafe.ID})
			tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: house.ID})
			return tx.Sorting.Stand(ctx, house.ID, archive.TagSynonym, cafe.ID)
		})
		marked := regexp.MustCompile(`class="matched"[^>]*>(?:<bdi>)?([^<]+)`)
		for path, want := range map[string]string{
			"/works?include=freeform:Cafe":                "coffeehouse Café",
			"/works?include=freeform:Coffeehouse":         "coffeehouse Café",
			"/search?q=tag:cafe":                          "coffeehouse Café",
			"/search?q=tag:cafe+OR+tag:kaffee&sort=title": "Café coffeehouse Kaffee",
			"/search?q=lamp+(tag:cafe+OR+tag:absinthe)":   "coffeehouse Café",
			"/search?q=lamp+-tag:cafe":                    "",
		} {
			var marks []string
			for _, one := range marked.FindAllStringSubmatch(w.guest().opens(path).body, -1) {
				marks = append(marks, one[1])
			}
			need(t, "what is marked by "+path, strings.Join(marks, " "), want)
		}
	})
}

// The languages a list offers are those of works the viewer may find, so that
// none leaves a trace, and none is offered in vain.
func TestAListOffersTheLanguagesThereAre(t *testing.T) {
	w := newWorld(t)
	ada := w.lamps()
	f := fields("Lamp Five")
	f.Language, f.Restricted = "fr", true
	w.posts(ada.viewer, f)
	german, french, latin := `value="de"`, `value="fr"`, `value="la"`
	w.guest().opens("/works").has(german).lacks(french, latin)
	w.guest().opens("/works?language=la").has(german, latin+` lang="la" selected`).lacks(french)
	ada.opens("/works").has(german, french).lacks(latin)
}

// A rating or warning is called the same in the filters as on the works.
func TestFiltersSayWarningsAsWorksDo(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara := w.member("mara")
		f := fields("Lamp")
		f.Warnings = []string{"none apply"}
		w.posts(mara.viewer, f)
		w.guest().opens("/works/filters").has("<bdi>No warnings apply</bdi>", `value="warning:none apply"`).lacks("<bdi>none apply</bdi>")
		w.guest().opens("/works?include=warning:none+apply").has("with No warnings apply")
		w.guest().get("/works?exclude=warning:none+apply", "Accept-Language", "de").has("ohne Keine Warnungen nötig")
	})
}

// What a member leaves out, mutes or has on their first page is called as on the
// works too.
func TestWarningsThatAreRememberedAreSaidAsWorksDo(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		mara, bea := w.member("mara"), w.member("bea")
		f := fields("Lamp")
		f.Warnings = []string{"none apply"}
		w.posts(mara.viewer, f)
		tag := w.guest().get("/tags/warning/none%20apply").expect(http.StatusSeeOther).to()
		bea.favours(tag)
		for lang, words := range map[string]string{"en": "No warnings apply", "de": "Keine Warnungen nötig"} {
			said := func(path string) answer {
				return bea.get(path, "Accept-Language", lang).expect(http.StatusOK).lacks("<bdi>none apply</bdi>", ">none apply<", ": none apply.")
			}
			said("/account/favourites").has("<bdi>" + words + "</bdi>")
			said("/").has("<bdi>" + words + "</bdi></a> <span")
			said(tag).has(words)
		}
		w.excludes(bea, "none apply")
		for lang, words := range map[string]string{"en": "No warnings apply", "de": "Keine Warnungen nötig"} {
			bea.get("/account/exclusions", "Accept-Language", lang).has("<bdi>" + words + "</bdi>").lacks("<bdi>none apply</bdi>")
			bea.get("/works", "Accept-Language", lang).has(": " + words + ".").lacks(": none apply.")
			bea.get(tag+"/mute", "Accept-Language", lang).has(words).lacks("none apply<")
		}
		bea.post(tag+"/mute", nil).expect(http.StatusSeeOther)
		bea.get("/account/people", "Accept-Language", "de").has("Keine Warnungen nötig").lacks("<bdi>none apply</bdi>")
	})
}

package web_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/testkit/browser"
)

// excludes leaves tags out of every list of a member.
func (w *world) excludes(who *client, names ...string) {
	w.t.Helper()
	need(w.t, "where excluding leads", who.post("/account/exclusions", url.Values{"tags": {strings.Join(names, ", ")}}).to(), "/account/exclusions")
}

// What a member leaves out is in none of their lists: not in totals, pages,
// facets, searches, the first page, the fandoms or what is offered to who types.
// Each says so by name, and one switch shows the rest, kept from page to page
// and from order to order.
func TestAcceptance83_DefaultExclusionsAreAppliedAndSaid(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ada := w.lamps()
		bea, cal := w.member("bea"), w.member("cal")
		rain := w.guest().get("/tags/freeform/rain").to()

		a := bea.opens("/works?exclude=freeform:rain&sort=title").lists("Four").has("Leave these out of every list", `name="to" value="/works?sort=title"`)
		a.lacks("Your exclusions")
		need(t, "where it leads", bea.post("/account/exclusions", url.Values{"exclude": {"freeform:rain"}, "to": {"/works?sort=title"}}).to(), "/works?sort=title")
		bea.opens("/works").lists("Four").has("1 work<", "Your exclusions keep 3 works out: Rain.", `href="/works?rest=true"`, "Show the rest", "/account/exclusions").lacks(">Wind<", "Slow burn")
		bea.opens("/works?rest=true").lists("Four", "Three", "Two", "One").has("Your exclusions would keep 3 works out: Rain.", `href="/works"`, `href="/works?rest=true&amp;sort=title"`, `name="rest" value="true"`)
		bea.opens("/").has("Lamp Four", "Saltlight", "Your exclusions keep 3 works out: Rain.", `href="/?rest=true"`).lacks("Lamp One", "Harbour Lights")
		bea.opens("/?rest=true").has("Lamp One", "Harbour Lights", "would keep 3 works out")
		bea.opens("/fandoms").has("Your exclusions keep 3 works out: Rain.", `href="/fandoms?rest=true"`).lacks("Harbour Lights")
		bea.opens("/fandoms?rest=true").has("Harbour Lights", `href="/fandoms"`)
		bea.opens("/users/ada").lists("Four").has("1 work<", "Your exclusions keep 3 works out: Rain.")
		bea.opens("/users/ada?rest=true").lists("Four", "Three", "Two", "One")
		bea.opens("/search?q=lamp").has("1 work<", "Your exclusions keep 3 works out: Rain.", "rest=true").lacks("Lamp One")
		bea.opens("/works/filters?language=de").has("Show 0 works")
		bea.opens("/works/filters?language=de&rest=true").has("Show 1 work<", `name="rest"`)
		bea.opens("/works?include=fandom:saltlight").lists("Four").lacks("Your exclusions")
		bea.opens("/tags/suggest?q=wind").has(`{"name":"Wind","works":0}`)
		bea.opens("/tags/suggest?q=rain").has(`{"name":"Rain","works":3}`)

		// What is asked for by name is shown, and what they sign themselves.
		bea.opens(rain).lists("Three", "Two", "One").lacks("Your exclusions")
		bea.opens("/works?include=freeform:RAIN").lists("Three", "Two", "One")
		bea.opens("/search?q=freeform:rain").has("Lamp One")
		bea.opens("/search?q=-freeform:wind").lacks("Lamp One")
		w.excludes(ada, "Rain")
		ada.opens("/users/ada").lists("Four", "Three", "Two", "One").lacks("Your exclusions")
		ada.opens("/works").lists("Four").has("Your exclusions keep 3 works out")

		// Nobody else's lists are other than they were.
		for _, who := range []*client{cal, w.guest()} {
			who.opens("/works").lists("Four", "Three", "Two", "One").lacks("Your exclusions")
			who.opens("/works?rest=true").lists("Four", "Three", "Two", "One")
		}
		w.guest().opens("/works?exclude=freeform:rain").lists("Four").lacks("Leave these out")

		// They are listed, and each can be taken back; ratings can be left out too.
		w.excludes(bea, archive.RatingTeen, "wind")
		bea.opens("/works").lists().has("Your exclusions keep 4 works out: Rain, Teen", "Wind.")
		page := bea.opens("/account/exclusions").has(rain, "Rating", "Wind")
		id := digits.FindString(rain)
		page.has(fmt.Sprintf(`name="drop" value="%s"`, id))
		need(t, "taken back", bea.post("/account/exclusions", url.Values{"drop": {id}}).status, http.StatusSeeOther)
		need(t, "twice", bea.post("/account/exclusions", url.Values{"drop": {id}}).status, http.StatusSeeOther)
		bea.opens("/works").lists("Two", "One").has("Your exclusions keep 2 works out: Teen and Wind.")
	})
}

// A list from the tables, while works are being read, leaves out the same and
// says the same.
func TestAcceptance83_ListsFromTheTablesLeaveOutAsMuch(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.lamps()
		bea := w.member("bea")
		w.excludes(bea, "Rain")
		late := catalog.New(w.Store, archive.DefaultSite(), w.Clock, slog.New(slog.DiscardHandler))
		must(t, late.Load(t.Context()))
		for rest, want := range map[catalog.Rest]int{catalog.LeftOut: 1, catalog.Shown: 4} {
			l, err := late.List(t.Context(), bea.viewer, catalog.Filter{PerPage: 10, Rest: rest})
			must(t, err)
			if l.IsCounted || l.Total != want || l.KeptOut.Works != 3 || len(l.KeptOut.Tags) != 1 {
				t.Errorf("%d works, %+v kept out", l.Total, l.KeptOut)
			}
		}
		offered, err := late.Suggest(t.Context(), bea.viewer, catalog.Typed{Text: "wind"})
		must(t, err)
		if len(offered) != 1 || offered[0].Works != 0 {
			t.Errorf("%+v is offered", offered)
		}
	})
}

// What cannot be left out is said in a sentence, and nothing typed is lost.
func TestAcceptance83_WhatCannotBeLeftOutIsSaid(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	bea := w.member("bea")
	a := bea.post("/account/exclusions", url.Values{"tags": {"Rain, Nobody Wrote This, character:Nor This"}})
	need(t, "the status", a.status, http.StatusUnprocessableEntity)
	a.has("has the tag “Nobody Wrote This”", "has the tag “Nor This”", "Rain, Nobody Wrote This, character:Nor This</textarea>")
	bea.opens("/account/exclusions").has("Nothing.")
	cal := w.member("cal")
	cal.post("/account/exclusions", url.Values{"tags": {"rating:General, character:ida & sons: the elder"}}).expect(http.StatusSeeOther)
	cal.opens("/account/exclusions").has(">General<", ">Ida &amp; sons: the elder<")
	cal.opens("/works").lists("Four")
	a = bea.post("/account/exclusions", url.Values{"exclude": {"freeform:nobody", "colour:blue"}, "to": {"//elsewhere.example"}})
	need(t, "the status", a.status, http.StatusUnprocessableEntity)
	need(t, "of nothing", bea.post("/account/exclusions", url.Values{"drop": {"all"}}).status, http.StatusNotFound)
	need(t, "of a guest", w.guest().post("/account/exclusions", url.Values{"tags": {"Rain"}}).status, http.StatusUnauthorized)
	most := archive.DefaultLimits().Excluded
	f := fields("Many")
	for i := range most {
		f.Freeforms = append(f.Freeforms, "tag "+strconv.Itoa(i))
	}
	w.posts(w.member("dot").viewer, f)
	w.excludes(bea, f.Freeforms...)
	a = bea.post("/account/exclusions", url.Values{"tags": {"Rain"}})
	need(t, "the status", a.status, http.StatusUnprocessableEntity)
	a.has(fmt.Sprintf("There is room for %d tags", most))
	bea.opens("/works").has("tag 0, tag 1,", "and "+strconv.Itoa(most-8)+" other tags.")
}

// TestExclusionsAreMadeOnAPhone walks from a list to its switch and back,
// without script.
func TestExclusionsAreMadeOnAPhone(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	w.member("bea")
	p := w.reads(browser.Settings{Phone: true, Narrow: true, NoScript: true})
	signIn(p, "bea")
	narrow := func() {
		if wide := browser.Ask[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
			t.Errorf("%s is %d pixels too wide", p.Path(), wide)
		}
		p.Axe()
	}
	p.Open("/works?exclude=freeform:rain")
	p.Look("exclusions-offered")
	narrow()
	p.Submit("Leave these out of every list")
	p.Sees("Your exclusions keep 3 works out: Rain.")
	p.Look("exclusions-applied")
	narrow()
	p.Follow("Show the rest")
	p.Sees("would keep 3 works out")
	p.Follow("Change that")
	p.Sees("Left out now")
	p.Look("exclusions")
	narrow()
	p.Submit("Show again")
	p.Sees("Nothing.")
}

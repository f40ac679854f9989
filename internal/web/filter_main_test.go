package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/testkit/browser"
)

// couples are works that differ in which of their relationships they are about.
func (w *world) couples() {
	w.t.Helper()
	ada := w.member("ada")
	for title, change := range map[string]func(*archive.WorkFields){
		"Lamp One": func(f *archive.WorkFields) {
			f.Relationships, f.MainTags = []string{"Ida/Tom", "Una & Tom"}, []string{"Ida/Tom"}
		},
		"Lamp Two":  func(f *archive.WorkFields) { f.Relationships = []string{"Ida/Tom"} },
		"Lamp Four": func(f *archive.WorkFields) { f.Freeforms = []string{"Rain"} },
	} {
		f := fields(title)
		change(&f)
		w.posts(ada.viewer, f, "Nobody came.")
	}
}

// One tick has the relationships that are chosen be main ones; the address says
// of each, and so do the filters over the list.
func TestAListIsNarrowedByMainRelationships(t *testing.T) {
	w := newWorld(t)
	w.couples()
	g := w.guest()
	const tick, ticked = `name="main_only" value="true">`, `name="main_only" value="true" checked>`
	g.opens("/works?include=relationship:Ida/Tom&sort=title").lists("One", "Two").has(tick).lacks(ticked)
	sent := g.get("/works?include=relationship:Ida/Tom&include=freeform:Rain&with=Una+%26+Tom&main_only=true").header.Get("Location")
	need(t, "the address", sent, "/works?include=freeform%3ARain&main=relationship%3AIda%2FTom&main=relationship%3AUna+%26+Tom")
	need(t, "the address without a relationship", g.get("/works?include=freeform:Rain&main_only=true").header.Get("Location"), "/works?include=freeform%3ARain")
	g.opens("/works?main=relationship:ida/tom").lists("One").
		has("Remove filter: ida/tom as a main relationship", ticked, `name="include" value="relationship:ida/tom" checked`, "Show 1 work<").lacks(`name="main" value`)
	both := "/works?main=relationship:Ida/Tom&include=relationship:Una+%26+Tom"
	g.opens(both).lists("One").has(tick, `name="main" value="relationship:Ida/Tom"`, "Remove filter: with Una &amp; Tom").lacks(ticked)
	g.opens("/works/filters?kind=relationship&main=relationship:Ida/Tom&words=1-").has(ticked, `name="words" value="1-"`, "Show 1 work<").lacks(`name="main" value`)
	g.opens("/works/filters?kind=freeform&main=relationship:Ida/Tom").has(`name="main" value="relationship:Ida/Tom"`).lacks("main_only")
	need(t, "the address", g.get("/works/filters?kind=relationship&include=relationship:Ida/Tom&main_only=true").header.Get("Location"), "/works/filters?kind=relationship&main=relationship%3AIda%2FTom")
	g.opens("/works?main=fandom:Harbour+Lights").has("“fandom:Harbour Lights” is no relationship. Write it as relationship:Name.")
	g.opens("/works?main=relationship:Ida/Tomm").lists().has("No tag here is called “Ida/Tomm”", `href="/works?main=relationship%3AIda%2FTom"`)
	g.opens(searching(`main:"Ida/Tom"`)).lists("One").has("Remove filter: Ida/Tom as a main relationship")

	form := url.Values{"all": {"lamp"}, "main_tags": {"Ida/Tom, Una & Tom"}, "with": {"Ida/Tom"}}
	to := g.get("/search/advanced?" + form.Encode()).expect(http.StatusSeeOther).to()
	asked, err := url.Parse(to)
	must(t, err)
	need(t, "the query", asked.Query().Get("q"), `lamp relationship:Ida/Tom main:Ida/Tom main:"Una & Tom"`)
	g.opens("/search/advanced?"+asked.RawQuery).has("Ida/Tom, Una &amp; Tom</textarea>", `name="q" value=""`)
}

// The tick works for everyone, and what was counted beside it is what is shown.
func TestMainRelationshipsAreTickedByEveryone(t *testing.T) {
	w := newWorld(t)
	w.couples()
	for name, how := range readers {
		t.Run(name, func(t *testing.T) {
			p := browser.Start(t, w.address, how)
			p.Open("/works/filters?include=relationship:Ida/Tom")
			p.Sees("Show 2 works")
			p.Click("[name=main_only]")
			if how.NoScript {
				p.Submit("Show 2 works")
			} else {
				p.Sees("Show 1 work")
				p.Submit("Show 1 work")
			}
			p.Sees("Lamp One")
			p.SeesNot("Lamp Two")
			need(t, "the address", p.Path(), "/works?main=relationship%3AIda%2FTom")
			p.Axe()
			p.Open("/works/filters?main=relationship:Ida/Tom")
			p.Axe()
			p.Click("[name=main_only]")
			p.Submit(map[bool]string{true: "Show 1 work", false: "Show 2 works"}[how.NoScript])
			p.Sees("Lamp Two")
			need(t, "the address", strings.HasSuffix(p.Path(), "/works?include=relationship%3AIda%2FTom"), true)
		})
	}
}

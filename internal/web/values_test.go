package web_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
	"ficus/internal/testkit/browser"
	"ficus/internal/writing"
)

// manyTags posts works with more canonical freeforms than a page has values:
// each work has twenty of its own, and the first of them stands on all works.
func (w *world) manyTags(works int) (ada *client) {
	w.t.Helper()
	ada = w.member("ada")
	for i := range works {
		f := fields("Lamp " + strconv.Itoa(i))
		f.Freeforms = []string{"Rain"}
		for j := range 20 {
			f.Freeforms = append(f.Freeforms, fmt.Sprintf("Sort %d.%02d", i, j))
		}
		if i == 0 {
			f.Freeforms = append(f.Freeforms, "Énormément triste", "Slow burn")
		}
		w.creates(ada.viewer, writing.NewWork{Fields: f, Chapters: []archive.ChapterFields{{Text: "Nobody came."}}})
	}
	w.sortsAll()
	return ada
}

// sortsAll makes every freeform there is a canonical.
func (w *world) sortsAll() {
	w.t.Helper()
	w.Write(w.t, func(ctx context.Context, tx *store.Tx) error {
		for id := int64(1); id < 400; id++ {
			tag, err := tx.Sorting.Find(ctx, id)
			if err != nil {
				return nil //nolint:nilerr // there are no more
			}
			if tag.Kind == archive.KindFreeform {
				tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: tag.ID})
				if err := tx.Sorting.Stand(ctx, tag.ID, archive.TagCanonical, 0); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// All values of a kind are shown, a page at a time, with what they count for
// the viewer; what is ticked stays.
func TestAllValuesOfAKindAreShown(t *testing.T) {
	w := newWorld(t)
	ada := w.manyTags(11) // 1 + 11·20 + 2 values
	f := fields("Lamp 11")
	f.Restricted, f.Freeforms = true, []string{"Rain", "Only here"}
	w.posts(ada.viewer, f, "Nobody came.")
	w.sortsAll()
	g := w.guest()
	g.opens("/works").has(`name="kind" value="freeform" formaction="/works/filters"`, "More: Tag", `<option value="author">Author</option>`).lacks("More: Rating")
	sent := g.get("/works/filters?q=&sort=updated&include=freeform:Rain&exclude=freeform:Slow+burn&with=&without=Wind&words_from=&words_to=9&updated_from=&updated_to=&complete=&chapters=&crossover=&language=&kind=freeform")
	need(t, "where the form of a list leads", sent.header.Get("Location"), "/works/filters?exclude=freeform%3ASlow+burn&exclude=freeform%3AWind&include=freeform%3ARain&kind=freeform&words=0-9")
	first := g.opens("/works/filters?kind=freeform&exclude=freeform:Rain&include=freeform:nothing")
	first.has("No work is all of this", "Remove filter: without Rain", "Remove filter: with nothing", "Show 0 works", `value="freeform:Rain" checked`)
	first = g.opens("/works/filters?kind=freeform&words=1-&include=fandom:Harbour+Lights")
	first.has("223 to choose from", "Page 1 of 2", "Show 11 works", `name="words" value="1-"`, `name="include" value="fandom:Harbour Lights"`, `value="freeform:Rain"`).lacks("Only here")
	need(t, "values on the first page", strings.Count(first.body, `name="include" value="freeform:`), catalog.MostFacets)
	second := g.opens("/works/filters?kind=freeform&values=2&include=freeform:Slow+burn")
	second.has("Show 1 work<").lacks("Page 1")
	second = g.opens("/works/filters?kind=freeform&values=2&exclude=freeform:Slow+burn").has("Page 2 of 2", `value="freeform:Slow burn" checked`)
	last := g.opens("/works/filters?kind=freeform&values=99")
	last.has("Page 2 of 2")
	need(t, "values on the last page", strings.Count(last.body, `name="include" value="freeform:`), 23)
	for i := range 20 {
		if all := first.body + last.body; !strings.Contains(all, fmt.Sprintf("Sort 10.%02d", i)) {
			t.Errorf("the value %d is on no page", i)
		}
	}
	ada.opens("/works/filters?kind=freeform&begins=only").has("1 to choose from", "Only here", "Show 12 works")
	g.opens("/works/filters?kind=freeform&begins=only").has("0 to choose from", "Show 11 works").lacks("freeform:Only here")
	g.opens("/works/filters?kind=freeform&begins=tri+enor&include=freeform:Rain").has("1 to choose from", "Énormément triste", `value="freeform:Rain" checked`).lacks("Slow burn")
	g.opens("/works/filters?kind=freeform&begins=riste").has("0 to choose from")
	need(t, "the address of the list", g.get("/works?kind=freeform&begins=slow&include=freeform:Rain&values=2").header.Get("Location"), "/works?include=freeform%3ARain")
	need(t, "the address", g.get("/works/filters?kind=freeform&begins=slow&words_from=5&words_to=").header.Get("Location"), "/works/filters?begins=slow&kind=freeform&words=5-")
	g.opens("/works/filters?kind=freeform&words=many").has("“many” is no range", "223 to choose from")
	g.opens("/users/ada/filters?kind=fandom").has("Harbour Lights", `formaction="/users/ada"`)
	g.opens("/search/filters?kind=freeform&q=lamp").has("223 to choose from", `name="q" value="lamp"`, `formaction="/search"`)
	need(t, "where the whole form is", g.get("/works/filters?kind=freeform&begins=slow&values=left&include=freeform:Rain&words=1-").header.Get("Location"), "/works/filters?include=freeform%3ARain&words=1-")
	g.opens("/works/filters?kind=freeform&values=left&words=many").has("“many” is no range", "223 to choose from")
	need(t, "where no such kind leads", g.get("/works/filters?kind=colour").header.Get("Location"), "/works")
}

func TestAllValuesOfAKindAreTickedByEveryone(t *testing.T) {
	w := newWorld(t)
	w.manyTags(11)
	for name, how := range readers {
		t.Run(name, func(t *testing.T) {
			p := browser.Start(t, w.address, how)
			p.Open("/works/filters?exclude=freeform:Slow+burn")
			p.Axe()
			p.Click("[name=include][value='freeform:Rain']") // is not sent yet, and goes along
			p.Fill("Search within", "lamp")
			p.ClickThrough(".filters button[name=kind][value=freeform]")
			p.Sees("Show 10 works")
			p.Axe()
			need(t, "what goes along", p.Count("[name=include][value='freeform:Rain']:checked, [name=q][value=lamp], [name=exclude][value='freeform:Slow burn']"), 3)
			p.Submit("Next")
			p.Sees("Page 2 of 2")
			p.Sees("Show 10 works")
			p.Fill("A word of it begins with", "sort 3.1")
			p.Submit("Search")
			p.Sees("10 to choose from")
			p.Click("[name=include][value='freeform:Sort 3.10']")
			if !how.NoScript {
				p.Sees("Show 1 work")
				p.Submit("Show 1 work")
			} else {
				p.Submit("Show 10 works")
			}
			p.Sees("Lamp 3")
			p.SeesNot("Lamp 4")
			need(t, "the address", p.Path(), "/works?exclude=freeform%3ASlow+burn&include=freeform%3ARain&include=freeform%3ASort+3.10&q=lamp")

			p.Open("/works/filters?kind=freeform&q=lamp")
			p.Click("[name=include][value='freeform:Rain']")
			p.Submit("All filters")
			p.Sees("Show 11 works")
			need(t, "the whole form", p.Path(), "/works/filters?include=freeform%3ARain&q=lamp")

			p.Open("/works/filters")
			p.Fill("Search within", "lamp")
			p.Enter()
			p.Sees("Lamp 3")
			need(t, "where Enter in a field leads", strings.HasPrefix(p.Path(), "/works?"), true)
		})
	}
}

// A search that a ticked box leaves empty says what was ticked, and not that
// the words are to blame.
func TestASearchEmptiedByATickSaysSo(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	g := w.guest()
	g.opens("/search?q=lamp&include=freeform:Wind&complete=false").lists().
		has("No work is all of this", "Remove filter: with Wind", "Remove filter: In progress", "Remove filter: “lamp” within", `href="/search?q=lamp"`).lacks("Fewer or shorter words")
	g.opens("/search?q=nobody").lists().has("Fewer or shorter words find more").lacks("No work is all of this")
	g.opens("/search?q=kudos%3E5").lists().has("No work is all of this").lacks("Fewer or shorter words")
}

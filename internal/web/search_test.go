package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"ficus/internal/testkit/browser"
)

func searching(query string) string { return "/search?" + url.Values{"q": {query}}.Encode() }

func TestAcceptance44_PageEveryPartOfAQueryIsHonouredAndShown(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	g := w.guest()
	g.opens(searching(`rain "harbour lights" -wind words>5 sort:words`)).lists("Two", "One").
		has("Remove filter: “rain” within", "Remove filter: “harbour lights” within", "Remove filter: without “wind”", "Remove filter: 6+ words", "2 works<",
			`value="rain &#34;harbour lights&#34; -wind words&gt;5 sort:words"`, `aria-current="true">Longest<`)
	g.opens(searching("lamp")).lists("Four", "Three", "Two", "One").has(`aria-current="true">Best match<`)
	g.opens(searching("title:two OR wind kudos:0 posted:2020.. updated:>1y")).lists("Two", "Three").
		has("Remove filter: title:two OR wind", "0 kudos", "posted 2020-01-01", "updated at least 1 year ago")
	g.opens(searching("author:ada -complete:yes")).lists("Two").has("Remove filter: by ada")
	g.opens(searching(`fandom:Saltlight`)).lists("Four").has("Remove filter: with Saltlight")
	// The rest of a query stands when a part of it is taken away.
	a := g.opens(searching("rain wind"))
	a.has(`href="/search?q=rain"`, `href="/search?q=wind"`, `href="/search"`)
	// An order that is chosen stays, also the one that is usual elsewhere.
	g.opens("/search?q=lamp&sort=updated").lists("Four", "Three", "Two", "One").has(`aria-current="true">Latest chapter<`)
}

func manyTags(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("fandom:" + strconv.Itoa(i) + " ")
	}
	return b.String()
}

func TestAcceptance45_PageABrokenQueryIsOneSentenceAndKeepsItsText(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	for query, says := range map[string]string{
		`lamp "half past`:                      "At character 6 a quotation mark opens that is not closed.",
		"lamp words> kudos":                    "After “words&gt;” at character 6 a number is missing.",
		"lamp (rope":                           "At character 6 a bracket opens that is not closed.",
		"lamp OR":                              "After “OR” at character 6 something is missing.",
		"lamp sort:size":                       "“sort:size” at character 6 is no order.",
		manyTags(70) + "b":                     "71 conditions are more than the 64 a list takes.",
		strings.Repeat("fandom:a OR ", 10_000): "are more than the 2,000 that fit",
		strings.Repeat("\"", 1_000_000):        "are more than the 2,000 that fit",
	} {
		a := w.guest().get(searching(query))
		if len(query) > 900_000 && a.status == http.StatusRequestHeaderFieldsTooLarge {
			continue // the server reads no such address
		}
		a.expect(http.StatusOK).has(says).lacks("Lamp One", "Lamp Four")
		if shown := strings.Count(a.body, "a list takes") + strings.Count(a.body, "at character") + strings.Count(a.body, "At character") + strings.Count(a.body, "fit"); shown > 2 {
			t.Errorf("%.30q is answered with %d sentences", query, shown)
		}
	}
	for _, blank := range []string{"*", "()", "-"} {
		w.guest().opens(searching(blank)).has("What you typed has no word to search for.", `value="`+blank+`"`).lacks("Lamp One")
	}
	need(t, "an order alone", w.guest().get(searching("sort:kudos")).to(), "/works?sort=kudos")
	w.guest().opens(searching(`lamp "half past`)).has(`value="lamp &#34;half past"`, `href="#q"`, `lamp <mark>&#34;</mark>half past`)
	for page, says := range map[string]string{
		"-1": "Page: use a number", "abc": "Page: use a number", "99999999999999": "Page: use a number", "1000000000": "There is one page; this is it.",
	} {
		w.guest().opens("/search?q=lamp&page=" + page).has(says)
	}
}

func TestAFieldThatIsNoneIsSaid(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.posts(w.member("mara").viewer, fields("Foo: bar"))
		g := w.guest()
		g.opens(searching("foo:bar")).has(">Foo: bar<", "There is no field “foo”: “foo:bar” was sought as it stands.", `value="foo:bar"`).lacks("Near it")
		g.opens(searching(`lamp autor:mara`)).lists().has("There is no field “autor”: “autor:mara” was sought as it stands.", "Near it:", `<a href="/search?q=lamp+author%3Amara"><bdi>author:</bdi></a>`)
		g.opens("/works?"+url.Values{"q": {"fandm:lights"}, "words": {"1-"}, "page": {"2"}}.Encode()).has("There is no field “fandm”", `href="/works?q=fandom%3Alights&amp;words=1-"`)
		g.get(searching("foo:bar"), "Accept-Language", "de").has("Ein Feld „foo“ gibt es nicht; gesucht wurde „foo:bar“, wie es da steht.")
		g.opens(searching(`"foo:bar"`)).has(">Foo: bar<").lacks("no field")
		g.opens(searching("title:foo")).has(">Foo: bar<").lacks("no field")
		g.opens(searching("foo:bar (")).lacks("no field")
	})
}

func TestAcceptance47_PageWhatIsFoundIsForTheViewer(t *testing.T) {
	w := newWorld(t)
	ada := w.lamps()
	f := fields("Lamp Five")
	f.Restricted, f.Freeforms = true, []string{"Only here"}
	w.posts(ada.viewer, f, "Nobody came.")
	hidden := fields("Lamp Six")
	hidden.Anonymous = true
	w.posts(ada.viewer, hidden, "Nobody came.")
	w.member("bea").opens(searching("lamp")).has("Lamp Five", "6 works<")
	w.guest().opens(searching("lamp")).has("5 works<").lacks("Lamp Five", "Only here")
	for _, query := range []string{`"only here"`, "title:five", `tag:"only here" OR title:five`} {
		w.guest().opens(searching(query)).has("0 works<").lacks("Lamp Five")
	}
	w.guest().opens(searching("author:ada lamp")).has("4 works<").lacks("Lamp Six")
	ada.opens(searching("author:ada lamp")).has("6 works<")
}

// The form with more fields writes what the one field takes, and reads it.
func TestTheAdvancedFormWritesTheGrammar(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	g := w.guest()
	form := url.Values{
		"all": {"lamp keeper's"}, "phrase": {"half past"}, "any": {"cat dog"}, "none": {"wind"}, "title": {"two"}, "author": {"ada b"}, "text": {"lit at  six"},
		"with": {"rain"}, "without": {"Wind"}, "words_from": {"5"}, "words_to": {""}, "kudos_from": {"1"}, "kudos_to": {"9"}, "posted_from": {"2020-01-01"},
		"complete": {"false"}, "language": {"en"}, "sort": {"kudos"}, "q": {"hits:3-"}, "fandoms_from": {""}, "fandoms_to": {"2"},
	}
	to := g.get("/search/advanced?" + form.Encode()).expect(http.StatusSeeOther).to()
	asked, err := url.Parse(to)
	must(t, err)
	need(t, "the query", asked.Query().Get("q"),
		`lamp keeper's "half past" cat OR dog -wind title:two author:"ada b" text:"lit at six" hits:3- kudos:1-9 posted:2020-01-01.. freeform:rain -freeform:Wind words:5- fandoms<=2 complete:no language:en sort:kudos`)
	need(t, "where it leads", asked.Path, "/search")
	g.opens("/search/advanced?"+asked.RawQuery).has(`name="all" value="lamp keeper&#39;s"`, `name="none" value="wind"`, `name="title" value="two"`, `name="text" value="lit at six"`,
		`value="5"`, `name="complete" value="false" checked`, "kudos:1-9", "rain</textarea>", `name="fandoms_from" value=""`, `name="fandoms_to" value="2"`).lacks("fandoms&lt;=2")
	form = url.Values{"all": {"lamp"}, "kudos_from": {"many"}, "words_from": {"x"}}
	g.opens("/search/advanced?"+form.Encode()).has("“many” is no range", "“x” is no range", `name="all" value="lamp"`)
	g.opens("/search/advanced?x=%zz").has("is too long or broken")
	g.opens("/works?words=9-3&fandoms=several&updated=soon..later").has("“9-3” is no range", `name="words_from" value="9"`, `name="words_to" value="3"`, `name="fandoms_from" value="several"`, `name="fandoms_to" value=""`, `name="updated_to" value="later"`)
	g.opens("/works?words_from=9&words_to=3&updated_to=soon").has("“9-3” is no range", "“soon” are no days")
	g.opens("/works?words=many").has("“many” is no range")
}

// A search by hand, on phones and desks, with scripts and without.
func TestSearchIsUsedByEveryone(t *testing.T) {
	w := newWorld(t)
	w.lamps()
	for name, how := range readers {
		t.Run(name, func(t *testing.T) {
			p := browser.Start(t, w.address, how)
			p.Open("/search")
			p.Sees("How to search")
			p.Axe()
			p.Fill("Words, “phrases”", `rain "harbour`)
			p.Submit("Search")
			p.Sees("a quotation mark opens that is not closed")
			need(t, "what stands in the field", p.Value("Words, “phrases”"), `rain "harbour`)
			p.Axe()
			p.Fill("Words, “phrases”", `rain "harbour lights" -wind`)
			p.Submit("Search")
			p.Sees("2 works")
			p.SeesNot("Lamp Three")
			if wide := browser.Ask[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
				t.Errorf("the page is %d pixels too wide", wide)
			}
			p.Axe()
			p.Follow("Remove filter: without “wind”")
			p.Sees("3 works")
			p.Follow("Advanced search")
			p.Fill("None of these words", "wind")
			p.Axe()
			p.Submit("Search")
			p.Sees("2 works")
			need(t, "the address", p.Path(), "/search?q=rain+%22harbour+lights%22+-wind")
		})
	}
}

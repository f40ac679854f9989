package catalog_test

import (
	"fmt"
	"math"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/catalog/grammar"
	"ficus/internal/store"
)

// drawQuery is anything that stands in the query of a filter.
func drawQuery(t *rapid.T) catalog.Query {
	var q catalog.Query
	maybe := func(what string) bool { return rapid.IntRange(0, 3).Draw(t, what) == 0 }
	if maybe("seeks words") {
		q.Sought = drawSought(t, 3)
		parts := []store.Sought{q.Sought}
		if q.Sought.Join == store.All {
			parts = q.Sought.Of
		}
		for _, part := range parts { // such a tag is included or excluded
			if part.In == store.InTag || part.Join == store.Not && part.Of[0].In == store.InTag {
				q.Sought = store.Sought{Words: "lamp"}
			}
		}
	}
	for _, by := range []store.Sort{store.SortHits, store.SortKudos, store.SortComments} {
		if maybe("asks for " + string(by)) {
			if q.Figures == nil {
				q.Figures = map[store.Sort]store.Span{}
			}
			least := rapid.Int64Range(0, 5).Draw(t, "least")
			q.Figures[by] = store.Span{Least: least, Most: rapid.SampledFrom([]int64{least, least + 9, math.MaxInt64}).Draw(t, "most")}
		}
	}
	if maybe("asks for dates") {
		from := time.Date(2020, time.January, rapid.IntRange(1, 40).Draw(t, "from"), 0, 0, 0, 0, time.UTC)
		q.Posted = rapid.SampledFrom([]*catalog.Days{{From: from}, {To: from}, {From: from, To: from.AddDate(1, 0, 0)}}).Draw(t, "dates")
	}
	for _, age := range []*grammar.Age{&q.UpdatedAgo.Within, &q.UpdatedAgo.Beyond, &q.PostedAgo.Within, &q.PostedAgo.Beyond} {
		if maybe("asks for an age") {
			*age = grammar.Age{Count: rapid.IntRange(1, 20).Draw(t, "count"), Unit: rapid.SampledFrom([]byte("dwmy")).Draw(t, "unit")}
		}
	}
	return q
}

// A filter that is written as a query reads as the filter it was.
func TestAFilterIsReadAsItsGrammar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFilter(t)
		read, problems := catalog.ReadFilter(url.Values{
			"q": {f.Grammar()}, "page": {fmt.Sprint(f.Page)}, "per_page": {fmt.Sprint(f.PerPage)}, "facets": {fmt.Sprint(f.Facets)},
		})
		if len(problems) > 0 || !reflect.DeepEqual(read, f) {
			t.Fatalf("%s\nis read as %+v\nand was %+v\n%v", f.Grammar(), read, f, problems)
		}
	})
}

// What is typed by hand reads as what it means, and is written so that it reads
// the same.
func TestQueriesMean(t *testing.T) {
	for _, c := range []struct{ query, q, values string }{
		{"lamp  rope", "lamp rope", ""},
		{`"half past" -rope words>1000 sort:kudos`, `"half past" -rope`, "sort=kudos&words=1001-"},
		{`fandom:"Harbour Lights" -character:Ida tag:rain`, "", "exclude=character%3AIda&include=fandom%3AHarbour+Lights&include=tag%3Arain"},
		{"fandom:a OR fandom:b", "fandom:a OR fandom:b", ""},
		{"lamp (cat OR dog) -(a b)", "lamp cat OR dog -(a b)", ""},
		{"words>10 words<20 kudos:10- kudos:-50", "kudos:10-50", "words=11-19"},
		{"language:de OR language:en complete:no", "", "complete=false&language=de&language=en"},
		{"language:German", "", "language=de"}, {"language:deutsch", "", "language=de"}, {"language:DEUTSCH OR language:Englisch", "", "language=de&language=en"}, {"lang:FRANCAIS", "", "language=fr"},
		{"language:日本語", "", "language=ja"}, {"language:Chinese", "", "language=zh-Hans&language=zh-Hant"}, {`language:"Simplified Chinese"`, "", "language=zh-Hans"}, {"language:Norwegian", "", "language=nb&language=nn"},
		{"language:Portugiesisch", "", "language=pt-BR&language=pt-PT"}, {"language:PT-br", "", "language=pt-BR"}, {"language:tlh", "", "language=tlh"}, {"language:walisisch OR language:CYMRAEG", "", "language=cy"}, {"language:iw", "", "language=he&language=iw"},
		{"-complete:yes user:ida", "", "complete=false&user=ida"},
		{"updated:2020..2021 updated:2021.. posted:<2w", "posted:<2w", "updated=2021-01-01..2021-12-31"},
		{"chapters:1 -crossover:yes chapters>0", "", "chapters=1&crossover=false"}, {"sort:<words", "", "sort=-words"}, {"sort:>title", "", "sort=-title"}, {"sort:>author", "", "sort=-author"}, {"sort:<creators", "", "sort=author"}, {"sort:authors_to_sort_on", "", "sort=author"}, {"sort:-revised_at", "", "sort=-updated"}, {"sort:best", "", "sort=best"},
		{"fandoms:1", "", "fandoms=1"}, {"fandoms:<3", "", "fandoms=0-2"}, {"fandoms<=2", "", "fandoms=0-2"}, {"Fandoms > 1 lamp", "lamp", "fandoms=2-"}, {"fandoms≤4 fandoms:2-", "", "fandoms=2-4"}, {"fandoms:[1 TO 3]", "", "fandoms=1-3"}, {"fandoms:-3", "", "fandoms=0-3"}, {"fandoms:1917-1917", "", "fandoms=1917"},
		{`fandoms:Saltlight fandoms:"24" -fandoms:1917`, "", "exclude=fandom%3A1917&include=fandom%3ASaltlight&include=fandom%3A24"}, {"fandoms:9-1-1 fandom:24 fandoms:300", "", "include=fandom%3A9-1-1&include=fandom%3A24&include=fandom%3A300"}, {"fandoms:(24 OR [REC])", `fandom:24 OR fandom:"[REC]"`, ""},
		{`main:"Ida/Tom" lamp`, "lamp", "main=relationship%3AIda%2FTom"}, {`main_relationship:a/b Main:a/b main:Una relationship:Una`, "", "include=relationship%3AUna&main=relationship%3Aa%2Fb&main=relationship%3AUna"}, {"mains:a", `"mains:a"`, ""},
		{"single_chapter:true lamp", "lamp", "chapters=1"}, {"single_chapter:no", "", "chapters=2-"}, {"-single_chapter:true", "", "chapters=2-"}, {"-single_chapter:false", "", "chapters=1"},
		{"otp:forever OTP: lamp", `"otp:forever" "OTP:" lamp`, ""}, {`"otp:true"`, `"otp:true"`, ""},
		{"* lamp* OR *", "", ""}, {`lamp* "rope*"`, "lamp* rope", ""},
		{"NOT NOT lamp", "lamp", ""}, {"Re:Zero", `"Re:Zero"`, ""}, {"author:ida OR title:lamp", "author:ida OR title:lamp", ""},
	} {
		f, problems := catalog.ReadFilter(url.Values{"q": {c.query}})
		values := f.Values()
		values.Del("q")
		if len(problems) > 0 || f.Q() != c.q || values.Encode() != c.values {
			t.Errorf("%q asks %q and %q, not %q and %q; %v", c.query, f.Q(), values.Encode(), c.q, c.values, problems)
		}
	}
}

// What is wrong with a query is one problem that says where, and then nothing
// of the query is asked.
func TestAWrongQueryAsksNothing(t *testing.T) {
	for _, c := range []struct{ query, rule, at string }{
		{`lamp "half`, grammar.RuleQuote, `"`},
		{"fandom:a words>many", grammar.RuleNumber, "words>many"},
		{"lamp words>10 OR rope", grammar.RuleAlone, "words>10"},
		{"-kudos>3", grammar.RuleAlone, "kudos>3"},
		{"lamp language:Dothraki words>3", grammar.RuleLanguage, "language:Dothraki"}, {"language:de OR language:elvish", grammar.RuleLanguage, "language:elvish"}, {"language:xx", grammar.RuleLanguage, "language:xx"},
		{"lamp OR main:Una", grammar.RuleAlone, "main:Una"}, {"-main:Una", grammar.RuleAlone, "main:Una"},
		{"fandoms>many", grammar.RuleNumber, "fandoms>many"}, {"fandoms:>2 fandoms<2", grammar.RuleNothing, "fandoms<2"}, {"lamp OR fandoms:2", grammar.RuleAlone, "fandoms:2"}, {"-fandoms:2", grammar.RuleAlone, "fandoms:2"},
		{"-language:de", grammar.RuleAlone, "language:de"},
		{"bookmarks>3", grammar.RuleNone, "bookmarks>3"},
		{"sort:size", grammar.RuleSort, "sort:size"},
		{"complete:perhaps", grammar.RuleChoice, "complete:perhaps"},
		{"words>10 words<5", grammar.RuleNothing, "words<5"}, {"single_chapter:true chapters>3", grammar.RuleNothing, "chapters>3"},
		{"single_chapter:perhaps", grammar.RuleChoice, "single_chapter:perhaps"}, {"lamp OR single_chapter:true", grammar.RuleAlone, "single_chapter:true"},
		{"lamp otp:true", grammar.RuleForeign, "otp:true"}, {"lamp OR Collected:FALSE", grammar.RuleForeign, "Collected:FALSE"}, {"-filter_ids:12", grammar.RuleForeign, "filter_ids:12"},
		{"expected_number_of_chapters:1", grammar.RuleForeign, "expected_number_of_chapters:1"}, {"fandom_ids:(1 OR 2)", grammar.RuleForeign, "fandom_ids:(1"},
		{"updated:2021.. updated:..2020", grammar.RuleNothing, "updated:..2020"},
		{"updated:soon", grammar.RuleDays, "updated:soon"}, {"rope words:10-50-60", grammar.RuleSpan, "words:10-50-60"},
	} {
		f, problems := catalog.ReadFilter(url.Values{"q": {c.query}})
		if len(problems) != 1 || problems[0].Field != "q" || problems[0].Rule != c.rule {
			t.Errorf("%q has the problems %v, not %s", c.query, problems, c.rule)
			continue
		}
		if value, is := problems[0].Args["Value"]; is && c.rule != grammar.RuleQuote && c.rule != grammar.RuleNumber && value != c.at {
			t.Errorf("%q is said to be wrong at %q, not %q", c.query, value, c.at)
		}
		at := string([]rune(c.query)[problems[0].Args["From"].(int):problems[0].Args["To"].(int)])
		if at != c.at || len(f.Values()) > 0 {
			t.Errorf("%q is wrong at %q, not %q, and asks %v", c.query, at, c.at, f.Values())
		}
	}
}

// A query of ten thousand conditions, or of a million characters, is one
// sentence.
func TestAnEndlessQueryIsOneProblem(t *testing.T) {
	for query, rule := range map[string]string{
		strings.Repeat("a ", 70):               "too_many_conditions",
		strings.Repeat("fandom:a OR ", 10_000): "too_long",
		strings.Repeat("(", 1_000_000):         "too_long",
		strings.Repeat("-", 1_900) + "a":       "",
		strings.Repeat("(", 1_900):             grammar.RuleDeep,
	} {
		_, problems := catalog.ReadFilter(url.Values{"q": {query}})
		if rule == "" && len(problems) == 0 {
			continue
		}
		if len(problems) != 1 || problems[0].Rule != rule {
			t.Errorf("%.20q… has the problems %v, not %s", query, problems, rule)
		}
	}
}

// sought are the works a query finds, the best match first.
func (s *shelf) finds(what, query string, v archive.Viewer, want ...int64) {
	s.t.Helper()
	f, problems := catalog.ReadFilter(url.Values{"q": {query}, "sort": {"best"}})
	if len(problems) > 0 {
		s.t.Fatal(problems)
	}
	s.shows(what+": "+query, v, f, want...)
}

func TestQueriesFindWorks(t *testing.T) {
	shelves(t, func(t *testing.T, s *shelf) {
		lamp, rope, both := s.post("A lamp", "rain"), s.post("A rope", "Lamp oil", "wind"), s.post("Lamp and rope", "Rain")
		guest := archive.Viewer{}
		s.finds("titles first", "lamp", guest, both, lamp, rope)
		s.finds("all of several", "lamp rope", guest, both, rope)
		s.finds("a phrase", `"lamp and"`, guest, both)
		s.finds("without", "lamp -wind", guest, both, lamp)
		s.finds("one of two", "wind OR title:\"a lamp\"", guest, lamp, rope)
		s.finds("tags in OR", "freeform:wind OR tag:rain", guest, both, rope, lamp)
		s.finds("a tag nobody has", "freeform:snow OR title:rope", guest, both, rope)
		s.finds("without brackets", "-(wind OR lamp)", guest)
		s.finds("a name", "author:id rope", guest, both, rope)
		s.finds("no name within a word", "author:da", guest)
		s.finds("figures", "chapters:0 kudos:0", guest, both, rope, lamp)
		s.finds("more kudos than there are", "kudos>0", guest)
		s.finds("lately", "updated:<1d posted:<1d", guest, both, rope, lamp)
		s.finds("long ago", "updated:>1d", guest)
		s.finds("a percent sign", "%", guest)
	})
}

package catalog_test

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/store"
)

// drawFilter is any filter that an address can ask for.
func drawFilter(t *rapid.T) catalog.Filter {
	name := rapid.StringMatching(`[a-zé&:/+.,?=%" ]{0,6}[a-z]`)
	tags := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) catalog.TagName {
		return catalog.TagName{Kind: rapid.SampledFrom(archive.TagKinds()).Draw(t, "kind"), Name: archive.CleanLine(name.Draw(t, "name"))}
	}), 0, 3, rapid.ID[catalog.TagName])
	f := catalog.Filter{
		Include: tags.Draw(t, "include"), Exclude: tags.Draw(t, "exclude"),
		Languages: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"en", "de", "pt-BR"}), 0, 2, rapid.ID[string]).Draw(t, "languages"),
		Query:     drawQuery(t),
		User:      rapid.SampledFrom([]string{"", "ida"}).Draw(t, "user"),
		Sort:      rapid.SampledFrom(catalog.Sorts()).Draw(t, "sort"), Turned: rapid.Bool().Draw(t, "turned"),
		Page:    rapid.SampledFrom([]int{1, 2, catalog.MostPage}).Draw(t, "page"),
		PerPage: rapid.IntRange(1, catalog.MostPerPage).Draw(t, "per page"), Facets: rapid.IntRange(0, catalog.MostFacets).Draw(t, "facets"),
	}
	if rapid.Bool().Draw(t, "asks for words") {
		least := rapid.Int64Range(0, 5).Draw(t, "least")
		f.Words = &store.Span{Least: least, Most: rapid.SampledFrom([]int64{least, least + 9, math.MaxInt64}).Draw(t, "most")}
	}
	if rapid.Bool().Draw(t, "asks for days") {
		from := time.Date(2020, time.January, rapid.IntRange(1, 40).Draw(t, "from"), 0, 0, 0, 0, time.UTC)
		f.Updated = rapid.SampledFrom([]*catalog.Days{{From: from}, {To: from}, {From: from, To: from}, {From: from, To: from.AddDate(1, 0, 0)}}).Draw(t, "days")
	}
	if rapid.Bool().Draw(t, "asks for completion") {
		complete := rapid.Bool().Draw(t, "complete")
		f.Complete = &complete
	}
	if rapid.Bool().Draw(t, "asks for chapters") {
		f.Chapters = rapid.SampledFrom([]*store.Span{{Least: 1, Most: 1}, {Least: 2, Most: math.MaxInt64}, {Least: 0, Most: 3}}).Draw(t, "chapters")
	}
	for _, named := range rapid.SliceOfNDistinct(name, 0, 2, rapid.ID[string]).Draw(t, "main") {
		if named = archive.CleanLine(named); !slices.Contains(f.Main, catalog.TagName{Kind: archive.KindRelationship, Name: named}) {
			f.Main = append(f.Main, catalog.TagName{Kind: archive.KindRelationship, Name: named})
		}
	}
	if rapid.Bool().Draw(t, "asks for so many fandoms") {
		f.Fandoms = rapid.SampledFrom([]*store.Span{{Least: 1, Most: 1}, {Least: 2, Most: math.MaxInt64}, {Most: 3}, {Least: 2, Most: 3}, {Least: 1917, Most: 1917}, {Most: math.MaxInt64}}).Draw(t, "fandoms")
	}
	if rapid.Bool().Draw(t, "asks for crossovers") {
		crossover := rapid.Bool().Draw(t, "crossover")
		f.Crossover = &crossover
	}
	for _, list := range []*[]catalog.TagName{&f.Include, &f.Exclude} {
		if len(*list) == 0 {
			*list = nil
		}
	}
	if len(f.Languages) == 0 {
		f.Languages = nil
	}
	return f
}

// An address that a filter writes reads as the filter it was.
func TestAFilterIsReadAsItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFilter(t)
		address := f.Values().Encode()
		asked, err := url.ParseQuery(address)
		if err != nil {
			t.Fatal(err)
		}
		read, problems := catalog.ReadFilter(asked)
		if len(problems) > 0 {
			t.Fatalf("%s is wrong: %v", address, problems)
		}
		if diff := cmp.Diff(f, read); diff != "" {
			t.Errorf("%s: %s", address, diff)
		}
	})
}

func TestAFilterSaysWhatIsWrongAndKeepsTheRest(t *testing.T) {
	for address, want := range map[string]string{
		"include=colour:red": "include tag_kind", "include=red": "include tag_kind", "exclude=fandom:": "exclude tag_name", "main=fandom:a": "main main_kind", "main=relationship:": "main tag_name", "main=Ida/Tom": "main tag_kind", "exclude=fandom:%00+": "exclude tag_name",
		"words=many": "words span", "words=5-1": "words span", "words=-": "words span", "words=1-2-3": "words span", "words=99999999999999999999": "words span",
		"updated=yesterday": "updated days", "updated=2021-01-01..2020-01-01": "updated days", "updated=..": "updated days", "updated=2021-02-30": "updated days",
		"complete=yes": "complete true_or_false", "sort=shoe-size": "sort unknown_sort", "sort=--kudos": "sort unknown_sort",
		"page=-1": "page number", "page=abc": "page number", "page=0": "page number", "page=99999999999999999999": "page number",
		"per_page=101": "per_page number", "facets=201": "facets number", "facets=-1": "facets number",
		"fandoms=many": "fandoms span", "fandoms=3-2": "fandoms span", "words=1&words=2": "words once", "q=" + strings.Repeat("lamp+", 500): "q too_long",
		"include=fandom:a" + strings.Repeat("&include=colour:b&exclude=freeform:c", 3): "include tag_kind",
		strings.ReplaceAll(manyTags(65), "include=freeform", "main=relationship"):      "include too_many_conditions",
		"include=fandom:x" + manyTags(5_000):                                           "include too_many_conditions",
	} {
		asked, err := url.ParseQuery(address + "&language=de")
		if err != nil {
			t.Fatal(err)
		}
		f, problems := catalog.ReadFilter(asked)
		if len(problems) == 0 {
			t.Errorf("%.60s is not wrong: %+v", address, f)
			continue
		}
		if got := problems[0].Field + " " + problems[0].Rule; got != want {
			t.Errorf("%.60s is wrong for %s, want %s", address, got, want)
		}
		if problems[0].Rule != "too_many_conditions" && len(f.Languages) != 1 || f.Page < 1 || f.PerPage < 1 || len(problems.Error()) > 1000 {
			t.Errorf("%.60s leaves %+v", address, f)
		}
	}
}

func manyTags(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "&include=freeform:%d", i)
	}
	return b.String()
}

package api_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/finding"
	"ficus/internal/store"
	"ficus/internal/wrangling"
)

// titles are what a list holds, in its order.
func (a answer) titles() []string {
	titles := []string{}
	works, _ := a.json["works"].([]any)
	for _, w := range works {
		titles = append(titles, w.(object)["title"].(string))
	}
	return titles
}

// lists asks for a list that must be answered, and checks what it holds.
func (d *desk) lists(token, query string, want ...string) answer {
	d.t.Helper()
	a := d.get(token, "/works?"+query)
	d.expect(a, http.StatusOK)
	if got := a.titles(); !slices.Equal(got, want) || a.json["total"] != float64(len(want)) {
		d.t.Errorf("%s: the list is %q, %v in all, want %q", query, got, a.json["total"], want)
	}
	return a
}

// lamps posts four works that differ in all that lists are asked for.
func (d *desk) lamps(token string) {
	d.t.Helper()
	words := func(n int) []object {
		return []object{{"text": strings.TrimSpace(strings.Repeat("word ", n)), "read": "text"}}
	}
	for _, changes := range []object{
		{"title": "One", "freeforms": []string{"Rain", "Slow Burn"}, "chapters": words(10), "published_on": "2020-03-01"},
		{"title": "Two", "freeforms": []string{"rain"}, "characters": []string{"Ida: the elder", "Rain"}, "chapters": words(20), "planned": nil, "published_on": "2020-06-01"},
		{"title": "Three", "freeforms": []string{"Rain", "Wind"}, "chapters": words(30), "language": "de", "published_on": "2021-01-01"},
		{"title": "Four", "fandoms": []string{"Saltlight (TV)"}, "rating": "Teen", "chapters": words(40), "published_on": "2021-06-01"},
	} {
		d.create(token, work(changes))
	}
}

// sorts says what a tag is: canonical, or with another what that means.
func (d *desk) sorts(kind archive.TagKind, name, of string) {
	d.t.Helper()
	d.Write(d.t, func(ctx context.Context, tx *store.Tx) error {
		tag, err := tx.Sorting.Named(ctx, kind, name)
		if err != nil {
			return err
		}
		tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: tag.ID})
		if of == "" {
			return tx.Sorting.Stand(ctx, tag.ID, archive.TagCanonical, 0)
		}
		canonical, err := tx.Sorting.Named(ctx, kind, of)
		return errors.Join(err, tx.Sorting.Stand(ctx, tag.ID, archive.TagSynonym, canonical.ID))
	})
}

func TestAcceptance41_APIASynonymIsFoundAndKeepsItsWords(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		d.create(ada, work(object{"title": "One", "freeforms": []string{"It rains"}}))
		d.create(ada, work(object{"title": "Two", "freeforms": []string{"Rain"}}))
		d.sorts(archive.KindFreeform, "Rain", "")
		d.sorts(archive.KindFreeform, "It rains", "Rain")
		a := d.lists("", "include=freeform:rain&facets=5&sort=title", "One", "Two")
		one := a.json["works"].([]any)[0].(object)
		if got := fmt.Sprint(one["tags"].(object)["freeform"], one["canonical"].(object)["freeform"], a.json["facets"].(object)["freeform"]); got != "[It rains] [Rain] [map[count:2 name:Rain]]" {
			t.Errorf("its tags, what they mean, and the facets are %s", got)
		}
		d.lists("", "exclude=freeform:Rain")
	})
}

func TestAcceptance42_APIAMetatagFindsWhatStandsBelowIt(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		d.create(ada, work(object{"title": "One", "fandoms": []string{"Saltlight (TV)"}}))
		d.create(ada, work(object{"title": "Two", "fandoms": []string{"Saltlight"}}))
		d.sorts(archive.KindFandom, "Saltlight", "")
		d.sorts(archive.KindFandom, "Saltlight (TV)", "")
		d.Write(t, func(ctx context.Context, tx *store.Tx) error {
			sub, err := tx.Sorting.Named(ctx, archive.KindFandom, "Saltlight (TV)")
			meta, missing := tx.Sorting.Named(ctx, archive.KindFandom, "Saltlight")
			_, set := tx.Sorting.AddMetatag(ctx, sub.ID, meta.ID)
			tx.Log.Record(archive.Event{Kind: archive.TagSorted, Subject: sub.ID})
			return errors.Join(err, missing, set, tx.Sorting.Close(ctx))
		})
		a := d.lists("", "include=fandom:Saltlight&facets=5&sort=title", "One", "Two")
		if got := fmt.Sprint(a.json["facets"].(object)["fandom"]); got != "[map[count:1 name:Saltlight (TV)] map[count:1 name:Saltlight]]" {
			t.Errorf("each is counted by itself: %s", got)
		}
		d.lists("", "include=fandom:Saltlight+(TV)", "One")
	})
}

// A merge that is undone a day later leaves nothing in what the API lists and
// counts; what was tagged meanwhile keeps its words and is found by them.
func TestAcceptance86_APIAMergeUndoneADayLaterIsAsIfItHadNotBeen(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		d.create(ada, work(object{"title": "One", "freeforms": []string{"slowburn"}}))
		d.create(ada, work(object{"title": "Two", "freeforms": []string{"Ember"}}))
		d.sorts(archive.KindFreeform, "Ember", "")
		wren := archive.Viewer{Account: 1, Name: "ada", Staff: true}
		verbs := wrangling.New(d.Store)
		facets := func(query string) string {
			return fmt.Sprint(d.get("", "/works?facets=5&"+query).json["facets"].(object)["freeform"])
		}
		before := facets("")
		var tag wrangling.Tag
		var ember, act int64
		d.Write(t, func(ctx context.Context, tx *store.Tx) error {
			slow, err := tx.Sorting.Named(ctx, archive.KindFreeform, "slowburn")
			into, err2 := tx.Sorting.Named(ctx, archive.KindFreeform, "Ember")
			seen, err3 := tx.TagActs.Seen(ctx, slow.ID)
			tag, ember = wrangling.Tag{ID: slow.ID, Seen: seen}, into.ID
			return errors.Join(err, err2, err3)
		})
		if waits, err := verbs.Merge(t.Context(), wren, tag, ember); err != nil || waits {
			t.Fatal(waits, err)
		}
		d.lists("", "include=freeform:slowburn&sort=title", "One", "Two")
		if got := facets(""); got != "[map[count:2 name:Ember]]" {
			t.Errorf("after the merge the facets are %s", got)
		}
		d.create(ada, work(object{"title": "Three", "freeforms": []string{"Slowburn"}}))
		d.Read(t, func(ctx context.Context, tx *store.Tx) error {
			acts, err := tx.TagActs.Of(ctx, ember, 1)
			act = acts[0].ID
			return err
		})
		d.Clock.Pass(24 * time.Hour)
		if err := verbs.Undo(t.Context(), wren, act); err != nil {
			t.Fatal(err)
		}
		d.lists("", "include=freeform:Ember", "Two")
		d.lists("", "exclude=freeform:slowburn", "Two")
		a := d.lists("", "include=freeform:slowburn&sort=-title", "Three", "One")
		three := a.json["works"].([]any)[0].(object)
		if got := fmt.Sprint(three["tags"].(object)["freeform"], three["canonical"].(object)["freeform"]); got != "[Slowburn] [slowburn]" {
			t.Errorf("what was tagged meanwhile has the tags %s", got)
		}
		if got, want := facets("exclude=freeform:nothing"), "[map[count:2 name:slowburn] map[count:1 name:Ember]]"; got != want || before != "[map[count:1 name:slowburn] map[count:1 name:Ember]]" {
			t.Errorf("the facets were %s and are %s, want %s", before, got, want)
		}
	})
}

// A list asks for works that a relationship is a main one of.
func TestAPIListAsksForAMainRelationship(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		both := []string{"Ida/Tom", "Una & Tom"}
		d.create(ada, work(object{"title": "One", "relationships": both, "main_relationships": both[:1]}))
		d.create(ada, work(object{"title": "Two", "relationships": both, "main_relationships": both[1:]}))
		d.lists("", "include=relationship:ida%2Ftom&sort=title", "One", "Two")
		d.lists("", "main=relationship:ida%2Ftom", "One")
		d.lists("", "main=relationship:ida%2Ftom&main=relationship:Una+%26+Tom")
		d.lists("", "q=main:%22Una+%26+Tom%22", "Two")
		a := d.get("", "/works?main=character:Ida")
		if a.status != 422 || !strings.Contains(string(a.body), "“character:Ida” is no relationship; send relationship:name.") {
			t.Errorf("another kind is answered with %d: %s", a.status, a.body)
		}
		if a := d.get("", "/works/values?kind=character&main=relationship:Ida%2FTom"); a.json["works"] != 1.0 {
			t.Errorf("values are answered with %s", a.body)
		}
	})
}

func TestAcceptance43_APIEveryWorkSatisfiesAll(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		d.lamps(ada)
		d.lists("", "", "Four", "Three", "Two", "One")
		d.lists("", "include=freeform:RAIN", "Three", "Two", "One")
		d.lists("", "include=freeform:rain&include=freeform:Slow+Burn", "One")
		d.lists("", "include=freeform:rain&exclude=freeform:Wind&words=5-25&updated=2020-01-01..2020-12-31", "Two", "One")
		d.lists("", "include=freeform:rain&exclude=freeform:Wind&words=5-25&updated=2020-01-01..2020-12-31&complete=true", "One")
		d.lists("", "complete=false", "Two")
		d.lists("", "chapters=2-")
		d.lists("", "chapters=1&words=20", "Two")
		d.lists("", "crossover=true")
		d.lists("", "fandoms=2-")
		d.lists("", "fandoms=-1&complete=false", "Two")
		d.lists("", "crossover=false&complete=false", "Two")
		d.lists("", "updated=2021-01-01..2021-06-01&sort=-updated", "Three", "Four")
		d.lists("", "updated=2021-01-01", "Three")
		d.lists("", "updated=..2020-06-01&words=20-", "Two")
		d.lists("", "include=character:Ida:+the+elder", "Two")
		d.lists("", "include=character:rain", "Two")
		d.lists("", "language=de&language=fr", "Three")
		d.lists("", "exclude=rating:Teen&exclude=freeform:never+used&sort=words", "Three", "Two", "One")
		d.lists("", "q=lights+rain&exclude=freeform:wind", "Two", "One")
		d.lists("", "user=ADA&sort=title", "Four", "One", "Three", "Two")
		d.create(d.join("Aaron"), work(object{"title": "Five", "published_on": "2022-01-01"}))
		d.lists("", "sort=author", "Five", "One", "Two", "Three", "Four")
		d.lists("", "q=sort:-author", "Four", "Three", "Two", "One", "Five")
		d.lists("", "sort=-title", "Two", "Three", "One", "Four", "Five")
		if a := d.get("", "/works?per_page=3&page=2&sort=title"); !slices.Equal(a.titles(), []string{"Three", "Two"}) || a.json["total"] != 5.0 || a.json["page"] != 2.0 {
			t.Errorf("the second page is %s", a.body)
		}
		if a := d.get("", "/works?page=1000000000&per_page=100"); a.status != http.StatusOK || a.json["total"] != 5.0 || len(a.titles()) != 0 {
			t.Errorf("a page far away is %s", a.body)
		}
	})
}

func TestAListShowsItsWorksAndCountsTheirTags(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		d.lamps(ada)
		for _, tag := range []catalog.TagName{
			{Kind: archive.KindFandom, Name: "Harbour Lights"}, {Kind: archive.KindCharacter, Name: "Ida: the elder"},
			{Kind: archive.KindFreeform, Name: "Rain"}, {Kind: archive.KindFreeform, Name: "Slow Burn"},
		} {
			d.sorts(tag.Kind, tag.Name, "")
		}
		a := d.lists("", "include=freeform:rain&facets=2", "Three", "Two", "One")
		none := []any{}
		want := object{
			"rating": []any{"General"}, "warning": []any{"none apply"}, "category": none, "fandom": []any{"Harbour Lights"}, "relationship": none,
			"character": []any{"Ida: the elder", "Rain"}, "freeform": []any{"rain"},
		}
		two := a.json["works"].([]any)[1].(object)
		if diff := cmp.Diff(want, two["tags"].(object)); diff != "" {
			t.Errorf("the tags of a work: %s", diff)
		}
		want["freeform"] = []any{"Rain"} // the character nobody sorted means itself
		if diff := cmp.Diff(want, two["canonical"].(object)); diff != "" {
			t.Errorf("what they mean: %s", diff)
		}
		for field, want := range (object{
			"id": 2.0, "url": "https://stories.example/works/2", "creators": []any{object{"pseud": "ada", "user": "ada"}}, "words": 20.0, "chapters": 1.0,
			"planned": nil, "complete": false, "language": "en", "kudos": 0.0, "hits": 0.0, "comments": 0.0, "bookmarks": 0.0,
			"published": "2020-06-01", "revised": "2020-06-01", "restricted": false, "anonymous": false,
		}) {
			if diff := cmp.Diff(want, two[field]); diff != "" {
				t.Errorf("%s: %s", field, diff)
			}
		}
		facets := object{
			"rating": []any{object{"name": "General", "count": 3.0}}, "warning": []any{object{"name": "none apply", "count": 3.0}},
			"fandom":    []any{object{"name": "Harbour Lights", "count": 3.0}},
			"character": []any{object{"name": "Ida: the elder", "count": 1.0}, object{"name": "Rain", "count": 1.0}},
			"freeform":  []any{object{"name": "Rain", "count": 3.0}, object{"name": "Slow Burn", "count": 1.0}},
		}
		if diff := cmp.Diff(facets, a.json["facets"].(object)); diff != "" {
			t.Errorf("the facets: %s", diff)
		}
		if counted := d.get("", "/works").json["facets"].(object); len(counted) != 0 {
			t.Errorf("nobody asked, and it counts %v", counted)
		}
	})
}

func TestAcceptance44_APIEveryPartOfAQueryIsHonoured(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		d.lamps(ada)
		d.lists("", "q="+url.QueryEscape(`rain "harbour lights" -wind words>10 sort:words`), "Two")
		d.lists("", "q="+url.QueryEscape(`rain "harbour lights" -wind words>5 sort:-words`), "One", "Two")
		d.lists("", "q="+url.QueryEscape(`rain "lights harbour"`))
		d.lists("", "q="+url.QueryEscape(`title:three OR character:"Ida: the elder" sort:title`), "Three", "Two")
		d.lists("", "words=20-&q="+url.QueryEscape(`words<=30 author:ada -complete:no`), "Three")
		d.lists("", "sort=best&q=four", "Four")
		d.lists("", "q=sort:-updated", "One", "Two", "Three", "Four")
		d.lists("", "q=sort:title", "Four", "One", "Three", "Two")
		for query, says := range map[string]string{"q=*": "q: “*” has no word to search for.", "q=()&sort=kudos": "q: “()” has no word to search for.", "sort=size": "“comments” or “best”"} {
			if a := d.get("", "/works?"+query); a.status != http.StatusUnprocessableEntity || !strings.Contains(string(a.body), says) {
				t.Errorf("%s is answered with %d %s, want %s", query, a.status, a.body, says)
			}
		}
	})
}

func TestAcceptance46_APITagNeverUsedFindsNothing(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		d.lamps(ada)
		d.create(ada, work(object{"title": "Secret", "freeforms": []string{"A secret"}, "draft": true}))
		unknown := regexp.MustCompile(`"tag":"[^"]*","near":\[\]|"unknown_tags":\[\]`) // they say again what was asked
		never := d.lists("", "include=freeform:never+used&facets=10")
		for _, query := range []string{"include=freeform:A+secret&facets=10", "include=character:wind&facets=10", "include=freeform:rain&include=freeform:never&facets=10", "user=nobody&facets=10"} {
			asked := func(a answer) string {
				return strings.Replace(unknown.ReplaceAllString(string(a.body), ""), `"unknown_tags":[{}]`, "", 1)
			}
			if a := d.lists("", query); asked(a) != asked(never) {
				t.Errorf("%s is answered with %s, a tag never used with %s", query, a.body, never.body)
			}
		}
	})
}

// Who may not find a work is told of it by no total, no facet and no page; nor
// is who mutes its creator, unless it is anonymous.
func TestAcceptance47_APIListsAreForTheViewer(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada, ben := d.join("ada"), d.join("ben")
		d.create(ada, work(object{"title": "Open", "freeforms": []string{"Rain"}}))
		d.create(ada, work(object{"title": "Closed", "freeforms": []string{"Rain", "Closed Doors"}, "restricted": true}))
		d.create(ada, work(object{"title": "Nobody's", "freeforms": []string{"Rain"}, "anonymous": true}))
		d.sorts(archive.KindFreeform, "Rain", "")
		d.sorts(archive.KindFreeform, "Closed Doors", "")
		guest := d.lists("", "include=freeform:rain&facets=9&sort=title", "Nobody's", "Open")
		lacks(t, string(guest.body), "closed")
		member := d.lists(ben, "include=freeform:rain&facets=9&sort=title", "Closed", "Nobody's", "Open")
		contains(t, string(member.body), "Closed Doors")
		d.lists("", "include=freeform:closed+doors")
		d.lists(ben, "user=ada&sort=title", "Closed", "Open")
		d.lists(ada, "user=ada&sort=title", "Closed", "Nobody's", "Open")
		d.Write(t, func(ctx context.Context, tx *store.Tx) error {
			creator, err := tx.Accounts.FindPresent(ctx, "ada")
			reader, missing := tx.Accounts.FindPresent(ctx, "ben")
			_, muted := tx.Ties.Mute(ctx, reader.ID, creator.ID)
			return errors.Join(err, missing, muted)
		})
		muting := d.lists(ben, "include=freeform:rain&facets=9", "Nobody's")
		if count := muting.json["facets"].(object)["freeform"]; fmt.Sprint(count) != "[map[count:1 name:Rain]]" {
			t.Errorf("who mutes the creator is told of %v", count)
		}
	})
}

func TestAListThatIsAskedWronglySaysSoInOneSentence(t *testing.T) {
	d := lightDesk(t)
	for query, want := range map[string]string{
		"page=-1":                         "page should be a whole number from 1 to 1000000000, not “-1”.",
		"page=abc":                        "page should be a whole number from 1 to 1000000000, not “abc”.",
		"per_page=1000":                   "per_page should be a whole number from 1 to 100, not “1000”.",
		"include=colour:red":              "include: “colour:red” does not begin with a kind of tag; send kind:name, where the kind is “rating”,",
		"exclude=fandom:":                 "exclude: “fandom:” names no tag",
		"words=lots":                      "words: “lots” is no range; send 1000-5000",
		"updated=2021":                    "updated: “2021” is no range of days",
		"complete=maybe":                  "complete should be true or false, not “maybe”.",
		"sort=mood":                       "sort: “mood” is no order; it may be “updated”,",
		"sort=kudos&sort=-words":          "sort was sent more than once",
		"inlcude=fandom:x":                "inlcude is not a parameter here",
		"q=lamp+%22half+past":             "q: at character 6 a quotation mark opens that is not closed.",
		"q=words%3E+lamp":                 "q: after “words>” at character 1 a number is missing.",
		"q=" + strings.Repeat("%28", 900): "q: at character 17 brackets go deeper than sixteen.",
		"q=" + strings.Repeat("x", 9000):  "q has 9000 characters; up to 2000 fit.",
		"q=bookmarks%3E3":                 "there are no bookmarks here yet.",
		"q=" + strings.Repeat("a+", 65):   "are 65 conditions; there may be up to 64.",
		many(3000):                        "are 3000 conditions; there may be up to 64.",
		"include=%zz":                     "The address cannot be read",
	} {
		a := d.get("", "/works?"+query)
		errs, _ := a.json["errors"].([]any)
		if a.status != http.StatusUnprocessableEntity || len(errs) != 1 {
			t.Errorf("%.60s is answered with %d: %.300s", query, a.status, a.body)
			continue
		}
		contains(t, errs[0].(object)["message"], want)
	}
	if d.log.Len() > 0 {
		t.Errorf("the log says %s", d.log)
	}
}

func many(n int) string {
	asked := url.Values{}
	for i := range n {
		asked.Add("exclude", fmt.Sprint(archive.KindFreeform, ":", i))
	}
	return asked.Encode()
}

// Lists of a member leave out what they usually leave out, say so, and show the
// rest when asked.
func TestAcceptance83_ListsOfTheAPILeaveOutAndSaySo(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ida, ben := d.join("ida"), d.join("ben")
		d.lamps(ida)
		d.Write(t, func(ctx context.Context, tx *store.Tx) error {
			rain, err := tx.Tags.Named(ctx, archive.KindFreeform, "rain")
			if err != nil {
				return err
			}
			account, err := tx.Accounts.FindPresent(ctx, "ben")
			if err != nil {
				return err
			}
			_, err = tx.Excluded.Add(ctx, account.ID, rain.ID)
			return err
		})
		want := object{"works": float64(3), "tags": []any{"freeform:Rain"}}
		for query, titles := range map[string][]string{"sort=posted": {"Four"}, "sort=posted&rest=true": {"Four", "Three", "Two", "One"}} {
			if diff := cmp.Diff(want, d.lists(ben, query, titles...).json["kept_out"]); diff != "" {
				t.Errorf("%s: %s", query, diff)
			}
		}
		none := object{"works": float64(0), "tags": []any{}}
		if diff := cmp.Diff(none, d.lists(ida, "sort=posted", "Four", "Three", "Two", "One").json["kept_out"]); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAcceptance85_APIAPhraseRememberedFromAChapterIsFound(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		d.create(ada, work(object{"title": "One", "summary": "Of a storm.", "chapters": []object{{"text": "<p>The woman with the green umbrella.</p>"}}}))
		d.create(ada, work(object{"title": "Two", "restricted": true, "chapters": []object{{"text": "<p>A green umbrella.</p>"}}}))
		if err := finding.New(d.Store, archive.DefaultSite, slog.New(slog.DiscardHandler)).CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.lists("", "q=text:%22green+umbrella%22", "One")
		d.lists(ada, "q=green+umbrella", "Two", "One")
		d.lists("", "q=summary:storm+umbrella", "One")
		d.lists("", "q=umbrella+-storm")
	})
}

func TestAFieldThatIsNotHereIsSaid(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		d.create(d.join("ada"), work(object{"title": "Foo: bar"}))
		a := d.lists("", "q="+url.QueryEscape("foo:bar -autor:mara"), "Foo: bar")
		want := []any{object{"field": "foo", "words": "foo:bar", "near": ""}, object{"field": "autor", "words": "autor:mara", "near": "author"}}
		if diff := cmp.Diff(want, a.json["unknown_fields"]); diff != "" {
			t.Errorf("the fields that are not here: %s", diff)
		}
	})
}

func TestATagThatIsNotHereIsSaid(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		token := d.join("ada")
		d.create(token, work(object{"title": "One", "characters": []string{"Zoé Ångström"}}))
		d.lists("", "include="+url.QueryEscape("character:Zoe Angstrom"), "One")
		a := d.lists("", "include="+url.QueryEscape("character:Zoe Angstrim"))
		want := []any{object{"tag": "character:Zoe Angstrim", "near": []any{"character:Zoé Ångström"}}}
		if diff := cmp.Diff(want, a.json["unknown_tags"]); diff != "" {
			t.Errorf("the tags that are not here: %s", diff)
		}
	})
}

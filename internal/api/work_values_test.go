package api_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ficus/internal/archive"
	"ficus/internal/catalog"
	"ficus/internal/feedback"
	"ficus/internal/store"
)

// values asks for a page of values that must be answered.
func (d *desk) values(token, query string) answer {
	d.t.Helper()
	a := d.get(token, "/works/values?"+query)
	d.expect(a, http.StatusOK)
	return a
}

// counted are the values of a page, each with its count.
func (a answer) counted() (said []string) {
	values, _ := a.json["values"].([]any)
	for _, v := range values {
		said = append(said, fmt.Sprint(v.(object)["name"], " ", v.(object)["count"]))
	}
	return said
}

// sorts are the values of one of many works, with their counts.
func sorts(i int) (said []string) {
	for j := range 20 {
		said = append(said, fmt.Sprintf("Sort %d.%02d 1", i, j))
	}
	return said
}

// All values of a kind are answered, a page at a time, of the list that the same
// parameters ask for.
func TestAllValuesOfAKindAreAnswered(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada := d.join("ada")
		d.lamps(ada)
		for i := range 11 {
			var own []string
			for j := range 20 {
				own = append(own, fmt.Sprintf("Sort %d.%02d", i, j))
			}
			if i == 0 {
				own = append(own, "It rains")
			}
			d.create(ada, work(object{"title": fmt.Sprint("Many ", i), "freeforms": own, "rating": "Mature"}))
		}
		d.sorts(archive.KindFreeform, "It rains", "Rain")
		first, second := d.values("", "kind=freeform"), d.values("", "kind=freeform&page=2")
		for field, want := range map[string]any{"kind": "freeform", "works": 15.0, "total": 223.0, "page": 2.0, "pages": 2.0} {
			if second.json[field] != want {
				t.Errorf("of the second page %s is %v, want %v", field, second.json[field], want)
			}
		}
		all := slices.Concat(first.counted(), second.counted())
		if len(first.counted()) != catalog.MostFacets || len(all) != 223 || all[0] != "Rain 4" {
			t.Errorf("the pages have %d and %d values, %v first", len(first.counted()), len(second.counted()), all[:1])
		}
		slices.Sort(all)
		if len(slices.Compact(all)) != 223 {
			t.Error("a value is on both pages")
		}
		if beyond := d.values("", "kind=freeform&page=3"); string(beyond.body) == "" || len(beyond.counted()) != 0 || beyond.json["values"] == nil || beyond.json["total"] != 223.0 {
			t.Errorf("a page after the last is %s", beyond.body)
		}
		for query, want := range map[string][]string{
			"kind=freeform&include=freeform:rain":                       append([]string{"Rain 4", "Slow Burn 1", "Wind 1"}, sorts(0)...),
			"kind=freeform&include=freeform:rain&exclude=freeform:wind": append([]string{"Rain 3", "Slow Burn 1"}, sorts(0)...),
			"kind=freeform&begins=ra":                                   {"Rain 4"},
			"kind=freeform&begins=it":                                   {"Rain 4"},
			"kind=freeform&begins=bur+slo&words=1-":                     {"Slow Burn 1"},
			"kind=rating":                                               {"Mature 11", "General 3", "Teen 1"},
			"kind=rating&q=title:two":                                   {"General 1"},
			"kind=character&user=nobody":                                nil,
		} {
			got := d.values("", query).counted()
			slices.Sort(want[min(1, len(want)):])
			if slices.Sort(got[min(1, len(got)):]); !slices.Equal(got, want) {
				t.Errorf("%s: the values are %v, want %v", query, got, want)
			}
		}
	})
}

// What a member mutes and usually leaves out is not counted for them.
func TestValuesKnowNothingMuted(t *testing.T) {
	desks(t, func(t *testing.T, d *desk) {
		ada, tom := d.join("ada"), d.join("tom")
		d.lamps(ada)
		d.create(tom, work(object{"title": "Tom's", "freeforms": []string{"Rain", "Rope"}}))
		viewer, err := d.accounts.WhoHolds(t.Context(), tom)
		if err != nil {
			t.Fatal(err)
		}
		muted, err := d.accounts.WhoHolds(t.Context(), ada)
		if err != nil {
			t.Fatal(err)
		}
		if err := feedback.New(d.Store, archive.DefaultLimits(), archive.DefaultSite).Mute(t.Context(), viewer, muted.Account, true); err != nil {
			t.Fatal(err)
		}
		if got := d.values(tom, "kind=freeform").counted(); !slices.Equal(got, []string{"Rain 1", "Rope 1"}) {
			t.Errorf("who mutes their writer is told of %v", got)
		}
		if got := d.values(ada, "kind=freeform").counted(); len(got) != 4 || got[0] != "Rain 4" {
			t.Errorf("the writer is told of %v", got)
		}
	})
}

func TestValuesAreAskedForRightly(t *testing.T) {
	d := lightDesk(t)
	for query, want := range map[string]map[string]string{
		"":                        {"query.kind": "kind is missing"},
		"kind=colour":             {"query.kind": "“colour” is not known; it may be “rating”"},
		"kind=fandom&kind=rating": {"query.kind": "more than once"},
		"kind=fandom&sort=title":  {"query.sort": "not a parameter"},
		"kind=fandom&facets=3":    {"query.facets": "not a parameter"},
		"kind=fandom&words=many":  {"query.words": "“many” is no range"},
		"kind=fandom&page=0":      {"query.page": "from 1 to"},
		"kind=fandom&begins=" + strings.Repeat("a", 301): {"query.begins": "301 characters"},
	} {
		a := d.get("", "/works/values?"+query)
		d.expect(a, http.StatusUnprocessableEntity)
		for at, says := range want {
			if !strings.Contains(a.fault(at), says) {
				t.Errorf("%.40s: at %s it says %s", query, at, a.body)
			}
		}
	}
	empty := d.values("", "kind=fandom")
	if diff := cmp.Diff(object{"kind": "fandom", "works": 0.0, "total": 0.0, "page": 1.0, "pages": 1.0, "values": []any{}}, drop(empty.json, "$schema")); diff != "" {
		t.Errorf("of nothing it says %s", diff)
	}
}

// drop is what was answered without a field.
func drop(o object, field string) object {
	delete(o, field)
	return o
}

// Who mutes a tag, or works without a name, is told of such works by no list, no
// total, no facet and no value.
func TestAcceptance82_APIMutedTagsAndAnonymousWorksAreNotCounted(t *testing.T) {
	for name, mute := range map[string]archive.Muted{"a tag": {Tag: 1}, "anonymous works": {}} {
		t.Run(name, func(t *testing.T) {
			desks(t, func(t *testing.T, d *desk) {
				ada, tom := d.join("ada"), d.join("tom")
				d.create(ada, work(object{"title": "Calm", "freeforms": []string{"Rain"}}))
				d.create(ada, work(object{"title": "Wild", "freeforms": []string{"Rain", "Storm"}, "fandoms": []string{"Stormland"}, "anonymous": true}))
				for _, tag := range []string{"Rain", "Storm"} {
					d.sorts(archive.KindFreeform, tag, "")
				}
				viewer, err := d.accounts.WhoHolds(t.Context(), tom)
				if err != nil {
					t.Fatal(err)
				}
				if mute.Tag != 0 {
					d.Read(t, func(ctx context.Context, tx *store.Tx) error {
						tag, err := tx.Tags.Named(ctx, archive.KindFreeform, "Storm")
						mute.Tag = tag.ID
						return err
					})
				}
				if err := feedback.New(d.Store, archive.DefaultLimits(), archive.DefaultSite).MuteThing(t.Context(), viewer, mute, true); err != nil {
					t.Fatal(err)
				}
				a := d.lists(tom, "facets=9", "Calm")
				lacks(t, string(a.body), "Storm")
				for _, query := range []string{"q=wild", "q=author:anonymous", "include=fandom:stormland", "include=freeform:storm"} {
					d.lists(tom, query)
				}
				if got := d.values(tom, "kind=freeform").counted(); !slices.Equal(got, []string{"Rain 1"}) {
					t.Errorf("freeforms: %v", got)
				}
				if got := d.values(tom, "kind=fandom").counted(); !slices.Equal(got, []string{"Harbour Lights 1"}) {
					t.Errorf("fandoms: %v", got)
				}
				d.lists(ada, "", "Wild", "Calm")
			})
		})
	}
}
